//! What the benefits that are money bring by fiscal year.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Lack;
use crate::analysis::benefits::{self, gain, worth};
use crate::analysis::conversion::Conversion;
use crate::analysis::standing::Standing;
use crate::model::{Benefit, Date, Finance, RecordId};

/// What the benefits that are money bring by year; `left_out` gets those that cannot be reckoned with.
pub(super) fn gains(
    at: &Standing<'_>,
    finance: &Finance,
    own: &str,
    years: std::ops::RangeInclusive<i32>,
    (conversion, left_out): (&mut Conversion<'_>, &mut Vec<String>),
) -> Result<BTreeMap<i32, Decimal>, Lack> {
    let (mut sums, mut counted) = (BTreeMap::new(), 0);
    for (name, benefit) in at.shelf.records::<Benefit>() {
        let Some(currency) = benefits::currency(benefit, own) else { continue };
        let id = RecordId { kind: "benefit", home: at.id.to_owned(), name: name.clone() }.to_string();
        let Some(rate) = conversion.between(currency, own) else {
            return Err(Lack::Currency { benefit: id, currency: currency.to_owned() });
        };
        let amounts: Option<Vec<(i32, Decimal)>> = years
            .clone()
            .map(|year| {
                let gain = worth(benefit, gain_of_year(benefit, finance, year)?)?;
                Some((year, gain.checked_mul(rate.0)?))
            })
            .collect();
        let Some(amounts) = amounts else {
            left_out.push(id);
            continue;
        };
        counted += 1;
        for (year, amount) in amounts {
            let sum: &mut Decimal = sums.entry(year).or_default();
            *sum = sum.checked_add(amount).ok_or(Lack::TooLarge)?;
        }
    }
    if counted == 0 { Err(Lack::Benefit) } else { Ok(sums) }
}

/// What a benefit brings in a fiscal year, in proportion to the forecast where there is one: the planned gain of each
/// day, a year's amount divided by the days of the year; of one that is gained once what its plan rises by.
pub(super) fn gain_of_year(benefit: &Benefit, finance: &Finance, year: i32) -> Option<Decimal> {
    let (first, end) = finance.year_span(year)?;
    let before = first.plus_days(-1);
    // A benefit without a baseline has no gain, not one of 0.
    benefit.baseline?;
    let amount = if benefit.once {
        let by = |day: Date| gain(benefit, benefits::planned(benefit, day)?);
        by(end)?.checked_sub(by(before)?)?
    } else {
        gain_by_day(benefit, before, end)?
    };
    let of_target = benefit.target.and_then(|target| gain(benefit, target.0)).filter(|gain| !gain.is_zero());
    let of_forecast = benefit.forecast.and_then(|forecast| gain(benefit, forecast.0));
    match of_forecast.zip(of_target) {
        Some((forecast, target)) => amount.checked_mul(forecast)?.checked_div(target),
        None => Some(amount),
    }
}

/// The planned gains of the days after one up to another, a year apart.
fn gain_by_day(benefit: &Benefit, before: Date, end: Date) -> Option<Decimal> {
    let worth = |day: Date| gain(benefit, benefits::planned(benefit, day)?);
    let points = benefits::points(benefit);
    let sum = match points.first() {
        // From the day on which it is expected, all at once.
        None => {
            let from = benefit.from?.plus_days(-1).max(before);
            let days = end.days_since(from).max(0);
            gain(benefit, benefit.target?.0)?.checked_mul(days.into())?
        }
        // Straight lines between the points; before the first there is no gain.
        Some((first, _)) => {
            let mut days: Vec<Date> = points.iter().map(|(date, _)| *date).collect();
            days.extend([before, end]);
            days.retain(|date| *date >= before.max(*first) && *date <= end);
            days.sort();
            days.dedup();
            let mut sum = Decimal::ZERO;
            for pair in days.windows(2) {
                let ends = worth(pair[0])?.checked_add(worth(pair[1])?)?;
                let twice = ends.checked_mul(pair[1].days_since(pair[0]).into())?;
                sum = sum.checked_add(twice.checked_div(Decimal::TWO)?)?;
            }
            sum
        }
    };
    sum.checked_div(end.days_since(before).into())
}
