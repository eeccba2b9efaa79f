//! A git repository for tests: fixed people and days, none of the user's settings.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::discover::{Location, location_of};

/// A repository in a folder that goes away with it.
pub(crate) struct TestRepo {
    pub dir: tempfile::TempDir,
}

impl TestRepo {
    /// Makes an empty repository with the branch `main`.
    pub fn new() -> Self {
        let repo = Self { dir: tempfile::tempdir().unwrap() };
        repo.git(&["init", "-q", "-b", "main"]);
        repo.settle();
        repo
    }

    /// Clones the newest so many commits of a repository.
    pub fn shallow_clone_of(url: &Path, depth: u32) -> Self {
        let repo = Self { dir: tempfile::tempdir().unwrap() };
        let url = format!("file://{}", url.display());
        repo.git(&["clone", "-q", "--depth", &depth.to_string(), &url, "."]);
        repo.settle();
        repo
    }

    /// Clones a repository.
    pub fn clone_of(url: &Path) -> Self {
        let repo = Self { dir: tempfile::tempdir().unwrap() };
        repo.git(&["clone", "-q", &url.display().to_string(), "."]);
        repo.settle();
        repo
    }

    /// Makes what the user may have set elsewhere harmless.
    fn settle(&self) {
        for (key, value) in [
            ("user.name", "Jana Novak"),
            ("user.email", "jana@example.org"),
            ("commit.gpgsign", "false"),
            ("core.hooksPath", ".git/hooks"),
            ("core.autocrlf", "false"),
        ] {
            self.git(&["config", key, value]);
        }
    }

    pub fn root(&self) -> PathBuf {
        self.dir.path().canonicalize().unwrap()
    }

    pub fn location(&self) -> Location {
        location_of(self.dir.path()).unwrap()
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let full = self.dir.path().join(path);
        std::fs::create_dir_all(full.parent().unwrap()).unwrap();
        std::fs::write(full, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.dir.path().join(path)).unwrap()
    }

    /// Commits everything, on a fixed day.
    pub fn commit_all(&self, message: &str) -> String {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--no-verify", "--allow-empty", "-m", message]);
        self.git(&["rev-parse", "HEAD"])
    }

    /// Commits everything at a moment, in somebody's name.
    pub fn commit_as(&self, email: &str, when: &str) -> String {
        self.git(&["add", "-A"]);
        let author = format!("Somebody <{email}>");
        let args = ["commit", "-q", "--no-verify", "--allow-empty", "-m", "x", "--author", &author];
        git_at(self.dir.path(), &args, when);
        self.git(&["rev-parse", "HEAD"])
    }

    /// Runs git with something on its standard input.
    pub fn git_with(&self, args: &[&str], input: &[u8]) {
        use std::io::Write as _;
        let mut command = Command::new("git");
        command.current_dir(self.dir.path()).args(args).stdin(std::process::Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        assert!(child.wait().unwrap().success(), "git {args:?}");
    }

    /// Runs git and returns what it printed.
    pub fn git(&self, args: &[&str]) -> String {
        git_in(self.dir.path(), args)
    }
}

/// Runs git in a folder, with nothing of the user's.
pub(crate) fn git_in(dir: &Path, args: &[&str]) -> String {
    git_at(dir, args, "2026-11-16T09:00:00Z")
}

/// Runs git in a folder at a moment.
pub(crate) fn git_at(dir: &Path, args: &[&str], when: &str) -> String {
    let mut command = Command::new("git");
    command.current_dir(dir).args(args);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    command.env("GIT_AUTHOR_DATE", when).env("GIT_COMMITTER_DATE", when);
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {args:?}: {said}");
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}
