//! `unknown-folder`: a folder whose files are not read. The loader finds it; what it counts as is policy.

use crate::check::rule::{Rule, Weight};
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "unknown-folder",
    weight: Weight::Hint,
    kinds: &[],
    reports: Reports::None,
    page: include_str!("../pages/unknown-folder.md"),
    check: |_, _| {},
};
