//! `pmo close REF` and `pmo reopen REF`: the day and outcome that end a record, by its kind.

use clap::Args;

use crate::change::Assignment;
use crate::model::record::Closing;
use crate::model::{Date, RecordId, Register};

use super::noun::explained;
use super::set::{kind_of, planned};
use super::writing::{Deed, Writing};
use super::{CliError, Context, Outcome, complete};

/// Closes a risk, issue, action, decision or whatever else can be closed.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo close crm/R-003 --outcome \"The vendor kept the date\"
  pmo close crm/R-003 --outcome \"It came as feared\" --actual-cost 65_000 --actual-days 10
  pmo close crm/A-012 --on 2026-11-18
  pmo close crm/I-002 --commit")]
pub struct Close {
    /// The record, such as crm/R-003
    #[arg(value_name = "REF", add = clap_complete::ArgValueCandidates::new(complete::references))]
    reference: String,
    /// The day it ended; today unless given
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// What came of it
    #[arg(long, value_name = "TEXT")]
    outcome: Option<String>,
    /// What a risk really cost, or for an opportunity saved
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    actual_cost: Option<String>,
    /// By how many days a risk really moved the finish
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    actual_days: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

/// Takes the closing of a record back.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo reopen crm/R-003
  pmo reopen crm/I-002 -m \"crm/I-002: it came back\"")]
pub struct Reopen {
    /// The record, such as crm/R-003
    #[arg(value_name = "REF", add = clap_complete::ArgValueCandidates::new(complete::references))]
    reference: String,
    #[command(flatten)]
    writing: Writing,
}

impl Close {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let before = self.writing.load_around(context, &self.reference, &[])?;
        let id = context.resolve(&before.register, &self.reference)?;
        let closing = closing_of(&id, "close")?;
        if is_closed(&before.register, &id)? {
            return Err(
                CliError::new(format!("{id} is closed already")).hint(format!("`pmo show {id}` shows it"))
            );
        }
        let day = self.on.unwrap_or(context.today);
        let mut assignments = Vec::new();
        if let Some((closed, _)) = closing.state {
            assignments.push(Assignment::text("state", closed));
        }
        assignments.push(Assignment::date(closing.on, day));
        match (&self.outcome, closing.outcome) {
            (Some(outcome), Some(key)) => assignments.push(Assignment::text(key, outcome)),
            (Some(_), None) => {
                let error = CliError::new(format!("{} has no outcome", kind_in_words(id.kind)));
                return Err(error.hint("leave --outcome out"));
            }
            (None, _) => {}
        }
        for (key, value) in [("actual_cost", &self.actual_cost), ("actual_days", &self.actual_days)] {
            let Some(value) = value else { continue };
            if id.kind != "risk" {
                let error =
                    CliError::new(format!("{} has no {}", kind_in_words(id.kind), key.replace('_', " ")));
                return Err(error.hint(format!("leave --{} out", key.replace('_', "-"))));
            }
            let typed = format!("{key}={value}");
            let read = Assignment::read(kind_of(&id)?, &before.register.config.field, &typed);
            assignments.push(read.map_err(|error| explained(error, &typed))?);
        }
        let plan = planned(context, &id, &assignments)?;
        let mut next = vec![format!("pmo show {id}")];
        if let (None, Some(key)) = (&self.outcome, closing.outcome) {
            next.push(format!("pmo set {id} {key}=\"…\""));
        }
        let deed = Deed { done: format!("closed {id} on {day}"), message: format!("{id}: closed"), next };
        self.writing.carry_out(context, &before, &plan, deed)
    }
}

impl Reopen {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let before = self.writing.load_around(context, &self.reference, &[])?;
        let id = context.resolve(&before.register, &self.reference)?;
        let closing = closing_of(&id, "reopen")?;
        if !is_closed(&before.register, &id)? {
            return Err(
                CliError::new(format!("{id} is not closed")).hint(format!("`pmo show {id}` shows it"))
            );
        }
        let mut assignments = vec![Assignment::remove(closing.on)];
        if let Some((_, open)) = closing.state {
            assignments.insert(0, Assignment::text("state", open));
        }
        if id.kind == "decision" {
            assignments.push(Assignment::remove("decided_by"));
        }
        let plan = planned(context, &id, &assignments)?;
        let mut next = vec![format!("pmo show {id}")];
        // The words stay: they belong to whoever wrote them.
        let (_, text) = super::set::text_of(context, &id)?;
        if let Some(key) = closing.outcome.filter(|key| crate::syntax::text_at(&text, key).is_some()) {
            next.push(format!("pmo set {id} {key}=   (its outcome still stands there)"));
        }
        let deed = Deed { done: format!("reopened {id}"), message: format!("{id}: reopened"), next };
        self.writing.carry_out(context, &before, &plan, deed)
    }
}

/// How records of this kind are closed, or what to type instead.
fn closing_of(id: &RecordId, verb: &str) -> Result<Closing, CliError> {
    let spec = kind_of(id)?.spec;
    if let Some(closing) = spec.closing {
        return Ok(closing);
    }
    let error = CliError::new(format!(
        "{} cannot be {}",
        kind_in_words(spec.name),
        if verb == "close" { "closed" } else { "reopened" }
    ));
    Err(match spec.name {
        "project" if verb == "close" => {
            error.hint(format!("a project has a life of its own: `pmo project close {id}`"))
        }
        "project" => {
            error.hint(format!("`pmo project resume {id}` goes on with one that is on hold or closing")).hint(
                format!("if it was closed by mistake, `pmo edit {id}`: state = \"active\", and no closed_on"),
            )
        }
        _ if !spec.states.is_empty() => error.hint(format!(
            "its states are {}: `pmo set {id} state=…`",
            crate::text::list(spec.states, "and")
        )),
        "person" if verb == "close" => {
            error.hint(format!("whoever leaves stays in the register: `pmo set {id} until=2026-12-31`"))
        }
        "person" => error.hint(format!("whoever comes back: `pmo set {id} until=`")),
        _ => error.hint(format!("it has no state; `pmo edit {id}` changes what it says")),
    })
}

/// A kind of record with its article, as it is called in a sentence.
fn kind_in_words(kind: &str) -> String {
    match kind {
        "status" | "programme-status" => "a status report".to_owned(),
        "actuals" => "a file of actuals".to_owned(),
        "period" => "a period's record".to_owned(),
        _ if kind.starts_with(['a', 'e', 'i', 'o', 'u']) => format!("an {kind}"),
        _ => format!("a {kind}"),
    }
}

/// Whether the record is closed; an error where its file cannot be read.
fn is_closed(register: &Register, id: &RecordId) -> Result<bool, CliError> {
    match register.slot(id).and_then(|slot| slot.record_or_draft()) {
        Some(record) => Ok(record.is_closed()),
        None => Err(CliError::new(format!("{} cannot be read", id.path()))
            .hint("`pmo check` shows what is wrong with it")
            .hint(format!("`pmo edit {id}` opens it"))),
    }
}
