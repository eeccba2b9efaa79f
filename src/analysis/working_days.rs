//! Working days: Monday to Friday, less the holidays of `pmo.toml`.

use std::collections::BTreeSet;

use crate::model::Date;

/// Counts the working days from `first` to `last`, both included; 0 when `last` comes first.
///
/// Unit: days. Weekdays from Monday to Friday, less the holidays that fall on one; a holiday listed
/// twice counts once.
pub fn count(first: Date, last: Date, holidays: &[Date]) -> i64 {
    if last < first {
        return 0;
    }
    let days = last.days_since(first) + 1;
    let from = i64::from(first.weekday().num_days_from_monday());
    // Whole weeks hold five; of the rest, count what does not fall on Saturday or Sunday.
    let rest = (0..days % 7).filter(|offset| (from + offset) % 7 < 5).count() as i64;
    let off: BTreeSet<Date> =
        holidays.iter().copied().filter(|h| first <= *h && *h <= last && h.is_weekday()).collect();
    days / 7 * 5 + rest - off.len() as i64
}

/// Counts the working days that have passed since a day: those after `since`, up to and including `day`.
///
/// Unit: days. What came in on Friday has waited one working day on Monday.
pub fn since(since: Date, day: Date, holidays: &[Date]) -> i64 {
    count(since.plus_days(1), day, holidays)
}

/// The `nth` working day from a day on, that day included; the day itself for less than one.
pub fn nth(first: Date, nth: i64, holidays: &[Date]) -> Date {
    let mut day = first.plus_days((nth - 1).max(0));
    loop {
        let short = nth - count(first, day, holidays);
        let next = day.plus_days(short);
        // As many days on as working days are short never goes too far; the calendar's last day ends it.
        if short <= 0 || next == day {
            return day;
        }
        day = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::day;

    #[test]
    fn weekends_and_holidays_do_not_count() {
        let holidays = ["2026-12-25", "2026-12-25", "2026-12-26", "2027-01-01"].map(day);
        for (first, last, expected) in [
            ("2026-11-16", "2026-11-22", 5),
            ("2026-11-20", "2026-11-20", 1),
            ("2026-11-21", "2026-11-22", 0),
            ("2026-11-20", "2026-11-23", 2),
            ("2026-11-23", "2026-11-20", 0),
            ("2026-12-21", "2027-01-03", 8), // Christmas Day and New Year on Fridays; the 26th is a Saturday
            ("2026-01-01", "2026-12-31", 260), // 261 weekdays less Christmas Day
        ] {
            assert_eq!(count(day(first), day(last), &holidays), expected, "{first} to {last}");
        }
        for (n, expected) in
            [(0, "2026-12-24"), (1, "2026-12-24"), (2, "2026-12-28"), (5, "2026-12-31"), (6, "2027-01-04")]
        {
            assert_eq!(nth(day("2026-12-24"), n, &holidays), day(expected), "{n}");
        }
        assert_eq!(nth(day("2026-11-21"), 1, &[]), day("2026-11-23"), "a Saturday is none");
        assert_eq!(since(day("2026-11-20"), day("2026-11-23"), &[]), 1);
        assert_eq!(since(day("2026-11-20"), day("2026-11-20"), &[]), 0);
    }
}
