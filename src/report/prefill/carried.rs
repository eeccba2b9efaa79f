//! What is carried over whole: an override in force, figures of the sprint, the organisation's own fields.

use serde::Serialize;

use super::Known;
use crate::model::custom::CustomValue;
use crate::model::project::Method;
use crate::model::status::Dimension;
use crate::model::{Date, Rag};

/// An override that is still in force.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OverrideDraft {
    /// The ratings that it excuses.
    pub ratings: Vec<OverrideEntry>,
    /// Why.
    pub reason: String,
    /// Who accepted it, a person's id.
    pub accepted_by: Option<String>,
    /// The last day on which it holds.
    pub until: Option<Date>,
}

/// One rating of an override.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OverrideEntry {
    /// `overall`, or the dimension.
    pub key: &'static str,
    /// As it may be declared.
    pub rating: Rag,
}

/// The override of the last report, when it holds on the new report's day.
pub(super) fn override_in_force(known: &Known<'_>) -> Option<OverrideDraft> {
    let last = known.last?.override_.as_ref().filter(|o| o.in_force(known.date))?;
    let dimensions = Dimension::ALL.into_iter().map(|d| (d.word(), last.get(d)));
    let ratings = std::iter::once(("overall", last.overall)).chain(dimensions);
    Some(OverrideDraft {
        ratings: ratings.filter_map(|(key, rating)| Some(OverrideEntry { key, rating: rating? })).collect(),
        reason: last.reason.clone(),
        accepted_by: last.accepted_by.clone(),
        until: last.until,
    })
}

/// Figures of the sprint.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AgileDraft {
    /// Whether the last report had any.
    pub known: bool,
    /// The sprint's number.
    pub sprint: Option<u32>,
    /// Whether the sprint has ended before the new report's day, so that its figures no longer hold.
    pub ended: bool,
    /// The figures, in the order of the format.
    pub figures: Vec<AgileFigure>,
}

/// One figure of the sprint.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AgileFigure {
    /// The key.
    pub key: &'static str,
    /// The value as it was; a sprint's figures hold until its end.
    pub value: Option<String>,
    /// A value for who has none.
    pub example: String,
    /// What stands beside it.
    pub comment: &'static str,
}

/// Figures of the sprint, for projects that are run in sprints or reported them last time.
pub(super) fn agile(known: &Known<'_>) -> Option<AgileDraft> {
    let last = known.last.and_then(|s| s.agile);
    let in_sprints = matches!(known.charter.method, Some(Method::Agile | Method::Hybrid));
    if !in_sprints && last.is_none() {
        return None;
    }
    let was = last.unwrap_or_default();
    let figure = |key, value: Option<u32>, example: &str, comment| AgileFigure {
        key,
        value: value.map(|v| v.to_string()),
        example: example.to_owned(),
        comment,
    };
    let end = AgileFigure {
        key: "sprint_end",
        value: was.sprint_end.map(|d| d.to_string()),
        example: known.date.to_string(),
        comment: "its last day",
    };
    Some(AgileDraft {
        known: last.is_some(),
        sprint: was.sprint,
        ended: was.sprint_end.is_some_and(|end| end < known.date),
        figures: vec![
            figure("sprint", was.sprint, "1", "the newest that has ended"),
            end,
            figure("committed", was.committed, "30", "points taken in"),
            figure("completed", was.completed, "28", "points done"),
            figure("scope_total", was.scope_total, "400", "points in the whole backlog"),
            figure("done_total", was.done_total, "120", "points done since the start"),
        ],
    })
}

/// A field of the organisation's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CustomDraft {
    /// The key.
    pub key: String,
    /// The value as TOML.
    pub literal: String,
}

/// The organisation's own fields, as they were.
pub(super) fn custom(known: &Known<'_>) -> Vec<CustomDraft> {
    let fields = known.last.iter().flat_map(|s| &s.custom);
    fields.map(|(key, value)| CustomDraft { key: key.clone(), literal: literal(value) }).collect()
}

fn literal(value: &CustomValue) -> String {
    match value {
        // JSON's strings are TOML's, but for one control character.
        CustomValue::Text(text) => {
            serde_json::Value::from(text.as_str()).to_string().replace('\u{7f}', "\\u007F")
        }
        CustomValue::Number(number) => number.to_string(),
        CustomValue::Date(date) => date.to_string(),
        CustomValue::Bool(yes) => yes.to_string(),
        CustomValue::List(items) => {
            let items: Vec<String> = items.iter().map(literal).collect();
            format!("[{}]", items.join(", "))
        }
    }
}
