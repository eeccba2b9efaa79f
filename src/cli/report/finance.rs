//! `pmo report finance`: budget control over the portfolio, or of one project.

use clap::Args;
use clap_complete::ArgValueCandidates;

use crate::model::Scope;
use crate::report::{Asked, finance};

use super::super::audience::Readers;
use super::super::{Context, Outcome, complete};
use super::{Grouped, PageOptions, asked, project_of, unreadable};

/// Budgets, reserves, cost and forecasts, with the fiscal year and the run rate
///
/// The fiscal year begins with `fiscal_year_start` under [finance] in pmo.toml. Amounts of several currencies
/// are added only at the rates of [[finance.rate]], which the report names.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo report finance                            one line a project, with totals
  pmo report finance crm                        one project: reserves, categories, fiscal years, worth
  pmo report finance --group-by division        with the sums of each division
  pmo report finance --programme customer-360 -O csv -o finance.csv")]
pub(super) struct Finance {
    /// The project, such as crm; the portfolio unless given
    #[arg(add = ArgValueCandidates::new(complete::projects), conflicts_with_all = ["group_by", "state", "programme", "division", "manager", "rag"])]
    project: Option<String>,
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
        if let Some(project) = &self.project {
            let names = context.load_for(&self.readers, &Scope::names())?;
            let id = project_of(&names.register, project)?.home;
            let loaded = context.load_for(&self.readers, &finance::scope_of(&id, &question))?;
            let Some(sheet) = finance::sheet(&loaded.register, &id, &asked(context, &loaded)) else {
                return Err(unreadable(&id));
            };
            return self.page.put(context, &sheet, || sheet.page());
        }
        let loaded = context.load_for(&self.readers, &finance::scope(&question))?;
        let options = self.grouped.grouping(&loaded)?;
        let report = finance::finance(&loaded.register, &asked(context, &loaded), options);
        drop(loaded);
        self.page.put(context, &report, || report.page())
    }
}
