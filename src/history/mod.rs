//! What git knows of a register, handed on as model data, so that rules and reports need not know git.
//!
//! - `filings` finds when status reports were filed.
//! - `when` reads days and periods as people type them, `point` finds the commit that a text names.
//! - `series` reads the register as it stood at the end of many days.
//! - `file_history` tells what happened to a file, key by key.
//! - `closed` finds the reports that came or changed after their period was closed.
//! - `baselines` finds the agreed figures that moved since they were last approved.
//! - `states` finds the files that differ between two states, and what each says.

mod baselines;
#[cfg(test)]
mod baselines_tests;
mod closed;
mod file_history;
#[cfg(test)]
mod file_history_tests;
mod filings;
mod point;
mod series;
mod states;
#[cfg(test)]
mod tests;
mod when;

pub use baselines::baseline_moves;
pub use closed::{TAGS, late_changes};
pub use file_history::{FileHistories, file_histories};
pub use filings::filings;
pub use point::{Found, Point, PointError, point};
pub use series::{Gap, Moment, series};
pub use states::{State, differing};
pub use when::{WORDS, When, when};
