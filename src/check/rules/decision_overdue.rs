//! `decision-overdue`: a decision that is wanted, and not taken.

use crate::check::context::{Context, in_project};
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::on;
use crate::model::Decision;
use crate::model::decision::DecisionState;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "decision-overdue",
    weight: Weight::Advice,
    kinds: &["decision", "person"],
    reports: Reports::None,
    page: include_str!("../pages/decision-overdue.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for at in context.live() {
        let open = at.shelf.records::<Decision>().filter(|(_, d)| d.state == DecisionState::Open);
        for (name, decision) in open {
            if let Some(by) = decision.wanted_by.filter(|by| *by < context.day) {
                let id = in_project("decision", at.id, name);
                let who = decision
                    .of
                    .as_deref()
                    .map_or(String::new(), |of| format!(" from {}", context.register.person_name(of)));
                let text =
                    format!("{} was wanted by {}{who}, and is not taken", id.stem(), on(by, context.day));
                let help = format!("pmo decision decide {id}, or defer it");
                out.push(finding(&id, "wanted_by", text).label("has passed").help(help));
            }
        }
    }
}
