//! What the open risks of projects may come to, drawn many times over (Monte Carlo simulation).
//!
//! A run goes through every open risk that has figures: it occurs or not, by its chance; if it does, its cost
//! and its days are drawn from its effect. A three-point effect is drawn from a PERT or a triangular
//! distribution, one number stands as it is. A threat adds, an opportunity takes away. The costs of a
//! project's risks add up in each run, and so do their days, as if all of them lay on the one path that ends
//! with the project.
//!
//! Money is counted in whole minor units (cents). Only the draw of one effect goes through binary floating
//! point; it is turned into a whole number of units before anything is added to it, so that sums, means and
//! percentiles are exact sums, means and percentiles of the draws.
//!
//! Draws come from ChaCha8. Every risk has a stream of its own, found by its reference, and so has every
//! group of risks that occur together: what is drawn for a risk depends on the seed, the number of the run and
//! the risk, not on which other risks or projects are simulated, nor on how many threads do it.
//!
//! - [`Modelled`]: a risk with its chance and effects, or why it has none
//! - [`Dice`]: the draws of one risk
//! - [`Spread`]: mean and percentiles of what was drawn
//! - [`run`]: all runs of several projects, with what drives the sums

mod dice;
mod drivers;
mod modelled;
mod runs;
mod spread;
#[cfg(test)]
mod tests;

pub use dice::Dice;
pub use drivers::Driver;
pub use modelled::{ChanceFrom, Effect, Group, LeftOut, Modelled, Undrawn, minor_digits};
pub use runs::{LastFinish, Outcome, ProjectRuns, Sums, days_drivers, run};
pub use spread::{Spread, coverage};

use serde::Serialize;

use crate::model::{Date, Name, Project, Register, Risk};

use super::{cost, exposure};

/// How a simulation is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// How many runs.
    pub runs: usize,
    /// From which number the draws follow.
    pub seed: u64,
    /// How sure one wants to be, in percent.
    pub confidence: u8,
    /// How a three-point effect is drawn.
    pub distribution: Distribution,
}

/// How a three-point effect is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Distribution {
    /// A beta distribution between low and high, of mean (low + 4 × likely + high) ÷ 6: most draws lie near `likely`.
    Pert,
    /// Straight lines from low up to likely and down to high, of mean (low + likely + high) ÷ 3.
    Triangular,
}

impl Distribution {
    /// What it is called.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pert => "PERT",
            Self::Triangular => "triangular",
        }
    }
}

/// The most runs that are made.
pub const MOST_RUNS: usize = 1_000_000;

/// The open risks of a project, ready to be drawn.
#[derive(Clone, Debug)]
pub struct Task {
    /// The project's id.
    pub project: String,
    /// The currency of its amounts.
    pub currency: String,
    /// The finish that is expected without risks, where the last finish of all projects is asked for.
    pub finish: Option<Date>,
    /// The risks that are drawn, by id.
    pub risks: Vec<Modelled>,
    /// The open risks that cannot be drawn, each with the reason.
    pub left_out: Vec<Undrawn>,
}

/// Gathers the open risks of a project; nothing when its charter was not read.
pub fn task(register: &Register, project: &str, distribution: Distribution) -> Option<Task> {
    let (id, shelf) = register.projects.get_key_value(project)?;
    let charter: &Project = shelf.get(&Name::Sole)?;
    let currency = cost::currency(register, charter).to_owned();
    let mut task =
        Task { project: id.clone(), currency, finish: None, risks: Vec::new(), left_out: Vec::new() };
    for (name, risk) in shelf.records::<Risk>().filter(|(_, risk)| exposure::is_open(risk)) {
        match Modelled::of(id, name, risk, &task.currency, &register.config.risk, distribution) {
            Ok(modelled) => task.risks.push(modelled),
            Err(undrawn) => task.left_out.push(undrawn),
        }
    }
    Some(task)
}
