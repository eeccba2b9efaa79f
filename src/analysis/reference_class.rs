//! What past projects say of an open one: reference class forecasting.
//!
//! The method is Flyvbjerg's ("From Nobel Prize to Project Management: Getting Risks Right", Project Management
//! Journal 37, 2006), as the UK's Department for Transport uses it ("Procedures for Dealing with Optimism Bias in
//! Transport Planning", 2004) beside the Treasury's Green Book guidance on optimism bias: take projects that are
//! comparable and over, look how far each ended from what was forecast at the same stage, and read the open
//! project's range from that distribution. It takes the outside view: what the managers say of the project in hand
//! enters only as the forecast that is scaled.

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::model::number::Money;
use crate::model::{Date, Number};

use super::track::Track;

/// The least number of past projects that a range may rest on unless the register says otherwise.
///
/// Of n past projects and the one in hand each is as likely as the others to be the worst, so the chance that the
/// project in hand is worse than all of them is 1 ÷ (n + 1). With four that is one in five, and the P80 would be a
/// guess beyond what was ever seen; from five on it lies within.
pub const MINIMUM: usize = 5;

/// How far apart two stages may lie to be comparable: a quarter of the way, in millionths.
const NEAR: i64 = 250_000;

/// The past projects that open ones are compared with.
pub struct PastProjects<'a>(Vec<PastProject<'a>>);

/// A past project, with what it forecast at each stage of its way.
struct PastProject<'a> {
    track: &'a Track,
    sights: Vec<Staged>,
}

/// What was forecast at a stage.
struct Staged {
    /// In millionths of the way, so that many stages are compared quickly.
    stage: i64,
    finish: Option<Date>,
    cost: Option<Money>,
}

impl<'a> PastProjects<'a> {
    /// Those of the tracks that have an outcome.
    pub fn of(tracks: &'a [Track]) -> Self {
        let past = tracks.iter().filter(|track| track.outcome.is_some());
        Self(past.map(|track| PastProject { track, sights: staged(track) }).collect())
    }
}

/// What a project forecast at each stage; its first agreement is its forecast at the start.
fn staged(track: &Track) -> Vec<Staged> {
    let agreed = Staged { stage: 0, finish: track.first_agreed.finish, cost: track.first_agreed.budget };
    let sights = track.sights.iter().filter_map(|sight| {
        let finish = sight.finish.or(sight.agreed_finish);
        Some(Staged { stage: millionths(track.stage(sight.date, finish?)?)?, finish, cost: sight.cost })
    });
    std::iter::once(agreed).chain(sights).collect()
}

fn millionths(share: Decimal) -> Option<i64> {
    share.checked_mul(Decimal::from(1_000_000))?.to_i64()
}

/// The value below which a share `p` (0 to 1) of the distribution lies, by Hazen's rule.
///
/// With the values in order x₁ … xₙ and h = n·p + ½, it is x at h, interpolated linearly between its neighbours and
/// never outside x₁ … xₙ. This is type 5 of Hyndman & Fan ("Sample Quantiles in Statistical Packages", The American
/// Statistician 50, 1996), after Hazen (1914): each value stands for the middle of its n-th of the distribution, and
/// the P50 is the median. Spreadsheets' PERCENTILE (type 7) takes the least and greatest of a few values for the
/// ends of all that can happen, and so gives too narrow a P80 for a handful of projects. Unit: as the values.
pub fn quantile(values: &[Decimal], p: Decimal) -> Option<Decimal> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let (first, last) = (*sorted.first()?, *sorted.last()?);
    let half = Decimal::new(5, 1);
    let place = p.clamp(Decimal::ZERO, Decimal::ONE).checked_mul(Decimal::from(sorted.len()))? + half;
    let below = place.floor();
    let Some(at) = below.to_usize().filter(|at| *at >= 1) else { return Some(first) };
    let (Some(low), Some(high)) = (sorted.get(at - 1), sorted.get(at)) else { return Some(last) };
    high.checked_sub(*low)?.checked_mul(place - below)?.checked_add(*low)
}

/// By what past projects were chosen, the narrowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alike {
    /// Of the same class and run the same way.
    ClassAndMethod,
    /// Of the same class.
    Class,
    /// Run the same way.
    Method,
    /// Every one.
    All,
}

impl Alike {
    const NARROWEST_FIRST: [Self; 4] = [Self::ClassAndMethod, Self::Class, Self::Method, Self::All];

    fn fits(self, past: &Track, open: &Track) -> bool {
        let class = open.class.is_some() && past.class == open.class;
        let method = open.method.is_some() && past.method == open.method;
        match self {
            Self::ClassAndMethod => class && method,
            Self::Class => class,
            Self::Method => method,
            Self::All => true,
        }
    }
}

/// What the reference class gives: a range, and what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Range<T> {
    /// As likely too high as too low.
    pub p50: T,
    /// Four in five end here or before.
    pub p80: T,
    /// The factors behind them: outcome over forecast at a comparable stage.
    pub factors: [Decimal; 2],
    /// By what the past projects were chosen.
    pub alike: Alike,
    /// How many past projects it rests on.
    pub projects: usize,
    /// How many of them ended no later, or no dearer, than forecast at that stage.
    pub met: usize,
}

/// Why there is no range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case", tag = "why")]
pub enum Refused {
    /// The project has no forecast and no agreed value, or no start.
    NothingToScale,
    /// Too few past projects are comparable.
    TooFew {
        /// How many are.
        found: usize,
    },
}

/// The range of an open project's finish.
///
/// Factor of a past project = (day closed − start) ÷ (finish forecast at the comparable stage − start). The range is
/// start + factor × (own forecast − start), in whole days rounded half to even, and never before the day. Where no
/// report forecasts the finish, the agreed one is scaled.
pub fn finish(
    open: &Track,
    past: &PastProjects<'_>,
    minimum: usize,
    day: Date,
) -> Result<Range<Date>, Refused> {
    let own = open.forecast_finish().or(open.agreed.finish);
    let (Some(start), Some(own)) = (open.start, own) else { return Err(Refused::NothingToScale) };
    let stage = open.stage(sighted(open, day), own).and_then(millionths).ok_or(Refused::NothingToScale)?;
    let factor = |past: &PastProject<'_>| {
        let (start, outcome) = (past.track.start?, past.track.outcome?);
        let then = at_stage(past, stage, |sight| sight.finish)?;
        ratio(outcome.finish.days_since(start).into(), then.days_since(start).into())
    };
    let range = class(open, past, minimum, factor)?;
    let length = Decimal::from(own.days_since(start));
    let scaled = |factor: Decimal| {
        let days = factor.checked_mul(length)?;
        let days = days.round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven).to_i64()?;
        Some(start.plus_days(days).max(day))
    };
    range.map(scaled).ok_or(Refused::NothingToScale)
}

/// The range of an open project's cost at completion, in its own currency.
///
/// Factor of a past project = final cost ÷ cost forecast at the comparable stage; the range is factor × own forecast,
/// and never less than was spent. Where no report forecasts the cost, the approved budget is scaled.
pub fn cost(
    open: &Track,
    past: &PastProjects<'_>,
    minimum: usize,
    day: Date,
) -> Result<Range<Money>, Refused> {
    let own = open.forecast_cost().or(open.agreed.budget).filter(|own| *own > Number::ZERO);
    let ends = open.forecast_finish().or(open.agreed.finish);
    let (Some(own), Some(ends)) = (own, ends) else { return Err(Refused::NothingToScale) };
    let stage = open.stage(sighted(open, day), ends).and_then(millionths).ok_or(Refused::NothingToScale)?;
    let factor = |past: &PastProject<'_>| {
        let then = at_stage(past, stage, |sight| sight.cost)?;
        ratio(past.track.outcome?.cost?.0, then.0)
    };
    let range = class(open, past, minimum, factor)?;
    let scaled = |factor: Decimal| {
        let cost = Number(factor.checked_mul(own.0)?);
        Some(open.spent.map_or(cost, |spent| cost.max(spent)))
    };
    range.map(scaled).ok_or(Refused::NothingToScale)
}

/// The day on which an open project was last seen: that of its newest report, else today.
fn sighted(open: &Track, day: Date) -> Date {
    open.sights.last().map_or(day, |sight| sight.date)
}

fn ratio(outcome: Decimal, forecast: Decimal) -> Option<Decimal> {
    let is_usable = outcome > Decimal::ZERO && forecast > Decimal::ZERO;
    is_usable.then(|| outcome.checked_div(forecast)).flatten()
}

/// What a past project forecast at the stage nearest to this one.
fn at_stage<T>(past: &PastProject<'_>, stage: i64, pick: impl Fn(&Staged) -> Option<T>) -> Option<T> {
    let near = past.sights.iter().filter_map(|one| {
        let apart = (one.stage - stage).abs();
        (apart <= NEAR).then_some((apart, pick(one)?))
    });
    near.min_by_key(|(apart, _)| *apart).map(|(_, picked)| picked)
}

/// The factors of the narrowest class that is large enough.
struct Factors {
    all: Vec<Decimal>,
    alike: Alike,
}

impl Factors {
    fn map<T>(&self, scaled: impl Fn(Decimal) -> Option<T>) -> Option<Range<T>> {
        let at = |percent: i64| quantile(&self.all, Decimal::new(percent, 2));
        let factors = [at(50)?, at(80)?];
        Some(Range {
            p50: scaled(factors[0])?,
            p80: scaled(factors[1])?,
            factors,
            alike: self.alike,
            projects: self.all.len(),
            met: self.all.iter().filter(|factor| **factor <= Decimal::ONE).count(),
        })
    }
}

fn class(
    open: &Track,
    past: &PastProjects<'_>,
    minimum: usize,
    factor: impl Fn(&PastProject<'_>) -> Option<Decimal>,
) -> Result<Factors, Refused> {
    let mut found = 0;
    for alike in Alike::NARROWEST_FIRST {
        let fits =
            |past: &&PastProject<'_>| past.track.project != open.project && alike.fits(past.track, open);
        let fitting = past.0.iter().filter(fits);
        let all: Vec<Decimal> = fitting.filter_map(&factor).collect();
        if all.len() >= minimum.max(1) {
            return Ok(Factors { all, alike });
        }
        found = all.len();
    }
    Err(Refused::TooFew { found })
}

#[cfg(test)]
mod tests;
