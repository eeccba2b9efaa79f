//! Reports of closed periods that are not as they were when the period was closed.
//!
//! The closing is the commit that the newest tag `report/PERIOD` names, or the last commit that closed the
//! period where there is no such tag. Only files are compared, never the dates of commits, so that a rebase
//! or a squash changes nothing.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::load::{CONFIG, read_record};
use crate::model::late_change::{Late, LateChange};
use crate::model::period_record::PeriodState;
use crate::model::{Kind, Name, Period, PeriodRecord, RecordId, Register, Slot};
use crate::store::{self, EntryKind, Location, Revision, Source, StoreError, Tag};

/// What the tags of closings begin with: `report/2026-W47`, and `.2`, `.3` for each time it was closed again.
pub const TAGS: &str = "report/";

/// The kinds of report, with the folder that holds what they speak of.
const REPORTS: [(&str, &str); 2] = [("status", "projects"), ("programme-status", "programmes")];

/// Finds the reports of closed periods that differ in the work tree from what the closing holds.
///
/// Closed is what the register says is closed now, and with `at` also what was closed at that revision, so
/// that a branch cannot reopen a period by itself. Only the files of `only` are looked at, where it is given,
/// as they are in `now`: the work tree, or what is staged. Nothing is found where the closing is not known: without
/// git, or in a clone that does not reach back to it.
pub fn late_changes(
    location: &Location,
    now: &dyn Source,
    register: &Register,
    at: Option<&str>,
    only: Option<&BTreeSet<String>>,
) -> Result<Vec<LateChange>, StoreError> {
    let at = at.map(|rev| Revision::open(location, rev)).transpose()?;
    let mut closed: BTreeSet<Period> = register
        .own
        .records::<PeriodRecord>()
        .filter(|(_, record)| record.state == PeriodState::Closed)
        .filter_map(|(name, _)| name.period())
        .collect();
    if let Some(at) = &at {
        closed.extend(closed_at(at)?);
    }
    let Some(head) = location.repo()?.head.commit().filter(|_| !closed.is_empty()) else {
        return Ok(Vec::new());
    };
    let tags = store::tags_by(location, TAGS, head)?;
    let heads: Vec<&str> = [Some(head), at.as_ref().map(Revision::commit)].into_iter().flatten().collect();
    let now = Now {
        source: now,
        head: Revision::open(location, head)?,
        pending: match only.is_some() || now.commit().is_some() {
            true => Vec::new(),
            false => store::pending(location, "")?,
        },
        only,
        register,
    };
    let found = closed.par_iter().map(|period| {
        let Some((closing, then)) = closing(location, &tags, &heads, *period)? else { return Ok(Vec::new()) };
        now.compare(*period, &then, &closing)
    });
    let mut found: Vec<LateChange> = found.collect::<Result<Vec<_>, StoreError>>()?.concat();
    found.sort();
    Ok(found)
}

/// The periods that were closed at a revision.
fn closed_at(at: &Revision) -> Result<Vec<Period>, StoreError> {
    let periods = at.list("periods")?.into_iter();
    let periods = periods.filter_map(|entry| entry.name.strip_suffix(".toml")?.parse::<Period>().ok());
    let mut closed = Vec::new();
    for period in periods {
        if is_closed(at, period)? {
            closed.push(period);
        }
    }
    Ok(closed)
}

/// Whether a period's record says at a revision that it is closed.
fn is_closed(at: &Revision, period: Period) -> Result<bool, StoreError> {
    let id = RecordId { kind: "period", home: String::new(), name: Name::Period(period) };
    let Some(bytes) = at.read_if_present(&id.path())? else { return Ok(false) };
    let Some(kind) = Kind::named(id.kind) else { return Ok(false) };
    let reading = read_record(kind, &bytes);
    let record = reading.slot.record_or_draft().and_then(|record| record.as_any().downcast_ref());
    Ok(record.is_some_and(|record: &PeriodRecord| record.state == PeriodState::Closed))
}

/// The newest closing of a period: what names it, and the register as it was.
pub(super) fn closing(
    location: &Location,
    tags: &[Tag],
    heads: &[&str],
    period: Period,
) -> Result<Option<(String, Revision)>, StoreError> {
    let name = format!("{TAGS}{period}");
    let turn = |tag: &Tag| match tag.name.strip_prefix(&name)? {
        "" => Some(1),
        rest => rest.strip_prefix('.')?.parse::<u32>().ok(),
    };
    let mut ours: Vec<(u32, &Tag)> = tags.iter().filter_map(|tag| Some((turn(tag)?, tag))).collect();
    ours.sort_by_key(|(turn, _)| std::cmp::Reverse(*turn));
    for (_, tag) in ours {
        // A tag of another register in the same repository holds no such record.
        if let Ok(then) = Revision::open(location, &tag.commit)
            && is_closed(&then, period)?
        {
            return Ok(Some((tag.name.clone(), then)));
        }
    }
    let path = format!("periods/{period}.toml");
    for head in heads {
        let mut first = None;
        // The newest commits first: the last one on the way back at which it was still closed closed it.
        for commit in store::commits_of(location, head, &path)? {
            let then = Revision::open(location, &commit)?;
            if !is_closed(&then, period)? {
                break;
            }
            first = Some((commit, then));
        }
        // A commit that brought the whole register along closed nothing: the period was closed already.
        if let Some((commit, then)) = first
            && let Ok(before) = Revision::open(location, &format!("{commit}^"))
            && before.read_if_present(CONFIG)?.is_some()
        {
            return Ok(Some((store::short_id(&commit).to_owned(), then)));
        }
    }
    Ok(None)
}

/// The register as it is now.
struct Now<'a> {
    source: &'a dyn Source,
    head: Revision,
    /// Files that differ from HEAD, by name.
    pending: Vec<String>,
    /// The files that are looked at, unless all are.
    only: Option<&'a BTreeSet<String>>,
    register: &'a Register,
}

impl Now<'_> {
    /// Compares the reports of a period with those at its closing.
    fn compare(&self, period: Period, then: &Revision, closing: &str) -> Result<Vec<LateChange>, StoreError> {
        let mut found: Vec<LateChange> = Vec::new();
        for record in self.records(period, then)? {
            let path = record.path();
            if self.only.is_none() && self.pending.binary_search(&path).is_err() {
                let before = object_of(then, &record)?;
                if before.is_some() && before == object_of(&self.head, &record)? {
                    continue;
                }
            }
            let what = match (then.read_if_present(&path)?, self.source.read_if_present(&path)?) {
                (Some(was), Some(is)) if !same(&is, &was) => Late::Changed,
                (Some(_), None) => Late::Removed,
                // A draft does not count yet.
                (None, Some(_)) if !matches!(self.register.slot(&record), Some(Slot::Draft(_))) => {
                    Late::Added
                }
                _ => continue,
            };
            found.push(LateChange { record, what, closing: closing.to_owned() });
        }
        self.without_moves(found, then)
    }

    /// The reports of a period that are looked at: those of now and of its closing.
    fn records(&self, period: Period, then: &Revision) -> Result<BTreeSet<RecordId>, StoreError> {
        if let Some(only) = self.only {
            let records = only.iter().filter_map(|path| RecordId::at_path(path));
            let is_report = |id: &RecordId| REPORTS.iter().any(|(kind, _)| id.kind == *kind);
            return Ok(records.filter(|id| is_report(id) && id.name.period() == Some(period)).collect());
        }
        let mut records: BTreeSet<RecordId> = self.reports(period).collect();
        for (kind, folder) in REPORTS {
            for entry in then.list(folder)?.into_iter().filter(|entry| entry.kind == EntryKind::Folder) {
                let record = RecordId { kind, home: entry.name, name: Name::Period(period) };
                if object_of(then, &record)?.is_some() {
                    records.insert(record);
                }
            }
        }
        Ok(records)
    }

    /// The reports of a period that are there.
    fn reports(&self, period: Period) -> impl Iterator<Item = RecordId> {
        let name = Name::Period(period);
        let kinds = [("status", &self.register.projects), ("programme-status", &self.register.programmes)];
        kinds.into_iter().flat_map(move |(kind, shelves)| {
            let name = name.clone();
            shelves.iter().filter_map(move |(home, shelf)| {
                shelf.slot(kind, &name)?;
                Some(RecordId { kind, home: home.clone(), name: name.clone() })
            })
        })
    }

    /// Whether the report's project or programme is still there.
    fn has(&self, record: &RecordId) -> bool {
        self.register.shelf(record.kind, &record.home).is_some()
    }

    /// Leaves out reports that only changed their project's name.
    fn without_moves(&self, found: Vec<LateChange>, then: &Revision) -> Result<Vec<LateChange>, StoreError> {
        let mut gone = Vec::new();
        let is_gone = |late: &&LateChange| late.what == Late::Removed && !self.has(&late.record);
        for late in found.iter().filter(is_gone) {
            gone.extend(then.read_if_present(&late.record.path())?.map(|text| (late.clone(), text)));
        }
        if gone.is_empty() {
            return Ok(found);
        }
        let mut moved = BTreeSet::new();
        for late in found.iter().filter(|late| late.what == Late::Added) {
            let RecordId { kind, home, .. } = &late.record;
            let folder = REPORTS.iter().find(|(of, _)| of == kind).map_or("", |(_, folder)| folder);
            if !then.list(&format!("{folder}/{home}"))?.is_empty() {
                continue;
            }
            let Some(is) = self.source.read_if_present(&late.record.path())? else { continue };
            let from = gone.iter().find(|(old, was)| !moved.contains(old) && same(&is, was));
            if let Some((old, _)) = from {
                moved.insert(old.clone());
                moved.insert(late.clone());
            }
        }
        Ok(found.into_iter().filter(|late| !moved.contains(late)).collect())
    }
}

/// Whether two texts say the same to git, which may end lines as the system likes.
fn same(a: &[u8], b: &[u8]) -> bool {
    let plain = |text: &[u8]| text.iter().copied().filter(|byte| *byte != b'\r').collect::<Vec<u8>>();
    a == b || plain(a) == plain(b)
}

/// The id of a report's object at a revision.
fn object_of(at: &Revision, record: &RecordId) -> Result<Option<String>, StoreError> {
    let path = record.path();
    let Some((folder, name)) = path.rsplit_once('/') else { return Ok(None) };
    // A folder's name that no record may have is no report's.
    let Ok(entries) = at.list(folder) else { return Ok(None) };
    Ok(entries.into_iter().find(|entry| entry.name == name).and_then(|entry| entry.object))
}
