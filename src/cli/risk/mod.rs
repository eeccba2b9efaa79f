//! `pmo risk VERB`: what risks have beyond `add` and `list`.
//!
//! - `matrix`: the heat map of probability and impact
//! - `simulate`: what the open risks may come to
//! - `reading`: the risks that a report is about, now and as they stood

mod matrix;
pub(super) mod reading;
mod simulate;

use clap::Subcommand;

use super::{Context, Outcome};

/// What `pmo risk` does beyond the generic verbs.
#[derive(Debug, Subcommand)]
pub(super) enum RiskCommand {
    /// Show risks as a heat map of probability and impact
    Matrix(matrix::Matrix),
    /// Draw the open risks many times over: percentiles of cost and finish
    Simulate(simulate::Simulate),
}

impl RiskCommand {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        match self {
            Self::Matrix(matrix) => matrix.run(context),
            Self::Simulate(simulate) => simulate.run(context),
        }
    }
}
