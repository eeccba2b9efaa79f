//! `pmo report reporting`: how reliably projects report.

use clap::Args;

use crate::analysis::discipline::Window;
use crate::model::Scope;
use crate::report::{Asked, reporting};

use super::super::audience::Readers;
use super::super::{Context, Outcome};
use super::{PageOptions, asked};

/// How reliably projects report: on time, late, missing, time in red, flapping and stale reports
///
/// Over the newest periods whose deadline and days of grace have passed. On time or late is when the first commit
/// that holds the report complete was made, as git knows it; what git cannot tell counts as unknown, never as late.
/// A report that is a draft, cannot be read or is in no commit counts as missing.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo report reporting                      the last 13 weeks, or 12 months, 8 quarters
  pmo report reporting --periods 26
  pmo report reporting -O csv -o reporting.csv
  pmo report reporting --at last-month      as it was known then")]
pub(super) struct Reporting {
    /// Over so many of the register's periods
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=520))]
    periods: Option<u16>,
    #[command(flatten)]
    readers: Readers,
    #[command(flatten)]
    page: PageOptions,
}

impl Reporting {
    pub(super) fn run(self, context: &Context) -> Outcome {
        let config = context.load(&Scope::names())?.register.config;
        let usual = Window::usual(config.reporting.cadence);
        let window = Window::of(&config, self.periods.map_or(usual, usize::from), context.today);
        let scope = reporting::scope(&window, &Asked::new(context.today, ""));
        let loaded = context.load_for(&self.readers, &scope)?;
        let report = reporting::reporting(&loaded.register, &asked(context, &loaded), window);
        drop(loaded);
        self.page.put(context, &report, || report.page())
    }
}
