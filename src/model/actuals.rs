//! Booked costs of a month, where finance keeps them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::custom::Custom;
use super::number::Money;
use super::record::{Place, Record, Spec};
use super::{Date, Number};
/// What was booked in a month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Actuals {
    /// Booked in this month.
    pub cost: Option<Money>,
    /// Ordered but not yet booked, at the end of the month.
    pub committed: Option<Money>,
    /// Booked in this month, by category.
    #[serde(default)]
    pub category: BTreeMap<String, Money>,
    /// Ordered but not yet booked, at the end of the month, by category.
    #[serde(default)]
    pub committed_by_category: BTreeMap<String, Money>,
    /// Where the figures come from.
    pub source: Option<String>,
    /// The day they were taken.
    pub date: Option<Date>,
    /// The organisation's own fields.
    #[serde(default)]
    pub custom: Custom,
}

impl Actuals {
    /// What is ordered and not yet booked: its amount, else the sum of its categories.
    pub fn total_committed(&self) -> Option<Money> {
        if self.committed.is_some() || self.committed_by_category.is_empty() {
            return self.committed;
        }
        let parts = self.committed_by_category.values();
        parts.map(|part| part.0).try_fold(Decimal::ZERO, Decimal::checked_add).map(Number)
    }

    /// What was booked in the month: its cost, else the sum of its categories.
    pub fn total(&self) -> Option<Money> {
        if self.cost.is_some() || self.category.is_empty() {
            return self.cost;
        }
        let parts = self.category.values();
        parts.map(|part| part.0).try_fold(Decimal::ZERO, Decimal::checked_add).map(Number)
    }
}

impl Record for Actuals {
    const SPEC: Spec = Spec {
        name: "actuals",
        plural: "actuals",
        folder: "actuals",
        in_project: true,
        prefix: "",
        place: Place::Period,
        states: &[],
        closing: None,
        columns: &["cost", "committed", "source"],
        about: "Booked costs of a month, where finance keeps them.",
    };

    fn title(&self) -> &str {
        self.source.as_deref().unwrap_or("booked costs")
    }
}
