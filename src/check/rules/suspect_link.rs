//! `suspect-link`: what a record links to has changed since its owner last looked.

use crate::analysis::suspect::suspects;
use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "suspect-link",
    weight: Weight::Advice,
    kinds: &[
        "risk",
        "issue",
        "assumption",
        "action",
        "decision",
        "change",
        "review",
        "benefit",
        "lesson",
        "request",
        "objective",
        "programme",
    ],
    reports: Reports::Newest(1),
    page: include_str!("../pages/suspect-link.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for seen in suspects(context.register, context.day) {
        let facts = seen.now.as_ref().map(|now| now.facts()).unwrap_or_default();
        let facts = facts.iter().filter(|(name, _)| *name != "kind");
        let now: Vec<String> = facts.map(|(name, value)| format!("{name} {}", short(value))).collect();
        let text = format!(
            "{} has changed since it was last reviewed from here; now: {}",
            seen.link,
            now.join(", ")
        );
        let help = format!("`pmo review-links {}` shows what changed, and confirms it", seen.record);
        let key = format!("links[{}]", seen.index);
        out.push(finding(&seen.record, &key, text).label("review what follows from it").help(help));
    }
}

/// The beginning of a long text.
fn short(value: &str) -> String {
    const LONGEST: usize = 40;
    match value.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &value[..at]),
        None => value.to_owned(),
    }
}
