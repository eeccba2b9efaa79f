//! What an import would do, as a value for programs.

use serde::Serialize;

use crate::exchange::table::Raw;
use crate::model::field_change::FieldChange;

use super::page::Told;

/// The value for programs.
#[derive(Serialize)]
pub(super) struct Value<'a> {
    schema_version: u32,
    kind: &'static str,
    records: &'a str,
    file: &'a str,
    read_as: &'a str,
    written: bool,
    rows: usize,
    added: Vec<Added<'a>>,
    changed: Vec<Changed<'a>>,
    same: usize,
    refused: Vec<Refused<'a>>,
    near: Vec<Near<'a>>,
    missing: Vec<Missing<'a>>,
    unknown_people: Vec<Unknown<'a>>,
    columns_left_out: &'a [String],
    notes: Vec<&'a str>,
}

#[derive(Serialize)]
struct Added<'a> {
    row: usize,
    id: &'a str,
    title: &'a str,
    fields: &'a [FieldChange],
}

#[derive(Serialize)]
struct Changed<'a> {
    row: usize,
    id: &'a str,
    title: &'a str,
    fields: &'a [FieldChange],
}

#[derive(Serialize)]
struct Refused<'a> {
    row: usize,
    column: Option<&'a str>,
    value: Option<String>,
    reason: &'a str,
    help: Option<&'a str>,
}

#[derive(Serialize)]
struct Near<'a> {
    row: usize,
    title: &'a str,
    other: &'a str,
    other_title: &'a str,
}

#[derive(Serialize)]
struct Missing<'a> {
    word: &'a str,
    cells: usize,
}

#[derive(Serialize)]
struct Unknown<'a> {
    id: &'a str,
    name: &'a str,
    row: usize,
    cells: usize,
}

impl<'a> Told<'a> {
    /// The value for programs.
    pub fn value(&self, written: bool) -> Value<'a> {
        let proposal = self.proposal;
        Value {
            schema_version: 1,
            kind: "import",
            records: self.target.part.as_deref().unwrap_or(self.target.kind.spec.name),
            file: self.file,
            read_as: &self.table.described,
            written,
            rows: proposal.rows,
            added: proposal
                .added
                .iter()
                .map(|a| Added { row: a.row, id: &a.id, title: &a.title, fields: &a.fields })
                .collect(),
            changed: proposal
                .changed
                .iter()
                .map(|c| Changed { row: c.row, id: &c.id, title: &c.title, fields: &c.fields })
                .collect(),
            same: proposal.same,
            refused: proposal
                .refused
                .iter()
                .map(|r| Refused {
                    row: r.row,
                    column: r.column.and_then(|c| self.table.columns.get(c)).map(|c| c.name.as_str()),
                    value: self.cell(r.row, r.column),
                    reason: &r.reason,
                    help: r.help.as_deref(),
                })
                .collect(),
            near: proposal
                .near
                .iter()
                .map(|n| Near { row: n.row, title: &n.title, other: &n.other, other_title: &n.other_title })
                .collect(),
            missing: proposal.missing.iter().map(|(word, cells)| Missing { word, cells: *cells }).collect(),
            unknown_people: proposal
                .strangers
                .iter()
                .map(|(id, s)| Unknown { id, name: &s.name, row: s.row, cells: s.cells })
                .collect(),
            columns_left_out: &self.wiring.left_out,
            notes: self.table.notes.iter().chain(&self.wiring.notes).map(String::as_str).collect(),
        }
    }

    /// The text of a cell.
    pub(super) fn cell(&self, row: usize, column: Option<usize>) -> Option<String> {
        let at = self.table.rows.binary_search_by_key(&row, |row| row.at).ok()?;
        self.table.rows[at].cells.get(column?).map(Raw::shown)
    }
}
