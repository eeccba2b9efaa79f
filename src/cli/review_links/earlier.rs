//! What a link led to when it was last reviewed: the newest state in history that has the fingerprint.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::analysis::suspect::{Seen, substance};
use crate::history;
use crate::model::field_change::Edit;
use crate::model::filing::Commit;
use crate::model::{Date, RecordId, Register, Reports, Scope, Target};
use crate::report::links::Earlier;

use super::super::Context;

/// How many commits are gone back at most.
const FAR: usize = 100;

/// A search over history, which reads each state of a project once.
pub(super) struct Search<'c> {
    context: &'c Context,
    /// The commits that touched some files, the newest first; the first may be what is not committed.
    edits: RefCell<BTreeMap<Vec<String>, Vec<Option<Commit>>>>,
    /// A project, or what belongs to none, as it stood.
    states: RefCell<BTreeMap<(String, String), Option<Register>>>,
}

impl<'c> Search<'c> {
    pub(super) fn new(context: &'c Context) -> Self {
        Self { context, edits: RefCell::default(), states: RefCell::default() }
    }

    /// What the link led to when it was last reviewed, as far as git tells.
    pub(super) fn of(&self, seen: &Seen) -> Option<Earlier> {
        let (_, fingerprint) = seen.reviewed.as_ref()?;
        let now = seen.now.as_ref()?;
        let home = (!seen.record.home.is_empty()).then_some(seen.record.home.as_str());
        let (project, paths) = files(seen.link.target(home)?);
        let mut newer: Option<Option<Commit>> = None;
        for commit in self.commits(&paths)?.into_iter().take(FAR) {
            if let Some(id) = commit.as_ref().map(|commit| commit.id.clone()) {
                let then = {
                    let mut states = self.states.borrow_mut();
                    let state = states
                        .entry((id.clone(), project.clone()))
                        .or_insert_with(|| self.state(&id, &project));
                    state
                        .as_ref()
                        .and_then(|register| substance(register, &seen.link, home, self.context.today))
                };
                if let Some(then) = then.filter(|then| then.fingerprint() == *fingerprint) {
                    let commit = newer.flatten();
                    return Some(Earlier {
                        changes: now.changed_since(&then),
                        on: commit.as_ref().map(day),
                        by: commit.as_ref().map(|commit| commit.author.clone()),
                        commit: commit.map(|commit| commit.id),
                    });
                }
            }
            newer = Some(commit);
        }
        None
    }

    /// The commits that touched these files, the newest first; what is not committed comes before them.
    fn commits(&self, paths: &[String]) -> Option<Vec<Option<Commit>>> {
        if let Some(known) = self.edits.borrow().get(paths) {
            return Some(known.clone());
        }
        let context = self.context;
        let work = if context.is_past() { None } else { Some(context.source().ok()?) };
        let histories = history::file_histories(context.history().ok()?, paths, work.as_deref()).ok()?;
        let mut edits: Vec<Edit> = histories.into_values().flat_map(|history| history.edits).collect();
        edits.sort_by_key(|edit| edit.commit.as_ref().map_or(i64::MIN, |commit| -commit.seconds));
        let mut commits: Vec<Option<Commit>> = edits.into_iter().map(|edit| edit.commit).collect();
        let id = |commit: &Option<Commit>| commit.as_ref().map(|commit| commit.id.clone());
        commits.dedup_by(|a, b| id(a) == id(b));
        self.edits.borrow_mut().insert(paths.to_vec(), commits.clone());
        Some(commits)
    }

    /// One project, or the register's own records, as they stood after a commit.
    fn state(&self, commit: &str, project: &str) -> Option<Register> {
        let point = self.context.point(commit).ok()?;
        let projects = (!project.is_empty()).then(|| [project.to_owned()].into());
        let scope =
            Scope { projects, ..Scope::all().with_reports(Reports::Newest(1)).on(self.context.today) };
        self.context.load_at(&point, &scope).ok().map(|loaded| loaded.register)
    }
}

/// The day of a commit, where it was made.
fn day(commit: &Commit) -> Date {
    commit.day()
}

/// The project in which what is linked lies, if any, and the files that say what it is.
fn files(target: Target) -> (String, Vec<String>) {
    match target {
        Target::Milestone { project, .. } | Target::Named(project) => {
            let paths = vec![RecordId::project(&project).path(), format!("projects/{project}/status")];
            (project, paths)
        }
        Target::Record(id) => (id.home.clone(), vec![id.path()]),
    }
}
