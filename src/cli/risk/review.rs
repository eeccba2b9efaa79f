//! `pmo risk review REF`: a risk was looked at, and when it is to be looked at again.

use clap::Args;
use clap_complete::ArgValueCandidates;

use crate::analysis::risk_life::review_days;
use crate::change::Assignment;
use crate::model::Date;

use super::super::set::planned;
use super::super::writing::{Deed, Writing};
use super::super::{CliError, Context, Outcome, complete};
use super::named::open_risk;

/// Say that a risk was looked at, and when it is to be looked at again
///
/// The next day follows from the risk's band by `[risk.review]` in pmo.toml, unless --next gives it.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo risk review crm/R-003                           looked at today
  pmo risk review crm/R-003 --next 2027-01-15
  pmo risk review crm/R-003 --on 2026-11-18 --commit")]
pub struct Review {
    /// The risk, such as crm/R-003
    #[arg(value_name = "REF", add = ArgValueCandidates::new(complete::references))]
    reference: String,
    /// When it is to be looked at again
    #[arg(long, value_name = "DATE")]
    next: Option<Date>,
    /// The day it was looked at; today unless given
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    #[command(flatten)]
    writing: Writing,
}

impl Review {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let before = self.writing.load_around(context, &self.reference, &[])?;
        let (id, risk) = open_risk(context, &before.register, &self.reference)?;
        let day = self.on.unwrap_or(context.today);
        if let Some(next) = self.next.filter(|next| *next <= day) {
            return Err(CliError::new(format!("{next} is no later than {day}, the day of this review"))
                .hint("--next is the day by which it is to be looked at again"));
        }
        let days = review_days(risk, &before.register.config.risk);
        let mut assignments = vec![Assignment::date("reviewed_on", day)];
        let due = match (self.next, days) {
            (Some(next), _) => {
                assignments.push(Assignment::date("review_by", next));
                next
            }
            // What follows from the settings is not stored.
            (None, Some(days)) => {
                assignments.push(Assignment::remove("review_by"));
                day.plus_days(days.into())
            }
            (None, None) => {
                return Err(CliError::new("nothing says when it is to be looked at again")
                    .hint("--next DATE")
                    .hint("or give pmo.toml the days for each band: [risk.review] red = 14, amber = 30, green = 90"));
            }
        };
        let plan = planned(context, &id, &assignments)?;
        let deed = Deed {
            done: format!("reviewed {id} on {day}; again by {due}"),
            message: format!("{id}: reviewed, again by {due}"),
            next: vec![format!("pmo show {id}")],
        };
        self.writing.carry_out(context, &before, &plan, deed)
    }
}
