//! The history of a record or of one field: when, from, to, by whom, in which commit, with its message; and who
//! set last what stands there now.

mod blame;
mod page;
mod series;
mod value;

use serde::Serialize;

use crate::document::Document;
use crate::model::field_change::{Deed, Edit, FieldChange, FieldValue, FileHistory};
use crate::model::filing::Commit;
use crate::model::{Date, Period, Register};

use super::head::{Asked, Head};

pub use blame::{Blame, Set, blame};
pub use series::Reports;

/// Whose history is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subject {
    /// The reference, as people write it: `crm/R-003`, `crm#go-live`, `pmo.toml`.
    pub reference: String,
    /// The key, as it was typed behind the reference.
    pub key: Option<String>,
    /// The key in the files, or the table that it begins with: `milestone.go-live` for a milestone.
    pub within: Option<String>,
}

/// Which edits are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// Only those of this day or later.
    pub since: Option<Date>,
    /// Only those of this day or earlier.
    pub until: Option<Date>,
    /// Only so many, the newest.
    pub newest: Option<usize>,
}

/// The history of a record or of one field.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Log {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// The record, as people refer to it.
    pub reference: String,
    /// What people call it.
    pub name: Option<String>,
    /// The key, where only one is asked for.
    pub key: Option<String>,
    /// The table that all the keys stand in, where only those of one are asked for.
    #[serde(skip)]
    pub within: Option<String>,
    /// What happened, the newest first.
    pub entries: Vec<Entry>,
    /// How many older ones are left out.
    pub left_out: usize,
    /// Versions of the files that cannot be read.
    pub unreadable: Vec<Unreadable>,
    /// The commits with which a shallow clone begins, where the history may be longer.
    pub begins: Vec<String>,
}

/// What one commit did.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// The commit; nothing for what is not committed yet.
    pub commit: Option<Commit>,
    /// Who wrote it, by id, where `people/` has the address.
    pub by: Option<String>,
    /// Who wrote it, by name.
    pub by_name: String,
    /// What the commit says.
    pub message: String,
    /// The file.
    pub file: String,
    /// The period that the file reports on.
    pub period: Option<Period>,
    /// What became of the file.
    pub deed: Deed,
    /// Where it was before, if it moved.
    pub moved_from: Option<String>,
    /// Where it is since, if it moved away.
    pub moved_to: Option<String>,
    /// Why the file cannot be read as it is after it.
    pub unreadable: Option<String>,
    /// What changed; in a report also what it says as the one before did.
    pub changes: Vec<FieldChange>,
}

/// A version of a file that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unreadable {
    /// The commit; nothing for the file as it lies in the work tree.
    pub commit: Option<Commit>,
    /// The file.
    pub file: String,
    /// Why not.
    pub why: String,
}

/// The files in which the subject's history stands.
#[derive(Debug, Clone, Copy, Default)]
pub struct Files<'a> {
    /// The record's own file.
    pub own: Option<&'a FileHistory>,
    /// The reports on it.
    pub reports: Option<&'a Reports>,
}

/// Makes the history; `within` of the subject says which keys count, all unless given.
pub fn log(register: &Register, asked: &Asked, subject: &Subject, files: Files<'_>, limits: Limits) -> Log {
    let mut entries = entries(register, subject, files);
    // Each file tells its own in order; those of several files are put together by their days.
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.commit.as_ref().map_or(i64::MAX, |c| c.seconds)));
    entries.retain(|entry| {
        let day = entry.commit.as_ref().map_or(asked.day, Commit::day);
        limits.since.is_none_or(|since| since <= day) && limits.until.is_none_or(|until| day <= until)
    });
    let shown = limits.newest.unwrap_or(usize::MAX).min(entries.len());
    let left_out = entries.len() - shown;
    entries.truncate(shown);
    Log {
        head: Head::new("log", register, asked),
        reference: subject.reference.clone(),
        name: files.own.and_then(|own| name(own, subject)),
        key: subject.key.clone(),
        within: subject.within.clone(),
        entries,
        left_out,
        unreadable: unreadable(files),
        begins: begins(files),
    }
}

/// Everything that happened to the keys that count, file by file, each the newest first.
fn entries(register: &Register, subject: &Subject, files: Files<'_>) -> Vec<Entry> {
    let within = subject.within.as_deref();
    let mut found = Vec::new();
    for edit in files.own.iter().flat_map(|own| &own.edits) {
        let mut entry = entry(register, edit, None);
        entry.changes.retain(|change| counts(within, &change.key));
        if within.is_none() || !entry.changes.is_empty() {
            found.push(entry);
        }
    }
    if let Some(reports) = files.reports {
        found.extend(reports.entries(register, within));
    }
    found
}

/// Whether a key is the one that is asked for, or stands below it.
fn counts(within: Option<&str>, key: &str) -> bool {
    within.is_none_or(|within| {
        key.strip_prefix(within).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    })
}

/// An edit with the name of whoever made it.
fn entry(register: &Register, edit: &Edit, period: Option<Period>) -> Entry {
    let by = register.person_at(&edit.email);
    let author = edit.commit.as_ref().map_or("", |commit| commit.author.as_str());
    Entry {
        by_name: by.map_or_else(|| author.to_owned(), |(_, person)| person.name.clone()),
        by: by.map(|(id, _)| id.to_owned()),
        commit: edit.commit.clone(),
        message: edit.message.clone(),
        file: edit.file.clone(),
        period,
        deed: edit.deed,
        moved_from: edit.moved_from.clone(),
        moved_to: edit.moved_to.clone(),
        unreadable: edit.unreadable.clone(),
        changes: edit.changes.clone(),
    }
}

/// What people call the record, as its file says now or said last; of a milestone its own name.
fn name(own: &FileHistory, subject: &Subject) -> Option<String> {
    let is_milestone = subject.reference.contains('#');
    let wanted: Vec<String> = match &subject.within {
        Some(within) if is_milestone => vec![format!("{within}.name")],
        _ => ["name", "title", "register.name"].map(str::to_owned).to_vec(),
    };
    let now = own.now.iter().flatten().map(|(key, value)| (key, value));
    let before = own.edits.iter().flat_map(|edit| &edit.changes);
    let before =
        before.filter_map(|change| Some((&change.key, change.to.as_ref().or(change.from.as_ref())?)));
    now.chain(before).find_map(|(key, value)| match value {
        FieldValue::Text(text) if wanted.contains(key) => Some(text.trim().to_owned()),
        _ => None,
    })
}

fn all_edits<'a>(files: Files<'a>) -> impl Iterator<Item = &'a Edit> {
    let own = files.own.into_iter().flat_map(|own| &own.edits);
    own.chain(files.reports.into_iter().flat_map(Reports::edits))
}

fn unreadable(files: Files<'_>) -> Vec<Unreadable> {
    let of = |edit: &Edit| {
        let why = edit.unreadable.clone()?;
        Some(Unreadable { commit: edit.commit.clone(), file: edit.file.clone(), why })
    };
    all_edits(files).filter_map(of).collect()
}

fn begins(files: Files<'_>) -> Vec<String> {
    let begins = all_edits(files).filter(|edit| edit.deed == Deed::Begins);
    let mut commits: Vec<String> =
        begins.filter_map(|edit| edit.commit.as_ref()).map(|commit| commit.id.clone()).collect();
    commits.sort();
    commits.dedup();
    commits
}

impl Log {
    /// The history as a page.
    pub fn page(&self) -> Document {
        page::page(self)
    }
}
