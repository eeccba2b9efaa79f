//! `pmo dependency critical`.

use clap::Args;

use crate::report::Asked;
use crate::report::dependency;

use super::super::audience::Readers;
use super::super::report::{Filter, PageOptions, asked};
use super::super::{Context, Outcome};

/// Show the chain that the last finish hangs on
///
/// The critical path leads through points that have no day to spare to the latest expected finish of the projects
/// that are selected (Kelley and Walker's critical path method). Below it stand the points of other projects that can
/// move that finish, with the days by which each may slip before it does.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo dependency critical                             over every project that is not over
  pmo dependency critical --programme customer-360
  pmo dependency critical --within 60                 with everything that has up to 60 days to spare")]
pub(super) struct Critical {
    /// Show what has up to so many days of total float
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    within: i64,
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    readers: Readers,
    #[command(flatten)]
    page: PageOptions,
}

impl Critical {
    pub(super) fn run(self, context: &Context) -> Outcome {
        let question = Asked::new(context.today, "");
        let loaded = context.load_for(&self.readers, &dependency::scope(&question))?;
        let selection = self.filter.selection(&loaded)?;
        let report =
            dependency::critical(&loaded.register, &asked(context, &loaded), selection, self.within.max(0));
        drop(loaded);
        self.page.put(context, &report, || report.page())
    }
}
