//! `unused-exception`: an exception that keeps nothing back. What is found is known only after all other rules,
//! so [`policy`](crate::check::policy) looks for it.

use crate::check::rule::{Rule, Weight};
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "unused-exception",
    weight: Weight::Hint,
    kinds: &[],
    reports: Reports::None,
    page: include_str!("../pages/unused-exception.md"),
    check: |_, _| {},
};
