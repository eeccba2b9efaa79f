//! When a project's reports are due: its own terms, from its charter, the overrides and the register.

use std::iter;

use crate::model::reporting::{Naming, Weekday};
use crate::model::{Cadence, Config, Date, Name, Period, Project, Register, Shelf};

/// When a project's reports are due.
#[derive(Clone, Debug)]
pub struct Terms<'a> {
    /// How often it owes reports; nothing for a project that owes none.
    pub cadence: Option<Cadence>,
    /// How its reports are named, also those of a project that owes none.
    pub naming: Naming,
    /// The weekday on which they are due: the last such day of the period.
    pub due: Weekday,
    /// Days after the deadline before a report counts as missing.
    pub grace_days: u32,
    /// Days on which nobody works.
    pub holidays: &'a [Date],
}

/// A project's terms: what its charter says, else the first override that fits, else the register.
///
/// A project whose charter was not read owes nothing, and its reports are named as the register's are.
pub fn terms<'a>(config: &'a Config, id: &str, charter: Option<&Project>) -> Terms<'a> {
    let reporting = &config.reporting;
    let own = charter.and_then(|charter| charter.reporting).unwrap_or_default();
    let ruled = charter.and_then(|charter| reporting.override_of(id, charter));
    Terms {
        cadence: charter.and_then(|charter| reporting.cadence_of(id, charter)),
        naming: reporting.naming_of(id, charter),
        due: own.due.or(ruled.and_then(|rule| rule.due)).unwrap_or(reporting.due),
        grace_days: own.grace_days.or(ruled.and_then(|rule| rule.grace_days)).unwrap_or(reporting.grace_days),
        holidays: &reporting.holidays,
    }
}

/// The terms of the project of that id.
pub fn terms_of<'a>(register: &'a Register, id: &str) -> Terms<'a> {
    terms(&register.config, id, register.project(id))
}

/// The terms that hold where neither charter nor override says otherwise.
pub fn common(config: &Config) -> Terms<'_> {
    let terms = terms(config, "", None);
    Terms { cadence: Some(config.reporting.cadence), ..terms }
}

impl Terms<'_> {
    /// Whether the project owes reports.
    pub fn reports(&self) -> bool {
        self.cadence.is_some()
    }

    /// The period that holds the day.
    pub fn current(&self, day: Date) -> Period {
        Period::containing(day, self.naming.cadence)
    }

    /// The deadline of a period: the last `due` weekday in it, or where that is a holiday the working day
    /// before it.
    ///
    /// It stays in its period: one in which nobody works from its first day to the deadline keeps the
    /// weekday.
    pub fn deadline(&self, period: Period) -> Date {
        let agreed = self.weekday_of(period);
        if !self.holidays.contains(&agreed) {
            return agreed;
        }
        let before = iter::successors(Some(agreed), |day| Some(day.plus_days(-1)));
        let mut before = before.take_while(|day| *day >= period.first());
        before.find(|day| day.is_weekday() && !self.holidays.contains(day)).unwrap_or(agreed)
    }

    /// The holiday on which the deadline of a period would have fallen, where it was moved.
    pub fn moved_from(&self, period: Period) -> Option<Date> {
        let agreed = self.weekday_of(period);
        (self.deadline(period) != agreed).then_some(agreed)
    }

    /// The last `due` weekday of a period.
    fn weekday_of(&self, period: Period) -> Date {
        let last = period.last();
        let back = 7 + last.weekday().num_days_from_monday() - self.due.get().num_days_from_monday();
        last.plus_days(-i64::from(back % 7))
    }

    /// Whether a report for the period can no longer be in time: deadline and days of grace have passed.
    pub fn is_past(&self, period: Period, day: Date) -> bool {
        day.days_since(self.deadline(period)) > i64::from(self.grace_days)
    }

    /// The newest period whose deadline has come by the day, so that its report is wanted now.
    pub fn wanted(&self, day: Date) -> Period {
        let current = self.current(day);
        if self.deadline(current) <= day { current } else { current.previous() }
    }

    /// The newest period whose deadline and days of grace have passed.
    pub fn newest_past(&self, day: Date) -> Period {
        let mut period = self.current(day.plus_days(-i64::from(self.grace_days)));
        // The deadline lies in the period, so one step back is enough; the bound keeps it finite at the
        // calendar's very edge.
        for _ in 0..2 {
            if self.is_past(period, day) {
                break;
            }
            period = period.previous();
        }
        period
    }

    /// The first period for which the project owes a report: the one in which it started, or the next when
    /// that one's deadline came before the start.
    pub fn first_owed(&self, charter: &Project) -> Option<Period> {
        let start = charter.started_on.or(charter.schedule.start)?;
        let period = self.current(start);
        Some(if self.deadline(period) < start { period.next() } else { period })
    }

    /// Whether a report of this period has no place among the project's others.
    pub fn is_off(&self, shelf: &Shelf, period: Period) -> bool {
        self.naming.is_off(period, periods(shelf))
    }
}

/// The periods that have a report on the shelf, whatever is in it, oldest first.
pub fn periods(shelf: &Shelf) -> impl DoubleEndedIterator<Item = Period> {
    shelf.slots("status").filter_map(|(name, _)| match name {
        Name::Period(period) => Some(*period),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::day;
    use crate::model::reporting::Reporting;

    fn config(reporting: &str) -> Config {
        Config { reporting: toml::from_str::<Reporting>(reporting).unwrap(), ..Config::default() }
    }

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn the_deadline_is_the_last_due_weekday_of_the_period() {
        let config = config("");
        for (text, expected) in [
            ("2026-W47", "2026-11-20"),
            ("2026-W47-W48", "2026-11-27"),
            ("2026-11", "2026-11-27"),
            ("2026-10", "2026-10-30"),
            ("2026-Q4", "2026-12-25"),
            ("2026-W53", "2027-01-01"),
        ] {
            assert_eq!(common(&config).deadline(period(text)), day(expected), "{text}");
        }
    }

    #[test]
    fn a_deadline_on_a_holiday_moves_to_the_working_day_before_it_within_its_period() {
        let mut config = config("due = 'monday'");
        config.reporting.holidays =
            ["2026-11-16", "2026-12-25", "2026-12-24", "2026-11-30"].map(day).to_vec();
        for (due, text, expected, from) in [
            (Weekday::Friday, "2026-W52", "2026-12-23", Some("2026-12-25")),
            (Weekday::Friday, "2026-W47", "2026-11-20", None),
            // Monday is the first day of its week: there is no day before it.
            (Weekday::Monday, "2026-W47", "2026-11-16", None),
            // The last Monday of November is its last day; the Friday before it still lies in November.
            (Weekday::Monday, "2026-11", "2026-11-27", Some("2026-11-30")),
            (Weekday::Monday, "2026-W47-W48", "2026-11-23", None),
        ] {
            config.reporting.due = due;
            let terms = common(&config);
            assert_eq!(terms.deadline(period(text)), day(expected), "{text}");
            assert_eq!(terms.moved_from(period(text)), from.map(day), "{text}");
        }
    }

    #[test]
    fn a_report_is_wanted_on_its_deadline_and_missed_after_the_grace() {
        let mut config = config("grace_days = 3");
        let terms = common(&config);
        for (on, is_wanted, past) in [
            ("2026-11-19", "2026-W46", "2026-W46"),
            ("2026-11-20", "2026-W47", "2026-W46"),
            ("2026-11-23", "2026-W47", "2026-W46"),
            ("2026-11-24", "2026-W47", "2026-W47"),
        ] {
            assert_eq!(terms.wanted(day(on)), period(is_wanted), "{on}");
            assert_eq!(terms.newest_past(day(on)), period(past), "{on}");
        }
        config.reporting.grace_days = u32::MAX;
        common(&config).newest_past(day("2026-11-20"));
    }

    #[test]
    fn due_and_grace_come_from_the_charter_then_the_override_then_the_register() {
        let config = config("grace_days = 1\n[[override]]\nclass = 'C'\ndue = 'monday'\ngrace_days = 5\n");
        let charter = |text: &str| -> Project {
            toml::from_str(&format!("name = 'x'\nmanager = 'y'\nstate = 'active'\n{text}")).unwrap()
        };
        for (text, due, grace) in [
            ("", Weekday::Friday, 1),
            ("class = 'C'", Weekday::Monday, 5),
            ("class = 'C'\nreporting.grace_days = 0", Weekday::Monday, 0),
        ] {
            let terms = terms(&config, "crm", Some(&charter(text)));
            assert_eq!((terms.due, terms.grace_days), (due, grace), "{text}");
        }
    }
}
