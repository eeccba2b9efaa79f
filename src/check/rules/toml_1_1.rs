//! `toml-1-1`: a file uses what is new in TOML 1.1. The loader finds it; what it counts as is policy.

use crate::check::rule::{Rule, Weight};
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "toml-1-1",
    weight: Weight::Hint,
    kinds: &[],
    reports: Reports::None,
    page: include_str!("../pages/toml-1-1.md"),
    check: |_, _| {},
};
