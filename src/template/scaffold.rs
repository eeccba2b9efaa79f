//! What the scaffold of a record is filled with.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::text;

/// What the scaffold of a record is filled with. Dates are written `2026-11-20`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Scaffold {
    /// The line that tells an editor what the file is: see [`schema_line`].
    pub schema: String,
    /// The reference to the new record, such as `crm/R-003`.
    pub id: String,
    /// What the user stated: TOML literals by dotted key.
    pub given: BTreeMap<String, String>,
    /// The person at the keyboard, by id, if the register knows.
    pub me: Option<String>,
    /// The day.
    pub today: String,
    /// A day a month on, for examples.
    pub today_next_month: String,
    /// A day a year on, for examples.
    pub today_next_year: String,
    /// The currency of the amounts.
    pub currency: String,
    /// Which words the organisation uses.
    pub hints: Hints,
}

/// One sentence on the words that a field takes, from the organisation's own lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Hints {
    /// Of `division`.
    pub division: String,
    /// Of `phase`.
    pub phase: String,
    /// Of `class`.
    pub class: String,
    /// Of a risk's `category`.
    pub risk_category: String,
    /// Of a lesson's `category`.
    pub lesson_category: String,
    /// Of a cost's `category`.
    pub cost_category: String,
    /// Of `forum`.
    pub forum: String,
    /// Of `probability`.
    pub probability: String,
    /// Of `impact`.
    pub impact: String,
}

impl Hints {
    /// `a, b or c`, or the other words where there is no list.
    pub fn one_of<S: AsRef<str>>(words: &[S], otherwise: &str) -> String {
        if words.is_empty() { otherwise.to_owned() } else { text::list(words, "or") }
    }

    /// `1 (rare) to 5 (almost certain)`, or the other words where there is no scale.
    pub fn scale(names: &[&str], otherwise: &str) -> String {
        match names {
            [first, .., last] => format!("1 ({first}) to {} ({last})", names.len()),
            _ => otherwise.to_owned(),
        }
    }
}

/// The first line of a file at `path` in the register: where its schema is, as a relative path.
pub fn schema_line(path: &str, kind: &str) -> String {
    let up = "../".repeat(path.matches('/').count());
    format!("#:schema {up}.pmo/schema/{kind}.json")
}
