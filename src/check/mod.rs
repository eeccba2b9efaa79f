//! The rules: one a file, and their registry. A rule's page is its manual.
//!
//! A rule is named for the bad pattern, so that "allow red-without-plan" reads well. [`mod@rule`] says what a
//! rule is, [`rules`] holds them one a file, [`registry`] lists them, [`context`] is what they look at, and
//! [`policy`] decides what a finding counts as. What keeps a file from being read is `load`'s to find.

pub mod context;
pub mod findings;
pub mod policy;
pub mod registry;
pub mod rule;
mod rules;
#[cfg(test)]
mod tests;
mod words;

pub use context::Context;
pub use findings::Findings;
pub use policy::{Checked, Levels, Used, run};
pub use registry::{RULES, needs, rule};
pub use rule::{Rule, Weight};
