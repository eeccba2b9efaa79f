//! One writer at a time: a lock on a file of our own, never on data.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use super::StoreError;

/// What `.pmo/.gitignore` says: our own files stay out of git.
pub const IGNORE: &str =
    "# Files that pmo keeps for itself while it works, and texts that it replaced.\n/lock\n/kept/\n";

/// The right to write to a register, given back when dropped.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Lock {
    /// Waits for the lock of the register at `root`, at most for `patience`.
    ///
    /// `command` is what others are told while they wait, as in "pmo status submit crm".
    pub fn take(root: &Path, command: &str, patience: Duration) -> Result<Self, StoreError> {
        let folder = root.join(".pmo");
        std::fs::create_dir_all(&folder).map_err(|error| StoreError::io("make", ".pmo", error))?;
        let ignore = folder.join(".gitignore");
        if !ignore.exists() {
            // A register without the file was not made by `pmo init`: leave no trace in its `git status`.
            std::fs::write(&ignore, format!("{IGNORE}/.gitignore\n"))
                .map_err(|error| StoreError::io("write", ".pmo/.gitignore", error))?;
        }
        let path = folder.join("lock");
        if path.symlink_metadata().is_ok_and(|found| found.is_symlink()) {
            return Err(StoreError::IsLink { path: ".pmo/lock".to_owned() });
        }
        let failed = |error| StoreError::io("lock", ".pmo/lock", error);
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = file.map_err(failed)?;
        let end = Instant::now() + patience;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::Error(error)) => return Err(failed(error)),
                Err(TryLockError::WouldBlock) if Instant::now() >= end => {
                    return Err(StoreError::Locked { holder: holder(&mut file) });
                }
                Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(20)),
            }
        }
        let note = format!("process {}, {command}\n", std::process::id());
        let written =
            file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(note.as_bytes()));
        written.map_err(failed)?;
        Ok(Self { file })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The lock ends with the file; the note is emptied so that it misleads nobody.
        drop(self.file.set_len(0));
        drop(self.file.unlock());
    }
}

/// Reads who holds the lock.
fn holder(file: &mut File) -> String {
    let mut note = String::new();
    drop(file.rewind());
    drop(file.take(512).read_to_string(&mut note));
    let note = note.trim();
    if note.is_empty() { "process unknown".to_owned() } else { note.to_owned() }
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
