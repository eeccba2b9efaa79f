//! `milestone-dropped`: a milestone of the charter is missing from the newest report.

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::some;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "milestone-dropped",
    weight: Weight::Advice,
    kinds: &[],
    reports: Reports::Newest(1),
    page: include_str!("../pages/milestone-dropped.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for (at, id, _) in context.newest_reports() {
        let dropped: Vec<String> = at
            .schedule
            .milestones
            .iter()
            .filter(|m| m.reported.is_none())
            .map(|m| m.milestone.id.clone())
            .collect();
        if let [first, ..] = dropped.as_slice() {
            let are = if dropped.len() == 1 { "is" } else { "are" };
            let text = format!("{} {are} in the charter but not in the report", some(&dropped, 4));
            let help = format!("[milestone.{first}] with `forecast`, or with `actual` once it is reached");
            out.push(finding(&id, "key:milestone", text).help(help));
        }
    }
}
