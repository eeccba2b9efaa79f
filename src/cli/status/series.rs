//! `pmo status series`: a project's ratings, progress and forecasts over all periods.

use clap::Args;
use clap_complete::ArgValueCandidates;

use crate::cli::report::{PageOptions, asked};
use crate::cli::{CliError, Context, Outcome, complete};
use crate::model::Scope;
use crate::report::series;

use super::project_id;

/// Show a project's ratings, progress and forecasts over all periods
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo status series crm                 small charts, and one line a period
  pmo status series crm --csv           for a spreadsheet, with exact values
  pmo status series crm -O json         for programs")]
pub(super) struct Series {
    /// The project, such as crm
    #[arg(add = ArgValueCandidates::new(complete::projects))]
    project: String,
    /// The same as --format csv
    #[arg(long, conflicts_with = "format")]
    csv: bool,
    #[command(flatten)]
    page: PageOptions,
}

impl Series {
    pub(super) fn run(self, context: &Context) -> Outcome {
        let names = context.load(&Scope::names())?;
        let id = project_id(&names.register, &self.project)?;
        let loaded = context.load(&series::scope(&id, context.today))?;
        let Some(series) = series::series(&loaded.register, &id, &asked(context, &loaded)) else {
            let error =
                CliError::new(format!("projects/{id}/project.toml cannot be read or is still a draft"));
            return Err(error.hint(format!("`pmo check {id}` says what is wrong with it")));
        };
        let page = if self.csv { self.page.into_csv() } else { self.page };
        page.put(context, &series, || series.page())
    }
}
