//! Planned writes, moves and removals as one value: shown, validated by loading an overlay, then applied.
//!
//! - [`Plan`]: what will happen to which file; made by a verb, applied as a whole or not at all
//! - [`diff`]: the plan as people read it before it happens
//! - [`refer`]: who refers to a record, and the same with another name
//! - [`mod@assign`]: keys of a record set and removed, by their types

pub mod assign;
pub mod diff;
pub mod plan;
pub mod refer;

pub use assign::{AssignError, Assignment, assign};
pub use plan::{ChangeError, Plan};
