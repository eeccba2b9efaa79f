//! `pmo report benefits`: what projects have brought so far.

use clap::Args;
use clap::builder::PossibleValuesParser;
use clap_complete::ArgValueCandidates;

use crate::model::Scope;
use crate::report::Asked;
use crate::report::benefits::{self, Group, Options};

use super::super::audience::Readers;
use super::super::{Context, Outcome, complete};
use super::{PageOptions, asked, known, project_of};

/// What was realised of the benefits, also of closed projects, beside what was planned
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo report benefits                         every benefit of projects that were decided on
  pmo report benefits crm                     those of one project
  pmo report benefits --group-by objective    by what they serve
  pmo report benefits -O csv -o benefits.csv  for a spreadsheet, with exact values
  pmo benefit measure crm/B-001 412           records a measured value")]
pub(super) struct Benefits {
    /// The project, such as crm; every project that was decided on unless given
    #[arg(add = ArgValueCandidates::new(complete::projects))]
    project: Option<String>,
    /// Only projects of this programme
    #[arg(long, value_name = "ID", value_delimiter = ',', add = ArgValueCandidates::new(complete::programmes))]
    programme: Vec<String>,
    /// Only projects of this division
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    division: Vec<String>,
    /// Group the benefits
    #[arg(long, value_name = "WHAT", default_value = "project",
        value_parser = PossibleValuesParser::new(Group::ALL.map(|(word, _)| word)))]
    group_by: String,
    #[command(flatten)]
    readers: Readers,
    #[command(flatten)]
    page: PageOptions,
}

impl Benefits {
    pub(super) fn run(self, context: &Context) -> Outcome {
        let scope = benefits::scope(&Asked::new(context.today, ""));
        let names = context.load_for(&self.readers, &Scope::names())?.register;
        let project = match &self.project {
            Some(project) => Some(project_of(&names, project)?.home),
            None => None,
        };
        let loaded = context.load_for(&self.readers, &scope)?;
        let register = &loaded.register;
        let mut programmes: Vec<String> = register.programmes.keys().cloned().collect();
        let mut divisions = register.config.vocabulary.division.clone();
        for (_, charter, _) in register.charters() {
            programmes.extend(charter.programme.clone());
            divisions.extend(charter.division.clone());
        }
        programmes
            .extend(register.programmes.keys().filter_map(|id| Some(register.programme(id)?.name.clone())));
        known(&self.programme, &programmes, "no programme is called")?;
        known(&self.division, &divisions, "no division is called")?;
        let options = Options {
            project,
            programme: self.programme,
            division: self.division,
            group_by: Group::named(&self.group_by).unwrap_or_default(),
        };
        let report = benefits::benefits(register, &asked(context, &loaded), options);
        self.page.put(context, &report, || report.page())
    }
}
