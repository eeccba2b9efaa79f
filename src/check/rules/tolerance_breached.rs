//! `tolerance-breached`: the figures are beyond what was agreed, and nobody has accepted it.

use crate::analysis::rating::{self, Fact, Reason};
use crate::analysis::standing::Standing;
use crate::analysis::tolerance::breaches;
use crate::check::context::{Context, charter};
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::scope::Reports;
use crate::model::{RecordId, Ref, Target};

pub const RULE: Rule = Rule {
    name: "tolerance-breached",
    weight: Weight::Promise,
    kinds: &["person", "risk", "change", "benefit", "actuals"],
    reports: Reports::Newest(1),
    page: include_str!("../pages/tolerance-breached.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let register = context.register;
    for at in context.live() {
        let rating = rating::of(&register.config, at, context.day);
        for breach in breaches(&rating, at.status(), context.day).into_iter().filter(|b| !b.is_accepted) {
            let Some(reason) = breach.reasons.first() else { continue };
            let (id, key) = place(at, reason);
            let who = match at.charter.sponsor.as_deref() {
                Some(sponsor) => format!("{} decides", register.person_name(sponsor)),
                None => "name a sponsor who decides".to_owned(),
            };
            let help = format!(
                "{who}: ask for a decision (`pmo decision add {0}`), agree on new figures (`pmo change add {0}`, then \
                 `pmo project rebaseline {0}`), or let an [override] say who accepted it and until when",
                at.id
            );
            let text = format!("beyond tolerance: {}", breach.say());
            out.push(finding(&id, &key, text).help(help));
        }
    }
}

/// Where the figure stands: in the newest report, where it says something of it, else where it was agreed.
fn place(at: &Standing<'_>, reason: &Reason) -> (RecordId, String) {
    let report = || at.period().zip(at.status());
    let reported = |period| RecordId::status(at.id, period);
    match &reason.fact {
        Fact::FinishSlip { .. } => match report() {
            Some((period, status)) if status.forecast_finish.is_some() => {
                (reported(period), "forecast_finish".to_owned())
            }
            _ => (charter(at.id), "schedule.finish".to_owned()),
        },
        Fact::MilestoneSlip { milestone, .. } => match report() {
            Some((period, status)) if status.milestone.get(milestone).is_some() => {
                (reported(period), format!("milestone.{milestone}"))
            }
            _ => {
                let index = at.charter.milestone.iter().position(|m| m.id == *milestone).unwrap_or_default();
                (charter(at.id), format!("milestone[{index}].baseline"))
            }
        },
        Fact::CostVariance { .. } => match report() {
            Some((period, status)) if status.forecast_cost.is_some() => {
                (reported(period), "forecast_cost".to_owned())
            }
            _ => (charter(at.id), "budget.approved".to_owned()),
        },
        Fact::Shortfall { benefit, .. } => match Ref::new(benefit.as_str()).target(None) {
            Some(Target::Record(id)) => (id, "target".to_owned()),
            _ => (charter(at.id), String::new()),
        },
        _ => (charter(at.id), "budget.approved".to_owned()),
    }
}
