//! `pmo report finance`: budget control over the portfolio.

use clap::Args;

use crate::report::{Asked, finance};

use super::super::audience::Readers;
use super::super::{Context, Outcome};
use super::{Grouped, PageOptions, asked};

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
    grouped: Grouped,
    #[command(flatten)]
    readers: Readers,
    #[command(flatten)]
    page: PageOptions,
}

impl Finance {
    pub(super) fn run(self, context: &Context) -> Outcome {
        let question = Asked::new(context.today, "");
        let loaded = context.load_for(&self.readers, &finance::scope(&question))?;
        let options = self.grouped.grouping(&loaded)?;
        let report = finance::finance(&loaded.register, &asked(context, &loaded), options);
        drop(loaded);
        self.page.put(context, &report, || report.page())
    }
}
