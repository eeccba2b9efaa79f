//! Runs the user's own `git`.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use super::StoreError;

/// What git sets for its hooks and what would point our commands at another repository.
const INHERITED: [&str; 8] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_PREFIX",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
];

/// The git program, in a folder.
#[derive(Debug, Clone)]
pub(crate) struct Git {
    dir: PathBuf,
    settings: Vec<(String, String)>,
}

impl Git {
    /// Runs in `dir`.
    pub fn at(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into(), settings: Vec::new() }
    }

    /// Adds an environment variable to every command.
    pub fn set(mut self, name: &str, value: impl AsRef<Path>) -> Self {
        self.settings.push((name.to_owned(), value.as_ref().to_string_lossy().into_owned()));
        self
    }

    /// Prepares a command that acts in the user's name: hooks, signing and language hold.
    pub fn command<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new("git");
        for name in INHERITED {
            command.env_remove(name);
        }
        // Untranslated messages, while hooks keep the user's encoding.
        command.env("LANGUAGE", "C").current_dir(&self.dir);
        command.args(["--literal-pathspecs", "-c", "core.quotePath=false"]).args(args);
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Prepares a command that only reads: no locks, no prompts, no program that the repository names.
    pub fn reading<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new("git");
        for name in INHERITED {
            command.env_remove(name);
        }
        // What a partial clone lacks would be fetched by programs that its configuration names.
        command.env("GIT_NO_LAZY_FETCH", "1");
        command.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C");
        command.current_dir(&self.dir);
        command.args(["--literal-pathspecs", "--no-pager", "-c", "core.fsmonitor=false"]).args(args);
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs a reading command and returns what it printed.
    pub fn read<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Result<Vec<u8>, StoreError> {
        run(self.reading(args), b"").and_then(succeeded)
    }

    /// Runs a reading command and returns its only line.
    pub fn line<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Result<String, StoreError> {
        self.read(args).map(|out| String::from_utf8_lossy(&out).trim_end().to_owned())
    }

    /// Tells whether a reading command exits with 0.
    pub fn is<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Result<bool, StoreError> {
        run(self.reading(args), b"").map(|done| done.output.status.success())
    }

    /// Runs a command in the user's name with something on its standard input.
    pub fn run<S: AsRef<OsStr>>(
        &self,
        args: impl IntoIterator<Item = S>,
        input: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        run(self.command(args), input).and_then(succeeded)
    }
}

/// A command that has ended.
pub(crate) struct Done {
    /// The subcommand, for messages.
    pub name: String,
    /// What it printed and how it ended.
    pub output: Output,
}

/// Runs a command to its end.
pub(crate) fn run(mut command: Command, input: &[u8]) -> Result<Done, StoreError> {
    let name = subcommand(&command);
    command.stdin(if input.is_empty() { Stdio::null() } else { Stdio::piped() });
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = start(command)?;
    let writer = child.stdin.take().map(|mut stdin| {
        let input = input.to_vec();
        // git may print before it has read everything; a closed pipe shows in its exit code.
        std::thread::spawn(move || drop(stdin.write_all(&input)))
    });
    let output = child.wait_with_output().map_err(|error| StoreError::io("run", "git", error))?;
    if let Some(writer) = writer {
        drop(writer.join());
    }
    Ok(Done { name, output })
}

/// Starts a command.
pub(crate) fn start(mut command: Command) -> Result<Child, StoreError> {
    command.spawn().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => StoreError::NoGitProgram,
        _ => StoreError::io("run", "git", error),
    })
}

/// Returns what a command printed, or what it said when it failed.
pub(crate) fn succeeded(done: Done) -> Result<Vec<u8>, StoreError> {
    if done.output.status.success() {
        return Ok(done.output.stdout);
    }
    Err(failed(&done))
}

/// Makes an error of a command that failed.
pub(crate) fn failed(done: &Done) -> StoreError {
    let said = [&done.output.stderr, &done.output.stdout]
        .map(|text| String::from_utf8_lossy(text).trim().to_owned());
    let said = said.into_iter().find(|text| !text.is_empty());
    let said = said.unwrap_or_else(|| done.output.status.to_string());
    StoreError::GitFailed { command: done.name.clone(), said }
}

/// Finds the subcommand behind git's own options.
fn subcommand(command: &Command) -> String {
    let mut args = command.get_args().map(OsStr::to_string_lossy);
    while let Some(arg) = args.next() {
        if arg == "-c" {
            args.next();
        } else if !arg.starts_with('-') {
            return arg.into_owned();
        }
    }
    String::new()
}
