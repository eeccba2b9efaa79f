//! `no-sponsor`: nobody above the manager answers for the project.

use crate::check::context::{Context, charter};
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::says;
use crate::model::lifecycle::ProjectState;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "no-sponsor",
    weight: Weight::Promise,
    kinds: &[],
    reports: Reports::None,
    page: include_str!("../pages/no-sponsor.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for at in context.live().filter(|at| at.charter.state != ProjectState::Proposed) {
        if !says(at.charter.sponsor.as_ref()) {
            let text = format!("{}, but nobody above the manager answers for it", at.charter.state);
            let help = format!("pmo set {} sponsor=<a person's id>", at.id);
            out.push(finding(&charter(at.id), "key:manager", text).help(help));
        }
    }
}
