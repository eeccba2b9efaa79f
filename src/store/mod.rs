//! Where files are: work tree, git revision, memory, and an overlay of planned changes, behind
//! one [`Source`]; atomic writes, the lock, and commits. The only room that touches files or git.

#![allow(clippy::disallowed_methods, reason = "this is the room that they are allowed in")]

mod ahead;
mod as_of;
mod changed;
mod commit;
mod config;
mod conflicts;
mod discover;
mod disk;
mod error;
mod fast_import;
mod file_change;
mod file_log;
mod git;
mod git_init;
mod git_program;
mod hook;
mod journal;
mod libgit;
mod lock;
mod looked;
mod memory;
mod merge_driver;
mod moved;
mod numbers;
mod objects;
mod outcome;
mod output;
mod overlay;
mod own_line;
mod past;
mod path;
mod pending;
mod publish;
mod remote;
mod replant;
mod revision;
mod source;
mod staged;
mod step;
mod tag;
mod undo;
mod whole_folder;
mod work_tree;
mod write;

#[cfg(test)]
#[cfg(unix)]
mod conformance;
#[cfg(test)]
mod publish_tests;
#[cfg(test)]
pub(crate) mod test_repo;
#[cfg(test)]
#[cfg(unix)]
mod write_tests;

pub use as_of::{AsOf, as_of, commit_by};
pub use changed::{branched_from, changed_since, not_in_git};
pub use commit::{Committed, can_commit, commit};
pub use config::{Identity, identity, setting};
pub use conflicts::{
    Conflicted, Joining, LastChange, SideOf, Version, conflicts, is_shared, joining, note_moved, stage,
};
pub use discover::{Head, Location, MARKER, Repo, find_register, location_of, short_id};
#[cfg(test)]
pub(crate) use disk::faults;
pub use error::{MAX_FILE, StoreError};
pub use fast_import::{ImportCommit, fast_import};
pub use file_change::FileChange;
pub use file_log::{FileCommit, Renamed, Renames, Touched, commits_touching, renames};
pub use git_init::git_init;
pub use hook::Hook;
pub use journal::{Left, Recovered, unfinished};
pub use lock::{IGNORE, Lock};
pub use memory::Memory;
pub use merge_driver::{install_merge_driver, uninstall_merge_driver};
pub use numbers::numbers_in_use;
pub use output::{
    files_in, is_same_file, make_folder, path_within, read_input, read_large, read_report, write_output,
    write_output_by,
};
pub use overlay::Overlay;
pub use own_line::{LineChange, LineCommit, own_line};
pub use past::{Difference, Past, PastCommit};
pub use path::check_path;
pub use pending::{commits_of, last_commit_of, pending};
pub use publish::{Local, Published, push, push_to_branch};
pub use revision::Revision;
pub use source::{Entry, EntryKind, Source};
pub use staged::Index;
pub use tag::{Tag, references, tag, tags, tags_by};
pub use undo::{UndoError, Undoable, undo, undo_preview, undoable};
pub use whole_folder::whole_folder;
pub use work_tree::WorkTree;
pub use write::{apply, apply_unflushed, create, write};
