//! A report that came or changed after its period was closed, as git knows it.

use super::RecordId;

/// A status report that is not as it was when its period was closed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LateChange {
    /// The report, of a project or a programme.
    pub record: RecordId,
    /// What became of it.
    pub what: Late,
    /// What holds the reports as they were: the tag of the closing, or its commit.
    pub closing: String,
}

/// What became of a report after its period was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Late {
    /// It was not there when the period was closed.
    Added,
    /// It says something else.
    Changed,
    /// It is gone.
    Removed,
}
