//! A record of any kind as a page: its fields with labels, in the order of the file format.

use std::collections::BTreeMap;

use crate::analysis::exposure::{is_open, is_outside_appetite};
use crate::analysis::risk_matrix::{Stage, judged};
use crate::change::refer::{self, Referrer};
use crate::document::{
    Block, Cell, Column, Command, Document, Facts, Level, Line, Notice, Rating, Severity, Table,
};
use crate::model::risk_scale::RiskConfig;
use crate::model::{AnyRecord, Date, RecordId, Register, Risk};
use crate::render::{Node, TreeError};
use crate::report::risks;
use crate::text;

use super::escalated;

/// A table with more columns than these is not set on one line.
const SHORT_TABLE: usize = 4;
/// How many referrers are named.
const NAMED: usize = 15;

/// The record that a card is about.
pub(super) struct About<'a> {
    /// Which record.
    pub id: &'a RecordId,
    /// What it says.
    pub record: &'a dyn AnyRecord,
    /// Whether placeholders are left in it.
    pub draft: bool,
    /// How many mistakes its file has.
    pub problems: usize,
    /// Who refers to it.
    pub referrers: &'a [Referrer],
}

/// Sets a record on a card.
pub(super) fn card(register: &Register, about: &About<'_>, today: Date) -> Result<Document, TreeError> {
    let (id, record) = (about.id, about.record);
    let state = record.state().map(|state| format!(" · {state}")).unwrap_or_default();
    let mut page = Document::new(format!("{id} · {}", record.title()), today.0)
        .subtitle(format!("{}{state}", record.spec().name))
        .source(id.path())
        .language(register.config.locale.language);
    notices(&mut page, about);
    let mut people = BTreeMap::new();
    record.links(&mut |key, reference| {
        if let Some(person) = reference.as_str().strip_prefix('@') {
            people.insert(key.to_owned(), register.person_name(person).to_owned());
        }
    });
    let Node::Map(fields) = Node::of(record.fields())? else { return Ok(page) };
    let mut facts = Facts::new("fields", 1);
    let mut sections = Vec::new();
    for (key, value) in fields.iter().filter(|(_, value)| !is_empty(value)) {
        // The title stands above already.
        if matches!(value, Node::Text(text) if text == record.title())
            && matches!(key.as_str(), "name" | "title")
        {
            continue;
        }
        match one_line(key, value, &people) {
            Some(line) => {
                facts.add(key, &label(key), line);
            }
            None => sections.push((key, value)),
        }
    }
    if let Some(risk) = record.as_any().downcast_ref::<Risk>() {
        places(&mut facts, risk, &register.config.risk);
    }
    if !facts.items.is_empty() {
        page.push(Block::Facts(facts));
    }
    for (key, value) in sections {
        section(&mut page, key, value, &people);
    }
    escalated::tell(&escalated::of(register, id), id, &mut page);
    referred(&mut page, register, about.referrers);
    let mut commands = vec![Command::new(format!("pmo edit {id}"))];
    if record.spec().closing.is_some() && !record.is_closed() && !about.draft {
        commands.push(Command::new(format!("pmo close {id}")));
    }
    if id.kind == "project" {
        commands.push(Command::noted(format!("pmo report project {id}"), "with its report, risks and money"));
    }
    page.push(Block::Commands(commands));
    Ok(page)
}

/// Where a risk stands on the register's scales: now, as first raised, and after the response.
fn places(facts: &mut Facts, risk: &Risk, scales: &RiskConfig) {
    for (stage, key, label) in [
        (Stage::Current, "score", "Score"),
        (Stage::Initial, "initial_score", "Score at first"),
        (Stage::Target, "target_score", "Score in the end"),
    ] {
        let Some(at) = judged(risk, stage, scales) else { continue };
        let mut line = Line::new().value(Cell::Integer(at.score.into())).text(" · ");
        line = line.rating(Rating::shape(risks::level(risk.kind, at.band)));
        line = line.text(format!(" {}, {} × {}", scales.band.name(at.band), at.probability, at.impact));
        if stage == Stage::Current && is_open(risk) && is_outside_appetite(risk, scales) {
            line = line.text(" · outside appetite");
        }
        facts.add(key, label, line);
    }
}

fn notices(page: &mut Document, about: &About<'_>) {
    let mut notice = |severity, text: String, next: String| {
        page.push(Block::Notice(Notice { severity, text: Line::new().text(text), next: Some(next) }));
    };
    if about.problems > 0 {
        let count = text::count(about.problems, "mistake");
        notice(
            Severity::Error,
            format!("The file has {count}; what does not fit is left out here"),
            "pmo check".into(),
        );
    }
    if about.draft {
        let text = "A draft: placeholders are left in it, so it does not count yet".to_owned();
        notice(Severity::Warning, text, format!("pmo edit {}", about.id));
    }
}

/// Whether a field says nothing.
fn is_empty(value: &Node) -> bool {
    match value {
        Node::Null | Node::Bool(false) => true,
        Node::Text(text) => text.trim().is_empty(),
        Node::List(list) => list.iter().all(is_empty),
        Node::Map(map) => map.iter().all(|(_, value)| is_empty(value)),
        _ => false,
    }
}

/// A key as people read it: `review_by` is "Review by".
fn label(key: &str) -> String {
    match key {
        "rag" => return "Ratings".to_owned(),
        "fte" => return "FTE".to_owned(),
        "note" => return "Why".to_owned(),
        _ => {}
    }
    let words = key.replace(['_', '-'], " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The value on one line, where it fits there.
fn one_line(path: &str, value: &Node, people: &BTreeMap<String, String>) -> Option<Line> {
    match value {
        Node::Map(map) => {
            let entries: Vec<_> = map.iter().filter(|(_, value)| !is_empty(value)).collect();
            let simple = entries.iter().all(|(_, value)| !matches!(value, Node::Map(_) | Node::List(_)));
            let short = entries
                .iter()
                .all(|(_, value)| !matches!(value, Node::Text(text) if text.chars().count() > 30));
            if !simple || !short || entries.len() > SHORT_TABLE {
                return None;
            }
            let mut line = Line::new();
            for (i, (key, value)) in entries.into_iter().enumerate() {
                line = if i > 0 { line.dot() } else { line };
                let name = key.replace('_', " ");
                line = line.text(format!("{name} ")).value(cell(&format!("{path}.{key}"), value, people));
            }
            Some(line)
        }
        Node::List(list) if list.iter().any(|value| matches!(value, Node::Map(_))) => None,
        Node::List(list) => {
            let long =
                list.iter().any(|value| matches!(value, Node::Text(text) if text.chars().count() > 40));
            if long && list.len() > 1 {
                return None;
            }
            let mut line = Line::new();
            for (i, value) in list.iter().enumerate() {
                line = if i > 0 { line.text(", ") } else { line };
                line = line.value(cell(&format!("{path}[{i}]"), value, people));
            }
            Some(line)
        }
        _ => Some(Line::new().value(cell(path, value, people))),
    }
}

/// A typed cell of a plain value.
fn cell(path: &str, value: &Node, people: &BTreeMap<String, String>) -> Cell {
    match value {
        Node::Null => Cell::Missing,
        Node::Bool(truth) => Cell::text(if *truth { "yes" } else { "no" }),
        Node::Int(whole) => {
            i64::try_from(*whole).map_or_else(|_| Cell::text(whole.to_string()), Cell::Integer)
        }
        Node::Decimal(digits) => match digits.parse::<rust_decimal::Decimal>() {
            Ok(number) => Cell::number(number, number.normalize().scale()),
            Err(_) => Cell::text(digits),
        },
        Node::Text(text) => {
            if let Some(name) = people.get(path).filter(|name| *name != text) {
                return Cell::text(format!("{name} ({})", text.trim_start_matches('@')));
            }
            if let (true, Some(level)) = (path.starts_with("rag.") || path.ends_with(".overall"), level(text))
            {
                return Cell::Rating(Rating::both(level));
            }
            match text.parse::<Date>() {
                Ok(date) => Cell::date(date.0),
                Err(_) => Cell::text(text.trim()),
            }
        }
        // A table in a cell of another table: its values, one after the other.
        Node::List(list) => {
            let words: Vec<String> = list.iter().map(plain).collect();
            Cell::text(words.join(", "))
        }
        Node::Map(map) => {
            let words: Vec<String> =
                map.iter().filter(|(_, v)| !is_empty(v)).map(|(k, v)| format!("{k} {}", plain(v))).collect();
            Cell::text(words.join(", "))
        }
    }
}

fn plain(value: &Node) -> String {
    match value {
        Node::Null => "·".to_owned(),
        Node::Bool(truth) => truth.to_string(),
        Node::Int(whole) => whole.to_string(),
        Node::Decimal(text) | Node::Text(text) => text.clone(),
        Node::List(list) => list.iter().map(plain).collect::<Vec<_>>().join(", "),
        Node::Map(map) => map.iter().map(|(k, v)| format!("{k} {}", plain(v))).collect::<Vec<_>>().join(", "),
    }
}

fn level(word: &str) -> Option<Level> {
    [Level::Green, Level::AmberGreen, Level::Amber, Level::AmberRed, Level::Red, Level::Grey]
        .into_iter()
        .find(|level| level.word() == word)
}

/// A field that needs a heading of its own.
fn section(page: &mut Document, key: &str, value: &Node, people: &BTreeMap<String, String>) {
    page.heading(label(key));
    match value {
        Node::List(list) if list.iter().all(|value| matches!(value, Node::Map(_))) => {
            let rows: Vec<(Option<&str>, &Node, String)> =
                list.iter().enumerate().map(|(i, value)| (None, value, format!("{key}[{i}]"))).collect();
            page.table(rows_of(key, &rows, people));
        }
        Node::List(list) => {
            let line = |(i, value)| Line::new().value(cell(&format!("{key}[{i}]"), value, people));
            page.push(Block::List(list.iter().enumerate().map(line).collect()));
        }
        Node::Map(map) if map.iter().all(|(_, value)| matches!(value, Node::Map(_))) => {
            let rows: Vec<(Option<&str>, &Node, String)> = map
                .iter()
                .map(|(name, value)| (Some(name.as_str()), value, format!("{key}.{name}")))
                .collect();
            page.table(rows_of(key, &rows, people));
        }
        Node::Map(map) => {
            let mut facts = Facts::new(key, 1);
            for (name, value) in map.iter().filter(|(_, value)| !is_empty(value)) {
                let path = format!("{key}.{name}");
                let line = one_line(&path, value, people).unwrap_or_else(|| Line::new().text(plain(value)));
                facts.add(name, &label(name), line);
            }
            page.push(Block::Facts(facts));
        }
        other => {
            page.paragraph(Line::new().value(cell(key, other, people)));
        }
    }
}

/// Tables of a file as one table of the page: a column for every key that any of them has.
fn rows_of(key: &str, rows: &[(Option<&str>, &Node, String)], people: &BTreeMap<String, String>) -> Table {
    let mut keys: Vec<&str> = Vec::new();
    for (_, row, _) in rows {
        let Node::Map(fields) = row else { continue };
        for (name, value) in fields {
            if !is_empty(value) && !keys.contains(&name.as_str()) {
                keys.push(name);
            }
        }
    }
    let named = rows.iter().any(|(name, ..)| name.is_some());
    let mut columns = Vec::new();
    if named {
        columns.push(Column::new("id", "Id"));
    }
    for (i, name) in keys.iter().enumerate() {
        let figures =
            rows.iter().any(|(_, row, _)| matches!(field(row, name), Some(Node::Int(_) | Node::Decimal(_))));
        let column = if figures {
            Column::figures(*name, label(name))
        } else {
            Column::new(*name, label(name)).stretch()
        };
        columns.push(if i == 0 && !named {
            column
        } else {
            column.priority(u8::try_from(i).unwrap_or(9).max(1))
        });
    }
    let mut table = Table::new(key, columns);
    for (name, row, path) in rows {
        let mut cells: Vec<Cell> = name.iter().map(|name| Cell::text(*name)).collect();
        cells.extend(keys.iter().map(|key| match field(row, key) {
            None | Some(Node::Null) => Cell::Empty,
            Some(Node::Bool(false)) => Cell::Empty,
            Some(value) => cell(&format!("{path}.{key}"), value, people),
        }));
        table.row(cells);
    }
    table
}

fn field<'n>(row: &'n Node, name: &str) -> Option<&'n Node> {
    let Node::Map(fields) = row else { return None };
    fields.iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

fn referred(page: &mut Document, register: &Register, referrers: &[Referrer]) {
    if referrers.is_empty() {
        return;
    }
    page.heading("Referred to by");
    let words = refer::in_words(register, referrers);
    let mut lines: Vec<Line> = words.iter().take(NAMED).map(|line| Line::new().text(line.as_str())).collect();
    if words.len() > NAMED {
        lines.push(Line::new().dim(format!("and {} more", words.len() - NAMED)));
    }
    page.push(Block::List(lines));
}
