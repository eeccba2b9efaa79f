//! `name-taken-twice`: a project, a programme or an objective share one name.

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::scope::Reports;
use crate::model::{Name, RecordId};

pub const RULE: Rule = Rule {
    name: "name-taken-twice",
    weight: Weight::Broken,
    kinds: &[],
    reports: Reports::None,
    page: include_str!("../pages/name-taken-twice.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let register = context.register;
    let has_file = |id: &RecordId| register.slot(id).is_some();
    let mut clash = |id: RecordId, name: &str, other: &str| {
        let text = format!("`{name}` is the name of a {other} already");
        let help = format!(
            "projects, programmes and objectives share one set of names, so that `pmo show {name}` is never in \
             doubt: pmo mv one of them"
        );
        out.push(finding(&id, "key:name", text).help(help));
    };
    for name in register.programmes.keys() {
        if register.projects.contains_key(name) && has_file(&RecordId::programme(name)) {
            clash(RecordId::programme(name), name, "project");
        }
    }
    for (name, _) in register.own.slots("objective") {
        let Name::Slug(slug) = name else { continue };
        let other = if register.projects.contains_key(slug) {
            "project"
        } else if register.programmes.contains_key(slug) {
            "programme"
        } else {
            continue;
        };
        clash(RecordId { kind: "objective", home: String::new(), name: name.clone() }, slug, other);
    }
}
