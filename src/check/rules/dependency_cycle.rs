//! `dependency-cycle`: projects wait for each other in a circle.

use crate::analysis::dependency::cycles;
use crate::check::context::{Context, charter};
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::Target;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "dependency-cycle",
    weight: Weight::Broken,
    kinds: &[],
    reports: Reports::None,
    page: include_str!("../pages/dependency-cycle.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for at in context.live() {
        for (index, dependency) in at.charter.dependency.iter().enumerate() {
            if let Some(Target::Milestone { project, id }) = dependency.on.target(Some(at.id))
                && project == at.id
                && dependency.milestone.as_deref() != Some(id.as_str())
            {
                let text =
                    format!("{project} waits for its own #{id}: a dependency is what it needs of another");
                let help = format!(
                    "pmo edit {project}: take the dependency out, the order within a project is its own plan"
                );
                let key = format!("dependency[{index}].on");
                out.push(finding(&charter(at.id), &key, text).label("its own").help(help));
            }
        }
    }
    for cycle in cycles(context.network()) {
        let Some(first) = cycle.first() else { continue };
        let mut path: Vec<String> = cycle.iter().map(|step| step.waits.to_string()).collect();
        path.push(first.waits.to_string());
        let text = format!("each waits for the next: {}", path.join(" → "));
        let help = "one of them must be able to begin: depend on a milestone that comes early, or drop one dependency";
        let key = format!("dependency[{}].on", first.index);
        out.push(
            finding(&charter(&first.waits.project), &key, text).label("the circle begins here").help(help),
        );
    }
}
