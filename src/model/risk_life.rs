//! What happens to a risk on its way: it is accepted for a time, or answered by those it was escalated to.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Date;

/// That a risk is lived with, on purpose and for a time (`[acceptance]`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    /// Who accepted it, a person's id.
    pub by: String,
    /// The day it was accepted.
    pub on: Option<Date>,
    /// The last day on which the acceptance holds.
    pub until: Option<Date>,
    /// Why it is lived with.
    pub reason: Option<String>,
}

impl Acceptance {
    /// Whether the acceptance has run out by that day.
    pub fn is_expired(&self, day: Date) -> bool {
        self.until.is_some_and(|until| until < day)
    }
}

/// What those decided to whom a risk was escalated (`[answer]`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Who answered, a person's id.
    pub by: String,
    /// The day of the answer.
    pub on: Option<Date>,
    /// What is to be done.
    pub decision: String,
}

/// How many days may pass between two looks at a risk (`[risk.review]`); a band without a number asks for no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReviewDays {
    /// In the red band.
    pub red: Option<u16>,
    /// In the amber band.
    pub amber: Option<u16>,
    /// In the green band, and where there is no score.
    pub green: Option<u16>,
}
