//! How far forecasts moved, and how early red was called before a slip.

use rust_decimal::Decimal;

use super::reference_class::quantile;
use super::track::Track;
use crate::model::Date;

/// The mean length of a month in days: 365.25 ÷ 12.
pub const MONTH: Decimal = Decimal::from_parts(304_375, 0, 0, false, 4);

/// The least number of projects whose forecasts make a figure about a group: below it the figure would be about
/// somebody's one or two projects, and not about how the group forecasts.
pub const MINIMUM: usize = 3;

/// How a forecast moved over the time in which it was watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// How far: days, or percent of the first forecast.
    pub by: Decimal,
    /// Over how many days.
    pub days: i64,
}

/// How the forecasts of several projects moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// The movement a month, over all of them; nothing where fewer than [`MINIMUM`] were watched.
    pub a_month: Option<Decimal>,
    /// How many projects it rests on.
    pub projects: usize,
    /// For how many months they were watched, all together.
    pub months: Decimal,
}

/// How far the forecast of a project's finish moved, in days, from its first forecast to its last, or to the day on
/// which it was closed; later is positive.
pub fn finish(track: &Track) -> Option<Move> {
    let mut seen = track.sights.iter().filter_map(|sight| Some((sight.date, sight.finish?)));
    let (from, first) = seen.next()?;
    let end = track.outcome.map(|outcome| (outcome.finish, outcome.finish));
    let (to, last) = end.or_else(|| seen.next_back())?;
    moved(last.days_since(first).into(), from, to)
}

/// How far the forecast of a project's cost moved, in percent of its first forecast: (last − first) ÷ first × 100;
/// for a closed project the last is what it had cost.
pub fn cost(track: &Track) -> Option<Move> {
    let mut seen = track.sights.iter().filter_map(|sight| Some((sight.date, sight.cost?)));
    let (from, first) = seen.next()?;
    let end = track.outcome.and_then(|outcome| Some((outcome.finish, outcome.cost?)));
    let (to, last) = end.or_else(|| seen.next_back())?;
    let by = last.0.checked_sub(first.0)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(first.0)?;
    moved(by, from, to)
}

fn moved(by: Decimal, from: Date, to: Date) -> Option<Move> {
    let days = to.days_since(from);
    (days > 0).then_some(Move { by, days })
}

/// The pace at which forecasts moved: Σ movement ÷ Σ time, in the movement's unit a month of 30.4375 days.
///
/// Every month of watching weighs the same, so that a project seen for two weeks does not outweigh one seen for a year.
pub fn pace(moves: impl IntoIterator<Item = Move>) -> Pace {
    let (mut projects, mut days, mut by) = (0_usize, 0_i64, Some(Decimal::ZERO));
    for one in moves {
        projects += 1;
        days += one.days;
        by = by.and_then(|sum| sum.checked_add(one.by));
    }
    let months = Decimal::from(days) / MONTH;
    let a_month = by.filter(|_| projects >= MINIMUM).and_then(|by| by.checked_div(months));
    Pace { a_month, projects, months }
}

/// When red was called, beside the day on which a slip was there to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case", tag = "call", content = "days")]
pub enum Call {
    /// So many days before.
    Before(i64),
    /// In the same report.
    With,
    /// So many days after.
    After(i64),
    /// Not at all.
    Never,
}

/// A slip, and when red was called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slip {
    /// The day of the first report whose forecast lay more than the limit behind the finish agreed then, or on which
    /// the project was closed that late.
    pub on: Date,
    /// When red was called.
    pub call: Call,
}

/// A project's first slip of more than `limit` days and when it was called: the first report that rates the project
/// or its schedule red.
pub fn slip(track: &Track, limit: i64) -> Option<Slip> {
    let is_late = |finish: Date, agreed: Date| finish.days_since(agreed) > limit;
    let seen = track.sights.iter().find(|sight| {
        sight.finish.zip(sight.agreed_finish).is_some_and(|(finish, agreed)| is_late(finish, agreed))
    });
    let closed = track.outcome.map(|outcome| outcome.finish);
    let closed = closed.filter(|day| track.agreed.finish.is_some_and(|agreed| is_late(*day, agreed)));
    let on = seen.map(|sight| sight.date).or(closed)?;
    let red = track.sights.iter().find(|sight| sight.is_red).map(|sight| sight.date);
    let call = match red.map(|red| on.days_since(red)) {
        None => Call::Never,
        Some(0) => Call::With,
        Some(days) if days > 0 => Call::Before(days),
        Some(days) => Call::After(-days),
    };
    Some(Slip { on, call })
}

/// How early red was called, over several slips.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    /// How many projects slipped.
    pub slipped: usize,
    /// How many of them were called red before.
    pub before: usize,
    /// How many in the same report.
    pub with: usize,
    /// How many after.
    pub after: usize,
    /// How many never.
    pub never: usize,
    /// The median of the days by which red came before the slip (negative: after it), of those that were called;
    /// nothing where fewer than [`MINIMUM`] were.
    pub median_lead: Option<Decimal>,
}

/// Adds up how early red was called.
pub fn calls(slips: impl IntoIterator<Item = Slip>) -> Calls {
    let mut calls = Calls::default();
    let mut leads = Vec::new();
    for slip in slips {
        calls.slipped += 1;
        let (counter, lead) = match slip.call {
            Call::Before(days) => (&mut calls.before, Some(days)),
            Call::With => (&mut calls.with, Some(0)),
            Call::After(days) => (&mut calls.after, Some(-days)),
            Call::Never => (&mut calls.never, None),
        };
        *counter += 1;
        leads.extend(lead.map(Decimal::from));
    }
    if leads.len() >= MINIMUM {
        calls.median_lead = quantile(&leads, Decimal::new(5, 1));
    }
    calls
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::{day, register};

    /// A project that is agreed to end on 31 December, with a report for each of these weeks.
    fn track(charter: &str, reports: &[(&str, &str)]) -> Track {
        let charter = format!(
            "name = 'C'\nmanager = 'j'\nschedule = {{ start = 2026-01-01, finish = 2026-12-31 }}\n{charter}"
        );
        let reports = reports.iter().map(|(week, more)| {
            let text = format!("summary = 'x'\nrag.overall = 'green'\n{more}");
            (format!("projects/c/status/2026-W{week}.toml"), text)
        });
        let mut files: Vec<(String, String)> = reports.collect();
        files.push(("projects/c/project.toml".to_owned(), charter));
        let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        Track::of(&register(&files), "c", day("2026-11-20")).unwrap()
    }

    const ACTIVE: &str = "state = 'active'\n";

    #[test]
    fn a_forecast_moves_from_its_first_to_its_last_or_to_the_end() {
        let reports = [
            ("10", "forecast_finish = 2026-12-31\nforecast_cost = 100\n"),
            ("11", ""),
            ("14", "forecast_finish = 2027-01-31\nforecast_cost = 110\n"),
        ];
        let open = track(ACTIVE, &reports);
        assert_eq!(finish(&open), Some(Move { by: 31.into(), days: 28 }));
        assert_eq!(cost(&open), Some(Move { by: 10.into(), days: 28 }));
        let closed = track("state = 'closed'\nclosed_on = 2026-04-12\n", &reports);
        assert_eq!(finish(&closed), Some(Move { by: (-263).into(), days: 35 }));
        assert_eq!(finish(&track(ACTIVE, &reports[..2])), None, "one forecast moves nowhere");
    }

    #[test]
    fn the_pace_weighs_months_and_needs_three_projects() {
        let one = Move { by: 30.into(), days: 90 };
        let still = Move { by: 0.into(), days: 180 };
        assert_eq!(pace([one, still]).a_month, None);
        let pace = pace([one, still, Move { by: 6.into(), days: 30 }]);
        // 36 days in 300 days: 0.12 a day.
        assert_eq!(pace.a_month.unwrap().round_dp(4), Decimal::new(36525, 4));
        assert_eq!((pace.projects, pace.months.round_dp(2)), (3, Decimal::new(986, 2)));
    }

    #[test]
    fn red_is_called_before_with_after_or_never() {
        let late = "forecast_finish = 2027-02-15\n";
        let red = "rag.schedule = 'red'\n";
        let both = format!("{late}{red}");
        let call = |reports: &[(&str, &str)]| slip(&track(ACTIVE, reports), 30).map(|slip| slip.call);
        assert_eq!(call(&[("10", red), ("12", late)]), Some(Call::Before(14)));
        assert_eq!(call(&[("10", ""), ("12", &both)]), Some(Call::With));
        assert_eq!(call(&[("10", late), ("13", red)]), Some(Call::After(21)));
        assert_eq!(call(&[("10", late)]), Some(Call::Never));
        assert_eq!(call(&[("10", red)]), None, "no slip, nothing to call");
        let closed = track("state = 'closed'\nclosed_on = 2027-02-15\n", &[("10", red)]);
        assert_eq!(slip(&closed, 30), None, "not closed yet on the day");
        let slips = [Call::Before(14), Call::With, Call::After(21), Call::Never];
        let calls = calls(slips.map(|call| Slip { on: day("2026-11-20"), call }));
        assert_eq!((calls.slipped, calls.before, calls.with, calls.after, calls.never), (4, 1, 1, 1, 1));
        assert_eq!(calls.median_lead, Some(Decimal::ZERO));
    }
}
