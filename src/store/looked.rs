//! Folders of a register while something is written: each is looked at once, however many files go into it.

use std::collections::HashMap;
use std::path::Path;

use super::StoreError;

/// What is known of the folders so far.
pub(super) struct Looked<'a> {
    root: &'a Path,
    there: HashMap<String, bool>,
}

impl<'a> Looked<'a> {
    /// Knows nothing yet.
    pub fn new(root: &'a Path) -> Self {
        Self { root, there: HashMap::new() }
    }

    /// The highest folder above a path that is not there; a link or a file where a folder should be is refused.
    pub fn missing<'p>(&mut self, path: &'p str) -> Result<Option<&'p str>, StoreError> {
        for (end, _) in path.match_indices('/') {
            let folder = &path[..end];
            let there = match self.there.get(folder) {
                Some(there) => *there,
                None => {
                    let there = is_folder(self.root, folder)?;
                    self.there.insert(folder.to_owned(), there);
                    there
                }
            };
            if !there {
                return Ok(Some(folder));
            }
        }
        Ok(None)
    }

    /// Whether something is at a path.
    pub fn exists(&mut self, path: &str) -> Result<bool, StoreError> {
        Ok(self.missing(path)?.is_none() && self.root.join(path).symlink_metadata().is_ok())
    }
}

/// Refuses a path whose folders are links or files.
pub(super) fn check_folders(root: &Path, folder: &str) -> Result<(), StoreError> {
    if folder.is_empty() { Ok(()) } else { Looked::new(root).missing(&format!("{folder}/")).map(drop) }
}

fn is_folder(root: &Path, path: &str) -> Result<bool, StoreError> {
    match root.join(path).symlink_metadata() {
        Ok(found) if found.is_symlink() => Err(StoreError::LinkedFolder { path: path.to_owned() }),
        Ok(found) if !found.is_dir() => Err(StoreError::NotAFolder { path: path.to_owned() }),
        found => Ok(found.is_ok()),
    }
}
