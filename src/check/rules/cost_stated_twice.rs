//! `cost-stated-twice`: the report says another actual cost than finance has booked.

use crate::analysis::earned_value::booked;
use crate::check::context::{Context, in_project};
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::scope::Reports;
use crate::model::{Actuals, Name, Period, Shelf};

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
    for at in context.live() {
        overlapping(at.id, at.shelf, out);
    }
}

/// Bookings of a period that lies within another one that has bookings, too: both are added.
fn overlapping(project: &str, shelf: &Shelf, out: &mut Findings) {
    let booked: Vec<Period> = shelf.series::<Actuals>().map(|(period, _)| period).collect();
    for period in &booked {
        let holds = |other: &&Period| {
            *other != period && other.first() <= period.first() && period.last() <= other.last()
        };
        if let Some(wider) = booked.iter().find(holds) {
            let id = in_project("actuals", project, &Name::Period(*period));
            let text = format!("{period} lies within {wider}, which is booked too: both are added");
            let help = format!("keep one of them: pmo rm {id}, or pmo rm {project}/{wider} --kind actuals");
            out.push(finding(&id, "", text).help(help));
        }
    }
}
