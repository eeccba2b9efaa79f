//! Baselines that moved since they were last approved.
//!
//! Approved are the figures of the newest version of a charter, on the branch's own line of commits, with
//! which `[baseline]` first named an approved change or a decision that was taken, or the project was approved; else
//! those with which it came onto the register. Versions are compared as files: a rebase or squash that keeps
//! their order changes nothing.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use crate::load;
use crate::model::baseline_move::{BaselineMove, MovedFigure};
use crate::model::change::ChangeState;
use crate::model::decision::DecisionState;
use crate::model::filing::Commit;
use crate::model::lifecycle::ProjectState;
use crate::model::{Change, Date, Decision, Kind, Project, RecordId, Ref, Register};
use crate::store::{self, LineCommit, Location, Past, StoreError};

/// A version of a charter: the commit that brought it, and its object.
struct Version<'a> {
    commit: &'a LineCommit,
    object: String,
}

/// The versions of a charter, the newest first, and whether history begins with the last of them.
#[derive(Default)]
struct Line<'a> {
    versions: Vec<Version<'a>>,
    is_whole: bool,
}

/// Finds the projects whose agreed figures are not those that were last approved.
///
/// Nothing is said of a project that is only proposed, nor of one whose approval lies before the beginning
/// of a shallow clone; without git nothing is known at all.
pub fn baseline_moves(location: &Location, register: &Register) -> Result<Vec<BaselineMove>, StoreError> {
    let Some(past) = Past::open(location)? else { return Ok(Vec::new()) };
    let line = store::own_line(location, "projects")?;
    let charters: Vec<(&str, &Project)> = register
        .charters()
        .filter(|(_, charter, _)| charter.state != ProjectState::Proposed)
        .map(|(id, charter, _)| (id, charter))
        .collect();
    let mut lines = lines(&past, &line, charters.iter().map(|(id, _)| *id));
    let work: Vec<(&str, &Project, Line<'_>)> =
        charters.into_iter().filter_map(|(id, charter)| Some((id, charter, lines.remove(id)?))).collect();
    let moved = work.into_par_iter().map(|(id, charter, line)| moved(&past, register, id, charter, &line));
    Ok(moved.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

/// The versions of each project's charter, followed back through changes of the project's id.
fn lines<'a, 'b>(
    past: &Past,
    commits: &'a [LineCommit],
    projects: impl Iterator<Item = &'b str>,
) -> BTreeMap<String, Line<'a>> {
    let path = |id: &str| RecordId::project(id).path();
    let mut named: HashMap<String, String> = projects.map(|id| (path(id), id.to_owned())).collect();
    let mut lines: BTreeMap<String, Line<'a>> = BTreeMap::new();
    for commit in commits {
        let is_charter = |path: &str| RecordId::at_path(path).is_some_and(|id| id.kind == "project");
        let removed: Vec<_> =
            commit.changes.iter().filter(|c| c.after.is_none() && is_charter(&c.path)).collect();
        for change in &commit.changes {
            let (Some(id), Some(object)) = (named.get(&change.path).cloned(), &change.after) else {
                continue;
            };
            let line = lines.entry(id.clone()).or_default();
            line.versions.push(Version { commit, object: object.clone() });
            if change.before.is_some() {
                continue;
            }
            named.remove(&change.path);
            // With the same bytes under another id, or as the only one that went when this one came.
            let same = removed.iter().find(|gone| gone.before.as_ref() == Some(object));
            let sole = if let [only] = removed.as_slice() { Some(only) } else { None };
            match same.or(sole) {
                Some(old) => drop(named.insert(old.path.clone(), id)),
                None => line.is_whole = !past.ends_at(&commit.id),
            }
        }
    }
    lines
}

/// What moved in a project since its figures were last approved.
fn moved(
    past: &Past,
    register: &Register,
    id: &str,
    charter: &Project,
    line: &Line<'_>,
) -> Result<Option<BaselineMove>, StoreError> {
    // Not yet approved in any commit: the work tree's own figures, as long as nothing newer is found.
    let mut newer = charter.clone();
    let mut of_newer: Option<&LineCommit> = None;
    for version in &line.versions {
        let Some(older) = read(&past.read(&version.object)?) else { continue };
        if is_approval(register, id, &newer, Some(&older)) {
            return Ok(told(id, charter, &newer, of_newer));
        }
        (newer, of_newer) = (older, Some(version.commit));
    }
    let is_known = line.is_whole && is_approval(register, id, &newer, None);
    Ok(if is_known { told(id, charter, &newer, of_newer) } else { None })
}

fn read(bytes: &[u8]) -> Option<Project> {
    let slot = load::read_record(Kind::named("project")?, bytes).slot;
    slot.record_or_draft()?.as_any().downcast_ref::<Project>().cloned()
}

/// Whether a version approves its figures, where an older one stood before it.
fn is_approval(register: &Register, id: &str, newer: &Project, older: Option<&Project>) -> bool {
    let Some(older) = older else { return newer.state != ProjectState::Proposed };
    if older.state == ProjectState::Proposed && newer.state != ProjectState::Proposed {
        return true;
    }
    let Some(baseline) = &newer.baseline else { return false };
    let was = older.baseline.clone().unwrap_or_default();
    let is_new = |now: &Option<Ref>, was: &Option<Ref>| now.clone().filter(|now| was.as_ref() != Some(now));
    let change = is_new(&baseline.change, &was.change);
    let decision = is_new(&baseline.decision, &was.decision);
    let names_none = baseline.change.is_none() && baseline.decision.is_none();
    change.is_some_and(|change| is_approved(register, id, &change))
        || decision.is_some_and(|decision| is_taken(register, id, &decision))
        // The first approval need not name a change.
        || (names_none && older.baseline.is_none() && baseline.approved_on.is_some())
}

fn is_approved(register: &Register, id: &str, change: &Ref) -> bool {
    let record = register.resolve(change, Some(id));
    let change = record.and_then(|record| register.get::<Change>(&record));
    change.is_some_and(|change| change.state == ChangeState::Approved)
}

fn is_taken(register: &Register, id: &str, decision: &Ref) -> bool {
    let record = register.resolve(decision, Some(id));
    let decision = record.and_then(|record| register.get::<Decision>(&record));
    decision.is_some_and(|decision| decision.state == DecisionState::Decided)
}

/// The figures that differ; none where the approval is not committed yet.
fn told(id: &str, now: &Project, approved: &Project, commit: Option<&LineCommit>) -> Option<BaselineMove> {
    let commit = commit?;
    let mut moved = Vec::new();
    let mut compare = |key: String, name: &str, was: Option<String>, is: Option<String>| {
        // What nobody had agreed before does not move.
        if let Some(was) = was.filter(|was| is.as_ref() != Some(was)) {
            moved.push(MovedFigure { key, name: name.to_owned(), was, is });
        }
    };
    let date = |date: Option<Date>| date.map(|date| date.to_string());
    let (schedule, was) = (&now.schedule, &approved.schedule);
    compare("schedule.finish".into(), "the agreed finish", date(was.finish), date(schedule.finish));
    compare("schedule.start".into(), "the agreed start", date(was.start), date(schedule.start));
    let amount = |amount: Option<crate::model::number::Amount>| amount.map(|a| a.0.normalize().to_string());
    let (budget, was) = (&now.budget, &approved.budget);
    compare("budget.approved".into(), "the approved budget", amount(was.approved), amount(budget.approved));
    compare(
        "budget.contingency".into(),
        "the contingency",
        amount(was.contingency),
        amount(budget.contingency),
    );
    let reserves = [was.management_reserve, budget.management_reserve].map(amount);
    let [was, is] = reserves;
    compare("budget.management_reserve".into(), "the management reserve", was, is);
    for old in &approved.milestone {
        let place = now.milestone.iter().position(|milestone| milestone.id == old.id);
        let is = place.and_then(|place| now.milestone[place].baseline);
        let key =
            place.map_or_else(|| "milestone".to_owned(), |place| format!("milestone[{place}].baseline"));
        compare(key, &format!("the milestone {}", old.id), date(old.baseline), date(is));
    }
    let commit = Commit {
        id: store::short_id(&commit.id).to_owned(),
        seconds: commit.seconds,
        offset_minutes: commit.offset_minutes,
        author: String::new(),
    };
    let on = commit.day();
    (!moved.is_empty()).then(|| BaselineMove { project: id.to_owned(), approved: commit.id, on, moved })
}
