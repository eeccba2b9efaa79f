//! `reserve-overdrawn`: more is drawn from a reserve than there is in it.

use rust_decimal::Decimal;

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::Number;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "reserve-overdrawn",
    weight: Weight::Broken,
    kinds: &[],
    reports: Reports::Newest(1),
    page: include_str!("../pages/reserve-overdrawn.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for (at, id, status) in context.newest_reports() {
        let budget = &at.charter.budget;
        for (key, reserve, of, drawn, agreed) in [
            (
                "contingency_drawn",
                "contingency",
                "budget.contingency",
                status.contingency_drawn,
                budget.contingency,
            ),
            (
                "reserve_drawn",
                "management reserve",
                "budget.management_reserve",
                status.reserve_drawn,
                budget.management_reserve,
            ),
        ] {
            let Some(drawn) = drawn else { continue };
            if drawn.0 < Decimal::ZERO {
                let text = format!("{drawn} cannot be drawn from the {reserve}");
                let help = "state what was drawn to date, less what was given back: 0 or more";
                out.push(finding(&id, key, text).label("below zero").help(help));
            }
            let agreed = agreed.map(Number::from);
            if drawn <= agreed.unwrap_or_default() {
                continue;
            }
            let text = match agreed {
                Some(agreed) => format!("{drawn} is drawn from a {reserve} of {agreed}"),
                None => format!("{drawn} is drawn from a {reserve} that was never agreed"),
            };
            let help = format!(
                "correct it; what the {reserve} cannot bear needs an approved change of `{of}` or of the budget"
            );
            out.push(finding(&id, key, text).label("more than there is").help(help));
        }
    }
}
