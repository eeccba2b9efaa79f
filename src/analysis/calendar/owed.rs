//! Who owes which report, and what became of it: missing, draft, broken, not committed, on time, late.

use super::{filing, terms_of};
use crate::model::filing::{Commit, Filing, Unknown};
use crate::model::period_record::{PeriodRecord, PeriodState};
use crate::model::{Date, Name, Period, Project, Register, Slot};

/// What became of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became<'a> {
    /// There is no file.
    Missing,
    /// Placeholders are left in it.
    Draft,
    /// It cannot be read.
    Broken,
    /// It is complete, and no commit holds it.
    Uncommitted,
    /// It was filed by the end of its deadline and days of grace.
    OnTime(&'a Commit),
    /// It was filed later than that.
    Late(&'a Commit),
    /// It is complete, and nobody can tell when it was filed; nothing is said where nobody asked.
    Filed(Option<&'a Unknown>),
}

impl<'a> Became<'a> {
    /// Whether the report is with the office.
    pub fn is_submitted(self) -> bool {
        matches!(self, Self::OnTime(_) | Self::Late(_) | Self::Filed(_))
    }

    /// The commit that filed it, where that is known.
    pub fn commit(self) -> Option<&'a Commit> {
        match self {
            Self::OnTime(commit) | Self::Late(commit) => Some(commit),
            _ => None,
        }
    }
}

/// A report that a project owes for a period.
#[derive(Clone, Copy, Debug)]
pub struct Owed<'a> {
    /// The project's id.
    pub project: &'a str,
    /// Its charter.
    pub charter: &'a Project,
    /// The period.
    pub period: Period,
    /// The deadline.
    pub deadline: Date,
    /// What became of the report.
    pub became: Became<'a>,
    /// Days from the deadline to the day on which it was filed, or to today while it is not; 0 before it.
    pub days_late: i64,
    /// Whether the period was closed without it.
    pub is_missed: bool,
}

/// Says what became of a project's report for a period; nothing when its charter was not read.
///
/// It wants the report read, `Register::filings` for on time and late, and the records of periods for what was
/// missed.
pub fn report<'a>(register: &'a Register, project: &str, period: Period, day: Date) -> Option<Owed<'a>> {
    let (project, shelf) = register.projects.get_key_value(project)?;
    let charter: &Project = shelf.get(&Name::Sole)?;
    let terms = terms_of(register, project);
    let deadline = terms.deadline(period);
    let became = match shelf.slot("status", &Name::Period(period)) {
        None => Became::Missing,
        Some(Slot::Draft(_)) => Became::Draft,
        Some(Slot::Broken) => Became::Broken,
        Some(Slot::Read(_) | Slot::Unread) => match register.filings.of(project, period) {
            None => Became::Filed(None),
            Some(Filing::Unknown(why)) => Became::Filed(Some(why)),
            // As seen on an earlier day: the commit is still to come, and the file is there all the same.
            Some(Filing::With(commit)) if commit.day() > day => Became::Filed(None),
            Some(Filing::Uncommitted) => Became::Uncommitted,
            Some(Filing::With(commit)) if terms.is_past(period, commit.day()) => Became::Late(commit),
            Some(Filing::With(commit)) => Became::OnTime(commit),
        },
    };
    let until = match became {
        Became::Late(commit) => commit.day(),
        _ if became.is_submitted() => deadline,
        _ => day,
    };
    let is_missed = !became.is_submitted() && is_closed(register, period);
    let days_late = until.days_since(deadline).max(0);
    Some(Owed { project, charter, period, deadline, became, days_late, is_missed })
}

/// Whether the period takes no more reports.
pub fn is_closed(register: &Register, period: Period) -> bool {
    let record: Option<&PeriodRecord> = register.own.get(&Name::Period(period));
    record.is_some_and(|record| record.state == PeriodState::Closed)
}

/// The periods for which a project owes reports on a day: those that were missed, that whose deadline came
/// last, and the current one, from the one in which it started; none for a project that does not report.
pub fn periods_due(register: &Register, project: &str, day: Date) -> Vec<Period> {
    let terms = terms_of(register, project);
    let (true, Some(filing), Some(charter)) =
        (terms.reports(), filing(register, project, day), register.project(project))
    else {
        return Vec::new();
    };
    let first = terms.first_owed(charter);
    let mut periods = filing.missed_periods();
    periods.extend([filing.wanted, terms.current(day)]);
    periods.retain(|period| first.is_none_or(|first| first <= *period));
    periods.sort();
    periods.dedup();
    periods
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::{day, register};

    const CHARTER: &str = "name = 'CRM'\nmanager = 'jana'\nstate = 'active'\nschedule.start = 2026-11-09\n";
    const REPORT: &str = "summary = 'x'\nrag.overall = 'green'\n";

    fn week(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn on_time_is_until_the_end_of_grace_and_lateness_counts_from_the_deadline() {
        let files = [
            ("projects/crm/project.toml", CHARTER.to_owned() + "reporting.grace_days = 1\n"),
            ("projects/crm/status/2026-W47.toml", REPORT.to_owned()),
        ];
        let mut register = register(&files.each_ref().map(|(path, text)| (*path, text.as_str())));
        let commit = |days: i64| Commit {
            id: "c".to_owned(),
            // Noon of Friday 20 November, and days after.
            seconds: 1_795_176_000 + days * 86_400,
            offset_minutes: 0,
            author: String::new(),
        };
        let mut became = |filing: Option<Filing>| {
            register.filings = crate::model::filing::Filings::default();
            if let Some(filing) = filing {
                register.filings.put("crm", week("2026-W47"), filing);
            }
            let owed = report(&register, "crm", week("2026-W47"), day("2026-11-30")).unwrap();
            (
                format!("{:?}", owed.became).chars().take_while(|c| *c != '(').collect::<String>(),
                owed.days_late,
            )
        };
        assert_eq!(became(Some(Filing::With(commit(-3)))), ("OnTime".to_owned(), 0));
        assert_eq!(became(Some(Filing::With(commit(1)))), ("OnTime".to_owned(), 0));
        assert_eq!(became(Some(Filing::With(commit(2)))), ("Late".to_owned(), 2));
        assert_eq!(became(Some(Filing::Uncommitted)), ("Uncommitted".to_owned(), 10));
        assert_eq!(became(Some(Filing::Unknown(Unknown::Shallow))), ("Filed".to_owned(), 0));
        assert_eq!(became(None), ("Filed".to_owned(), 0));
    }

    #[test]
    fn what_is_due_begins_with_the_start_and_ends_with_the_current_period() {
        let due = |charter: &str, on: &str| {
            let register = register(&[("projects/crm/project.toml", charter)]);
            let periods = periods_due(&register, "crm", day(on));
            periods.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(due(CHARTER, "2026-11-06"), "");
        assert_eq!(due(CHARTER, "2026-11-10"), "2026-W46");
        assert_eq!(due(CHARTER, "2026-11-23"), "2026-W46 2026-W47 2026-W48");
        assert_eq!(due(&CHARTER.replace("active", "on-hold"), "2026-11-23"), "");
    }
}
