//! `period-off-calendar`: a report's file is named for a period that the project does not report on.

use crate::analysis::calendar::{self, Terms};
use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::scope::Reports;
use crate::model::{Period, RecordId, Shelf};

pub const RULE: Rule = Rule {
    name: "period-off-calendar",
    weight: Weight::Broken,
    kinds: &[],
    reports: Reports::None,
    page: include_str!("../pages/period-off-calendar.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for at in context.live() {
        let terms = calendar::terms_of(context.register, at.id);
        let example = terms.current(context.day);
        for period in calendar::periods(at.shelf) {
            // Before any report that fits, the newest stands for all: the cadence may just have changed.
            if terms.is_off(at.shelf, period) || is_alone(&terms, at.shelf, period, example) {
                let text = format!("{period} does not fit: reports are named like {example}");
                let every = example.cadence().unit();
                let help = format!(
                    "the project reports every {every}, so this one is not counted: rename the file or remove it"
                );
                out.push(finding(&RecordId::status(at.id, period), "", text).help(help));
            }
        }
    }
}

/// Whether a report is the newest of a project that has none that fits, and no history of another cadence.
fn is_alone(terms: &Terms<'_>, shelf: &Shelf, period: Period, current: Period) -> bool {
    let mut periods = calendar::periods(shelf);
    let is_newest = periods.next_back() == Some(period);
    let cadence = terms.naming.cadence;
    let none_fits = period.cadence() != cadence && periods.all(|other| other.cadence() != cadence);
    // One that outlasts the period of today cannot be what was filed before the cadence changed.
    is_newest && none_fits && (!terms.naming.is_of_another_state(period) || period.last() > current.last())
}
