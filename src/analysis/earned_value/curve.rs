//! The planned value curve, and the earned schedule that is read from it.

use rust_decimal::Decimal;

use super::absent::{Absent, Known, day_after};
use super::{EarnedFrom, EarnedSchedule, PlannedFrom};
use crate::analysis::working_days;
use crate::model::{Date, Number, Project};

/// How much work was planned to be done by when.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The value of all the work: the budget at completion, or 100 where there is none.
    pub total: Decimal,
    /// Where the curve comes from.
    pub from: PlannedFrom,
    shape: Shape,
}

#[derive(Clone, Debug, PartialEq)]
enum Shape {
    /// Straight between points, by calendar day; the first point is (start, 0).
    Points(Vec<(Date, Decimal)>),
    /// Jumps on each date.
    Steps { start: Date, steps: Vec<(Date, Decimal)> },
    /// Straight from start to finish, by working day.
    Straight { start: Date, finish: Date, days: i64, holidays: Vec<Date> },
}

/// Builds the project's curve: `[[planned_value]]`, else milestone weights, else a straight line over
/// working days from start to finish.
///
/// Milestone weights are a curve only when each weighted milestone has a baseline. It is straight between
/// milestones, but has steps when value is earned by milestones too, because then nothing is earned between.
///
/// There is none without a start, or where the dates leave no time to plan in.
pub fn of(charter: &Project, earned: Option<EarnedFrom>, holidays: &[Date]) -> Known<Curve> {
    let start = charter.schedule.start.ok_or(Absent::NoStart)?;
    let budget = charter.budget.approved.map(|b| b.0).filter(|b| *b > Decimal::ZERO);
    if !charter.planned_value.is_empty() {
        let mut points: Vec<_> = charter.planned_value.iter().map(|p| (p.date, p.value.0)).collect();
        points.sort_by_key(|(date, _)| *date);
        points.retain(|(date, _)| *date > start);
        points.insert(0, (start, Decimal::ZERO));
        if let (Some(finish), Some(total)) = (charter.schedule.finish, budget)
            && points.last().is_some_and(|(last, _)| *last < finish)
        {
            points.push((finish, total));
        }
        let total = budget.or_else(|| points.last().map(|(_, value)| *value)).unwrap_or_default();
        return Ok(Curve { total, from: PlannedFrom::Curve, shape: Shape::Points(points) });
    }
    let total = budget.unwrap_or(Decimal::ONE_HUNDRED);
    if let Some(steps) = milestone_steps(charter, total) {
        let shape = if earned == Some(EarnedFrom::Milestones) {
            Shape::Steps { start, steps }
        } else {
            let points = std::iter::once((start, Decimal::ZERO));
            Shape::Points(points.chain(steps.into_iter().filter(|(date, _)| *date > start)).collect())
        };
        return Ok(Curve { total, from: PlannedFrom::Milestones, shape });
    }
    let finish = charter.schedule.finish.ok_or(Absent::NoFinish)?;
    let days = working_days::count(start, finish, holidays);
    match days {
        _ if finish < start => Err(Absent::FinishBeforeStart),
        0 => Err(Absent::NoWorkingDay),
        _ => {
            let shape = Shape::Straight { start, finish, days, holidays: holidays.to_vec() };
            Ok(Curve { total, from: PlannedFrom::StraightLine, shape })
        }
    }
}

/// Cumulative value by milestone date, when each weighted milestone has a date and the weights add up to something.
fn milestone_steps(charter: &Project, total: Decimal) -> Option<Vec<(Date, Decimal)>> {
    let mut weighted = Vec::new();
    for milestone in &charter.milestone {
        if let Some(weight) = milestone.weight.filter(|w| w.0 > Decimal::ZERO) {
            weighted.push((milestone.baseline?, weight.0));
        }
    }
    weighted.sort_by_key(|(date, _)| *date);
    let sum = weighted.iter().try_fold(Decimal::ZERO, |sum, (_, weight)| sum.checked_add(*weight))?;
    if sum.is_zero() {
        return None;
    }
    let mut reached = Decimal::ZERO;
    let mut steps: Vec<(Date, Decimal)> = Vec::new();
    for (date, weight) in weighted {
        reached = reached.checked_add(weight)?;
        let value = reached.checked_mul(total)?.checked_div(sum)?;
        match steps.last_mut() {
            Some(last) if last.0 == date => last.1 = value,
            _ => steps.push((date, value)),
        }
    }
    Some(steps)
}

impl Curve {
    /// The value planned to be earned by the end of the day (PV, in earlier books BCWS).
    pub fn value(&self, day: Date) -> Option<Decimal> {
        match &self.shape {
            Shape::Points(points) => {
                let after = points.iter().position(|(date, _)| *date > day);
                match after {
                    Some(0) => Some(Decimal::ZERO),
                    Some(i) => between(points[i - 1], points[i], day),
                    None => points.last().map(|(_, value)| *value),
                }
            }
            Shape::Steps { steps, .. } => {
                Some(steps.iter().rev().find(|(date, _)| *date <= day).map_or(Decimal::ZERO, |(_, v)| *v))
            }
            Shape::Straight { start, finish, days, holidays } => {
                let passed = working_days::count(*start, day.min(*finish), holidays);
                self.total.checked_mul(passed.into())?.checked_div((*days).into())
            }
        }
    }

    /// The earned schedule on a day: when the value earned by then should have been earned.
    ///
    /// Lipke's earned schedule (2003): ES = C + I, where C is the last point of the curve whose planned
    /// value has been earned, and I = (EV − PV of C) ÷ (PV of the next point − PV of C) of the time between
    /// the two. AT is the time since the start, SPI(t) = ES ÷ AT. On a straight line both count working
    /// days; otherwise they count calendar days. With steps, work is on time as long as every milestone due is
    /// reached, and else as late as the first step that is not.
    ///
    /// Nothing before the end of the first day, and nothing once all is earned and the planned time is over,
    /// because from then on time passes without saying anything.
    pub fn earned_schedule(&self, earned: Decimal, day: Date) -> Known<EarnedSchedule> {
        let (es, at, end) = self.times(earned, day).ok_or(Absent::TooLarge)?;
        if at <= Decimal::ZERO {
            return Err(Absent::NotStarted);
        }
        if earned >= self.total && at > end {
            return Err(Absent::WorkDone);
        }
        let in_working_days = matches!(self.shape, Shape::Straight { .. });
        let spi_t = es.checked_div(at).ok_or(Absent::TooLarge)?;
        Ok(EarnedSchedule { earned: es, actual: at, planned: end, in_working_days, spi_t })
    }

    /// ES, AT and PD in the curve's own unit.
    fn times(&self, earned: Decimal, day: Date) -> Option<(Decimal, Decimal, Decimal)> {
        Some(match &self.shape {
            Shape::Points(points) => {
                let (start, last) = (points.first()?.0, points.last()?.0);
                let days = |date: Date| Decimal::from(date.days_since(start));
                let es = match points.iter().position(|(_, value)| *value > earned) {
                    None => days(last),
                    Some(0) => Decimal::ZERO,
                    Some(i) => {
                        let (c, next) = (points[i - 1], points[i]);
                        let share = earned.checked_sub(c.1)?.checked_div(next.1.checked_sub(c.1)?)?;
                        days(c.0).checked_add(share.checked_mul(next.0.days_since(c.0).into())?)?
                    }
                };
                (es, days(day), days(last))
            }
            Shape::Steps { start, steps } => {
                let days = |date: Date| Decimal::from(date.days_since(*start));
                let due = self.value(day)?;
                let turning = match earned.cmp(&due) {
                    std::cmp::Ordering::Less => steps.iter().find(|(_, value)| *value > earned),
                    std::cmp::Ordering::Equal => None,
                    std::cmp::Ordering::Greater => {
                        steps.iter().find(|(_, value)| *value >= earned).or(steps.last())
                    }
                };
                let es = days(turning.map_or(day, |(date, _)| *date)).max(Decimal::ZERO);
                (es, days(day), days(steps.last()?.0))
            }
            Shape::Straight { start, days, holidays, .. } => {
                let total = Decimal::from(*days);
                let es = earned.checked_mul(total)?.checked_div(self.total)?.clamp(Decimal::ZERO, total);
                (es, working_days::count(*start, day, holidays).into(), total)
            }
        })
    }

    /// The day on which so much time has passed since the start, in the curve's own unit.
    pub fn day_at(&self, time: Number) -> Known<Date> {
        match &self.shape {
            Shape::Points(points) => day_after(points.first().ok_or(Absent::NoStart)?.0, time),
            Shape::Steps { start, .. } => day_after(*start, time),
            Shape::Straight { start, holidays, .. } => {
                // Refused where the calendar days alone are too many.
                day_after(*start, time)?;
                let days: i64 = time.0.ceil().try_into().map_err(|_| Absent::TooLarge)?;
                Ok(working_days::nth(*start, days, holidays))
            }
        }
    }
}

fn between(a: (Date, Decimal), b: (Date, Decimal), day: Date) -> Option<Decimal> {
    let rise = b.1.checked_sub(a.1)?;
    let part = rise.checked_mul(day.days_since(a.0).into())?.checked_div(b.0.days_since(a.0).into())?;
    a.1.checked_add(part)
}
