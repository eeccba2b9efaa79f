//! `pmo risk VERB`: what risks have beyond `add` and `list`.
//!
//! - `matrix`: the heat map of probability and impact
//! - `simulate`: what the open risks may come to
//! - `calibration`: how well risks were judged
//! - `review`, `accept`, `escalate`, `occur`: what happens to a risk on its way
//! - `named`: the risk that a command names
//! - `reading`: the risks that a report is about, now and as they stood

mod accept;
mod calibration;
mod escalate;
mod matrix;
mod named;
mod occur;
pub(super) mod reading;
mod review;
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
    /// Compare stated chances and effects with what happened
    Calibration(calibration::Calibration),
    /// Say that a risk was looked at, and when it is to be looked at again
    Review(review::Review),
    /// Accept a risk for a time: by whose word, until when, and why
    Accept(accept::Accept),
    /// Escalate a risk to a programme or portfolio
    Escalate(escalate::Escalate),
    /// Answer a risk that was escalated
    Answer(escalate::Answer),
    /// Say that a risk has occurred: it ends, and an issue begins that comes from it
    Occur(occur::Occur),
}

impl RiskCommand {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        match self {
            Self::Matrix(matrix) => matrix.run(context),
            Self::Simulate(simulate) => simulate.run(context),
            Self::Calibration(calibration) => calibration.run(context),
            Self::Review(review) => review.run(context),
            Self::Accept(accept) => accept.run(context),
            Self::Escalate(escalate) => escalate.run(context),
            Self::Answer(answer) => answer.run(context),
            Self::Occur(occur) => occur.run(context),
        }
    }
}
