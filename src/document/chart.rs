//! A chart of dates against dates: what was expected, as it was seen from day to day.

use chrono::NaiveDate;

/// Forecast dates (upward) over the dates on which they were given (to the right).
#[derive(Debug, Clone, PartialEq)]
pub struct DateChart {
    /// The stable name.
    pub key: String,
    /// What it shows, for those who cannot see it.
    pub title: String,
    /// One line a thing whose date is forecast.
    pub lines: Vec<DateLine>,
}

/// One line of a [`DateChart`].
#[derive(Debug, Clone, PartialEq)]
pub struct DateLine {
    /// The letter by which the page names it.
    pub mark: char,
    /// What it is.
    pub name: String,
    /// The agreed date, set beside the chart in small.
    pub baseline: Option<NaiveDate>,
    /// When a forecast was given, and for which day; the oldest first.
    pub points: Vec<(NaiveDate, NaiveDate)>,
}

impl DateChart {
    /// The first and last day on which forecasts were given.
    pub fn across(&self) -> Option<(NaiveDate, NaiveDate)> {
        let days = || self.lines.iter().flat_map(|line| line.points.iter().map(|(given, _)| *given));
        days().min().zip(days().max())
    }

    /// The first and last day that was forecast or agreed, or on which a forecast was given.
    pub fn upward(&self) -> Option<(NaiveDate, NaiveDate)> {
        let forecast =
            self.lines.iter().flat_map(|line| line.points.iter().map(|(_, day)| *day).chain(line.baseline));
        let days: Vec<NaiveDate> = forecast.chain(self.across().map(|(first, _)| first)).collect();
        days.iter().min().copied().zip(days.iter().max().copied())
    }
}
