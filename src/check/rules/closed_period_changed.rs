//! `closed-period-changed`: a report of a closed period is not as it was when the period was closed.

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::late_change::Late;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "closed-period-changed",
    weight: Weight::Broken,
    kinds: &["period"],
    reports: Reports::None,
    page: include_str!("../pages/closed-period-changed.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for late in &context.register.late_changes {
        let Some(period) = late.record.name.period() else { continue };
        let (closing, path) = (&late.closing, late.record.path());
        let (said, back) = match late.what {
            Late::Added => ("was added", format!("remove {path}")),
            Late::Changed => ("is not what it was", format!("git restore --source={closing} -- {path}")),
            Late::Removed => ("was removed", format!("git restore --source={closing} -- {path}")),
        };
        let when = match late.what {
            Late::Changed => "when",
            Late::Added | Late::Removed => "after",
        };
        let message = format!("the report {said} {when} {period} was closed ({closing})");
        let help = format!("take it back: {back}; or let it in: pmo period open {period} --reason \"…\"");
        out.push(finding(&late.record, "", message).help(help));
    }
}
