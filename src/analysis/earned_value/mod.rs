//! Earned value: what was planned, what was earned, what was spent, and the earned schedule.
//!
//! Terms as in ANSI/EIA-748 and PMI's practice standard; the earned schedule is Lipke's (2003). Each figure
//! says where it comes from, because a register holds them in more than one way.

mod curve;
#[cfg(test)]
mod tests;

use rust_decimal::Decimal;
use serde::Serialize;

pub use curve::{Curve, EarnedSchedule, of as curve};

use super::calendar;
use crate::model::number::Money;
use crate::model::{Actuals, Date, Number, Percent, Period, Project, Shelf, Slot, Status};

/// Where the planned value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlannedFrom {
    /// The points of `[[planned_value]]`.
    Curve,
    /// Milestone weights and baselines.
    Milestones,
    /// A straight line over working days.
    StraightLine,
}

/// Where the earned value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EarnedFrom {
    /// The report states it.
    Stated,
    /// The weights of the milestones reached.
    Milestones,
    /// Percent complete of the budget.
    PercentComplete,
}

/// Where the actual cost comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpentFrom {
    /// The booked costs in `actuals/`.
    Booked,
    /// The report states it.
    Report,
}

/// An amount, and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Figure<From> {
    /// The amount, in the project's currency.
    pub value: Money,
    /// Where it comes from.
    pub from: From,
}

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
    /// Schedule performance index by value: EV ÷ PV.
    pub spi: Option<Number>,
    /// Earned schedule and SPI(t).
    pub earned_schedule: Option<EarnedSchedule>,
    /// Where the curve behind the earned schedule comes from.
    pub curve: Option<PlannedFrom>,
    /// Independent estimate at completion: BAC ÷ CPI.
    pub estimate: Option<Money>,
    /// To-complete performance index: (BAC − EV) ÷ (BAC − AC); nothing when the budget is spent.
    pub tcpi: Option<Number>,
}

/// Works out the earned value figures from the charter, the newest report and the booked costs.
pub fn view(
    charter: &Project,
    shelf: &Shelf,
    newest: Option<(Period, &Status)>,
    holidays: &[Date],
    day: Date,
) -> EarnedValue {
    let date = newest.map_or(day, |(period, status)| calendar::data_date(period, status, day));
    let status = newest.map(|(_, status)| status);
    let budget = charter.budget.approved.map(Number::from).filter(|b| b.0 > Decimal::ZERO);
    let way = status.and_then(|s| earned_from(charter, s));
    let curve = curve(charter, way, holidays);
    // Without a budget the work is worth 100, so that progress in time is known all the same.
    let worth = budget.map(|b| b.0).or(curve.as_ref().map(|c| c.total));
    let earned =
        status.zip(way).zip(worth).and_then(|((status, way), worth)| earned(charter, status, way, worth));
    let money = |value: Option<Decimal>| budget.and(value).map(Number);
    let spent = spent(shelf, status, date);
    let bac = budget.map(|b| b.0);
    let planned = curve.as_ref().and_then(|c| Some((c.value(date)?, c.from)));
    let ev = money(earned);
    let ratio = |a: Option<Number>, b: Option<Number>| a?.0.checked_div(b?.0).map(Number);
    let cpi = ratio(ev, spent.map(|s| s.value));
    let planned_figure =
        money(planned.map(|(value, _)| value)).zip(planned).map(|(value, (_, from))| Figure { value, from });
    EarnedValue {
        date,
        budget,
        planned: planned_figure,
        earned: ev.zip(way).map(|(value, from)| Figure { value, from }),
        spent,
        percent_done: worth
            .zip(earned)
            .and_then(|(worth, ev)| super::cost::percent_of(ev, worth))
            .or_else(|| status?.percent_complete.map(|p| p.0))
            .map(Number),
        cpi,
        spi: ratio(ev, planned_figure.map(|p| p.value)),
        earned_schedule: curve.as_ref().zip(earned).and_then(|(c, ev)| c.earned_schedule(ev, date)),
        curve: curve.map(|c| c.from),
        estimate: ratio(budget, cpi),
        tcpi: bac.zip(ev).zip(spent).and_then(|((bac, ev), ac)| {
            let left = bac.checked_sub(ac.value.0).filter(|left| *left > Decimal::ZERO)?;
            bac.checked_sub(ev.0)?.checked_div(left).map(Number)
        }),
    }
}

/// In which way the report's figures earn value: stated, else by milestones where weights are given, else by percent.
fn earned_from(charter: &Project, status: &Status) -> Option<EarnedFrom> {
    if status.earned_value.is_some() {
        return Some(EarnedFrom::Stated);
    }
    if charter.milestone.iter().any(|m| m.weight.is_some_and(|w| w.0 > Decimal::ZERO)) {
        return Some(EarnedFrom::Milestones);
    }
    status.percent_complete.map(|_| EarnedFrom::PercentComplete)
}

fn earned(charter: &Project, status: &Status, way: EarnedFrom, worth: Decimal) -> Option<Decimal> {
    match way {
        EarnedFrom::Stated => status.earned_value.map(|v| v.0),
        EarnedFrom::PercentComplete => status.percent_complete.map(Percent::share)?.checked_mul(worth),
        EarnedFrom::Milestones => {
            let (mut all, mut reached) = (Decimal::ZERO, Decimal::ZERO);
            for milestone in &charter.milestone {
                let weight = milestone.weight.map_or(Decimal::ZERO, |w| w.0.max(Decimal::ZERO));
                all = all.checked_add(weight)?;
                if status.milestone.get(&milestone.id).is_some_and(|m| m.actual.is_some()) {
                    reached = reached.checked_add(weight)?;
                }
            }
            reached.checked_mul(worth)?.checked_div(all)
        }
    }
}

/// What was spent by a date: the booked costs of months begun by then, else what the report states.
///
/// One month that could not be read leaves the booked costs unknown: a sum without it would be too small.
pub fn spent(shelf: &Shelf, status: Option<&Status>, date: Date) -> Option<Figure<SpentFrom>> {
    booked(shelf, date)
        .map(|value| Figure { value, from: SpentFrom::Booked })
        .or_else(|| Some(Figure { value: status?.actual_cost?, from: SpentFrom::Report }))
}

fn booked(shelf: &Shelf, date: Date) -> Option<Money> {
    let usable = shelf.slots("actuals").all(|(_, slot)| matches!(slot, Slot::Read(_)));
    if !usable {
        return None;
    }
    let mut sum: Option<Decimal> = None;
    for (_, month) in shelf.series::<Actuals>().filter(|(period, _)| period.first() <= date) {
        let cost = match month.cost {
            Some(cost) => Some(cost.0),
            None if month.category.is_empty() => None,
            None => month.category.values().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.0)),
        };
        if let Some(cost) = cost {
            sum = Some(sum.unwrap_or_default().checked_add(cost)?);
        }
    }
    sum.map(Number)
}
