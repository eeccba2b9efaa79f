//! Which risks drive a sum: how far a percentile falls without each of them.

use rayon::prelude::*;

use crate::model::RecordId;

use super::spread::rank;
use super::{Dice, Modelled, Settings};

/// How many of the risks that vary most are taken out of the sum one by one.
const TRIED: usize = 40;

/// How many drivers are told.
const TOLD: usize = 10;

/// A risk that drives a sum.
#[derive(Clone, Debug, PartialEq)]
pub struct Driver {
    /// Which.
    pub id: RecordId,
    /// What it is about.
    pub title: String,
    /// The sum at the wished confidence less the same without this risk, all other draws being equal, in whole units.
    pub swing: i64,
    /// Its share in how the sum varies, in percent: its covariance with the sum over the sum's variance.
    pub share: f64,
}

/// Which of the two draws of a risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The cost.
    Cost,
    /// The days.
    Days,
}

/// Sums from which variance and covariance follow.
///
/// They go into the shares alone, which are statistics of statistics: binary floating point will do, and the
/// order of the runs, which is always the same, makes it the same each time.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Moments {
    count: f64,
    own: f64,
    sum: f64,
    own_own: f64,
    own_sum: f64,
    sum_sum: f64,
}

impl Moments {
    /// Adds a run: what was drawn for the risk, and the sum that it is part of.
    pub fn add(&mut self, own: i64, sum: i64) {
        let (own, sum) = (own as f64, sum as f64);
        self.count += 1.0;
        self.own += own;
        self.sum += sum;
        self.own_own += own * own;
        self.own_sum += own * sum;
        self.sum_sum += sum * sum;
    }

    /// The standard deviation of what was drawn for the risk.
    pub fn deviation(&self) -> f64 {
        let count = self.count.max(1.0);
        let mean = self.own / count;
        (self.own_own / count - mean * mean).max(0.0).sqrt()
    }

    /// The share in how the sum varies, in percent; zero where it does not vary.
    pub fn share(&self) -> f64 {
        let count = self.count.max(1.0);
        let (own, sum) = (self.own / count, self.sum / count);
        let variance = self.sum_sum / count - sum * sum;
        if variance <= 0.0 { 0.0 } else { (self.own_sum / count - own * sum) / variance * 100.0 }
    }
}

/// The risks that move a sum most, the largest swing first.
///
/// `risks` come with the standard deviation of their draws: of those that vary most, so many as are tried are
/// drawn again and taken out of the sum, one at a time.
pub fn of<'a>(
    total: &[i64],
    risks: impl Iterator<Item = (&'a Modelled, f64)>,
    settings: &Settings,
    measure: Measure,
) -> Vec<Driver> {
    let mut varying: Vec<(&Modelled, f64)> = risks.filter(|(_, deviation)| *deviation > 0.0).collect();
    varying.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.id.cmp(&b.0.id)));
    varying.truncate(TRIED);
    let with = nth(&mut total.to_vec(), settings.confidence);
    let mut drivers: Vec<Driver> = varying
        .into_par_iter()
        .with_max_len(1)
        .map(|(risk, _)| driver(risk, total, with, settings, measure))
        .collect();
    drivers.sort_by(|a, b| b.swing.abs().cmp(&a.swing.abs()).then_with(|| a.id.cmp(&b.id)));
    drivers.truncate(TOLD);
    drivers
}

fn driver(risk: &Modelled, total: &[i64], with: i64, settings: &Settings, measure: Measure) -> Driver {
    let mut dice = Dice::new(risk, settings.seed);
    let mut moments = Moments::default();
    let mut without = Vec::with_capacity(total.len());
    for sum in total {
        let (cost, days) = dice.draw().unwrap_or_default();
        let own = if measure == Measure::Cost { cost } else { days };
        moments.add(own, *sum);
        without.push(sum.saturating_sub(own));
    }
    let without = nth(&mut without, settings.confidence);
    let (id, title) = (risk.id.clone(), risk.title.clone());
    Driver { id, title, swing: with.saturating_sub(without), share: moments.share() }
}

/// The percentile of draws in any order.
fn nth(draws: &mut [i64], percent: u8) -> i64 {
    if draws.is_empty() {
        return 0;
    }
    let at = rank(draws.len(), percent);
    *draws.select_nth_unstable(at).1
}
