//! `dependency-slipped`: what another project owes is expected after it is needed.

use crate::analysis::dependency::{Trouble, troubles};
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
    for late in troubles(&context.standings, day) {
        let id = charter(late.consumer);
        let (key, text) = match late.trouble {
            Trouble::Terminated => (
                format!("dependency[{}].on", late.index),
                format!("needs {}, which was terminated", late.supplier),
            ),
            Trouble::Late { expected, needed, days } => {
                let days = count(usize::try_from(days).unwrap_or_default(), "day");
                let lag = match late.dependency.lag_days {
                    0 => String::new(),
                    lag => format!(" and {lag} days of lag"),
                };
                (
                    format!("dependency[{}].needed_by", late.index),
                    format!(
                        "{} is expected on {}{lag}, {days} after it is needed on {}",
                        late.supplier,
                        on(expected, day),
                        on(needed, day)
                    ),
                )
            }
        };
        let help =
            format!("agree on a date with the manager of {}, or plan without it", late.supplier.project);
        out.push(finding(&id, &key, text).label("needed here").help(help));
    }
}
