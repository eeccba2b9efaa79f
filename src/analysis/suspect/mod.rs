//! Suspect links: what a record links to has changed in substance since its owner last looked.
//!
//! [`Substance`] is what counts of a record: dates, figures, states and decisions, and no titles or texts at
//! length. Its fingerprint stands in the file that links to it (`reviewed`), so that no hand-kept flag and no
//! history is needed to know that something changed. [`looks`] compares.

mod look;
mod substance;
#[cfg(test)]
mod tests;

pub use look::{Look, Seen, look_at, looks, suspects};
pub use substance::{Changed, KINDS, Substance, is_comparable, substance};
