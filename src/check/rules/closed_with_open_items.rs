//! `closed-with-open-items`: the project is over, its loose ends are not.

use crate::analysis::exposure::is_open;
use crate::check::context::{Context, charter};
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::some;
use crate::model::programme::ProgrammeState;
use crate::model::scope::Reports;
use crate::model::{Programme, RecordId, Risk};
use crate::text::count;

pub const RULE: Rule = Rule {
    name: "closed-with-open-items",
    weight: Weight::Advice,
    kinds: &["programme", "risk", "issue", "action", "decision", "change"],
    reports: Reports::None,
    page: include_str!("../pages/closed-with-open-items.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for at in context.standings.iter().filter(|at| at.charter.state.is_over()) {
        let open: Vec<String> = at
            .shelf
            .all()
            .filter(|(key, slot)| match key.kind {
                "risk" => slot.record().and_then(|r| r.as_any().downcast_ref::<Risk>()).is_some_and(is_open),
                "issue" | "action" | "decision" | "change" => slot.record().is_some_and(|r| !r.is_closed()),
                _ => false,
            })
            .map(|(key, _)| {
                RecordId { kind: key.kind, home: at.id.to_owned(), name: key.name.clone() }.stem()
            })
            .collect();
        if !open.is_empty() {
            let are = if open.len() == 1 { "is" } else { "are" };
            let text = format!(
                "{}, but {} {are} open: {}",
                at.charter.state,
                count(open.len(), "item"),
                some(&open, 4)
            );
            let help = "close each with its outcome, or hand it to another project: pmo close, pmo mv";
            out.push(finding(&charter(at.id), "state", text).help(help));
        }
    }
    for (id, programme) in context.register.records::<Programme>() {
        if programme.state != ProgrammeState::Closed {
            continue;
        }
        let running: Vec<String> = context
            .live()
            .filter(|at| at.charter.programme.as_deref() == Some(id.home.as_str()))
            .map(|at| at.id.to_owned())
            .collect();
        if !running.is_empty() {
            let text =
                format!("closed, but {} under way: {}", count(running.len(), "project"), some(&running, 4));
            out.push(
                finding(&id, "state", text).help("close the projects, or move them to another programme"),
            );
        }
    }
}
