//! `pmo report finance`: budget control over the portfolio.

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::report::{Asked, GroupBy, finance};

use super::super::audience::Readers;
use super::super::{Context, Outcome};
use super::{Filter, PageOptions, asked};

/// Budgets, reserves, cost and forecasts, with the fiscal year and the run rate
///
/// The fiscal year begins with `fiscal_year_start` under [finance] in pmo.toml. Amounts of several currencies
/// are added only at the rates of [[finance.rate]], which the report names.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo report finance                            one line a project, with totals
  pmo report finance --group-by division        with the sums of each division
  pmo report finance --programme customer-360 -O csv -o finance.csv")]
pub(super) struct Finance {
    #[command(flatten)]
    filter: Filter,
    /// Group the projects
    #[arg(long, value_name = "WHAT", value_parser = PossibleValuesParser::new(GroupBy::WORDS))]
    group_by: Option<String>,
    #[command(flatten)]
    readers: Readers,
    #[command(flatten)]
    page: PageOptions,
}

impl Finance {
    pub(super) fn run(self, context: &Context) -> Outcome {
        let question = Asked::new(context.today, "");
        let loaded = context.load_for(&self.readers, &finance::scope(&question))?;
        let options = finance::Options {
            selection: self.filter.selection(&loaded)?,
            group_by: self.group_by.map(|word| word.parse()).transpose()?,
        };
        let report = finance::finance(&loaded.register, &asked(context, &loaded), options);
        drop(loaded);
        self.page.put(context, &report, || report.page())
    }
}
