//! `pmo risk occur REF`: what was a risk is an issue now, and perhaps a change request.

use clap::Args;
use clap_complete::ArgValueCandidates;
use rust_decimal::prelude::ToPrimitive;

use crate::analysis::exposure::{Band, current_band};
use crate::change::{Assignment, Plan};
use crate::model::risk::{RiskKind, ThreePoint};
use crate::model::{Date, Kind, Number, NumberOr, RecordId, Register, Risk};
use crate::text;

use super::super::noun::{explained, place, scaffold};
use super::super::set::{kind_named, planned};
use super::super::writing::{Deed, Writing};
use super::super::{CliError, Context, Outcome, complete};
use super::named::open_risk;

/// Say that a risk has occurred: it ends, and an issue begins that comes from it
///
/// Risk, issue and change request are written together or not at all. An opportunity that came true makes no issue.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo risk occur crm/R-003
  pmo risk occur crm/R-003 --on 2026-11-18 --outcome \"The vendor cancelled the workshop\"
  pmo risk occur crm/R-003 --severity critical --due 2026-12-04 --change
  pmo risk occur crm/R-003 --dry-run                  show what would be written")]
pub struct Occur {
    /// The risk, such as crm/R-003
    #[arg(value_name = "REF", add = ArgValueCandidates::new(complete::references))]
    reference: String,
    /// The day it occurred; today unless given
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// What happened
    #[arg(long, value_name = "TEXT")]
    outcome: Option<String>,
    /// What the issue is called; as the risk unless given
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// How bad it is: low, medium, high, critical; by the risk's band unless given
    #[arg(long, value_name = "WORD")]
    severity: Option<String>,
    /// Who answers for the issue; the risk's owner unless given
    #[arg(long, value_name = "PERSON", add = ArgValueCandidates::new(complete::people))]
    owner: Option<String>,
    /// The day by which the issue is to be resolved
    #[arg(long, value_name = "DATE")]
    due: Option<Date>,
    /// Also begin a change request, with the risk's likely effect
    #[arg(long)]
    change: bool,
    #[command(flatten)]
    writing: Writing,
}

impl Occur {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let before = self.writing.load_around(context, &self.reference, &["person"])?;
        let register = &before.register;
        let (id, risk) = open_risk(context, register, &self.reference)?;
        let day = self.on.unwrap_or(context.today);
        let mut ended = vec![Assignment::text("state", "occurred"), Assignment::date("closed_on", day)];
        ended.extend(self.outcome.as_deref().map(|outcome| Assignment::text("outcome", outcome)));
        let mut plan = planned(context, &id, &ended)?;
        let mut done = vec![format!("{id} occurred on {day}")];
        let mut next = Vec::new();
        let mut cause = id.clone();
        if risk.kind == RiskKind::Threat {
            let issue = self.issue(context, register, &id, risk, day, &mut plan)?;
            done.push(format!("issue {issue}: {}", issue.path()));
            next.push(format!("pmo edit {issue}"));
            cause = issue;
        }
        if self.change {
            let change = self.request(context, register, (&id, risk), &cause, day, &mut plan)?;
            done.push(format!("change request {change}, a draft: {}", change.path()));
            next.push(format!("pmo edit {change}"));
        }
        next.push(format!("pmo set {id} actual_cost=… actual_days=…   (once they are known)"));
        let deed = Deed {
            done: done.join("\n"),
            message: format!("{id}: occurred, {}", text::cut(&risk.title, 50)),
            next,
        };
        self.writing.carry_out(context, &before, &plan, deed)
    }

    /// Plans the issue that comes from the risk.
    fn issue(
        &self,
        context: &Context,
        register: &Register,
        id: &RecordId,
        risk: &Risk,
        day: Date,
        plan: &mut Plan,
    ) -> Result<RecordId, CliError> {
        let owner = match &self.owner {
            Some(said) => Some(scaffold::person(register, said)?),
            None => risk.owner.clone(),
        };
        let by_band = current_band(risk, &register.config.risk).map(|band| match band {
            Band::Red => "high",
            Band::Amber => "medium",
            Band::Green => "low",
        });
        let mut given = vec![Assignment::text("title", self.title.as_deref().unwrap_or(&risk.title))];
        let description = self.outcome.as_ref().or(risk.effect.as_ref());
        given.extend(description.map(|text| Assignment::text("description", text)));
        given.extend(owner.map(|owner| Assignment::text("owner", &owner)));
        let severity = self.severity.as_deref().or(by_band);
        let kind = kind_named("issue")?;
        if let Some(word) = severity {
            given.push(read(kind, register, &format!("severity={word}"))?);
        }
        given.push(Assignment::date("raised", day));
        given.extend(self.due.map(|due| Assignment::date("due", due)));
        given.push(Assignment::text("from", &id.stem()));
        create(context, register, kind, id, risk, given, plan)
    }

    /// Plans the change request that the issue makes necessary.
    fn request(
        &self,
        context: &Context,
        register: &Register,
        (id, risk): (&RecordId, &Risk),
        cause: &RecordId,
        day: Date,
        plan: &mut Plan,
    ) -> Result<RecordId, CliError> {
        let kind = kind_named("change")?;
        let sign = if risk.kind == RiskKind::Opportunity { "-" } else { "" };
        let likely = |effect: &Option<NumberOr<ThreePoint>>| -> Option<Number> {
            Some(match effect.as_ref()? {
                NumberOr::Number(amount) => *amount,
                NumberOr::Table(points) => points.likely,
            })
        };
        let mut given = vec![Assignment::text("title", self.title.as_deref().unwrap_or(&risk.title))];
        given.push(Assignment::date("raised", day));
        let reason =
            self.outcome.clone().unwrap_or_else(|| format!("{} occurred: {}", id.stem(), risk.title));
        given.push(Assignment::text("reason", &reason));
        given.push(read(kind, register, &format!("links={}", cause.stem()))?);
        if let Some(cost) = likely(&risk.cost_effect) {
            given.push(read(kind, register, &format!("effect.cost={sign}{cost}"))?);
        }
        // A change moves the finish by whole days.
        if let Some(days) = likely(&risk.days_effect).and_then(|days| days.0.ceil().to_i64()) {
            given.push(read(kind, register, &format!("effect.days={sign}{days}"))?);
        }
        create(context, register, kind, id, risk, given, plan)
    }
}

fn read(kind: &Kind, register: &Register, typed: &str) -> Result<Assignment, CliError> {
    Assignment::read(kind, &register.config.field, typed).map_err(|error| explained(error, typed))
}

/// Plans a new record in the risk's project, as confidential as the risk is.
fn create(
    context: &Context,
    register: &Register,
    kind: &'static Kind,
    risk_id: &RecordId,
    risk: &Risk,
    mut given: Vec<Assignment>,
    plan: &mut Plan,
) -> Result<RecordId, CliError> {
    if risk.confidential {
        given.push(read(kind, register, "confidential=true")?);
    }
    let id = place::new_id(context, register, kind, std::slice::from_ref(&risk_id.home))?;
    let text = scaffold::text_of(context, register, kind, &id, &given)?;
    plan.create(id.path(), text);
    Ok(id)
}
