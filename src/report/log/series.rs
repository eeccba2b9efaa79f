//! A field over the reports on a project or programme: each report's value, and the commit that brought it.

use std::collections::BTreeMap;

use crate::model::field_change::{Edit, FieldChange, FieldValue, FieldValues, FileHistory};
use crate::model::{Period, Register};

use super::{Entry, counts, entry};

/// The histories of the reports, by period.
#[derive(Debug, Clone, Default)]
pub struct Reports(pub BTreeMap<Period, FileHistory>);

impl Reports {
    /// Every edit of every report.
    pub(super) fn edits(&self) -> impl Iterator<Item = &Edit> {
        self.0.values().flat_map(|history| &history.edits)
    }

    /// What the newest report that has any of the keys says of them.
    pub(super) fn newest(&self, within: Option<&str>) -> Option<FieldValues> {
        let of = |history: &FileHistory| {
            let values = history.now.iter().flatten();
            let asked = values.filter(|(key, value)| counts(within, key) && !is_placeholder(value));
            Some(asked.cloned().collect::<FieldValues>()).filter(|values| !values.is_empty())
        };
        self.0.values().rev().find_map(of)
    }

    /// What the reports say of the keys, the newest report first, and of each its newest edit first.
    ///
    /// A value that comes with a report is compared with the report before it; what a scaffold left to be filled
    /// in is no value.
    pub(super) fn entries(&self, register: &Register, within: Option<&str>) -> Vec<Entry> {
        let mut before: BTreeMap<String, FieldValue> = BTreeMap::new();
        let mut found = Vec::new();
        for (period, history) in &self.0 {
            let mut now: BTreeMap<String, FieldValue> = BTreeMap::new();
            for edit in history.edits.iter().rev() {
                let asked = edit.changes.iter().filter(|change| counts(within, &change.key));
                let mut changes = Vec::new();
                for change in asked {
                    let key = &change.key;
                    let to = change.to.clone().filter(|value| !is_placeholder(value));
                    let own = now.get(key).cloned();
                    match &to {
                        Some(value) => drop(now.insert(key.clone(), value.clone())),
                        None => drop(now.remove(key)),
                    }
                    let from = own.or_else(|| before.get(key).cloned());
                    if to.is_some() || now_is_less(&from, &to, edit) {
                        changes.push(FieldChange { key: key.clone(), from, to });
                    }
                }
                if !changes.is_empty() {
                    found.push(Entry { changes, ..entry(register, edit, Some(*period)) });
                }
            }
            before.extend(now);
        }
        found.reverse();
        found
    }
}

/// Whether an edit took a value out of its report; a report that never had it takes nothing out.
fn now_is_less(from: &Option<FieldValue>, to: &Option<FieldValue>, edit: &Edit) -> bool {
    let had = |change: &FieldChange| change.from.as_ref().is_some_and(|value| !is_placeholder(value));
    from.is_some() && to.is_none() && edit.changes.iter().any(had)
}

/// Whether a value is one that a scaffold left to be filled in.
fn is_placeholder(value: &FieldValue) -> bool {
    matches!(value, FieldValue::Text(text) if text.trim() == "…" || text.trim().starts_with("TODO:"))
}
