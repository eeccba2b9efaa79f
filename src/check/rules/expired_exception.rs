//! `expired-exception`: an exception whose last day has passed.

use crate::check::context::Context;
use crate::check::findings::Findings;
use crate::check::rule::{Rule, Weight};
use crate::check::words::on;
use crate::diag::Problem;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "expired-exception",
    weight: Weight::Hint,
    kinds: &[],
    reports: Reports::None,
    page: include_str!("../pages/expired-exception.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for (i, exception) in context.register.config.exception.iter().enumerate() {
        if exception.until < context.day {
            let until = on(exception.until, context.day);
            let text =
                format!("the exception from `{}` for {} ended on {until}", exception.rule, exception.record);
            let problem = Problem::warning("", text).file("pmo.toml").key(format!("exception[{i}].until"));
            out.push(
                problem.label("has passed").help("take it out, or have it granted anew with a new date"),
            );
        }
    }
}
