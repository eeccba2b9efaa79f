//! Typed cells: a value that keeps its meaning until it is drawn.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Rating;

/// One value of a table, a fact or a sentence.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing belongs here.
    #[default]
    Empty,
    /// A value belongs here and nobody gave one; shown as `·`, never as 0.
    Missing,
    /// Words.
    Text(String),
    /// A reference such as `crm/R-003`.
    Reference(String),
    /// A whole number: a count, a score.
    Integer(i64),
    /// A number with its unit.
    Number {
        /// The exact value.
        value: Decimal,
        /// How many decimals people read.
        decimals: u32,
        /// The unit after it.
        unit: Option<String>,
    },
    /// An amount of money.
    Money {
        /// The exact amount.
        amount: Decimal,
        /// The ISO code; left out where the column already says it.
        currency: String,
        /// Whether a gain is shown with its `+`.
        signed: bool,
    },
    /// A share, 0 to 100.
    Percent {
        /// The exact value, in percent.
        value: Decimal,
        /// How many decimals people read.
        decimals: u32,
        /// Whether a gain is shown with its `+`.
        signed: bool,
    },
    /// A civil date.
    Date(NaiveDate),
    /// Several days on end, from the first to the last, with their year.
    Span(NaiveDate, NaiveDate),
    /// A slip in days: late is positive.
    Days(i64),
    /// Yes or no.
    Flag(bool),
    /// A rating.
    Rating(Rating),
    /// How a value went, the oldest first, as a small chart in one line: `▁▂▂▅█`.
    Spark(Vec<Option<Decimal>>),
}

impl Cell {
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A reference.
    pub fn reference(text: impl Into<String>) -> Self {
        Self::Reference(text.into())
    }

    /// A count.
    pub fn count(count: usize) -> Self {
        Self::Integer(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// An amount of money.
    pub fn money(amount: impl Into<Decimal>, currency: impl Into<String>) -> Self {
        Self::Money { amount: amount.into(), currency: currency.into(), signed: false }
    }

    /// A difference of money, with its sign.
    pub fn money_change(amount: impl Into<Decimal>, currency: impl Into<String>) -> Self {
        Self::Money { amount: amount.into(), currency: currency.into(), signed: true }
    }

    /// A share in percent, read without decimals.
    pub fn percent(value: impl Into<Decimal>) -> Self {
        Self::Percent { value: value.into(), decimals: 0, signed: false }
    }

    /// A difference in percent, with its sign.
    pub fn percent_change(value: impl Into<Decimal>) -> Self {
        Self::Percent { value: value.into(), decimals: 0, signed: true }
    }

    /// A plain number with this many decimals.
    pub fn number(value: impl Into<Decimal>, decimals: u32) -> Self {
        Self::Number { value: value.into(), decimals, unit: None }
    }

    /// A date.
    pub fn date(date: impl Into<NaiveDate>) -> Self {
        Self::Date(date.into())
    }

    /// The cell of a value that may be missing.
    pub fn of<T>(value: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Missing, cell)
    }

    /// Whether a value belongs here and nobody gave one.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }
}

impl From<Rating> for Cell {
    fn from(rating: Rating) -> Self {
        Self::Rating(rating)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
