//! `pmo report risks`: risks over projects.

use clap::Args;

use crate::report::Asked;
use crate::report::risks::{self, Options, TOP};

use super::super::audience::Readers;
use super::super::risk::reading;
use super::super::{Context, Outcome};
use super::{Filter, PageOptions, asked};

/// Top risks, what changed, what lacks an owner or a response, what repeats over projects
///
/// Opportunities stand beside threats. What may be the same risk twice is suggested by its words, and never merged
/// (docs/risk.md).
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo report risks                               over the portfolio
  pmo report risks --since last-month            with what is new, raised, lowered and closed
  pmo report risks --programme customer-360 --top 5
  pmo report risks -O csv -o risks.csv           every open risk, for a spreadsheet")]
pub(super) struct Risks {
    /// Say what changed since a commit, date or period
    #[arg(long, value_name = "REV|DATE|PERIOD")]
    since: Option<String>,
    /// How many of the highest to list
    #[arg(long, value_name = "N", default_value_t = TOP)]
    top: usize,
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    readers: Readers,
    #[command(flatten)]
    page: PageOptions,
}

impl Risks {
    pub(super) fn run(self, context: &Context) -> Outcome {
        let scope = risks::scope(&Asked::new(context.today, ""));
        let (loaded, held) = reading::read(context, &self.readers, &scope)?;
        let since = reading::since(context, &self.readers, self.since.as_deref(), &loaded.register)?;
        let options = Options { selection: self.filter.selection(&loaded)?, top: self.top };
        let report = risks::risks(&loaded.register, held, since, &asked(context, &loaded), options);
        drop(loaded);
        self.page.put(context, &report, || report.page())
    }
}
