//! Files as they stood at a commit.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::discover::{Location, Repo, short_id};
use super::moved::{self, Former, Place};
use super::objects::{self, Objects, TreeEntry};
use super::path::{MAX_LINKS, check_path, follow, split};
use super::{Entry, EntryKind, Source, StoreError};

/// A register's files at a commit.
pub struct Revision {
    objects: Arc<dyn Objects>,
    commit: String,
    root: String,
    /// The folder of the register in the commit, `""` for the repository's root.
    prefix: String,
    description: String,
    /// Whether the files are a commit's, and not only staged for one.
    is_commit: bool,
    /// Folders read so far, sorted by name.
    folders: RwLock<HashMap<String, Arc<Vec<TreeEntry>>>>,
}

impl Revision {
    /// Opens the register as it stood at a revision, in whatever words git understands.
    pub fn open(location: &Location, rev: &str) -> Result<Self, StoreError> {
        let repo = location.repo()?;
        Self::with(objects::open(repo)?, repo, rev)
    }

    pub(crate) fn with(objects: Arc<dyn Objects>, repo: &Repo, rev: &str) -> Result<Self, StoreError> {
        let found = objects.resolve(rev).map_err(|error| match (&repo.head, error) {
            (super::Head::Unborn { name }, StoreError::NoRevision { .. }) => {
                StoreError::Unborn { branch: name.clone() }
            }
            (_, error) => error,
        })?;
        let mut description = format!("commit {}", short_id(&found.commit));
        if let Some(name) = objects.reference(rev) {
            description.push_str(&format!(" ({name})"));
        }
        let place = Former::default().place(objects.as_ref(), repo, &found.tree)?;
        let Some(Place { prefix, tree: root }) = place else {
            return Err(StoreError::NotAtRevision { path: repo.prefix.clone(), rev: rev.to_owned() });
        };
        let place = Place { prefix, tree: root };
        Ok(Self::in_place(objects, &found.commit, place).described(description))
    }

    /// Opens the register's files at a commit whose place in it is known.
    pub(crate) fn in_place(objects: Arc<dyn Objects>, commit: &str, place: Place) -> Self {
        Self {
            objects,
            commit: commit.to_owned(),
            root: place.tree,
            prefix: place.prefix,
            description: format!("commit {}", short_id(commit)),
            is_commit: true,
            folders: RwLock::default(),
        }
    }

    /// Gives it other words for where its files come from.
    #[must_use]
    pub fn described(mut self, words: impl Into<String>) -> Self {
        self.description = words.into();
        self
    }

    /// Returns the folder in which the register stood in the commit, `""` for the repository's root: another
    /// one than today's where it has moved since.
    pub fn place(&self) -> &str {
        &self.prefix
    }

    /// Opens the register in a tree of git's that no commit has yet, which `description` names.
    pub(crate) fn of_tree(
        objects: Arc<dyn Objects>,
        repo: &Repo,
        tree: String,
        description: String,
        commit: String,
        missing: impl Fn() -> StoreError,
    ) -> Result<Self, StoreError> {
        let root = moved::folder(objects.as_ref(), &tree, &repo.prefix)?.ok_or_else(missing)?;
        let (prefix, folders) = (repo.prefix.clone(), RwLock::default());
        Ok(Self { objects, commit, root, prefix, description, is_commit: false, folders })
    }

    /// Returns the full id of the commit.
    pub fn commit(&self) -> &str {
        &self.commit
    }

    /// Reads a folder; `None` if there is none.
    fn folder(&self, path: &str) -> Result<Option<Arc<Vec<TreeEntry>>>, StoreError> {
        if let Some(known) = self.folders.read().unwrap_or_else(PoisonError::into_inner).get(path) {
            return Ok(Some(Arc::clone(known)));
        }
        let id = if path.is_empty() {
            self.root.clone()
        } else {
            let (parent, name) = split(path);
            let Some(parent) = self.folder(parent)? else { return Ok(None) };
            match find(&parent, name) {
                Some(entry) if entry.kind == EntryKind::Folder => entry.id.clone(),
                Some(entry) if entry.kind == EntryKind::Link => {
                    return Err(StoreError::LinkedFolder { path: path.to_owned() });
                }
                Some(_) => return Err(StoreError::NotAFolder { path: path.to_owned() }),
                None => return Ok(None),
            }
        };
        let mut entries = self.objects.tree(&id)?;
        entries.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        let entries = Arc::new(entries);
        let mut folders = self.folders.write().unwrap_or_else(PoisonError::into_inner);
        folders.insert(path.to_owned(), Arc::clone(&entries));
        Ok(Some(entries))
    }

    fn read_file(&self, path: &str, into: &mut Vec<u8>, links: u8) -> Result<(), StoreError> {
        check_path(path)?;
        let (folder, name) = split(path);
        let folder = self.folder(folder)?;
        let path = || path.to_owned();
        let Some(entry) = folder.as_ref().and_then(|folder| find(folder, name)) else {
            return Err(if name.is_empty() {
                StoreError::IsFolder { path: path() }
            } else {
                StoreError::NotFound { path: path() }
            });
        };
        match entry.kind {
            EntryKind::File => self.objects.blob(&entry.id, &path(), into),
            EntryKind::Folder => Err(StoreError::IsFolder { path: path() }),
            EntryKind::Other => Err(StoreError::NotAFile { path: path() }),
            EntryKind::Link => {
                let mut target = Vec::new();
                self.objects.blob(&entry.id, &path(), &mut target)?;
                let target = String::from_utf8_lossy(&target).into_owned();
                if links == 0 {
                    return Err(StoreError::LeadsOut { path: path(), target });
                }
                self.read_file(&follow(&path(), &target)?, into, links - 1)
            }
        }
    }
}

/// Finds an entry in a sorted folder.
fn find<'a>(folder: &'a [TreeEntry], name: &str) -> Option<&'a TreeEntry> {
    let at = folder.binary_search_by(|entry| entry.name.as_str().cmp(name)).ok()?;
    folder.get(at)
}

impl Source for Revision {
    fn list(&self, folder: &str) -> Result<Vec<Entry>, StoreError> {
        check_path(folder)?;
        let Some(entries) = self.folder(folder)? else { return Ok(Vec::new()) };
        let entries = entries.iter().map(|entry| Entry {
            name: entry.name.clone(),
            kind: entry.kind,
            size_hint: None,
            object: Some(entry.id.clone()),
        });
        Ok(entries.collect())
    }

    fn read(&self, path: &str, into: &mut Vec<u8>) -> Result<(), StoreError> {
        into.clear();
        self.read_file(path, into, MAX_LINKS)
    }

    fn describe(&self) -> String {
        self.description.clone()
    }

    fn commit(&self) -> Option<&str> {
        self.is_commit.then_some(&self.commit)
    }
}
