//! Days and periods as people type them: `2026-10-31`, `2026-W46`, `last-month`, `3 weeks ago`, `friday`.
//!
//! No crate is used for this: those that read such words know times and zones, which a register has not,
//! read the clock, and know no reporting periods.

use chrono::{Months, NaiveDate, Weekday};

use crate::model::{Cadence, Date, Period};

/// A day, or a period, that somebody named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// A day.
    Day(Date),
    /// A period.
    Period(Period),
}

/// Words that name a day or a period, for whoever mistypes one.
pub const WORDS: [&str; 12] = [
    "today",
    "yesterday",
    "this-week",
    "last-week",
    "this-month",
    "last-month",
    "this-quarter",
    "last-quarter",
    "last-fortnight",
    "last-year",
    "last-monday",
    "last-friday",
];

/// Reads a day or a period, counted from `today`; nothing where the text is neither.
///
/// `last-month` is the calendar month before this one, `last-week` the week before this one. `friday` is the
/// newest Friday up to today, `last-friday` the newest before today. Blanks, `-`, `_` and `.` part words alike.
pub fn when(text: &str, today: Date) -> Option<When> {
    let text = text.trim();
    if let Ok(day) = text.parse() {
        return Some(When::Day(day));
    }
    if let Ok(period) = text.to_ascii_uppercase().parse() {
        return Some(When::Period(period));
    }
    let lower = text.to_ascii_lowercase();
    let words: Vec<&str> = lower.split([' ', '-', '_', '.', '\t']).filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        ["today" | "now"] => Some(When::Day(today)),
        ["yesterday"] => Some(When::Day(today.plus_days(-1))),
        ["last" | "previous", "year"] => Some(When::Day(Date::new(today.year() - 1, 12, 31)?)),
        ["last" | "previous", unit] => match cadence(unit) {
            Some(cadence) => Some(When::Period(Period::containing(today, cadence).previous())),
            None => newest(weekday(unit)?, today.plus_days(-1)),
        },
        ["this", unit] => Some(When::Period(Period::containing(today, cadence(unit)?))),
        [count, unit, "ago"] => ago(number(count)?, unit, today).map(When::Day),
        [day] => newest(weekday(day)?, today),
        _ => None,
    }
}

fn cadence(unit: &str) -> Option<Cadence> {
    Cadence::ALL.into_iter().find(|cadence| cadence.unit() == unit)
}

fn number(word: &str) -> Option<u32> {
    const NUMBERS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    if matches!(word, "a" | "an") {
        return Some(1);
    }
    let spelt = NUMBERS.iter().zip(1..).find(|(number, _)| **number == word).map(|(_, count)| count);
    spelt.or_else(|| word.parse().ok()).filter(|count| *count <= 10_000)
}

fn ago(count: u32, unit: &str, today: Date) -> Option<Date> {
    let months = |count: u32| Some(Date(today.0.checked_sub_months(Months::new(count))?));
    let days = |count: u32| Some(today.plus_days(-i64::from(count)));
    let day = match unit.strip_suffix('s').unwrap_or(unit) {
        "day" => days(count),
        "week" => days(count * 7),
        "fortnight" => days(count * 14),
        "month" => months(count),
        "quarter" => months(count * 3),
        "year" => months(count * 12),
        _ => None,
    };
    day.filter(|day| day.year() > 0)
}

fn weekday(word: &str) -> Option<Weekday> {
    // chrono reads short names too, and `mon` is nothing that a branch is called by accident.
    word.parse().ok()
}

fn newest(weekday: Weekday, from: Date) -> Option<When> {
    let back = i64::from(from.weekday().num_days_from_monday()) - i64::from(weekday.num_days_from_monday());
    Some(When::Day(from.plus_days(-back.rem_euclid(7)))).filter(|_| from.0 > NaiveDate::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_periods_are_read_as_people_type_them() {
        // A Friday of week 47.
        let today = Date::new(2026, 11, 20).unwrap();
        for (text, meant) in [
            ("2026-10-31", "2026-10-31"),
            ("today", "2026-11-20"),
            ("Yesterday", "2026-11-19"),
            ("3 weeks ago", "2026-10-30"),
            ("3-weeks-ago", "2026-10-30"),
            ("3.weeks.ago", "2026-10-30"),
            ("a day ago", "2026-11-19"),
            ("two months ago", "2026-09-20"),
            ("9 months ago", "2026-02-20"),
            ("a quarter ago", "2026-08-20"),
            ("1 year ago", "2025-11-20"),
            ("friday", "2026-11-20"),
            ("last-friday", "2026-11-13"),
            ("monday", "2026-11-16"),
            ("last monday", "2026-11-16"),
            ("sunday", "2026-11-15"),
            ("last-year", "2025-12-31"),
        ] {
            assert_eq!(when(text, today), Some(When::Day(meant.parse().unwrap())), "{text}");
        }
        for (text, meant) in [
            ("2026-W46", "2026-W46"),
            ("2026-w46", "2026-W46"),
            ("2026-W47-W48", "2026-W47-W48"),
            ("2026-10", "2026-10"),
            ("2026-q3", "2026-Q3"),
            ("last-week", "2026-W46"),
            ("this week", "2026-W47"),
            ("last-month", "2026-10"),
            ("previous month", "2026-10"),
            ("last-quarter", "2026-Q3"),
            ("last_fortnight", "2026-W45-W46"),
        ] {
            assert_eq!(when(text, today), Some(When::Period(meant.parse().unwrap())), "{text}");
        }
        for text in WORDS {
            assert!(when(text, today).is_some(), "{text}");
        }
        // What is a revision, or nothing.
        for text in [
            "main",
            "HEAD~3",
            "3f2c1a9",
            "2026-02-30",
            "2026-W54",
            "lats-month",
            "3 weks ago",
            "ago",
            "",
            "99999 years ago",
            "9999 years ago",
            "last",
            "report/2026-W46",
            "last week ago",
        ] {
            assert_eq!(when(text, today), None, "{text}");
        }
    }

    #[test]
    fn the_end_of_a_month_stays_one() {
        let today = Date::new(2027, 3, 31).unwrap();
        assert_eq!(when("1 month ago", today), Some(When::Day(Date::new(2027, 2, 28).unwrap())));
    }
}
