//! `target-worse-than-current`: the response is meant to make the risk worse.

use std::cmp::Ordering;

use crate::analysis::exposure::{current_score, expected_value, is_open, score};
use crate::check::context::{Context, in_project};
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::Risk;
use crate::model::risk::RiskKind;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "target-worse-than-current",
    weight: Weight::Advice,
    kinds: &["risk"],
    reports: Reports::None,
    page: include_str!("../pages/target-worse-than-current.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for at in context.live() {
        for (name, risk) in at.shelf.records::<Risk>().filter(|(_, r)| is_open(r)) {
            if let Some((key, what, now, then)) = worse(risk) {
                let id = in_project("risk", at.id, name);
                let text =
                    format!("the target of {}, {what} {then}, is worse than the current {now}", id.stem());
                let help = "the target is what is left after the response: swap the two, or correct one";
                out.push(finding(&id, key, text).label("the target").help(help));
            }
        }
    }
}

type Worse = (&'static str, &'static str, String, String);

fn worse(risk: &Risk) -> Option<Worse> {
    let target = risk.target.as_ref()?;
    // More is worse for a threat, less for an opportunity.
    let wrong = if risk.kind == RiskKind::Threat { Ordering::Greater } else { Ordering::Less };
    let scores = current_score(risk).zip(score(target.probability, target.impact.as_ref()));
    if let Some((now, then)) = scores.filter(|(now, then)| then.cmp(now) == wrong) {
        return Some(("target", "score", now.to_string(), then.to_string()));
    }
    let chances = risk.chance.zip(target.chance);
    if let Some((now, then)) = chances.filter(|(now, then)| then.cmp(now) == wrong) {
        return Some(("target.chance", "chance", now.to_string(), then.to_string()));
    }
    let now = expected_value(risk.chance, risk.cost_effect.as_ref());
    let then = expected_value(target.chance, target.cost_effect.as_ref());
    let values = now.zip(then);
    values
        .filter(|(now, then)| then.cmp(now) == wrong)
        .map(|(now, then)| ("target.cost_effect", "expected value", now.to_string(), then.to_string()))
}
