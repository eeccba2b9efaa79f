//! `pmo report exposure`: what risks may cost and save.

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::report::exposure::{self, By, Options};
use crate::report::{Asked, risks};

use super::super::audience::Readers;
use super::super::risk::reading;
use super::super::{Context, Outcome};
use super::{Filter, PageOptions, asked};

/// What open risks may cost and save, now and after the responses, against the contingency that is left
///
/// Expected monetary value is chance × cost effect, a three-point effect by its mean. Threats and opportunities are
/// added apart, and together as threats less opportunities; a risk without figures is counted and never 0
/// (docs/risk.md).
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo report exposure                            one line a project, and who has more at stake than contingency
  pmo report exposure --by category              or by owner, supplier, programme, division
  pmo report exposure --programme customer-360 -O csv -o exposure.csv")]
pub(super) struct Exposure {
    /// Add up by this
    #[arg(long, value_name = "WHAT", default_value = "project", value_parser = PossibleValuesParser::new(By::WORDS))]
    by: String,
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    readers: Readers,
    #[command(flatten)]
    page: PageOptions,
}

impl Exposure {
    pub(super) fn run(self, context: &Context) -> Outcome {
        let scope = risks::scope(&Asked::new(context.today, ""));
        let (loaded, held) = reading::read(context, &self.readers, &scope)?;
        let options = Options { selection: self.filter.selection(&loaded)?, by: self.by.parse()? };
        let report = exposure::exposure(&loaded.register, held, &asked(context, &loaded), options);
        drop(loaded);
        self.page.put(context, &report, || report.page())
    }
}
