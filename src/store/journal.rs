//! What a command of several steps is doing, so that the next one can take it back if it is killed half way.
//!
//! It lies in `.pmo/kept/`, which git does not see, from before the first step until after the last. It names every
//! path with what was there and what is to be; whatever somebody else changed since is left as it is.

use std::path::Path;

use git2::{ObjectType, Oid};
use serde::{Deserialize, Serialize};

use super::looked::check_folders;
use super::path::{check_path, split};
use super::write::{check_target, make_folders, remove_empty_folders, staging};
use super::{StoreError, disk};

/// Where texts are kept while they are written, and those that were replaced.
pub(super) const KEPT: &str = ".pmo/kept";

/// The journal's file.
const FILE: &str = ".pmo/kept/unfinished";

/// What an interrupted command had done, taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovered {
    /// The command, as in "pmo mv crm crm-migration, since 2026-11-20 14:03:22".
    pub command: String,
    /// The files that are as they were before it.
    pub restored: Vec<String>,
    /// The files that somebody changed since, which are left as they are.
    pub left: Vec<Left>,
}

/// A file that somebody changed after the command that was interrupted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// The file.
    pub path: String,
    /// Where the text is kept that stood there before the command; none where there was no file.
    pub kept: Option<String>,
}

/// The journal.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Journal {
    pub command: String,
    pub entries: Vec<Entry>,
}

/// One path.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Entry {
    /// Nothing was there; now there are the bytes of that git object, or what another path held.
    Appear { path: String, id: Option<String>, of: Option<String> },
    /// Other bytes were there.
    Replace { path: String, id: String, before: Text },
    /// What was there is at `trash`.
    Vanish { path: String, trash: String },
}

/// Bytes, which nearly always are text.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Text {
    Utf8(String),
    Bytes(Vec<u8>),
}

impl From<&[u8]> for Text {
    fn from(bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::Utf8(text.to_owned()),
            Err(_) => Self::Bytes(bytes.to_vec()),
        }
    }
}

impl Text {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Utf8(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

/// The name by which bytes are known again.
pub(super) fn id_of(bytes: &[u8]) -> String {
    Oid::hash_object(ObjectType::Blob, bytes).map(|id| id.to_string()).unwrap_or_default()
}

impl Journal {
    /// Puts the journal on the disk, before the first step.
    pub fn begin(&self, root: &Path) -> Result<(), StoreError> {
        let failed = |error| StoreError::io("write", FILE, error);
        let text = serde_json::to_vec(self).map_err(|error| failed(error.into()))?;
        let kept = root.join(KEPT);
        let staged = disk::staged_name(&kept);
        let written = disk::write_new(&staged, &text, None, true)
            .and_then(|()| disk::rename(&staged, &root.join(FILE)))
            .and_then(|()| disk::sync_folder(&kept));
        written.map_err(|error| {
            let _ = disk::remove(&staged);
            let _ = disk::remove(&root.join(FILE));
            failed(error)
        })
    }
}

/// The command that was killed half way and is not taken back yet, for those who only read: nothing is written.
///
/// A command that is at work right now is none.
pub fn unfinished(root: &Path) -> Option<String> {
    let file = root.join(FILE);
    if !file.symlink_metadata().is_ok_and(|found| found.is_file()) || super::lock::is_held(root) {
        return None;
    }
    let journal: Journal = serde_json::from_slice(&disk::read(&file).ok()?).ok()?;
    Some(journal.command)
}

/// Says that nothing is under way any more: from here on what was done stays done.
pub(super) fn end(root: &Path) -> Result<(), StoreError> {
    disk::remove(&root.join(FILE)).map_err(|error| StoreError::io("remove", FILE, error))?;
    // If only the name's removal is lost with the current, the next command takes back what was said to be done.
    let _ = disk::sync_folder(&root.join(KEPT));
    Ok(())
}

/// Takes back what a command that was killed had done, and clears away what it had written beside.
///
/// Only who holds the register's lock may ask.
pub(super) fn recover(root: &Path) -> Result<Option<Recovered>, StoreError> {
    let file = root.join(FILE);
    let recovered = match file.symlink_metadata() {
        Err(_) => None,
        Ok(found) if !found.is_file() => return Err(StoreError::NotAFile { path: FILE.to_owned() }),
        Ok(_) => {
            let text = disk::read(&file).map_err(|error| StoreError::io("read", FILE, error))?;
            let unreadable = || StoreError::Journal { path: FILE.to_owned() };
            let journal: Journal = serde_json::from_slice(&text).map_err(|_| unreadable())?;
            for entry in &journal.entries {
                entry.check(root)?;
            }
            let mut recovered =
                Recovered { command: journal.command, restored: Vec::new(), left: Vec::new() };
            for entry in journal.entries.iter().rev() {
                entry.take_back(root, &mut recovered)?;
            }
            for entry in &journal.entries {
                if let Entry::Appear { path, .. } = entry {
                    remove_empty_folders(root, split(path).0);
                }
            }
            end(root)?;
            recovered.restored.reverse();
            Some(recovered)
        }
    };
    clear(root);
    Ok(recovered)
}

/// Removes what killed commands left beside.
fn clear(root: &Path) {
    let Ok(entries) = std::fs::read_dir(root.join(KEPT)) else { return };
    for entry in entries.flatten() {
        if entry.file_name().to_str().is_some_and(disk::is_staged) {
            // It hinders nobody where it cannot be removed.
            let _ = disk::remove(&entry.path());
        }
    }
}

impl Entry {
    fn path(&self) -> &str {
        match self {
            Self::Appear { path, .. } | Self::Replace { path, .. } | Self::Vanish { path, .. } => path,
        }
    }

    /// Refuses paths that lead elsewhere: the journal is only a file, and anybody may have written it.
    fn check(&self, root: &Path) -> Result<(), StoreError> {
        let other = match self {
            Self::Appear { of, .. } => of.as_deref(),
            Self::Replace { .. } => None,
            Self::Vanish { trash, .. } => Some(trash.as_str()),
        };
        for path in [Some(self.path()), other].into_iter().flatten() {
            check_path(path)?;
            check_folders(root, split(path).0)?;
            if path.is_empty() {
                return Err(StoreError::BadPath { path: String::new(), why: "it is empty" });
            }
        }
        Ok(())
    }

    fn take_back(&self, root: &Path, recovered: &mut Recovered) -> Result<(), StoreError> {
        let path = self.path();
        let full = root.join(path);
        let failed = |error| StoreError::io("restore", path, error);
        let now = || if full.is_file() { disk::read(&full).map(Some).map_err(failed) } else { Ok(None) };
        let is_there = full.symlink_metadata().is_ok();
        match self {
            Self::Vanish { trash, .. } => {
                let trash = root.join(trash);
                if trash.symlink_metadata().is_err() {
                    return Ok(());
                }
                if is_there {
                    let aside = before_of(root, path);
                    disk::rename(&trash, &root.join(&aside)).map_err(failed)?;
                    recovered.left.push(Left { path: path.to_owned(), kept: Some(aside) });
                    return Ok(());
                }
                make_folders(root, split(path).0)?;
                disk::rename(&trash, &full).map_err(failed)?;
            }
            Self::Replace { id, before, .. } => {
                let now = now()?;
                if now.as_deref() == Some(before.bytes()) {
                    return Ok(());
                }
                if now.as_deref().map(id_of).as_ref() != Some(id) {
                    let aside = before_of(root, path);
                    let is_kept = disk::write_new(&root.join(&aside), before.bytes(), None, true).is_ok();
                    recovered.left.push(Left { path: path.to_owned(), kept: is_kept.then_some(aside) });
                    return Ok(());
                }
                check_target(&full, path)?;
                replace(root, path, before.bytes()).map_err(failed)?;
            }
            Self::Appear { id, of, .. } => {
                let Some(now) = now()? else { return Ok(()) };
                let origin = of.as_ref().map(|of| disk::read(&root.join(of)).map_err(failed)).transpose()?;
                let is_ours = origin.is_some_and(|origin| origin == now) || id.as_ref() == Some(&id_of(&now));
                if !is_ours {
                    recovered.left.push(Left { path: path.to_owned(), kept: None });
                    return Ok(());
                }
                disk::remove(&full).map_err(failed)?;
            }
        }
        recovered.restored.push(path.to_owned());
        Ok(())
    }
}

/// Gives a file the bytes that it had.
pub(super) fn replace(root: &Path, path: &str, bytes: &[u8]) -> std::io::Result<()> {
    let full = root.join(path);
    let staged = disk::staged_name(&staging(root, path));
    let like = full.metadata().ok();
    let done =
        disk::write_new(&staged, bytes, like.as_ref(), true).and_then(|()| disk::rename(&staged, &full));
    done.inspect_err(|_| {
        let _ = disk::remove(&staged);
    })
}

/// Where a text is put that was to be restored and is in nobody's way there.
fn before_of(root: &Path, path: &str) -> String {
    let name = path.replace('/', "--");
    let mut names = (1_u32..).map(|turn| format!("{KEPT}/{name}.before-{turn}"));
    let free = names.find(|path| root.join(path).symlink_metadata().is_err());
    free.unwrap_or_else(|| format!("{KEPT}/{name}"))
}
