//! `pmo report raid`: the RAID log of the portfolio, or of one project.

use clap::Args;
use clap::builder::PossibleValuesParser;
use clap_complete::ArgValueCandidates;

use crate::analysis::open_items::What;
use crate::model::Scope;
use crate::report::{Asked, raid};

use super::super::audience::Readers;
use super::super::{Context, Outcome, complete};
use super::{Filter, PageOptions, asked, people, project_of, unreadable};

/// Risks, assumptions, issues, actions and decisions, and for how long they have been open
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo report raid                         the log over the portfolio, with how old its items are
  pmo report raid crm                     that of one project
  pmo report raid --overdue --owner @jana-novak
  pmo report raid --what issue,decision --programme customer-360
  pmo report raid --ended -O csv -o raid.csv
  pmo actions --me                        what you have to do, soonest first")]
pub(super) struct Raid {
    /// The project, such as crm; the portfolio unless given
    #[arg(add = ArgValueCandidates::new(complete::projects), conflicts_with_all = ["state", "programme", "division", "manager", "rag"])]
    project: Option<String>,
    /// Only items of this sort
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = PossibleValuesParser::new(What::LOG.map(What::word)))]
    what: Vec<String>,
    /// Only what this person answers for
    #[arg(long, value_name = "ID", value_delimiter = ',', add = ArgValueCandidates::new(complete::people))]
    owner: Vec<String>,
    /// Only what is past its day
    #[arg(long)]
    overdue: bool,
    /// What has ended, too
    #[arg(long, conflicts_with = "overdue")]
    ended: bool,
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    readers: Readers,
    #[command(flatten)]
    page: PageOptions,
}

impl Raid {
    pub(super) fn run(self, context: &Context) -> Outcome {
        let question = Asked::new(context.today, "");
        let mut scope = raid::scope(&question);
        let mut project = None;
        if let Some(typed) = &self.project {
            let names = context.load_for(&self.readers, &Scope::names())?;
            let id = project_of(&names.register, typed)?.home;
            scope = raid::scope_of(&id, &question);
            project = Some(id);
        }
        let loaded = context.load_for(&self.readers, &scope)?;
        if let Some(id) = project.as_deref().filter(|id| loaded.register.project(id).is_none()) {
            return Err(unreadable(id));
        }
        let what = What::LOG.into_iter().filter(|what| self.what.iter().any(|word| word == what.word()));
        let options = raid::Options {
            project,
            what: what.collect(),
            owner: people(&loaded.register, &self.owner)?,
            overdue: self.overdue,
            ended: self.ended,
            selection: self.filter.selection(&loaded)?,
        };
        let report = raid::raid(&loaded.register, &asked(context, &loaded), options);
        drop(loaded);
        self.page.put(context, &report, || report.page())
    }
}
