//! `status-in-future`: a report speaks of days to come.

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::on;
use crate::model::scope::Reports;
use crate::model::{RecordId, Status};

pub const RULE: Rule = Rule {
    name: "status-in-future",
    weight: Weight::Promise,
    kinds: &[],
    reports: Reports::All,
    page: include_str!("../pages/status-in-future.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for at in context.live() {
        for (period, status) in at.shelf.series::<Status>() {
            let id = RecordId::status(at.id, period);
            if period.first() > context.day {
                let first = on(period.first(), context.day);
                let text = format!("a report for {}, which begins only on {first}", period.spoken());
                out.push(
                    finding(&id, "", text).help("give the file the name of the period that it is about"),
                );
            } else if let Some(date) = status.date.filter(|date| *date > context.day) {
                let text = format!("the figures are of {}, which is still to come", on(date, context.day));
                let help = "`date` is the day up to which the figures hold: today at the latest";
                out.push(finding(&id, "date", text).label("after today").help(help));
            }
        }
    }
}
