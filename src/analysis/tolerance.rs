//! How far a project may stray, who says so, and where it has strayed further.
//!
//! The terms are PRINCE2's: a tolerance is what is permitted above and below a target without asking the next
//! level of management; a forecast beyond it is an exception, and is escalated.

use super::rating::{LimitFrom, Rating, Reason};
use crate::model::status::Dimension;
use crate::model::thresholds::Tolerance;
use crate::model::{Config, Date, Project, Status};

/// The tolerance in force: the project's own, else its class's, else the register's.
pub fn in_force<T>(
    config: &Config,
    charter: &Project,
    of: impl Fn(&Tolerance) -> Option<T>,
) -> Option<(T, LimitFrom)> {
    let class = || config.class(charter.class.as_deref()).and_then(|class| of(&class.tolerance));
    of(&charter.tolerance)
        .map(|own| (own, LimitFrom::Project))
        .or_else(|| class().map(|of_class| (of_class, LimitFrom::Class)))
        .or_else(|| of(&config.tolerance).map(|of_all| (of_all, LimitFrom::Everyone)))
}

/// Every tolerance in force.
pub fn all(config: &Config, charter: &Project) -> Tolerance {
    let percent = |of: fn(&Tolerance) -> Option<crate::model::Number>| {
        in_force(config, charter, of).map(|(percent, _)| percent)
    };
    Tolerance {
        cost_percent: percent(|t| t.cost_percent),
        finish_days: in_force(config, charter, |t| t.finish_days).map(|(days, _)| days),
        scope_percent: percent(|t| t.scope_percent),
        benefits_percent: percent(|t| t.benefits_percent),
    }
}

/// A dimension whose figures are beyond the tolerance in force.
#[derive(Clone, Debug, PartialEq)]
pub struct Breach<'r> {
    /// Which dimension.
    pub dimension: Dimension,
    /// What is beyond it; never empty.
    pub reasons: Vec<&'r Reason>,
    /// Whether an override in force says who accepted it.
    pub is_accepted: bool,
}

/// Finds the dimensions of a rating in which a tolerance is breached: a figure strictly beyond it.
///
/// A threshold of the register is no tolerance: beyond it a project is red, and nobody need be asked. A breach
/// counts as accepted while an `[override]` of the dimension, or of the overall rating, is in force and names
/// who accepted it.
pub fn breaches<'r>(rating: &'r Rating, status: Option<&Status>, day: Date) -> Vec<Breach<'r>> {
    let given = status.and_then(|status| status.override_.as_ref());
    let given = given.filter(|given| given.in_force(day) && given.accepted_by.is_some());
    let found = rating.readings.iter().filter_map(|reading| {
        let reasons: Vec<&Reason> = reading.reasons.iter().filter(|reason| reason.is_breach()).collect();
        let is_accepted =
            given.is_some_and(|given| given.overall.is_some() || given.get(reading.dimension).is_some());
        (!reasons.is_empty()).then_some(Breach { dimension: reading.dimension, reasons, is_accepted })
    });
    found.collect()
}

impl Breach<'_> {
    /// The tolerance, in words: `its own tolerance: 15 days`.
    pub fn tolerance(&self) -> String {
        self.reasons.first().and_then(|reason| reason.tolerance()).unwrap_or_default()
    }

    /// The breach as a short phrase: `finish 40 days late, go-live 34 days late (its own tolerance: 15 days)`.
    pub fn say(&self) -> String {
        let said: Vec<String> = self.reasons.iter().map(|reason| reason.say()).collect();
        format!("{} ({})", said.join(", "), self.tolerance())
    }
}
