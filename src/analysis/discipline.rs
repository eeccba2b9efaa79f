//! How reliably projects report: in time, late or not at all, how long in red, and how much a report can be relied on.

use std::iter;

use serde::Serialize;

use super::calendar::owed::{self, Became};
use super::calendar::{common, periods, terms_of};
use crate::model::filing::Unknown;
use crate::model::{Cadence, Config, Date, Name, Period, Rag, Register, Slot, Status};

/// Within how many periods a rating that turned has to turn back for it to be a flap.
pub const FLAP: i64 = 3;

/// No project is asked for more reports than this.
const MOST: usize = 1_000;

/// The stretch of time that is looked at: whole periods of the register, all past their deadline and grace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Window {
    /// The oldest period.
    pub oldest: Period,
    /// The newest period.
    pub newest: Period,
    /// The first day of the oldest.
    pub from: Date,
    /// The last day of the newest.
    pub until: Date,
}

impl Window {
    /// How many periods are looked at unless told otherwise: a quarter of weeks, half a year of fortnights, a year
    /// of months, two years of quarters.
    pub fn usual(cadence: Cadence) -> usize {
        match cadence {
            Cadence::Weekly | Cadence::Fortnightly => 13,
            Cadence::Monthly => 12,
            Cadence::Quarterly => 8,
        }
    }

    /// The newest so many periods of the register whose deadline and days of grace have passed by the day.
    pub fn of(config: &Config, count: usize, day: Date) -> Self {
        let newest = common(config).newest_past(day);
        let back = iter::successors(Some(newest), |period| Some(period.previous()));
        let oldest = back.take(count.clamp(1, MOST)).last().unwrap_or(newest);
        Self { oldest, newest, from: oldest.first(), until: newest.last() }
    }
}

/// The reports that a project owed with a deadline between two days, the oldest first; none that could still be in
/// time.
///
/// From the period in which it started, or where that is not known from its first report. A project that owes none
/// now (on hold, closed, of a state that does not report) is asked only for those up to its last report.
pub fn owed_between(register: &Register, project: &str, between: (Date, Date), day: Date) -> Vec<Period> {
    let (Some(charter), Some(shelf)) = (register.project(project), register.projects.get(project)) else {
        return Vec::new();
    };
    let terms = terms_of(register, project);
    let filed = || {
        periods(shelf).filter(|period| {
            let slot = shelf.slot("status", &Name::Period(*period));
            !terms.is_off(shelf, *period) && matches!(slot, Some(Slot::Read(_) | Slot::Unread))
        })
    };
    let past = terms.newest_past(day);
    let newest = match terms.reports() {
        true => Some(past),
        false => filed().rfind(|period| *period <= past),
    };
    let first = terms.first_owed(charter).or_else(|| filed().next()).or(newest);
    let (Some(newest), Some(first)) = (newest, first) else { return Vec::new() };
    let back = iter::successors(Some(newest), |period| Some(period.previous())).take(MOST);
    let back = back.skip_while(|period| terms.deadline(*period) > between.1);
    let mut found: Vec<Period> =
        back.take_while(|period| terms.deadline(*period) >= between.0 && *period >= first).collect();
    found.reverse();
    found
}

/// How reliably reports came, added up over projects and periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize)]
pub struct Discipline {
    /// Reports that were owed.
    pub due: usize,
    /// Those filed by the end of their deadline and days of grace.
    pub on_time: usize,
    /// Those filed later.
    pub late: usize,
    /// Those that are not there, are drafts, cannot be read, or are in no commit.
    pub missing: usize,
    /// Those that are there, and nobody can tell when they were filed.
    pub unknown: usize,
    /// The days by which the late ones were late, added up.
    pub days_late: i64,
    /// Periods for which a rating is known: reported, or that of the last report.
    pub rated: usize,
    /// Periods under a red rating; silence does not end it.
    pub red: usize,
    /// Ratings that turned and turned back within [`FLAP`] periods.
    pub flaps: usize,
    /// Reports whose data are older than their period, or whose figures all stand as in the report before.
    pub stale: usize,
}

impl Discipline {
    /// Adds another.
    pub fn add(&mut self, other: &Self) {
        self.due += other.due;
        self.on_time += other.on_time;
        self.late += other.late;
        self.missing += other.missing;
        self.unknown += other.unknown;
        self.days_late += other.days_late;
        self.rated += other.rated;
        self.red += other.red;
        self.flaps += other.flaps;
        self.stale += other.stale;
    }

    /// How many of the reports are known to have come on time or not.
    pub fn known(&self) -> usize {
        self.on_time + self.late + self.missing
    }
}

/// What became of the report for one period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// The period.
    pub period: Period,
    /// Its deadline.
    pub due: Date,
    /// What became of the report.
    pub came: Came,
    /// Days from the deadline to the day of filing, of a late one.
    pub days_late: i64,
    /// The rating under which the project counts: the report's, or that of the last one.
    pub rating: Option<Rag>,
    /// Whether the rating turned back with it, soon after it had turned.
    pub is_flap: bool,
    /// Whether its data are older than the period, or its figures all stand as in the report before.
    pub is_stale: bool,
}

/// How a report came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Came {
    /// By its deadline, or within the days of grace.
    OnTime,
    /// Later.
    Late,
    /// Not at all: no file, a draft, one that cannot be read, or that is in no commit.
    Missing,
    /// It is there, and nobody can tell since when.
    Unknown,
}

/// How reliably one project reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Added up.
    pub total: Discipline,
    /// Period by period, the oldest first.
    pub marks: Vec<Mark>,
    /// Why nobody can tell of some, where that is so.
    pub unknown: Option<Unknown>,
}

/// Says how reliably a project reported; it wants every report read, and `Register::filings` of the stretch.
pub fn of(register: &Register, project: &str, window: &Window, day: Date) -> Option<Record> {
    let shelf = register.projects.get(project)?;
    let asked = owed_between(register, project, (window.from, window.until), day);
    let terms = terms_of(register, project);
    let reports: Vec<(Period, &Status)> =
        shelf.series::<Status>().filter(|(period, _)| !terms.is_off(shelf, *period)).collect();
    let flaps = flaps(&reports);
    let mut record = Record { total: Discipline::default(), marks: Vec::new(), unknown: None };
    for period in asked {
        let owed = owed::report(register, project, period, day)?;
        let came = match owed.became {
            Became::OnTime(_) => Came::OnTime,
            Became::Late(_) => Came::Late,
            Became::Filed(why) => {
                record.unknown = record.unknown.or_else(|| why.cloned());
                Came::Unknown
            }
            Became::Missing | Became::Draft | Became::Broken | Became::Uncommitted => Came::Missing,
        };
        let at = reports.partition_point(|(other, _)| *other <= period);
        let known = reports[..at].iter().rev().map(|(_, status)| status.rag.overall);
        let mut known = known.filter(|rag| rag.severity().is_some());
        let own = reports[..at].last().filter(|(other, _)| *other == period);
        let before = at.checked_sub(2).map(|before| reports[before].1);
        record.marks.push(Mark {
            period,
            due: owed.deadline,
            came,
            days_late: if came == Came::Late { owed.days_late } else { 0 },
            rating: known.next(),
            is_flap: flaps.contains(&period),
            is_stale: own.is_some_and(|(_, status)| is_stale(period, status, before)),
        });
    }
    record.total = total(&record.marks);
    Some(record)
}

fn total(marks: &[Mark]) -> Discipline {
    let count = |came: Came| marks.iter().filter(|mark| mark.came == came).count();
    Discipline {
        due: marks.len(),
        on_time: count(Came::OnTime),
        late: count(Came::Late),
        missing: count(Came::Missing),
        unknown: count(Came::Unknown),
        days_late: marks.iter().map(|mark| mark.days_late).sum(),
        rated: marks.iter().filter(|mark| mark.rating.is_some()).count(),
        red: marks.iter().filter(|mark| mark.rating == Some(Rag::Red)).count(),
        flaps: marks.iter().filter(|mark| mark.is_flap).count(),
        stale: marks.iter().filter(|mark| mark.is_stale).count(),
    }
}

/// Whether a report's data are from before its period, or whatever moves while work goes on stands still.
///
/// Compared are work done, value earned, spent, and points done, as far as both reports give them: at least one,
/// and work that is not complete.
fn is_stale(period: Period, status: &Status, before: Option<&Status>) -> bool {
    let is_old = status.date.is_some_and(|date| date < period.first());
    let is_done = status.percent_complete.is_some_and(|done| done.0 >= rust_decimal::Decimal::ONE_HUNDRED);
    let figures = |status: &Status| {
        let points = status.agile.and_then(|agile| agile.done_total);
        [
            status.percent_complete.map(|done| done.0),
            status.earned_value.map(|value| value.0),
            status.actual_cost.map(|spent| spent.0),
            points.map(rust_decimal::Decimal::from),
        ]
    };
    let stands = before.is_some_and(|before| {
        let pairs = figures(status).into_iter().zip(figures(before));
        let mut both = pairs.filter_map(|(now, then)| now.zip(then)).peekable();
        both.peek().is_some() && both.all(|(now, then)| now == then)
    });
    is_old || (stands && !is_done)
}

/// The periods in which the overall rating turned back, soon after it had turned.
fn flaps(reports: &[(Period, &Status)]) -> Vec<Period> {
    let rated: Vec<(Period, Rag)> = reports
        .iter()
        .map(|(period, status)| (*period, status.rag.overall))
        .filter(|(_, rag)| rag.severity().is_some())
        .collect();
    let (mut found, mut at) = (Vec::new(), 1);
    while at < rated.len() {
        let (turned, before) = (rated[at], rated[at - 1]);
        let soon = |(period, _): &&(Period, Rag)| period.since(turned.0) <= FLAP;
        let back = rated[at..].iter().take_while(soon).position(|(_, rag)| *rag == before.1);
        match back.filter(|_| turned.1 != before.1) {
            Some(back) => {
                found.push(rated[at + back].0);
                at += back + 1;
            }
            None => at += 1,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::{day, register};
    use crate::model::filing::{Commit, Filing};

    const CHARTER: &str = "name = 'CRM'\nmanager = 'jana'\nstate = 'active'\nschedule.start = 2026-09-14\n";

    /// Reports of weeks 41 to 46 with these ratings; `-` is none, `x` a report without progress.
    fn weeks(charter: &str, ratings: &[&str]) -> Register {
        let mut files = vec![("projects/crm/project.toml".to_owned(), charter.to_owned())];
        for (at, rating) in ratings.iter().enumerate().filter(|(_, rating)| **rating != "-") {
            let (rating, done) = rating.strip_prefix('x').map_or((*rating, at), |rating| (rating, 0));
            let text = format!("summary = 's'\npercent_complete = {done}\nrag.overall = '{rating}'\n");
            files.push((format!("projects/crm/status/2026-W{}.toml", 41 + at), text));
        }
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        register(&files)
    }

    fn on_day(register: &Register, count: usize, on: &str) -> Discipline {
        let window = Window::of(&register.config, count, day(on));
        of(register, "crm", &window, day(on)).unwrap().total
    }

    #[test]
    fn the_window_ends_with_the_newest_period_that_is_past() {
        let config = Config::default();
        let window = Window::of(&config, 13, day("2026-11-20"));
        assert_eq!(
            (window.oldest.to_string(), window.newest.to_string()),
            ("2026-W34".into(), "2026-W46".into())
        );
        assert_eq!(Window::of(&config, 1, day("2026-11-21")).oldest.to_string(), "2026-W47");
    }

    #[test]
    fn what_is_owed_begins_with_the_start_and_ends_with_the_last_report_of_one_on_hold() {
        let count = |charter: &str, ratings: &[&str]| on_day(&weeks(charter, ratings), 13, "2026-11-20").due;
        assert_eq!(count(CHARTER, &[]), 9);
        assert_eq!(count(&CHARTER.replace("active", "on-hold"), &["green", "-", "green"]), 6);
        assert_eq!(count(&CHARTER.replace("active", "on-hold"), &[]), 0);
        assert_eq!(count(&CHARTER.replace("schedule.start = 2026-09-14", ""), &["green"]), 6);
    }

    #[test]
    fn late_missing_and_unknown_are_kept_apart() {
        let mut register = weeks(CHARTER, &["green", "green", "green", "-", "green", "-"]);
        let commit = |seconds| {
            Filing::With(Commit { id: String::new(), seconds, offset_minutes: 0, author: String::new() })
        };
        // Week 41 was due on Friday 9 October; noon of that day.
        let due = 1_791_547_200;
        register.filings.put("crm", "2026-W41".parse().unwrap(), commit(due));
        register.filings.put("crm", "2026-W42".parse().unwrap(), commit(due + 9 * 86_400));
        register.filings.put("crm", "2026-W43".parse().unwrap(), Filing::Uncommitted);
        register.filings.put("crm", "2026-W45".parse().unwrap(), Filing::Unknown(Unknown::Shallow));
        let total = on_day(&register, 6, "2026-11-20");
        assert_eq!((total.on_time, total.late, total.missing, total.unknown), (1, 1, 3, 1));
        assert_eq!((total.due, total.known(), total.days_late), (6, 5, 2));
    }

    #[test]
    fn silence_does_not_end_a_red() {
        let total = on_day(&weeks(CHARTER, &["red", "-", "red", "grey", "amber", "-"]), 6, "2026-11-20");
        assert_eq!((total.red, total.rated), (4, 6));
    }

    #[test]
    fn a_flap_turns_back_soon() {
        for (ratings, expected) in [
            (["green", "amber", "green", "green", "green", "green"], 1),
            (["green", "amber", "green", "amber", "green", "amber"], 2),
            (["green", "amber", "amber", "red", "red", "red"], 0),
            (["green", "amber", "amber", "amber", "green", "-"], 1),
            (["green", "amber", "amber", "amber", "amber", "green"], 0),
            (["green", "amber", "-", "green", "-", "-"], 1),
        ] {
            assert_eq!(on_day(&weeks(CHARTER, &ratings), 6, "2026-11-20").flaps, expected, "{ratings:?}");
        }
        // What turned back before the stretch is not counted.
        let early = weeks(CHARTER, &["green", "red", "green", "green", "green", "green"]);
        assert_eq!(on_day(&early, 2, "2026-11-20").flaps, 0);
    }

    #[test]
    fn a_report_is_stale_when_its_figures_stand_still_or_its_date_is_old() {
        let stale = |ratings: &[&str]| on_day(&weeks(CHARTER, ratings), 6, "2026-11-20").stale;
        assert_eq!(stale(&["green", "green", "green"]), 0);
        assert_eq!(stale(&["xgreen", "xgreen", "xgreen", "green"]), 2);
        let text = "summary = 's'\ndate = 2026-11-01\nrag.overall = 'green'\n";
        let files = [("projects/crm/project.toml", CHARTER), ("projects/crm/status/2026-W46.toml", text)];
        assert_eq!(on_day(&register(&files), 6, "2026-11-20").stale, 1);
    }
}
