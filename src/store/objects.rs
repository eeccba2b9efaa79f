//! Git's objects behind one trait, which libgit2 and the git program both implement.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::discover::Repo;
use super::git_program::GitProgram;
use super::libgit::LibGit;
use super::past::{Difference, PastCommit};
use super::{EntryKind, StoreError};

/// One entry of a git tree.
#[derive(Debug, Clone)]
pub(crate) struct TreeEntry {
    /// The name, lossy where it is not UTF-8.
    pub name: String,
    /// What it is.
    pub kind: EntryKind,
    /// The id of the blob or tree.
    pub id: String,
}

impl TreeEntry {
    /// Makes an entry from what a tree holds.
    pub fn new(name: &[u8], mode: u32, id: String) -> Self {
        let kind = match (mode & 0o170_000, std::str::from_utf8(name)) {
            (_, Err(_)) => EntryKind::Other,
            (0o100_000, _) => EntryKind::File,
            (0o040_000, _) => EntryKind::Folder,
            (0o120_000, _) => EntryKind::Link,
            _ => EntryKind::Other,
        };
        Self { name: String::from_utf8_lossy(name).into_owned(), kind, id }
    }
}

/// A branch and where it points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tip {
    /// The full name of the reference.
    pub name: String,
    /// The id of its commit.
    pub commit: String,
}

/// A commit, as far as a source needs it.
#[derive(Debug, Clone)]
pub(crate) struct Resolved {
    /// The id of the commit.
    pub commit: String,
    /// The id of its root tree.
    pub tree: String,
}

/// Reads git's objects by id.
pub(crate) trait Objects: Send + Sync {
    /// Finds the commit that a revision names.
    fn resolve(&self, rev: &str) -> Result<Resolved, StoreError>;
    /// Finds the root tree of a commit, which is named by its full id.
    fn root(&self, commit: &str) -> Result<String, StoreError> {
        Ok(self.resolve(commit)?.tree)
    }
    /// Returns the full name of the reference that `rev` is short for, if it is one.
    fn full_name(&self, rev: &str) -> Option<String>;
    /// Returns the tag or branch that `rev` is short for, in words: `tag v1`, `branch main`.
    fn reference(&self, rev: &str) -> Option<String> {
        let name = self.full_name(rev).filter(|_| rev != "HEAD" && rev != "@")?;
        let tag = name.strip_prefix("refs/tags/").map(|tag| format!("tag {tag}"));
        tag.or_else(|| Some(format!("branch {}", name.strip_prefix("refs/heads/")?)))
    }
    /// Reads a tree.
    fn tree(&self, id: &str) -> Result<Vec<TreeEntry>, StoreError>;
    /// Finds one entry of a tree.
    fn entry(&self, tree: &str, name: &str) -> Result<Option<TreeEntry>, StoreError> {
        Ok(self.tree(tree)?.into_iter().find(|entry| entry.name == name))
    }
    /// Appends a blob to `into`; `path` is for messages. Blobs over the limit are refused.
    fn blob(&self, id: &str, path: &str, into: &mut Vec<u8>) -> Result<(), StoreError>;
    /// Reads a commit.
    fn commit(&self, id: &str) -> Result<PastCommit, StoreError>;
    /// Finds the entries in which two trees differ, in any order.
    fn differences(&self, before: Option<&str>, after: Option<&str>) -> Result<Vec<Difference>, StoreError> {
        let entries = |tree: Option<&str>| -> Result<BTreeMap<String, String>, StoreError> {
            let entries = tree.map(|tree| self.tree(tree)).transpose()?.unwrap_or_default();
            Ok(entries.into_iter().map(|entry| (entry.name, entry.id)).collect())
        };
        let (before, mut after) = (entries(before)?, entries(after)?);
        let mut found = Vec::new();
        for (name, id) in before {
            match after.remove(&name) {
                Some(same) if same == id => {}
                other => found.push(Difference { name, before: Some(id), after: other }),
            }
        }
        found.extend(after.into_iter().map(|(name, id)| Difference { name, before: None, after: Some(id) }));
        Ok(found)
    }
    /// Lists every local and remote-tracking branch.
    fn branches(&self) -> Result<Vec<Tip>, StoreError>;
}

/// Opens a repository's objects through libgit2, or through the git program where libgit2 cannot.
pub(crate) fn open(repo: &Repo) -> Result<Arc<dyn Objects>, StoreError> {
    match LibGit::open(repo) {
        Ok(objects) => Ok(Arc::new(objects)),
        Err(_) => Ok(Arc::new(GitProgram::open(repo)?)),
    }
}
