//! `duplicate-entry`: two tables of a list are about the same thing, as a merge line by line can leave them.

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::diag::Problem;
use crate::model::scope::Reports;
use crate::model::{Benefit, Project};

pub const RULE: Rule = Rule {
    name: "duplicate-entry",
    weight: Weight::Broken,
    kinds: &["benefit"],
    reports: Reports::None,
    page: include_str!("../pages/duplicate-entry.md"),
    check,
};

const HELP: &str = "keep one of them, with what holds of both";

/// Places of what stands in a list already.
fn twice<K: PartialEq>(entries: impl Iterator<Item = K>) -> Vec<usize> {
    let entries: Vec<K> = entries.collect();
    (0..entries.len()).filter(|i| entries[..*i].contains(&entries[*i])).collect()
}

fn check(context: &Context<'_>, out: &mut Findings) {
    for (id, project) in context.register.records::<Project>() {
        let mut tell = |list: &str, key: &str, text: String, i: usize| {
            out.push(finding(&id, &format!("{list}[{i}].{key}"), text).label("there already").help(HELP));
        };
        for i in twice(project.dependency.iter().map(|d| (&d.on, &d.milestone, d.kind))) {
            tell("dependency", "on", format!("a second dependency is on {}", project.dependency[i].on), i);
        }
        for i in twice(project.alignment.iter().map(|a| &a.objective)) {
            let text = format!("a second alignment is with {}", project.alignment[i].objective);
            tell("alignment", "objective", text, i);
        }
        for i in twice(project.allocation.iter().map(|a| (&a.person, &a.role, a.from, a.to))) {
            tell("allocation", "from", "the same allocation stands there twice".to_owned(), i);
        }
    }
    for (id, benefit) in context.register.records::<Benefit>() {
        let lists = [("plan", &benefit.plan), ("measurement", &benefit.measurement)];
        for (list, points) in lists {
            for i in twice(points.iter().map(|point| point.date)) {
                let text = format!("a second {list} is of {}", points[i].date);
                out.push(finding(&id, &format!("{list}[{i}].date"), text).label("there already").help(HELP));
            }
        }
    }
    let config = &context.register.config;
    let mut tell = |list: &str, key: &str, what: &str, i: usize| {
        let problem = Problem::warning("", format!("a second {what}")).file("pmo.toml");
        out.push(problem.key(format!("{list}[{i}].{key}")).label("there already").help(HELP));
    };
    for i in twice(config.phase.iter().map(|phase| &phase.id)) {
        tell("phase", "id", &format!("phase is called `{}`", config.phase[i].id), i);
    }
    for i in twice(config.field.iter().map(|field| (&field.kind, &field.name))) {
        let field = &config.field[i];
        tell("field", "name", &format!("field of a {} is called `{}`", field.kind, field.name), i);
    }
}
