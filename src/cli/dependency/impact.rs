//! `pmo dependency impact`.

use clap::Args;
use clap_complete::ArgValueCandidates;

use crate::analysis::dependency::Network;
use crate::model::Date;
use crate::report::Asked;
use crate::report::dependency;

use super::super::audience::Readers;
use super::super::report::{PageOptions, asked};
use super::super::{CliError, Context, Outcome, complete};
use super::point;

/// Show everything that moves when a milestone or a finish slips
///
/// The float of a dependency takes up what it can, the rest passes on; within a project the later milestones and the
/// finish move with the milestone that moves. Nothing is written.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo dependency impact data-platform#api-v2 --slip 20d
  pmo dependency impact data-platform#api-v2 --to 2027-04-01
  pmo dependency impact erp-rollout --slip 4w           a project without a milestone is its finish
  pmo dependency impact crm#go-live --slip -2w          what would have more days to spare")]
pub(super) struct Impact {
    /// What slips: a milestone, such as crm#go-live, or a project for its finish
    #[arg(value_name = "REF", add = ArgValueCandidates::new(complete::projects))]
    reference: String,
    /// By how much: 20d, 4w, or less than none when it comes earlier
    #[arg(long, value_name = "DAYS", value_parser = point::slip, allow_hyphen_values = true, required_unless_present = "to", conflicts_with = "to")]
    slip: Option<i64>,
    /// The day on which it would come
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,
    #[command(flatten)]
    readers: Readers,
    #[command(flatten)]
    page: PageOptions,
}

impl Impact {
    pub(super) fn run(self, context: &Context) -> Outcome {
        let question = Asked::new(context.today, "");
        let loaded = context.load_for(&self.readers, &dependency::scope(&question))?;
        let point = point::named(&loaded.register, &self.reference)?;
        let days = point::open(&Network::of(&loaded.register, context.today), &point)?;
        let slip = match (self.slip, self.to) {
            (Some(days), _) => days,
            (None, Some(to)) => point::until(&point, days, to)?,
            (None, None) => 0,
        };
        let Some(report) = dependency::impact(&loaded.register, &asked(context, &loaded), &point, slip)
        else {
            return Err(CliError::new(format!("{point} is no point that others could wait for")));
        };
        drop(loaded);
        self.page.put(context, &report, || report.page())
    }
}
