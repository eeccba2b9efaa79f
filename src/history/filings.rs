//! When reports were filed: for each, the first commit reachable from HEAD that holds it complete.
//!
//! One walk serves every report that is asked for. A commit is compared with its parents by the ids of
//! trees, from the folder of projects down to the files, so that what did not change is not looked at;
//! no tree is ever diffed as a whole. Only commits that are younger than the oldest period asked for are
//! visited, and older ones as long as one of the reports is there.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::load;
use crate::model::filing::{Commit, Filing, Filings, Unknown};
use crate::model::{Date, Kind, Period, RecordId};
use crate::store::{Difference, Location, Past, PastCommit, StoreError};

/// How often a project's change of name is followed back.
const RENAMES: usize = 4;

/// A project and a period.
type Key = (String, Period);

/// Says when each of these reports was filed; `bots` are addresses whose commits do not count.
///
/// A file that arrived through a merge counts by the commit of its branch. Of several such commits the
/// one with the earliest date counts. A report of a project whose folder was renamed since counts from
/// before that, if its bytes stayed the same.
pub fn filings(location: &Location, asked: &[(String, Period)], bots: &[String]) -> Filings {
    let mut filings = Filings::default();
    let mut all = |filing: &Filing| {
        asked.iter().for_each(|(project, period)| filings.put(project, *period, filing.clone()));
    };
    if asked.is_empty() {
        return filings;
    }
    let found = match Past::open(location) {
        Ok(None) => {
            all(&Filing::Unknown(Unknown::NoHistory));
            return filings;
        }
        Ok(Some(past)) => {
            let bots = bots.iter().map(|bot| bot.trim().to_lowercase()).collect();
            let head = past.head().to_owned();
            Reader { past: &past, bots, complete: HashMap::new() }.filings(&head, asked, RENAMES)
        }
        Err(error) => Err(error),
    };
    match found {
        Ok(found) => {
            for ((project, period), filing) in found {
                filings.put(&project, period, filing);
            }
        }
        Err(error) => all(&Filing::Unknown(Unknown::Unreadable(error.to_string()))),
    }
    filings
}

/// Reads history for reports.
struct Reader<'a> {
    past: &'a Past,
    bots: BTreeSet<String>,
    /// Whether a file's bytes are a complete report, by the id of its object.
    complete: HashMap<String, bool>,
}

/// A commit that put a complete report into its place, or changed it.
struct Touch {
    commit: Commit,
    is_bots: bool,
    blob: String,
    /// The only parent, where the report was not there before.
    came_after: Option<String>,
}

/// What a walk has found of one report.
#[derive(Default)]
struct Found {
    touches: Vec<Touch>,
    /// Whether it was complete where a shallow clone ends.
    is_older: bool,
}

impl Reader<'_> {
    /// Says when each report was filed, as seen from a commit.
    fn filings(
        &mut self,
        from: &str,
        asked: &[Key],
        renames: usize,
    ) -> Result<BTreeMap<Key, Filing>, StoreError> {
        let mut found = self.walk(from, asked)?;
        let mut filings = BTreeMap::new();
        // Reports that a renaming brought to their place, by the commit before it.
        let mut earlier: BTreeMap<String, Vec<(Key, Key)>> = BTreeMap::new();
        for key in asked {
            let Found { mut touches, is_older } = found.remove(key).unwrap_or_default();
            touches.sort_by(|a, b| (a.commit.seconds, &a.commit.id).cmp(&(b.commit.seconds, &b.commit.id)));
            if let Some(first) = touches.first().filter(|_| !is_older && renames > 0)
                && let Some(parent) = &first.came_after
                && let Some(old) = self.old_name(first, parent, key.1)?
            {
                earlier.entry(parent.clone()).or_default().push((key.clone(), (old, key.1)));
            }
            let has_any = !touches.is_empty();
            let filing = match touches.into_iter().find(|touch| !touch.is_bots) {
                _ if is_older => Filing::Unknown(Unknown::Shallow),
                Some(touch) => Filing::With(touch.commit),
                None if has_any => Filing::Unknown(Unknown::OnlyBots),
                None => Filing::Uncommitted,
            };
            filings.insert(key.clone(), filing);
        }
        for (parent, renamed) in earlier {
            let old: Vec<Key> = renamed.iter().map(|(_, old)| old.clone()).collect();
            let mut before = self.filings(&parent, &old, renames - 1)?;
            for (new, old) in renamed {
                match before.remove(&old) {
                    Some(Filing::Uncommitted) | None => {}
                    Some(Filing::Unknown(Unknown::OnlyBots))
                        if matches!(filings.get(&new), Some(Filing::With(_))) => {}
                    Some(filing) => drop(filings.insert(new, filing)),
                }
            }
        }
        Ok(filings)
    }

    /// Visits commits from the newest back, and notes which put a complete report into its place.
    fn walk(&mut self, from: &str, asked: &[Key]) -> Result<HashMap<Key, Found>, StoreError> {
        let mut wanted: Wanted = HashMap::new();
        for (project, period) in asked {
            wanted.entry(project.clone()).or_default().push((file_name(project, *period), *period));
        }
        let oldest =
            asked.iter().map(|(_, period)| period.first()).min().unwrap_or(Date(chrono::NaiveDate::MIN));
        let mut found: HashMap<Key, Found> = HashMap::new();
        let mut known: HashMap<String, PastCommit> = HashMap::new();
        let mut seen = HashSet::from([from.to_owned()]);
        let mut left = vec![from.to_owned()];
        while let Some(id) = left.pop() {
            let commit = match known.remove(&id) {
                Some(commit) => commit,
                None => self.past.commit(&id)?,
            };
            let mut parents = Vec::with_capacity(commit.parents.len());
            for parent in &commit.parents {
                parents.push(self.past.commit(parent)?);
            }
            self.note(&commit, &parents, &wanted, &mut found)?;
            for parent in parents {
                if seen.contains(&parent.id) {
                    continue;
                }
                // What begins on Monday in one place begins on Sunday in another.
                if day_of(&parent) >= oldest.plus_days(-1) || self.holds_any(&parent, &wanted)? {
                    seen.insert(parent.id.clone());
                    left.push(parent.id.clone());
                    known.insert(parent.id.clone(), parent);
                }
            }
        }
        Ok(found)
    }

    /// Notes the complete reports that a commit has and none of its parents has in the same form.
    fn note(
        &mut self,
        commit: &PastCommit,
        parents: &[PastCommit],
        wanted: &Wanted,
        found: &mut HashMap<Key, Found>,
    ) -> Result<(), StoreError> {
        let ends = self.past.ends_at(&commit.id);
        let mut parents = parents.iter();
        let mut new = self.changed(parents.next(), commit, wanted)?;
        let is_merge = parents.len() > 0;
        for parent in parents {
            let other = self.changed(Some(parent), commit, wanted)?;
            new.retain(|key, _| other.contains_key(key));
        }
        for (key, (before, blob)) in new {
            if !self.is_complete(&blob)? {
                continue;
            }
            let found = found.entry(key).or_default();
            if ends {
                found.is_older = true;
                continue;
            }
            let is_new = before.is_none() && !is_merge;
            found.touches.push(Touch {
                commit: Commit {
                    id: commit.id.clone(),
                    seconds: commit.seconds,
                    offset_minutes: commit.offset_minutes,
                    author: commit.author.clone(),
                },
                is_bots: commit.emails.iter().any(|email| self.bots.contains(&email.to_lowercase())),
                blob,
                came_after: commit.parents.first().filter(|_| is_new).cloned(),
            });
        }
        Ok(())
    }

    /// The reports that are there after a commit and were not before in this form: their objects then and now.
    fn changed(
        &self,
        before: Option<&PastCommit>,
        after: &PastCommit,
        wanted: &Wanted,
    ) -> Result<BTreeMap<Key, (Option<String>, String)>, StoreError> {
        let mut found = BTreeMap::new();
        let old = before.map(|commit| self.past.folder(commit, "projects")).transpose()?.flatten();
        let new = self.past.folder(after, "projects")?;
        for Difference { name, before, after } in self.past.differences(old.as_deref(), new.as_deref())? {
            let Some(files) = wanted.get(&name) else { continue };
            let old = self.past.entry(before.as_deref(), "status")?;
            let new = self.past.entry(after.as_deref(), "status")?;
            if old == new {
                continue;
            }
            for (file, period) in files {
                let old = self.past.entry(old.as_deref(), file)?;
                if let Some(new) =
                    self.past.entry(new.as_deref(), file)?.filter(|new| old.as_ref() != Some(new))
                {
                    found.insert((name.clone(), *period), (old, new));
                }
            }
        }
        Ok(found)
    }

    /// Whether any of the reports is there in a commit.
    fn holds_any(&self, commit: &PastCommit, wanted: &Wanted) -> Result<bool, StoreError> {
        Ok(!self.changed(None, commit, wanted)?.is_empty())
    }

    /// The project in whose folder a report's bytes stood before a commit, and that is gone with it.
    fn old_name(&self, touch: &Touch, parent: &str, period: Period) -> Result<Option<String>, StoreError> {
        let (before, after) = (self.past.commit(parent)?, self.past.commit(&touch.commit.id)?);
        let folder = |commit| self.past.folder(commit, "projects");
        let (before, after) = (folder(&before)?, folder(&after)?);
        for gone in self.past.differences(before.as_deref(), after.as_deref())? {
            if gone.after.is_some() {
                continue;
            }
            let status = self.past.entry(gone.before.as_deref(), "status")?;
            let file = self.past.entry(status.as_deref(), &file_name(&gone.name, period))?;
            if file.as_ref() == Some(&touch.blob) {
                return Ok(Some(gone.name));
            }
        }
        Ok(None)
    }

    /// Whether a file's bytes are a report in which nothing is left to be filled in.
    fn is_complete(&mut self, blob: &str) -> Result<bool, StoreError> {
        if let Some(known) = self.complete.get(blob) {
            return Ok(*known);
        }
        let bytes = match self.past.read(blob) {
            Ok(bytes) => bytes,
            // A link, or a file that is no report by its size.
            Err(StoreError::TooLarge { .. } | StoreError::NotAFile { .. }) => Vec::new(),
            Err(error) => return Err(error),
        };
        let complete = Kind::named("status").is_some_and(|kind| load::is_complete(kind, &bytes));
        self.complete.insert(blob.to_owned(), complete);
        Ok(complete)
    }
}

/// The files that are asked for, by project.
type Wanted = HashMap<String, Vec<(String, Period)>>;

/// The name of a report's file in its folder.
fn file_name(project: &str, period: Period) -> String {
    format!("{}.toml", RecordId::status(project, period).stem())
}

fn day_of(commit: &PastCommit) -> Date {
    let (id, author) = (String::new(), String::new());
    Commit { id, seconds: commit.seconds, offset_minutes: commit.offset_minutes, author }.day()
}
