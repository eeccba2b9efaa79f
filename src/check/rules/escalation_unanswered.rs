//! `escalation-unanswered`: a risk was escalated, and nobody has said what is to be done.

use crate::analysis::risk_life::{awaits_answer, programme_of};
use crate::check::context::{Context, in_project};
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::on;
use crate::model::Risk;
use crate::model::scope::Reports;
use crate::text;

pub const RULE: Rule = Rule {
    name: "escalation-unanswered",
    weight: Weight::Promise,
    kinds: &["risk", "programme"],
    reports: Reports::None,
    page: include_str!("../pages/escalation-unanswered.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let within = i64::from(context.register.config.risk.answer_days);
    for at in context.live() {
        for (name, risk) in at.shelf.records::<Risk>().filter(|(_, risk)| awaits_answer(risk)) {
            let id = in_project("risk", at.id, name);
            // A programme that does not exist is for another rule.
            let Some(to) = programme_of(context.register, &id, risk) else { continue };
            let (key, waits) = match risk.escalated_on {
                Some(since) if context.day.days_since(since) <= within => continue,
                Some(since) => {
                    let days = usize::try_from(context.day.days_since(since)).unwrap_or_default();
                    (
                        "escalated_on",
                        format!("{} ago, on {},", text::count(days, "day"), on(since, context.day)),
                    )
                }
                None => ("escalated_to", "(nothing says when)".to_owned()),
            };
            let text = format!("{} was escalated to {to} {waits} and is not answered", id.stem());
            let help = format!("pmo risk answer {id} --by … --decision \"…\"");
            out.push(finding(&id, key, text).label("no [answer] since").help(help));
        }
    }
}
