//! TOML as text: where a key stands, every mistake in a file, and the change of one value that keeps all else.
//!
//! - [`read`]: text into a tree with spans, or the first syntax error in plain words
//! - [`mod@walk`]: the one pass by a kind's schema that finds every mistake
//! - [`place`]: a dotted path into a place in the text
//! - [`edit`]: the change of one value, and of no other byte
//! - [`merge`]: three versions of a file into one, by key
//! - [`value`]: what a person types after `key=` into a TOML value
//!
//! This room knows TOML and JSON Schema; what the keys mean is `model`'s.

pub mod edit;
mod fault;
#[cfg(test)]
mod hostile;
pub mod literal;
pub mod merge;
pub mod mistake;
mod newer;
mod outline;
mod pattern;
pub mod place;
mod prepend;
mod prove;
pub mod read;
mod removal;
mod say;
pub mod scan;
pub mod schema;
pub mod value;
pub mod walk;

pub use edit::{EditError, append_table, remove, rename_key, set};
pub use literal::NewValue;
pub use mistake::Mistake;
pub use newer::newer_toml;
pub use place::{Keys, Step, line_column, locate, parse_path, text_at, write_path};
pub use prepend::prepend_table;
pub use read::{may_have_placeholders, parse, placeholders, read_as, wrap_numbers};
pub use value::typed;
pub use walk::walk;
