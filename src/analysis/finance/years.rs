//! What of a project's plan, cost and forecast falls into a fiscal year.

use rust_decimal::Decimal;

use super::{minus, months, reported};
use crate::analysis::earned_value::{Absent, Known, SpentFrom, curve};
use crate::analysis::standing::Standing;
use crate::model::{Date, Number, Register};

/// However long a project lasts, its fiscal years are listed up to this many.
const MOST: i32 = 100;

/// What falls into one fiscal year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Year {
    /// The planned value of the year: PV at its end − PV before its first day.
    pub baseline: Known,
    /// Spent in the year to date: booked months, else the growth of the reported cost since the year began.
    pub actual: Known,
    /// Spent in the year, and the share of ETC that falls into its rest, spread evenly to the expected finish.
    pub forecast: Known,
}

/// A fiscal year of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiscalYear {
    /// What people call it: `2026`, or `2026/27`.
    pub name: String,
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
    /// What falls into it.
    pub figures: Year,
}

/// The fiscal year that a day falls into.
pub(super) fn of_day(register: &Register, at: &Standing<'_>, day: Date) -> Year {
    let (first, last) = register.config.finance.year_of(day);
    year(register, at, (first, last), day)
}

/// Every fiscal year from the first cost or the agreed start to the expected finish, oldest first.
///
/// Where every year before the report has a known cost, the years' forecasts add up to the forecast at completion.
pub fn years(register: &Register, at: &Standing<'_>, day: Date) -> Vec<FiscalYear> {
    let finance = &register.config.finance;
    let date = at.earned.date;
    let booked = months(at, date).map(|(first, _)| first).next();
    let schedule = &at.charter.schedule;
    let begins = [schedule.start, at.charter.started_on, booked].into_iter().flatten().min();
    let ends = [schedule.finish, at.schedule.expected, Some(date)].into_iter().flatten().max();
    let (Some(begins), Some(ends)) = (begins, ends) else { return Vec::new() };
    let (oldest, newest) = (finance.year_number(begins), finance.year_number(ends));
    let numbers = oldest..=newest.min(oldest.saturating_add(MOST));
    let one = |number: i32| {
        let (first, last) = finance.year_span(number)?;
        let figures = year(register, at, (first, last), day);
        Some(FiscalYear { name: finance.year_name(number), first, last, figures })
    };
    numbers.filter_map(one).collect()
}

fn year(register: &Register, at: &Standing<'_>, (first, last): (Date, Date), day: Date) -> Year {
    let holidays = register.config.reporting.holidays.as_slice();
    let baseline = at.earned.basis.bac.and_then(|_| {
        let curve = curve(at.charter, at.earned.earned.map(|earned| earned.from), holidays)?;
        let value = |day: Date| curve.value(day).map(Number).ok_or(Absent::TooLarge);
        minus(value(last)?, value(first.plus_days(-1))?)
    });
    let is_ahead = at.earned.date < first && first > day;
    let actual = if is_ahead { Err(Absent::YearAhead) } else { spent_within(at, (first, last), day) };
    let spent = if is_ahead { Ok(Number::ZERO) } else { actual };
    Year { baseline, actual, forecast: spent.and_then(|spent| expected(at, spent, (first, last))) }
}

/// What was spent from the first to the last day of the year.
fn spent_within(at: &Standing<'_>, (first, last): (Date, Date), day: Date) -> Known {
    let date = at.earned.date;
    let spent = at.earned.spent.ok_or(Absent::NoCost)?;
    if spent.from == SpentFrom::Booked {
        let booked = months(at, date).filter(|(month, _)| (first..=last).contains(month));
        let booked = booked.filter_map(|(_, month)| month.total()).map(|month| month.0);
        let sum = booked.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add);
        return sum.map(Number).ok_or(Absent::TooLarge);
    }
    if date < first {
        return Err(Absent::NoReport);
    }
    let reports = reported(at, day);
    let known = |by: Date| reports.iter().rfind(|(then, _)| *then <= by).map(|(_, cost)| *cost);
    let until = if date <= last { Some(spent.value) } else { known(last) };
    let before = known(first.plus_days(-1));
    let began = at.charter.started_on.or(at.charter.schedule.start);
    match (until, before) {
        (Some(until), Some(before)) => minus(until, before),
        // What began within the year has spent everything within it.
        (Some(until), None) if began.is_some_and(|start| start >= first) => Ok(until),
        _ => Err(Absent::NoEarlierCost),
    }
}

/// What was spent in the year and what is expected of its rest.
fn expected(at: &Standing<'_>, spent: Number, (first, last): (Date, Date)) -> Known {
    let date = at.earned.date;
    if last < date {
        return Ok(spent);
    }
    let etc = at.earned.indices.own.etc?;
    let finish = at.schedule.expected.or(at.schedule.finish).unwrap_or(date);
    let whole = finish.days_since(date);
    let from = date.max(first.plus_days(-1));
    let within = finish.min(last).days_since(from).max(0);
    let share = match whole {
        // What is over, or should be, falls into the year of the report.
        ..=0 if first <= date => Some(etc.0),
        ..=0 => Some(Decimal::ZERO),
        _ => etc.0.checked_mul(within.into()).and_then(|days| days.checked_div(whole.into())),
    };
    share.and_then(|share| spent.0.checked_add(share)).map(Number).ok_or(Absent::TooLarge)
}
