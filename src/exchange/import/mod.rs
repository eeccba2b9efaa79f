//! Rows of a foreign table into records: what would be added, changed, left alone and refused.
//!
//! - [`target`]: what is imported; [`mapping`]: the file that says which column is which field
//! - [`wiring`]: a mapping laid over a table; [`value`]: a cell into the value of a field, by [`rules`] and what a column has [`shown`]
//! - [`rows`]: a row into what it says; [`lookup`], `identity` and `ids`: which record it means, and `claim` that no two mean the same; `parts` and `lists` for tables within records; [`drafts`] for what has something left to be filled in
//! - [`mod@propose`]: all rows into one [`proposal`]; [`rejects`]: the rows that were refused
//! - [`guess`]: a mapping proposed from the [`headers`] and the look of the cells, `milestones` among them

mod claim;
pub mod drafts;
pub mod guess;
pub mod headers;
mod identity;
mod ids;
mod lists;
pub mod lookup;
pub mod mapping;
mod milestones;
mod parts;
pub mod proposal;
pub mod propose;
pub mod rejects;
pub mod rows;
pub mod rules;
pub mod shown;
pub mod slug;
pub mod takes;
pub mod target;
pub mod value;
pub mod wiring;

pub use mapping::Mapping;
pub use proposal::Proposal;
pub use propose::{Desk, propose};
pub use target::Target;
pub use wiring::Wiring;
