//! `unknown-milestone`: a milestone is named that the project's charter does not have.

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::Target;
use crate::model::scope::Reports;
use crate::text::nearest;

pub const RULE: Rule = Rule {
    name: "unknown-milestone",
    weight: Weight::Broken,
    kinds: &[
        "programme-status",
        "request",
        "risk",
        "issue",
        "assumption",
        "action",
        "decision",
        "change",
        "review",
        "benefit",
        "lesson",
    ],
    reports: Reports::Newest(1),
    page: include_str!("../pages/unknown-milestone.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let register = context.register;
    for (id, slot) in register.all() {
        let Some(record) = slot.record() else { continue };
        // What older reports called their milestones was right in its day.
        if context.is_past_report(&id) {
            continue;
        }
        let home = (!id.home.is_empty()).then_some(id.home.as_str());
        record.links(&mut |key, link| {
            let Some(Target::Milestone { project, id: milestone }) = link.target(home) else { return };
            let Some(charter) = register.project(&project) else { return };
            if charter.milestone(&milestone).is_some() {
                return;
            }
            let whose = if id.home == project { "this project".to_owned() } else { format!("`{project}`") };
            let problem = finding(&id, key, format!("{whose} has no milestone `{milestone}`"));
            let help = match nearest(&milestone, charter.milestone.iter().map(|m| m.id.as_str())) {
                Some(near) => format!("did you mean `{near}`?"),
                None if charter.milestone.is_empty() => "its charter has no [[milestone]] at all".to_owned(),
                None => {
                    let ids: Vec<String> = charter.milestone.iter().map(|m| m.id.clone()).collect();
                    format!("its charter has {}", crate::check::words::some(&ids, 6))
                }
            };
            out.push(problem.label("not in the charter").help(help));
        });
    }
}
