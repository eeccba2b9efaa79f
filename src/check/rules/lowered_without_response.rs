//! `lowered-without-response`: a threat is judged lower than it was raised, and nothing says what was done.

use crate::analysis::risk_life::lowered_without_response;
use crate::check::context::{Context, in_project};
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::Risk;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "lowered-without-response",
    weight: Weight::Advice,
    kinds: &["risk"],
    reports: Reports::None,
    page: include_str!("../pages/lowered-without-response.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for at in context.live() {
        for (name, risk) in at.shelf.records::<Risk>() {
            let Some((first, now)) = lowered_without_response(risk) else { continue };
            let id = in_project("risk", at.id, name);
            let text =
                format!("{} fell from {first} to {now}, and nothing says what was done about it", id.stem());
            let help = format!("pmo set {id} response=mitigate plan=\"…\"; or correct the assessment");
            out.push(finding(&id, "probability", text).label("lower than first raised").help(help));
        }
    }
}
