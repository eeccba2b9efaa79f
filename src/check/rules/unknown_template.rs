//! `unknown-template`: a report says that it was made from a template which this program does not know.

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::scope::Reports;
use crate::model::{ProgrammeStatus, RecordId, Status};
use crate::text::nearest;

pub const RULE: Rule = Rule {
    name: "unknown-template",
    weight: Weight::Broken,
    kinds: &["programme-status"],
    reports: Reports::All,
    page: include_str!("../pages/unknown-template.md"),
    check,
};

/// The newest version of the built-in templates that reports are made from.
const VERSION: u32 = 1;

fn check(context: &Context<'_>, out: &mut Findings) {
    let register = context.register;
    for (id, status) in register.records::<Status>() {
        see(&id, status.template.as_deref(), "status", out);
    }
    for (id, status) in register.records::<ProgrammeStatus>() {
        see(&id, status.template.as_deref(), "programme-status", out);
    }
}

fn see(id: &RecordId, template: Option<&str>, own: &str, out: &mut Findings) {
    let Some(template) = template else { return };
    let known = format!("{own}/{VERSION}");
    let (name, version) = template.split_once('/').unwrap_or((template, ""));
    let version = version.parse::<u32>().ok().filter(|version| *version > 0);
    let (text, help) = match version {
        Some(version) if name == own && version > VERSION => (
            format!("`{template}` is newer than the templates of this pmo, which end at `{known}`"),
            format!("install a newer pmo; if it is a slip, write `{known}`"),
        ),
        Some(_) if name == own => return,
        // An organisation's templates have names of their own, unless it is a slip.
        Some(_) if nearest(name, [own]).is_none() => return,
        _ => (
            format!("`{template}` is no template of a report"),
            format!("it is written with a name and a version, such as `{known}`"),
        ),
    };
    out.push(finding(id, "template", text).label("not known").help(help));
}
