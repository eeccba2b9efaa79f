//! The tables: one a kind, and one for each of its lists of tables, with typed values.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::RecordId;
use crate::model::tree::{Node, TreeError};

use super::form::{Form, Holds, forms};
use super::gather::{Gathered, names};
use super::value::Value;

/// How many columns the keys that people choose may make of one field; with more they stand in one cell, as JSON.
const MOST_KEYS: usize = 100;

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The dotted path of the field, or the name of what identifies the record.
    pub name: String,
    /// What it holds.
    pub holds: Holds,
    /// Whether it names the record, or the row of a table by name.
    pub identifies: bool,
}

/// A table of records, or of the rows of one of their lists.
///
/// Its rows are made one after another and not kept: a register may have very many.
pub struct Table<'a> {
    /// Its form.
    pub form: &'static Form,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The paths of the columns that do not identify a row.
    paths: Vec<Vec<String>>,
    gathered: &'a Gathered<'a>,
}

impl Table<'_> {
    /// What it is called: `project.milestone`.
    pub fn name(&self) -> String {
        self.form.name()
    }

    /// Its rows, one value a column.
    ///
    /// # Errors
    /// A record cannot be written at all, which no record of the format can.
    pub fn rows(&self) -> impl Iterator<Item = Result<Vec<Value>, TreeError>> {
        self.gathered.of(self.form.kind.name).flat_map(|found| match found {
            Ok((id, node)) => self.rows_of(&id, &node).into_iter().map(Ok).collect(),
            Err(error) => vec![Err(error)],
        })
    }

    fn rows_of(&self, id: &RecordId, node: &Node) -> Vec<Vec<Value>> {
        let names = names(id);
        let row = |key: Option<&String>, node: &Node| {
            let own = names.iter().chain(key).cloned().map(Value::Text);
            let columns = &self.columns[self.columns.len() - self.paths.len()..];
            let values = self.paths.iter().zip(columns).map(|(path, column)| {
                node.at(path).map_or(Value::Missing, |node| Value::of(node, column.holds))
            });
            own.chain(values).collect()
        };
        let Some(part) = &self.form.part else { return vec![row(None, node)] };
        match node.at(&parts(part)) {
            Some(Node::List(items)) => items.iter().map(|item| row(None, item)).collect(),
            Some(Node::Map(entries)) => entries.iter().map(|(key, item)| row(Some(key), item)).collect(),
            _ => Vec::new(),
        }
    }
}

/// The tables of a register. Every kind has its own, even without records; a list has one where it has rows, or
/// where it is wanted all the same.
///
/// # Errors
/// A record cannot be written at all, which no record of the format can.
pub fn tables<'a>(
    gathered: &'a Gathered<'a>,
    wanted: &dyn Fn(&Form) -> bool,
) -> Result<Vec<Table<'a>>, TreeError> {
    let mut seen = BTreeMap::new();
    let mut tables = Vec::new();
    for form in forms() {
        let kind = form.kind.name;
        let seen = match seen.entry(kind) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => free.insert(Seen::of(kind, gathered)?),
        };
        if form.part.as_ref().is_none_or(|part| seen.parts.contains(part)) || wanted(form) {
            tables.push(table(form, seen, gathered));
        }
    }
    Ok(tables)
}

/// The table of a form.
///
/// # Errors
/// A record cannot be written at all, which no record of the format can.
pub fn table_of<'a>(form: &'static Form, gathered: &'a Gathered<'a>) -> Result<Table<'a>, TreeError> {
    Ok(table(form, &Seen::of(form.kind.name, gathered)?, gathered))
}

fn table<'a>(form: &'static Form, seen: &Seen, gathered: &'a Gathered<'a>) -> Table<'a> {
    let mut columns = identifying(form);
    let mut paths: Vec<Vec<String>> = Vec::new();
    for field in &form.fields {
        let path = parts(&field.path);
        let column = |name: String, holds| Column { name, holds, identifies: false };
        if !field.open || form.part.is_some() {
            columns.push(column(field.path.clone(), field.holds));
            paths.push(path);
            continue;
        }
        match seen.keys.get(&field.path) {
            None => {}
            Some(chosen) if chosen.len() > MOST_KEYS => {
                columns.push(column(field.path.clone(), Holds::Json));
                paths.push(path);
            }
            Some(chosen) => {
                for key in chosen {
                    columns.push(column(format!("{}.{}", field.path, quoted(key)), field.holds));
                    paths.push(path.iter().cloned().chain([key.clone()]).collect());
                }
            }
        }
    }
    Table { form, columns, paths, gathered }
}

/// What the records of a kind have that not every one of them has.
#[derive(Default)]
struct Seen {
    /// The keys that people chose below each open path, in order.
    keys: BTreeMap<String, BTreeSet<String>>,
    /// The lists, and tables by name, in which something stands.
    parts: BTreeSet<String>,
}

impl Seen {
    fn of(kind: &'static str, gathered: &Gathered<'_>) -> Result<Self, TreeError> {
        let own: Vec<&Form> = forms().iter().filter(|form| form.kind.name == kind).collect();
        let listed: Vec<(&String, Vec<String>)> =
            own.iter().filter_map(|form| form.part.as_ref()).map(|part| (part, parts(part))).collect();
        let records = own.iter().filter(|form| form.part.is_none());
        let open: Vec<(&String, Vec<String>)> = records
            .flat_map(|form| &form.fields)
            .filter(|field| field.open)
            .map(|field| (&field.path, parts(&field.path)))
            .collect();
        let mut seen = Self::default();
        if open.is_empty() && listed.is_empty() {
            return Ok(seen);
        }
        for found in gathered.of(kind) {
            let (_, node) = found?;
            for (name, path) in &open {
                if let Some(Node::Map(entries)) = node.at(path) {
                    let keys = seen.keys.entry((*name).clone()).or_default();
                    for (key, _) in entries {
                        if !keys.contains(key) {
                            keys.insert(key.clone());
                        }
                    }
                }
            }
            for (name, path) in &listed {
                let has_rows = match node.at(path) {
                    Some(Node::List(items)) => !items.is_empty(),
                    Some(Node::Map(entries)) => !entries.is_empty(),
                    _ => false,
                };
                if has_rows && !seen.parts.contains(*name) {
                    seen.parts.insert((*name).clone());
                }
            }
        }
        Ok(seen)
    }
}

fn parts(path: &str) -> Vec<String> {
    path.split('.').map(str::to_owned).collect()
}

fn identifying(form: &Form) -> Vec<Column> {
    let names = form.identity.iter().map(|name| (*name).to_owned()).chain(form.keyed.clone());
    names.map(|name| Column { name, holds: Holds::Text, identifies: true }).collect()
}

/// A key as a column's name has it: quoted as JSON where it is not plain.
fn quoted(key: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    if !key.is_empty() && key.chars().all(is_plain) {
        return key.to_owned();
    }
    serde_json::Value::from(key).to_string()
}
