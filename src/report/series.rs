//! How a project went: its ratings, progress and forecasts over all periods.

mod page;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::analysis::{calendar, earned_value};
use crate::document::Document;
use crate::model::status::Ratings;
use crate::model::{Date, Number, Percent, Period, Project, Rag, Register, Reports, Scope, Status};

use super::head::{Asked, Head};
use super::incomplete::Incomplete;

/// How many periods of silence are listed one by one.
const SILENT: usize = 60;

/// How a project went.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Series {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// The project.
    pub project: String,
    /// What people call it.
    pub name: String,
    /// The currency of its amounts.
    pub project_currency: String,
    /// The periods, oldest first; those without a report too.
    pub points: Vec<Point>,
}

/// What a report says, or that there is none.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    /// The period.
    pub period: Period,
    /// Whether a report counts for it.
    pub is_reported: bool,
    /// The declared ratings.
    pub rag: Option<Declared>,
    /// Physical work done, in percent.
    pub percent_complete: Option<Percent>,
    /// Spent to date.
    pub spent: Option<Number>,
    /// The cost at completion that the manager expected.
    pub forecast_cost: Option<Number>,
    /// The last day that the manager expected.
    pub forecast_finish: Option<Date>,
    /// That day less the finish that is agreed now, in days.
    pub slip_days: Option<i64>,
    /// How sure the manager was to meet both forecasts.
    pub confidence: Option<Percent>,
}

/// The ratings of a report.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the dimensions are the field's own words")]
pub struct Declared {
    pub overall: Rag,
    pub schedule: Option<Rag>,
    pub cost: Option<Rag>,
    pub scope: Option<Rag>,
    pub risk: Option<Rag>,
    pub benefits: Option<Rag>,
    pub resources: Option<Rag>,
    pub quality: Option<Rag>,
}

impl From<Ratings> for Declared {
    fn from(rag: Ratings) -> Self {
        let Ratings { overall, schedule, cost, scope, risk, benefits, resources, quality } = rag;
        Self { overall, schedule, cost, scope, risk, benefits, resources, quality }
    }
}

/// What the report reads: the project's charter, booked costs and every report.
pub fn scope(project: &str, day: Date) -> Scope {
    let projects = Some(BTreeSet::from([project.to_owned()]));
    Scope { projects, ..Scope::kinds(&["project", "actuals"]).with_reports(Reports::All).on(day) }
}

/// Makes the report; nothing when the project has no charter that could be read.
pub fn series(register: &Register, id: &str, asked: &Asked) -> Option<Series> {
    let charter = register.project(id)?;
    Some(Series {
        head: Head::new("series", register, asked),
        incomplete: Incomplete::of(register, &scope(id, asked.day)),
        project: id.to_owned(),
        name: charter.name.clone(),
        project_currency: crate::analysis::cost::currency(register, charter).to_owned(),
        points: points(register, id, charter, asked.day),
    })
}

fn points(register: &Register, id: &str, charter: &Project, day: Date) -> Vec<Point> {
    let (Some(shelf), Some(filing)) = (register.projects.get(id), calendar::filing(register, id, day)) else {
        return Vec::new();
    };
    let terms = calendar::terms_of(register, id);
    let counts = |period: &Period| period.first() <= day && !terms.is_off(shelf, *period);
    let mut all: Vec<Point> = Vec::new();
    for (period, status) in shelf.series::<Status>().filter(|(period, _)| counts(period)) {
        let before = all.last().map(|point| point.period);
        let gap = std::iter::successors(Some(period.previous()), |period| Some(period.previous()));
        let gap = gap.take_while(|missing| before.is_some_and(|before| *missing > before)).take(SILENT);
        let mut gap: Vec<Point> = gap.map(Point::silent).collect();
        gap.reverse();
        all.append(&mut gap);
        let until = period.last().min(day);
        let earned = earned_value::view(
            charter,
            shelf,
            Some((period, status)),
            &register.config.reporting.holidays,
            until,
        );
        all.push(Point::of(charter, period, status, earned.spent.map(|spent| spent.value)));
    }
    let missing = filing.missed_periods().into_iter();
    let wanted = (filing.reports && !filing.is_current).then_some(filing.wanted);
    let missing: BTreeSet<Period> = missing.chain(wanted).collect();
    all.extend(missing.into_iter().rev().take(SILENT).rev().map(Point::silent));
    all
}

impl Point {
    fn silent(period: Period) -> Self {
        Self {
            period,
            is_reported: false,
            rag: None,
            percent_complete: None,
            spent: None,
            forecast_cost: None,
            forecast_finish: None,
            slip_days: None,
            confidence: None,
        }
    }

    fn of(charter: &Project, period: Period, status: &Status, spent: Option<Number>) -> Self {
        let slip = status.forecast_finish.zip(charter.schedule.finish);
        Self {
            is_reported: true,
            rag: Some(status.rag.into()),
            percent_complete: status.progress(),
            spent,
            forecast_cost: status.forecast_cost,
            forecast_finish: status.forecast_finish,
            slip_days: slip.map(|(forecast, agreed)| forecast.days_since(agreed)),
            confidence: status.confidence,
            ..Self::silent(period)
        }
    }
}

impl Series {
    /// The report as a page.
    pub fn page(&self) -> Document {
        page::page(self)
    }
}
