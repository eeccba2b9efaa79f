//! One writer at a time: a lock on a file of our own, never on data.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::journal::KEPT;
use super::looked::check_folders;
use super::write::apply_held;
use super::{FileChange, Recovered, StoreError, disk, journal};

/// The file that is locked.
const FILE: &str = ".pmo/lock";

/// What `.pmo/.gitignore` says: our own files stay out of git.
pub const IGNORE: &str =
    "# Files that pmo keeps for itself while it works, and texts that it replaced.\n/lock\n/kept/\n";

/// How long a wait may last in all while the lock goes from one command to the next.
const QUEUE: u32 = 12;

/// The right to write to a register, given back when dropped.
///
/// The system gives it back, too, when the process dies: no lock is ever left behind.
#[derive(Debug)]
pub struct Lock {
    file: File,
    root: PathBuf,
    holder: String,
    recovered: Option<Recovered>,
}

impl Lock {
    /// Waits for the lock of the register at `root`, and takes back what a killed command left half done.
    ///
    /// The wait is over when one holder was waited for as long as `patience`; a queue that moves is waited for
    /// longer. `command` is what others are told while they wait: "pmo status submit crm, since 14:03:22".
    pub fn take(root: &Path, command: &str, patience: Duration) -> Result<Self, StoreError> {
        let failed = |error| StoreError::io("lock", FILE, error);
        let folder = root.join(".pmo");
        check_folders(root, KEPT)?;
        disk::step()
            .and_then(|()| std::fs::create_dir_all(&folder))
            .map_err(|error| StoreError::io("make", ".pmo", error))?;
        let ignore = folder.join(".gitignore");
        if !ignore.exists() {
            // A register without the file was not made by `pmo init`: leave no trace in its `git status`.
            disk::step()
                .and_then(|()| std::fs::write(&ignore, format!("{IGNORE}/.gitignore\n")))
                .map_err(|error| StoreError::io("write", ".pmo/.gitignore", error))?;
        }
        let path = root.join(FILE);
        if path.symlink_metadata().is_ok_and(|found| found.is_symlink()) {
            return Err(StoreError::IsLink { path: FILE.to_owned() });
        }
        let mut file = wait(&path, patience)?;
        let note = format!("process {}, {command}\n", std::process::id());
        let written =
            file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(note.as_bytes()));
        written.map_err(failed)?;
        let mut lock = Self { file, root: root.to_owned(), holder: command.to_owned(), recovered: None };
        lock.recovered = journal::recover(root)?;
        Ok(lock)
    }

    /// What a command that was killed had done, and what was taken back when the lock was taken.
    pub fn recovered(&self) -> Option<&Recovered> {
        self.recovered.as_ref()
    }

    /// Makes all changes to the register, or none: what was done is undone when one fails, and taken back by the
    /// next writer when the process is killed.
    ///
    /// `expected` is what files held when the changes were planned: one that holds something else refuses them all.
    /// Everything that can be refused is refused before the first write: paths that leave the register, links,
    /// read-only files, a new file that exists. Folders that a removal or move leaves empty are removed.
    pub fn apply(
        &self,
        changes: &[FileChange],
        expected: &BTreeMap<String, Vec<u8>>,
    ) -> Result<(), StoreError> {
        apply_held(&self.root, &self.holder, changes, expected)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The lock ends with the file; the note is emptied so that it misleads nobody.
        drop(self.file.set_len(0));
        drop(self.file.unlock());
    }
}

/// Waits for the lock on the file at a path.
fn wait(path: &Path, patience: Duration) -> Result<File, StoreError> {
    let failed = |error| StoreError::io("lock", FILE, error);
    let open = || OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
    let mut file = open().map_err(failed)?;
    let begun = Instant::now();
    let (mut since, mut met) = (begun, String::new());
    loop {
        match file.try_lock() {
            // `git clean` may have removed the file: a lock on what has no name keeps nobody out.
            Ok(()) if is_at(&file, path) => return Ok(file),
            Ok(()) => file = open().map_err(failed)?,
            Err(TryLockError::Error(error)) => return Err(failed(error)),
            Err(TryLockError::WouldBlock) => {
                let holder = holder(&mut file);
                if holder != met {
                    (since, met) = (Instant::now(), holder);
                }
                if since.elapsed() >= patience || begun.elapsed() >= patience * QUEUE {
                    let holder = if met.is_empty() { "process unknown".to_owned() } else { met };
                    return Err(StoreError::Locked { holder });
                }
                // Who has waited longer looks more often, so that nobody waits for ever in a queue that moves.
                std::thread::sleep(Duration::from_millis(20 / (1 + begun.elapsed().as_secs().min(19))));
            }
        }
    }
}

/// Whether somebody holds the lock of a register, without waiting for it or making anything.
pub(super) fn is_held(root: &Path) -> bool {
    let Ok(file) = File::open(root.join(FILE)) else { return false };
    // It is given back at once, with the file; who waits for it tries again in a moment.
    matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
}

/// Whether an open file is the one that the path names.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let (open, named) = (file.metadata(), path.symlink_metadata());
    open.is_ok_and(|open| named.is_ok_and(|named| (open.dev(), open.ino()) == (named.dev(), named.ino())))
}

#[cfg(not(unix))]
fn is_at(_file: &File, _path: &Path) -> bool {
    true
}

/// Reads who holds the lock; nothing while it changes hands.
fn holder(file: &mut File) -> String {
    let mut note = String::new();
    drop(file.rewind());
    drop(file.take(512).read_to_string(&mut note));
    note.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_writer_at_a_time_and_the_other_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let first = Lock::take(dir.path(), "pmo status submit crm", Duration::ZERO).unwrap();
        let error = Lock::take(dir.path(), "pmo set", Duration::from_millis(30)).unwrap_err().to_string();
        assert!(error.contains(&format!("process {}", std::process::id())), "{error}");
        assert!(error.contains("pmo status submit crm"), "{error}");
        drop(first);
        Lock::take(dir.path(), "pmo set", Duration::ZERO).unwrap();
        let ignored = std::fs::read_to_string(dir.path().join(".pmo/.gitignore")).unwrap();
        assert!(ignored.contains("/lock"), "{ignored}");
    }
}
