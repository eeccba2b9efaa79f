//! `acceptance-without-expiry`: a risk is accepted, and nothing says until when.

use crate::analysis::risk_life::is_accepted_for_ever;
use crate::check::context::{Context, in_project};
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::Risk;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "acceptance-without-expiry",
    weight: Weight::Advice,
    kinds: &["risk"],
    reports: Reports::None,
    page: include_str!("../pages/acceptance-without-expiry.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for at in context.live() {
        for (name, risk) in at.shelf.records::<Risk>().filter(|(_, risk)| is_accepted_for_ever(risk)) {
            let id = in_project("risk", at.id, name);
            let (key, what) = match risk.acceptance {
                Some(_) => ("acceptance", "until when"),
                None => ("state", "by whom and until when"),
            };
            let text = format!("{} is accepted, and nothing says {what}", id.stem());
            let help = format!("pmo risk accept {id} --by … --until …");
            out.push(finding(&id, key, text).help(help));
        }
    }
}
