//! `unknown-person`: somebody is named whom the register does not know.

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::scope::Reports;
use crate::model::{Name, RecordId};
use crate::text::nearest;

pub const RULE: Rule = Rule {
    name: "unknown-person",
    weight: Weight::Broken,
    kinds: &[
        "person",
        "programme",
        "objective",
        "request",
        "programme-status",
        "risk",
        "issue",
        "assumption",
        "action",
        "decision",
        "change",
        "review",
        "benefit",
        "lesson",
        "period",
    ],
    reports: Reports::All,
    page: include_str!("../pages/unknown-person.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let register = context.register;
    let people: Vec<&str> = register
        .own
        .slots("person")
        .filter_map(|(name, _)| if let Name::Slug(slug) = name { Some(slug.as_str()) } else { None })
        .collect();
    for (id, slot) in register.all() {
        let Some(record) = slot.record() else { continue };
        record.links(&mut |key, link| {
            let Some(person) = link.as_str().strip_prefix('@') else { return };
            if register.slot(&RecordId::person(person)).is_some() {
                return;
            }
            let problem = finding(&id, key, format!("there is no person `{person}`"));
            let help = match nearest(person, people.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    "people are named by the file in people/ without .toml; to add one: pmo person add".into()
                }
            };
            out.push(problem.label("not in people/").help(help));
        });
    }
}
