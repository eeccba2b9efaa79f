//! `pmo risk calibration`: how well risks were judged.

use clap::Args;

use crate::report::risk_calibration;

use super::super::audience::Readers;
use super::super::report::{Filter, PageOptions, asked};
use super::super::{Context, Outcome};

/// Compare stated chances and effects with what happened
///
/// Over all risks that were closed or have occurred, also of closed projects: for each level of chance how many there
/// were, what was stated first and what share occurred, and the Brier score; for those that occurred what they were to
/// cost and did. Few cases are said to be few.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo risk calibration
  pmo risk calibration --division IT
  pmo risk calibration -O json")]
pub struct Calibration {
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    readers: Readers,
    #[command(flatten)]
    page: PageOptions,
}

impl Calibration {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let loaded = context.load_for(&self.readers, &risk_calibration::scope(context.today))?;
        let selection = self.filter.selection(&loaded)?;
        let report = risk_calibration::calibration(&loaded.register, &asked(context, &loaded), selection);
        drop(loaded);
        self.page.put(context, &report, || report.page())
    }
}
