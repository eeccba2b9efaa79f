//! `pmo risk VERB`: what risks have beyond `add` and `list`.
//!
//! - `matrix`: the heat map of probability and impact
//! - `reading`: the risks that a report is about, now and as they stood

mod matrix;
pub(super) mod reading;

use clap::Subcommand;

use super::{Context, Outcome};

/// What `pmo risk` does beyond the generic verbs.
#[derive(Debug, Subcommand)]
pub(super) enum RiskCommand {
    /// Show risks as a heat map of probability and impact
    Matrix(matrix::Matrix),
}

impl RiskCommand {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        match self {
            Self::Matrix(matrix) => matrix.run(context),
        }
    }
}
