//! `curve-out-of-order`: the points of the planned value curve fall, or run against the calendar.

use crate::check::context::{Context, charter};
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::on;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "curve-out-of-order",
    weight: Weight::Broken,
    kinds: &[],
    reports: Reports::None,
    page: include_str!("../pages/curve-out-of-order.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let day = context.day;
    for at in context.live() {
        let (id, points) = (charter(at.id), &at.charter.planned_value);
        let mut tell = |i: usize, key: &str, text: String, label: &str, help: &str| {
            let key = format!("planned_value[{i}].{key}");
            out.push(finding(&id, &key, text).label(label.to_owned()).help(help.to_owned()));
        };
        for (i, point) in points.iter().enumerate() {
            if let Some(before) = i.checked_sub(1).map(|before| points[before]) {
                if point.date <= before.date {
                    let text = format!(
                        "the point of {} stands behind that of {}",
                        on(point.date, day),
                        on(before.date, day)
                    );
                    tell(
                        i,
                        "date",
                        text,
                        "not later than the one before",
                        "put the points in the order of their dates",
                    );
                } else if point.value < before.value {
                    let text = format!(
                        "planned value falls from {} to {} by {}",
                        before.value,
                        point.value,
                        on(point.date, day)
                    );
                    tell(
                        i,
                        "value",
                        text,
                        "less than before",
                        "values count from the start and can only grow",
                    );
                }
            }
            if let Some(budget) = at.charter.budget.approved.filter(|budget| point.value > *budget) {
                let text = format!(
                    "{} is planned by {}, more than the budget of {budget}",
                    point.value,
                    on(point.date, day)
                );
                tell(i, "value", text, "above the budget", "plan the curve anew, up to the approved budget");
            }
            if at.charter.schedule.finish.is_some_and(|finish| point.date > finish) {
                let text = format!("the point of {} lies behind the agreed finish", on(point.date, day));
                tell(i, "date", text, "after the finish", "plan the curve anew, up to the agreed finish");
            }
        }
    }
}
