//! Velocity by sprint, burn-up, and when the rest will be done at the velocity of the past.
//!
//! Points are counted by sprint and not by report: a two-week sprint that is reported weekly is one sprint, of which
//! the last report says how it ended. The range of the forecast is the reach of the past: the days on which the
//! rest is done at the lowest, mean and highest velocity of the last sprints. It is no probability.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::model::{Date, Number, Shelf, Status};

/// How many finished sprints the velocity is taken over, the newest ones.
pub const SPRINTS: usize = 8;

/// How many finished sprints there must be before anything is forecast.
pub const LEAST: usize = 3;

/// One sprint, as its last report tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Sprint {
    /// Its number.
    pub sprint: u32,
    /// Its last day.
    pub end: Option<Date>,
    /// Points taken in.
    pub committed: Option<u32>,
    /// Points done.
    pub completed: Option<u32>,
    /// Points in the whole backlog.
    pub scope_total: Option<u32>,
    /// Points done since the start.
    pub done_total: Option<u32>,
    /// Whether it is over: its last day has passed, or a later sprint was reported.
    pub is_finished: bool,
}

/// Points done a sprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Velocity {
    /// Over how many finished sprints.
    pub sprints: usize,
    /// The lowest.
    pub low: Number,
    /// The mean.
    pub mean: Number,
    /// The highest.
    pub high: Number,
}

/// When the rest will be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Forecast {
    /// Points that are left.
    pub remaining: u32,
    /// How many days a sprint lasts, from the sprints' last days.
    pub sprint_days: i64,
    /// The end of the last sprint needed at the highest velocity.
    pub earliest: Date,
    /// The same at the mean.
    pub likely: Date,
    /// The same at the lowest; nothing where a sprint finished without a point done.
    pub latest: Option<Date>,
}

/// Why velocity or forecast cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "lacks")]
pub enum Lack {
    /// Too few finished sprints say how many points were done.
    Sprints {
        /// How many do.
        finished: usize,
    },
    /// No report says how many points there are and how many are done.
    Scope,
    /// Fewer than two sprints say their last day.
    Ends,
    /// Nothing was done in any of them.
    Progress,
}

impl Lack {
    /// The reason in words.
    pub fn say(self) -> String {
        match self {
            Self::Sprints { finished: 0 } => format!("no sprint is finished; {LEAST} are needed"),
            Self::Sprints { finished: 1 } => format!("1 sprint is finished; {LEAST} are needed"),
            Self::Sprints { finished } => format!("{finished} sprints are finished; {LEAST} are needed"),
            Self::Scope => "no report says scope_total and done_total".to_owned(),
            Self::Ends => "fewer than two sprints say their sprint_end".to_owned(),
            Self::Progress => "nothing was done in the sprints that are finished".to_owned(),
        }
    }
}

/// How a project that works in sprints goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The sprints by number.
    pub sprints: Vec<Sprint>,
    /// Points in the whole backlog, as last reported.
    pub scope_total: Option<u32>,
    /// Points done since the start, as last reported.
    pub done_total: Option<u32>,
    /// Points done a sprint.
    pub velocity: Result<Velocity, Lack>,
    /// When the rest will be done.
    pub forecast: Result<Forecast, Lack>,
}

/// Reads the sprints of a project's reports up to a day; nothing where no report has `[agile]`.
pub fn pace(shelf: &Shelf, day: Date) -> Option<Pace> {
    let mut sprints: BTreeMap<u32, Sprint> = BTreeMap::new();
    let (mut scope_total, mut done_total, mut is_agile) = (None, None, false);
    for (_, status) in shelf.series::<Status>().filter(|(period, _)| period.first() <= day) {
        let Some(said) = status.agile else { continue };
        is_agile = true;
        scope_total = said.scope_total.or(scope_total);
        done_total = said.done_total.or(done_total);
        let Some(number) = said.sprint else { continue };
        let empty = Sprint {
            sprint: number,
            end: None,
            committed: None,
            completed: None,
            scope_total: None,
            done_total: None,
            is_finished: false,
        };
        let sprint = sprints.entry(number).or_insert(empty);
        sprint.end = said.sprint_end.or(sprint.end);
        sprint.committed = said.committed.or(sprint.committed);
        sprint.completed = said.completed.or(sprint.completed);
        sprint.scope_total = said.scope_total.or(sprint.scope_total);
        sprint.done_total = said.done_total.or(sprint.done_total);
    }
    let last = sprints.keys().next_back().copied();
    let mut sprints: Vec<Sprint> = sprints.into_values().collect();
    for sprint in &mut sprints {
        // On its last day a sprint is over for those who have said how it ended.
        let until = if sprint.completed.is_some() { day } else { day.plus_days(-1) };
        sprint.is_finished = sprint.end.is_some_and(|end| end <= until) || Some(sprint.sprint) != last;
    }
    let velocity = velocity(&sprints);
    let forecast = velocity.and_then(|velocity| {
        let (scope, done) = scope_total.zip(done_total).ok_or(Lack::Scope)?;
        forecast(&sprints, scope.saturating_sub(done), velocity)
    });
    is_agile.then_some(Pace { sprints, scope_total, done_total, velocity, forecast })
}

/// Lowest, mean and highest number of points done in the newest [`SPRINTS`] finished sprints that say it.
fn velocity(sprints: &[Sprint]) -> Result<Velocity, Lack> {
    let finished = sprints.iter().rev().filter(|sprint| sprint.is_finished);
    let done: Vec<Decimal> =
        finished.filter_map(|sprint| sprint.completed).take(SPRINTS).map(Decimal::from).collect();
    let lack = Lack::Sprints { finished: done.len() };
    let (low, high) = done.iter().min().zip(done.iter().max()).filter(|_| done.len() >= LEAST).ok_or(lack)?;
    let mean = done.iter().sum::<Decimal>().checked_div(Decimal::from(done.len())).ok_or(lack)?;
    Ok(Velocity { sprints: done.len(), low: Number(*low), mean: Number(mean), high: Number(*high) })
}

/// Whole sprints of the usual length from the end of the last finished one.
///
/// Formula: last end + ⌈remaining ÷ velocity⌉ × days of a sprint; these are the days between the first and the last
/// known end, divided by the sprints between them.
fn forecast(sprints: &[Sprint], remaining: u32, velocity: Velocity) -> Result<Forecast, Lack> {
    let ends: Vec<(u32, Date)> = sprints
        .iter()
        // What a sprint without a result has done is still among what is left.
        .filter(|sprint| sprint.is_finished && sprint.completed.is_some())
        .filter_map(|sprint| Some((sprint.sprint, sprint.end?)))
        .collect();
    let (Some((first, begin)), Some((last, end))) = (ends.first(), ends.last()) else {
        return Err(Lack::Ends);
    };
    let days = end.days_since(*begin).checked_div(i64::from(last - first)).ok_or(Lack::Ends)?;
    if days < 1 {
        return Err(Lack::Ends);
    }
    let at = |velocity: Number| -> Option<Date> {
        let needed = Decimal::from(remaining).checked_div(velocity.0)?.ceil();
        let needed = i64::try_from(needed.mantissa() / 10_i128.pow(needed.scale())).ok()?;
        Some(end.plus_days(needed.checked_mul(days)?))
    };
    Ok(Forecast {
        remaining,
        sprint_days: days,
        earliest: at(velocity.high).ok_or(Lack::Progress)?,
        likely: at(velocity.mean).ok_or(Lack::Progress)?,
        latest: at(velocity.low),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::{day, register};

    fn pace_of(reports: &[(&str, &str)], on: &str) -> Option<Pace> {
        let texts: Vec<(String, String)> = reports
            .iter()
            .map(|(week, agile)| {
                let agile = if agile.is_empty() { String::new() } else { format!("[agile]\n{agile}\n") };
                let text = format!("summary = 'x'\nrag.overall = 'green'\n{agile}");
                (format!("projects/crm/status/2026-W{week}.toml"), text)
            })
            .collect();
        let files: Vec<(&str, &str)> =
            texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let register = register(&files);
        pace(register.projects.get("crm").unwrap(), day(on))
    }

    #[test]
    fn a_sprint_whose_result_is_missing_is_no_base_for_what_is_left() {
        // On the last day of the fourth sprint: its result is not in, and what it did is among what is left.
        let missing: Vec<(&str, &str)> = WEEKLY[..6]
            .iter()
            .copied()
            .chain([("42", "sprint = 4\nsprint_end = 2026-10-23\ncommitted = 30")])
            .collect();
        let ends = |on: &str| pace_of(&missing, on).unwrap().forecast.unwrap().likely;
        assert_eq!(ends("2026-10-22"), ends("2026-10-23"));
        assert_eq!(ends("2026-10-22"), ends("2026-10-24"));
        assert!(!pace_of(&missing, "2026-10-23").unwrap().sprints[3].is_finished);
    }

    /// Two-week sprints, reported weekly; the fourth is under way.
    const WEEKLY: &[(&str, &str)] = &[
        (
            "36",
            "sprint = 1\nsprint_end = 2026-09-11\ncommitted = 30\ncompleted = 8\nscope_total = 200\ndone_total = 8",
        ),
        (
            "37",
            "sprint = 1\nsprint_end = 2026-09-11\ncommitted = 30\ncompleted = 20\nscope_total = 200\ndone_total = 20",
        ),
        (
            "38",
            "sprint = 2\nsprint_end = 2026-09-25\ncommitted = 30\ncompleted = 11\nscope_total = 200\ndone_total = 31",
        ),
        (
            "39",
            "sprint = 2\nsprint_end = 2026-09-25\ncommitted = 30\ncompleted = 30\nscope_total = 210\ndone_total = 50",
        ),
        ("40", ""),
        (
            "41",
            "sprint = 3\nsprint_end = 2026-10-09\ncommitted = 30\ncompleted = 25\nscope_total = 210\ndone_total = 75",
        ),
        (
            "42",
            "sprint = 4\nsprint_end = 2026-10-23\ncommitted = 30\ncompleted = 3\nscope_total = 210\ndone_total = 78",
        ),
    ];

    #[test]
    fn a_sprint_that_is_reported_twice_is_one_sprint() {
        let pace = pace_of(WEEKLY, "2026-10-16").unwrap();
        let told: Vec<_> = pace.sprints.iter().map(|s| (s.sprint, s.completed, s.is_finished)).collect();
        assert_eq!(
            told,
            [(1, Some(20), true), (2, Some(30), true), (3, Some(25), true), (4, Some(3), false)]
        );
        let velocity = Velocity { sprints: 3, low: 20.into(), mean: 25.into(), high: 30.into() };
        assert_eq!(pace.velocity, Ok(velocity));
        // 132 points are left: 5, 6 and 7 sprints of 14 days from 9 October.
        let forecast = Forecast {
            remaining: 132,
            sprint_days: 14,
            earliest: day("2026-12-18"),
            likely: day("2027-01-01"),
            latest: Some(day("2027-01-15")),
        };
        assert_eq!(pace.forecast, Ok(forecast));
        // Of a later day only the reports up to the day count.
        assert_eq!(pace_of(WEEKLY, "2026-09-20").unwrap().sprints.len(), 2);
    }

    #[test]
    fn too_little_is_no_forecast() {
        assert_eq!(pace_of(&[("40", "")], "2026-10-16"), None);
        let early = pace_of(&WEEKLY[..4], "2026-10-02").unwrap();
        assert_eq!(early.velocity, Err(Lack::Sprints { finished: 2 }));
        assert_eq!(early.forecast.unwrap_err().say(), "2 sprints are finished; 3 are needed");
        let of = |number: u32, end: &str, done: u32, rest: &str| {
            let end = if end.is_empty() { String::new() } else { format!("sprint_end = 2026-{end}\n") };
            format!("sprint = {number}\n{end}completed = {done}\n{rest}")
        };
        let three = |ends: [&str; 3], done: [u32; 3], rest: &str| {
            let texts: Vec<String> = (0..3).map(|at| of(at as u32 + 1, ends[at], done[at], rest)).collect();
            pace_of(&[("36", &texts[0]), ("38", &texts[1]), ("40", &texts[2])], "2026-10-16").unwrap()
        };
        let ends = ["09-11", "09-25", "10-09"];
        assert_eq!(three(ends, [1, 2, 3], "").forecast, Err(Lack::Scope));
        let scope = "scope_total = 10\ndone_total = 4";
        assert_eq!(three(["", "", "10-09"], [1, 2, 3], scope).forecast, Err(Lack::Ends));
        assert_eq!(three(ends, [0, 0, 0], scope).forecast, Err(Lack::Progress));
        // At the pace of a sprint in which nothing was done it never ends.
        assert_eq!(three(ends, [0, 2, 4], scope).forecast.unwrap().latest, None);
        let done = "scope_total = 4\ndone_total = 9";
        assert_eq!(
            three(ends, [1, 2, 4], done).forecast.unwrap().likely,
            day("2026-10-09"),
            "nothing is left"
        );
    }
}
