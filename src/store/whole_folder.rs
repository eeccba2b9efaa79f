//! Makes a folder that is there as a whole or not at all.

use std::path::{Path, PathBuf};

use super::{StoreError, disk};

/// Lets `build` make a folder under another name, and gives it its own when it is complete.
///
/// `target` must be missing or empty. One that is there stays the folder that it is, and what was built is moved
/// into it, git's own folder last.
pub fn whole_folder(
    target: &Path,
    build: impl FnOnce(&Path) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let shown = target.display().to_string();
    let failed = |action| {
        let shown = shown.clone();
        move |error| StoreError::io(action, shown, error)
    };
    let is_there = target.is_dir();
    if is_there && std::fs::read_dir(target).map_err(failed("list"))?.next().is_some() {
        return Err(StoreError::Exists { path: shown });
    }
    let above = target.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !is_there {
        std::fs::create_dir_all(above).map_err(failed("make"))?;
    }
    let aside = disk::staged_name(if is_there { target } else { above });
    let done = build(&aside).and_then(|()| {
        if !is_there {
            return disk::rename(&aside, target).map_err(failed("make"));
        }
        let mut built: Vec<PathBuf> = std::fs::read_dir(&aside)
            .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
            .map_err(failed("list"))?;
        built.sort_by_key(|path| path.ends_with(".git"));
        for path in built {
            let to = path.file_name().map_or_else(|| target.to_owned(), |name| target.join(name));
            disk::rename(&path, &to).map_err(failed("make"))?;
        }
        Ok(())
    });
    if aside.symlink_metadata().is_ok() {
        // What was built and not moved is of no use to anybody.
        let _ = disk::remove(&aside);
    }
    done
}
