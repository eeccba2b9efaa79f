//! What git knows of a register, handed on as model data, so that rules and reports need not know git.
//!
//! `filings` finds when status reports were filed.

mod filings;
#[cfg(test)]
mod tests;

pub use filings::filings;
