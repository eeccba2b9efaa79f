//! The few things that writing does to a disk, one function each, so that tests can let any of them fail.
//!
//! Nothing else in the writing of a register touches the file system for good. In tests, `faults` counts the
//! calls, and makes one of them fail, or the process seem to die there.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// How names begin that are ours for a moment, and that nobody reads.
const PREFIX: &str = ".pmo-";

/// How they end.
const SUFFIX: &str = ".tmp";

/// Whether a name is that of a file or folder which is being written, or was when its command was killed.
pub(crate) fn is_staged(name: &str) -> bool {
    name.starts_with(PREFIX) && name.ends_with(SUFFIX)
}

/// A name in a folder that no other writer uses.
pub(super) fn staged_name(folder: &Path) -> PathBuf {
    static TURN: AtomicU32 = AtomicU32::new(0);
    loop {
        let turn = TURN.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("{PREFIX}{}-{turn}{SUFFIX}", std::process::id()));
        if path.symlink_metadata().is_err() {
            return path;
        }
    }
}

/// Makes one folder.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    step()?;
    std::fs::create_dir(path)
}

/// Makes a file that must not be there, with these bytes, on the disk when it returns.
///
/// It gets the mode and the group of the file that it will replace; a new one follows the umask.
pub(super) fn write_new(path: &Path, bytes: &[u8], like: Option<&Metadata>, flush: bool) -> io::Result<()> {
    let write = |file: &mut File| {
        if let Err(error) = step() {
            // A disk that is full takes the beginning; so does one that loses its current.
            let _ = file.write_all(&bytes[..bytes.len() / 2]);
            return Err(error);
        }
        file.write_all(bytes)
    };
    write_new_by(path, like, flush, write)
}

/// As [`write_new`], what a writer gives.
pub(super) fn write_new_by(
    path: &Path,
    like: Option<&Metadata>,
    flush: bool,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<()> {
    step()?;
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    write(&mut file)?;
    if let Some(like) = like {
        keep_group(&file, like);
        step()?;
        file.set_permissions(like.permissions())?;
    }
    if flush {
        step()?;
        file.sync_all()?;
    }
    Ok(())
}

/// Gives a file the group of the one that it replaces, where the system lets us.
#[cfg(unix)]
fn keep_group(file: &File, like: &Metadata) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    if file.metadata().is_ok_and(|found| found.gid() != like.gid() || found.uid() != like.uid()) {
        // Only root may give a file away; a member of the group may give it to the group.
        let _ = fchown(file, Some(like.uid()), Some(like.gid()))
            .or_else(|_| fchown(file, None, Some(like.gid())));
    }
}

#[cfg(not(unix))]
fn keep_group(_file: &File, _like: &Metadata) {}

/// Lets a file be run.
pub(super) fn make_executable(path: &Path) -> io::Result<()> {
    step()?;
    #[cfg(unix)]
    {
        let mode = <std::fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o755);
        std::fs::set_permissions(path, mode)?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Gives a file a second name, without copying it where the disk can.
pub(super) fn link(from: &Path, to: &Path) -> io::Result<()> {
    step()?;
    match std::fs::hard_link(from, to) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            std::fs::copy(from, to)?;
            File::open(to)?.sync_all()
        }
        done => done,
    }
}

/// Moves a file over another, or a folder to where none is.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    step()?;
    std::fs::rename(from, to)
}

/// Moves a file to where none is.
pub(super) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    step()?;
    let path = tempfile::TempPath::try_from_path(from)?;
    path.persist_noclobber(to).map_err(|failed| {
        // Whoever staged the file removes it.
        let _ = failed.path.keep();
        failed.error
    })
}

/// Removes a file, or a folder with all that is in it.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    step()?;
    if path.symlink_metadata()?.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) }
}

/// Removes a folder in which nothing is.
pub(super) fn remove_folder(path: &Path) -> io::Result<()> {
    step()?;
    std::fs::remove_dir(path)
}

/// Reads a file.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    step()?;
    std::fs::read(path)
}

/// Brings the names in a folder to the disk, where the system knows how.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    step()?;
    if cfg!(not(unix)) {
        return Ok(());
    }
    match File::open(path).and_then(|folder| folder.sync_all()) {
        // Not every file system can, and a folder may be one that we may write to and not list.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported | io::ErrorKind::PermissionDenied
            ) =>
        {
            Ok(())
        }
        done => done,
    }
}

/// Whether the system can flush everything that was written at once.
pub(super) const FLUSHES_AT_ONCE: bool = cfg!(target_os = "linux");

/// Brings everything that was written to the disk of a folder.
pub(super) fn flush_all(folder: &Path) -> io::Result<()> {
    step()?;
    #[cfg(target_os = "linux")]
    rustix::fs::syncfs(File::open(folder)?)?;
    #[cfg(not(target_os = "linux"))]
    File::open(folder)?.sync_all()?;
    Ok(())
}

/// Counts a call; in tests it may be the one that fails.
#[cfg(not(test))]
pub(super) fn step() -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
pub(super) use faults::step;

/// Faults that tests plant.
#[cfg(test)]
pub(crate) mod faults {
    use std::cell::Cell;
    use std::io;

    /// What happens at a call.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) enum Fault {
        /// That call fails with this error of the system.
        Once(i32),
        /// That call and every later one fail with it.
        Ever(i32),
        /// The process dies there: nothing more is done.
        Death,
    }

    thread_local! {
        static CALLS: Cell<usize> = const { Cell::new(0) };
        static PLANTED: Cell<Option<(usize, Fault)>> = const { Cell::new(None) };
    }

    /// Runs something with a fault at its `at`th call, counted from 1; returns how many calls there were.
    pub(crate) fn with<T>(planted: Option<(usize, Fault)>, run: impl FnOnce() -> T) -> (T, usize) {
        CALLS.set(0);
        PLANTED.set(planted);
        let done = run();
        PLANTED.set(None);
        (done, CALLS.get())
    }

    pub(crate) fn step() -> io::Result<()> {
        let call = CALLS.get() + 1;
        CALLS.set(call);
        match PLANTED.get() {
            Some((at, Fault::Once(code))) if call == at => Err(io::Error::from_raw_os_error(code)),
            Some((at, Fault::Ever(code))) if call >= at => Err(io::Error::from_raw_os_error(code)),
            Some((at, Fault::Death)) if call >= at => Err(io::Error::other("the process is dead")),
            _ => Ok(()),
        }
    }
}
