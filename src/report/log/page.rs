//! A history as a page.

use std::collections::BTreeSet;

use crate::document::{Block, Cell, Column, Command, Document, Line, Notice, Severity, Table};
use crate::model::field_change::Deed;
use crate::model::{Period, RecordId};
use crate::text;

use super::{Entry, Log, Unreadable, value};

/// How many characters of a commit's id people read.
pub(super) const SHORT: usize = 7;
/// How many versions that cannot be read are told one by one.
const TOLD: usize = 4;

pub(super) fn page(log: &Log) -> Document {
    let asked = subject(&log.reference, log.key.as_deref());
    let title = log.name.as_ref().map_or(asked.clone(), |name| format!("{asked} · {name}"));
    let mut page = log.head.page(title).subtitle(subtitle(log));
    tell_unreadable(&mut page, &log.unreadable);
    tell_begin(&mut page, &log.begins);
    if log.entries.is_empty() {
        page.paragraph(match log.left_out {
            0 => "Nothing is known of it in this history.",
            _ => "Nothing within these limits.",
        });
        return page;
    }
    page.table(table(log));
    page.push(Block::Commands(vec![Command::noted(
        format!("pmo blame {asked}"),
        "who set last what it says now",
    )]));
    page
}

/// A reference with its key, as it is typed.
pub(super) fn subject(reference: &str, key: Option<&str>) -> String {
    key.map_or_else(|| reference.to_owned(), |key| format!("{reference}.{key}"))
}

fn subtitle(log: &Log) -> String {
    let commits: BTreeSet<&str> =
        log.entries.iter().filter_map(|entry| Some(entry.commit.as_ref()?.id.as_str())).collect();
    let mut said = text::count(commits.len(), "commit");
    if log.entries.iter().any(|entry| entry.commit.is_none()) {
        said.push_str(" · changes not committed");
    }
    if log.left_out > 0 {
        said.push_str(&format!(" · {} older not shown", log.left_out));
    }
    said
}

/// Says which versions cannot be read.
pub(super) fn tell_unreadable(page: &mut Document, unreadable: &[Unreadable]) {
    if unreadable.is_empty() {
        return;
    }
    let count = text::count(unreadable.len(), "version");
    let mut line = Line::new().strong(count).text(" of the file cannot be read: ");
    for (at, one) in unreadable.iter().take(TOLD).enumerate() {
        line = if at > 0 { line.text("; ") } else { line };
        line = match &one.commit {
            Some(commit) => line
                .code(short(&commit.id))
                .text(" of ")
                .value(Cell::date(commit.day().0))
                .text(format!(" ({})", one.why)),
            None => line.text(format!("{} as it lies here ({})", one.file, one.why)),
        };
    }
    if unreadable.len() > TOLD {
        line = line.text(format!("; and {} more", unreadable.len() - TOLD));
    }
    page.push(Block::Notice(Notice { severity: Severity::Warning, text: line, next: None }));
}

/// Says where a shallow clone's history begins.
pub(super) fn tell_begin(page: &mut Document, begins: &[String]) {
    if begins.is_empty() {
        return;
    }
    let ids: Vec<&str> = begins.iter().take(TOLD).map(|id| short(id)).collect();
    let text = Line::new().text(format!(
        "This is a shallow clone: its history begins with {}, and what came before is not known",
        text::list(&ids, "and")
    ));
    let next = Some("git fetch --unshallow".to_owned());
    page.push(Block::Notice(Notice { severity: Severity::Warning, text, next }));
}

pub(super) fn short(id: &str) -> &str {
    id.get(..SHORT).unwrap_or(id)
}

fn table(log: &Log) -> Table {
    let mut keys: BTreeSet<&str> = BTreeSet::new();
    keys.extend(log.entries.iter().flat_map(|entry| &entry.changes).map(|change| change.key.as_str()));
    let has_keys = log.within.is_none() || keys.len() > 1;
    let data = ["at", "commit", "by", "by_name", "message", "file", "period", "deed", "unreadable", "key"];
    let mut columns: Vec<Column> = data.map(Column::data).into();
    columns.push(Column::new("when", "When").seen_only());
    let has_report = log.entries.iter().any(|entry| entry.period.is_some());
    if has_report {
        columns.push(Column::new("report", "Report").seen_only());
    }
    columns.push(Column::new("who", "Who").seen_only().priority(1));
    if has_keys {
        columns.push(Column::new("what", "Changed").seen_only());
    }
    columns.extend([
        Column::new("from", "From").stretch(),
        Column::new("to", "To").stretch(),
        Column::new("short", "Commit").seen_only().priority(2),
        Column::new("said", "Message").seen_only().priority(3).stretch(),
    ]);
    let mut table = Table::new("log", columns).main();
    for entry in &log.entries {
        for (first, line) in lines(entry, log.within.as_deref()).into_iter().enumerate() {
            let mut row = facts(entry, &line);
            row.extend(cells(entry, &line, first == 0, has_keys, has_report));
            table.row(row);
        }
    }
    table
}

/// One line of an entry.
struct Told {
    key: String,
    what: String,
    from: Cell,
    to: Cell,
}

/// The lines of an entry: what became of the file where that says it all, else each key.
fn lines(entry: &Entry, within: Option<&str>) -> Vec<Told> {
    let whole = |what: String| Told { key: String::new(), what, from: Cell::Empty, to: Cell::Empty };
    let keys = entry.changes.iter().map(|change| Told {
        key: change.key.clone(),
        what: below(within, &change.key).to_owned(),
        // In a report it may say what the one before said.
        from: if change.from == change.to {
            Cell::Empty
        } else {
            value::cell(&change.key, change.from.as_ref())
        },
        to: match &change.to {
            Some(to) => value::cell(&change.key, Some(to)),
            None => Cell::text("taken out"),
        },
    });
    if within.is_some() {
        return keys.collect();
    }
    let mut lines = Vec::new();
    if entry.unreadable.is_some() {
        lines.push(whole("cannot be read".to_owned()));
    }
    match entry.deed {
        Deed::Added => lines.push(whole("added".to_owned())),
        Deed::Begins => lines.push(whole("there already".to_owned())),
        Deed::Removed => lines.push(whole(match &entry.moved_to {
            Some(to) => format!("moved to {}", reference(to)),
            None => "removed".to_owned(),
        })),
        Deed::Moved => {
            let from = entry.moved_from.as_deref().unwrap_or_default();
            lines.push(whole(match RecordId::at_path(from) == RecordId::at_path(&entry.file) {
                true => "moved within the repository".to_owned(),
                false => format!("moved from {}", reference(from)),
            }));
            lines.extend(keys);
        }
        Deed::Changed => lines.extend(keys),
    }
    if lines.is_empty() {
        lines.push(whole("comments or layout".to_owned()));
    }
    lines
}

/// A key without the table that all of them stand in.
fn below<'k>(within: Option<&str>, key: &'k str) -> &'k str {
    let rest = within.and_then(|within| key.strip_prefix(within)?.strip_prefix('.'));
    rest.unwrap_or(key)
}

fn reference(path: &str) -> String {
    RecordId::at_path(path).map_or_else(|| path.to_owned(), |id| id.to_string())
}

/// What people see; what an entry's first line says is not said again.
fn cells(entry: &Entry, line: &Told, is_first: bool, has_keys: bool, has_report: bool) -> Vec<Cell> {
    let once = |cell: Cell| if is_first { cell } else { Cell::Empty };
    let mut cells = vec![once(match &entry.commit {
        Some(commit) => Cell::date(commit.day().0),
        None => Cell::text("not committed"),
    })];
    if has_report {
        cells.push(once(entry.period.map_or(Cell::Empty, |period: Period| Cell::text(period.to_string()))));
    }
    cells.push(once(Cell::text(entry.by_name.as_str())));
    if has_keys {
        cells.push(Cell::text(line.what.as_str()));
    }
    let id = entry.commit.as_ref().map_or("", |commit| short(&commit.id));
    let said = entry.message.lines().next().unwrap_or_default();
    cells.extend([line.from.clone(), line.to.clone(), once(Cell::text(id)), once(Cell::text(said))]);
    cells
}

/// What only machine formats carry.
fn facts(entry: &Entry, line: &Told) -> Vec<Cell> {
    let text = |text: Option<&str>| text.filter(|text| !text.is_empty()).map_or(Cell::Empty, Cell::text);
    let commit = entry.commit.as_ref();
    let deed = match entry.deed {
        Deed::Added => "added",
        Deed::Changed => "changed",
        Deed::Moved => "moved",
        Deed::Removed => "removed",
        Deed::Begins => "begins",
    };
    vec![
        text(commit.map(|commit| commit.moment()).as_deref()),
        text(commit.map(|commit| commit.id.as_str())),
        text(entry.by.as_deref()),
        text(Some(&entry.by_name)),
        text(Some(&entry.message)),
        text(Some(&entry.file)),
        text(entry.period.map(|period| period.to_string()).as_deref()),
        text(Some(deed)),
        text(entry.unreadable.as_deref()),
        text(Some(&line.key)),
    ]
}
