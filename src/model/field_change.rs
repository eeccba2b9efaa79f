//! What changed in a file from commit to commit, as git knows it: facts that pages use without knowing git.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::filing::Commit;
use super::{Date, Number};

/// A value of a file: one that stands at a key, or a list or table of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldValue {
    /// A text or a word.
    Text(String),
    /// An exact number; `1_200` and `1200.0` are the same.
    Number(Number),
    /// A day.
    Date(Date),
    /// Yes or no.
    Bool(bool),
    /// Several values.
    List(Vec<FieldValue>),
    /// A table within a list.
    Table(Vec<(String, FieldValue)>),
}

impl Serialize for FieldValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => number.serialize(serializer),
            Self::Date(date) => date.serialize(serializer),
            Self::Bool(truth) => serializer.serialize_bool(*truth),
            Self::List(list) => list.serialize(serializer),
            Self::Table(table) => {
                let mut map = serializer.serialize_map(Some(table.len()))?;
                for (key, value) in table {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

/// What a file says: every key with its value, by dotted path, in the order of the file.
pub type FieldValues = Vec<(String, FieldValue)>;

/// A key whose value changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// The key, as a dotted path.
    pub key: String,
    /// What it was; nothing where it was not there.
    pub from: Option<FieldValue>,
    /// What it is; nothing where it was taken out.
    pub to: Option<FieldValue>,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// It came.
    Added,
    /// Its text changed.
    Changed,
    /// It came from another place, as it was or changed.
    Moved,
    /// It went.
    Removed,
    /// It is there when a shallow clone's history begins; what came before is not known.
    Begins,
}

/// What one commit did to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The commit; none for what is not committed yet.
    pub commit: Option<Commit>,
    /// The address of its author.
    pub email: String,
    /// What the commit says.
    pub message: String,
    /// The file's path after it, in the register; in the repository where it was outside of today's register.
    pub file: String,
    /// Where it was before, if it moved.
    pub moved_from: Option<String>,
    /// Where it is since, if it moved away.
    pub moved_to: Option<String>,
    /// What became of the file.
    pub deed: Deed,
    /// The keys that changed; all of them where the file came or went.
    pub changes: Vec<FieldChange>,
    /// Why the file cannot be read as it is after it.
    pub unreadable: Option<String>,
}

/// The history of a file, the newest edit first.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct FileHistory {
    /// What happened to it.
    pub edits: Vec<Edit>,
    /// What it says now; nothing where it is gone, or cannot be read.
    pub now: Option<FieldValues>,
}

/// The keys in which two states of a file differ, in the order of the newer one; what was taken out comes last.
pub fn changes_between(before: &FieldValues, after: &FieldValues) -> Vec<FieldChange> {
    let at = |values: &FieldValues, key: &str| {
        values.iter().find(|(other, _)| other == key).map(|(_, value)| value.clone())
    };
    let mut found = Vec::new();
    for (key, value) in after {
        let from = at(before, key);
        if from.as_ref() != Some(value) {
            found.push(FieldChange { key: key.clone(), from, to: Some(value.clone()) });
        }
    }
    for (key, value) in before.iter().filter(|(key, _)| at(after, key).is_none()) {
        found.push(FieldChange { key: key.clone(), from: Some(value.clone()), to: None });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_came_and_went_is_told_once_each() {
        let values = |pairs: &[(&str, &str)]| -> FieldValues {
            pairs
                .iter()
                .map(|(key, text)| ((*key).to_owned(), FieldValue::Text((*text).to_owned())))
                .collect()
        };
        let before = values(&[("a", "1"), ("b", "1"), ("gone", "x")]);
        let after = values(&[("new", "y"), ("a", "1"), ("b", "2")]);
        let told: Vec<String> = changes_between(&before, &after)
            .into_iter()
            .map(|change| format!("{} {} {}", change.key, change.from.is_some(), change.to.is_some()))
            .collect();
        assert_eq!(told, ["new false true", "b true true", "gone true false"]);
        assert_eq!(changes_between(&after, &after), []);
    }
}
