//! `pmo report kpi`: a grid of indicators.

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::analysis::difference::Span;
use crate::model::Period;
use crate::report::Asked;
use crate::report::kpi::{self, By};

use super::super::audience::Readers;
use super::super::{Context, Outcome};
use super::{PageOptions, asked, period};

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
        let question = asked(context, &loaded);
        let register = &loaded.register;
        let past = match kpi::wants_past(register) {
            true => {
                let now = Period::containing(question.day, register.config.reporting.cadence);
                let span = Span::of(&register.config, now, question.day);
                let then = kpi::scope(&Asked::new(now.previous().last(), ""));
                period::at_close(context, &span, &self.readers, (register, &then))?.map(|(past, _)| past)
            }
            false => None,
        };
        let report = kpi::grid(register, past.as_ref(), &question, by);
        self.page.put(context, &report, || report.page())
    }
}
