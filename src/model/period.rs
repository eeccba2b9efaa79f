//! Reporting periods: ISO weeks, fortnights, months and quarters, ordered by their last day.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate, Weekday};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Date;

/// How often projects report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Cadence {
    /// Every ISO week, Monday to Sunday.
    #[default]
    Weekly,
    /// Every two ISO weeks.
    Fortnightly,
    /// Every calendar month.
    Monthly,
    /// Every calendar quarter.
    Quarterly,
}

impl Cadence {
    /// Every cadence, the shortest first.
    pub const ALL: [Self; 4] = [Self::Weekly, Self::Fortnightly, Self::Monthly, Self::Quarterly];

    /// The word as it stands in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Weekly => "weekly",
            Self::Fortnightly => "fortnightly",
            Self::Monthly => "monthly",
            Self::Quarterly => "quarterly",
        }
    }

    /// What it counts: `week`, `fortnight`, `month` or `quarter`.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Weekly => "week",
            Self::Fortnightly => "fortnight",
            Self::Monthly => "month",
            Self::Quarterly => "quarter",
        }
    }
}

/// The first week of one fortnight; every other is a multiple of two weeks away, whatever the year.
const FORTNIGHT: (i32, u32) = (2026, 47);

/// A reporting period: `2026-W47`, `2026-W47-W48`, `2026-11` or `2026-Q4`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// An ISO 8601 week, Monday to Sunday.
    Week {
        /// The ISO week year, which is not always the calendar year.
        year: i32,
        /// 1 to 52 or 53.
        week: u32,
    },
    /// Two ISO weeks, of a grid that no year's end breaks: after `2026-W51-W52` comes `2026-W53-W01`.
    Fortnight {
        /// The ISO week year of the first week.
        year: i32,
        /// The first week.
        week: u32,
    },
    /// A calendar month.
    Month {
        /// The year.
        year: i32,
        /// 1 to 12.
        month: u32,
    },
    /// A calendar quarter.
    Quarter {
        /// The year.
        year: i32,
        /// 1 to 4.
        quarter: u32,
    },
}

impl Period {
    /// The period of the given cadence that holds the day.
    pub fn containing(day: Date, cadence: Cadence) -> Self {
        match cadence {
            Cadence::Weekly => {
                let week = day.0.iso_week();
                Self::Week { year: week.year(), week: week.week() }
            }
            Cadence::Fortnightly => {
                let (year, week) = FORTNIGHT;
                let since = Self::Week { year, week }.first();
                let first = day.plus_days(-day.days_since(since).rem_euclid(14)).0.iso_week();
                Self::Fortnight { year: first.year(), week: first.week() }
            }
            Cadence::Monthly => Self::Month { year: day.year(), month: day.0.month() },
            Cadence::Quarterly => Self::Quarter { year: day.year(), quarter: (day.0.month() - 1) / 3 + 1 },
        }
    }

    /// The cadence that has periods of this length.
    pub fn cadence(self) -> Cadence {
        match self {
            Self::Week { .. } => Cadence::Weekly,
            Self::Fortnight { .. } => Cadence::Fortnightly,
            Self::Month { .. } => Cadence::Monthly,
            Self::Quarter { .. } => Cadence::Quarterly,
        }
    }

    /// The first day.
    pub fn first(self) -> Date {
        let day = match self {
            Self::Week { year, week } | Self::Fortnight { year, week } => {
                NaiveDate::from_isoywd_opt(year, week, Weekday::Mon)
            }
            Self::Month { year, month } => NaiveDate::from_ymd_opt(year, month, 1),
            Self::Quarter { year, quarter } => NaiveDate::from_ymd_opt(year, quarter * 3 - 2, 1),
        };
        Date(day.unwrap_or(NaiveDate::MIN))
    }

    /// The last day.
    pub fn last(self) -> Date {
        let next = match self {
            Self::Week { .. } => return self.first().plus_days(6),
            Self::Fortnight { .. } => return self.first().plus_days(13),
            Self::Month { year, month: 12 } => NaiveDate::from_ymd_opt(year + 1, 1, 1),
            Self::Month { year, month } => NaiveDate::from_ymd_opt(year, month + 1, 1),
            Self::Quarter { year, quarter: 4 } => NaiveDate::from_ymd_opt(year + 1, 1, 1),
            Self::Quarter { year, quarter } => NaiveDate::from_ymd_opt(year, quarter * 3 + 1, 1),
        };
        Date(next.unwrap_or(NaiveDate::MAX)).plus_days(-1)
    }

    /// The period after this one.
    pub fn next(self) -> Self {
        Self::containing(self.last().plus_days(1), self.cadence())
    }

    /// The period before this one.
    pub fn previous(self) -> Self {
        Self::containing(self.first().plus_days(-1), self.cadence())
    }

    /// Whether the day falls in the period.
    pub fn contains(self, day: Date) -> bool {
        self.first() <= day && day <= self.last()
    }

    /// How many periods of the same length lie from `earlier` to this one; negative when it comes first.
    pub fn since(self, earlier: Self) -> i64 {
        match (self, earlier) {
            (Self::Week { .. }, _) => self.last().days_since(earlier.last()).div_euclid(7),
            (Self::Fortnight { .. }, _) => self.last().days_since(earlier.last()).div_euclid(14),
            (Self::Month { year, month }, _) => {
                let other = earlier.last();
                i64::from(year - other.year()) * 12 + i64::from(month) - i64::from(other.0.month())
            }
            (Self::Quarter { year, quarter }, _) => {
                let other = earlier.last();
                i64::from(year - other.year()) * 4 + i64::from(quarter)
                    - i64::from((other.0.month() - 1) / 3 + 1)
            }
        }
    }

    /// How people name it: `week 47`, `weeks 47–48`, `Nov 2026`, `Q4 2026`.
    pub fn spoken(self) -> String {
        match self {
            Self::Week { week, .. } => format!("week {week}"),
            Self::Fortnight { week, .. } => format!("weeks {week}–{}", self.last().0.iso_week().week()),
            Self::Month { .. } => self.first().0.format("%b %Y").to_string(),
            Self::Quarter { year, quarter } => format!("Q{quarter} {year}"),
        }
    }
}

impl Ord for Period {
    fn cmp(&self, other: &Self) -> Ordering {
        // Of two periods that end on one day, the longer comes after.
        self.last().cmp(&other.last()).then_with(|| other.first().cmp(&self.first()))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Week { year, week } => write!(f, "{year:04}-W{week:02}"),
            Self::Fortnight { year, week } => {
                write!(f, "{year:04}-W{week:02}-W{:02}", self.last().0.iso_week().week())
            }
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Quarter { year, quarter } => write!(f, "{year:04}-Q{quarter}"),
        }
    }
}

/// The text names no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAPeriod {
    /// It is not written like one.
    #[error(
        "`{0}` is not a period: write a week as 2026-W47, a fortnight as 2026-W47-W48, a month as 2026-11, \
         a quarter as 2026-Q4"
    )]
    Unknown(String),
    /// It is written like two weeks that make no fortnight.
    #[error("`{text}` is no fortnight: those around it are {before} and {after}")]
    OffGrid {
        /// The text.
        text: String,
        /// The fortnight that holds the first week named.
        before: Period,
        /// The one after.
        after: Period,
    },
}

impl FromStr for Period {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let wrong = || NotAPeriod::Unknown(text.to_owned());
        let number = |digits: &str, length: usize| -> Option<u32> {
            (digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit()))
                .then(|| digits.parse().ok())?
        };
        let (year, rest) = text.split_once('-').ok_or_else(wrong)?;
        let year = number(year, 4).filter(|y| *y >= 1).ok_or_else(wrong)? as i32;
        let exists = |week: &u32| NaiveDate::from_isoywd_opt(year, *week, Weekday::Mon).is_some();
        let period = if let Some((first, second)) = rest.strip_prefix('W').and_then(|w| w.split_once("-W")) {
            let week = number(first, 2).filter(exists).ok_or_else(wrong)?;
            number(second, 2).filter(|week| (1..=53).contains(week)).ok_or_else(wrong)?;
            let named = Self::Week { year, week };
            let fortnight = Self::containing(named.first(), Cadence::Fortnightly);
            if fortnight.to_string() != text {
                let (text, after) = (text.to_owned(), fortnight.next());
                return Err(NotAPeriod::OffGrid { text, before: fortnight, after });
            }
            fortnight
        } else if let Some(week) = rest.strip_prefix('W') {
            Self::Week { year, week: number(week, 2).filter(exists).ok_or_else(wrong)? }
        } else if let Some(quarter) = rest.strip_prefix('Q') {
            let quarter = number(quarter, 1).filter(|q| (1..=4).contains(q));
            Self::Quarter { year, quarter: quarter.ok_or_else(wrong)? }
        } else {
            let month = number(rest, 2).filter(|m| (1..=12).contains(m));
            Self::Month { year, month: month.ok_or_else(wrong)? }
        };
        Ok(period)
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Period {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Period".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn knows_the_ends_of_periods() {
        for (text, first, last) in [
            ("2026-W47", "2026-11-16", "2026-11-22"),
            ("2026-W53", "2026-12-28", "2027-01-03"),
            ("2026-W47-W48", "2026-11-16", "2026-11-29"),
            ("2026-W53-W01", "2026-12-28", "2027-01-10"),
            ("2025-W51-W52", "2025-12-15", "2025-12-28"),
            ("2026-02", "2026-02-01", "2026-02-28"),
            ("2026-12", "2026-12-01", "2026-12-31"),
            ("2026-Q4", "2026-10-01", "2026-12-31"),
        ] {
            let p = period(text);
            assert_eq!((p.first().to_string().as_str(), p.last().to_string().as_str()), (first, last));
            assert_eq!(p.to_string(), text);
            assert_eq!(p.next().previous(), p);
            assert_eq!(p.next().since(p), 1);
        }
    }

    #[test]
    fn refuses_what_no_calendar_has() {
        for wrong in ["2026-W48-W49", "2026-W47-W49", "2026-W47-W47", "2026-W47-", "2026-W47-48"] {
            assert!(wrong.parse::<Period>().is_err(), "{wrong}");
        }
        let error = "2026-W48-W49".parse::<Period>().unwrap_err().to_string();
        assert_eq!(
            error,
            "`2026-W48-W49` is no fortnight: those around it are 2026-W47-W48 and 2026-W49-W50"
        );
        for wrong in ["2025-W53", "2026-W00", "2026-13", "2026-Q5", "2026-w47", "2026", "26-W01", "2026-W1"] {
            assert!(wrong.parse::<Period>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn orders_mixed_lengths_by_last_day() {
        let mut mixed = ["2026-12", "2026-W49", "2026-Q4", "2026-W47-W48", "2026-W48", "2026-11"].map(period);
        mixed.sort();
        assert_eq!(
            mixed.map(|p| p.to_string()),
            ["2026-W48", "2026-W47-W48", "2026-11", "2026-W49", "2026-12", "2026-Q4"]
        );
    }

    #[test]
    fn fortnights_follow_each_other_through_years_of_53_weeks() {
        let mut fortnight = period("2020-W02-W03");
        for _ in 0..300 {
            let next = fortnight.next();
            assert_eq!(next.first().days_since(fortnight.first()), 14);
            assert_eq!(period(&next.to_string()), next);
            assert_eq!(next.since(fortnight), 1);
            fortnight = next;
        }
    }
}
