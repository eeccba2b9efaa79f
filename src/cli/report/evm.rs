//! `pmo report evm`: earned value of the portfolio, or of one project.

use clap::Args;
use clap_complete::ArgValueCandidates;

use crate::model::Scope;
use crate::report::{Asked, evm};

use super::super::audience::Readers;
use super::super::{Context, Outcome, complete};
use super::{Grouped, PageOptions, asked, project_of, unreadable};

/// Earned value of the portfolio, or of one project with every figure
///
/// Totals are sums of the projects' figures, and indices are quotients of such sums. What the figures mean,
/// their formulas and where they come from stands in docs/earned-value.md.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo report evm                            PV, EV, AC, SPI, CPI, EAC, one line a project, with totals
  pmo report evm crm                        every figure of one project, its formula and its source
  pmo report evm --group-by division        with the sums of each division
  pmo report evm --programme customer-360 -O csv -o evm.csv")]
pub(super) struct Evm {
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

impl Evm {
    pub(super) fn run(self, context: &Context) -> Outcome {
        let question = Asked::new(context.today, "");
        if let Some(project) = &self.project {
            let names = context.load_for(&self.readers, &Scope::names())?;
            let id = project_of(&names.register, project)?.home;
            let loaded = context.load_for(&self.readers, &evm::scope_of(&id, &question))?;
            let Some(sheet) = evm::sheet(&loaded.register, &id, &asked(context, &loaded)) else {
                return Err(unreadable(&id));
            };
            return self.page.put(context, &sheet, || sheet.page());
        }
        let loaded = context.load_for(&self.readers, &evm::scope(&question))?;
        let options = self.grouped.grouping(&loaded)?;
        let report = evm::evm(&loaded.register, &asked(context, &loaded), options);
        drop(loaded);
        self.page.put(context, &report, || report.page())
    }
}
