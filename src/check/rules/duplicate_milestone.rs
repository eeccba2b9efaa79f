//! `duplicate-milestone`: two milestones of a project have one id.

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::Project;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "duplicate-milestone",
    weight: Weight::Broken,
    kinds: &[],
    reports: Reports::None,
    page: include_str!("../pages/duplicate-milestone.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for (id, project) in context.register.records::<Project>() {
        for (i, milestone) in project.milestone.iter().enumerate() {
            if project.milestone[..i].iter().any(|earlier| earlier.id == milestone.id) {
                let text = format!("a second milestone is called `{}`", milestone.id);
                let help = "reports and references name milestones by id: give each its own";
                out.push(finding(&id, &format!("milestone[{i}].id"), text).label("taken already").help(help));
            }
        }
    }
}
