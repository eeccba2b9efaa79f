//! Makes a folder, and a git repository in it, as the user's own `git init` would.

use std::path::Path;

use super::StoreError;
use super::git::Git;
use super::make_folder;

/// Makes a repository in a folder, with the user's templates and name for the first branch.
pub fn git_init(folder: &Path) -> Result<(), StoreError> {
    make_folder(folder)?;
    Git::at(folder).run(["init", "--quiet"], b"").map(drop)
}
