//! Writes whole files, several of them as one or none: beside, flushed, then renamed into place.
//!
//! First everything that can be refused is refused, and all new texts are written beside and flushed, so that a full
//! disk shows before anything has changed. Then come the steps, each of them one rename: what is new appears, what
//! refers to it is replaced, what goes vanishes. When a step fails, those before it are taken back; when the process
//! is killed, the next writer takes them back by the [journal].

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::journal::{self, Entry, Journal, KEPT, id_of};
use super::looked::Looked;
use super::outcome::{Appearing, Content, Outcome, Replaced, Vanishing};
use super::path::{check_path, join, split};
use super::step::Step;
use super::{FileChange, StoreError, disk};

/// Makes all changes, or none: what was done is undone when one fails.
///
/// Everything that can be refused is refused before the first write: paths that leave the register, links, read-only
/// files, a new file that exists. Folders that a removal or move leaves empty are removed. This is for files that
/// nobody else writes, such as those of a new register; what is in a register is changed by
/// [`Lock::apply`](super::Lock::apply).
pub fn apply(root: &Path, changes: &[FileChange]) -> Result<(), StoreError> {
    Writer { root, holder: None, flush: true }.apply(changes, &BTreeMap::new())
}

/// As [`apply`], of files that can be made again at any time and need not be on the disk when it returns.
pub fn apply_unflushed(root: &Path, changes: &[FileChange]) -> Result<(), StoreError> {
    Writer { root, holder: None, flush: false }.apply(changes, &BTreeMap::new())
}

/// As [`apply`], by the holder of the register's lock; `expected` is what files held when the changes were planned.
pub(super) fn apply_held(
    root: &Path,
    holder: &str,
    changes: &[FileChange],
    expected: &BTreeMap<String, Vec<u8>>,
) -> Result<(), StoreError> {
    Writer { root, holder: Some(holder), flush: true }.apply(changes, expected)
}

/// Writes one file, making it or replacing its bytes.
pub fn write(root: &Path, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
    apply(root, &[FileChange::Write { path: path.to_owned(), bytes: bytes.to_vec() }])
}

/// Writes one file that must not exist yet.
pub fn create(root: &Path, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
    apply(root, &[FileChange::Create { path: path.to_owned(), bytes: bytes.to_vec() }])
}

/// Refuses what can be refused before anything is written.
fn check(root: &Path, changes: &[FileChange]) -> Result<(), StoreError> {
    // Paths that earlier changes of the same list make or free.
    let mut made: HashMap<&str, bool> = HashMap::new();
    let mut looked = Looked::new(root);
    for change in changes {
        for path in change.paths() {
            check_path(path)?;
            if path.is_empty() {
                return Err(StoreError::BadPath { path: String::new(), why: "it is empty" });
            }
            if looked.missing(path)?.is_none() {
                check_target(&root.join(path), path)?;
            }
        }
        let mut exists = |path: &str| made.get(path).map_or_else(|| looked.exists(path), |made| Ok(*made));
        match change {
            FileChange::Create { path, .. } if exists(path)? => {
                return Err(StoreError::Exists { path: path.clone() });
            }
            FileChange::Rename { to, .. } if exists(to)? => {
                return Err(StoreError::Exists { path: to.clone() });
            }
            FileChange::Remove { path } | FileChange::Rename { from: path, .. } if !exists(path)? => {
                return Err(StoreError::NotFound { path: path.clone() });
            }
            _ => {}
        }
        match change {
            FileChange::Create { path, .. } | FileChange::Write { path, .. } => {
                made.insert(path.as_str(), true);
            }
            FileChange::Remove { path } => {
                made.insert(path, false);
            }
            FileChange::Rename { from, to } => {
                made.insert(from, false);
                made.insert(to, true);
            }
        }
    }
    Ok(())
}

/// Refuses to replace a link, a folder or a read-only file.
pub(super) fn check_target(full: &Path, shown: &str) -> Result<(), StoreError> {
    let path = || shown.to_owned();
    match full.symlink_metadata() {
        Ok(found) if found.is_symlink() => Err(StoreError::IsLink { path: path() }),
        Ok(found) if found.is_dir() => Err(StoreError::IsFolder { path: path() }),
        Ok(found) if !found.is_file() => Err(StoreError::NotAFile { path: path() }),
        Ok(found) if found.permissions().readonly() => Err(StoreError::ReadOnly { path: path() }),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// From so many files on they are flushed at once rather than one by one, where the system can: 30,000 new projects,
/// each a folder with a file, are on the disk in seconds and not in minutes.
const MANY: usize = 1_000;

/// Makes changes in one register.
struct Writer<'a> {
    root: &'a Path,
    /// Who holds the lock; nobody where there is none to hold.
    holder: Option<&'a str>,
    flush: bool,
}

impl Writer<'_> {
    fn apply(&self, changes: &[FileChange], expected: &BTreeMap<String, Vec<u8>>) -> Result<(), StoreError> {
        check(self.root, changes)?;
        let outcome = Outcome::of(self.root, changes, expected)?;
        if self.holder.is_some() && outcome.count() > 0 {
            make_folders(self.root, KEPT)?;
        }
        let mut staged = Vec::new();
        let done = self.stage(outcome, &mut staged).and_then(|(steps, entries)| self.take(steps, entries));
        for path in staged.iter().filter(|path| path.symlink_metadata().is_ok()) {
            // Nobody reads it, and the next writer tries again.
            let _ = disk::remove(path);
        }
        let folders = done?;
        for folder in folders {
            remove_empty_folders(self.root, &folder);
        }
        Ok(())
    }

    /// Writes everything beside, and returns the steps that are left, and how the journal tells them.
    fn stage(
        &self,
        outcome: Outcome,
        staged: &mut Vec<PathBuf>,
    ) -> Result<(Vec<Step>, Vec<Entry>), StoreError> {
        let (mut steps, mut entries) = (Vec::new(), Vec::new());
        let is_noted = self.holder.is_some() && outcome.count() > 1;
        let files: usize = outcome.appearing.iter().map(|new| new.files.len()).sum();
        let at_once = self.flush && disk::FLUSHES_AT_ONCE && files + outcome.replaced.len() >= MANY;
        let each = self.flush && !at_once;
        for new in outcome.appearing {
            steps.push(self.stage_new(&new, each, staged)?);
            entries.extend(new.files.into_iter().filter(|_| is_noted).map(|(path, content)| match content {
                Content::Bytes(bytes) => Entry::Appear { path, id: Some(id_of(&bytes)), of: None },
                Content::Of(from) => Entry::Appear { path, id: None, of: Some(from) },
            }));
        }
        for Replaced { path, before, after } in outcome.replaced {
            let beside = self.beside(&path, staged);
            let like = self.root.join(&path).metadata().ok();
            disk::write_new(&beside, &after, like.as_ref(), each)
                .map_err(|error| StoreError::io("write", &path, error))?;
            let id = id_of(&after);
            entries.push(Entry::Replace { path: path.clone(), id, before: before.as_slice().into() });
            steps.push(Step::Replace { path, staged: beside, before });
        }
        for Vanishing { path, files } in outcome.vanishing {
            let trash = self.beside(&path, staged);
            let shown = trash.strip_prefix(self.root).unwrap_or(&trash).to_string_lossy().into_owned();
            entries.push(Entry::Vanish { path: path.clone(), trash: shown });
            steps.push(Step::Vanish { path, trash, files });
        }
        if at_once {
            let kept =
                if self.root.join(KEPT).is_dir() { self.root.join(KEPT) } else { self.root.to_owned() };
            disk::flush_all(&kept).map_err(|error| StoreError::io("write", ".", error))?;
        }
        Ok((steps, entries))
    }

    /// Writes a new file beside, or a new folder with all that is in it.
    fn stage_new(&self, new: &Appearing, flush: bool, staged: &mut Vec<PathBuf>) -> Result<Step, StoreError> {
        let beside = self.beside(&new.path, staged);
        let failed = |action, path: &str| {
            let path = path.to_owned();
            move |error| StoreError::io(action, path, error)
        };
        // Those that are made, from that which appears down.
        let mut folders: BTreeSet<&str> = BTreeSet::new();
        for (path, content) in &new.files {
            let inside = path.strip_prefix(&new.path).unwrap_or_default().trim_start_matches('/');
            let to = if inside.is_empty() { beside.clone() } else { beside.join(inside) };
            let own = split(inside).0;
            if new.is_folder && !folders.contains(own) {
                let ends = own.match_indices('/').map(|(end, _)| end);
                for folder in std::iter::once("").chain(ends.map(|end| &own[..end])).chain([own]) {
                    if folders.insert(folder) {
                        disk::make_folder(&beside.join(folder)).map_err(failed("make", &new.path))?;
                    }
                }
            }
            match content {
                Content::Bytes(bytes) => disk::write_new(&to, bytes, None, flush),
                Content::Of(from) => disk::link(&self.root.join(from), &to),
            }
            .map_err(failed("write", path))?;
        }
        for folder in folders.iter().filter(|_| flush) {
            disk::sync_folder(&beside.join(folder)).map_err(failed("write", &new.path))?;
        }
        Ok(Step::Appear { path: new.path.clone(), staged: beside, is_folder: new.is_folder })
    }

    /// A name for what is on its way to a path: in `.pmo/kept/`, which git does not see, else beside it.
    fn beside(&self, path: &str, staged: &mut Vec<PathBuf>) -> PathBuf {
        let folder = match self.holder {
            Some(_) => staging(self.root, path),
            // The holder of the lock clears the folder of kept texts up.
            None if split(path).0 == KEPT => self.root.join(".pmo"),
            None => nearest(self.root, path),
        };
        let name = disk::staged_name(&folder);
        staged.push(name.clone());
        name
    }

    /// Takes the steps, under a journal where there are several; returns the folders from which something went.
    fn take(&self, steps: Vec<Step>, entries: Vec<Entry>) -> Result<Vec<String>, StoreError> {
        let journal = self.holder.filter(|_| steps.len() > 1);
        if let Some(holder) = journal {
            Journal { command: holder.to_owned(), entries }.begin(self.root)?;
        }
        let mut taken = Vec::new();
        let done = self.take_each(&steps, &mut taken).and_then(|()| match journal {
            Some(_) => journal::end(self.root),
            None => Ok(()),
        });
        if let Err(cause) = done {
            let left: Vec<String> =
                taken.into_iter().rev().filter_map(|step: &Step| step.take_back(self.root)).collect();
            if !left.is_empty() {
                return Err(StoreError::HalfDone { cause: Box::new(cause), left });
            }
            if journal.is_some() {
                // Where it stays, the next writer finds that there is nothing to take back.
                let _ = journal::end(self.root);
            }
            return Err(cause);
        }
        let left = |step: &Step| match step {
            Step::Vanish { path, .. } => Some(split(path).0.to_owned()),
            _ => None,
        };
        Ok(steps.iter().filter_map(left).collect())
    }

    fn take_each<'a>(&self, steps: &'a [Step], taken: &mut Vec<&'a Step>) -> Result<(), StoreError> {
        for step in steps {
            step.take(self.root, taken)?;
        }
        if self.flush {
            let folders: BTreeSet<&str> = steps.iter().map(|step| split(step.path()).0).collect();
            for folder in folders {
                let synced = disk::sync_folder(&self.root.join(folder));
                synced.map_err(|error| StoreError::io("write", folder, error))?;
            }
        }
        Ok(())
    }
}

/// The folder in which a file is written on its way to a path: on the same disk, so that a rename is enough.
pub(super) fn staging(root: &Path, path: &str) -> PathBuf {
    let (kept, beside) = (root.join(KEPT), nearest(root, path));
    if on_one_disk(&kept, &beside) { kept } else { beside }
}

/// The nearest folder above a path that is there.
fn nearest(root: &Path, path: &str) -> PathBuf {
    let mut folder = split(path).0;
    while !folder.is_empty() && !root.join(folder).is_dir() {
        folder = split(folder).0;
    }
    root.join(folder)
}

#[cfg(unix)]
fn on_one_disk(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let disk =
        |path: &Path| path.symlink_metadata().ok().filter(|found| found.is_dir()).map(|found| found.dev());
    disk(one).is_some_and(|disk_of_one| disk(other) == Some(disk_of_one))
}

#[cfg(not(unix))]
fn on_one_disk(one: &Path, _other: &Path) -> bool {
    one.is_dir()
}

/// Makes a folder and those above it.
pub(super) fn make_folders(root: &Path, folder: &str) -> Result<(), StoreError> {
    let mut path = String::new();
    for part in folder.split('/').filter(|part| !part.is_empty()) {
        path = join(&path, part);
        let full = root.join(&path);
        if full.is_dir() {
            continue;
        }
        match disk::make_folder(&full) {
            Err(error) if !full.is_dir() => return Err(StoreError::io("make", path, error)),
            _ => {}
        }
    }
    Ok(())
}

/// Removes a folder and those above it while they are empty, as git would.
///
/// The folder for our own use stays: another writer may be about to use it.
pub(super) fn remove_empty_folders(root: &Path, folder: &str) {
    let mut folder = folder;
    while !folder.is_empty() && folder != KEPT && disk::remove_folder(&root.join(folder)).is_ok() {
        folder = split(folder).0;
    }
}
