//! `pmo decision decide REF`: settles a decision.

use clap::Args;

use crate::change::Assignment;
use crate::model::decision::DecisionState;
use crate::model::{Date, Decision, RecordId, Register, Slot};
use crate::text;

use super::super::set::planned;
use super::super::writing::{Deed, Writing};
use super::super::{CliError, Context, Outcome, complete};
use super::scaffold;

/// Examples for the help.
pub(super) const EXAMPLES: &str = "\
Examples:
  pmo decision decide crm/D-003 --outcome \"Extend the vendor by two months\"
  pmo decision decide crm/D-003 --outcome \"Not now\" --by liam-okoye --forum \"Steering committee\" --on 2026-11-18";

/// What was decided.
#[derive(Clone, Debug, Args)]
pub(super) struct Decide {
    /// The decision, such as crm/D-003
    #[arg(value_name = "REF", add = clap_complete::ArgValueCandidates::new(complete::references))]
    reference: String,
    /// What was decided
    #[arg(long, value_name = "TEXT")]
    outcome: String,
    /// Who decided, a person's id; whom it was asked of unless given
    #[arg(long, value_name = "PERSON", add = clap_complete::ArgValueCandidates::new(complete::people))]
    by: Option<String>,
    /// The day it was decided; today unless given
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// The forum that decided
    #[arg(long, value_name = "FORUM")]
    forum: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

impl Decide {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let before = self.writing.load(context)?;
        let register = &before.register;
        let id = context.resolve(register, &self.reference)?;
        let decision = decision(register, &id)?;
        if decision.state == DecisionState::Decided {
            let when = decision.decided_on.map(|day| format!(" on {day}")).unwrap_or_default();
            let error = CliError::new(format!("{id} was decided{when} already"));
            return Err(error.hint(format!("`pmo reopen {id}` opens it again, `pmo show {id}` shows it")));
        }
        if self.outcome.trim().is_empty() {
            return Err(
                CliError::new("a decision without an outcome decides nothing").hint("--outcome \"…\"")
            );
        }
        let day = self.on.unwrap_or(context.today);
        let by = match &self.by {
            Some(person) => Some(scaffold::person(register, person)?),
            None => decision.of.clone(),
        };
        let mut assignments = vec![
            Assignment::text("state", "decided"),
            Assignment::text("outcome", &self.outcome),
            Assignment::date("decided_on", day),
        ];
        assignments.extend(by.as_deref().map(|by| Assignment::text("decided_by", by)));
        assignments.extend(self.forum.as_deref().map(|forum| Assignment::text("forum", forum)));
        let plan = planned(context, &id, &assignments)?;
        let waiting: Vec<String> = waiting_for(register, &id);
        let mut next = vec![format!("pmo show {id}")];
        next.extend(waiting.iter().map(|change| format!("pmo set {change} state=approved decided_on={day}")));
        let deed = Deed {
            done: format!(
                "decided {id} on {day}: {}{}",
                text::cut(&self.outcome, 60),
                self.decider(&id, by.as_deref())
            ),
            message: format!("{id}: decided, {}", text::cut(&self.outcome, 50)),
            next,
        };
        self.writing.carry_out(context, &before, &plan, deed)
    }

    /// Who is recorded as having decided, where nobody was named.
    fn decider(&self, id: &RecordId, by: Option<&str>) -> String {
        match (&self.by, by) {
            (Some(_), _) => String::new(),
            (None, Some(by)) => format!(
                "\nrecorded as decided by {}, of whom it was asked; if it was somebody else: `pmo set {id} decided_by=PERSON`",
                text::terminal(by)
            ),
            (None, None) => {
                format!(
                    "\nnobody is named as having decided it: `pmo set {id} decided_by=PERSON`, or --by PERSON"
                )
            }
        }
    }
}

fn decision<'a>(register: &'a Register, id: &RecordId) -> Result<&'a Decision, CliError> {
    if id.kind != "decision" {
        return Err(CliError::new(format!("{id} is a {}, not a decision", id.kind))
            .hint("`pmo decision list` names the open ones"));
    }
    let record = register.slot(id).and_then(Slot::record_or_draft);
    record.and_then(|record| record.as_any().downcast_ref()).ok_or_else(|| {
        CliError::new(format!("{} cannot be read", id.path())).hint("`pmo check` shows what is wrong with it")
    })
}

/// The submitted changes that wait for the decision.
fn waiting_for(register: &Register, id: &RecordId) -> Vec<String> {
    use crate::model::change::{Change, ChangeState};
    let waits = |change: &Change, home: &str| {
        change.state == ChangeState::Submitted
            && change.decision.as_ref().and_then(|link| register.resolve(link, Some(home))).as_ref()
                == Some(id)
    };
    let changes = register.records::<Change>().filter(|(other, change)| waits(change, &other.home));
    changes.map(|(other, _)| other.to_string()).collect()
}
