//! `report-unchanged`: nothing but the date differs from the last report.

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::Status;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "report-unchanged",
    weight: Weight::Hint,
    kinds: &[],
    reports: Reports::Newest(2),
    page: include_str!("../pages/report-unchanged.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for (at, id, status) in context.newest_reports() {
        let Some((before, previous)) = at.previous() else { continue };
        let undated = |s: &Status| Status { date: None, template: None, by: None, ..s.clone() };
        if undated(status) == undated(previous) {
            let text = format!("nothing but the date differs from the report of {}", before.spoken());
            let help = "say what the period brought; if it truly brought nothing, say that in `summary`";
            out.push(finding(&id, "summary", text).label("word for word as before").help(help));
        }
    }
}
