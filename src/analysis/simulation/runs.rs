//! All runs of several projects: each project by itself, and the sums of those of one currency.

use std::collections::BTreeMap;
use std::sync::Mutex;

use rayon::prelude::*;

use crate::model::{Date, RecordId};

use super::drivers::{self, Driver, Moments};
use super::{Dice, Settings, Spread, Task, coverage};

/// How many runs are drawn of all risks of a project before their sums are looked at.
const AT_ONCE: usize = 1_024;

/// What all runs came to.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Each project, in the order of the tasks.
    pub projects: Vec<ProjectRuns>,
    /// The sums of the projects' costs, by currency.
    pub sums: BTreeMap<String, Sums>,
    /// When the last of the projects finishes.
    pub last_finish: Option<LastFinish>,
}

/// When the last of several projects finishes: in each run the latest of their finishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastFinish {
    /// The same without risks.
    pub without_risks: Date,
    /// Days from then.
    pub days: Spread,
}

/// What the runs of one project came to.
#[derive(Clone, Debug, Default)]
pub struct ProjectRuns {
    /// What its risks cost, in minor units; nothing where none of them has an effect on cost.
    pub cost: Option<Spread>,
    /// By how many days they move its finish; nothing where none of them has an effect on days.
    pub days: Option<Spread>,
    /// In how many of a hundred runs the cost does not exceed the limit that was asked about.
    pub covered: Option<rust_decimal::Decimal>,
    /// The risk that has the largest share in how the cost varies, with that share in percent.
    pub main_cost_driver: Option<(RecordId, f64)>,
    /// The risk that has the largest share in how the days vary, with that share in percent.
    pub main_days_driver: Option<(RecordId, f64)>,
}

/// What the runs of all projects of one currency came to.
#[derive(Clone, Debug)]
pub struct Sums {
    /// What their risks cost together, in minor units.
    pub cost: Spread,
    /// In how many of a hundred runs the cost does not exceed the limit that was asked about.
    pub covered: Option<rust_decimal::Decimal>,
    /// The risks that move the sum most, the largest swing first.
    pub drivers: Vec<Driver>,
}

/// Draws all runs of all tasks.
///
/// `limits` are the amounts, in minor units, of which is asked how often they suffice: of each task, then of
/// each currency. `others` is the latest finish of projects that have no risks. `done` is called after each project, from any thread.
///
/// A project's draws are kept while it is its turn: 16 bytes a run for each thread, and 8 for each currency.
pub fn run(
    tasks: &[Task],
    limits: (&[Option<i64>], &BTreeMap<String, i64>),
    others: Option<Date>,
    settings: &Settings,
    done: &(dyn Fn() + Sync),
) -> Outcome {
    let currencies = tasks.iter().filter(|task| has_cost(task)).map(|task| task.currency.clone());
    let totals: BTreeMap<String, Mutex<Vec<i64>>> =
        currencies.map(|currency| (currency, Mutex::new(Vec::new()))).collect();
    let last = Last::of(tasks, others, settings.runs);
    let numbered: Vec<(usize, &Task)> = tasks.iter().enumerate().collect();
    let drawn: Vec<(ProjectRuns, Vec<f64>)> = numbered
        .into_par_iter()
        .with_max_len(1)
        .map(|(at, task)| {
            let limit = limits.0.get(at).copied().flatten();
            let drawn = project(task, limit, settings, totals.get(&task.currency), last.as_ref());
            done();
            drawn
        })
        .collect();
    let sums = totals
        .into_iter()
        .map(|(currency, total)| {
            let mut total = total.into_inner().unwrap_or_default();
            let of_currency = tasks.iter().zip(&drawn).filter(|(task, _)| task.currency == currency);
            let risks =
                of_currency.flat_map(|(task, (_, spreads))| task.risks.iter().zip(spreads.iter().copied()));
            let drivers = drivers::of(&total, risks, settings, drivers::Measure::Cost);
            let cost = Spread::of(&mut total, settings.confidence);
            let covered = limits.1.get(&currency).and_then(|limit| coverage(&total, *limit));
            (currency, Sums { cost, covered, drivers })
        })
        .collect();
    let last_finish = last.map(|last| last.finish(settings));
    Outcome { projects: drawn.into_iter().map(|(runs, _)| runs).collect(), sums, last_finish }
}

/// The latest finish of each run, in days from the latest one without risks.
struct Last {
    from: Date,
    days: Mutex<Vec<i64>>,
}

impl Last {
    /// Nothing where no project has a finish.
    fn of(tasks: &[Task], others: Option<Date>, runs: usize) -> Option<Self> {
        let from = tasks.iter().filter_map(|task| task.finish).chain(others).max()?;
        let least = others.map_or(i64::MIN, |finish| finish.days_since(from));
        Some(Self { from, days: Mutex::new(vec![least; runs]) })
    }

    /// Takes the finishes of one more project into account; the order of the projects makes no difference.
    fn add(&self, finish: Date, days: &[i64]) {
        let base = finish.days_since(self.from);
        let Ok(mut last) = self.days.lock() else { return };
        for (last, days) in last.iter_mut().zip(days) {
            *last = (*last).max(base.saturating_add(*days));
        }
    }

    fn finish(self, settings: &Settings) -> LastFinish {
        let mut days = self.days.into_inner().unwrap_or_default();
        LastFinish { without_risks: self.from, days: Spread::of(&mut days, settings.confidence) }
    }
}

fn has_cost(task: &Task) -> bool {
    task.risks.iter().any(|risk| risk.cost.is_some())
}

/// The runs of one project, added to the sums of its currency, with the standard deviation of each risk's cost.
fn project(
    task: &Task,
    limit: Option<i64>,
    settings: &Settings,
    total: Option<&Mutex<Vec<i64>>>,
    last: Option<&Last>,
) -> (ProjectRuns, Vec<f64>) {
    let mut cost = vec![0_i64; settings.runs];
    let mut days = vec![0_i64; settings.runs];
    let mut dice: Vec<Dice<'_>> = task.risks.iter().map(|risk| Dice::new(risk, settings.seed)).collect();
    let mut moments = vec![(Moments::default(), Moments::default()); dice.len()];
    let mut drawn = vec![Vec::with_capacity(AT_ONCE); dice.len()];
    for (cost, days) in cost.chunks_mut(AT_ONCE).zip(days.chunks_mut(AT_ONCE)) {
        for (dice, drawn) in dice.iter_mut().zip(&mut drawn) {
            drawn.clear();
            for (cost, days) in cost.iter_mut().zip(days.iter_mut()) {
                let effect = dice.draw().unwrap_or_default();
                *cost = cost.saturating_add(effect.0);
                *days = days.saturating_add(effect.1);
                drawn.push(effect);
            }
        }
        for ((of_cost, of_days), drawn) in moments.iter_mut().zip(&drawn) {
            for ((own, own_days), (sum, sum_days)) in drawn.iter().zip(cost.iter().zip(days.iter())) {
                of_cost.add(*own, *sum);
                of_days.add(*own_days, *sum_days);
            }
        }
    }
    if let Some(total) = total
        && has_cost(task)
    {
        add_to(total, &cost);
    }
    if let Some((last, finish)) = last.zip(task.finish) {
        last.add(finish, &days);
    }
    let main = |pick: &dyn Fn(&(Moments, Moments)) -> f64| {
        let shares = task.risks.iter().zip(&moments).map(|(risk, both)| (risk.id.clone(), pick(both)));
        shares
            .filter(|(_, share)| *share > 0.0)
            .max_by(|a, b| a.1.total_cmp(&b.1).then_with(|| b.0.cmp(&a.0)))
    };
    let spreads = moments.iter().map(|(cost, _)| cost.deviation()).collect();
    let main_cost_driver = main(&|(cost, _)| cost.share());
    let main_days_driver = main(&|(_, days)| days.share());
    let cost_spread = has_cost(task).then(|| Spread::of(&mut cost, settings.confidence));
    let covered = cost_spread.and(limit).and_then(|limit| coverage(&cost, limit));
    let has_days = task.risks.iter().any(|risk| risk.days.is_some());
    let days = has_days.then(|| Spread::of(&mut days, settings.confidence));
    (ProjectRuns { cost: cost_spread, days, covered, main_cost_driver, main_days_driver }, spreads)
}

/// Adds a project's runs to the sums; in whole numbers the order of the projects makes no difference.
fn add_to(total: &Mutex<Vec<i64>>, cost: &[i64]) {
    // A lock is only poisoned where a thread has panicked, and then there is no outcome.
    let Ok(mut total) = total.lock() else { return };
    total.resize(cost.len(), 0);
    for (sum, cost) in total.iter_mut().zip(cost) {
        *sum = sum.saturating_add(*cost);
    }
}

/// The largest swings of one project's days, by risk.
pub fn days_drivers(task: &Task, settings: &Settings) -> Vec<Driver> {
    let mut days = vec![0_i64; settings.runs];
    let mut spreads = Vec::new();
    for risk in &task.risks {
        let mut dice = Dice::new(risk, settings.seed);
        let mut moments = Moments::default();
        for sum in &mut days {
            let own = dice.draw().unwrap_or_default().1;
            moments.add(own, own);
            *sum = sum.saturating_add(own);
        }
        spreads.push(moments.deviation());
    }
    drivers::of(&days, task.risks.iter().zip(spreads), settings, drivers::Measure::Days)
}
