//! The tables: one a kind, and one for each of its lists of tables, with typed values.

use std::collections::BTreeSet;

use crate::model::tree::Node;

use super::form::{Field, Form, Holds, forms};
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
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Its form.
    pub form: &'static Form,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, one value a column.
    pub rows: Vec<Vec<Value>>,
}

impl Table {
    /// What it is called: `project.milestone`.
    pub fn name(&self) -> String {
        self.form.name()
    }
}

/// The tables of a register. Every kind has its own, even without records; a list has one where it has rows, or
/// where it is wanted all the same.
pub fn tables(gathered: &Gathered, wanted: &dyn Fn(&Form) -> bool) -> Vec<Table> {
    let all = forms().iter().map(|form| match &form.part {
        None => of_records(form, gathered),
        Some(part) => of_parts(form, part, gathered),
    });
    all.filter(|table| table.form.part.is_none() || !table.rows.is_empty() || wanted(table.form)).collect()
}

fn of_records(form: &'static Form, gathered: &Gathered) -> Table {
    let records = gathered.of(form.kind.name);
    let mut columns = identifying(form);
    let mut paths: Vec<Vec<&str>> = Vec::new();
    let chosen: Vec<Vec<String>> = form.fields.iter().map(|field| keys(field, records)).collect();
    for (field, chosen) in form.fields.iter().zip(&chosen) {
        let path: Vec<&str> = field.path.split('.').collect();
        let column = |name: String, holds| Column { name, holds, identifies: false };
        if !field.open {
            columns.push(column(field.path.clone(), field.holds));
            paths.push(path);
        } else if chosen.len() > MOST_KEYS {
            columns.push(column(field.path.clone(), Holds::Json));
            paths.push(path);
        } else {
            for key in chosen {
                columns.push(column(format!("{}.{}", field.path, quoted(key)), field.holds));
                paths.push(path.iter().copied().chain([key.as_str()]).collect());
            }
        }
    }
    let first = form.identity.len();
    let row = |(id, node): &(_, Node)| {
        let mut row: Vec<Value> = names(id).into_iter().map(Value::Text).collect();
        row.extend(paths.iter().zip(&columns[first..]).map(|(path, column)| value(node, path, column.holds)));
        row
    };
    let rows = records.iter().map(row).collect();
    Table { form, columns, rows }
}

fn of_parts(form: &'static Form, part: &str, gathered: &Gathered) -> Table {
    let mut columns = identifying(form);
    let field = |field: &Field| Column { name: field.path.clone(), holds: field.holds, identifies: false };
    columns.extend(form.fields.iter().map(field));
    let at: Vec<&str> = part.split('.').collect();
    let paths: Vec<Vec<&str>> = form.fields.iter().map(|field| field.path.split('.').collect()).collect();
    let mut rows = Vec::new();
    for (id, node) in gathered.of(form.kind.name) {
        let names = names(id);
        let mut row = |key: Option<&String>, node: &Node| {
            let mut row: Vec<Value> = names.iter().chain(key).cloned().map(Value::Text).collect();
            let values = paths.iter().zip(&form.fields).map(|(path, field)| value(node, path, field.holds));
            row.extend(values);
            rows.push(row);
        };
        match node.at(&at) {
            Some(Node::List(items)) => items.iter().for_each(|item| row(None, item)),
            Some(Node::Map(entries)) => entries.iter().for_each(|(key, item)| row(Some(key), item)),
            _ => {}
        }
    }
    Table { form, columns, rows }
}

fn identifying(form: &Form) -> Vec<Column> {
    let names = form.identity.iter().map(|name| (*name).to_owned()).chain(form.keyed.clone());
    names.map(|name| Column { name, holds: Holds::Text, identifies: true }).collect()
}

fn value(node: &Node, path: &[&str], holds: Holds) -> Value {
    node.at(path).map_or(Value::Missing, |node| Value::of(node, holds))
}

/// The keys that people chose below an open path, in order.
fn keys(field: &Field, records: &[(crate::model::RecordId, Node)]) -> Vec<String> {
    if !field.open {
        return Vec::new();
    }
    let path: Vec<&str> = field.path.split('.').collect();
    let mut found = BTreeSet::new();
    for (_, node) in records {
        if let Some(Node::Map(entries)) = node.at(&path) {
            found.extend(entries.iter().map(|(key, _)| key.clone()));
        }
    }
    found.into_iter().collect()
}

/// A key as a column's name has it: quoted as JSON where it is not plain.
fn quoted(key: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    if !key.is_empty() && key.chars().all(is_plain) {
        return key.to_owned();
    }
    serde_json::Value::from(key).to_string()
}
