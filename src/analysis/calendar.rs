//! Periods and deadlines: which report counts, which is owed, how many were missed.
//!
//! Which file is the newest report is decided by the names of files alone, so that a reader of two files
//! and a reader of all files come to the same answer.

pub mod owed;
mod terms;

use crate::model::{Date, Name, Period, Project, Register, Slot, Status};

pub use terms::{Terms, common, periods, terms, terms_of};

/// The newest report of a project that counts, of a period that has begun by the day; drafts, broken files
/// and those of another cadence do not count.
pub fn newest<'a>(register: &'a Register, project: &str, day: Date) -> Option<(Period, &'a Status)> {
    last(register, project, |period| period.first() <= day)
}

/// The report of a project that counts before the one of `period`.
pub fn previous<'a>(register: &'a Register, project: &str, period: Period) -> Option<(Period, &'a Status)> {
    last(register, project, |earlier| earlier < period)
}

/// The newest report of a project that counts, of this period or an earlier one.
pub fn up_to<'a>(register: &'a Register, project: &str, period: Period) -> Option<(Period, &'a Status)> {
    last(register, project, |earlier| earlier <= period)
}

fn last<'a>(
    register: &'a Register,
    project: &str,
    fits: impl Fn(Period) -> bool,
) -> Option<(Period, &'a Status)> {
    let shelf = register.projects.get(project)?;
    let terms = terms_of(register, project);
    shelf.series::<Status>().rfind(|(period, _)| fits(*period) && !terms.is_off(shelf, *period))
}

/// The day up to which a report's figures hold: its own date, else the last day of its period, and never
/// after the day.
pub fn data_date(period: Period, status: &Status, day: Date) -> Date {
    status.date.unwrap_or_else(|| period.last()).min(day)
}

/// How a project stands with its reports on a day.
#[derive(Clone, Copy)]
pub struct Filing<'a> {
    /// Whether the project owes reports.
    pub reports: bool,
    /// The newest period whose deadline has come.
    pub wanted: Period,
    /// The deadline of that period.
    pub deadline: Date,
    /// The newest report that counts.
    pub newest: Option<(Period, &'a Status)>,
    /// Whether that report is of the wanted period or later.
    pub is_current: bool,
    /// Periods missed: those whose deadline and grace have passed since the newest report, or since the
    /// start where there is none; 0 for a project that owes no reports.
    pub missed: i64,
    /// The newest period that was missed.
    pub newest_missed: Option<Period>,
    /// Whether a draft or a broken file stands where the newest missed or the wanted report should be.
    pub unusable: Option<Unusable>,
}

impl Filing<'_> {
    /// Every period that was missed, the oldest first.
    pub fn missed_periods(&self) -> Vec<Period> {
        let mut periods: Vec<Period> =
            std::iter::successors(self.newest_missed, |period| Some(period.previous()))
                .take(usize::try_from(self.missed).unwrap_or(0))
                .collect();
        periods.reverse();
        periods
    }
}

/// Why a report that is there does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// Placeholders are left in it.
    Draft,
    /// It could not be read.
    Broken,
}

/// Says how a project stands with its reports on a day.
///
/// `missed` is in periods of the project's cadence: the newest period past its deadline and grace, less
/// the period of the newest report. Without any report it counts from the first period owed, and is 1
/// where the start is not known either.
pub fn filing<'a>(register: &'a Register, project: &str, day: Date) -> Option<Filing<'a>> {
    let shelf = register.projects.get(project)?;
    let charter: &Project = shelf.get(&Name::Sole)?;
    let terms = terms_of(register, project);
    let wanted = terms.wanted(day);
    let newest = newest(register, project, day);
    let past = terms.newest_past(day);
    let missed = match newest {
        Some((period, _)) => past.since(period),
        None => terms.first_owed(charter).map_or(1, |first| past.since(first) + 1),
    };
    let reports = terms.reports();
    let missed = if reports { missed.max(0) } else { 0 };
    let newest_missed = (missed > 0).then_some(past);
    let unusable = match shelf.slot("status", &Name::Period(newest_missed.unwrap_or(wanted))) {
        Some(Slot::Draft(_)) => Some(Unusable::Draft),
        Some(Slot::Broken) => Some(Unusable::Broken),
        _ => None,
    };
    Some(Filing {
        reports,
        wanted,
        deadline: terms.deadline(wanted),
        is_current: newest
            .is_some_and(|(period, _)| period >= wanted && period.cadence() == terms.naming.cadence),
        newest,
        missed,
        newest_missed,
        unusable,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::{day, register};

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    const CHARTER: &str = "name = 'CRM'\nmanager = 'jana'\nstate = 'active'\nschedule.start = 2026-11-02\n";
    const REPORT: &str = "summary = 'x'\nrag.overall = 'green'\n";

    fn missed(files: &[(&str, &str)], on: &str) -> i64 {
        filing(&register(files), "crm", day(on)).unwrap().missed
    }

    #[test]
    fn missed_periods_count_from_the_newest_report_or_from_the_start() {
        let charter = ("projects/crm/project.toml", CHARTER);
        for (on, expected) in [("2026-11-06", 0), ("2026-11-07", 1), ("2026-11-20", 2), ("2026-11-21", 3)] {
            assert_eq!(missed(&[charter], on), expected, "{on}");
        }
        let filed = [charter, ("projects/crm/status/2026-W46.toml", REPORT)];
        for (on, expected) in [("2026-11-13", 0), ("2026-11-20", 0), ("2026-11-21", 1), ("2026-12-05", 3)] {
            assert_eq!(missed(&filed, on), expected, "{on}");
        }
        let held = CHARTER.replace("active", "on-hold");
        assert_eq!(missed(&[("projects/crm/project.toml", &held)], "2026-12-05"), 0);
        let unknown = CHARTER.replace("schedule.start = 2026-11-02", "");
        assert_eq!(missed(&[("projects/crm/project.toml", &unknown)], "2026-12-05"), 1);
        let monthly = format!("{CHARTER}reporting.cadence = 'monthly'\n");
        assert_eq!(missed(&[("projects/crm/project.toml", &monthly)], "2026-11-27"), 0);
        assert_eq!(missed(&[("projects/crm/project.toml", &monthly)], "2026-11-28"), 1);
    }

    #[test]
    fn reports_of_periods_to_come_do_not_count() {
        let files = [
            ("projects/crm/project.toml", CHARTER),
            ("projects/crm/status/2026-W46.toml", REPORT),
            ("projects/crm/status/2026-W47.toml", REPORT),
            ("projects/crm/status/2026-W48.toml", REPORT),
        ];
        let register = register(&files);
        let newest = newest(&register, "crm", day("2026-11-20")).unwrap().0;
        let before = previous(&register, "crm", newest).unwrap().0;
        assert_eq!((newest, before), (period("2026-W47"), period("2026-W46")));
        let filing = filing(&register, "crm", day("2026-11-20")).unwrap();
        assert!(filing.is_current && filing.missed == 0);
    }

    #[test]
    fn a_report_of_another_cadence_does_not_outrank_those_that_fit() {
        let newest_of = |files: &[&str]| {
            let paths: Vec<String> =
                files.iter().map(|name| format!("projects/crm/status/{name}.toml")).collect();
            let mut all = vec![("projects/crm/project.toml", CHARTER)];
            all.extend(paths.iter().map(|path| (path.as_str(), REPORT)));
            let register = register(&all);
            let filing = filing(&register, "crm", day("2026-11-20")).unwrap();
            (filing.newest.unwrap().0.to_string(), filing.missed)
        };
        assert_eq!(newest_of(&["2026-W44", "2026-11"]), ("2026-W44".to_owned(), 2));
        assert_eq!(newest_of(&["2026-10", "2026-W45", "2026-Q4"]), ("2026-W45".to_owned(), 1));
        // What was filed before the cadence changed still counts until the first that fits.
        assert_eq!(newest_of(&["2026-09", "2026-10"]).0, "2026-10");
    }
}
