//! What a workbook stores in a cell, as it shows it: numbers, days by their serial numbers, errors.

use calamine::{CellErrorType, Data};
use rust_decimal::Decimal;

use crate::model::Date;

use super::Raw;

/// What a stored value says.
pub(super) fn raw_of(value: Data, from_1904: bool) -> Raw {
    match value {
        Data::Int(whole) => Raw::Number(whole.to_string()),
        Data::Float(float) => number(float),
        Data::String(text) if text.is_empty() => Raw::Empty,
        Data::String(text) => Raw::Text(text),
        Data::Bool(truth) => Raw::Bool(truth),
        Data::DateTime(moment) if moment.is_datetime() => {
            serial(moment.as_f64(), from_1904).map_or_else(|| number(moment.as_f64()), Raw::Date)
        }
        Data::DateTime(duration) => number(duration.as_f64()),
        Data::DateTimeIso(text) => match text.get(..10).and_then(|day| day.parse().ok()) {
            Some(date) => Raw::Date(date),
            None => Raw::Text(text),
        },
        Data::DurationIso(text) => Raw::Text(text),
        Data::Error(error) => Raw::Fault(match error {
            CellErrorType::Div0 => "#DIV/0!",
            CellErrorType::NA => "#N/A",
            CellErrorType::Name => "#NAME?",
            CellErrorType::Null => "#NULL!",
            CellErrorType::Num => "#NUM!",
            CellErrorType::Ref => "#REF!",
            CellErrorType::Value => "#VALUE!",
            _ => "an error",
        }),
        _ => Raw::Empty,
    }
}

/// A stored number with the 15 digits that a workbook shows of it: what 0.1 + 0.2 is, is 0.3.
fn number(float: f64) -> Raw {
    if !float.is_finite() {
        return Raw::Fault("no number");
    }
    match Decimal::from_scientific(&format!("{float:.14e}")) {
        Ok(exact) => Raw::Number(exact.normalize().to_string()),
        Err(_) => Raw::Number(format!("{float}")),
    }
}

/// The day of a workbook's serial number.
///
/// Day 1 is 1 January 1900, and day 60 is the 29 February 1900 that never was; or day 0 is 1 January 1904.
pub fn serial(number: f64, from_1904: bool) -> Option<Date> {
    if !(0.0..2_958_466.0).contains(&number) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "the range was looked at")]
    let day = number.floor() as i64;
    match (from_1904, day) {
        (true, _) => Date::new(1904, 1, 1).map(|first| first.plus_days(day)),
        (false, 0) => None,
        (false, 1..=59) => Date::new(1899, 12, 31).map(|first| first.plus_days(day)),
        (false, _) => Date::new(1899, 12, 30).map(|first| first.plus_days(day)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serials_count_from_1900_and_1904() {
        let day = |number, from_1904| serial(number, from_1904).map(|date| date.to_string());
        assert_eq!(day(1.0, false).as_deref(), Some("1900-01-01"));
        assert_eq!(day(59.0, false).as_deref(), Some("1900-02-28"));
        assert_eq!(day(61.0, false).as_deref(), Some("1900-03-01"));
        assert_eq!(day(45_292.75, false).as_deref(), Some("2024-01-01"));
        assert_eq!(day(43_830.0, true).as_deref(), Some("2024-01-01"));
        assert_eq!(day(0.0, true).as_deref(), Some("1904-01-01"));
        assert_eq!(day(-1.0, false), None);
    }

    #[test]
    fn numbers_have_the_digits_that_a_workbook_shows() {
        assert_eq!(number(0.1 + 0.2), Raw::Number("0.3".into()));
        assert_eq!(number(1_250_000.5), Raw::Number("1250000.5".into()));
        assert_eq!(number(-3.0), Raw::Number("-3".into()));
        assert_eq!(number(1e20), Raw::Number("100000000000000000000".into()));
    }
}
