//! Git's objects through libgit2, which starts no process.

use std::cmp::Ordering;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use git2::{ErrorCode, ObjectType, Oid, Repository, Tree, TreeEntry as TreeRef};

use super::StoreError;
use super::discover::Repo;
use super::error::MAX_FILE;
use super::objects::{Objects, Resolved, Tip, TreeEntry};
use super::past::{Difference, PastCommit};

/// A repository opened with libgit2, once for each thread that reads at the same time.
pub(crate) struct LibGit {
    git_dir: PathBuf,
    idle: Mutex<Vec<Repository>>,
}

impl LibGit {
    /// Opens a repository.
    pub fn open(repo: &Repo) -> Result<Self, StoreError> {
        // Reading back what git wrote: the hash was checked when the object arrived.
        git2::opts::strict_hash_verification(false);
        let first = Repository::open(&repo.git_dir)?;
        // A repository may open and still not be readable, as with reftable.
        match first.head() {
            Ok(_) => {}
            Err(error) if error.code() == ErrorCode::UnbornBranch => {}
            Err(error) => return Err(error.into()),
        }
        Ok(Self { git_dir: repo.git_dir.clone(), idle: Mutex::new(vec![first]) })
    }

    fn with<T>(&self, act: impl FnOnce(&Repository) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let repo = match idle {
            Some(repo) => repo,
            None => Repository::open(&self.git_dir)?,
        };
        let result = act(&repo);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(repo);
        result
    }
}

/// The place of an entry in git's order: folders stand as if their names ended in `/`.
fn key(entry: &TreeRef<'_>) -> Vec<u8> {
    let mut key = entry.name_bytes().to_vec();
    if entry.kind() == Some(ObjectType::Tree) {
        key.push(b'/');
    }
    key
}

/// Finds one entry in a tree as git stores it, `MODE NAME\0ID` after one another, and makes nothing of the others.
fn entry_in(tree: &[u8], id_length: usize, name: &str) -> Option<TreeEntry> {
    let mut rest = tree;
    while let Some(end) = rest.iter().position(|&byte| byte == 0) {
        let (head, tail) = rest.split_at(end);
        let id = tail.get(1..=id_length)?;
        let before = head.strip_suffix(name.as_bytes()).and_then(|before| before.strip_suffix(b" "));
        // A name may hold a blank and end in what is looked for: then a mode is not all that stands before.
        let mode = before.and_then(|mode| std::str::from_utf8(mode).ok());
        if let Some(mode) = mode.and_then(|mode| u32::from_str_radix(mode, 8).ok()) {
            let id = id.iter().map(|byte| format!("{byte:02x}")).collect();
            return Some(TreeEntry::new(name.as_bytes(), mode, id));
        }
        rest = &tail[1 + id_length..];
    }
    None
}

impl Objects for LibGit {
    fn resolve(&self, rev: &str) -> Result<Resolved, StoreError> {
        self.with(|repo| {
            let unknown = |_| StoreError::NoRevision { rev: rev.to_owned() };
            let commit =
                repo.revparse_single(rev).and_then(|object| object.peel_to_commit()).map_err(unknown)?;
            Ok(Resolved { commit: commit.id().to_string(), tree: commit.tree_id().to_string() })
        })
    }

    fn full_name(&self, rev: &str) -> Option<String> {
        let found = self.with(|repo| {
            let reference = repo.resolve_reference_from_short_name(rev)?;
            Ok(reference.name().ok().map(str::to_owned))
        });
        found.ok().flatten()
    }

    fn tree(&self, id: &str) -> Result<Vec<TreeEntry>, StoreError> {
        self.with(|repo| {
            let tree = repo.find_tree(Oid::from_str(id)?)?;
            let entries = tree.iter();
            let mode = |mode: i32| u32::try_from(mode).unwrap_or_default();
            Ok(entries
                .map(|e| TreeEntry::new(e.name_bytes(), mode(e.filemode_raw()), e.id().to_string()))
                .collect())
        })
    }

    fn root(&self, commit: &str) -> Result<String, StoreError> {
        let found = self.with(|repo| {
            let database = repo.odb()?;
            let object = database.read(Oid::from_str(commit)?)?;
            // A commit begins "tree ID\n"; to read the rest of it costs more than to find it.
            let tree =
                object.data().strip_prefix(b"tree ").and_then(|rest| rest.split(|&b| b == b'\n').next());
            let tree = tree.filter(|_| object.kind() == ObjectType::Commit);
            Ok(tree.and_then(|id| std::str::from_utf8(id).ok()).map(str::to_owned))
        })?;
        match found {
            Some(tree) => Ok(tree),
            None => Ok(self.resolve(commit)?.tree),
        }
    }

    fn entry(&self, tree: &str, name: &str) -> Result<Option<TreeEntry>, StoreError> {
        let id = Oid::from_str(tree)?;
        self.with(|repo| {
            let database = repo.odb()?;
            let object = database.read(id)?;
            if object.kind() != ObjectType::Tree {
                return Err(StoreError::NotAFolder { path: name.to_owned() });
            }
            Ok(entry_in(object.data(), id.as_bytes().len(), name))
        })
    }

    fn blob(&self, id: &str, path: &str, into: &mut Vec<u8>) -> Result<(), StoreError> {
        self.with(|repo| {
            let database = repo.odb()?;
            let object = database.read(Oid::from_str(id)?)?;
            if object.kind() != ObjectType::Blob {
                return Err(StoreError::NotAFile { path: path.to_owned() });
            }
            if object.len() as u64 > MAX_FILE {
                return Err(StoreError::TooLarge { path: path.to_owned() });
            }
            into.extend_from_slice(object.data());
            Ok(())
        })
    }

    fn commit(&self, id: &str) -> Result<PastCommit, StoreError> {
        self.with(|repo| {
            let commit = repo.find_commit(Oid::from_str(id)?)?;
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let (author, committer) = (commit.author(), commit.committer());
            Ok(PastCommit {
                id: id.to_owned(),
                tree: commit.tree_id().to_string(),
                parents: commit.parent_ids().map(|id| id.to_string()).collect(),
                seconds: commit.time().seconds(),
                offset_minutes: commit.time().offset_minutes(),
                author: text(author.name_bytes()),
                emails: [text(author.email_bytes()), text(committer.email_bytes())],
            })
        })
    }

    fn differences(&self, before: Option<&str>, after: Option<&str>) -> Result<Vec<Difference>, StoreError> {
        self.with(|repo| {
            let tree = |id: Option<&str>| id.map(|id| repo.find_tree(Oid::from_str(id)?)).transpose();
            let (before, after) = (tree(before)?, tree(after)?);
            let mut found = Vec::new();
            // Trees are short lists in an order of their own; both have it, so one pass finds most.
            let (mut left, mut right) =
                (before.iter().flat_map(Tree::iter).peekable(), after.iter().flat_map(Tree::iter).peekable());
            loop {
                let order = match (left.peek(), right.peek()) {
                    (None, None) => break,
                    (Some(_), None) => Ordering::Less,
                    (None, Some(_)) => Ordering::Greater,
                    (Some(l), Some(r)) => key(l).cmp(&key(r)),
                };
                let l = if order.is_le() { left.next() } else { None };
                let r = if order.is_ge() { right.next() } else { None };
                if l.as_ref().map(|l| l.id()) != r.as_ref().map(|r| r.id())
                    && let Some(either) = l.as_ref().or(r.as_ref())
                {
                    found.push(Difference {
                        name: String::from_utf8_lossy(either.name_bytes()).into_owned(),
                        before: l.as_ref().map(|l| l.id().to_string()),
                        after: r.as_ref().map(|r| r.id().to_string()),
                    });
                }
            }
            Ok(found)
        })
    }

    fn branches(&self) -> Result<Vec<Tip>, StoreError> {
        self.with(|repo| {
            let mut tips = Vec::new();
            for reference in repo.references()? {
                let reference = reference?;
                let Ok(name) = reference.name() else { continue };
                if !name.starts_with("refs/heads/") && !name.starts_with("refs/remotes/") {
                    continue;
                }
                if let Some(commit) = reference.target() {
                    tips.push(Tip { name: name.to_owned(), commit: commit.to_string() });
                }
            }
            tips.sort_unstable_by(|a, b| a.name.cmp(&b.name));
            Ok(tips)
        })
    }
}
