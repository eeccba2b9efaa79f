//! `red-without-plan`: rated red, and nothing says how it gets back to green.

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::says;
use crate::model::Rag;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "red-without-plan",
    weight: Weight::Promise,
    kinds: &[],
    reports: Reports::Newest(1),
    page: include_str!("../pages/red-without-plan.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for (_, id, status) in context.newest_reports() {
        let rag = status.rag.overall;
        if matches!(rag, Rag::Red | Rag::AmberRed) && !says(status.path_to_green.as_ref()) {
            let text = format!("rated {rag}, but nothing says how it gets back to green");
            let help = "say it in `path_to_green`, with a date and a name";
            out.push(finding(&id, "rag.overall", text).label("rated here").help(help));
        }
    }
}
