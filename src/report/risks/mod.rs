//! Risks over projects: the highest, what changed, what lacks somebody, what repeats.

mod entry;
mod since;

pub use entry::{Entry, Held, hold, hold_all, level, passing, scope};
pub use since::{Gone, Since};
