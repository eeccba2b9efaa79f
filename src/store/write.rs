//! Writes whole files: beside, then renamed into place; several of them as one, or none.

use std::fs::Permissions;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::path::{check_path, join, split};
use super::{FileChange, StoreError};

/// Makes all changes, or none: what was done is undone when one fails.
///
/// Everything that can be refused is refused before the first write: paths that leave the register,
/// links, read-only files, a new file that exists. Folders that a removal or move leaves empty are
/// removed. Take the [`Lock`](super::Lock) first.
pub fn apply(root: &Path, changes: &[FileChange]) -> Result<(), StoreError> {
    check(root, changes)?;
    let mut done = Vec::new();
    for change in changes {
        if let Err(cause) = make(root, change, &mut done) {
            let left: Vec<String> = done.into_iter().rev().filter_map(|undo| undo.run(root)).collect();
            return Err(if left.is_empty() {
                cause
            } else {
                StoreError::HalfDone { cause: Box::new(cause), left }
            });
        }
    }
    for change in changes {
        if let FileChange::Remove { path } | FileChange::Rename { from: path, .. } = change {
            remove_empty_folders(root, split(path).0);
        }
    }
    Ok(())
}

/// Writes one file, making it or replacing its bytes.
pub fn write(root: &Path, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
    apply(root, &[FileChange::Write { path: path.to_owned(), bytes: bytes.to_vec() }])
}

/// Writes one file that must not exist yet.
pub fn create(root: &Path, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
    apply(root, &[FileChange::Create { path: path.to_owned(), bytes: bytes.to_vec() }])
}

/// Writes a file outside the register, as `--output` asks for: beside, then renamed into place.
///
/// A link is written through, as a shell's `>` would.
pub fn write_output(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let shown = path.display().to_string();
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let failed = |error| StoreError::io("write", shown.clone(), error);
    if target.metadata().is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        // A device or a pipe takes the bytes as they come.
        return std::fs::write(&target, bytes).map_err(failed);
    }
    check_target(&target, &shown)?;
    put(&target, &shown, bytes, true)
}

/// Makes a folder outside the register, and those above it, for files that a command line asks for.
pub fn make_folder(path: &Path) -> Result<(), StoreError> {
    std::fs::create_dir_all(path).map_err(|error| StoreError::io("make", path.display().to_string(), error))
}

/// Reads a file outside the register, as a command line names it.
pub fn read_input(path: &Path) -> Result<Vec<u8>, StoreError> {
    let shown = path.display().to_string();
    let found = path.metadata().map_err(|error| StoreError::io("read", shown.clone(), error))?;
    if found.len() > super::MAX_FILE {
        return Err(StoreError::TooLarge { path: shown });
    }
    std::fs::read(path).map_err(|error| StoreError::io("read", shown, error))
}

/// Reads a report that was published as a file, however large.
pub fn read_report(path: &Path) -> Result<Vec<u8>, StoreError> {
    std::fs::read(path).map_err(|error| StoreError::io("read", path.display().to_string(), error))
}

/// Refuses what can be refused before anything is written.
fn check(root: &Path, changes: &[FileChange]) -> Result<(), StoreError> {
    // Paths that earlier changes of the same list make or free.
    let mut made = std::collections::BTreeMap::new();
    for change in changes {
        for path in change.paths() {
            check_path(path)?;
            if path.is_empty() {
                return Err(StoreError::BadPath { path: String::new(), why: "it is empty" });
            }
            check_folders(root, split(path).0)?;
            check_target(&root.join(path), path)?;
        }
        let exists = |path: &str| {
            let made: Option<&bool> = made.get(path);
            made.copied().unwrap_or_else(|| root.join(path).symlink_metadata().is_ok())
        };
        match change {
            FileChange::Create { path, .. } if exists(path) => {
                return Err(StoreError::Exists { path: path.clone() });
            }
            FileChange::Rename { to, .. } if exists(to) => {
                return Err(StoreError::Exists { path: to.clone() });
            }
            FileChange::Remove { path } | FileChange::Rename { from: path, .. } if !exists(path) => {
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

/// Refuses folders that are links or files.
fn check_folders(root: &Path, folder: &str) -> Result<(), StoreError> {
    let mut path = String::new();
    for part in folder.split('/').filter(|part| !part.is_empty()) {
        path = join(&path, part);
        match root.join(&path).symlink_metadata() {
            Ok(found) if found.is_symlink() => return Err(StoreError::LinkedFolder { path }),
            Ok(found) if !found.is_dir() => return Err(StoreError::NotAFolder { path }),
            Ok(_) | Err(_) => {}
        }
    }
    Ok(())
}

/// Refuses to replace a link, a folder or a read-only file.
fn check_target(full: &Path, shown: &str) -> Result<(), StoreError> {
    let path = || shown.to_owned();
    match full.symlink_metadata() {
        Ok(found) if found.is_symlink() => Err(StoreError::IsLink { path: path() }),
        Ok(found) if found.is_dir() => Err(StoreError::IsFolder { path: path() }),
        Ok(found) if !found.is_file() => Err(StoreError::NotAFile { path: path() }),
        Ok(found) if found.permissions().readonly() => Err(StoreError::ReadOnly { path: path() }),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// How to take one step back.
enum Undo {
    Remove(String),
    Restore { path: String, bytes: Vec<u8>, mode: Permissions },
    Rename { from: String, to: String },
    RemoveFolder(PathBuf),
}

impl Undo {
    /// Takes the step back, and returns the file's path if it could not.
    fn run(self, root: &Path) -> Option<String> {
        let (path, result) = match self {
            Self::RemoveFolder(folder) => (None, std::fs::remove_dir(folder)),
            Self::Remove(path) => {
                let result = std::fs::remove_file(root.join(&path));
                (Some(path), result)
            }
            Self::Rename { from, to } => {
                let result = std::fs::rename(root.join(&from), root.join(&to));
                (Some(to), result)
            }
            Self::Restore { path, bytes, mode } => {
                let full = root.join(&path);
                let result =
                    std::fs::write(&full, bytes).and_then(|()| std::fs::set_permissions(&full, mode));
                (Some(path), result)
            }
        };
        result.err().and(path)
    }
}

/// Makes one change and notes how to undo it.
fn make(root: &Path, change: &FileChange, done: &mut Vec<Undo>) -> Result<(), StoreError> {
    let keep = |path: &str| -> Result<Option<Undo>, StoreError> {
        let full = root.join(path);
        let Ok(found) = full.symlink_metadata() else { return Ok(None) };
        let bytes = std::fs::read(&full).map_err(|error| StoreError::io("read", path, error))?;
        Ok(Some(Undo::Restore { path: path.to_owned(), bytes, mode: found.permissions() }))
    };
    match change {
        FileChange::Create { path, bytes } => {
            make_folders(root, split(path).0, done)?;
            put(&root.join(path), path, bytes, false)?;
            done.push(Undo::Remove(path.clone()));
        }
        FileChange::Write { path, bytes } => {
            let before = keep(path)?;
            make_folders(root, split(path).0, done)?;
            put(&root.join(path), path, bytes, true)?;
            done.push(before.unwrap_or_else(|| Undo::Remove(path.clone())));
        }
        FileChange::Remove { path } => {
            let before = keep(path)?;
            std::fs::remove_file(root.join(path)).map_err(|error| StoreError::io("remove", path, error))?;
            done.extend(before);
        }
        FileChange::Rename { from, to } => {
            make_folders(root, split(to).0, done)?;
            let renamed = std::fs::rename(root.join(from), root.join(to));
            renamed.map_err(|error| StoreError::io("move", from, error))?;
            done.push(Undo::Rename { from: to.clone(), to: from.clone() });
        }
    }
    Ok(())
}

/// Makes a folder and those above it, and notes which are new.
fn make_folders(root: &Path, folder: &str, done: &mut Vec<Undo>) -> Result<(), StoreError> {
    let mut path = String::new();
    for part in folder.split('/').filter(|part| !part.is_empty()) {
        path = join(&path, part);
        let full = root.join(&path);
        match std::fs::create_dir(&full) {
            Ok(()) => done.push(Undo::RemoveFolder(full)),
            Err(_) if full.is_dir() => {}
            Err(error) => return Err(StoreError::io("make", path, error)),
        }
    }
    Ok(())
}

/// Writes bytes beside the target and renames them into place, with the mode that it had.
fn put(full: &Path, shown: &str, bytes: &[u8], replace: bool) -> Result<(), StoreError> {
    let failed = |error| StoreError::io("write", shown, error);
    let folder = full.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".pmo-").suffix(".tmp");
    #[cfg(unix)]
    let public = <Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666);
    #[cfg(unix)]
    builder.permissions(public);
    let mut file = builder.tempfile_in(folder).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    if let Ok(found) = full.metadata() {
        file.as_file().set_permissions(found.permissions()).map_err(failed)?;
    }
    file.as_file().sync_all().map_err(failed)?;
    let kept = if replace { file.persist(full) } else { file.persist_noclobber(full) };
    match kept {
        Ok(_) => Ok(()),
        Err(error) if !replace && error.error.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(StoreError::Exists { path: shown.to_owned() })
        }
        Err(error) => Err(failed(error.error)),
    }
}

/// Removes a folder and those above it while they are empty, as git would.
fn remove_empty_folders(root: &Path, folder: &str) {
    let mut folder = folder;
    while !folder.is_empty() && std::fs::remove_dir(root.join(folder)).is_ok() {
        folder = split(folder).0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write_of(path: &str, text: &str) -> FileChange {
        FileChange::Write { path: path.into(), bytes: text.into() }
    }

    fn text(root: &Path, path: &str) -> Option<String> {
        std::fs::read_to_string(root.join(path)).ok()
    }

    #[test]
    fn writes_makes_folders_and_moves() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        apply(root, &[write_of("projects/crm/project.toml", "a"), write_of("x.toml", "b")]).unwrap();
        apply(
            root,
            &[
                FileChange::Rename {
                    from: "projects/crm/project.toml".into(),
                    to: "projects/erp/project.toml".into(),
                },
                FileChange::Remove { path: "x.toml".into() },
            ],
        )
        .unwrap();
        assert_eq!(text(root, "projects/erp/project.toml").as_deref(), Some("a"));
        assert_eq!(text(root, "x.toml"), None);
        assert!(!root.join("projects/crm").exists(), "the empty folder is gone");
        assert_eq!(std::fs::read_dir(root).unwrap().count(), 1, "nothing is left beside");
    }

    #[test]
    fn nothing_is_written_when_one_change_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        std::fs::write(root.join("old.toml"), "old").unwrap();
        let create = FileChange::Create { path: "old.toml".into(), bytes: b"new".to_vec() };
        let error = apply(root, &[write_of("a/b.toml", "x"), create]).unwrap_err();
        assert!(matches!(error, StoreError::Exists { .. }), "{error}");
        assert_eq!(text(root, "old.toml").as_deref(), Some("old"));
        assert!(!root.join("a").exists());
        for path in ["../out.toml", "/tmp/out.toml", ".git/config", ""] {
            assert!(matches!(write(root, path, b"x"), Err(StoreError::BadPath { .. })), "{path}");
        }
    }

    #[test]
    fn what_was_done_is_undone_when_a_later_step_fails() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        std::fs::write(root.join("a.toml"), "old").unwrap();
        let changes = [
            write_of("a.toml", "new"),
            write_of("n/ew.toml", "new"),
            FileChange::Rename { from: "a.toml".into(), to: "moved.toml".into() },
            // Passes the first look, then a folder cannot be made below a file.
            write_of("moved.toml/x.toml", "never"),
        ];
        apply(root, &changes).unwrap_err();
        assert_eq!(text(root, "a.toml").as_deref(), Some("old"));
        assert_eq!(std::fs::read_dir(root).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn modes_are_kept_and_links_and_read_only_files_refused() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        write(root, "a.toml", b"1").unwrap();
        let mode = |path: &str| root.join(path).metadata().unwrap().permissions().mode() & 0o777;
        assert_ne!(mode("a.toml"), 0o600, "a new file follows the umask");
        std::fs::set_permissions(root.join("a.toml"), Permissions::from_mode(0o640)).unwrap();
        write(root, "a.toml", b"2").unwrap();
        assert_eq!(mode("a.toml"), 0o640);
        std::fs::set_permissions(root.join("a.toml"), Permissions::from_mode(0o440)).unwrap();
        assert!(matches!(write(root, "a.toml", b"3"), Err(StoreError::ReadOnly { .. })));
        std::os::unix::fs::symlink("a.toml", root.join("l.toml")).unwrap();
        assert!(matches!(write(root, "l.toml", b"3"), Err(StoreError::IsLink { .. })));
        std::os::unix::fs::symlink("/tmp", root.join("projects")).unwrap();
        let error = write(root, "projects/x.toml", b"3").unwrap_err();
        assert!(matches!(error, StoreError::LinkedFolder { .. }), "{error}");
        assert_eq!(text(root, "a.toml").as_deref(), Some("2"));
    }
}
