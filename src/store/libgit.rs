//! Git's objects through libgit2, which starts no process.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use git2::{ErrorCode, ObjectType, Oid, Repository};

use super::StoreError;
use super::discover::Repo;
use super::error::MAX_FILE;
use super::objects::{Objects, Resolved, Tip, TreeEntry};

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

    fn entry(&self, tree: &str, name: &str) -> Result<Option<TreeEntry>, StoreError> {
        self.with(|repo| {
            let tree = repo.find_tree(Oid::from_str(tree)?)?;
            let mode = |mode: i32| u32::try_from(mode).unwrap_or_default();
            let found = tree.get_name(name);
            Ok(found.map(|e| TreeEntry::new(e.name_bytes(), mode(e.filemode_raw()), e.id().to_string())))
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
