//! `misplaced-file`: a TOML file stands where no record is looked for. The loader finds it; what it counts as is policy.

use crate::check::rule::{Rule, Weight};
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "misplaced-file",
    weight: Weight::Hint,
    kinds: &[],
    reports: Reports::None,
    page: include_str!("../pages/misplaced-file.md"),
    check: |_, _| {},
};
