//! `pmo period open`: a closed period takes reports again, and why is on record.

use clap::Args;

use crate::change::Assignment;
use crate::history::TAGS;
use crate::model::period_record::PeriodState;
use crate::model::{Period, PeriodRecord, Register, Scope};
use crate::text;

use super::super::super::commit::CommitOptions;
use super::super::super::set::planned;
use super::super::super::writing::{Deed, Writing};
use super::super::super::{CliError, Context, Outcome, complete};
use super::{by_name, record, recorded, who};

pub(super) const EXAMPLES: &str = "\
Examples:
  pmo period open 2026-W47 --reason \"Figures of the ERP came late\"
  pmo period open --reason \"Wrong currency in crm\" --by petra-vogel --dry-run

The tag of the closing stays, and with it the report that was published. In a git repository the reopening is
always committed, as the closing was.";

/// A period that is reopened.
#[derive(Clone, Debug, Args)]
pub(in super::super) struct Open {
    /// The period, such as 2026-W47; the newest closed one unless given
    #[arg(value_name = "PERIOD", add = clap_complete::ArgValueCandidates::new(complete::periods))]
    period: Option<Period>,
    /// Why; it stands in the period's record
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Who reopens it, a person's id; who is at the keyboard unless given
    #[arg(long, value_name = "PERSON", add = clap_complete::ArgValueCandidates::new(complete::people))]
    by: Option<String>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// The message of the commit
    #[arg(short, long, value_name = "MSG")]
    message: Option<String>,
}

impl Open {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        context.hold_unless(self.dry_run)?;
        let before = context.load(&Scope::all())?;
        let register = &before.register;
        let period = self.period.or_else(|| newest_closed(register)).ok_or_else(|| {
            CliError::new("no period is closed, so there is none to reopen")
                .hint("`pmo period list` shows them")
        })?;
        if recorded(register, period)?.is_none_or(|there| there.state == PeriodState::Open) {
            return Err(CliError::new(format!("{period} is open: it takes reports"))
                .hint(format!("begin one with `pmo status new PROJECT --period {period}`")));
        }
        let Some(reason) = self.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty()) else {
            return Err(CliError::new(format!("reopening {period} needs a reason"))
                .hint(format!("pmo period open {period} --reason \"…\"")));
        };
        let by = who(context, register, self.by.as_deref())?;
        let keys = [
            Assignment::text("state", "open"),
            Assignment::date("reopened_on", context.today),
            by.as_deref()
                .map_or_else(|| Assignment::remove("reopened_by"), |by| Assignment::text("reopened_by", by)),
            Assignment::text("reason", reason),
        ];
        let plan = planned(context, &record(period), &keys)?;
        let has_git = context.location()?.repo.is_some();
        let commit = CommitOptions { commit: has_git, no_commit: !has_git, message: self.message };
        let kept = if has_git { format!("; the tag {TAGS}{period} stays") } else { String::new() };
        let deed = Deed {
            done: format!("reopened {period}{}{kept}", by_name(register, by.as_deref())),
            message: format!("{period}: reopened, {}", text::cut(reason, 50)),
            next: vec![
                format!("pmo status new PROJECT --period {period}"),
                format!("pmo period close {period}"),
            ],
        };
        Writing { dry_run: self.dry_run, commit }.carry_out(context, &before, &plan, deed)
    }
}

/// The newest period that is closed.
fn newest_closed(register: &Register) -> Option<Period> {
    let closed =
        register.own.records::<PeriodRecord>().filter(|(_, record)| record.state == PeriodState::Closed);
    closed.filter_map(|(name, _)| name.period()).max()
}
