//! `risk-without-response`: a serious open risk, and nothing says what is done about it.

use crate::analysis::exposure::{Band, current_band, current_score, has_response, is_open};
use crate::check::context::{Context, in_project};
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::Risk;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "risk-without-response",
    weight: Weight::Advice,
    kinds: &["risk"],
    reports: Reports::None,
    page: include_str!("../pages/risk-without-response.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let config = &context.register.config.risk;
    for at in context.live() {
        for (name, risk) in at.shelf.records::<Risk>().filter(|(_, r)| is_open(r) && !has_response(r)) {
            let Some(score) = current_score(risk) else { continue };
            let in_band = match current_band(risk, config) {
                Some(band) if band > Band::Green => band.word(),
                _ => continue,
            };
            let id = in_project("risk", at.id, name);
            let text = format!(
                "{} is in the {in_band} band with {score}, and nothing says what is done about it",
                id.stem()
            );
            let help = format!(
                "pmo set {id} response=mitigate (or avoid, transfer, accept, …), and say how in `plan`"
            );
            out.push(finding(&id, "probability", text).help(help));
        }
    }
}
