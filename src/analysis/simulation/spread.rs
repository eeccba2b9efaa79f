//! Mean and percentiles of what was drawn.

use rust_decimal::Decimal;
use serde::Serialize;

/// How what was drawn is spread, in whole units.
///
/// A percentile is the smallest draw that at least so many of a hundred draws do not exceed (nearest rank).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// The sum of all draws over their number, rounded to whole units.
    pub mean: i64,
    /// A tenth of the draws are at most this.
    pub p10: i64,
    /// Half of them.
    pub p50: i64,
    /// Four in five.
    pub p80: i64,
    /// Nine in ten.
    pub p90: i64,
    /// As many as one wants to be sure of.
    pub at_confidence: i64,
}

impl Spread {
    /// The spread of draws, which are put in order.
    pub fn of(draws: &mut [i64], confidence: u8) -> Self {
        draws.sort_unstable();
        let at = |percent| percentile(draws, percent);
        Self {
            mean: mean(draws),
            p10: at(10),
            p50: at(50),
            p80: at(80),
            p90: at(90),
            at_confidence: at(confidence),
        }
    }
}

/// The place of a percentile among so many ordered draws.
pub(super) fn rank(count: usize, percent: u8) -> usize {
    (count * usize::from(percent)).div_ceil(100).clamp(1, count.max(1)) - 1
}

/// The percentile of ordered draws; zero where there are none.
pub(super) fn percentile(ordered: &[i64], percent: u8) -> i64 {
    ordered.get(rank(ordered.len(), percent)).copied().unwrap_or(0)
}

fn mean(draws: &[i64]) -> i64 {
    let count = draws.len().max(1) as i128;
    let sum: i128 = draws.iter().map(|draw| i128::from(*draw)).sum();
    // Half to even, as everywhere where money is rounded.
    let (whole, rest) = (sum.div_euclid(count), sum.rem_euclid(count));
    let is_up = rest * 2 > count || (rest * 2 == count && whole % 2 != 0);
    i64::try_from(whole + i128::from(is_up)).unwrap_or(i64::MAX)
}

/// In how many of a hundred runs the draws, which are in order, do not exceed a limit.
pub fn coverage(ordered: &[i64], limit: i64) -> Option<Decimal> {
    if ordered.is_empty() {
        return None;
    }
    let within = ordered.partition_point(|draw| *draw <= limit);
    Decimal::from(within).checked_mul(Decimal::ONE_HUNDRED)?.checked_div(Decimal::from(ordered.len()))
}
