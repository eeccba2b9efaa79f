//! Scaffolds that people fill in and layouts that reports are poured into.
//!
//! The built-in ones stand in `templates/` and are embedded; a register's own `templates/NAME` goes
//! before the built-in one of that name. A template takes anything serialisable. What it prints is
//! escaped for the file that it makes, by the end of its name ([`escape`]).
//!
//! - [`Templates`]: lookup by name, and rendering
//! - [`built_in`]: the embedded ones
//! - [`field`]: the functions that lay out a TOML scaffold: `must`, `may`, `with`, `section`, `note`
//! - [`Markup`]: HTML that is finished, which a layout prints as it is
//! - [`scaffold`]: what the scaffold of a record is filled with
//! - [`tidy`]: comments in one column, no heaps of blank lines

pub mod built_in;
mod error;
mod escape;
mod field;
mod filter;
mod growth;
mod library;
mod markup;
mod measured;
pub mod scaffold;
#[cfg(test)]
mod tests;
mod tidy;

pub use error::TemplateError;
pub use library::{Listing, Origin, Templates};
pub use markup::Markup;
pub use scaffold::{Hints, Scaffold, schema_line};
