//! `action-overdue`: a promised action is not done.

use crate::check::context::{Context, in_project};
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::on;
use crate::model::Action;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "action-overdue",
    weight: Weight::Advice,
    kinds: &["action", "person"],
    reports: Reports::None,
    page: include_str!("../pages/action-overdue.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for at in context.live() {
        for (name, action) in at.shelf.records::<Action>().filter(|(_, a)| a.done_on.is_none()) {
            if let Some(due) = action.due.filter(|due| *due < context.day) {
                let id = in_project("action", at.id, name);
                let who = action
                    .owner
                    .as_deref()
                    .map_or(String::new(), |owner| format!(" from {}", context.register.person_name(owner)));
                let text = format!("{} was due on {}{who}, and is not done", id.stem(), on(due, context.day));
                let help = format!("pmo close {id}, or agree on a new date: pmo set {id} due=<date>");
                out.push(finding(&id, "due", text).label("has passed").help(help));
            }
        }
    }
}
