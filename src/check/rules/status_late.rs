//! `status-late`: the newest report came after its deadline, by the commit that filed it.

use crate::analysis::calendar::owed::{self, Became};
use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::weekday;
use crate::model::RecordId;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "status-late",
    weight: Weight::Hint,
    kinds: &[],
    reports: Reports::Newest(1),
    page: include_str!("../pages/status-late.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for at in context.live().filter(|at| at.filing.reports) {
        let owed = at.period().and_then(|period| owed::report(context.register, at.id, period, context.day));
        let Some(owed) = owed else { continue };
        let Became::Late(commit) = owed.became else { continue };
        let days = crate::text::count(usize::try_from(owed.days_late).unwrap_or(usize::MAX), "day");
        let text = format!(
            "the report for {} came {days} late: it was due {} and filed {} (commit {})",
            owed.period.spoken(),
            weekday(owed.deadline, context.day),
            weekday(commit.day(), context.day),
            commit.id.get(..7).unwrap_or(&commit.id)
        );
        let id = RecordId::status(at.id, owed.period);
        out.push(
            finding(&id, "", text).help("nothing to mend; it goes with the next report that comes in time"),
        );
    }
}
