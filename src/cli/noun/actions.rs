//! `pmo actions`: what people have to do, over all kinds of record.

use clap::Args;
use clap_complete::ArgValueCandidates;

use crate::model::Scope;
use crate::report::{Asked, actions};

use super::super::audience::Readers;
use super::super::report::{PageOptions, asked, people, project_of};
use super::super::status::me;
use super::super::{Context, Outcome, complete};

/// Examples, above the help.
pub(super) const EXAMPLES: &str = "\
Examples:
  pmo actions --me                 what you have to do, soonest first
  pmo actions --owner liam-okoye   what somebody else has to do
  pmo actions crm --overdue        what is late in a project, whoever has to do it
  pmo action add crm --title \"Ask the bank\" --owner jana-novak --due 2026-12-04
  pmo action list --project crm    the actions alone";

/// What people have to do.
#[derive(Debug, Args)]
pub(super) struct Actions {
    /// Only of these projects
    #[arg(value_name = "PROJECT", add = ArgValueCandidates::new(complete::projects))]
    project: Vec<String>,
    /// Only what you have to do: the person with git's `user.email`
    #[arg(long, conflicts_with = "owner")]
    me: bool,
    /// Only what this person has to do
    #[arg(long, value_name = "ID", value_delimiter = ',', add = ArgValueCandidates::new(complete::people))]
    owner: Vec<String>,
    /// Only what is past its day
    #[arg(long)]
    overdue: bool,
    #[command(flatten)]
    readers: Readers,
    #[command(flatten)]
    page: PageOptions,
}

impl Actions {
    pub(super) fn run(self, context: &Context) -> Outcome {
        let mut scope = actions::scope(&Asked::new(context.today, ""));
        let mut project = Vec::new();
        if !self.project.is_empty() {
            let names = context.load_for(&self.readers, &Scope::names())?;
            let ids = self.project.iter().map(|typed| Ok(project_of(&names.register, typed)?.home));
            project = ids.collect::<Result<_, super::super::CliError>>()?;
            scope.projects = Some(project.iter().cloned().collect());
        }
        let loaded = context.load_for(&self.readers, &scope)?;
        let owner = match self.me {
            true => vec![me(context, &loaded.register)?],
            false => people(&loaded.register, &self.owner)?,
        };
        let options = actions::Options { project, owner, overdue: self.overdue };
        let report = actions::actions(&loaded.register, &asked(context, &loaded), options);
        self.page.put(context, &report, || report.page())
    }
}
