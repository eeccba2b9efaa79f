//! An agreed figure that is not what was approved, as git knows it.

use super::Date;

/// The agreed figures of a project that moved since they were last approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaselineMove {
    /// The project.
    pub project: String,
    /// The commit with which they were last approved, in short.
    pub approved: String,
    /// The day of that commit.
    pub on: Date,
    /// The figures that moved, by key.
    pub moved: Vec<MovedFigure>,
}

/// A figure that moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedFigure {
    /// Its key in the charter, such as `schedule.finish`.
    pub key: String,
    /// What people call it, such as `the finish`.
    pub name: String,
    /// What was approved.
    pub was: String,
    /// What stands there now; nothing where it was taken out.
    pub is: Option<String>,
}
