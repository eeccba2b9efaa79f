//! `risk-review-overdue`: a risk that was to be looked at again, and was not.

use crate::analysis::exposure::is_open;
use crate::analysis::risk_life::review_due;
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
            let due = review_due(risk, &context.register.config.risk);
            if let Some(by) = due.filter(|by| *by < context.day) {
                let id = in_project("risk", at.id, name);
                let text = format!("{} was to be reviewed by {}", id.stem(), on(by, context.day));
                let key = match risk.review_by {
                    Some(stated) if stated == by => "review_by",
                    _ if risk.reviewed_on.is_some() => "reviewed_on",
                    _ => "raised",
                };
                let label = if key == "review_by" { "has passed" } else { "the last look at it" };
                let help = format!("assess it anew, then: pmo risk review {id}");
                out.push(finding(&id, key, text).label(label).help(help));
            }
        }
    }
}
