//! Earned value: what was planned, what was earned, what was spent, and the earned schedule.
//!
//! Terms as in ANSI/EIA-748 and PMI's practice standard; the earned schedule is Lipke's (2003). Each figure
//! says where it comes from, because a register holds them in more than one way, and one that does not exist
//! says why.
//!
//! - [`absent`]: why a figure does not exist
//! - [`source`]: where planned value, earned value and actual cost come from
//! - [`indices`]: variances, indices and estimates at completion
//! - [`curve`](mod@curve): the planned value curve
//! - [`time`]: the earned schedule, and the finish that it gives
//! - [`total`]: the same over several projects

pub mod absent;
mod curve;
#[cfg(test)]
mod examples;
#[cfg(test)]
mod identities;
pub mod indices;
pub mod source;
#[cfg(test)]
mod tests;
pub mod time;
pub mod total;

use rust_decimal::Decimal;

pub use absent::{Absent, Known};
pub use curve::{Curve, of as curve};
pub use indices::{Basis, Estimate, Indices};
pub use source::{EarnedFrom, Figure, PlannedFrom, SpentFrom, booked, spent};
pub use time::{EarnedSchedule, Time};

use super::calendar;
use crate::model::audience::Withhold;
use crate::model::number::Money;
use crate::model::{Date, Number, Period, Project, Register, Shelf, Status};

/// The earned value figures of a project on the day of its newest report.
#[derive(Clone, Debug, PartialEq)]
pub struct EarnedValue {
    /// The day for which the figures hold.
    pub date: Date,
    /// The budget at completion (BAC).
    pub budget: Option<Money>,
    /// Planned value (PV, BCWS): the budget of the work that should be done by now.
    pub planned: Option<Figure<PlannedFrom>>,
    /// Earned value (EV, BCWP): the budget of the work that is done.
    pub earned: Option<Figure<EarnedFrom>>,
    /// Actual cost (AC, ACWP): what the work done has cost.
    pub spent: Option<Figure<SpentFrom>>,
    /// Work done in percent: EV ÷ BAC × 100, or as reported where there is no budget.
    pub percent_done: Option<Number>,
    /// Cost performance index: EV ÷ AC.
    pub cpi: Option<Number>,
    /// Earned schedule and SPI(t).
    pub earned_schedule: Option<EarnedSchedule>,
    /// Where the curve behind the earned schedule comes from.
    pub curve: Option<PlannedFrom>,
    /// What the indices follow from.
    pub basis: Basis,
    /// Variances, indices and estimates at completion.
    pub indices: Indices,
    /// The earned schedule, and the finish that it gives.
    pub time: Time,
}

/// Works out the earned value figures from the charter, the newest report and the booked costs.
///
/// All of them are against the budget and the dates as they are agreed on the day: a change that was approved
/// counts once the charter holds it, and from then on for the whole of the work.
pub fn view(
    charter: &Project,
    shelf: &Shelf,
    newest: Option<(Period, &Status)>,
    holidays: &[Date],
    day: Date,
) -> EarnedValue {
    let date = newest.map_or(day, |(period, status)| calendar::data_date(period, status, day));
    let status = newest.map(|(_, status)| status);
    let bac = source::budget(charter);
    let way = source::earned_from(charter, status);
    let curve = curve(charter, way.ok(), holidays);
    // Without a budget the work is worth 100, so that progress in time is known all the same.
    let worth = bac.ok().map(|b| b.0).or(curve.as_ref().ok().map(|c| c.total));
    let earned = way.and_then(|way| {
        let (status, worth) = (status.ok_or(Absent::NoReport)?, worth.ok_or(Absent::NoBudget)?);
        source::earned(charter, status, way, worth).map(Number).ok_or(Absent::TooLarge)
    });
    let spent = spent(shelf, status, date);
    let planned =
        curve.as_ref().map_err(|why| *why).and_then(|c| c.value(date).map(Number).ok_or(Absent::TooLarge));
    let basis = Basis {
        bac,
        pv: bac.and(planned),
        ev: bac.and(earned),
        ac: spent.map(|spent| spent.value).ok_or(Absent::NoCost),
        own: status.ok_or(Absent::NoReport).and_then(|s| s.forecast_cost.ok_or(Absent::NoForecast)),
    };
    let indices = Indices::of(&basis);
    let time = Time::of(curve.as_ref().map_err(|why| *why), earned, date);
    let curve_from = curve.as_ref().ok().map(|c| c.from);
    let percent = |ev: Number| super::cost::percent_of(ev.0, worth?);
    let figure = |value: Known| value.ok();
    EarnedValue {
        date,
        budget: bac.ok(),
        planned: figure(basis.pv).zip(curve_from).map(|(value, from)| Figure { value, from }),
        earned: figure(basis.ev).zip(way.ok()).map(|(value, from)| Figure { value, from }),
        spent,
        percent_done: earned.ok().and_then(percent).or_else(|| status?.progress().map(|p| p.0)).map(Number),
        cpi: indices.cpi.ok(),
        earned_schedule: time.schedule.ok(),
        curve: curve_from,
        basis,
        indices,
        time,
    }
}

impl EarnedValue {
    /// The same for readers from whom money may be withheld.
    ///
    /// A planned value is an amount: without it nobody can tell how much of the work was planned by when, and a
    /// straight line would tell these readers of another plan than there is.
    pub fn for_readers_of(mut self, register: &Register) -> Self {
        let is_hidden = register.withheld.as_ref().is_some_and(|withheld| withheld.has(Withhold::Money));
        if is_hidden && self.curve != Some(PlannedFrom::Milestones) {
            (self.curve, self.planned, self.earned_schedule) = (None, None, None);
            self.basis.pv = Err(Absent::Withheld);
            self.indices = Indices::of(&self.basis);
            self.time = Time::of(Err(Absent::Withheld), Err(Absent::Withheld), self.date);
        }
        self
    }
}

/// The budget that a project first had, where earlier ones are kept and it was another.
pub fn original_budget(charter: &Project) -> Option<Money> {
    let first = charter.superseded.iter().rev().find_map(|earlier| earlier.budget)?;
    (Some(first) != charter.budget.approved && first.0 != Decimal::ZERO).then(|| first.into())
}
