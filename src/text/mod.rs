//! Words for people: escaping for each destination, display width, cutting, near misses, plurals.
//!
//! Text that comes out of a register is hostile until it went through [`escape`] for where it goes.
//! This room knows nothing of projects; every other room may use it.

pub mod escape;
pub mod near;
pub mod width;
pub mod words;

pub use escape::{csv_cell, html, markdown, markdown_cell, terminal};
pub use near::nearest;
pub use width::{Align, cut, pad, width, wrap};
pub use words::{count, list, plural};
