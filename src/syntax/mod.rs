//! TOML as text: where a key stands, every mistake in a file, and the change of one value that keeps all else.
//!
//! - [`read`]: text into a tree with spans, or the first syntax error in plain words
//! - [`walk`]: the one pass by a kind's schema that finds every mistake
//! - [`place`]: a dotted path into a place in the text
//! - [`edit`]: the change of one value, and of no other byte
//! - [`value`]: what a person types after `key=` into a TOML value
//!
//! This room knows TOML and JSON Schema; what the keys mean is `model`'s.

mod fault;
pub mod mistake;
mod pattern;
pub mod place;
pub mod read;
mod say;
pub mod scan;
pub mod schema;
pub mod walk;

pub use mistake::Mistake;
pub use place::{Step, line_column, locate, parse_path};
pub use read::{may_have_placeholders, newer_toml, parse, placeholders, wrap_numbers};
pub use walk::walk;
