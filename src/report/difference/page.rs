//! The difference of two states as a page: what it comes to, then project by project, then every other key.

use std::collections::BTreeSet;

use crate::analysis::difference::Difference;
use crate::analysis::difference::files::{Fate, RecordChange};
use crate::document::{Block, Cell, Column, Document, Entry, Fold, Line, Notice, Rating, Severity, Table};
use crate::model::field::{FieldChange, FieldValue};
use crate::report::ratings::level;
use crate::text;

use super::{DifferenceReport, ProjectDifference, StateLine, words};

/// How many projects, points of a project, and keys a short page shows before it folds or cuts: a code host takes
/// comments of some 60,000 letters.
const SHORT: (usize, usize, usize) = (12, 8, 100);
/// How many projects a short page folds at most.
const FOLDED: usize = 30;
/// How much of a value a short page shows.
const VALUE: usize = 100;

pub(super) fn page(report: &DifferenceReport, short: bool) -> Document {
    let mut page = head(report);
    notices(report, &mut page);
    if report.is_empty() {
        page.paragraph("Nothing differs.");
        return page;
    }
    let effect = report.effect.line();
    if !effect.is_empty() {
        page.paragraph(Line::new().strong("Altogether").text(" ").line(effect));
    }
    let tally = report.tally.words();
    if !tally.is_empty() {
        page.paragraph(Line::new().text(tally));
    }
    projects(report, short, &mut page);
    elsewhere(report, &mut page);
    rest(report, short, &mut page);
    page
}

/// Every key that differs, one a line.
pub(super) fn keys(report: &DifferenceReport) -> Document {
    let mut page = head(report);
    let mut table = table().main();
    for (_, record) in report.records() {
        if record.fields.is_empty() {
            table.row(row(record, None, usize::MAX));
        }
        for field in &record.fields {
            table.row(row(record, Some(field), usize::MAX));
        }
    }
    page.table(table);
    page
}

fn head(report: &DifferenceReport) -> Document {
    let state = |state: &StateLine| match report.before.day == report.after.day {
        true => state.source.clone(),
        false => format!("{} as of {}", state.source, state.day),
    };
    let differ = report.projects.len();
    let verb = if differ == 1 { "differs" } else { "differ" };
    let counted = match report.projects_in_all {
        all if all >= differ => format!("{differ} of {} {verb}", text::count(all, "project")),
        _ => format!("{} {verb}", text::count(differ, "project")),
    };
    let between = format!("{} → {}", state(&report.before), state(&report.after));
    report.head.page(report.head.title()).subtitle(Line::new().text(counted)).source(between)
}

/// Files that cannot be read, in either state.
fn notices(report: &DifferenceReport, page: &mut Document) {
    for (state, is_after) in [(&report.before, false), (&report.after, true)] {
        let mut broken: BTreeSet<&str> = state.incomplete.unreadable.iter().map(String::as_str).collect();
        for (_, record) in report.records() {
            let why = if is_after { &record.unreadable_after } else { &record.unreadable_before };
            let file =
                if is_after { Some(&record.file) } else { record.was_file.as_ref().or(Some(&record.file)) };
            broken.extend(why.as_ref().and(file).map(String::as_str));
        }
        if broken.is_empty() {
            continue;
        }
        let mut line = Line::new().strong(text::count(broken.len(), "file")).text(format!(
            " cannot be read in {}, so what differs in it is not told in words: ",
            state.source
        ));
        for (at, file) in broken.iter().enumerate() {
            line = if at > 0 { line.text(", ") } else { line };
            line = line.code(*file);
        }
        let next = is_after.then(|| "pmo check".to_owned());
        page.push(Block::Notice(Notice { severity: Severity::Error, text: line, next }));
    }
}

fn projects(report: &DifferenceReport, short: bool, page: &mut Document) {
    let entries: Vec<Entry> = report
        .projects
        .iter()
        .map(|project| entry(project, short))
        // Keys alone are listed below.
        .filter(|entry| !entry.points.is_empty())
        .collect();
    let shown = if short { SHORT.0.min(entries.len()) } else { entries.len() };
    let (first, more) = entries.split_at(shown);
    if !first.is_empty() {
        page.push(Block::Entries(first.to_vec()));
    }
    if !more.is_empty() {
        let title = format!("{} more", text::count(more.len(), "project"));
        let folded = &more[..more.len().min(FOLDED)];
        let mut blocks = vec![Block::Entries(folded.to_vec())];
        if more.len() > folded.len() {
            let left = Line::new().text(format!("and {} more: ", more.len() - folded.len()));
            blocks.push(Block::Paragraph(left.code("pmo diff")));
        }
        page.push(Block::Fold(Fold { title, blocks }));
    }
}

fn entry(project: &ProjectDifference, short: bool) -> Entry {
    let mut text = Line::new();
    if let Some(name) = project.name.as_deref().filter(|name| *name != project.project) {
        text = text.dim(name);
    }
    if let (Some(from), Some(to)) = (project.rating_before, project.rating)
        && from != to
    {
        text = text.text("  ").rating(Rating::word(level(from))).text(" → ").rating(Rating::word(level(to)));
    }
    let is_rating = |one: &&_| matches!(one, Difference::Rating { .. });
    let told = project.differences.iter().filter(|one| !is_rating(one) || project.rating.is_none());
    let (course, told): (Vec<_>, Vec<_>) = told.partition(|one| is_course(one));
    let sentence = |one: &Difference| words::sentence(one, &project.currency);
    let mut points: Vec<Line> = told.into_iter().map(sentence).collect();
    points.extend(untold(project));
    if !course.is_empty() {
        points.push(course.into_iter().map(sentence).fold(Line::new(), |all, one| all.dot().line(one)));
    }
    if short && points.len() > SHORT.1 {
        let more = points.len() + 1 - SHORT.1;
        points.truncate(SHORT.1 - 1);
        points.push(Line::new().dim(format!("and {more} more")));
    }
    Entry { mark: Some(project.mark), subject: project.project.clone(), text, points }
}

/// Records that came, went or moved and of which no words were said, unless the project did so as a whole.
fn untold(project: &ProjectDifference) -> Vec<Line> {
    let is_whole = |one: &Difference| matches!(one, Difference::Added { .. } | Difference::Removed { .. });
    if project.differences.iter().any(is_whole) {
        return Vec::new();
    }
    let with_project = |record: &RecordChange| match (&project.was, &record.was_file) {
        (Some(was), Some(file)) => {
            let folder = |id: &str| format!("projects/{id}/");
            file.replacen(&folder(was), &folder(&project.project), 1) == record.file
        }
        _ => false,
    };
    let is_told = |record: &RecordChange| {
        project.says(&record.record, "")
            || with_project(record)
            || project.differences.iter().any(|one| match one {
                Difference::Moved { record: id, .. } => record.was.is_some() && short(record) == id,
                Difference::MovedAway { to, .. } => *to == record.record,
                _ => false,
            })
    };
    let untold = project.records.iter().filter(|record| !is_told(record));
    untold.filter_map(|record| fate(record, short(record))).collect()
}

/// The id of a record in its project.
fn short(record: &RecordChange) -> &str {
    record.record.split_once('/').map_or(record.record.as_str(), |(_, id)| id)
}

/// What every report brings, told in one line.
fn is_course(difference: &Difference) -> bool {
    matches!(difference, Difference::Reported { .. } | Difference::Progress { .. } | Difference::Spent { .. })
}

/// Records of the register itself that came, went or moved.
fn elsewhere(report: &DifferenceReport, page: &mut Document) {
    let told: Vec<Line> = report
        .records()
        .filter(|(project, _)| project.is_none())
        .filter_map(|(_, record)| fate(record, &record.record))
        .collect();
    if !told.is_empty() {
        page.heading("Elsewhere");
        page.push(Block::List(told));
    }
    if !report.other_files.is_empty() {
        let others: Vec<&str> = report.other_files.iter().map(String::as_str).collect();
        page.paragraph(files(Line::new().dim("Beside the records: "), &others));
    }
}

/// That a record came, went or moved; its keys tell the rest.
fn fate(record: &RecordChange, name: &str) -> Option<Line> {
    let kind = match record.kind {
        "programme-status" | "status" => "report",
        kind => kind,
    };
    let title = record.title.as_deref().map(|title| format!(": {title}")).unwrap_or_default();
    let name = name.strip_prefix("period/").unwrap_or(name);
    let line = |word: &str| Line::new().text(format!("{word}{kind} ")).strong(name);
    Some(match record.fate {
        Fate::Added => line("new ").text(title),
        Fate::Removed => line("").text(format!(" removed{title}")),
        Fate::Moved => line("").text(format!(" was {}{title}", record.was.as_deref().unwrap_or("elsewhere"))),
        Fate::Changed | Fate::Layout => return None,
    })
}

/// Every key that no words told.
fn rest(report: &DifferenceReport, short: bool, page: &mut Document) {
    let mut table = table();
    let mut records = 0;
    let mut left_out = 0;
    for (project, record) in report.records() {
        // Of what came or went as a whole the words say so; its file says the rest.
        if matches!(record.fate, Fate::Added | Fate::Removed) {
            continue;
        }
        let said =
            |field: &&FieldChange| project.is_some_and(|project| project.says(&record.record, &field.key));
        let fields: Vec<&FieldChange> =
            record.fields.iter().filter(|field| !said(field) && tells(record, field)).collect();
        records += usize::from(!fields.is_empty());
        for field in fields {
            if short && table.rows.len() >= SHORT.2 {
                left_out += 1;
            } else {
                table.row(row(record, Some(field), if short { VALUE } else { usize::MAX }));
            }
        }
    }
    if left_out > 0 {
        table.note = Some(Line::new().text(format!("and {left_out} more: ")).code("pmo diff -O json"));
    }
    let keys = table.rows.len() + left_out;
    if keys > 0 {
        let title = format!("Other keys: {keys} in {}", text::count(records, "record"));
        page.push(Block::Fold(Fold { title, blocks: vec![Block::Table(table)] }));
    }
    let layout: Vec<&str> = report.layout().map(|record| record.file.as_str()).collect();
    if !layout.is_empty() {
        let line = Line::new().dim("Different only in comments or layout: ");
        page.paragraph(files(line, &layout));
    }
}

/// The first few files, and how many more.
fn files(line: Line, files: &[&str]) -> Line {
    const SHOWN: usize = 4;
    let mut line = line;
    for (at, file) in files.iter().take(SHOWN).enumerate() {
        line = if at > 0 { line.text(", ") } else { line };
        line = line.code(*file);
    }
    match files.len().saturating_sub(SHOWN) {
        0 => line,
        more => line.dim(format!(" and {more} more")),
    }
}

/// Whether a key tells something that its neighbours do not: the order of a list only where nothing else of
/// the list differs.
fn tells(record: &RecordChange, field: &FieldChange) -> bool {
    if !field.is_order() {
        return true;
    }
    let list = field.key.rsplit_once('[').map_or(field.key.as_str(), |(list, _)| list);
    let is_below = |other: &FieldChange| {
        other.key.strip_prefix(list).is_some_and(|rest| rest.starts_with(['.', '['])) && !other.is_order()
    };
    !record.fields.iter().any(is_below)
}

fn table() -> Table {
    let columns = vec![
        Column::new("record", "Record"),
        Column::data("what"),
        Column::data("was"),
        Column::data("file"),
        Column::new("key", "Key"),
        Column::new("before", "Before").stretch(),
        Column::new("after", "After").stretch(),
    ];
    Table::new("keys", columns)
}

/// A key with its values, of which `most` letters are shown.
fn row(record: &RecordChange, field: Option<&FieldChange>, most: usize) -> Vec<Cell> {
    let what = match record.fate {
        Fate::Added => "added",
        Fate::Removed => "removed",
        Fate::Moved => "moved",
        Fate::Changed => "changed",
        Fate::Layout => "layout",
    };
    vec![
        Cell::reference(&record.record),
        Cell::text(what),
        record.was.as_deref().map_or(Cell::Empty, Cell::reference),
        Cell::text(&record.file),
        field.map_or(Cell::Empty, |field| Cell::text(&field.key)),
        field.map_or(Cell::Empty, |field| value(field.old.as_ref(), most)),
        field.map_or(Cell::Empty, |field| value(field.new.as_ref(), most)),
    ]
}

fn value(value: Option<&FieldValue>, most: usize) -> Cell {
    match value {
        None => Cell::Missing,
        Some(FieldValue::Number(number)) => Cell::number(number.0, number.0.scale()),
        Some(FieldValue::Date(date)) => Cell::date(date.0),
        Some(value) => Cell::text(text::cut(&words_of(value), most)),
    }
}

fn words_of(value: &FieldValue) -> String {
    match value {
        FieldValue::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        FieldValue::Number(number) => number.to_string(),
        FieldValue::Date(date) => date.to_string(),
        FieldValue::Flag(flag) => flag.to_string(),
        FieldValue::List(values) => values.iter().map(words_of).collect::<Vec<_>>().join(", "),
        FieldValue::Order(names) => names.join(", "),
        FieldValue::Nothing => "{}".to_owned(),
    }
}
