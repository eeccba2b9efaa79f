//! What an import would do: what would be added, changed field by field, left alone, and refused.

use std::collections::{BTreeMap, HashMap};

use crate::change::Plan;
use crate::model::field_change::FieldChange;

use super::rows::Refusal;

/// A record that would be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// The row of the file.
    pub row: usize,
    /// The record.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// What it would say, from nothing.
    pub fields: Vec<FieldChange>,
}

/// A record that would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The row of the file.
    pub row: usize,
    /// The record.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// What changes.
    pub fields: Vec<FieldChange>,
}

/// A new record whose name is nearly that of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// The row of the file.
    pub row: usize,
    /// What the row calls it.
    pub title: String,
    /// The other record.
    pub other: String,
    /// What people call that.
    pub other_title: String,
}

/// Somebody whom the register does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stranger {
    /// The name as the first row that names them has it.
    pub name: String,
    /// That row.
    pub row: usize,
    /// How many cells name them.
    pub cells: usize,
}

/// What an import would do.
#[derive(Debug, Default)]
pub struct Proposal {
    /// How many rows were read.
    pub rows: usize,
    /// What would be added, by row.
    pub added: Vec<Added>,
    /// What would change, by row.
    pub changed: Vec<Changed>,
    /// How many rows say what the register says.
    pub same: usize,
    /// The files of those.
    pub known: Vec<String>,
    /// What is refused, by row.
    pub refused: Vec<Refusal>,
    /// New records that may be meant to be others.
    pub near: Vec<Near>,
    /// Words that stood for nothing, and how often.
    pub missing: BTreeMap<String, usize>,
    /// People who are nobody in the register, by the ids that their names make.
    pub strangers: BTreeMap<String, Stranger>,
    /// The changes, of the rows that are not refused.
    pub plan: Plan,
    /// The row that a planned file comes from.
    pub row_of: HashMap<String, usize>,
}

impl Proposal {
    /// How many rows are refused.
    pub fn refused_rows(&self) -> usize {
        let mut rows: Vec<usize> = self.refused.iter().map(|refusal| refusal.row).collect();
        rows.sort_unstable();
        rows.dedup();
        rows.len()
    }
}
