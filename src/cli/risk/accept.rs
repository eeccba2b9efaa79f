//! `pmo risk accept REF`: a risk is lived with, on purpose and for a time.

use clap::Args;
use clap_complete::ArgValueCandidates;

use crate::change::Assignment;
use crate::model::Date;

use super::super::noun::scaffold;
use super::super::set::planned;
use super::super::writing::{Deed, Writing};
use super::super::{CliError, Context, Outcome, complete};
use super::named::open_risk;

/// Accept a risk for a time: by whose word, until when, and why
///
/// When the time is over, `pmo check` asks for a new decision (rule risk-acceptance-expired).
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo risk accept crm/R-003 --by liam-okoye --until 2027-01-31 --reason \"Cheaper than a second vendor\"
  pmo risk accept crm/R-003 --by liam-okoye --until 2027-04-30 --commit       for longer")]
pub struct Accept {
    /// The risk, such as crm/R-003
    #[arg(value_name = "REF", add = ArgValueCandidates::new(complete::references))]
    reference: String,
    /// Who accepts it, a person's id
    #[arg(long, value_name = "PERSON", add = ArgValueCandidates::new(complete::people))]
    by: String,
    /// The last day on which the acceptance holds
    #[arg(long, value_name = "DATE")]
    until: Date,
    /// Why it is lived with
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// The day it was accepted; today unless given
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    #[command(flatten)]
    writing: Writing,
}

impl Accept {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let before = self.writing.load_around(context, &self.reference, &["person"])?;
        let (id, risk) = open_risk(context, &before.register, &self.reference)?;
        let by = scaffold::person(&before.register, &self.by)?;
        let day = self.on.unwrap_or(context.today);
        if self.until < day {
            return Err(CliError::new(format!(
                "{} lies before {day}, the day of the acceptance",
                self.until
            ))
            .hint("--until is the last day on which it holds"));
        }
        let mut assignments = vec![Assignment::text("state", "accepted")];
        if risk.response.is_none() {
            assignments.push(Assignment::text("response", "accept"));
        }
        assignments.extend([
            Assignment::text("acceptance.by", &by),
            Assignment::date("acceptance.on", day),
            Assignment::date("acceptance.until", self.until),
        ]);
        // A reason that was given for an earlier acceptance is not one for this.
        assignments.push(match &self.reason {
            Some(reason) => Assignment::text("acceptance.reason", reason),
            None => Assignment::remove("acceptance.reason"),
        });
        let plan = planned(context, &id, &assignments)?;
        let mut next = vec![format!("pmo show {id}")];
        if self.reason.is_none() {
            next.push(format!("pmo set {id} acceptance.reason=\"…\""));
        }
        let deed = Deed {
            done: format!("accepted {id} by {by} until {}", self.until),
            message: format!("{id}: accepted until {}", self.until),
            next,
        };
        self.writing.carry_out(context, &before, &plan, deed)
    }
}
