//! Where files are: work tree, git revision, memory, and an overlay of planned changes, behind
//! one [`Source`]; atomic writes, the lock, and commits. The only room that touches files or git.

#![allow(clippy::disallowed_methods, reason = "this is the room that they are allowed in")]

mod error;
mod memory;
mod path;
mod source;
mod work_tree;

pub use error::{MAX_FILE, StoreError};
pub use memory::Memory;
pub use path::check_path;
pub use source::{Entry, EntryKind, Source};
pub use work_tree::WorkTree;
