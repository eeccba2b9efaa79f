//! The readings of many projects into one figure a period.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::model::number::Money;
use crate::model::{Number, Rag};

use super::super::cost::percent_of;
use super::{Entry, Held, Metric, Reading, Reported};

/// A metric over all periods, for one group and currency.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The group, by id and name; nothing for projects that name none, or where no groups were asked for.
    pub group: Option<(String, String)>,
    /// The currency, where the metric speaks of money.
    pub currency: Option<String>,
    /// One point a period.
    pub points: Vec<Point>,
}

/// A metric in one period.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Point {
    /// Over how many projects the figures were taken.
    pub counted: usize,
    /// How many other projects were under way and gave no figure.
    pub missing: usize,
    /// How many of those that count gave no report for the period, so that their last one counts.
    pub silent: usize,
    /// The figures, in the order of the metric's measures.
    pub values: Vec<Option<Number>>,
}

/// Folds the readings of all projects into series of `periods` points: by group in the order of their names (those
/// without one last), and by currency (`own` first).
///
/// A figure is nothing, and never zero, where no project gave one.
pub fn fold(metric: Metric, entries: Vec<Entry>, periods: usize, own: &str) -> Vec<Series> {
    type Key = (bool, String, String, bool, String);
    type Kept = (Option<(String, String)>, Vec<Vec<Reading>>);
    let mut sorted: BTreeMap<Key, Kept> = BTreeMap::new();
    for Entry { member, at, reading } in entries {
        let currency = if metric.is_money() { member.currency } else { String::new() };
        let (id, name) = member.group.clone().unwrap_or_default();
        let key = (member.group.is_none(), name.to_lowercase(), id, currency != own, currency);
        let empty = || (member.group, vec![Vec::new(); periods]);
        let (_, readings) = sorted.entry(key).or_insert_with(empty);
        if let Some(readings) = readings.get_mut(at) {
            readings.push(reading);
        }
    }
    let series = |((.., currency), (group, readings)): (Key, Kept)| Series {
        group,
        currency: metric.is_money().then_some(currency),
        points: readings.iter().map(|readings| point(metric, readings)).collect(),
    };
    sorted.into_iter().map(series).collect()
}

fn point(metric: Metric, readings: &[Reading]) -> Point {
    let reported = || {
        readings.iter().filter_map(|reading| match reading {
            Reading::Reported(reported) => Some(reported),
            Reading::Held(_) => None,
        })
    };
    let held: Vec<&Held> = readings
        .iter()
        .filter_map(|reading| match reading {
            Reading::Held(held) => Some(held),
            Reading::Reported(_) => None,
        })
        .collect();
    match metric {
        Metric::Rag => taken(reported(), |one| one.rag.filter(|rag| *rag != Rag::Grey), &ratings),
        Metric::Slip => taken(reported(), |one| one.slip, &slip),
        Metric::Progress => taken(reported(), |one| one.done, &|done| vec![mean(done)]),
        Metric::Cost => taken(reported(), |one| Some((one.forecast?, one.budget?)), &over),
        Metric::Reporting => reporting(reported()),
        Metric::Risks => {
            let (open, red) = (sum(&held, |one| one.threats), sum(&held, |one| one.red));
            counts(&held, |one| !one.lacks_risks, vec![open, red])
        }
        Metric::Exposure => {
            let expected = amount(&held, |one| one.expected);
            let unvalued = sum(&held, |one| one.unvalued);
            counts(&held, |one| one.expected.is_some() && !one.lacks_risks, vec![expected, unvalued])
        }
        Metric::Scope => {
            let (waiting, uncosted) = (sum(&held, |one| one.undecided), sum(&held, |one| one.uncosted));
            counts(&held, |one| !one.lacks_changes, vec![waiting, amount(&held, |one| one.cost), uncosted])
        }
        Metric::Budget => {
            let approved = amount(&held, |one| one.budget);
            counts(&held, |one| one.budget.is_some(), vec![approved])
        }
    }
}

/// Takes a figure over the projects that give the value.
fn taken<'a, T>(
    all: impl Iterator<Item = &'a Reported>,
    value: impl Fn(&Reported) -> Option<T>,
    figures: &dyn Fn(&[T]) -> Vec<Option<Number>>,
) -> Point {
    let (mut given, mut missing, mut silent) = (Vec::new(), 0, 0);
    for one in all {
        match value(one) {
            Some(value) => {
                silent += usize::from(one.is_silent);
                given.push(value);
            }
            None => missing += 1,
        }
    }
    Point { counted: given.len(), missing, silent, values: figures(&given) }
}

fn count(number: usize) -> Option<Number> {
    Some(Number(Decimal::from(number)))
}

fn ratings(all: &[Rag]) -> Vec<Option<Number>> {
    let of = |fits: fn(&Rag) -> bool| {
        (!all.is_empty()).then(|| count(all.iter().filter(|rag| fits(rag)).count())).flatten()
    };
    vec![
        of(|rag| *rag == Rag::Red),
        of(|rag| matches!(rag, Rag::AmberRed | Rag::Amber | Rag::AmberGreen)),
        of(|rag| *rag == Rag::Green),
    ]
}

/// Mean, median, worst, and how many are late.
fn slip(all: &[i64]) -> Vec<Option<Number>> {
    let mut days: Vec<Decimal> = all.iter().map(|days| Decimal::from(*days)).collect();
    days.sort_unstable();
    let late = days.iter().filter(|days| **days > Decimal::ZERO).count();
    let median = super::super::reference_class::quantile(&days, Decimal::new(5, 1)).map(Number);
    vec![
        mean(&days),
        median,
        days.last().copied().map(Number),
        (!days.is_empty()).then(|| count(late)).flatten(),
    ]
}

/// The sum of the forecasts over that of the budgets in percent, and both.
fn over(all: &[(Money, Money)]) -> Vec<Option<Number>> {
    let add = |pick: fn(&(Money, Money)) -> Decimal| {
        let first = (!all.is_empty()).then_some(Decimal::ZERO);
        all.iter().map(pick).fold(first, |sum, one| sum?.checked_add(one))
    };
    let (forecast, budget) = (add(|pair| pair.0.0), add(|pair| pair.1.0));
    let over =
        forecast.zip(budget).and_then(|(forecast, budget)| percent_of(forecast.checked_sub(budget)?, budget));
    vec![over.map(Number), forecast.map(Number), budget.map(Number)]
}

fn reporting<'a>(all: impl Iterator<Item = &'a Reported>) -> Point {
    let (mut owed, mut filed, mut point) = (0, 0, Point::default());
    for one in all.filter(|one| one.owed > 0) {
        owed += one.owed;
        filed += one.filed;
        point.counted += 1;
        point.silent += usize::from(one.is_silent);
    }
    point.values = match owed {
        0 => vec![None; 3],
        _ => {
            let share = percent_of(Decimal::from(filed), Decimal::from(owed)).map(Number);
            vec![share, count(filed), count(owed)]
        }
    };
    point
}

fn mean(all: &[Decimal]) -> Option<Number> {
    let sum = all.iter().try_fold(Decimal::ZERO, |sum, one| sum.checked_add(*one))?;
    sum.checked_div(Decimal::from(all.len())).map(Number)
}

fn counts(all: &[&Held], has: impl Fn(&Held) -> bool, values: Vec<Option<Number>>) -> Point {
    let counted = all.iter().filter(|one| has(one)).count();
    Point { counted, missing: all.len() - counted, silent: 0, values }
}

fn sum(all: &[&Held], pick: impl Fn(&Held) -> usize) -> Option<Number> {
    if all.is_empty() { None } else { count(all.iter().map(|one| pick(one)).sum()) }
}

fn amount(all: &[&Held], pick: impl Fn(&Held) -> Option<Money>) -> Option<Number> {
    let known: Vec<Money> = all.iter().filter_map(|one| pick(one)).collect();
    let sum = known.iter().try_fold(Decimal::ZERO, |sum, one| sum.checked_add(one.0));
    sum.filter(|_| !known.is_empty()).map(Number)
}
