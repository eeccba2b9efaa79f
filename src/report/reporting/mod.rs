//! How reliably projects report: on time, late, missing, by manager and programme; time in red, ratings that turn to and
//! fro, stale figures.

mod page;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::analysis::discipline::{self, Came, Discipline, Mark, Window};
use crate::document::Document;
use crate::model::audience::{Section, Withhold};
use crate::model::filing::Unknown;
use crate::model::lifecycle::ProjectState;
use crate::model::scope::FilingScope;
use crate::model::{Number, Period, Register, Reports, Scope};

use super::head::{Asked, Head};
use super::incomplete::Incomplete;

/// How reliably projects reported over the last periods.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reporting {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// The stretch of time.
    pub window: Window,
    /// Within how many periods a rating has to turn back for it to count as a flap.
    pub flap_periods: i64,
    /// Everything added up.
    pub total: Figures,
    /// Each of the register's periods, the oldest first: the reports with a deadline in it.
    pub periods: Vec<PeriodLine>,
    /// Each manager, the least reliable first; by whoever manages a project now.
    pub managers: Vec<Group>,
    /// Each programme, the least reliable first.
    pub programmes: Vec<Group>,
    /// Each project that owed a report, the least reliable first.
    pub projects: Vec<ProjectLine>,
    /// Why nobody can tell when some reports were filed, and of how many projects.
    pub unknown: Vec<(Unknown, usize)>,
}

/// Counts, with the shares that follow from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Figures {
    /// The counts.
    #[serde(flatten)]
    pub counts: Discipline,
    /// Reports on time, in percent of those of which it is known; nothing where it is known of none.
    pub on_time_percent: Option<Number>,
    /// By how many days the late ones were late on average.
    pub mean_days_late: Option<Number>,
    /// Periods under a red rating, in percent of those with a known rating.
    pub red_percent: Option<Number>,
}

impl From<Discipline> for Figures {
    fn from(counts: Discipline) -> Self {
        let share = |part: i64, whole: usize, scale: i64| {
            let whole = i64::try_from(whole).ok().filter(|whole| *whole > 0)?;
            Decimal::from(part.checked_mul(scale)?).checked_div(whole.into()).map(Number)
        };
        let of = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        Self {
            on_time_percent: share(of(counts.on_time), counts.known(), 100),
            mean_days_late: share(counts.days_late, counts.late, 1),
            red_percent: share(of(counts.red), counts.rated, 100),
            counts,
        }
    }
}

/// The reports of one period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PeriodLine {
    /// The period.
    pub period: Period,
    /// What became of them.
    #[serde(flatten)]
    pub figures: Figures,
}

/// The reports of a manager's or programme's projects.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// The person or programme; nothing for projects without one.
    pub id: Option<String>,
    /// What people call it.
    pub name: String,
    /// How many projects.
    pub projects: usize,
    /// What became of them.
    #[serde(flatten)]
    pub figures: Figures,
}

/// The reports of one project.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProjectLine {
    /// The project.
    pub project: String,
    /// What people call it.
    pub name: String,
    /// Its manager.
    pub manager: String,
    /// The manager's name.
    pub manager_name: String,
    /// Its programme.
    pub programme: Option<String>,
    /// Its state now.
    pub state: ProjectState,
    /// What became of its reports.
    #[serde(flatten)]
    pub figures: Figures,
    /// Period by period, the oldest first.
    pub marks: Vec<Mark>,
}

/// What the report reads: charters and every report, and of git when those of the stretch were filed.
pub fn scope(window: &Window, asked: &Asked) -> Scope {
    let filings = FilingScope { deadlines: Some((window.from, window.until)), ..FilingScope::default() };
    let scope = Scope::kinds(&["project", "programme", "person", "period"]);
    Scope { filings, ..scope.with_reports(Reports::All).on(asked.day) }
}

/// Makes the report.
pub fn reporting(register: &Register, asked: &Asked, window: Window) -> Reporting {
    let head = Head::new("reporting", register, asked);
    let mut report = Reporting {
        incomplete: Incomplete::of(register, &scope(&window, asked)),
        window,
        flap_periods: discipline::FLAP,
        total: Figures::default(),
        periods: Vec::new(),
        managers: Vec::new(),
        programmes: Vec::new(),
        projects: Vec::new(),
        unknown: Vec::new(),
        head,
    };
    let mut total = Discipline::default();
    let mut managers = Groups::default();
    let mut programmes = Groups::default();
    for (id, charter, _) in register.charters() {
        let Some(record) = discipline::of(register, id, &window, asked.day) else { continue };
        if record.marks.is_empty() {
            continue;
        }
        total.add(&record.total);
        let manager = register.person_name(&charter.manager);
        managers.add(Some(&charter.manager), manager, &record.total);
        let programme = charter.programme.as_deref();
        let name = programme.map(|id| register.programme(id).map_or(id, |programme| programme.name.as_str()));
        programmes.add(programme, name.unwrap_or("Without a programme"), &record.total);
        if let Some(why) = record.unknown {
            match report.unknown.iter_mut().find(|(other, _)| *other == why) {
                Some((_, count)) => *count += 1,
                None => report.unknown.push((why, 1)),
            }
        }
        report.projects.push(ProjectLine {
            project: id.to_owned(),
            name: charter.name.clone(),
            manager: charter.manager.clone(),
            manager_name: manager.to_owned(),
            programme: charter.programme.clone(),
            state: charter.state,
            figures: record.total.into(),
            marks: record.marks,
        });
    }
    report.total = total.into();
    report.periods = periods(&report, register);
    report.projects.sort_by_key(|line| (worst_first(&line.figures), line.project.clone()));
    // Where nobody's name may be read there is one group of everybody.
    if !report.head.withholds(Withhold::People) {
        report.managers = managers.sorted();
    }
    if register.programmes.is_empty() && programmes.0.len() < 2 {
        programmes = Groups::default();
    }
    report.programmes = programmes.sorted();
    if !report.head.shows(Section::Projects) {
        report.projects.clear();
    }
    report
}

/// Groups by id.
#[derive(Default)]
struct Groups(BTreeMap<Option<String>, (String, usize, Discipline)>);

impl Groups {
    fn add(&mut self, id: Option<&str>, name: &str, counts: &Discipline) {
        let group = self
            .0
            .entry(id.map(str::to_owned))
            .or_insert_with(|| (name.to_owned(), 0, Discipline::default()));
        group.1 += 1;
        group.2.add(counts);
    }

    fn sorted(self) -> Vec<Group> {
        let groups = self.0.into_iter().map(|(id, (name, projects, counts))| Group {
            id,
            name,
            projects,
            figures: counts.into(),
        });
        let mut groups: Vec<Group> = groups.collect();
        groups.sort_by_key(|group| (worst_first(&group.figures), group.id.is_none(), group.name.clone()));
        groups
    }
}

/// The order in which somebody should look: the smallest share on time first, then the most missing; what is not
/// known last.
fn worst_first(figures: &Figures) -> (bool, Option<Number>, std::cmp::Reverse<(usize, usize)>) {
    let share = figures.on_time_percent;
    (share.is_none(), share, std::cmp::Reverse((figures.counts.missing, figures.counts.late)))
}

/// The reports by the register's periods, in which their deadlines lie.
fn periods(report: &Reporting, register: &Register) -> Vec<PeriodLine> {
    let cadence = register.config.reporting.cadence;
    let mut all: BTreeMap<Period, Discipline> = BTreeMap::new();
    for mark in report.projects.iter().flat_map(|line| &line.marks) {
        let counts = all.entry(Period::containing(mark.due, cadence)).or_default();
        counts.due += 1;
        match mark.came {
            Came::OnTime => counts.on_time += 1,
            Came::Late => counts.late += 1,
            Came::Missing => counts.missing += 1,
            Came::Unknown => counts.unknown += 1,
        }
        counts.days_late += mark.days_late;
        counts.rated += usize::from(mark.rating.is_some());
        counts.red += usize::from(mark.rating == Some(crate::model::Rag::Red));
        counts.flaps += usize::from(mark.is_flap);
        counts.stale += usize::from(mark.is_stale);
    }
    all.into_iter().map(|(period, counts)| PeriodLine { period, figures: counts.into() }).collect()
}

impl Reporting {
    /// The report as a page.
    pub fn page(&self) -> Document {
        page::page(self)
    }
}
