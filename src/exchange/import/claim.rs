//! Which rows mean the same record: one row may, and another is told of it, also where the first is refused.

use std::collections::HashMap;

use crate::exchange::table::{Table, folded};
use crate::model::RecordId;

use super::propose::shown;
use super::rows::Refusal;

/// The record that a row takes, as far as the row says it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Claim {
    /// By its id: the row says it, or the register knows the name or key.
    Id(RecordId),
    /// A new one, by its home and the name by which it is found again.
    Named(String, String),
    /// A new one, by its home and the key of another program.
    Keyed(String, String),
    /// A row of a list within the record of that name, by what tells it from others.
    Part(String, String),
}

impl Claim {
    /// A new record of that name.
    pub fn named(home: &str, title: &str) -> Self {
        Self::Named(home.to_owned(), folded(title))
    }

    /// A new record of that key.
    pub fn keyed(home: &str, key: &str) -> Self {
        Self::Keyed(home.to_owned(), key.to_owned())
    }
}

/// What a row takes, in its own words.
#[derive(Clone, Debug)]
pub(super) struct Claimed {
    pub claim: Claim,
    /// The id, name or key as the row says it.
    pub said: String,
    /// Which of them it is: `id`, `key`, or what people call it.
    pub by: &'static str,
    /// The column that says so.
    pub column: Option<usize>,
}

/// All that a row takes: the record by what the row says of it first, and by whatever else it could be found.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken {
    /// What tells the record from every other: no other row may say it.
    pub own: Vec<Claimed>,
    /// The name of a row that says its id: rows with ids of their own may have the same, a row without one may not.
    pub name: Option<Claimed>,
}

/// What rows have taken.
#[derive(Default)]
pub(super) struct Claims {
    rows: HashMap<Claim, usize>,
    names: HashMap<Claim, usize>,
}

impl Claims {
    /// The refusal of a row whose record another row has.
    pub fn refusal(&self, taken: &Taken, row: usize, table: &Table) -> Option<Refusal> {
        let own = taken.own.iter().chain(&taken.name).map(|claimed| (claimed, self.rows.get(&claimed.claim)));
        let names = taken.own.iter().map(|claimed| (claimed, self.names.get(&claimed.claim)));
        let (claimed, first) = own.chain(names).find_map(|(claimed, row)| Some((claimed, row?)))?;
        let place = table.place(*first, None);
        let said = shown(&claimed.said);
        let reason = match claimed.by {
            "key" => format!("the key `{said}` stands in {place} already"),
            _ => format!("`{said}` stands in {place} already"),
        };
        let help = match claimed.by {
            "id" | "key" => format!("one row for each record: join them, or give one another {}", claimed.by),
            "name" => "one row for each record: join them, or give each an id of its own".to_owned(),
            other => format!("one row for each {other}: join them"),
        };
        Some(Refusal { row, column: claimed.column, reason, help: Some(help) })
    }

    /// Gives a record to a row, unless another has it.
    pub fn take(&mut self, claim: Claim, row: usize) {
        self.rows.entry(claim).or_insert(row);
    }

    /// Gives a row all that it takes.
    pub fn take_all(&mut self, taken: Taken, row: usize) {
        for claimed in taken.own {
            self.take(claimed.claim, row);
        }
        if let Some(name) = taken.name {
            self.names.entry(name.claim).or_insert(row);
        }
    }
}
