//! How the portfolio went from period to period: what is measured, and of which projects.
//!
//! A metric takes one [`Reading`] of each project for each period and folds those of a period into a [`Point`].
//! What status reports hold ([`Source::Reports`]) is read from them, as they stand now; what they do not
//! ([`Source::History`]) is read from the register as it stood at the end of each period.

mod fold;
mod held;
mod metric;
mod reported;
#[cfg(test)]
mod tests;

use crate::model::number::Money;
use crate::model::{Config, Date, Period, Project, Rag, Register};

use super::{calendar, cost};

pub use fold::{Point, Series, fold};
pub use held::held;
pub use metric::{Measure, Metric, Source, Unit};
pub use reported::{reported, reports_of};

/// What one project gives for one period.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// By its status reports.
    Reported(Reported),
    /// By its records, as they stood at the end of the period.
    Held(Held),
}

/// What a project's reports say for a period: the newest one that was there by its end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reported {
    /// How many reports were due in the period.
    pub owed: usize,
    /// How many of those are there and complete.
    pub filed: usize,
    /// Whether a report was due and none came, so that the other values are of an earlier one.
    pub is_silent: bool,
    /// The declared rating.
    pub rag: Option<Rag>,
    /// Physical work done, in percent.
    pub done: Option<rust_decimal::Decimal>,
    /// Days from the finish that was agreed then to the one that was expected.
    pub slip: Option<i64>,
    /// The cost at completion that the manager expected.
    pub forecast: Option<Money>,
    /// The budget that was agreed then.
    pub budget: Option<Money>,
}

/// What a project's records come to at the end of a period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Held {
    /// Threats that are open.
    pub threats: usize,
    /// Those of them in the red band.
    pub red: usize,
    /// The sum of their expected values; nothing where there are some and none has one.
    pub expected: Option<Money>,
    /// How many of them have no expected value.
    pub unvalued: usize,
    /// Changes that wait for a decision.
    pub undecided: usize,
    /// What those state to cost, additions and savings alike.
    pub cost: Option<Money>,
    /// How many of them state no cost.
    pub uncosted: usize,
    /// The approved budget.
    pub budget: Option<Money>,
    /// Whether a risk of the project could not be read, so that what is told of risks is too low.
    pub lacks_risks: bool,
    /// The same of its changes.
    pub lacks_changes: bool,
}

/// By what projects are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// The programme.
    Programme,
    /// The division.
    Division,
    /// The manager.
    Manager,
}

impl By {
    /// Every grouping.
    pub const ALL: [Self; 3] = [Self::Programme, Self::Division, Self::Manager];

    /// The word that names it on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Programme => "programme",
            Self::Division => "division",
            Self::Manager => "manager",
        }
    }

    /// The group of a project: what orders it and what people call it; nothing for one that names none.
    pub fn group(self, register: &Register, charter: &Project) -> Option<(String, String)> {
        let id = match self {
            Self::Programme => charter.programme.as_deref()?,
            Self::Division => charter.division.as_deref()?,
            Self::Manager => charter.manager.as_str(),
        };
        let name = match self {
            Self::Programme => register.programme(id).map_or(id, |programme| programme.name.as_str()),
            Self::Division => id,
            Self::Manager => register.person_name(id),
        };
        Some((id.to_owned(), name.to_owned()))
    }
}

/// Where a project's readings belong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its group, by id and name; nothing where it names none, or none were asked for.
    pub group: Option<(String, String)>,
    /// The currency of its amounts.
    pub currency: String,
}

impl Member {
    /// Where a project belongs.
    pub fn of(register: &Register, charter: &Project, by: Option<By>) -> Self {
        Self {
            group: by.and_then(|by| by.group(register, charter)),
            currency: cost::currency(register, charter).to_owned(),
        }
    }
}

/// A reading with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Where the project belongs.
    pub member: Member,
    /// Which of the periods it is for.
    pub at: usize,
    /// What the project gives.
    pub reading: Reading,
}

/// The last periods of the register up to a day, the oldest first.
///
/// For what reports say, the last is the newest whose deadline has come; for what stood in the register, it is
/// the one that holds the day.
pub fn periods(config: &Config, source: Source, count: usize, day: Date) -> Vec<Period> {
    let terms = calendar::common(config);
    let last = match source {
        Source::Reports => terms.wanted(day),
        Source::History => terms.current(day),
    };
    let mut all: Vec<Period> =
        std::iter::successors(Some(last), |period| Some(period.previous())).take(count).collect();
    all.reverse();
    all
}
