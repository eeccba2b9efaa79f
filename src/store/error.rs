//! What can go wrong with files and git, in words that name the file and the remedy.

use std::io;

/// The largest file that a register reads, in bytes.
pub const MAX_FILE: u64 = 8 * 1024 * 1024;

/// An operation on files or git that failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The operating system refused.
    #[error("cannot {action} {path}: {}", reason(source))]
    Io {
        /// What was tried, as a verb: "read", "write".
        action: &'static str,
        /// The file or folder.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// There is no such file.
    #[error("there is no file {path}")]
    NotFound {
        /// The file.
        path: String,
    },
    /// A file is larger than any record can be.
    #[error(
        "{path} is larger than {} MiB, which no record is; move it out of the register or into the project's docs/",
        MAX_FILE / 1024 / 1024
    )]
    TooLarge {
        /// The file.
        path: String,
    },
    /// A path that could leave the register or that not every system can hold.
    #[error("{path:?} is not a path in the register: {why}")]
    BadPath {
        /// The path as given.
        path: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A link leads out of the register.
    #[error(
        "{path} is a link to {target}, which is not in the register; put the file itself there, or link to a file inside the register by a relative path"
    )]
    LeadsOut {
        /// The link.
        path: String,
        /// Where it leads.
        target: String,
    },
    /// A folder on the way is a link.
    #[error(
        "{path} is a link in the place of a folder, and pmo does not follow those; put the folder itself there"
    )]
    LinkedFolder {
        /// The link.
        path: String,
    },
    /// A link is in the way of a write.
    #[error(
        "{path} is a link, and writing would replace it; edit the file that it leads to, or remove the link first"
    )]
    IsLink {
        /// The link.
        path: String,
    },
    /// A folder stands where a file is expected.
    #[error("{path} is a folder where a file is expected; move it away")]
    IsFolder {
        /// The folder.
        path: String,
    },
    /// A file stands where a folder is expected.
    #[error("{path} is a file where a folder is expected; move it away")]
    NotAFolder {
        /// The file.
        path: String,
    },
    /// A file outside the register that is larger than what is read of its sort.
    #[error("{path} is larger than {most} MiB, which is the most that is read: split it")]
    LargerThan {
        /// The file.
        path: String,
        /// The limit, in MiB.
        most: u64,
    },
    /// Something that is neither a file nor a folder.
    #[error("{path} is not a regular file; remove it")]
    NotAFile {
        /// The thing.
        path: String,
    },
    /// A file that should be new exists already.
    #[error("{path} exists already and is left as it is")]
    Exists {
        /// The file.
        path: String,
    },
    /// A file may not be written.
    #[error("{path} is read-only; make it writable (chmod u+w) and try again")]
    ReadOnly {
        /// The file.
        path: String,
    },
    /// Applying changes failed half way, and taking them back failed too.
    #[error(
        "{cause}; and taking the changes made so far back failed for {}: the next pmo command that writes here tries again, and `git status` shows how they stand",
        left.join(", ")
    )]
    HalfDone {
        /// What stopped it.
        cause: Box<StoreError>,
        /// Files that were not restored.
        left: Vec<String>,
    },
    /// Another process is writing.
    #[error("another pmo is writing here ({holder}); wait until it is done and try again")]
    Locked {
        /// Process id, command and beginning of the holder, where known.
        holder: String,
    },
    /// A file is not what it was when the change was planned.
    #[error("{path} was changed by someone else meanwhile: look at it, then try again")]
    Stale {
        /// The file.
        path: String,
    },
    /// What an interrupted command was doing cannot be told.
    #[error(
        "{path} says what an interrupted command was doing, and cannot be read; look at `git status` whether everything is there, then remove the file"
    )]
    Journal {
        /// The journal.
        path: String,
    },
    /// Another git process works on the index, or one was killed.
    #[error(
        "another git process works in this repository: {path} is there. Wait until it is done; where none is running, one was killed and left the file: remove it"
    )]
    IndexLocked {
        /// git's lock on the index.
        path: String,
    },
    /// No register above the start.
    #[error(
        "there is no pmo.toml in {start} or any folder above it; make a register with `pmo init`, or point at one with `-C DIR`"
    )]
    NoRegister {
        /// Where the search began.
        start: String,
    },
    /// A bare repository has no files to work on.
    #[error(
        "{path} is a bare git repository and has no work tree; clone it (git clone {path}) and run pmo in the clone"
    )]
    Bare {
        /// The repository.
        path: String,
    },
    /// The register is not in a git repository.
    #[error("{root} is not in a git repository, so it has no history; make one with `git init`")]
    NoGit {
        /// The register's root.
        root: String,
    },
    /// A revision that git does not know.
    #[error("git knows no revision {rev:?}; `git log --oneline` and `git tag` list what there is")]
    NoRevision {
        /// What was asked for.
        rev: String,
    },
    /// There is no commit yet.
    #[error("the branch {branch} has no commit yet; commit the register first (git add -A && git commit)")]
    Unborn {
        /// The branch.
        branch: String,
    },
    /// The register does not exist at that revision.
    #[error("there is no {path} at {rev}; the register was not there yet")]
    NotAtRevision {
        /// The register's folder in the repository.
        path: String,
        /// The revision.
        rev: String,
    },
    /// git2 cannot work with this repository.
    #[error("cannot read the git repository: {message}")]
    Git2 {
        /// What libgit2 said.
        message: String,
    },
    /// The git program is missing.
    #[error("the program `git` was not found; install git and see that it is on the PATH")]
    NoGitProgram,
    /// The git program failed.
    #[error("`git {command}` failed: {said}")]
    GitFailed {
        /// The command.
        command: String,
        /// What it printed on standard error.
        said: String,
    },
    /// A filter that cannot be turned off, so that looking would run it.
    #[error(
        "git's configuration has {key:?}, a filter with `=` in its name, which cannot be kept from running; rename it or take it out"
    )]
    OddFilter {
        /// The setting.
        key: String,
    },
    /// git does not know who commits.
    #[error(
        "git does not know who you are; tell it, and run the command again:\n  git config --global user.name \"Your Name\"\n  git config --global user.email you@example.org"
    )]
    NoIdentity,
    /// A merge, rebase or the like is under way.
    #[error(
        "a {what} is in progress in this repository, and a commit now would break into it; {remedy}. Nothing was written"
    )]
    Unfinished {
        /// merge, rebase, cherry-pick, revert, bisect.
        what: &'static str,
        /// How to end it.
        remedy: &'static str,
    },
    /// Conflicts stand in the index.
    #[error("{path} has an unresolved conflict; resolve it, `git add {path}`, and try again")]
    Conflict {
        /// The first file in conflict.
        path: String,
    },
    /// Nothing would be committed.
    #[error("there is nothing to commit: {path} is as it was at the last commit")]
    NothingToCommit {
        /// The paths asked for.
        path: String,
    },
    /// The push cannot be done for the reason given.
    #[error("{0}")]
    Push(String),
}

impl StoreError {
    /// Wraps what the system said about a file.
    pub(crate) fn io(action: &'static str, path: impl Into<String>, source: io::Error) -> Self {
        let path = path.into();
        match source.kind() {
            io::ErrorKind::NotFound if action == "read" => Self::NotFound { path },
            io::ErrorKind::IsADirectory => Self::IsFolder { path },
            io::ErrorKind::NotADirectory => Self::NotAFolder { path },
            _ => Self::Io { action, path, source },
        }
    }
}

impl From<git2::Error> for StoreError {
    fn from(error: git2::Error) -> Self {
        Self::Git2 { message: error.message().to_owned() }
    }
}

/// Says why in plain words, with a remedy where there is a usual one.
fn reason(source: &io::Error) -> String {
    match source.kind() {
        io::ErrorKind::PermissionDenied => {
            "permission denied; look at its owner and mode (ls -l), or ask whoever shares it".to_owned()
        }
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only; work in a copy".to_owned(),
        io::ErrorKind::FileTooLarge => {
            "file too large for the disk, or for the limit that is set on files (ulimit -f)".to_owned()
        }
        io::ErrorKind::QuotaExceeded => {
            "your share of the disk is used up; make room and try again".to_owned()
        }
        io::ErrorKind::StorageFull => "the disk is full; make room and try again".to_owned(),
        io::ErrorKind::InvalidFilename => {
            "the name is too long for this system; choose a shorter id".to_owned()
        }
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        _ => {
            let text = source.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    }
}
