//! Microsoft Project's XML: what it says of a project, and what of that belongs into a register.
//!
//! [`read()`] takes the file event by event, within limits and without a document type; [`project`] makes a charter with
//! milestones and allocations of it, and the draft of a status report where there is progress to tell.

mod charter;
mod file;
mod plan;
mod read;
mod said;

pub use charter::{Options, Proposed, name, named, project, slug};
pub use plan::{Assignment, Baseline, Plan, Resource, Task};
pub use read::{ReadError, decoded, read};
