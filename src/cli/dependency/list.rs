//! `pmo dependency list`.

use clap::Args;
use clap_complete::ArgValueCandidates;

use crate::report::Asked;
use crate::report::dependency::{self, ListOptions};

use super::super::audience::Readers;
use super::super::report::{Filter, PageOptions, asked};
use super::super::{Context, Outcome, complete};

/// List dependencies with the days on both sides, their float and their state
///
/// Float is the number of days from the supply, with its lag, to the need. The worst come first.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo dependency list                             every dependency of projects that are not over
  pmo dependency list crm                         what crm needs, and what is needed of it
  pmo dependency list --late                      what will not come, or not in time
  pmo dependency list --programme customer-360 -O csv -o dependencies.csv")]
pub(super) struct List {
    /// The projects, on either side; all unless given
    #[arg(value_name = "PROJECT", add = ArgValueCandidates::new(complete::projects), conflicts_with_all = ["state", "programme", "division", "manager", "rag"])]
    projects: Vec<String>,
    /// Only what will not come, or not in time
    #[arg(long)]
    late: bool,
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    readers: Readers,
    #[command(flatten)]
    page: PageOptions,
}

impl List {
    pub(super) fn run(self, context: &Context) -> Outcome {
        let question = Asked::new(context.today, "");
        let loaded = context.load_for(&self.readers, &dependency::scope(&question))?;
        let projects = super::projects(&loaded, &self.projects)?;
        let options = ListOptions { projects, selection: self.filter.selection(&loaded)?, late: self.late };
        let report = dependency::list(&loaded.register, &asked(context, &loaded), options);
        drop(loaded);
        self.page.put(context, &report, || report.page())
    }
}
