//! `figure-goes-backwards`: a cumulative figure is lower than in the report before.

use rust_decimal::Decimal;

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::Status;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "figure-goes-backwards",
    weight: Weight::Advice,
    kinds: &[],
    reports: Reports::Newest(2),
    page: include_str!("../pages/figure-goes-backwards.md"),
    check,
};

type Figure = (&'static str, fn(&Status) -> Option<Decimal>);

/// The figures that can only grow.
const CUMULATIVE: [Figure; 6] = [
    ("percent_complete", |s| s.percent_complete.map(|p| p.0)),
    ("earned_value", |s| s.earned_value.map(|v| v.0)),
    ("actual_cost", |s| s.actual_cost.map(|v| v.0)),
    ("contingency_drawn", |s| s.contingency_drawn.map(|v| v.0)),
    ("reserve_drawn", |s| s.reserve_drawn.map(|v| v.0)),
    ("agile.done_total", |s| s.agile.and_then(|a| a.done_total).map(Decimal::from)),
];

fn check(context: &Context<'_>, out: &mut Findings) {
    for (at, id, status) in context.newest_reports() {
        let Some((before, previous)) = at.previous() else { continue };
        for (key, of) in CUMULATIVE {
            let (Some(then), Some(now)) = (of(previous), of(status)) else { continue };
            if now < then {
                let text = format!("`{key}` fell from {then} to {now}, but it counts from the start");
                let help = format!(
                    "correct it, or the report of {}; if the earlier figure was wrong, say so in the summary",
                    before.spoken()
                );
                out.push(finding(&id, key, text).label(format!("{then} in {}", before.spoken())).help(help));
            }
        }
    }
}
