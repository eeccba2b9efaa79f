//! Files as they lie on the disk.
//!
//! A report costs what its files cost, so a listing is one `read_dir` without a `stat`, and a read
//! is one `open` and as few `read`s as there are. Links are told apart for nothing: the last part
//! is opened without following, and a folder counts as checked once it was seen in a listing.

use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use super::disk::is_staged;
use super::error::MAX_FILE;
use super::path::{MAX_LINKS, check_path, follow, join, split};
use super::{Entry, EntryKind, Source, StoreError};

/// A register's files on the disk.
pub struct WorkTree {
    root: PathBuf,
    description: String,
    hasher: RandomState,
    /// Hashes of folders known to be real ones, not links.
    real: RwLock<HashSet<u64>>,
}

impl WorkTree {
    /// Opens the work tree at `root`, which `head` describes: the short id of git's HEAD, if any.
    pub fn new(root: impl Into<PathBuf>, head: Option<&str>) -> Self {
        Self::described(
            root,
            head.map_or_else(|| "work tree (no git)".to_owned(), |head| format!("work tree on {head}")),
        )
    }

    /// Opens the work tree at `root` with words of its own for where it is.
    pub(crate) fn described(root: impl Into<PathBuf>, description: impl Into<String>) -> Self {
        Self {
            root: root.into(),
            description: description.into(),
            hasher: RandomState::new(),
            real: RwLock::default(),
        }
    }

    /// Returns the folder that holds `pmo.toml`.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Makes sure that no part of `folder` is a link.
    fn check_folder(&self, folder: &str) -> Result<(), StoreError> {
        if folder.is_empty() || self.is_known(folder) {
            return Ok(());
        }
        let (parent, _) = split(folder);
        self.check_folder(parent)?;
        match self.root.join(folder).symlink_metadata() {
            Ok(found) if found.is_symlink() => Err(StoreError::LinkedFolder { path: folder.to_owned() }),
            Ok(found) if found.is_dir() => {
                self.remember([self.hasher.hash_one(folder)]);
                Ok(())
            }
            Ok(_) => Err(StoreError::NotAFolder { path: folder.to_owned() }),
            Err(error) => Err(StoreError::io("read", folder, error)),
        }
    }

    fn is_known(&self, folder: &str) -> bool {
        let known = self.real.read().unwrap_or_else(PoisonError::into_inner);
        known.contains(&self.hasher.hash_one(folder))
    }

    fn remember(&self, folders: impl IntoIterator<Item = u64>) {
        self.real.write().unwrap_or_else(PoisonError::into_inner).extend(folders);
    }

    fn read_file(&self, path: &str, into: &mut Vec<u8>, links: u8) -> Result<(), StoreError> {
        check_path(path)?;
        let (folder, _) = split(path);
        self.check_folder(folder).map_err(|error| match error {
            StoreError::NotFound { .. } => StoreError::NotFound { path: path.to_owned() },
            error => error,
        })?;
        let full = self.root.join(path);
        let file = match open(&full) {
            Ok(file) => file,
            Err(error) => match full.read_link() {
                Ok(target) if links == 0 => {
                    return Err(StoreError::LeadsOut {
                        path: path.to_owned(),
                        target: target.display().to_string(),
                    });
                }
                Ok(target) => {
                    return self.read_file(&follow(path, &target.to_string_lossy())?, into, links - 1);
                }
                Err(_) => return Err(StoreError::io("read", path, error)),
            },
        };
        let read = (&file).take(MAX_FILE + 1).read_to_end(into);
        read.map_err(|error| StoreError::io("read", path, error))?;
        if into.len() as u64 > MAX_FILE {
            into.clear();
            return Err(StoreError::TooLarge { path: path.to_owned() });
        }
        // A pipe opened without waiting reads as empty.
        if into.is_empty() && !file.metadata().is_ok_and(|found| found.is_file()) {
            return Err(StoreError::NotAFile { path: path.to_owned() });
        }
        Ok(())
    }
}

impl Source for WorkTree {
    fn list(&self, folder: &str) -> Result<Vec<Entry>, StoreError> {
        check_path(folder)?;
        match self.check_folder(folder) {
            Err(StoreError::NotFound { .. }) => return Ok(Vec::new()),
            checked => checked?,
        }
        let failed = |error| StoreError::io("list", if folder.is_empty() { "." } else { folder }, error);
        let found = match std::fs::read_dir(self.root.join(folder)) {
            Ok(found) => found,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failed(error)),
        };
        let mut entries = Vec::new();
        for entry in found {
            let entry = entry.map_err(failed)?;
            let kind = entry.file_type().map_err(failed)?;
            let (name, readable) = match entry.file_name().into_string() {
                Ok(name) => (name, true),
                Err(name) => (name.to_string_lossy().into_owned(), false),
            };
            let kind = match () {
                () if !readable => EntryKind::Other,
                () if kind.is_file() => EntryKind::File,
                () if kind.is_dir() => EntryKind::Folder,
                () if kind.is_symlink() => EntryKind::Link,
                () => EntryKind::Other,
            };
            if name != ".git" && !is_staged(&name) {
                entries.push(Entry { name, kind, size_hint: None, object: None });
            }
        }
        entries.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        let folders = entries.iter().filter(|entry| entry.kind == EntryKind::Folder);
        let hashes: Vec<u64> = folders.map(|entry| self.hasher.hash_one(join(folder, &entry.name))).collect();
        if !hashes.is_empty() {
            self.remember(hashes);
        }
        Ok(entries)
    }

    fn read(&self, path: &str, into: &mut Vec<u8>) -> Result<(), StoreError> {
        into.clear();
        self.read_file(path, into, MAX_LINKS)
    }

    fn describe(&self) -> String {
        self.description.clone()
    }
}

/// Opens a file to read, neither following a link nor waiting for a pipe's writer.
#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().read(true).custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK).open(path)
}

/// Opens a file to read, refusing a link.
#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    if path.symlink_metadata()?.is_symlink() {
        return Err(io::Error::from(io::ErrorKind::InvalidInput));
    }
    OpenOptions::new().read(true).open(path)
}
