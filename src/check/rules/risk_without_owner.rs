//! `risk-without-owner`: an open risk that nobody answers for.

use crate::analysis::exposure::is_open;
use crate::check::context::{Context, in_project};
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::says;
use crate::model::Risk;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "risk-without-owner",
    weight: Weight::Advice,
    kinds: &["risk"],
    reports: Reports::None,
    page: include_str!("../pages/risk-without-owner.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for at in context.live() {
        for (name, risk) in at.shelf.records::<Risk>().filter(|(_, r)| is_open(r)) {
            if !says(risk.owner.as_ref()) {
                let id = in_project("risk", at.id, name);
                let help = format!("pmo set {id} owner=<a person's id>");
                out.push(finding(&id, "key:title", format!("nobody answers for {}", id.stem())).help(help));
            }
        }
    }
}
