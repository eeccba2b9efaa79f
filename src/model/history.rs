//! What git knows, as plain data, so that rules and reports need not know git.

use serde::Serialize;

use super::Date;

/// A commit that touched the register.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Commit {
    /// The full object id.
    pub id: String,
    /// Who wrote it.
    pub author: String,
    /// The author's e-mail address.
    pub email: String,
    /// The committer's day, in the commit's own offset.
    pub day: Date,
    /// The first line of the message.
    pub summary: String,
}
