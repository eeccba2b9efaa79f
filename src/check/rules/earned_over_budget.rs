//! `earned-over-budget`: more value is earned than there is work in the budget.

use rust_decimal::Decimal;

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "earned-over-budget",
    weight: Weight::Broken,
    kinds: &[],
    reports: Reports::Newest(1),
    page: include_str!("../pages/earned-over-budget.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for (at, id, status) in context.newest_reports() {
        let Some(earned) = status.earned_value else { continue };
        if earned.0 < Decimal::ZERO {
            let text = format!("an earned value of {earned} is below nothing");
            let help = "state what the work done is worth in the budget, from 0 to the approved budget";
            out.push(finding(&id, "earned_value", text).label("below zero").help(help));
        }
        let Some(budget) = at.earned.budget.filter(|budget| earned > *budget) else { continue };
        let text = format!("{earned} is earned of a budget of {budget}: more work is done than there is");
        let help = "work beyond the budget is earned only once a change has raised it: correct the value, or \
                    `pmo project rebaseline`";
        out.push(finding(&id, "earned_value", text).label("above the budget").help(help));
    }
}
