//! `risk-review-overdue`: a risk that was to be looked at again, and was not.

use crate::analysis::exposure::is_open;
use crate::check::context::{Context, in_project};
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::on;
use crate::model::Risk;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "risk-review-overdue",
    weight: Weight::Advice,
    kinds: &["risk"],
    reports: Reports::None,
    page: include_str!("../pages/risk-review-overdue.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for at in context.live() {
        for (name, risk) in at.shelf.records::<Risk>().filter(|(_, r)| is_open(r)) {
            if let Some(by) = risk.review_by.filter(|by| *by < context.day) {
                let id = in_project("risk", at.id, name);
                let text = format!("{} was to be reviewed by {}", id.stem(), on(by, context.day));
                let help = format!("assess it anew, then: pmo set {id} review_by=<the next date>");
                out.push(finding(&id, "review_by", text).label("has passed").help(help));
            }
        }
    }
}
