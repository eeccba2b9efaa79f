//! `issue-without-owner`: an open issue that nobody answers for.

use crate::check::context::{Context, in_project};
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::says;
use crate::model::Issue;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "issue-without-owner",
    weight: Weight::Advice,
    kinds: &["issue"],
    reports: Reports::None,
    page: include_str!("../pages/issue-without-owner.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for at in context.live() {
        for (name, issue) in at.shelf.records::<Issue>().filter(|(_, i)| i.closed_on.is_none()) {
            if !says(issue.owner.as_ref()) {
                let id = in_project("issue", at.id, name);
                let help = format!("pmo set {id} owner=<a person's id>");
                out.push(finding(&id, "key:title", format!("nobody answers for {}", id.stem())).help(help));
            }
        }
    }
}
