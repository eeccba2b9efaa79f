//! How a metric of the portfolio went from period to period.

pub mod metrics;
pub mod milestones;
mod page;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::analysis::trend::{self, By, Entry, Measure, Metric, Source};
use crate::document::Document;
use crate::model::audience::Section;
use crate::model::{Config, Date, KindSet, Number, Period, Register, Scope};

use super::head::{Asked, Head};
use super::incomplete::Incomplete;

/// How many periods are shown unless told otherwise: a quarter of weeks.
pub const PERIODS: usize = 13;

/// What a trend is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The metric.
    pub metric: Metric,
    /// By what projects are put together.
    pub by: Option<By>,
    /// The one project that is looked at, by id.
    pub project: Option<String>,
    /// The periods, oldest first.
    pub periods: Vec<Period>,
}

/// What is known of the register as it stood at the end of a period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Seen {
    /// The period.
    pub period: Period,
    /// The day as of which it is told: its last, or today.
    pub until: Date,
    /// Where the register of then came from; nothing for what status reports tell.
    pub source: Option<String>,
    /// Why that register is not known.
    pub unknown: Option<String>,
}

/// How a metric went.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trend {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// The metric, by name.
    pub metric: &'static str,
    /// What it means.
    pub about: &'static str,
    /// Where it is read.
    pub read_from: Source,
    /// By what projects are put together.
    pub by: Option<By>,
    /// The one project that is looked at.
    pub project: Option<String>,
    /// Its figures.
    pub measures: &'static [Measure],
    /// The periods, oldest first.
    pub periods: Vec<Seen>,
    /// One series a group and currency.
    pub series: Vec<Line>,
    #[serde(skip)]
    is_shown: bool,
    #[serde(skip)]
    kind: Metric,
}

/// A series of a group and currency.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// The group's id; nothing for projects that name none, or where there are no groups.
    pub group: Option<String>,
    /// What people call the group.
    pub group_name: Option<String>,
    /// The currency, where the metric speaks of money.
    pub series_currency: Option<String>,
    /// One point a period.
    pub points: Vec<Point>,
}

/// A metric in a period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    /// The period.
    pub period: Period,
    /// Over how many projects the figures were taken.
    pub counted: usize,
    /// How many others were under way and gave no figure, or not all of it.
    pub missing: usize,
    /// How many of those that count did not report for the period, so that their last report counts.
    pub silent: usize,
    /// The figures by their names; `null` where no project gave one.
    pub values: Values,
}

/// Figures by their names.
#[derive(Debug, Clone, PartialEq)]
pub struct Values(pub Vec<(&'static str, Option<Number>)>);

impl Serialize for Values {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

/// The question as a register's calendar understands it.
pub fn question(
    config: &Config,
    metric: Metric,
    by: Option<By>,
    project: Option<String>,
    count: usize,
    day: Date,
) -> Question {
    Question { metric, by, project, periods: trend::periods(config, metric.source(), count, day) }
}

/// What the report reads of the register as it is.
pub fn scope(config: &Config, question: &Question, day: Date) -> Scope {
    let scope = match question.metric.source() {
        Source::Reports => Scope::kinds(&["project", "programme", "person"])
            .with_reports(trend::reports_of(config, question.periods.len()))
            .on(day),
        Source::History => scope_then(question.metric),
    };
    Scope { projects: question.project.clone().map(|project| [project].into()), ..scope }
}

/// What it reads of a register as it stood.
pub fn scope_then(metric: Metric) -> Scope {
    Scope::kinds(match metric {
        Metric::Scope => &["project", "programme", "person", "change"],
        Metric::Budget => &["project", "programme", "person"],
        _ => &["project", "programme", "person", "risk"],
    })
}

/// The kinds of record that are needed only while a project's readings are taken.
pub fn passing() -> KindSet {
    KindSet::of(&["status"])
}

/// What the reports of one project say: its readings, one a period.
pub fn readings(register: &Register, id: &str, question: &Question, day: Date) -> Vec<Entry> {
    if question.project.as_deref().is_some_and(|only| only != id) {
        return Vec::new();
    }
    trend::reported(register, id, &question.periods, question.by, day)
}

/// What every project holds in a register as it stood at the end of the `at`-th period.
pub fn holdings(register: &Register, question: &Question, at: usize, day: Date) -> Vec<Entry> {
    trend::held(register, at, question.by, question.project.as_deref(), day)
}

/// The periods of a question whose figures status reports tell.
pub fn told_by_reports(question: &Question, day: Date) -> Vec<Seen> {
    let seen = |period: &Period| Seen {
        period: *period,
        until: period.last().min(day),
        source: None,
        unknown: None,
    };
    question.periods.iter().map(seen).collect()
}

/// Makes the report of the projects' readings.
pub fn trend(
    register: &Register,
    entries: Vec<Entry>,
    periods: Vec<Seen>,
    asked: &Asked,
    question: &Question,
) -> Trend {
    let head = Head::new("trend", register, asked);
    let metric = question.metric;
    let is_shown = head.shows(section(metric));
    let entries = if is_shown { entries } else { Vec::new() };
    let series = trend::fold(metric, entries, periods.len(), &head.currency);
    let series = series.into_iter().map(|series| Line::of(series, metric, &periods)).collect();
    Trend {
        incomplete: Incomplete::of(register, &scope(&register.config, question, asked.day)),
        metric: metric.word(),
        about: metric.about(),
        read_from: metric.source(),
        by: question.by,
        project: question.project.clone(),
        measures: metric.measures(),
        periods,
        series,
        head,
        is_shown,
        kind: metric,
    }
}

/// The section of other reports in which a metric's figures stand.
fn section(metric: Metric) -> Section {
    match metric {
        Metric::Rag => Section::Ratings,
        Metric::Risks | Metric::Exposure => Section::Risks,
        Metric::Scope => Section::Changes,
        Metric::Cost | Metric::Slip | Metric::Progress | Metric::Reporting | Metric::Budget => {
            Section::Projects
        }
    }
}

impl Line {
    fn of(series: trend::Series, metric: Metric, periods: &[Seen]) -> Self {
        let (group, group_name) = series.group.unzip();
        let named = |values: Vec<Option<Number>>| {
            Values(metric.measures().iter().map(|measure| measure.key).zip(values).collect())
        };
        let points = periods.iter().zip(series.points).map(|(seen, point)| Point {
            period: seen.period,
            counted: point.counted,
            missing: point.missing,
            silent: point.silent,
            values: named(point.values),
        });
        Self { group, group_name, series_currency: series.currency, points: points.collect() }
    }

    /// A figure over all periods.
    fn values(&self, measure: usize) -> Vec<Option<rust_decimal::Decimal>> {
        let value = |point: &Point| point.values.0.get(measure).and_then(|(_, value)| *value);
        self.points.iter().map(|point| value(point).map(|number| number.0)).collect()
    }
}

impl Trend {
    /// The report as a page.
    pub fn page(&self) -> Document {
        page::page(self)
    }
}
