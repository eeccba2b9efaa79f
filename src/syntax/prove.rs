//! The proof of an edit: the value arrived, and everything else says what it said.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::literal::NewValue;
use super::place::Step;

/// What a file says, without its layout, for comparing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    Text(String),
    /// A number, date or truth, as it is written.
    Word(String),
    List(Vec<Said>),
    Table(BTreeMap<String, Said>),
}

impl Said {
    pub(super) fn of_table(table: &DeTable<'_>) -> Said {
        Said::Table(
            table.iter().map(|(key, value)| (key.get_ref().to_string(), Said::of(value.get_ref()))).collect(),
        )
    }

    pub(super) fn of(value: &DeValue<'_>) -> Said {
        match value {
            // A change of line ends is no change of what is said.
            DeValue::String(text) => Said::Text(text.replace("\r\n", "\n")),
            DeValue::Integer(whole) => Said::Word(whole.to_string()),
            DeValue::Float(float) => Said::Word(float.to_string()),
            DeValue::Boolean(truth) => Said::Word(truth.to_string()),
            DeValue::Datetime(moment) => Said::Word(moment.to_string()),
            DeValue::Array(array) => {
                Said::List(array.iter().map(|element| Said::of(element.get_ref())).collect())
            }
            DeValue::Table(table) => Said::of_table(table),
        }
    }

    /// What a file says, or `None` where it does not parse.
    pub(super) fn of_text(text: &str) -> Option<Said> {
        super::parse(text).ok().map(|tree| Said::of_table(tree.get_ref()))
    }

    pub(super) fn of_new(value: &NewValue) -> Option<Said> {
        DeValue::parse(&value.on_one_line()).ok().map(|value| Said::of(value.get_ref()))
    }

    /// What stands at a path.
    pub(super) fn at(&self, path: &[Step]) -> Option<&Said> {
        let Some((step, rest)) = path.split_first() else { return Some(self) };
        match (self, step) {
            (Said::Table(table), Step::Key(key)) => table.get(key)?.at(rest),
            (Said::List(list), Step::Index(index)) => list.get(*index)?.at(rest),
            _ => None,
        }
    }

    /// Sets what stands at a path, making tables on the way; `false` where the path leads nowhere.
    pub(super) fn set(&mut self, path: &[Step], value: Said) -> bool {
        let Some((step, rest)) = path.split_first() else {
            *self = value;
            return true;
        };
        match (self, step) {
            (Said::Table(table), Step::Key(key)) => {
                let inner = table.entry(key.clone()).or_insert_with(|| Said::Table(BTreeMap::new()));
                inner.set(rest, value)
            }
            (Said::List(list), Step::Index(index)) => {
                if *index == list.len() {
                    list.push(Said::Table(BTreeMap::new()));
                }
                list.get_mut(*index).is_some_and(|inner| inner.set(rest, value))
            }
            _ => false,
        }
    }

    /// Puts a value at the head of a list at the top; `false` where there is none.
    pub(super) fn insert_first(&mut self, key: &str, value: Said) -> bool {
        let Said::Table(table) = self else { return false };
        let Some(Said::List(list)) = table.get_mut(key) else { return false };
        list.insert(0, value);
        true
    }

    /// Removes what stands at a path; `false` where there is nothing.
    pub(super) fn remove(&mut self, path: &[Step]) -> bool {
        match (self, path) {
            (Said::Table(table), [Step::Key(key)]) => table.remove(key).is_some(),
            (Said::List(list), [Step::Index(index)]) if *index < list.len() => {
                list.remove(*index);
                true
            }
            (Said::Table(table), [Step::Key(key), rest @ ..]) => {
                table.get_mut(key).is_some_and(|inner| inner.remove(rest))
            }
            (Said::List(list), [Step::Index(index), rest @ ..]) => {
                list.get_mut(*index).is_some_and(|inner| inner.remove(rest))
            }
            _ => false,
        }
    }

    /// Drops tables and lists that hold nothing, because removing a table's last key may remove the table.
    pub(super) fn without_empty(self) -> Said {
        match self {
            Said::Table(table) => Said::Table(
                table
                    .into_iter()
                    .map(|(key, value)| (key, value.without_empty()))
                    .filter(|(_, value)| {
                        *value != Said::Table(BTreeMap::new()) && *value != Said::List(Vec::new())
                    })
                    .collect(),
            ),
            Said::List(list) => Said::List(list.into_iter().map(Said::without_empty).collect()),
            other => other,
        }
    }
}
