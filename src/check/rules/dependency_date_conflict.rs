//! `dependency-date-conflict`: two agreed days of which only one can hold.

use crate::check::context::{Context, charter};
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::on;
use crate::model::scope::Reports;
use crate::text::count;

use super::dependency_slipped::{lag, needed_key};

pub const RULE: Rule = Rule {
    name: "dependency-date-conflict",
    weight: Weight::Advice,
    kinds: &[],
    reports: Reports::Newest(1),
    page: include_str!("../pages/dependency-date-conflict.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let day = context.day;
    for tie in context.network().ties() {
        let (Some(days), Some(supplied), Some(needed)) =
            (tie.conflict(), tie.agreed.supplied, tie.agreed.needed)
        else {
            continue;
        };
        let text = format!(
            "{} is agreed for {}{}, and needed {} before that, on {}",
            tie.supplier,
            on(supplied, day),
            lag(tie.dependency.lag_days),
            count(usize::try_from(days).unwrap_or_default(), "day"),
            on(needed, day)
        );
        let help = format!(
            "one of the two agreed days has to move: agree on it with the manager of {}",
            tie.supplier.project
        );
        let key = needed_key(tie.index, tie.dependency.needed_by.is_some());
        out.push(finding(&charter(&tie.consumer.project), &key, text).label("needed here").help(help));
    }
}
