//! `pmo export ics`: a calendar to subscribe to.

use clap::Args;
use clap_complete::ArgValueCandidates;

use crate::exchange::export::{self, Occasion};
use crate::report::dates::{Dated, Whose, dates, projects_of};
use crate::text;

use super::super::report::people;
use super::super::{Context, Done, Outcome, complete};
use super::part::Part;

/// A calendar.
#[derive(Debug, Args)]
pub(super) struct Ics {
    /// Only what concerns this person: the projects that they manage, and what they answer for elsewhere
    #[arg(long, value_name = "ID", value_delimiter = ',', add = ArgValueCandidates::new(complete::people))]
    person: Vec<String>,
    #[command(flatten)]
    part: Part,
}

impl Ics {
    pub(super) fn run(self, context: &Context) -> Outcome {
        let loaded = self.part.load(context)?;
        let person = people(&loaded.register, &self.person)?;
        let found = dates(&loaded.register, &Whose { person }, context.today);
        let name = match loaded.register.config.register.name.as_str() {
            "" => "Register",
            name => name,
        };
        context.put_by(|stream| export::ics(name, context.today, found.iter().map(occasion), stream))?;
        if let Some(path) = &context.output {
            let projects = text::count(projects_of(&found).len(), "project");
            let events = text::count(found.len(), "event");
            context.say(&format!("wrote {events} of {projects} to {}", path.display()));
        }
        Ok(Done::Fine)
    }
}

fn occasion(dated: &Dated) -> Occasion {
    Occasion {
        reference: dated.reference.clone(),
        day: dated.day,
        title: dated.title.clone(),
        about: dated.about.clone(),
        category: dated.occasion.word().to_owned(),
    }
}
