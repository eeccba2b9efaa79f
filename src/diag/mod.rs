//! A problem as data, and its renderers. Places are found on demand, so the model stays free of spans.
//!
//! - [`problem`]: what is wrong, at which record and key, and what to do about it
//! - [`report`]: the problems of one run with what is needed to show them
//! - [`place`]: a key of a file into line and column
//! - one renderer a file: [`human`], [`concise`], [`json`], [`sarif`], [`github`], [`gitlab`], [`junit`]
//!
//! Which rules there are is `check`'s; how a file is read is `load`'s. Nothing here opens a file: a
//! [`Report`] brings a function that hands out texts.

pub mod concise;
pub mod fingerprint;
pub mod github;
pub mod gitlab;
pub mod human;
pub mod json;
pub mod junit;
pub mod place;
pub mod problem;
pub mod report;
pub mod sarif;
pub mod summary;

#[cfg(test)]
mod tests;

pub use human::Look;
pub use problem::{At, Fix, Level, Problem, sort};
pub use report::{ExceptionUsed, Report, RulePage, Texts};
