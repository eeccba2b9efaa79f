//! Which records a list shows.

use clap::Args;

use crate::analysis::{calendar, risk_life};
use crate::model::{
    AnyRecord, Date, Kind, Name, Person, ProgrammeStatus, Project, Rag, RecordId, Register, Request, Risk,
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
    /// Only of projects in these programmes, or in programmes that are part of them; and risks escalated to them
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
    /// The day by which it wants attention.
    pub due: Option<Date>,
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
        let rag =
            own.or_else(|| calendar::newest(register, &id.home, day).map(|(_, s)| s.rag.overall.word()));
        let due = match record.as_any().downcast_ref::<Risk>() {
            Some(risk) => risk_life::review_due(risk, &register.config.risk),
            None => record.due(),
        };
        Self { id, record, draft, charter, rag, due }
    }

    /// The state as people see it: a record that is not filled in is a draft.
    pub fn state(&self) -> Option<String> {
        if self.draft { Some("draft".to_owned()) } else { self.record.state().map(|s| s.into_owned()) }
    }

    /// Whether its day has passed and it is open.
    pub fn is_overdue(&self, day: Date) -> bool {
        !self.record.is_closed() && self.due.is_some_and(|due| due < day)
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

    /// Refuses names of projects, programmes, divisions and people that the register does not have.
    pub fn check_names(&self, register: &Register) -> Result<(), CliError> {
        let people = || {
            let known = register.records::<Person>();
            let mut people: Vec<String> = known
                .flat_map(|(id, person)| {
                    [id.to_string().trim_start_matches('@').to_owned(), person.name.clone()]
                })
                .collect();
            // Whoever has no file yet still answers for things.
            people.extend(register.charters().map(|(_, charter, _)| charter.manager.clone()));
            let all =
                register.all().filter_map(|(_, slot)| Some(slot.record_or_draft()?.owner()?.to_owned()));
            people.extend(all);
            people
        };
        if !self.project.is_empty() {
            let projects = register.projects.keys().chain(register.programmes.keys()).cloned();
            known("project", &self.project, projects.collect())?;
        }
        if !self.programme.is_empty() {
            let names =
                register.programmes.keys().filter_map(|id| Some(register.programme(id)?.name.clone()));
            let of_charters = register.charters().filter_map(|(_, charter, _)| charter.programme.clone());
            known(
                "programme",
                &self.programme,
                register.programmes.keys().cloned().chain(names).chain(of_charters).collect(),
            )?;
        }
        if !self.division.is_empty() {
            let mut divisions = register.config.vocabulary.division.clone();
            divisions.extend(register.charters().filter_map(|(_, charter, _)| charter.division.clone()));
            let records = register.all().filter_map(|(_, slot)| own_division(slot.record_or_draft()?));
            divisions.extend(records);
            divisions
                .extend(register.programmes.keys().filter_map(|id| register.programme(id)?.division.clone()));
            known("division", &self.division, divisions)?;
        }
        for asked in [&self.manager, &self.owner] {
            if !asked.is_empty() {
                known("person", asked, people())?;
            }
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
            && any(&self.programme, [programmes(register, item), escalated_to(register, item)].concat())
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
    upwards(register, first)
}

/// A programme and those that it is part of, by id and name.
fn upwards(register: &Register, first: Option<String>) -> Vec<String> {
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

/// The programme to which a risk was escalated, and those above it, by id and name.
fn escalated_to(register: &Register, item: &Item<'_>) -> Vec<String> {
    let risk = item.record.as_any().downcast_ref::<Risk>();
    let first = risk.and_then(|risk| risk_life::programme_of(register, &item.id, risk));
    upwards(register, first)
}

/// Refuses a name that the register does not have.
fn known(what: &str, asked: &[String], known: Vec<String>) -> Result<(), CliError> {
    for word in asked.iter().map(|word| word.trim_start_matches('@')) {
        if known.iter().any(|one| one.eq_ignore_ascii_case(word)) {
            continue;
        }
        let error = CliError::new(format!("there is no {what} `{}` in this register", text::terminal(word)));
        let begins = known.iter().find(|one| !word.is_empty() && one.starts_with(word)).map(String::as_str);
        return Err(match begins.or_else(|| text::nearest(word, known.iter().map(String::as_str))) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint(match what {
                "division" => "`pmo project list --columns id,division` shows which there are".to_owned(),
                _ => format!("`pmo {what} list` shows which there are"),
            }),
        });
    }
    Ok(())
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
