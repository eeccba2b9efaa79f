//! `status-incomplete`: a report lacks what the register or the project's class asks for.

use super::charter_incomplete::lacking;
use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::some;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "status-incomplete",
    weight: Weight::Promise,
    kinds: &[],
    reports: Reports::Newest(1),
    page: include_str!("../pages/status-incomplete.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let config = &context.register.config;
    for (at, id, status) in context.newest_reports() {
        let class = config.class(at.charter.class.as_deref());
        let asked = config.status.required.iter().chain(class.into_iter().flat_map(|c| &c.status_required));
        let missing = lacking(status, asked);
        if !missing.is_empty() {
            let text =
                format!("every report of this project says {}, and this one does not", some(&missing, 5));
            out.push(finding(&id, "key:summary", text).help(format!("pmo edit {id}")));
        }
    }
}
