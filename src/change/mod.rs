//! Planned writes, moves and removals as one value: shown, validated by loading an overlay, then applied.
//!
//! - [`Plan`]: what will happen to which file; made by a verb, applied as a whole or not at all
//! - [`diff`]: the plan as people read it before it happens
//! - [`refer`]: who refers to a record, and the same with another name
//! - [`settle`]: a file that git could not join: what needs no decision, and what does
//! - [`mod@compose`]: the text of a new record that is made of its values
//! - [`mod@adjust`]: a file brought to say other values, and what changed
//! - [`mod@assign`]: keys of a record set and removed, by their types

pub mod adjust;
pub mod assign;
pub mod compose;
pub mod diff;
pub mod moved;
pub mod plan;
pub mod refer;
pub mod settle;

pub use assign::{AssignError, Assignment, assign};
pub use plan::{ChangeError, Plan};
