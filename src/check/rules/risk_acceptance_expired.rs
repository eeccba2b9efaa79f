//! `risk-acceptance-expired`: a risk was accepted for a time, and the time is over.

use crate::analysis::risk_life::expired_acceptance;
use crate::check::context::{Context, in_project};
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::on;
use crate::model::Risk;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "risk-acceptance-expired",
    weight: Weight::Promise,
    kinds: &["risk"],
    reports: Reports::None,
    page: include_str!("../pages/risk-acceptance-expired.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for at in context.live() {
        for (name, risk) in at.shelf.records::<Risk>() {
            let Some(until) = expired_acceptance(risk, context.day) else { continue };
            let id = in_project("risk", at.id, name);
            let text =
                format!("{} was accepted until {}, and is still open", id.stem(), on(until, context.day));
            let help = format!(
                "accept it anew: pmo risk accept {id} --by … --until …; or say what is done about it, or close it"
            );
            out.push(finding(&id, "acceptance.until", text).label("has passed").help(help));
        }
    }
}
