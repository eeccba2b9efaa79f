//! A row of a table into what it says of a record: its id as far as it is said, its fields, and what is wrong.

use crate::change::compose::at;
use crate::exchange::table::{Raw, Row, trimmed};
use crate::model::field_change::FieldValue;
use crate::syntax::Step;
use crate::text::{cut, list, terminal};

use super::lookup::{self, Found, Lookup};
use super::target::{Aim, Target};
use super::value::{self, Reading};
use super::wiring::{Wire, Wiring};

/// Why a row, or a cell of it, is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The row of the file.
    pub row: usize,
    /// The column, where one is to blame.
    pub column: Option<usize>,
    /// What is wrong, as a sentence.
    pub reason: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// What a row says.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The row of the file.
    pub row: usize,
    /// The id, where it says one.
    pub id: Option<String>,
    /// The project or programme.
    pub home: Option<String>,
    /// The period or month.
    pub period: Option<String>,
    /// The key of a table by name.
    pub key: Option<String>,
    /// The gate.
    pub gate: Option<String>,
    /// What the id is made of, where the mapping says so.
    pub id_from: Option<String>,
    /// The fields, in the order of the columns.
    pub fields: Vec<(Vec<Step>, FieldValue)>,
    /// Fields that the row says as they are anyway where a file does not name them.
    pub silent: Vec<(Vec<Step>, FieldValue)>,
    /// Names of list elements, as headers call them, where they have none.
    pub names: Vec<(Vec<Step>, FieldValue)>,
    /// What is wrong.
    pub refused: Vec<Refusal>,
    /// Words that stood for nothing.
    pub missing: Vec<String>,
    /// People who are not known: the id that was made of a name, and the name.
    pub strangers: Vec<(String, String)>,
}

impl Draft {
    /// The value of a field at the top.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.fields.iter().find_map(|(path, value)| match (path.as_slice(), value) {
            ([Step::Key(name)], FieldValue::Text(text)) if name == key => Some(text.as_str()),
            _ => None,
        })
    }

    /// The value at a path, as text.
    pub fn at(&self, dotted: &str) -> Option<String> {
        let found = self.fields.iter().find(|(path, _)| crate::syntax::write_path(path) == dotted);
        found.map(|(_, value)| match value {
            FieldValue::Text(text) => text.clone(),
            FieldValue::Number(number) => number.to_string(),
            other => Raw::Tree(other.clone()).shown(),
        })
    }

    /// What a new record says: no flag that is as it would be anyway.
    pub fn of_new(&self) -> impl Iterator<Item = &(Vec<Step>, FieldValue)> {
        let words = self.silent.iter().filter(|(_, value)| !matches!(value, FieldValue::Bool(_)));
        self.names.iter().chain(&self.fields).chain(words)
    }

    /// What is said of a record that is there: nothing that it says by not naming it.
    pub fn of_known(&self, known: &FieldValue) -> impl Iterator<Item = &(Vec<Step>, FieldValue)> {
        let named = self.silent.iter().filter(move |(path, _)| at(known, path).is_some());
        let nameless = self.names.iter().filter(move |(path, _)| at(known, path).is_none());
        nameless.chain(&self.fields).chain(named)
    }

    fn refuse(&mut self, column: Option<usize>, reason: impl Into<String>, help: Option<String>) {
        self.refused.push(Refusal { row: self.row, column, reason: reason.into(), help });
    }
}

/// Reads a row.
pub fn read(target: &Target, wiring: &Wiring, lookup: &Lookup, row: &Row) -> Draft {
    let mut draft = Draft { row: row.at, ..Draft::default() };
    for wire in &wiring.wires {
        let raw = row.cells.get(wire.column).unwrap_or(&Raw::Empty);
        match &wire.part {
            None => cell(target, wire, raw, lookup, &mut draft),
            Some((index, sign)) => {
                let shown = raw.shown();
                let parts: Vec<&str> = shown.split(sign.as_str()).map(trimmed).collect();
                let part = parts.get(*index).copied().filter(|part| !part.is_empty());
                let raw = part.map_or(Raw::Empty, |part| Raw::Text(part.to_owned()));
                cell(target, wire, &raw, lookup, &mut draft);
            }
        }
    }
    if let Some(column) = wiring.id_from {
        let shown = row.cells.get(column).map(Raw::shown).unwrap_or_default();
        draft.id_from = Some(trimmed(&shown).to_owned()).filter(|text| !text.is_empty());
    }
    draft
}

fn cell(target: &Target, wire: &Wire, raw: &Raw, lookup: &Lookup, draft: &mut Draft) {
    let reading = match value::read(raw, &wire.takes, &wire.rules) {
        Ok(reading) => reading,
        Err(wrong) => return draft.refuse(Some(wire.column), wrong.message, wrong.help),
    };
    let found = match reading {
        Reading::Empty => return,
        Reading::Missing(word) => return draft.missing.push(word),
        Reading::Value(found) => found,
    };
    let text = |found: &FieldValue| match found {
        FieldValue::Text(text) => trimmed(text).to_owned(),
        other => Raw::Tree(other.clone()).shown(),
    };
    match &wire.aim {
        Aim::Id => draft.id = Some(text(&found)),
        Aim::Period => draft.period = Some(text(&found)),
        Aim::Key => draft.key = Some(text(&found)),
        Aim::Gate => draft.gate = Some(text(&found)),
        Aim::Home => home(target, wire, &text(&found), lookup, draft),
        Aim::Field(path) => {
            let found = match found {
                FieldValue::Text(name) if crate::model::person::is_person(path) => {
                    person(wire, name, lookup, draft)
                }
                FieldValue::Text(name) if lookup::is_programme(path, target.kind.spec.name) => {
                    Some(match lookup.programme(&name) {
                        Found::Known(id) | Found::Made(id) => FieldValue::Text(id),
                        _ => FieldValue::Text(name),
                    })
                }
                other => Some(other),
            };
            let Some(found) = found else { return };
            if let Some((first, second)) = named_element(wire) {
                let known = draft.names.iter().any(|(path, _)| *path == first);
                if !known {
                    draft.names.push((first, second));
                }
            }
            let is_silent = wire.takes.default.as_ref() == Some(&found);
            let said = if is_silent { &mut draft.silent } else { &mut draft.fields };
            said.push((wire.path.clone(), found));
        }
    }
}

/// The name of a list's element that a pattern found in the header: `milestone[id=go-live].name = "go-live"`.
fn named_element(wire: &Wire) -> Option<(Vec<Step>, FieldValue)> {
    let name = wire.named.as_ref()?;
    match wire.path.as_slice() {
        [list, id @ Step::Id(_), Step::Key(key)] if key != "name" => {
            let path = vec![list.clone(), id.clone(), Step::Key("name".into())];
            let mut letters = name.chars();
            let upper: String =
                letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
            Some((path, FieldValue::Text(upper)))
        }
        _ => None,
    }
}

fn person(wire: &Wire, name: String, lookup: &Lookup, draft: &mut Draft) -> Option<FieldValue> {
    match lookup.person(&name) {
        Found::Known(id) => Some(FieldValue::Text(id)),
        Found::Made(id) => {
            draft.strangers.push((id.clone(), name));
            Some(FieldValue::Text(id))
        }
        Found::Several(ids) => {
            let reason = format!("{} people are called `{}`", ids.len(), terminal(&cut(&name, 40)));
            draft.refuse(Some(wire.column), reason, Some(format!("say which by id: {}", list(&ids, "or"))));
            None
        }
        Found::Nothing => {
            let reason = format!("`{}` makes no person's id", terminal(&cut(&name, 40)));
            draft.refuse(Some(wire.column), reason, None);
            None
        }
    }
}

fn home(target: &Target, wire: &Wire, name: &str, lookup: &Lookup, draft: &mut Draft) {
    let (noun, found) = match target.kind.spec.name {
        "programme-status" | "programme" => ("programme", lookup.programme(name)),
        _ => ("project", lookup.project(name)),
    };
    match found {
        Found::Known(id) => draft.home = Some(id),
        Found::Several(ids) => {
            let reason = format!("{} {noun}s are called `{}`", ids.len(), terminal(&cut(name, 40)));
            draft.refuse(Some(wire.column), reason, Some(format!("say which by id: {}", list(&ids, "or"))));
        }
        Found::Made(_) | Found::Nothing => {
            let reason = format!("there is no {noun} `{}`", terminal(&cut(name, 40)));
            draft.refuse(
                Some(wire.column),
                reason,
                Some(format!("import the {noun}s first, or mend the name")),
            );
        }
    }
}
