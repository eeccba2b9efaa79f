//! `pmo risk matrix`: the heat map of probability and impact.

use clap::Args;

use super::super::{CliError, Context, Outcome};

/// Show risks as a heat map of probability and impact
#[derive(Debug, Args)]
pub struct Matrix {}

impl Matrix {
    /// Runs the command.
    pub fn run(self, _context: &Context) -> Outcome {
        Err(CliError::new("the matrix is not drawn yet").hint("`pmo risk list` lists the risks"))
    }
}
