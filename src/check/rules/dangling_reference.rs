//! `dangling-reference`: a reference that leads nowhere, or to the wrong kind of record.

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::scope::Reports;
use crate::model::{Name, RecordId, Ref, Register, Target};
use crate::text::nearest;

pub const RULE: Rule = Rule {
    name: "dangling-reference",
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
    page: include_str!("../pages/dangling-reference.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let register = context.register;
    for (id, slot) in register.all() {
        let Some(record) = slot.record() else { continue };
        if context.is_past_report(&id) {
            continue;
        }
        let home = (!id.home.is_empty()).then_some(id.home.as_str());
        record.links(&mut |key, link| {
            // People and milestones of projects that are there have rules of their own.
            if link.as_str().starts_with('@') || is_milestone_of_a_project(register, &link, home) {
                return;
            }
            let bare = key.trim_start_matches("key:");
            match register.resolve(&link, home) {
                None => {
                    let text = match link.target(home) {
                        None => format!("`{link}` is not a reference"),
                        Some(_) => format!("`{link}` leads nowhere"),
                    };
                    out.push(
                        finding(&id, key, text).label("no such record").help(help(register, &link, home)),
                    );
                }
                Some(found) => {
                    if let Some(wanted) = wanted(id.kind, bare).filter(|wanted| *wanted != found.kind) {
                        let text = format!("`{link}` is {}, but {} is wanted here", a(found.kind), a(wanted));
                        out.push(finding(&id, key, text).label(format!("{} of this name", a(found.kind))));
                    }
                }
            }
        });
    }
}

fn is_milestone_of_a_project(register: &Register, link: &Ref, home: Option<&str>) -> bool {
    matches!(link.target(home), Some(Target::Milestone { project, .. }) if register.projects.contains_key(&project))
}

/// The kind of record that a key asks for, where it asks for one.
fn wanted(kind: &str, key: &str) -> Option<&'static str> {
    let last = key.rsplit('.').next().unwrap_or(key);
    match (kind, last) {
        (_, "programme") => Some("programme"),
        ("programme", "parent") => Some("programme"),
        ("objective", "parent") => Some("objective"),
        (_, "objective") => Some("objective"),
        (_, "request") => Some("request"),
        ("request", "project") => Some("project"),
        (_, "change") => Some("change"),
        (_, "decision") => Some("decision"),
        ("project", "on") => Some("project"),
        _ if key.starts_with("decisions_needed") => Some("decision"),
        _ => None,
    }
}

fn a(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {kind}")
}

fn help(register: &Register, link: &Ref, home: Option<&str>) -> String {
    let text = link.as_str();
    let near = match link.target(home) {
        Some(Target::Record(id)) => {
            let ids: Vec<String> = register
                .shelf(id.kind, &id.home)
                .into_iter()
                .flat_map(|shelf| shelf.slots(id.kind))
                .map(|(name, _)| RecordId { name: name.clone(), ..id.clone() })
                .map(|other| if text.contains('/') { other.to_string() } else { other.stem() })
                .collect();
            nearest(text, ids.iter().map(String::as_str)).map(str::to_owned)
        }
        _ => nearest(text, names(register)).map(str::to_owned),
    };
    match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "a reference is written crm, crm/R-003, crm#go-live, crm/2026-W47 or REQ-0007; \
                 inside a project's own files D-003 and #go-live are enough"
            .to_owned(),
    }
}

fn names(register: &Register) -> impl Iterator<Item = &str> {
    let objectives = register.own.slots("objective").filter_map(|(name, _)| match name {
        Name::Slug(slug) => Some(slug.as_str()),
        _ => None,
    });
    register.projects.keys().chain(register.programmes.keys()).map(String::as_str).chain(objectives)
}
