//! Milestone trend analysis: what each report forecast of each milestone.
//!
//! The chart of the same name (Meilensteintrendanalyse, a staple of project controlling since the 1960s) sets
//! reporting dates against forecast dates. A milestone whose line is level is on course, one that rises slips, and
//! one that meets the diagonal was reached.

use super::calendar;
use crate::model::{Date, Period, Register, Status};

/// A milestone over a project's reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MilestoneTrend {
    /// Its id.
    pub milestone: String,
    /// What people call it.
    pub name: String,
    /// Whether it counts for the schedule rating.
    pub is_key: bool,
    /// The date that is agreed now; nothing for one that the charter does not have.
    pub baseline: Option<Date>,
    /// What the reports said of it, the oldest first, up to the one that has it as reached.
    pub sights: Vec<Sight>,
}

/// What one report said of a milestone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Sight {
    /// The period of the report.
    pub period: Period,
    /// The day up to which its figures hold.
    pub date: Date,
    /// The day on which the milestone was expected.
    pub forecast: Option<Date>,
    /// The day on which it was reached.
    pub actual: Option<Date>,
}

impl Sight {
    /// The day on which it was reached, or was expected.
    pub fn expected(&self) -> Option<Date> {
        self.actual.or(self.forecast)
    }
}

impl MilestoneTrend {
    /// The first and the last day for which it was expected; the last may be that on which it was reached.
    pub fn ends(&self) -> Option<(Date, Date)> {
        let mut expected = self.sights.iter().filter_map(Sight::expected);
        let first = expected.next()?;
        Some((first, expected.next_back().unwrap_or(first)))
    }

    /// How many days it moved from the first report to the last; later is positive.
    pub fn moved(&self) -> Option<i64> {
        self.ends().map(|(first, last)| last.days_since(first))
    }

    /// How often one report named another day than the one before.
    pub fn moves(&self) -> usize {
        let days: Vec<Date> = self.sights.iter().filter_map(Sight::expected).collect();
        days.windows(2).filter(|pair| pair[0] != pair[1]).count()
    }

    /// The day on which it was reached.
    pub fn actual(&self) -> Option<Date> {
        self.sights.last().and_then(|sight| sight.actual)
    }
}

/// The milestones of a project over its last `count` reports up to a day: those of the charter in its order, then
/// those that only reports have. One of which no report says anything has no sights.
pub fn of(register: &Register, id: &str, count: usize, day: Date) -> Vec<MilestoneTrend> {
    let (Some(charter), Some(shelf)) = (register.project(id), register.projects.get(id)) else {
        return Vec::new();
    };
    let terms = calendar::terms_of(register, id);
    let counts = |period: &Period| period.first() <= day && !terms.is_off(shelf, *period);
    let mut reports: Vec<(Period, &Status)> =
        shelf.series::<Status>().rev().filter(|(period, _)| counts(period)).take(count).collect();
    reports.reverse();
    let mut all: Vec<MilestoneTrend> = charter
        .milestone
        .iter()
        .map(|one| MilestoneTrend {
            milestone: one.id.clone(),
            name: one.title().to_owned(),
            is_key: one.key,
            baseline: one.baseline,
            sights: Vec::new(),
        })
        .collect();
    for (period, status) in reports {
        for (milestone, said) in status.milestone.iter() {
            let at = all.iter().position(|one| one.milestone == *milestone).unwrap_or_else(|| {
                all.push(MilestoneTrend {
                    milestone: milestone.to_owned(),
                    name: milestone.to_owned(),
                    is_key: false,
                    baseline: None,
                    sights: Vec::new(),
                });
                all.len() - 1
            });
            let is_reached = all[at].actual().is_some();
            if !is_reached && (said.forecast.is_some() || said.actual.is_some()) {
                let date = calendar::data_date(period, status, day);
                all[at].sights.push(Sight { period, date, forecast: said.forecast, actual: said.actual });
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::{day, register};

    #[test]
    fn a_milestone_moves_until_it_is_reached() {
        let report = |more: &str| format!("summary = 'x'\nrag.overall = 'green'\n{more}");
        let files = [
            (
                "projects/c/project.toml",
                "name = 'C'\nmanager = 'j'\nstate = 'active'\n\
                 milestone = [{ id = 'up', name = 'Up', baseline = 2026-11-01 }, { id = 'quiet' }]\n"
                    .to_owned(),
            ),
            ("projects/c/status/2026-W43.toml", report("milestone.up.forecast = 2026-11-01\n")),
            ("projects/c/status/2026-W44.toml", report("milestone.up.forecast = 2026-11-08\n")),
            ("projects/c/status/2026-W45.toml", report("milestone.up.forecast = 2026-11-08\n")),
            (
                "projects/c/status/2026-W46.toml",
                report("milestone.up.actual = 2026-11-09\nmilestone.x.forecast = 2027-01-01\n"),
            ),
            ("projects/c/status/2026-W47.toml", report("milestone.up.actual = 2026-11-09\n")),
        ];
        let register = register(&files.each_ref().map(|(path, text)| (*path, text.as_str())));
        let all = of(&register, "c", 13, day("2026-11-20"));
        let names: Vec<_> = all.iter().map(|one| (one.milestone.as_str(), one.sights.len())).collect();
        assert_eq!(names, [("up", 4), ("quiet", 0), ("x", 1)]);
        assert_eq!((all[0].moves(), all[0].moved(), all[0].actual()), (2, Some(8), Some(day("2026-11-09"))));
        assert_eq!((all[1].moved(), all[2].moved(), all[2].moves()), (None, Some(0), 0));
        assert_eq!(of(&register, "c", 2, day("2026-11-20"))[0].sights.len(), 1, "only the last reports");
    }
}
