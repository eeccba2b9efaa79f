//! Moves every date, week and month that stands in a text by whole weeks.
//!
//! Prose in the story writes a day as `{2026-11-20}` where people would write "20 Nov"; it is moved first
//! and spelled out afterwards, so that sentences stay true.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// The Friday that the story was written for.
const LAST_DAY: (i32, u32, u32) = (2026, 11, 20);

/// Returns by how many weeks the story moves so that it ends in the newest week whose Friday has come on
/// `today`.
pub fn weeks_to(today: NaiveDate) -> i64 {
    let (year, month, day) = LAST_DAY;
    NaiveDate::from_ymd_opt(year, month, day)
        .map_or(0, |last| today.signed_duration_since(last).num_days().div_euclid(7))
}

/// Moves one day.
pub(super) fn day(day: NaiveDate, weeks: i64) -> NaiveDate {
    let days = Days::new(weeks.unsigned_abs() * 7);
    let moved = if weeks < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) };
    moved.unwrap_or(day)
}

/// Moves whatever in `text` looks like a day, an ISO week or a month, and spells out `{days}`.
pub(super) fn text(text: &str, weeks: i64) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut before = ' ';
    while let Some(next) = rest.chars().next() {
        let spoken = next == '{';
        let candidate = if spoken { rest.get(1..).unwrap_or("") } else { rest };
        if !before.is_ascii_alphanumeric()
            && let Some((kind, length)) = token(candidate)
        {
            let source = candidate.get(..length).unwrap_or("");
            if spoken && candidate.get(length..).is_some_and(|after| after.starts_with('}')) {
                out.push_str(&speak(source, weeks));
                rest = candidate.get(length + 1..).unwrap_or("");
                before = '}';
                continue;
            }
            if !spoken {
                out.push_str(&moved(kind, source, weeks));
                rest = candidate.get(length..).unwrap_or("");
                before = '0';
                continue;
            }
        }
        out.push(next);
        before = next;
        rest = rest.get(next.len_utf8()..).unwrap_or("");
    }
    out
}

#[derive(Clone, Copy)]
enum Kind {
    Day,
    Week,
    Month,
}

/// Recognises a date-like token at the start of `text` and returns its kind and length.
fn token(text: &str) -> Option<(Kind, usize)> {
    let shape: String =
        text.chars().take(11).map(|c| if c.is_ascii_digit() { 'd' } else { c }).collect::<String>();
    let ends =
        |length: usize| !shape.chars().nth(length).is_some_and(|c| c.is_ascii_alphanumeric() || c == 'd');
    if shape.starts_with("dddd-dd-dd") && ends(10) {
        Some((Kind::Day, 10))
    } else if shape.starts_with("dddd-Wdd") && ends(8) {
        Some((Kind::Week, 8))
    } else if shape.starts_with("dddd-dd") && ends(7) && !shape[7..].starts_with('-') {
        Some((Kind::Month, 7))
    } else {
        None
    }
}

fn moved(kind: Kind, source: &str, weeks: i64) -> String {
    let number = |range: std::ops::Range<usize>| source.get(range).and_then(|part| part.parse::<u32>().ok());
    let year = number(0..4).and_then(|year| i32::try_from(year).ok()).unwrap_or(0);
    let result = match kind {
        Kind::Day => source.parse::<NaiveDate>().ok().map(|date| day(date, weeks).to_string()),
        Kind::Week => number(6..8)
            .and_then(|week| NaiveDate::from_isoywd_opt(year, week, Weekday::Mon))
            .map(|monday| day(monday, weeks).iso_week())
            .map(|week| format!("{:04}-W{:02}", week.year(), week.week())),
        Kind::Month => number(5..7)
            .and_then(|month| NaiveDate::from_ymd_opt(year, month, 1))
            .and_then(|first| {
                let months = months(weeks);
                let by = Months::new(months.unsigned_abs());
                if months < 0 { first.checked_sub_months(by) } else { first.checked_add_months(by) }
            })
            .map(|first| format!("{:04}-{:02}", first.year(), first.month())),
    };
    result.unwrap_or_else(|| source.to_owned())
}

/// The number of months nearest to so many weeks: round(7 × weeks ÷ 30.44).
fn months(weeks: i64) -> i32 {
    let hundredths = weeks * 700;
    let rounded = (2 * hundredths + 3044).div_euclid(2 * 3044);
    i32::try_from(rounded).unwrap_or(0)
}

/// A day as people write it in a sentence: "20 Nov".
fn speak(source: &str, weeks: i64) -> String {
    source
        .parse::<NaiveDate>()
        .map_or_else(|_| source.to_owned(), |date| day(date, weeks).format("%-d %b").to_string())
}
