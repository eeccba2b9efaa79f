//! What a file says, key by key, and what differs between two files: the layer under every difference.
//!
//! A file is a flat map of dotted keys (`milestone.go-live.baseline`) to plain values. Tables of a list are
//! named by what identifies them (`dependency[data-platform#api-v2].needed_by`), else by their place, so that
//! an insertion does not shift all that follows.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::{Date, Number};

/// A plain value of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldValue {
    /// Words.
    Text(String),
    /// A number; `5` and `5.0` are one.
    Number(Number),
    /// A day.
    Date(Date),
    /// Yes or no.
    Flag(bool),
    /// Several values, in their order.
    List(Vec<Self>),
    /// The order in which a list names its tables.
    Order(Vec<String>),
    /// A table in which nothing stands.
    Nothing,
}

impl Serialize for FieldValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => text.serialize(serializer),
            Self::Number(number) => number.serialize(serializer),
            Self::Date(date) => date.serialize(serializer),
            Self::Flag(flag) => flag.serialize(serializer),
            Self::List(values) => values.serialize(serializer),
            Self::Order(names) => names.serialize(serializer),
            Self::Nothing => BTreeMap::<String, String>::new().serialize(serializer),
        }
    }
}

/// Everything that a file says, by dotted key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Fields(pub BTreeMap<String, FieldValue>);

/// A key whose value differs; a side without the key has nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// The dotted key.
    pub key: String,
    /// The value before.
    pub old: Option<FieldValue>,
    /// The value now.
    pub new: Option<FieldValue>,
}

/// What a file holds in one of two states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contents {
    /// There is no such file.
    Absent,
    /// What it says.
    Says(Fields),
    /// It cannot be read; why, in words.
    Unreadable(String),
}

/// A file that is not the same in two states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePair {
    /// Its path in the register.
    pub path: String,
    /// In the first state.
    pub before: Contents,
    /// In the second.
    pub after: Contents,
}

/// All files that are not the same in two states.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Differing {
    /// Records and `pmo.toml`, by path.
    pub files: Vec<FilePair>,
    /// Everything else, by path: documents, templates, files of the team's.
    pub others: Vec<String>,
}

impl FieldChange {
    /// Whether it only tells the order of a list whose tables are told themselves.
    pub fn is_order(&self) -> bool {
        [&self.old, &self.new].into_iter().any(|side| matches!(side, Some(FieldValue::Order(_))))
    }
}

impl Fields {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&FieldValue> {
        self.0.get(key)
    }

    /// What differs from these fields to those, by key.
    pub fn changes_to(&self, other: &Self) -> Vec<FieldChange> {
        let mut found = Vec::new();
        for (key, old) in &self.0 {
            let new = other.0.get(key);
            if new != Some(old) {
                found.push(FieldChange { key: key.clone(), old: Some(old.clone()), new: new.cloned() });
            }
        }
        for (key, new) in other.0.iter().filter(|(key, _)| !self.0.contains_key(*key)) {
            found.push(FieldChange { key: key.clone(), old: None, new: Some(new.clone()) });
        }
        found.sort_by(|a, b| a.key.cmp(&b.key));
        found
    }

    /// These fields with changes made to them.
    #[must_use]
    pub fn with(mut self, changes: &[FieldChange]) -> Self {
        for change in changes {
            match &change.new {
                Some(new) => drop(self.0.insert(change.key.clone(), new.clone())),
                None => drop(self.0.remove(&change.key)),
            }
        }
        self
    }
}
