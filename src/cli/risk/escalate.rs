//! `pmo risk escalate REF` and `pmo risk answer REF`: a question to a programme or portfolio, and what it decided.

use clap::Args;
use clap_complete::ArgValueCandidates;

use crate::analysis::risk_life::{awaits_answer, programme_of};
use crate::change::Assignment;
use crate::model::{Date, RecordId, Register, Risk};
use crate::text;

use super::super::noun::{place, scaffold};
use super::super::set::planned;
use super::super::writing::{Deed, Writing};
use super::super::{CliError, Context, Outcome, complete};
use super::named::open_risk;

/// Escalate a risk to a programme or portfolio
///
/// It stays one record: the project keeps it, and the programme sees it too (`pmo show customer-360`,
/// `pmo risk list --programme customer-360`). Escalated again, to the programme above, it waits for a new answer.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo risk escalate crm/R-003                       to the project's own programme
  pmo risk escalate crm/R-003 --to customer-360
  pmo risk escalate crm/R-003 --to group-portfolio --on 2026-11-18 --commit")]
pub struct Escalate {
    /// The risk, such as crm/R-003
    #[arg(value_name = "REF", add = ArgValueCandidates::new(complete::references))]
    reference: String,
    /// To which programme; the one above unless given
    #[arg(long, value_name = "PROGRAMME", add = ArgValueCandidates::new(complete::programmes))]
    to: Option<String>,
    /// The day it was escalated; today unless given
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    #[command(flatten)]
    writing: Writing,
}

/// Answer a risk that was escalated
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo risk answer crm/R-003 --by liam-okoye --decision \"Book the second vendor; the programme pays\"
  pmo risk answer crm/R-003 --decision \"Live with it until March\" --on 2026-11-18")]
pub struct Answer {
    /// The risk, such as crm/R-003
    #[arg(value_name = "REF", add = ArgValueCandidates::new(complete::references))]
    reference: String,
    /// What is to be done
    #[arg(long, value_name = "TEXT")]
    decision: String,
    /// Who decided, a person's id; the programme's manager unless given
    #[arg(long, value_name = "PERSON", add = ArgValueCandidates::new(complete::people))]
    by: Option<String>,
    /// The day of the answer; today unless given
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    #[command(flatten)]
    writing: Writing,
}

impl Escalate {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let before = self.writing.load_around(context, &self.reference, &["person", "programme"])?;
        let register = &before.register;
        let (id, risk) = open_risk(context, register, &self.reference)?;
        let to = match &self.to {
            Some(said) => place::programme(register, said)?,
            None => above(register, &id, risk)?,
        };
        if awaits_answer(risk) && programme_of(register, &id, risk).as_deref() == Some(to.as_str()) {
            let since = risk.escalated_on.map(|day| format!(" since {day}")).unwrap_or_default();
            return Err(CliError::new(format!("{id} waits for an answer of {to}{since} already")).hint(
                format!("`pmo risk answer {id} --decision …` answers it, --to names another programme"),
            ));
        }
        let day = self.on.unwrap_or(context.today);
        // An answer to an earlier escalation does not answer this one.
        let assignments = [
            Assignment::text("escalated_to", &to),
            Assignment::date("escalated_on", day),
            Assignment::remove("answer"),
        ];
        let plan = planned(context, &id, &assignments)?;
        let deed = Deed {
            done: format!("escalated {id} to {to} on {day}"),
            message: format!("{id}: escalated to {to}"),
            next: vec![format!("pmo show {to}"), format!("pmo risk answer {id} --decision \"…\"")],
        };
        self.writing.carry_out(context, &before, &plan, deed)
    }
}

/// The programme above: the project's, or the one of which that is part to which the risk was escalated before.
fn above(register: &Register, id: &RecordId, risk: &Risk) -> Result<String, CliError> {
    let found = match programme_of(register, id, risk) {
        Some(now) => register.programme(&now).and_then(|programme| programme.parent.clone()),
        None => register.project(&id.home).and_then(|charter| charter.programme.clone()),
    };
    found.filter(|to| register.programme(to).is_some()).ok_or_else(|| {
        CliError::new(format!("nothing says to which programme {id} is to be escalated"))
            .hint("name it: --to PROGRAMME; `pmo programme list` names them")
    })
}

impl Answer {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let before = self.writing.load_around(context, &self.reference, &["person", "programme"])?;
        let register = &before.register;
        let (id, risk) = open_risk(context, register, &self.reference)?;
        if risk.escalated_to.is_none() {
            return Err(CliError::new(format!("{id} was not escalated, so there is nothing to answer"))
                .hint(format!("`pmo risk escalate {id}` escalates it")));
        }
        if !awaits_answer(risk) {
            return Err(CliError::new(format!("{id} is answered already")).hint(format!(
                "`pmo show {id}` shows the answer, `pmo set {id} answer.decision=…` changes it"
            )));
        }
        if self.decision.trim().is_empty() {
            return Err(CliError::new("an answer that decides nothing is none").hint("--decision \"…\""));
        }
        let by = match &self.by {
            Some(said) => scaffold::person(register, said)?,
            None => manager(register, &id, risk)?,
        };
        let day = self.on.unwrap_or(context.today);
        if let Some(since) = risk.escalated_on.filter(|since| *since > day) {
            return Err(
                CliError::new(format!("{id} was escalated on {since}, after {day}")).hint("--on DATE")
            );
        }
        let assignments = [
            Assignment::text("answer.by", &by),
            Assignment::date("answer.on", day),
            Assignment::text("answer.decision", &self.decision),
        ];
        let plan = planned(context, &id, &assignments)?;
        let deed = Deed {
            done: format!("answered {id} on {day} by {by}: {}", text::cut(&self.decision, 60)),
            message: format!("{id}: answered, {}", text::cut(&self.decision, 50)),
            next: vec![format!("pmo show {id}")],
        };
        self.writing.carry_out(context, &before, &plan, deed)
    }
}

/// Who manages the programme to which a risk was escalated.
fn manager(register: &Register, id: &RecordId, risk: &Risk) -> Result<String, CliError> {
    let programme = programme_of(register, id, risk);
    let manager = programme.and_then(|id| register.programme(&id)?.manager.clone());
    manager.ok_or_else(|| CliError::new("nothing says who answers for that programme").hint("--by PERSON"))
}
