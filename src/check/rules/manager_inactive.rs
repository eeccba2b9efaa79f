//! `manager-inactive`: a project is run by somebody who is not there.

use crate::check::context::{Context, charter};
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::on;
use crate::model::programme::ProgrammeState;
use crate::model::scope::Reports;
use crate::model::{Programme, RecordId};

pub const RULE: Rule = Rule {
    name: "manager-inactive",
    weight: Weight::Promise,
    kinds: &["person", "programme"],
    reports: Reports::None,
    page: include_str!("../pages/manager-inactive.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let day = context.day;
    let mut see = |id: &RecordId, manager: &str| {
        let Some(person) = context.register.person(manager).filter(|p| !p.is_active(day)) else { return };
        let when = match (person.until.filter(|d| *d < day), person.from) {
            (Some(left), _) => format!("left on {}", on(left, day)),
            (None, Some(from)) => format!("comes only on {}", on(from, day)),
            (None, None) => return,
        };
        let text = format!("{} manages this and {when}", person.name);
        out.push(finding(id, "manager", text).help(format!("pmo set {id} manager=<a person's id>")));
    };
    for at in context.live() {
        see(&charter(at.id), &at.charter.manager);
    }
    for (id, programme) in context.register.records::<Programme>() {
        if let (ProgrammeState::Active, Some(manager)) = (programme.state, &programme.manager) {
            see(&id, manager);
        }
    }
}
