//! `baseline-moved-without-change`: agreed dates or money are not what was approved, and no change says why.

use crate::check::context::{Context, charter};
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "baseline-moved-without-change",
    weight: Weight::Promise,
    kinds: &["change", "decision"],
    reports: Reports::None,
    page: include_str!("../pages/baseline-moved-without-change.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for one in &context.register.baseline_moves {
        let Some(first) = one.moved.first() else { continue };
        let now = first.is.as_deref().unwrap_or("nothing");
        let more = match one.moved.len() - 1 {
            0 => String::new(),
            1 => ", and one more figure".to_owned(),
            more => format!(", and {more} more figures"),
        };
        let (id, approved, on) = (&one.project, &one.approved, one.on);
        let message = format!(
            "{} was approved as {} ({approved}, {on}) and is {now} now{more}; [baseline] names no approved change since",
            first.name, first.was
        );
        let help = format!(
            "take it back (pmo diff {approved} -- {id} shows what moved), and move it by an approved change: \
             pmo project rebaseline {id} --change C-…"
        );
        out.push(finding(&charter(id), &first.key, message).label("moved").help(help));
    }
}
