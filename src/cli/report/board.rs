//! `pmo report board`: the pack for a steering meeting.

use clap::Args;
use clap_complete::ArgValueCandidates;

use crate::model::{Period, Scope};
use crate::report::Asked;
use crate::report::board;

use super::super::audience::Readers;
use super::super::{Context, Outcome, complete};
use super::{PageOptions, asked, known, period};

/// The pack for a steering meeting: the period's exceptions, then one page a project
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo report board                            every project
  pmo report board customer-360               the projects of one programme and of those below it
  pmo report board --period 2026-W46          as of an earlier week
  pmo report board customer-360 -o board.md   with a break before each project")]
pub(super) struct Board {
    /// The programme, such as customer-360; the whole register unless given
    #[arg(add = ArgValueCandidates::new(complete::programmes))]
    programme: Option<String>,
    /// The period, such as 2026-W47
    #[arg(long, value_name = "PERIOD")]
    period: Option<Period>,
    #[command(flatten)]
    readers: Readers,
    #[command(flatten)]
    page: PageOptions,
}

impl Board {
    pub(super) fn run(self, context: &Context) -> Outcome {
        let names = context.load(&Scope::names())?.register;
        if let Some(programme) = &self.programme {
            let programmes: Vec<String> = names.programmes.keys().cloned().collect();
            known(std::slice::from_ref(programme), &programmes, "no programme is called")?;
        }
        let question = period::question(&names.config, self.period, context.today)?;
        let span = question.span;
        let loaded = context.load_for(&self.readers, &board::scope(&span))?;
        let before = period::before(context, &span, &self.readers, &loaded.register)?;
        let asked = Asked { day: span.until, ..asked(context, &loaded) };
        let pack =
            board::board(&loaded.register, before.as_ref(), &asked, question, self.programme.as_deref());
        drop((loaded, before));
        self.page.put(context, &pack, || pack.page())
    }
}
