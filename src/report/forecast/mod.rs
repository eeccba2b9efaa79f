//! How good the organisation's forecasts are, and what its own past says of the projects that are open.

mod page;

use serde::Serialize;

use crate::analysis::calibration::{self, Call, Calls};
use crate::analysis::reference_class::{self, Alike, PastProjects, Range, Refused};
use crate::analysis::track::Track;
use crate::document::Document;
use crate::model::audience::{Section, Withhold};
use crate::model::lifecycle::ProjectState;
use crate::model::{Date, KindSet, Number, Register, Reports, Scope};

use super::head::{Asked, Head};
use super::incomplete::Incomplete;

/// How good forecasts are, and what follows for open projects.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Forecast {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// The one project that is looked at.
    pub project: Option<String>,
    /// The least number of past projects that a range may rest on.
    pub minimum: usize,
    /// The past projects.
    pub past: Past,
    /// How forecasts moved: over all projects first, then by group.
    pub calibration: Vec<Moved>,
    /// How early red was called before a slip.
    pub calls: Called,
    /// The open projects, by id.
    pub projects: Vec<Outlook>,
    #[serde(skip)]
    is_shown: bool,
}

/// The projects that are over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Past {
    /// Delivered and closed, with the day.
    pub closed: usize,
    /// Terminated: they tell nothing of how long or dear delivery is.
    pub terminated: usize,
    /// Of the closed ones, how many have a start and a forecast or an agreed finish.
    pub with_finish: usize,
    /// How many have a cost, and a forecast or a budget.
    pub with_cost: usize,
}

/// How the forecasts of a group moved.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Moved {
    /// What groups it: `all`, `method`, `class`, `programme` or `manager`.
    pub by: &'static str,
    /// The group, by its word or id.
    pub group: Option<String>,
    /// What people call it.
    pub group_name: Option<String>,
    /// Forecasts of the finish.
    pub finish: Pace,
    /// Forecasts of the cost.
    pub cost: Pace,
}

/// How far forecasts moved a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Pace {
    /// Days, or percent of the first forecast; nothing where too few projects were watched.
    pub a_month: Option<Number>,
    /// How many projects it rests on.
    pub projects: usize,
    /// For how many months they were watched, all together.
    pub months: Number,
}

/// How early red was called.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Called {
    /// More than so many days behind the agreed finish is a slip.
    pub limit_days: i64,
    /// How many projects slipped.
    pub slipped: usize,
    /// How many of them were called red before.
    pub before: usize,
    /// How many in the same report.
    pub with: usize,
    /// How many after.
    pub after: usize,
    /// How many never.
    pub never: usize,
    /// The median of the days by which red came before the slip; negative when after.
    pub median_lead_days: Option<Number>,
    /// The slips, by project.
    pub slips: Vec<Slip>,
}

/// A slip.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Slip {
    /// The project.
    pub project: String,
    /// The day on which it was there to see.
    pub on: Date,
    /// When red was called.
    #[serde(flatten)]
    pub call: Call,
}

/// What the past says of an open project, beside what its manager says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outlook {
    /// Its id.
    pub project: String,
    /// What people call it.
    pub name: String,
    /// How much of the time that it is thought to take has passed, in percent.
    pub stage_percent: Option<Number>,
    /// The currency of its amounts.
    pub project_currency: String,
    /// Its finish.
    pub finish: Expected<Date>,
    /// Its cost at completion.
    pub cost: Expected<Number>,
}

/// A figure as it is agreed, as the manager forecasts it, and as the past has it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Expected<T> {
    /// As agreed.
    pub agreed: Option<T>,
    /// As the manager forecasts it.
    pub forecast: Option<T>,
    /// As the reference class has it.
    pub range: Option<Likely<T>>,
    /// Why there is no range.
    pub refused: Option<Refused>,
}

/// A range.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Likely<T> {
    /// As likely too high as too low.
    pub p50: T,
    /// Four in five past projects would have ended here or before.
    pub p80: T,
    /// The factor behind the P50: outcome over forecast at the comparable stage.
    pub factor_p50: Number,
    /// The factor behind the P80.
    pub factor_p80: Number,
    /// By what past projects were chosen.
    pub alike: Alike,
    /// How many past projects it rests on.
    pub projects: usize,
    /// How many of them kept to what was forecast at that stage.
    pub met: usize,
}

/// What the report reads: charters, booked costs and every report.
pub fn scope(day: Date) -> Scope {
    Scope::kinds(&["project", "programme", "person", "actuals"]).with_reports(Reports::All).on(day)
}

/// The kinds of record that are needed only while a project's track is read.
pub fn passing() -> KindSet {
    KindSet::of(&["status", "actuals"])
}

/// Makes the report of the projects' tracks; `only` is the one open project that is looked at.
pub fn forecast(register: &Register, tracks: &[Track], asked: &Asked, only: Option<&str>) -> Forecast {
    let head = Head::new("forecast", register, asked);
    let is_shown = head.shows(Section::Projects);
    let tracks = if is_shown { tracks } else { &[] };
    let minimum = register.config.forecast.minimum;
    let past = PastProjects::of(tracks);
    let is_open = |track: &&Track| {
        matches!(track.state, ProjectState::Active | ProjectState::OnHold | ProjectState::Closing)
            && only.is_none_or(|only| only == track.project)
    };
    let open = tracks.iter().filter(is_open);
    Forecast {
        incomplete: Incomplete::of(register, &scope(asked.day)),
        project: only.map(str::to_owned),
        minimum,
        past: Past::of(tracks),
        calibration: calibration(register, tracks, &head),
        calls: called(tracks, register.config.thresholds.schedule.red_days),
        projects: open.map(|track| outlook(track, &past, minimum, asked.day)).collect(),
        head,
        is_shown,
    }
}

impl Past {
    fn of(all: &[Track]) -> Self {
        let past: Vec<&Track> = all.iter().filter(|track| track.outcome.is_some()).collect();
        let terminated = all.iter().filter(|track| track.state == ProjectState::Terminated).count();
        let has_forecast = |track: &&Track| {
            track.first_agreed.finish.is_some() || track.sights.iter().any(|sight| sight.finish.is_some())
        };
        let has_cost = |track: &&Track| {
            track.outcome.is_some_and(|outcome| outcome.cost.is_some())
                && (track.first_agreed.budget.is_some()
                    || track.sights.iter().any(|sight| sight.cost.is_some()))
        };
        Self {
            closed: past.len(),
            terminated,
            with_finish: past
                .iter()
                .copied()
                .filter(|track| track.start.is_some())
                .filter(has_forecast)
                .count(),
            with_cost: past.iter().copied().filter(has_cost).count(),
        }
    }
}

/// A way to put tracks together: its word, and the group of a track.
type Grouping = (&'static str, fn(&Track) -> Option<&str>);

const GROUPINGS: [Grouping; 4] = [
    ("method", |track| track.method.map(crate::model::project::Method::word)),
    ("class", |track| track.class.as_deref()),
    ("programme", |track| track.programme.as_deref()),
    ("manager", |track| Some(&track.manager)),
];

fn calibration(register: &Register, tracks: &[Track], head: &Head) -> Vec<Moved> {
    let moved = |by, group: Option<&str>, name: Option<String>, of: &[&Track]| Moved {
        by,
        group: group.map(str::to_owned),
        group_name: name,
        finish: Pace::of(calibration::pace(of.iter().filter_map(|track| calibration::finish(track)))),
        cost: Pace::of(calibration::pace(of.iter().filter_map(|track| calibration::cost(track)))),
    };
    let everything: Vec<&Track> = tracks.iter().collect();
    let mut all = vec![moved("all", None, None, &everything)];
    for (by, group_of) in GROUPINGS {
        if by == "manager" && head.withholds(Withhold::People) {
            continue;
        }
        let mut groups: Vec<&str> = tracks.iter().filter_map(group_of).collect();
        groups.sort_unstable();
        groups.dedup();
        for group in groups {
            let own: Vec<&Track> = tracks.iter().filter(|track| group_of(track) == Some(group)).collect();
            let name = match by {
                "programme" => register.programme(group).map_or(group, |programme| programme.name.as_str()),
                "manager" => register.person_name(group),
                "class" => register
                    .config
                    .class(Some(group))
                    .and_then(|class| class.name.as_deref())
                    .unwrap_or(group),
                _ => group,
            };
            all.push(moved(by, Some(group), Some(name.to_owned()), &own));
        }
    }
    all
}

impl Pace {
    fn of(pace: calibration::Pace) -> Self {
        Self { a_month: pace.a_month.map(Number), projects: pace.projects, months: Number(pace.months) }
    }
}

fn called(tracks: &[Track], limit: i64) -> Called {
    let slips: Vec<(&str, calibration::Slip)> = tracks
        .iter()
        .filter_map(|track| Some((track.project.as_str(), calibration::slip(track, limit)?)))
        .collect();
    let Calls { slipped, before, with, after, never, median_lead } =
        calibration::calls(slips.iter().map(|(_, slip)| *slip));
    let slip = |(project, slip): (&str, calibration::Slip)| Slip {
        project: project.to_owned(),
        on: slip.on,
        call: slip.call,
    };
    Called {
        limit_days: limit,
        slipped,
        before,
        with,
        after,
        never,
        median_lead_days: median_lead.map(Number),
        slips: slips.into_iter().map(slip).collect(),
    }
}

fn outlook(track: &Track, past: &PastProjects<'_>, minimum: usize, day: Date) -> Outlook {
    let ends = track.forecast_finish().or(track.agreed.finish);
    let seen = track.sights.last().map_or(day, |sight| sight.date);
    let stage = ends.and_then(|ends| track.stage(seen, ends));
    Outlook {
        project: track.project.clone(),
        name: track.name.clone(),
        stage_percent: stage.map(|share| Number(share * rust_decimal::Decimal::ONE_HUNDRED)),
        project_currency: track.currency.clone(),
        finish: Expected::of(
            track.agreed.finish,
            track.forecast_finish(),
            reference_class::finish(track, past, minimum, day),
        ),
        cost: Expected::of(
            track.agreed.budget,
            track.forecast_cost(),
            reference_class::cost(track, past, minimum, day),
        ),
    }
}

impl<T> Expected<T> {
    fn of(agreed: Option<T>, forecast: Option<T>, found: Result<Range<T>, Refused>) -> Self {
        let (range, refused) = match found {
            Ok(range) => (Some(Likely::of(range)), None),
            Err(refused) => (None, Some(refused)),
        };
        Self { agreed, forecast, range, refused }
    }
}

impl<T> Likely<T> {
    fn of(range: Range<T>) -> Self {
        let [factor_p50, factor_p80] = range.factors.map(Number);
        Self {
            p50: range.p50,
            p80: range.p80,
            factor_p50,
            factor_p80,
            alike: range.alike,
            projects: range.projects,
            met: range.met,
        }
    }
}

impl Forecast {
    /// The report as a page.
    pub fn page(&self) -> Document {
        page::page(self)
    }
}
