//! `cost-stated-twice`: the report says another actual cost than finance has booked.

use crate::analysis::earned_value::booked;
use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "cost-stated-twice",
    weight: Weight::Advice,
    kinds: &["actuals"],
    reports: Reports::Newest(1),
    page: include_str!("../pages/cost-stated-twice.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for (at, id, status) in context.newest_reports() {
        let Some(stated) = status.actual_cost else { continue };
        let Some(booked) = booked(at.shelf, at.earned.date).filter(|booked| *booked != stated) else {
            continue;
        };
        let text = format!(
            "{stated} is reported as spent, and {booked} is booked until then; reports use what is booked"
        );
        let help =
            "where actuals/ is kept, leave `actual_cost` out, or say in the summary what is not booked yet";
        out.push(finding(&id, "actual_cost", text).label("not what is booked").help(help));
    }
}
