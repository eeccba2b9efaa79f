//! `milestone-overdue`: the agreed date has passed, it was not reached, and no new date is given.

use crate::check::context::{Context, charter};
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::on;
use crate::model::scope::Reports;
use crate::text::count;

pub const RULE: Rule = Rule {
    name: "milestone-overdue",
    weight: Weight::Advice,
    kinds: &[],
    reports: Reports::Newest(1),
    page: include_str!("../pages/milestone-overdue.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let day = context.day;
    for at in context.live().filter(|at| at.filing.reports) {
        for (i, m) in at.schedule.milestones.iter().enumerate().filter(|(_, m)| m.is_overdue) {
            // Of two with one id, which duplicate-milestone tells, one is enough.
            if at.schedule.milestones[..i].iter().any(|earlier| earlier.milestone.id == m.milestone.id) {
                continue;
            }
            let Some(baseline) = m.milestone.baseline.filter(|d| *d < day) else { continue };
            let late = usize::try_from(day.days_since(baseline)).unwrap_or_default();
            let text = format!(
                "{} was due on {}, {} ago, and is neither reached nor forecast anew",
                m.milestone.title(),
                on(baseline, day),
                count(late, "day")
            );
            let id = &m.milestone.id;
            let problem = match (at.filing.newest, m.reported) {
                (Some((period, _)), Some(_)) => {
                    let report = crate::model::RecordId::status(at.id, period);
                    finding(&report, &format!("milestone.{id}"), text)
                }
                _ => finding(&charter(at.id), &format!("milestone.{id}.baseline"), text),
            };
            let help = format!(
                "in the report: milestone.{id}.actual if it was reached, else milestone.{id}.forecast"
            );
            out.push(problem.record(format!("{}#{id}", at.id)).help(help));
        }
    }
}
