//! The lines of a simulation: whole units turned back into money and dates.

use std::collections::BTreeMap;

use rust_decimal::prelude::{FromPrimitive, ToPrimitive};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

use crate::analysis::simulation::{Driver, LastFinish, ProjectRuns, Spread, Sums, minor_digits};
use crate::model::{Date, Number};

use super::Case;

/// How a cost is spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CostSpread {
    pub mean: Number,
    pub p10: Number,
    pub p50: Number,
    pub p80: Number,
    pub p90: Number,
    /// At the wished confidence.
    pub at_confidence: Number,
}

/// How days are spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DaysSpread {
    pub mean: i64,
    pub p10: i64,
    pub p50: i64,
    pub p80: i64,
    pub p90: i64,
    /// At the wished confidence.
    pub at_confidence: i64,
}

/// How a finish is spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct FinishSpread {
    /// The finish to which the days are added: the one to be expected, else the agreed one.
    pub without_risks: Date,
    /// Whether a forecast, and not the agreed finish, is the one to be expected.
    pub is_forecast: bool,
    pub p10: Date,
    pub p50: Date,
    pub p80: Date,
    pub p90: Date,
    /// At the wished confidence.
    pub at_confidence: Date,
}

impl FinishSpread {
    fn of(base: Date, days: &Spread, is_forecast: bool) -> Self {
        Self {
            without_risks: base,
            is_forecast,
            p10: base.plus_days(days.p10),
            p50: base.plus_days(days.p50),
            p80: base.plus_days(days.p80),
            p90: base.plus_days(days.p90),
            at_confidence: base.plus_days(days.at_confidence),
        }
    }

    /// The last finish of several projects.
    pub(super) fn of_all<'a>(last: &LastFinish, cases: impl IntoIterator<Item = &'a Case>) -> Self {
        let mut finishes = cases.into_iter().map(|case| &case.standing.finish);
        let is_forecast =
            finishes.any(|finish| finish.forecast.is_some() && finish.expected() == Some(last.without_risks));
        Self::of(last.without_risks, &last.days, is_forecast)
    }
}

/// What is left of the contingency, beside what the risks need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Reserve {
    /// What is left of it.
    pub left: Option<Number>,
    /// What it must be for the wished confidence; never below zero.
    pub needed: Option<Number>,
    /// What is left less what is needed.
    pub balance: Option<Number>,
    /// In how many of a hundred runs what is left suffices.
    pub covered_percent: Option<Number>,
}

/// One project.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProjectLine {
    /// The project's id.
    pub project: String,
    /// What people call it.
    pub name: String,
    /// The currency of the amounts.
    pub currency: String,
    /// How many open risks were drawn.
    pub drawn: usize,
    /// How many open risks could not be.
    pub left_out: usize,
    /// What the risks cost; nothing where none of those drawn has an effect on cost.
    pub cost: Option<CostSpread>,
    /// Its contingency.
    pub contingency: Reserve,
    /// By how many days the risks move the finish; nothing where none of those drawn has an effect on days.
    pub days: Option<DaysSpread>,
    /// The finish with the risks.
    pub finish: Option<FinishSpread>,
    /// The risk with the largest share in how the cost varies.
    pub main_cost_driver: Option<Share>,
    /// The risk with the largest share in how the days vary.
    pub main_days_driver: Option<Share>,
}

/// A risk with its share in how a sum varies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Share {
    /// The risk.
    pub risk: String,
    /// Covariance with the sum over the sum's variance, in percent.
    pub share_percent: Option<Number>,
}

/// The sums of one currency.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TotalLine {
    /// The currency.
    pub currency: String,
    /// How many projects are in the sum.
    pub projects: usize,
    /// How many of them have no contingency on record.
    pub without_contingency: usize,
    /// What the risks cost together.
    pub cost: CostSpread,
    /// The contingency of all of them; known only where every project in the sum has one.
    pub contingency: Reserve,
    /// The risks that move the sum most, the largest swing first.
    pub drivers: Vec<DriverLine>,
}

/// A risk that drives a sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DriverLine {
    /// The risk.
    pub risk: String,
    /// What it is about.
    pub title: String,
    /// By how much the sum at the wished confidence would be less without it: money, or days.
    pub swing: Number,
    /// Its share in how the sum varies, in percent.
    pub share_percent: Option<Number>,
}

/// What the projects of one currency have left of their contingency.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reserved {
    /// How many projects have risks with an effect on cost.
    projects: usize,
    without: usize,
    /// The sum in minor units, where every one of them has a contingency.
    pub all: Option<i64>,
}

/// What is left of the contingencies, by currency, of the projects whose risks cost something.
pub(super) fn reserves(cases: &[Case], limits: &[Option<i64>]) -> BTreeMap<String, Reserved> {
    let mut reserves: BTreeMap<String, Reserved> = BTreeMap::new();
    for (case, limit) in cases.iter().zip(limits) {
        if case.task.risks.iter().all(|risk| risk.cost.is_none()) {
            continue;
        }
        let reserved = reserves
            .entry(case.task.currency.clone())
            .or_insert(Reserved { all: Some(0), ..Reserved::default() });
        reserved.projects += 1;
        reserved.without += usize::from(limit.is_none());
        reserved.all = reserved.all.zip(*limit).and_then(|(sum, left)| sum.checked_add(left));
    }
    reserves
}

/// An amount in minor units of its currency.
pub(super) fn units(amount: Number, currency: &str) -> Option<i64> {
    let scale = Decimal::from(10_i64.pow(minor_digits(currency)));
    let whole = amount.0.checked_mul(scale)?;
    whole.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64()
}

fn money(units: i64, currency: &str) -> Number {
    Number(Decimal::new(units, minor_digits(currency)).normalize())
}

impl CostSpread {
    fn of(spread: &Spread, currency: &str) -> Self {
        let money = |units| money(units, currency);
        Self {
            mean: money(spread.mean),
            p10: money(spread.p10),
            p50: money(spread.p50),
            p80: money(spread.p80),
            p90: money(spread.p90),
            at_confidence: money(spread.at_confidence),
        }
    }
}

impl Reserve {
    fn of(left: Option<i64>, cost: Option<&Spread>, covered: Option<Decimal>, currency: &str) -> Self {
        let needed = cost.map(|cost| cost.at_confidence.max(0));
        let balance = left.zip(needed).and_then(|(left, needed)| left.checked_sub(needed));
        let money = |units| money(units, currency);
        Self {
            left: left.map(money),
            needed: needed.map(money),
            balance: balance.map(money),
            covered_percent: covered.map(|covered| Number(covered.round_dp(2).normalize())),
        }
    }
}

impl ProjectLine {
    pub(super) fn new(case: &Case, runs: &ProjectRuns) -> Self {
        let (standing, task) = (&case.standing, &case.task);
        let currency = task.currency.as_str();
        let left = case.left.and_then(|left| units(left, currency));
        let finish = runs
            .days
            .as_ref()
            .zip(standing.finish.expected())
            .map(|(days, base)| FinishSpread::of(base, days, standing.finish.forecast.is_some()));
        let share = |main: &Option<(crate::model::RecordId, f64)>| {
            main.as_ref().map(|(id, share)| Share { risk: id.to_string(), share_percent: percent(*share) })
        };
        Self {
            project: standing.project.clone(),
            name: standing.name.clone(),
            currency: currency.to_owned(),
            drawn: task.risks.len(),
            left_out: task.left_out.len(),
            cost: runs.cost.as_ref().map(|cost| CostSpread::of(cost, currency)),
            contingency: Reserve::of(left, runs.cost.as_ref(), runs.covered, currency),
            days: runs.days.as_ref().map(|days| DaysSpread {
                mean: days.mean,
                p10: days.p10,
                p50: days.p50,
                p80: days.p80,
                p90: days.p90,
                at_confidence: days.at_confidence,
            }),
            finish,
            main_cost_driver: share(&runs.main_cost_driver),
            main_days_driver: share(&runs.main_days_driver),
        }
    }
}

impl TotalLine {
    pub(super) fn new(currency: &str, sums: &Sums, reserved: Option<&Reserved>) -> Self {
        let reserved = reserved.copied().unwrap_or_default();
        let driver = |driver: &Driver| DriverLine::new(driver, money(driver.swing, currency));
        Self {
            currency: currency.to_owned(),
            projects: reserved.projects,
            without_contingency: reserved.without,
            cost: CostSpread::of(&sums.cost, currency),
            contingency: Reserve::of(reserved.all, Some(&sums.cost), sums.covered, currency),
            drivers: sums.drivers.iter().map(driver).collect(),
        }
    }
}

impl DriverLine {
    fn new(driver: &Driver, swing: Number) -> Self {
        Self {
            risk: driver.id.to_string(),
            title: driver.title.clone(),
            swing,
            share_percent: percent(driver.share),
        }
    }

    /// A driver of days.
    pub(super) fn of_days(driver: &Driver) -> Self {
        Self::new(driver, driver.swing.into())
    }
}

/// A share for people, to a tenth of a percent.
fn percent(share: f64) -> Option<Number> {
    Decimal::from_f64(share).map(|share| Number(share.round_dp(1).normalize()))
}
