//! Which records a list shows.

use clap::Args;

use crate::analysis::calendar;
use crate::model::{
    AnyRecord, Date, Kind, Name, Person, ProgrammeStatus, Project, Rag, RecordId, Register, Request,
};
use crate::text;

use super::super::{CliError, complete};

/// What is listed; several values of one filter mean any of them, several filters all of them.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Which")]
pub(super) struct Sieve {
    /// Only these states
    #[arg(long, value_name = "STATE", value_delimiter = ',')]
    pub state: Vec<String>,
    /// Only of these projects
    #[arg(long, value_name = "PROJECT", value_delimiter = ',', add = clap_complete::ArgValueCandidates::new(complete::projects))]
    pub project: Vec<String>,
    /// Only of projects in these programmes, or in programmes that are part of them
    #[arg(long, value_name = "PROGRAMME", value_delimiter = ',', add = clap_complete::ArgValueCandidates::new(complete::programmes))]
    pub programme: Vec<String>,
    /// Only of projects of these divisions
    #[arg(long, value_name = "DIVISION", value_delimiter = ',')]
    pub division: Vec<String>,
    /// Only of projects that these people manage, by id or name
    #[arg(long, value_name = "PERSON", value_delimiter = ',', add = clap_complete::ArgValueCandidates::new(complete::people))]
    pub manager: Vec<String>,
    /// Only of projects whose last report rated them so: red, amber, green, … or grey for none
    #[arg(long, value_name = "RATING", value_delimiter = ',')]
    pub rag: Vec<String>,
    /// Only those that these people answer for, by id or name
    #[arg(long, value_name = "PERSON", value_delimiter = ',', add = clap_complete::ArgValueCandidates::new(complete::people))]
    pub owner: Vec<String>,
    /// Only open ones whose day has passed
    #[arg(long)]
    pub overdue: bool,
    /// Closed ones too
    #[arg(short, long)]
    pub all: bool,
}

/// A record with what is known around it.
pub(super) struct Item<'a> {
    /// Which it is.
    pub id: RecordId,
    /// What it says.
    pub record: &'a dyn AnyRecord,
    /// Whether something in it is still to be filled in.
    pub draft: bool,
    /// The charter of the project that holds it, or that it is.
    pub charter: Option<&'a Project>,
    /// Its rating, or that of its project, by the last report.
    pub rag: Option<&'static str>,
}

impl<'a> Item<'a> {
    /// Looks at a record and around it.
    pub fn new(
        register: &'a Register,
        id: RecordId,
        record: &'a dyn AnyRecord,
        draft: bool,
        day: Date,
    ) -> Self {
        let words = record.as_any().downcast_ref::<ProgrammeStatus>();
        let own = words.and_then(|words| words.overall).map(Rag::word);
        let shelf = register.projects.get(&id.home);
        let charter = shelf.and_then(|shelf| shelf.get::<Project>(&Name::Sole));
        let rag = own.or_else(|| calendar::newest(shelf?, day).map(|(_, s)| s.rag.overall.word()));
        Self { id, record, draft, charter, rag }
    }

    /// The state as people see it: a record that is not filled in is a draft.
    pub fn state(&self) -> Option<String> {
        if self.draft { Some("draft".to_owned()) } else { self.record.state().map(|s| s.into_owned()) }
    }

    /// Whether its day has passed and it is open.
    pub fn is_overdue(&self, day: Date) -> bool {
        !self.record.is_closed() && self.record.due().is_some_and(|due| due < day)
    }
}

impl Sieve {
    /// Refuses words that can match nothing.
    pub fn check(&self, kind: &Kind) -> Result<(), CliError> {
        let spec = kind.spec;
        for word in &self.state {
            if spec.states.is_empty() {
                return Err(CliError::new(format!("{} have no state", spec.plural)).hint("leave --state out"));
            }
            one_of("state", word, spec.states.iter().copied().chain(["draft"]))?;
        }
        for word in &self.rag {
            one_of("rating", word, Rag::ALL.into_iter().map(Rag::word))?;
        }
        Ok(())
    }

    /// Whether a record passes, its being open or closed aside.
    pub fn keeps(&self, register: &Register, item: &Item<'_>, day: Date) -> bool {
        let charter = item.charter;
        let person = |id: Option<&str>| id.map(|id| vec![id.to_owned(), register.person_name(id).to_owned()]);
        let any = |wanted: &[String], has: Vec<String>| {
            wanted.is_empty()
                || wanted
                    .iter()
                    .any(|word| has.iter().any(|own| own.eq_ignore_ascii_case(word.trim_start_matches('@'))))
        };
        let manager = charter.map(|c| c.manager.as_str()).or_else(|| {
            let programme = register.programme(&item.id.home)?;
            programme.manager.as_deref()
        });
        let division = charter
            .and_then(|c| c.division.clone())
            .or_else(|| register.programme(&item.id.home)?.division.clone())
            .or_else(|| own_division(item.record));
        any(&self.state, item.state().into_iter().collect())
            && any(
                &self.project,
                if item.id.home.is_empty() { Vec::new() } else { vec![item.id.home.clone()] },
            )
            && any(&self.programme, programmes(register, item))
            && any(&self.division, division.into_iter().collect())
            && any(&self.manager, person(manager).unwrap_or_default())
            && any(&self.rag, vec![item.rag.unwrap_or("grey").to_owned()])
            && any(&self.owner, person(item.record.owner()).unwrap_or_default())
            && (!self.overdue || item.is_overdue(day))
    }

    /// Whether closed records are listed.
    pub fn wants_closed(&self) -> bool {
        self.all || !self.state.is_empty()
    }
}

/// The division of a record that is of no project.
fn own_division(record: &dyn AnyRecord) -> Option<String> {
    let any = record.as_any();
    let request = any.downcast_ref::<Request>().and_then(|request| request.division.clone());
    request.or_else(|| any.downcast_ref::<Person>()?.division.clone())
}

/// The programmes that a record is in, from the nearest up, by id and name.
fn programmes(register: &Register, item: &Item<'_>) -> Vec<String> {
    let first = match item.charter {
        Some(charter) => charter.programme.clone(),
        None if item.id.kind == "programme" => {
            register.programme(&item.id.home).and_then(|p| p.parent.clone())
        }
        None => Some(item.id.home.clone()).filter(|home| register.programmes.contains_key(home)),
    };
    let mut found: Vec<String> = Vec::new();
    let mut next = first;
    // A chain of parents may run in a circle by mistake.
    while let Some(id) = next.filter(|id| !found.contains(id)) {
        let programme = register.programme(&id);
        next = programme.and_then(|p| p.parent.clone());
        found.push(id);
        found.extend(programme.map(|p| p.name.clone()));
    }
    found
}

/// Refuses a word that is none of those known.
pub(super) fn one_of<'a>(
    what: &str,
    word: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Result<(), CliError> {
    if known.clone().any(|k| k.eq_ignore_ascii_case(word)) {
        return Ok(());
    }
    let error = CliError::new(format!("`{}` is no {what}", text::terminal(word)));
    let all: Vec<&str> = known.clone().collect();
    Err(match text::nearest(word, known) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint(format!("write one of {}", text::list(&all, "or"))),
    })
}
