//! `override-expired`: the explanation of a rating no longer holds.

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::on;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "override-expired",
    weight: Weight::Advice,
    kinds: &[],
    reports: Reports::Newest(1),
    page: include_str!("../pages/override-expired.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for (_, id, status) in context.newest_reports() {
        let until = status.override_.as_ref().and_then(|o| o.until);
        if let Some(until) = until.filter(|until| *until < context.day) {
            let text = format!("the override ended on {}", on(until, context.day));
            let help = "rate it by the figures again and take the override out, or have it accepted anew";
            out.push(finding(&id, "override.until", text).label("has passed").help(help));
        }
    }
}
