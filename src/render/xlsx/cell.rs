//! One cell as Excel holds it: a number, a day, yes or no, or text.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::document::{Cell, Level, Mark};
use crate::text::escape;

/// What a cell of a sheet holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Held {
    /// Nothing.
    Nothing,
    /// Words.
    Text(String),
    /// A number, and how it is shown.
    Number(f64, Shown),
    /// Yes or no.
    Flag(bool),
    /// A rating: its word, with the colour of its level.
    Rating(&'static str, Level),
}

/// How a number is shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shown {
    /// As it is.
    Plain,
    /// As a day.
    Date,
    /// With so many decimals, and whether thousands are set apart.
    Decimals(u32, bool),
    /// As a percentage with so many decimals; the number is the share.
    Percent(u32),
}

impl Shown {
    /// Excel's format for it.
    pub fn code(&self) -> String {
        let decimals = |count: u32| match count {
            0 => String::new(),
            count => format!(".{}", "0".repeat(count as usize)),
        };
        match self {
            Self::Plain => "General".to_owned(),
            Self::Date => "yyyy-mm-dd".to_owned(),
            Self::Decimals(count, true) => format!("#,##0{}", decimals(*count)),
            Self::Decimals(count, false) => format!("0{}", decimals(*count)),
            Self::Percent(count) => format!("0{}%", decimals(*count)),
        }
    }
}

/// A cell of a page as a sheet holds it.
pub(super) fn held(cell: &Cell) -> Held {
    match cell {
        Cell::Empty | Cell::Missing => Held::Nothing,
        Cell::Text(text) | Cell::Reference(text) => Held::Text(clean(text)),
        Cell::Integer(number) | Cell::Days(number) => number_of((*number).into(), Shown::Decimals(0, false)),
        Cell::Number { value, decimals, .. } => number_of(*value, Shown::Decimals(*decimals, true)),
        Cell::Money { amount, .. } => {
            let cents = if amount.fract().is_zero() { 0 } else { 2 };
            number_of(*amount, Shown::Decimals(cents, true))
        }
        Cell::Percent { value, decimals, .. } => {
            number_of(value / Decimal::ONE_HUNDRED, Shown::Percent(*decimals))
        }
        Cell::Date(date) => date_of(*date),
        Cell::Flag(flag) => Held::Flag(*flag),
        Cell::Span(first, last) => Held::Text(format!("{first} – {last}")),
        Cell::Spark(values) => {
            let value = |value: &Option<Decimal>| value.map_or_else(|| "·".to_owned(), |own| own.to_string());
            Held::Text(values.iter().map(value).collect::<Vec<_>>().join(" "))
        }
        Cell::Rating(rating) => {
            let word = match rating.mark {
                Mark::Level => rating.level.word(),
                Mark::NotReported => "not reported",
                Mark::GreenerThanFigures => "greener than figures",
            };
            Held::Rating(word, rating.level)
        }
    }
}

/// A cell of an export, which must come back as it was: texts keep every sign, numbers are shown as they are.
pub(super) fn exact(cell: &Cell) -> Held {
    match cell {
        Cell::Text(text) | Cell::Reference(text) => Held::Text(text.clone()),
        Cell::Number { value, .. } => match exactly(*value) {
            Some(number) => Held::Number(number, Shown::Plain),
            None => Held::Text(value.to_string()),
        },
        other => held(other),
    }
}

/// A number as Excel has it, or as text where digits would be lost that a reader sees.
fn number_of(value: Decimal, shown: Shown) -> Held {
    match value.to_f64() {
        Some(number) => Held::Number(number, shown),
        None => Held::Text(value.to_string()),
    }
}

/// The binary number that stands for this decimal and no other of fifteen digits.
fn exactly(value: Decimal) -> Option<f64> {
    let digits = value.mantissa().unsigned_abs().to_string();
    let significant = digits.trim_end_matches('0').len();
    (significant <= 15).then(|| value.to_f64()).flatten()
}

/// A day as Excel counts it; as text where it has no such day.
fn date_of(date: NaiveDate) -> Held {
    let known = NaiveDate::from_ymd_opt(1900, 3, 1)..=NaiveDate::from_ymd_opt(9999, 12, 31);
    let begin = NaiveDate::from_ymd_opt(1899, 12, 30);
    match begin {
        Some(begin) if known.contains(&Some(date)) => {
            let days = i32::try_from(date.signed_duration_since(begin).num_days()).unwrap_or(i32::MAX);
            Held::Number(days.into(), Shown::Date)
        }
        _ => Held::Text(date.to_string()),
    }
}

/// Text that shows what it holds: no control characters but ends of lines, nothing invisible.
pub(super) fn clean(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(|line| escape::terminal(line.trim_end_matches('\r'))).collect();
    lines.join("\n")
}
