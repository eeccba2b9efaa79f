//! Git's objects through the git program, for repositories that libgit2 cannot open: reftable,
//! SHA-256, partial clones. One `cat-file --batch` answers every question.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::{Mutex, PoisonError};

use super::StoreError;
use super::discover::Repo;
use super::error::MAX_FILE;
use super::git::{self, Git};
use super::objects::{Objects, Resolved, Tip, TreeEntry};
use super::past::{self, PastCommit};

/// A running `git cat-file --batch`.
pub(crate) struct GitProgram {
    git: Git,
    batch: Mutex<Batch>,
}

struct Batch {
    child: Child,
    ask: Option<ChildStdin>,
    answer: BufReader<ChildStdout>,
}

/// An object's id, type and bytes.
struct Object {
    id: String,
    kind: String,
    bytes: Vec<u8>,
}

impl GitProgram {
    /// Starts git in a repository.
    pub fn open(repo: &Repo) -> Result<Self, StoreError> {
        let git = repo.git();
        git.line(["rev-parse", "--git-dir"])?;
        let mut command = git.reading(["cat-file", "--batch"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = git::start(command)?;
        let ask = child.stdin.take();
        let Some(answer) = child.stdout.take() else {
            return Err(broken());
        };
        Ok(Self { git, batch: Mutex::new(Batch { child, ask, answer: BufReader::new(answer) }) })
    }

    /// Asks for an object; `None` if there is no such one, or it is over the limit.
    fn ask(&self, name: &str) -> Result<Option<Object>, StoreError> {
        if name.contains(['\n', '\0']) {
            return Ok(None);
        }
        let mut batch = self.batch.lock().unwrap_or_else(PoisonError::into_inner);
        let lost = |_| broken();
        let Some(ask) = &mut batch.ask else { return Err(broken()) };
        ask.write_all(format!("{name}\n").as_bytes()).and_then(|()| ask.flush()).map_err(lost)?;
        let mut header = String::new();
        if batch.answer.read_line(&mut header).map_err(lost)? == 0 {
            return Err(broken());
        }
        let mut words = header.trim_end().rsplitn(3, ' ');
        let (size, kind, id) = (words.next(), words.next(), words.next());
        let size = size.and_then(|size| size.parse::<u64>().ok());
        let (Some(size), Some(kind), Some(id)) = (size, kind, id) else { return Ok(None) };
        let mut bytes = Vec::new();
        let mut rest = (&mut batch.answer).take(size + 1);
        if kind == "blob" && size > MAX_FILE {
            std::io::copy(&mut rest, &mut std::io::sink()).map_err(lost)?;
        } else {
            rest.read_to_end(&mut bytes).map_err(lost)?;
            bytes.truncate(bytes.len().saturating_sub(1));
        }
        let kind = if kind == "blob" && size > MAX_FILE { "large" } else { kind };
        Ok(Some(Object { id: id.to_owned(), kind: kind.to_owned(), bytes }))
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        drop(self.ask.take());
        drop(self.child.wait());
    }
}

impl Objects for GitProgram {
    fn resolve(&self, rev: &str) -> Result<Resolved, StoreError> {
        let unknown = || StoreError::NoRevision { rev: rev.to_owned() };
        let object = self.ask(&format!("{rev}^{{commit}}"))?.ok_or_else(unknown)?;
        let text = String::from_utf8_lossy(&object.bytes);
        let tree = text.lines().next().and_then(|line| line.strip_prefix("tree ")).ok_or_else(unknown)?;
        Ok(Resolved { commit: object.id, tree: tree.to_owned() })
    }

    fn full_name(&self, rev: &str) -> Option<String> {
        let args = ["rev-parse", "--symbolic-full-name", "--verify", "--quiet", "--end-of-options", rev];
        let name = self.git.line(args).ok()?;
        name.lines().last().filter(|name| name.starts_with("refs/")).map(str::to_owned)
    }

    fn tree(&self, id: &str) -> Result<Vec<TreeEntry>, StoreError> {
        let object = self.ask(id)?.filter(|object| object.kind == "tree").ok_or_else(broken)?;
        let id_length = object.id.len() / 2;
        let mut entries = Vec::new();
        let mut rest = object.bytes.as_slice();
        // Each entry is "MODE NAME\0ID", the id in raw bytes.
        while let Some(end) = rest.iter().position(|&byte| byte == 0) {
            let (head, tail) = rest.split_at(end);
            let (Some(space), Some(id)) = (head.iter().position(|&b| b == b' '), tail.get(1..=id_length))
            else {
                return Err(broken());
            };
            let mode =
                std::str::from_utf8(&head[..space]).ok().and_then(|mode| u32::from_str_radix(mode, 8).ok());
            let id: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
            entries.push(TreeEntry::new(&head[space + 1..], mode.unwrap_or_default(), id));
            rest = &tail[1 + id_length..];
        }
        Ok(entries)
    }

    fn blob(&self, id: &str, path: &str, into: &mut Vec<u8>) -> Result<(), StoreError> {
        let object = self.ask(id)?.ok_or_else(absent)?;
        match object.kind.as_str() {
            "blob" => into.extend_from_slice(&object.bytes),
            "large" => return Err(StoreError::TooLarge { path: path.to_owned() }),
            _ => return Err(StoreError::NotAFile { path: path.to_owned() }),
        }
        Ok(())
    }

    fn commit(&self, id: &str) -> Result<PastCommit, StoreError> {
        let object = self.ask(id)?.filter(|object| object.kind == "commit").ok_or_else(broken)?;
        past::parse(&object.id, &String::from_utf8_lossy(&object.bytes)).ok_or_else(broken)
    }

    fn branches(&self) -> Result<Vec<Tip>, StoreError> {
        let format = "--format=%(objectname) %(refname) %(symref)";
        let out = self.git.line(["for-each-ref", format, "refs/heads", "refs/remotes"])?;
        let mut tips = Vec::new();
        for line in out.lines() {
            let mut words = line.splitn(3, ' ');
            if let (Some(commit), Some(name), "") =
                (words.next(), words.next(), words.next().unwrap_or_default())
            {
                tips.push(Tip { name: name.to_owned(), commit: commit.to_owned() });
            }
        }
        Ok(tips)
    }
}

/// Says that an object is not here.
fn absent() -> StoreError {
    let said = "an object is not here, as in a partial clone, and reading fetches nothing; `git log -p >/dev/null` fetches what history needs".to_owned();
    StoreError::GitFailed { command: "cat-file --batch".to_owned(), said }
}

/// Says that git answered in an unexpected way or stopped.
fn broken() -> StoreError {
    let said = "it stopped before it answered; `git fsck` tells whether the repository is whole".to_owned();
    StoreError::GitFailed { command: "cat-file --batch".to_owned(), said }
}
