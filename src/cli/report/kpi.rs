//! `pmo report kpi`: a grid of indicators.

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::report::Asked;
use crate::report::kpi::{self, By};

use super::super::audience::Readers;
use super::super::{Context, Outcome};
use super::{PageOptions, asked};

/// A grid of indicators by programme or division, each with value, trend and rating
///
/// `[[kpi]]` in pmo.toml says which of them, in which order, under which names and limits.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo report kpi                          by programme
  pmo report kpi --group-by division
  pmo report kpi -O csv -o kpi.csv        with the exact values, those before, and how many are missing")]
pub(super) struct Kpi {
    /// Group the projects
    #[arg(long, value_name = "WHAT", default_value = "programme",
        value_parser = PossibleValuesParser::new(["programme", "division"]))]
    group_by: String,
    #[command(flatten)]
    readers: Readers,
    #[command(flatten)]
    page: PageOptions,
}

impl Kpi {
    pub(super) fn run(self, context: &Context) -> Outcome {
        let scope = kpi::scope(&Asked::new(context.today, ""));
        let loaded = context.load_for(&self.readers, &scope)?;
        let by = if self.group_by == "division" { By::Division } else { By::Programme };
        let report = kpi::grid(&loaded.register, &asked(context, &loaded), by);
        self.page.put(context, &report, || report.page())
    }
}
