//! The story of the demo register: Northwind IT, told as commits.
//!
//! [`northwind`] holds what happens, one file a project; [`telling`] puts it in order; [`weekly`] turns a
//! project's course into status reports; [`moving`] moves every date by whole weeks, so that the story can
//! end in any week. It is written for the week of Friday 20 November 2026. There is no clock and no chance
//! in it: the same shift gives the same bytes.

mod moving;
mod northwind;
mod telling;
mod weekly;

use std::collections::BTreeMap;

pub use moving::weeks_to;
pub use telling::StoryCommit;

/// The demo register as a history and as the tree that it ends in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// What was committed, oldest first.
    pub commits: Vec<StoryCommit>,
    /// The final tree: every path with its text.
    pub files: BTreeMap<String, String>,
}

/// Tells the story, every date and period moved by `shift_weeks`.
///
/// Days and weeks move by whole weeks and keep their weekday; months (of booked costs) by the nearest
/// number of months, the same for all of them.
pub fn story(shift_weeks: i64) -> Story {
    let mut teller = telling::Teller::default();
    northwind::tell(&mut teller);
    teller.finish(shift_weeks)
}

#[cfg(test)]
mod tests;
