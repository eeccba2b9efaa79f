//! Slip of the finish and of milestones against the agreed baseline, in calendar days.

use crate::model::lifecycle::ProjectState;
use crate::model::project::Milestone;
use crate::model::status::MilestoneStatus;
use crate::model::{Date, Project, Status};

/// A milestone, as agreed and as the newest report sees it.
#[derive(Clone, Copy, Debug)]
pub struct MilestoneView<'a> {
    /// As agreed.
    pub milestone: &'a Milestone,
    /// As the newest report sees it, where it says anything.
    pub reported: Option<&'a MilestoneStatus>,
    /// The day it was reached.
    pub actual: Option<Date>,
    /// The day it was reached or is now to be expected; see [`expected`].
    pub expected: Option<Date>,
    /// Days from the baseline to the expected day; negative when early.
    pub slip: Option<i64>,
    /// Whether it should have been reached before the day, by its forecast or else its baseline, and was not.
    pub is_overdue: bool,
}

impl MilestoneView<'_> {
    /// Whether it was reached.
    pub fn is_reached(&self) -> bool {
        self.actual.is_some()
    }
}

/// The schedule of a project on a day.
#[derive(Clone, Debug)]
pub struct ScheduleView<'a> {
    /// The agreed first day.
    pub start: Option<Date>,
    /// The agreed last day.
    pub finish: Option<Date>,
    /// The last day that the newest report expects.
    pub forecast: Option<Date>,
    /// The last day, as it was for a project that is over, else as it is now to be expected.
    pub expected: Option<Date>,
    /// Days from the agreed finish to the expected one; negative when early.
    pub slip: Option<i64>,
    /// Whether the project should have ended before the day, by its forecast or else its baseline.
    pub is_overdue: bool,
    /// Days from the agreed start to the agreed finish, where that is more than none.
    pub duration: Option<i64>,
    /// Days from the finish first agreed to the expected one, where an earlier baseline is on record.
    pub slip_from_original: Option<i64>,
    /// The milestones, in the charter's order.
    pub milestones: Vec<MilestoneView<'a>>,
}

impl<'a> ScheduleView<'a> {
    /// The milestones not yet reached whose expected or agreed day falls within `days` from the day on,
    /// overdue ones included, soonest first.
    pub fn next(&self, day: Date, days: i64) -> Vec<MilestoneView<'a>> {
        let until = day.plus_days(days);
        let when = |m: &MilestoneView<'_>| m.expected.or(m.milestone.baseline);
        let mut next: Vec<_> = self
            .milestones
            .iter()
            .filter(|m| !m.is_reached() && when(m).is_some_and(|d| d <= until))
            .copied()
            .collect();
        next.sort_by_key(when);
        next
    }
}

/// The day on which something not yet done is to be expected: its forecast, and never before today.
///
/// Without a forecast it is today once the baseline lies behind, and unknown before: that nobody said
/// anything is no promise to be on time.
pub fn expected(forecast: Option<Date>, baseline: Option<Date>, day: Date) -> Option<Date> {
    match forecast {
        Some(forecast) => Some(forecast.max(day)),
        None => baseline.filter(|baseline| *baseline < day).map(|_| day),
    }
}

/// The finish first agreed, where an earlier baseline is on record.
pub fn original_finish(charter: &Project) -> Option<Date> {
    charter.superseded.iter().rev().find_map(|earlier| earlier.finish)
}

/// The date first agreed of a milestone, where an earlier baseline has it.
pub fn original_of(charter: &Project, milestone: &str) -> Option<Date> {
    charter.superseded.iter().rev().find_map(|earlier| earlier.milestones.get(milestone)).copied()
}

/// Sees the charter's dates in the light of the newest report.
///
/// Slip in calendar days = expected day − baseline. An overdue finish or milestone slips at least to today.
/// For a project that is over, the finish is the day it was closed. One that was terminated has no slip, and
/// nothing is expected of the milestones that it did not reach.
pub fn view<'a>(charter: &'a Project, status: Option<&'a Status>, day: Date) -> ScheduleView<'a> {
    let (start, finish) = (charter.schedule.start, charter.schedule.finish);
    let forecast = status.and_then(|s| s.forecast_finish);
    let over = charter.state.is_over();
    // What was stopped was not delivered: the day on which it ended is neither early nor late.
    let stopped = charter.state == ProjectState::Terminated;
    let expected_finish = if over { charter.closed_on.or(forecast) } else { expected(forecast, finish, day) };
    let between = |from: Option<Date>, to: Option<Date>| Some(to?.days_since(from?));
    let original = original_finish(charter);
    ScheduleView {
        start,
        finish,
        forecast,
        expected: expected_finish,
        slip: between(finish, expected_finish).filter(|_| !stopped),
        is_overdue: !over && forecast.or(finish).is_some_and(|d| d < day),
        duration: between(start, finish).filter(|days| *days > 0),
        slip_from_original: between(original, expected_finish).filter(|_| !stopped),
        milestones: charter.milestone.iter().map(|m| milestone(m, status, charter.state, day)).collect(),
    }
}

fn milestone<'a>(
    milestone: &'a Milestone,
    status: Option<&'a Status>,
    state: ProjectState,
    day: Date,
) -> MilestoneView<'a> {
    let over = state.is_over();
    let reported = status.and_then(|s| s.milestone.get(&milestone.id));
    let actual = reported.and_then(|r| r.actual);
    let forecast = reported.and_then(|r| r.forecast);
    let expected = match actual {
        Some(actual) => Some(actual),
        None if state == ProjectState::Terminated => None,
        None if over => forecast,
        None => expected(forecast, milestone.baseline, day),
    };
    MilestoneView {
        milestone,
        reported,
        actual,
        expected,
        slip: expected.zip(milestone.baseline).map(|(to, from)| to.days_since(from)),
        is_overdue: !over && actual.is_none() && forecast.or(milestone.baseline).is_some_and(|d| d < day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::{day, register, status};

    const CHARTER: &str = "name = 'CRM'\nmanager = 'jana'\nstate = 'active'
schedule = { start = 2026-01-01, finish = 2026-12-31 }
superseded = [{ finish = 2026-11-30 }, { finish = 2026-10-31 }]
milestone = [{ id = 'a', baseline = 2026-11-10 }, { id = 'b', baseline = 2026-12-01 }]\n";

    /// Slip of the finish and of both milestones on 20 November 2026, with what the report adds.
    fn slips(report: &str) -> (Option<i64>, Option<i64>, Option<i64>) {
        let report = format!("summary = 'x'\nrag.overall = 'green'\n{report}");
        let register = register(&[
            ("projects/crm/project.toml", CHARTER),
            ("projects/crm/status/2026-W47.toml", &report),
        ]);
        let on = "2026-11-20";
        let view = view(register.project("crm").unwrap(), status(&register, on), day(on));
        (view.slip, view.milestones[0].slip, view.milestones[1].slip)
    }

    #[test]
    fn slip_is_counted_from_the_baseline_and_overdue_slips_to_today() {
        assert_eq!(slips(""), (None, Some(10), None), "a baseline to come says nothing, one behind does");
        assert_eq!(slips("forecast_finish = 2027-01-15"), (Some(15), Some(10), None));
        assert_eq!(slips("forecast_finish = 2026-12-30"), (Some(-1), Some(10), None));
        assert_eq!(
            slips("forecast_finish = 2026-11-01").0,
            Some(-41),
            "a forecast behind us is today at best"
        );
        let (_, a, b) = slips("milestone = { a = { actual = 2026-11-12 }, b = { forecast = 2026-12-08 } }");
        assert_eq!((a, b), (Some(2), Some(7)));
        assert_eq!(slips("milestone = { a = { forecast = 2026-11-15 } }").1, Some(10));
        assert_eq!(slips("milestone = { a = { forecast = 2026-11-25 } }").1, Some(15));
    }

    #[test]
    fn a_project_that_is_over_no_longer_slips() {
        let charter = CHARTER.replace("state = 'active'", "state = 'closed'\nclosed_on = 2026-12-03");
        let register = register(&[("projects/crm/project.toml", &charter)]);
        let view = view(register.project("crm").unwrap(), None, day("2027-06-01"));
        assert_eq!((view.slip, view.slip_from_original, view.duration), (Some(-28), Some(33), Some(364)));
        assert!(!view.is_overdue && view.milestones.iter().all(|m| !m.is_overdue && m.slip.is_none()));
    }

    #[test]
    fn a_project_that_was_stopped_is_neither_early_nor_late() {
        let charter = CHARTER.replace("state = 'active'", "state = 'terminated'\nclosed_on = 2026-10-09");
        let report = "summary = 'x'\nrag.overall = 'red'\nforecast_finish = 2027-01-15\n\
                      milestone.a.actual = 2026-11-12\nmilestone.b.forecast = 2026-12-24\n";
        let register = register(&[
            ("projects/crm/project.toml", &charter),
            ("projects/crm/status/2026-W46.toml", report),
        ]);
        let on = "2026-11-20";
        let view = view(register.project("crm").unwrap(), status(&register, on), day(on));
        assert_eq!(view.expected, Some(day("2026-10-09")));
        assert_eq!((view.slip, view.slip_from_original), (None, None));
        let slips: Vec<_> = view.milestones.iter().map(|m| m.slip).collect();
        assert_eq!(slips, [Some(2), None], "what was reached keeps its slip");
    }

    #[test]
    fn the_next_milestones_come_soonest_first() {
        let register = register(&[("projects/crm/project.toml", CHARTER)]);
        let view = view(register.project("crm").unwrap(), None, day("2026-11-20"));
        let ids = |days| {
            view.next(day("2026-11-20"), days).iter().map(|m| m.milestone.id.clone()).collect::<Vec<_>>()
        };
        assert_eq!((ids(10), ids(11)), (vec!["a".to_owned()], vec!["a".to_owned(), "b".to_owned()]));
    }
}
