//! `dependency-slipped`: what another project owes is expected after it is needed.

use crate::check::context::{Context, charter};
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::on;
use crate::model::scope::Reports;
use crate::text::count;

pub const RULE: Rule = Rule {
    name: "dependency-slipped",
    weight: Weight::Advice,
    kinds: &[],
    reports: Reports::Newest(1),
    page: include_str!("../pages/dependency-slipped.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let day = context.day;
    for tie in context.network().ties() {
        let (Some(days), Some(expected), Some(needed)) =
            (tie.slipped(), tie.expected.supplied, tie.expected.needed)
        else {
            continue;
        };
        let text = format!(
            "{} is expected on {}{}, {} after it is needed on {}",
            tie.supplier,
            on(expected, day),
            lag(tie.dependency.lag_days),
            count(usize::try_from(days).unwrap_or_default(), "day"),
            on(needed, day)
        );
        let help =
            format!("agree on a date with the manager of {}, or plan without it", tie.supplier.project);
        let key = needed_key(tie.index, tie.dependency.needed_by.is_some());
        out.push(finding(&charter(&tie.consumer.project), &key, text).label("needed here").help(help));
    }
}

/// What is said of a lag: ` and 5 days of lag`.
pub(super) fn lag(days: i64) -> String {
    match days {
        0 => String::new(),
        1 => " and 1 day of lag".to_owned(),
        -1 => " less 1 day of lead".to_owned(),
        days if days < 0 => format!(" less {} days of lead", days.unsigned_abs()),
        days => format!(" and {days} days of lag"),
    }
}

/// The key that says when a dependency is needed, or what it is, where no day is given.
pub(super) fn needed_key(index: usize, has_day: bool) -> String {
    format!("dependency[{index}].{}", if has_day { "needed_by" } else { "on" })
}
