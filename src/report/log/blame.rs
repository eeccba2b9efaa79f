//! Who set last what a record says now: the newest change of each key that brought its present value.

use serde::Serialize;

use crate::document::{Block, Cell, Column, Command, Document, Facts, Line, Table};
use crate::model::field_change::{Deed, FieldValue};
use crate::model::filing::Commit;
use crate::model::{Period, Register};
use crate::text;

use super::page::{short, subject, tell_begin, tell_unreadable};
use super::{Asked, Entry, Files, Head, Subject, Unreadable, counts, entries, value};

/// Who set last what a record says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Blame {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// The record, as people refer to it.
    pub reference: String,
    /// What people call it.
    pub name: Option<String>,
    /// The key, where only one is asked for.
    pub key: Option<String>,
    /// Each key with its value and who set it, in the order of the file.
    pub set: Vec<Set>,
    /// Versions of the files that cannot be read.
    pub unreadable: Vec<Unreadable>,
    /// The commits with which a shallow clone begins, where the history may be longer.
    pub begins: Vec<String>,
}

/// A key, its value, and the commit that set it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Set {
    /// The key.
    pub key: String,
    /// What it says.
    pub value: FieldValue,
    /// What it said before; nothing where it was not there.
    pub from: Option<FieldValue>,
    /// The commit; nothing for what is not committed yet.
    pub commit: Option<Commit>,
    /// Whether it is older than a shallow clone's history, so that the commit is only the first one known.
    pub is_older: bool,
    /// Who wrote it, by id, where `people/` has the address.
    pub by: Option<String>,
    /// Who wrote it, by name.
    pub by_name: String,
    /// What the commit says.
    pub message: String,
    /// The file.
    pub file: String,
    /// The period of the report that brought the value.
    pub period: Option<Period>,
}

/// Says who set last what the record says now; of the reports the newest one counts.
pub fn blame(register: &Register, asked: &Asked, subject: &Subject, files: Files<'_>) -> Blame {
    let within = subject.within.as_deref();
    let mut set = Vec::new();
    let own = Files { reports: None, ..files };
    let reports = Files { own: None, ..files };
    let newest = files.reports.and_then(|reports| reports.newest(within));
    for (values, files) in [(files.own.and_then(|own| own.now.as_ref()), own), (newest.as_ref(), reports)] {
        let Some(values) = values else { continue };
        let entries = entries(register, subject, files);
        let asked = values.iter().filter(|(key, _)| counts(within, key));
        set.extend(asked.filter_map(|(key, value)| setter(&entries, key, value)));
    }
    Blame {
        head: Head::new("blame", register, asked),
        reference: subject.reference.clone(),
        name: files.own.and_then(|own| super::name(own, subject)),
        key: subject.key.clone(),
        set,
        unreadable: super::unreadable(files),
        begins: super::begins(files),
    }
}

/// The newest entry that gave the key its value.
fn setter(entries: &[Entry], key: &str, value: &FieldValue) -> Option<Set> {
    let change = |entry: &Entry| {
        let change = entry.changes.iter().find(|change| change.key == key)?;
        (change.to.as_ref() == Some(value) && change.from.as_ref() != Some(value)).then(|| change.clone())
    };
    let (entry, change) = entries.iter().find_map(|entry| Some((entry, change(entry)?)))?;
    Some(Set {
        key: key.to_owned(),
        value: value.clone(),
        from: change.from,
        is_older: entry.deed == Deed::Begins,
        commit: entry.commit.clone(),
        by: entry.by.clone(),
        by_name: entry.by_name.clone(),
        message: entry.message.clone(),
        file: entry.file.clone(),
        period: entry.period,
    })
}

impl Blame {
    /// The answer as a page.
    pub fn page(&self) -> Document {
        let subject = subject(&self.reference, self.key.as_deref());
        let title = self.name.as_ref().map_or(subject.clone(), |name| format!("{subject} · {name}"));
        let mut page = self.head.page(title);
        tell_unreadable(&mut page, &self.unreadable);
        tell_begin(&mut page, &self.begins);
        match self.set.as_slice() {
            [] => {
                page.paragraph("It says nothing now.");
            }
            [one] if self.key.as_deref().is_some_and(|key| one.key.ends_with(key)) => {
                page.push(Block::Facts(answer(one)));
            }
            all => {
                page = page.subtitle(text::count(all.len(), "key"));
                page.table(table(all));
            }
        }
        page.push(Block::Commands(vec![Command::noted(format!("pmo log {subject}"), "every change")]));
        page
    }
}

/// The one answer, in words.
fn answer(set: &Set) -> Facts {
    let mut facts = Facts::new("blame", 1);
    facts.add("value", "It says", value::cell(&set.key, Some(&set.value)));
    if let Some(from) = &set.from {
        facts.add("from", "Before", value::cell(&set.key, Some(from)));
    }
    let when = match &set.commit {
        Some(commit) if set.is_older => Line::new().text("before ").value(Cell::date(commit.day().0)),
        Some(commit) => Line::new().value(Cell::date(commit.day().0)),
        None => Line::new().text("not committed yet"),
    };
    facts.add("since", "Since", when);
    if let Some(period) = set.period {
        facts.add("report", "Report", Line::new().text(period.to_string()));
    }
    if let Some(commit) = set.commit.as_ref().filter(|_| !set.is_older) {
        facts.add("by", "By", Line::new().text(set.by_name.as_str()));
        facts.add("commit", "Commit", Line::new().code(short(&commit.id)));
        facts.add("message", "Message", Line::new().text(set.message.lines().next().unwrap_or_default()));
    }
    facts
}

fn table(all: &[Set]) -> Table {
    let mut columns = vec![Column::new("key", "Key"), Column::new("value", "Says").stretch()];
    let has_report = all.iter().any(|set| set.period.is_some());
    if has_report {
        columns.push(Column::new("report", "Report").seen_only().priority(4));
    }
    columns.extend([
        Column::new("since", "Since").seen_only(),
        Column::new("who", "Who").seen_only().priority(1),
        Column::new("short", "Commit").seen_only().priority(2),
        Column::new("said", "Message").seen_only().priority(3).stretch(),
    ]);
    columns.extend(["from", "at", "commit", "by", "by_name", "message", "file", "period"].map(Column::data));
    let mut table = Table::new("blame", columns).main();
    for set in all {
        let commit = set.commit.as_ref();
        let mut cells = vec![Cell::text(set.key.as_str()), value::cell(&set.key, Some(&set.value))];
        let period = set.period.map_or(Cell::Empty, |period| Cell::text(period.to_string()));
        if has_report {
            cells.push(period.clone());
        }
        cells.extend([
            match commit {
                Some(commit) => Cell::date(commit.day().0),
                None => Cell::text("not committed"),
            },
            Cell::text(set.by_name.as_str()),
            commit.map_or(Cell::Empty, |commit| Cell::text(short(&commit.id))),
            Cell::text(set.message.lines().next().unwrap_or_default()),
            value::cell(&set.key, set.from.as_ref()),
            commit.map_or(Cell::Empty, |commit| Cell::text(commit.moment())),
            commit.map_or(Cell::Empty, |commit| Cell::text(commit.id.as_str())),
            set.by.as_deref().map_or(Cell::Empty, Cell::text),
            Cell::text(set.by_name.as_str()),
            Cell::text(set.message.as_str()),
            Cell::text(set.file.as_str()),
            period,
        ]);
        table.row(cells);
    }
    let older = all.iter().filter(|set| set.is_older).count();
    table.note = (older > 0).then(|| {
        Line::new().text(format!("{} older than the history that is here", text::count(older, "value")))
    });
    table
}
