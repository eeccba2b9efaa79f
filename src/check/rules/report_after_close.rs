//! `report-after-close`: a report for a period that began after the project was closed.

use crate::analysis::calendar;
use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::on;
use crate::model::RecordId;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "report-after-close",
    weight: Weight::Broken,
    kinds: &[],
    reports: Reports::None,
    page: include_str!("../pages/report-after-close.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for at in context.standings.iter().filter(|at| at.charter.state.is_over()) {
        let Some(closed) = at.charter.closed_on else { continue };
        for period in calendar::periods(at.shelf).filter(|period| period.first() > closed) {
            let (spoken, word) = (period.spoken(), at.charter.state.word());
            let text =
                format!("a report for {spoken}, but the project was {word} on {}", on(closed, context.day));
            let id = RecordId::status(at.id, period);
            out.push(finding(&id, "", text).help(format!(
                "remove it (pmo rm {id}), or if the project goes on: pmo edit {}, state = \"active\" and no closed_on",
                at.id
            )));
        }
    }
}
