//! What git knows of a register, handed on as model data, so that rules and reports need not know git.
//!
//! - `filings` finds when status reports were filed.
//! - `closed` finds the reports that came or changed after their period was closed.

mod closed;
mod filings;
#[cfg(test)]
mod tests;

pub use closed::{TAGS, late_changes};
pub use filings::filings;
