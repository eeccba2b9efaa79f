//! Policy: how strictly each rule is held, and the exceptions that were granted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Date, Ref};

/// What a rule's finding counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Strictness {
    /// Not reported.
    Allow,
    /// Reported as a warning.
    Warn,
    /// Reported as an error; `pmo check` fails.
    Deny,
}

/// What sort of PMO keeps the register; it sets how strict the rules are by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OfficeKind {
    /// Gives templates and advice: findings are warnings.
    Supportive,
    /// Asks for compliance: broken files and broken promises are errors.
    #[default]
    Controlling,
    /// Runs the projects: most findings are errors.
    Directive,
}

/// A finding that is tolerated for a while, with the reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The rule, such as `red-without-plan`.
    pub rule: String,
    /// The record that is excepted; a project stands for everything in it.
    pub record: Ref,
    /// Why it is tolerated.
    pub reason: String,
    /// The last day on which it holds.
    pub until: Date,
}
