//! `unknown-rule`: `pmo.toml` speaks of a rule that does not exist.

use crate::check::context::Context;
use crate::check::findings::Findings;
use crate::check::policy::names;
use crate::check::rule::{Rule, Weight};
use crate::diag::Problem;
use crate::model::scope::Reports;
use crate::text::nearest;

pub const RULE: Rule = Rule {
    name: "unknown-rule",
    weight: Weight::Broken,
    kinds: &[],
    reports: Reports::None,
    page: include_str!("../pages/unknown-rule.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let config = &context.register.config;
    let in_policy = config.policy.keys().map(|rule| (rule, format!("key:policy.{rule}")));
    let in_exceptions =
        config.exception.iter().enumerate().map(|(i, e)| (&e.rule, format!("exception[{i}].rule")));
    for (rule, key) in in_policy.chain(in_exceptions) {
        if names().any(|name| name == rule) {
            continue;
        }
        let help = match nearest(rule, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`pmo explain` lists the rules".to_owned(),
        };
        let problem = Problem::warning("", format!("there is no rule `{rule}`"));
        out.push(problem.file("pmo.toml").key(key).label("has no effect").help(help));
    }
}
