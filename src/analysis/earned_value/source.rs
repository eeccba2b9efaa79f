//! Where the figures of a project come from, because a register holds them in more than one way.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::model::number::Money;
use crate::model::{Actuals, Date, Number, Percent, Project, Shelf, Slot, Status};

use super::absent::{Absent, Known};

/// Where the planned value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EarnedFrom {
    /// The report states it.
    Stated,
    /// The weights of the milestones reached.
    Milestones,
    /// Percent complete of the budget.
    PercentComplete,
    /// The points done of the backlog's, of a project that works in sprints.
    Points,
}

/// Where the actual cost comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpentFrom {
    /// The booked costs in `actuals/`.
    Booked,
    /// The report states it.
    Report,
}

impl PlannedFrom {
    /// The source in a phrase of its own.
    pub fn long(self) -> &'static str {
        match self {
            Self::Curve => "the points of [[planned_value]]",
            Self::Milestones => "milestone weights and baselines",
            Self::StraightLine => "a straight line over working days",
        }
    }

    /// The source as people read it.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Curve => "curve",
            Self::Milestones => "milestones",
            Self::StraightLine => "straight line",
        }
    }
}

impl EarnedFrom {
    /// The source in a phrase of its own.
    pub fn long(self) -> &'static str {
        match self {
            Self::Stated => "stated in the report",
            Self::Milestones => "weights of the milestones reached",
            Self::PercentComplete => "percent complete × BAC",
            Self::Points => "points done of the backlog × BAC",
        }
    }

    /// The source as people read it.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Milestones => "milestones",
            Self::PercentComplete => "percent complete",
            Self::Points => "points done",
        }
    }
}

impl SpentFrom {
    /// The source in a phrase of its own.
    pub fn long(self) -> &'static str {
        match self {
            Self::Booked => "booked costs (actuals/)",
            Self::Report => "stated in the report",
        }
    }

    /// The source as people read it.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Booked => "booked costs",
            Self::Report => "status report",
        }
    }
}

/// An amount, and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Figure<From> {
    /// The amount, in the project's currency.
    pub value: Money,
    /// Where it comes from.
    pub from: From,
}

/// The budget at completion (BAC); one of zero is none to measure against.
pub(super) fn budget(charter: &Project) -> Known {
    match charter.budget.approved {
        None => Err(Absent::NoBudget),
        Some(budget) if budget.0.is_zero() => Err(Absent::ZeroBudget),
        Some(budget) => Ok(Number(budget.0)),
    }
}

/// In which way the report's figures earn value: stated, else by milestones where weights are given, else by percent.
pub(super) fn earned_from(charter: &Project, status: Option<&Status>) -> Known<EarnedFrom> {
    let status = status.ok_or(Absent::NoReport)?;
    if status.earned_value.is_some() {
        return Ok(EarnedFrom::Stated);
    }
    if charter.milestone.iter().any(|m| m.weight.is_some_and(|w| w.0 > Decimal::ZERO)) {
        return Ok(EarnedFrom::Milestones);
    }
    let stated = status.percent_complete.map(|_| EarnedFrom::PercentComplete);
    stated.or_else(|| status.progress().map(|_| EarnedFrom::Points)).ok_or(Absent::NoProgress)
}

/// The value earned in that way, of work that is worth so much.
pub(super) fn earned(charter: &Project, status: &Status, way: EarnedFrom, worth: Decimal) -> Option<Decimal> {
    match way {
        EarnedFrom::Stated => status.earned_value.map(|v| v.0),
        EarnedFrom::PercentComplete | EarnedFrom::Points => {
            status.progress().map(Percent::share)?.checked_mul(worth)
        }
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

/// What was booked in the months begun by a date; nothing where no month says, or one cannot be read.
pub fn booked(shelf: &Shelf, date: Date) -> Option<Money> {
    let usable = shelf.slots("actuals").all(|(_, slot)| matches!(slot, Slot::Read(_)));
    if !usable {
        return None;
    }
    let mut sum: Option<Decimal> = None;
    for (_, month) in shelf.series::<Actuals>().filter(|(period, _)| period.first() <= date) {
        if let Some(cost) = month.total() {
            sum = Some(sum.unwrap_or_default().checked_add(cost.0)?);
        }
    }
    sum.map(Number)
}
