//! Files outside the register, as a command line names them: written beside, then renamed; or read.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::write::check_target;
use super::{StoreError, disk};

/// Writes a file outside the register, as `--output` asks for: beside, then renamed into place.
///
/// A link is written through, as a shell's `>` would.
pub fn write_output(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    write_output_by(path, |stream| stream.write_all(bytes))
}

/// As [`write_output`], what a writer gives, which need not be in memory as a whole.
pub fn write_output_by(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), StoreError> {
    let shown = path.display().to_string();
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let failed = |error| StoreError::io("write", shown.clone(), error);
    let buffered = |file: &mut File| {
        let mut stream = BufWriter::with_capacity(256 * 1024, file);
        write(&mut stream)?;
        stream.flush()
    };
    if target.metadata().is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        // A device or a pipe takes the bytes as they come.
        let file = File::options().write(true).open(&target);
        return file.and_then(|mut file| buffered(&mut file)).map_err(failed);
    }
    check_target(&target, &shown)?;
    put(&target, &shown, buffered, false)
}

/// As [`write_output`], a file that can be run as soon as it is there.
pub(super) fn write_script(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let shown = path.display().to_string();
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    check_target(&target, &shown)?;
    put(&target, &shown, |file| file.write_all(bytes), true)
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

/// Reads a file outside the register that may be large, such as a workbook to be imported.
pub fn read_large(path: &Path, most: u64) -> Result<Vec<u8>, StoreError> {
    let shown = path.display().to_string();
    let found = path.metadata().map_err(|error| StoreError::io("read", shown.clone(), error))?;
    if found.is_dir() {
        return Err(StoreError::IsFolder { path: shown });
    }
    if found.len() > most {
        return Err(StoreError::LargerThan { path: shown, most: most / 1024 / 1024 });
    }
    // A pipe has no length: what it gives is bounded all the same.
    let file = std::fs::File::open(path).map_err(|error| StoreError::io("read", shown.clone(), error))?;
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut std::io::Read::take(file, most + 1), &mut bytes)
        .map_err(|error| StoreError::io("read", shown.clone(), error))?;
    if bytes.len() as u64 > most {
        return Err(StoreError::LargerThan { path: shown, most: most / 1024 / 1024 });
    }
    Ok(bytes)
}

/// Whether two paths outside the register lead to one file that is there.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

/// The path inside a register of a file that a command line names, or of a folder; `None` where it lies outside.
pub fn path_within(root: &Path, path: &Path) -> Option<String> {
    let there = path.canonicalize().or_else(|_| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Ok::<_, std::io::Error>(folder.canonicalize()?.join(path.file_name().unwrap_or_default()))
    });
    let inside = there.ok()?.strip_prefix(root.canonicalize().ok()?).ok()?.to_str()?.to_owned();
    Some(inside.replace(std::path::MAIN_SEPARATOR, "/"))
}

/// The names of the files in a folder outside the register, in order.
pub fn files_in(path: &Path) -> Result<Vec<String>, StoreError> {
    let failed = |error| StoreError::io("read", path.display().to_string(), error);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if entry.path().is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Reads a report that was published as a file, however large.
pub fn read_report(path: &Path) -> Result<Vec<u8>, StoreError> {
    std::fs::read(path).map_err(|error| StoreError::io("read", path.display().to_string(), error))
}

/// Writes bytes beside the target and renames them into place, with the mode that it had or one that it can be run by.
fn put(
    full: &Path,
    shown: &str,
    write: impl FnOnce(&mut File) -> io::Result<()>,
    runs: bool,
) -> Result<(), StoreError> {
    let failed = |error| StoreError::io("write", shown, error);
    let folder = full.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let staged = disk::staged_name(folder);
    let like = full.metadata().ok();
    let done = disk::write_new_by(&staged, like.as_ref(), true, write)
        .and_then(|()| if runs { disk::make_executable(&staged) } else { Ok(()) })
        .and_then(|()| disk::rename(&staged, full));
    done.map_err(|error| {
        // What was written beside is of no use, and no harm where it cannot be removed.
        let _ = disk::remove(&staged);
        failed(error)
    })
}
