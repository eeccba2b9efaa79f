//! `dependency-on-closed-project`: what is needed will not come, because the project that owes it is over.

use crate::analysis::dependency::State;
use crate::check::context::{Context, charter};
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "dependency-on-closed-project",
    weight: Weight::Advice,
    kinds: &[],
    reports: Reports::Newest(1),
    page: include_str!("../pages/dependency-on-closed-project.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for tie in context.network().ties() {
        let what = &tie.supplier;
        let text = match tie.state {
            State::Terminated if what.milestone_id().is_some() => {
                format!("needs {what}, and {} was terminated without it", what.project)
            }
            State::Terminated => format!("needs {what}, which was terminated"),
            State::Closed => format!("needs {what}, and {} was closed without reaching it", what.project),
            _ => continue,
        };
        let help = "find another supplier, plan without it, or report it reached where it was";
        let key = format!("dependency[{}].on", tie.index);
        out.push(finding(&charter(&tie.consumer.project), &key, text).label("needed here").help(help));
    }
}
