//! `forecast-before-today`: what is expected lies behind, and did not happen.

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::on;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "forecast-before-today",
    weight: Weight::Advice,
    kinds: &[],
    reports: Reports::Newest(1),
    page: include_str!("../pages/forecast-before-today.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let day = context.day;
    for (at, id, status) in context.newest_reports() {
        if let Some(finish) = status.forecast_finish.filter(|d| *d < day) {
            let text = format!(
                "the project was to finish on {}, and is still {}",
                on(finish, day),
                at.charter.state
            );
            let help = "give the day on which it is expected now, or close the project";
            out.push(finding(&id, "forecast_finish", text).label("has passed").help(help));
        }
        for m in at.schedule.milestones.iter().filter(|m| !m.is_reached()) {
            let Some(forecast) = m.reported.and_then(|r| r.forecast).filter(|d| *d < day) else { continue };
            // Past its agreed date as well, it is milestone-overdue.
            if m.milestone.baseline.is_none_or(|baseline| baseline >= day) {
                let key = format!("milestone.{}.forecast", m.milestone.id);
                let text = format!(
                    "{} was expected on {}, and is not reached",
                    m.milestone.title(),
                    on(forecast, day)
                );
                let help = "give `actual` if it was reached, else the day on which it is expected now";
                out.push(finding(&id, &key, text).label("has passed").help(help));
            }
        }
    }
}
