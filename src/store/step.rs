//! One step of a change of several files: a rename that is made, and that can be taken back.

use std::path::{Path, PathBuf};

use super::outcome::Still;
use super::{StoreError, disk, journal};

/// One rename, with what it takes to make it and to take it back.
pub(super) enum Step {
    Appear { path: String, staged: PathBuf, is_folder: bool },
    Replace { path: String, staged: PathBuf, before: Vec<u8> },
    Vanish { path: String, trash: PathBuf, files: Vec<(String, Still)> },
}

impl Step {
    /// The path that it is about.
    pub fn path(&self) -> &str {
        match self {
            Self::Appear { path, .. } | Self::Replace { path, .. } | Self::Vanish { path, .. } => path,
        }
    }

    /// Takes the step, and notes it as soon as there is something to take back.
    pub fn take<'a>(&'a self, root: &Path, taken: &mut Vec<&'a Self>) -> Result<(), StoreError> {
        let full = root.join(self.path());
        match self {
            Self::Appear { path, staged, is_folder } => {
                let done =
                    if *is_folder { disk::rename(staged, &full) } else { disk::rename_new(staged, &full) };
                done.map_err(|error| match error.kind() {
                    std::io::ErrorKind::AlreadyExists | std::io::ErrorKind::DirectoryNotEmpty => {
                        StoreError::Exists { path: path.clone() }
                    }
                    _ => StoreError::io("write", path, error),
                })?;
                taken.push(self);
            }
            Self::Replace { path, staged, before } => {
                let failed = |error| StoreError::io("write", path, error);
                // An editor may have saved since the change was planned.
                if disk::read(&full).map_err(failed)? != *before {
                    return Err(StoreError::Stale { path: path.clone() });
                }
                disk::rename(staged, &full).map_err(failed)?;
                taken.push(self);
            }
            Self::Vanish { path, trash, files } => {
                disk::rename(&full, trash).map_err(|error| StoreError::io("remove", path, error))?;
                taken.push(self);
                // Only where it is now can nobody change it any more.
                for (file, still) in files {
                    let inside = file.strip_prefix(path.as_str()).unwrap_or_default().trim_start_matches('/');
                    let now = if inside.is_empty() { trash.clone() } else { trash.join(inside) };
                    if !still.is(root, &now).map_err(|error| StoreError::io("read", file, error))? {
                        return Err(StoreError::Stale { path: file.clone() });
                    }
                }
            }
        }
        Ok(())
    }

    /// Takes the step back, and returns the path where that failed.
    pub fn take_back(&self, root: &Path) -> Option<String> {
        let full = root.join(self.path());
        let done = match self {
            Self::Appear { staged, .. } => disk::rename(&full, staged),
            Self::Replace { path, before, .. } => journal::replace(root, path, before),
            Self::Vanish { trash, .. } => disk::rename(trash, &full),
        };
        done.err().map(|_| self.path().to_owned())
    }
}

impl Still {
    /// Whether a file that went holds what it should.
    fn is(&self, root: &Path, now: &Path) -> std::io::Result<bool> {
        Ok(match self {
            Self::Bytes(bytes) => disk::read(now)? == *bytes,
            Self::At(path) => {
                let path = root.join(path);
                is_same_file(now, &path) || disk::read(now)? == disk::read(&path)?
            }
        })
    }
}

/// Whether two paths are names of one file.
#[cfg(unix)]
fn is_same_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let id = |path: &Path| path.symlink_metadata().ok().map(|found| (found.dev(), found.ino()));
    id(one).is_some_and(|id_of_one| id(other) == Some(id_of_one))
}

#[cfg(not(unix))]
fn is_same_file(_one: &Path, _other: &Path) -> bool {
    false
}
