//! Why a figure does not exist.

use serde::{Serialize, Serializer};

use crate::model::{Date, Number};

/// A figure, or why there is none.
pub type Known<T = Number> = Result<T, Absent>;

/// Why a figure does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Absent {
    /// No budget was approved.
    NoBudget,
    /// The approved budget is zero.
    ZeroBudget,
    /// There is no report that counts.
    NoReport,
    /// The report says nothing of what is done.
    NoProgress,
    /// Neither the report nor booked costs say what was spent.
    NoCost,
    /// No earlier report states a cost to compare with.
    NoEarlierCost,
    /// Nothing was spent yet.
    NothingSpent,
    /// More was refunded than spent.
    Refunded,
    /// Nothing was earned yet.
    NothingEarned,
    /// Nothing was planned to be done by then.
    NothingPlanned,
    /// The manager gives no forecast.
    NoForecast,
    /// The charter has no start.
    NoStart,
    /// The charter has no finish.
    NoFinish,
    /// The finish lies before the start.
    FinishBeforeStart,
    /// No working day lies between start and finish.
    NoWorkingDay,
    /// The planned start is still ahead.
    NotStarted,
    /// All the work is done.
    WorkDone,
    /// The whole budget is spent.
    BudgetSpent,
    /// As much is spent as the manager expects in all.
    ForecastSpent,
    /// The year has not begun yet.
    YearAhead,
    /// There is no rate between its currency and the register's.
    NoRate,
    /// The number is too large to be held.
    TooLarge,
    /// The readers of the report do not see it.
    Withheld,
}

impl Absent {
    /// The word in machine formats.
    pub fn word(self) -> &'static str {
        match self {
            Self::NoBudget => "no-budget",
            Self::ZeroBudget => "zero-budget",
            Self::NoReport => "no-report",
            Self::NoProgress => "no-progress",
            Self::NoCost => "no-actual-cost",
            Self::NoEarlierCost => "no-earlier-cost",
            Self::NothingSpent => "nothing-spent",
            Self::Refunded => "refunded",
            Self::NothingEarned => "nothing-earned",
            Self::NothingPlanned => "nothing-planned",
            Self::NoForecast => "no-forecast",
            Self::NoStart => "no-start",
            Self::NoFinish => "no-finish",
            Self::FinishBeforeStart => "finish-before-start",
            Self::NoWorkingDay => "no-working-day",
            Self::NotStarted => "not-started",
            Self::WorkDone => "work-done",
            Self::BudgetSpent => "budget-spent",
            Self::ForecastSpent => "forecast-spent",
            Self::YearAhead => "year-ahead",
            Self::NoRate => "no-rate",
            Self::TooLarge => "too-large",
            Self::Withheld => "withheld",
        }
    }

    /// The reason as people read it.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::NoBudget => "no approved budget",
            Self::ZeroBudget => "the budget is zero",
            Self::NoReport => "no report yet",
            Self::NoProgress => "no progress reported",
            Self::NoCost => "no actual cost",
            Self::NoEarlierCost => "no earlier cost to compare with",
            Self::NothingSpent => "nothing spent yet",
            Self::Refunded => "more refunded than spent",
            Self::NothingEarned => "nothing earned yet",
            Self::NothingPlanned => "nothing planned by then",
            Self::NoForecast => "no forecast by the manager",
            Self::NoStart => "no agreed start",
            Self::NoFinish => "no agreed finish",
            Self::FinishBeforeStart => "the finish is before the start",
            Self::NoWorkingDay => "no working day between start and finish",
            Self::NotStarted => "the start is still ahead",
            Self::WorkDone => "all work is done",
            Self::BudgetSpent => "the budget is spent",
            Self::ForecastSpent => "the forecast is spent",
            Self::YearAhead => "the year is still ahead",
            Self::NoRate => "no rate of exchange",
            Self::TooLarge => "the number is too large",
            Self::Withheld => "withheld",
        }
    }
}

impl Serialize for Absent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// Takes one figure from another.
pub(super) fn less(from: Known, what: Known) -> Known {
    from?.0.checked_sub(what?.0).map(Number).ok_or(Absent::TooLarge)
}

/// Adds two figures.
pub(super) fn plus(a: Known, b: Known) -> Known {
    a?.0.checked_add(b?.0).map(Number).ok_or(Absent::TooLarge)
}

/// Multiplies two figures.
pub(super) fn times(a: Known, b: Known) -> Known {
    a?.0.checked_mul(b?.0).map(Number).ok_or(Absent::TooLarge)
}

/// Divides by what is more than zero.
pub(super) fn over(part: Known, whole: Known) -> Known {
    part?.0.checked_div(whole?.0).map(Number).ok_or(Absent::TooLarge)
}

/// The figure where it is more than zero.
pub(super) fn positive(figure: Known, zero: Absent, negative: Absent) -> Known {
    match figure {
        Ok(value) if value.0.is_zero() => Err(zero),
        Ok(value) if value.0.is_sign_negative() => Err(negative),
        other => other,
    }
}

/// The day `days` after a day, where the calendar reaches so far.
pub(super) fn day_after(start: Date, days: Number) -> Known<Date> {
    let whole: i64 = days.0.ceil().try_into().map_err(|_| Absent::TooLarge)?;
    // A pace that ends a century on says nothing of a day.
    if whole > 36_525 { Err(Absent::TooLarge) } else { Ok(start.plus_days(whole)) }
}
