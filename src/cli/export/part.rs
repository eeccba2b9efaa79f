//! Which part of the register is exported, and for whom.

use clap::Args;
use clap::builder::PossibleValuesParser;
use clap_complete::ArgValueCandidates;

use crate::exchange::export::Choice;
use crate::model::Register;

use super::super::audience::Readers;
use super::super::report::{known, people, project_of};
use super::super::{CliError, complete};

const STATES: [&str; 7] = ["proposed", "approved", "active", "on-hold", "closing", "closed", "terminated"];

/// Which projects are exported.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which part")]
pub(super) struct Part {
    /// Only these projects, with the people, programmes, objectives and requests that they name
    #[arg(long, value_name = "ID", value_delimiter = ',', add = ArgValueCandidates::new(complete::projects))]
    project: Vec<String>,
    /// Only projects of this programme and of those below it
    #[arg(long, value_name = "ID", value_delimiter = ',', add = ArgValueCandidates::new(complete::programmes))]
    programme: Vec<String>,
    /// Only projects of this division
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    division: Vec<String>,
    /// Only projects in this state; every state unless given
    #[arg(long, value_name = "STATE", value_delimiter = ',', value_parser = PossibleValuesParser::new(STATES))]
    state: Vec<String>,
    /// Only projects of this manager
    #[arg(long, value_name = "ID", value_delimiter = ',', add = ArgValueCandidates::new(complete::people))]
    manager: Vec<String>,
    #[command(flatten)]
    pub readers: Readers,
}

impl Part {
    /// The choice; a name that nothing has is an error, not an empty export.
    pub fn choice(&self, register: &Register) -> Result<Choice, CliError> {
        let project = |text: &String| project_of(register, text).map(|id| id.home);
        let programmes: Vec<String> = register.programmes.keys().cloned().collect();
        let mut divisions = register.config.vocabulary.division.clone();
        divisions.extend(register.charters().filter_map(|(_, charter, _)| charter.division.clone()));
        known(&self.programme, &programmes, "there is no programme")?;
        known(&self.division, &divisions, "there is no division")?;
        Ok(Choice {
            project: self.project.iter().map(project).collect::<Result<_, _>>()?,
            programme: self.programme.clone(),
            division: self.division.clone(),
            state: self.state.clone(),
            manager: people(register, &self.manager)?,
        })
    }
}
