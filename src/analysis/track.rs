//! The forecasts of a project over its life, as each of its reports gave them, and what became of it.
//!
//! A track is small and stands by itself, so that the many reports it was made of need not stay.

use rust_decimal::Decimal;

use super::agreed::{self, Agreed};
use super::{calendar, cost, earned_value};
use crate::model::lifecycle::ProjectState;
use crate::model::number::Money;
use crate::model::project::Method;
use crate::model::{Date, Number, Period, Project, Rag, Register, Shelf, Status};

/// A project's forecasts over its life.
#[derive(Clone, Debug, PartialEq)]
pub struct Track {
    /// The project's id.
    pub project: String,
    /// What people call it.
    pub name: String,
    /// Where it stands in its life.
    pub state: ProjectState,
    /// How it is run.
    pub method: Option<Method>,
    /// Its complexity class.
    pub class: Option<String>,
    /// Its programme, by id.
    pub programme: Option<String>,
    /// Its manager, by id.
    pub manager: String,
    /// The currency of its amounts.
    pub currency: String,
    /// The day on which it really started, else the agreed one.
    pub start: Option<Date>,
    /// What was agreed first.
    pub first_agreed: Agreed,
    /// What is agreed now.
    pub agreed: Agreed,
    /// What each report said, the oldest first.
    pub sights: Vec<Sight>,
    /// How it ended, where it was delivered.
    pub outcome: Option<Outcome>,
    /// Spent to date.
    pub spent: Option<Money>,
}

/// What one report said of the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight {
    /// The day up to which its figures hold.
    pub date: Date,
    /// The finish that the manager expected.
    pub finish: Option<Date>,
    /// The cost at completion that the manager expected.
    pub cost: Option<Money>,
    /// The finish that was agreed then.
    pub agreed_finish: Option<Date>,
    /// Whether the project or its schedule was declared red.
    pub is_red: bool,
}

/// How a project ended that was delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The day on which it was closed.
    pub finish: Date,
    /// What it had cost: the booked or reported cost, else the last forecast.
    pub cost: Option<Money>,
}

impl Track {
    /// Reads a project's track from its charter and all of its reports; nothing when its charter was not read.
    pub fn of(register: &Register, id: &str, day: Date) -> Option<Self> {
        let (charter, shelf) = (register.project(id)?, register.projects.get(id)?);
        let reports = reports(register, id, shelf, day);
        let sights = reports.iter().map(|(period, status)| sight(charter, *period, status, day)).collect();
        let holidays = &register.config.reporting.holidays;
        let earned = earned_value::view(charter, shelf, reports.last().copied(), holidays, day);
        let spent = earned.spent.map(|spent| spent.value);
        let last_forecast = reports.iter().rev().find_map(|(_, status)| status.forecast_cost);
        let delivered = (charter.state == ProjectState::Closed).then_some(charter.closed_on).flatten();
        Some(Self {
            project: id.to_owned(),
            name: charter.name.clone(),
            state: charter.state,
            method: charter.method,
            class: charter.class.clone(),
            programme: charter.programme.clone(),
            manager: charter.manager.clone(),
            currency: cost::currency(register, charter).to_owned(),
            start: charter.started_on.or(charter.schedule.start),
            first_agreed: agreed::first(charter),
            agreed: agreed::on(charter, day),
            sights,
            outcome: delivered
                .filter(|finish| *finish <= day)
                .map(|finish| Outcome { finish, cost: spent.or(last_forecast) }),
            spent,
        })
    }

    /// The newest forecast of the finish that a report gave.
    pub fn forecast_finish(&self) -> Option<Date> {
        self.sights.last().and_then(|sight| sight.finish)
    }

    /// The newest forecast of the cost that a report gave.
    pub fn forecast_cost(&self) -> Option<Money> {
        self.sights.last().and_then(|sight| sight.cost)
    }

    /// How far along the project was on a day, in shares of the time from its start to the finish that was expected
    /// then: (day − start) ÷ (finish − start), from 0 to 1.
    pub fn stage(&self, day: Date, finish: Date) -> Option<Decimal> {
        let start = self.start?;
        let whole = finish.days_since(start);
        let passed = day.days_since(start).clamp(0, whole.max(0));
        (whole > 0).then(|| Decimal::from(passed) / Decimal::from(whole))
    }
}

fn reports<'a>(register: &Register, id: &str, shelf: &'a Shelf, day: Date) -> Vec<(Period, &'a Status)> {
    let terms = calendar::terms_of(register, id);
    let counts = |period: &Period| period.first() <= day && !terms.is_off(shelf, *period);
    shelf.series::<Status>().filter(|(period, _)| counts(period)).collect()
}

fn sight(charter: &Project, period: Period, status: &Status, day: Date) -> Sight {
    let date = calendar::data_date(period, status, day);
    Sight {
        date,
        finish: status.forecast_finish,
        cost: status.forecast_cost.filter(|cost| *cost > Number::ZERO),
        agreed_finish: agreed::on(charter, date).finish,
        is_red: status.rag.overall == Rag::Red || status.rag.schedule == Some(Rag::Red),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::{day, register};

    #[test]
    fn a_track_has_a_sight_for_each_report_and_an_outcome_once_it_was_delivered() {
        let charter = "name = 'C'\nmanager = 'j'\nstate = 'closed'\nclosed_on = 2026-06-30\nmethod = 'agile'\n\
                       schedule = { start = 2026-01-01, finish = 2026-06-01 }\nbudget.approved = 100\n\
                       baseline.approved_on = 2026-03-01\nsuperseded = [{ finish = 2026-05-01, budget = 90 }]\n";
        let report = |more: &str| format!("summary = 'x'\nrag.overall = 'green'\n{more}");
        let files = [
            ("projects/c/project.toml", charter.to_owned()),
            ("projects/c/status/2026-02.toml", report("forecast_finish = 2026-05-10\nforecast_cost = 95\n")),
            ("projects/c/status/2026-05.toml", report("forecast_finish = 2026-06-20\nactual_cost = 111\n")),
        ];
        let files = files.each_ref().map(|(path, text)| (*path, text.as_str()));
        let mut monthly = register(&files);
        let reporting =
            crate::model::config::Reporting { cadence: crate::model::Cadence::Monthly, ..Default::default() };
        std::sync::Arc::make_mut(&mut monthly.config).reporting = reporting;
        let track = Track::of(&monthly, "c", day("2026-11-20")).unwrap();
        let agreed: Vec<_> = track.sights.iter().filter_map(|sight| sight.agreed_finish).collect();
        assert_eq!(agreed, [day("2026-05-01"), day("2026-06-01")]);
        assert_eq!(track.outcome, Some(Outcome { finish: day("2026-06-30"), cost: Some(111.into()) }));
        assert_eq!(Track::of(&monthly, "c", day("2026-06-29")).unwrap().outcome, None);
    }

    #[test]
    fn the_stage_is_the_share_of_the_time_that_was_thought_to_be_needed() {
        let charter = "name = 'C'\nmanager = 'j'\nstate = 'active'\nschedule.start = 2026-01-01\n";
        let register = register(&[("projects/c/project.toml", charter)]);
        let track = Track::of(&register, "c", day("2026-11-20")).unwrap();
        let stage = |on: &str, finish: &str| track.stage(day(on), day(finish)).map(|share| share.to_string());
        assert_eq!(stage("2026-01-26", "2026-04-11").as_deref(), Some("0.25"));
        assert_eq!(stage("2025-12-01", "2026-04-11").as_deref(), Some("0"));
        assert_eq!(stage("2026-06-01", "2026-04-11").as_deref(), Some("1"));
        assert_eq!(stage("2026-06-01", "2025-04-11"), None);
    }
}
