//! Who waits for whom, on one graph: its circles, the float of each tie, what a slip moves, the critical path.
//!
//! - [`Point`]: what others can wait for: a milestone, a start, a finish
//! - [`Tie`]: one `[[dependency]]`, with its days, its float and its [`State`]
//! - [`Network`]: the graph of points and ties
//! - [`cycles`]: projects that wait for each other in a circle
//! - [`Network::impact`]: what moves when a point slips; [`benefits()`] says which benefits come later with it
//! - [`Network::critical`]: what the last finish hangs on
//!
//! The graph is a precedence network as in the critical path method (J. E. Kelley and M. R. Walker,
//! "Critical-path planning and scheduling", 1959), with one difference: its days are given by charters and
//! reports, and not computed from durations. So float lies in the ties, between a supply and its need.

mod benefits;
mod circles;
mod critical;
mod impact;
mod network;
mod point;
#[cfg(test)]
mod tests;
mod tie;

pub use benefits::{Benefits, LateBenefit, benefits};
pub use circles::{Step, cycles};
pub use critical::{Critical, Link, Total};
pub use impact::{Crossing, Impact, Move};
pub use network::{Days, Network};
pub use point::{At, Point};
pub use tie::{AT_RISK_DAYS, Sides, State, Tie};
