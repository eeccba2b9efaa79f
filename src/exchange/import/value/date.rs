//! Days as people write them: `31.12.24`, `12/31/2024`, `3 Apr 2024`, `2024-04-03T00:00`.

use crate::model::Date;

/// In which order day, month and year stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// `31.12.2024`
    DayFirst,
    /// `12/31/2024`
    MonthFirst,
    /// `2024-12-31`
    YearFirst,
}

/// What a text says of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// One day.
    Day(Date),
    /// One of two: day first, or month first.
    Either(Date, Date),
    /// A month, and no day of it.
    Month,
    /// No day that the calendar has.
    Nothing,
}

/// Names of months as they begin, in English, German, French and Spanish; the order is the year's.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene"],
    &["feb", "fév", "fev"],
    &["mar", "mär", "mrz"],
    &["apr", "avr", "abr"],
    &["may", "mai"],
    &["jun", "juin"],
    &["jul", "juil"],
    &["aug", "aoû", "aou", "ago"],
    &["sep"],
    &["oct", "okt"],
    &["nov"],
    &["dec", "dez", "déc", "dic"],
];

/// The order that a form such as `DD.MM.YYYY` or `MM/DD/YY` means.
pub fn order_of(form: &str) -> Option<Order> {
    let form = form.to_uppercase();
    let [day, month, year] = ['D', 'M', 'Y'].map(|letter| form.find(letter));
    let (day, month, year) = (day?, month?, year?);
    if year < day && year < month {
        Some(Order::YearFirst)
    } else if day < month {
        Some(Order::DayFirst)
    } else {
        Some(Order::MonthFirst)
    }
}

/// Reads a day; `order` says which of day and month comes first where both could.
pub fn read(text: &str, order: Option<Order>) -> Said {
    let lower = text.trim().to_lowercase();
    let day = without_time(&lower);
    if day.len() > 40 {
        return Said::Nothing;
    }
    let parts: Vec<&str> = day
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty() && !is_weekday(part))
        .collect();
    let month_name = parts.iter().position(|part| month_of(part).is_some());
    match (month_name, parts.as_slice()) {
        (Some(at), [_, _, _]) => named(&parts, at),
        (Some(at), [_, _]) if is_number(parts[1 - at]) => Said::Month,
        (None, [a, b, c]) if [a, b, c].iter().all(|part| is_number(part)) => numeric(a, b, c, &day, order),
        (None, [a, b]) if is_number(a) && is_number(b) && (a.len() == 4 || b.len() == 4) => Said::Month,
        (None, [whole]) if whole.len() == 8 && is_number(whole) => {
            let parts = (whole.get(..4), whole.get(4..6), whole.get(6..));
            let (Some(year), Some(month), Some(day)) = parts else { return Said::Nothing };
            found(year, month, day)
        }
        _ => Said::Nothing,
    }
}

/// The text up to a time of day.
fn without_time(text: &str) -> String {
    let is_time = |rest: &str| {
        let rest = rest.trim_start();
        rest.find(':').is_some_and(|colon| colon <= 2 && rest[..colon].bytes().all(|b| b.is_ascii_digit()))
    };
    let cut = text
        .char_indices()
        .find(|(at, sign)| matches!(sign, ' ' | 't' | ',') && is_time(&text[at + sign.len_utf8()..]))
        .map_or(text.len(), |(at, _)| at);
    text[..cut].to_owned()
}

fn is_number(part: &str) -> bool {
    part.bytes().all(|b| b.is_ascii_digit())
}

fn is_weekday(part: &str) -> bool {
    const DAYS: [&str; 28] = [
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mo",
        "di",
        "mi",
        "do",
        "fr",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "of",
    ];
    DAYS.contains(&part)
}

fn month_of(part: &str) -> Option<u32> {
    if part.chars().next().is_none_or(|first| first.is_ascii_digit()) {
        return None;
    }
    let found = MONTHS.iter().position(|names| names.iter().any(|name| part.starts_with(name)))?;
    // `mark` and `mayor` are no months.
    (part.chars().count() <= 10).then(|| u32::try_from(found + 1).unwrap_or(0))
}

/// A day whose month has a name: the year is the part with four digits, else the last.
fn named(parts: &[&str], at: usize) -> Said {
    let Some(month) = month_of(parts[at]) else { return Said::Nothing };
    let others: Vec<&str> =
        parts.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, part)| *part).collect();
    let [first, second] = others.as_slice() else { return Said::Nothing };
    let (day, year) = if first.len() == 4 && is_number(first) { (second, first) } else { (first, second) };
    let day = day.trim_end_matches(|c: char| c.is_alphabetic());
    found(year, &month.to_string(), day)
}

fn numeric(a: &str, b: &str, c: &str, text: &str, order: Option<Order>) -> Said {
    if a.len() == 4 || (order == Some(Order::YearFirst) && a.len() <= 2) {
        return found(a, b, c);
    }
    let (day_first, month_first) = (found(c, b, a), found(c, a, b));
    // With points between them the day comes first wherever it is written so.
    let order = if text.contains('.') && order.is_none() { Some(Order::DayFirst) } else { order };
    match (order, day_first, month_first) {
        (Some(Order::DayFirst), day, _) => day,
        (Some(Order::MonthFirst), _, day) => day,
        (_, day, Said::Nothing) | (_, Said::Nothing, day) => day,
        (_, Said::Day(one), Said::Day(other)) if one == other => Said::Day(one),
        (_, Said::Day(one), Said::Day(other)) => Said::Either(one, other),
        _ => Said::Nothing,
    }
}

fn found(year: &str, month: &str, day: &str) -> Said {
    let (Ok(number), Ok(month), Ok(day)) = (year.parse::<i32>(), month.parse(), day.parse()) else {
        return Said::Nothing;
    };
    let year = match (year.len(), number) {
        (4, 1..) => number,
        // Projects of 1970 to 1999 and of 2000 to 2069.
        (2, 70..) => 1900 + number,
        (2, _) => 2000 + number,
        _ => return Said::Nothing,
    };
    Date::new(year, month, day).map_or(Said::Nothing, Said::Day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> String {
        match read(text, None) {
            Said::Day(date) => date.to_string(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for text in [
            "2024-12-31",
            "31.12.24",
            "31.12.2024",
            "12/31/2024",
            "31/12/2024",
            "2024/12/31",
            "20241231",
            "31 Dec 2024",
            "Dec 31, 2024",
            "31-Dec-24",
            "31. Dezember 2024",
            "Tue 31 December 2024",
            "2024-12-31T00:00:00Z",
            "31/12/2024 09:30",
            "2024-12-31 00:00:00",
            "31st December 2024",
        ] {
            assert_eq!(day(text), "2024-12-31", "{text}");
        }
        assert_eq!(day("03.04.2024"), "2024-04-03", "points: the day comes first");
        assert_eq!(day("04/04/2024"), "2024-04-04", "both orders say the same");
        assert_eq!(day("1/5/99"), "Either(1999-05-01, 1999-01-05)");
    }

    #[test]
    fn an_order_settles_what_could_be_either() {
        assert!(matches!(read("03/04/2024", None), Said::Either(..)));
        let with = |order| read("03/04/2024", Some(order));
        assert_eq!(with(Order::DayFirst), Said::Day(Date::new(2024, 4, 3).unwrap()));
        assert_eq!(with(Order::MonthFirst), Said::Day(Date::new(2024, 3, 4).unwrap()));
        assert_eq!(read("31/12/2024", Some(Order::MonthFirst)), Said::Nothing, "what was said is kept to");
        let orders = ["DD.MM.YYYY", "MM/DD/YY", "YYYY-MM-DD", "D MMM YYYY", "soon"].map(order_of);
        let expected = [
            Some(Order::DayFirst),
            Some(Order::MonthFirst),
            Some(Order::YearFirst),
            Some(Order::DayFirst),
            None,
        ];
        assert_eq!(orders, expected);
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in
            ["", "soon", "2024-02-30", "Q4 2026", "31.13.2024", "12", "1.2.3.4", "may be", "99/99/9999"]
        {
            assert_eq!(read(text, None), Said::Nothing, "{text}");
        }
        for text in ["Apr 2024", "2024-04", "04/2024"] {
            assert_eq!(read(text, None), Said::Month, "{text}");
        }
    }
}
