//! Files held in memory: for tests, for what is not yet written, and as the index of a git tree.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::error::MAX_FILE;
use super::path::{MAX_LINKS, check_path, follow, split};
use super::{Entry, EntryKind, Source, StoreError};

/// What stands at a path.
#[derive(Debug, Clone)]
pub(crate) enum Node {
    /// A regular file with its bytes.
    File(Arc<[u8]>),
    /// A link and where it leads.
    Link(String),
}

/// A register's files in memory.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    nodes: BTreeMap<String, Node>,
}

impl Memory {
    /// Makes an empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds or replaces a file. The path is checked when it is read.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.nodes.insert(path.into(), Node::File(Arc::from(bytes.into())));
    }

    /// Adds a link, as a work tree or a git tree may hold.
    pub fn insert_link(&mut self, path: impl Into<String>, target: impl Into<String>) {
        self.nodes.insert(path.into(), Node::Link(target.into()));
    }

    /// Removes a file.
    pub fn remove(&mut self, path: &str) -> bool {
        self.nodes.remove(path).is_some()
    }

    /// Returns the paths of all files, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.nodes.keys().map(String::as_str)
    }

    /// Finds a part of `folder` that is a file or a link.
    fn check_folder(&self, folder: &str) -> Result<(), StoreError> {
        let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
        for end in ends {
            let path = &folder[..end];
            match self.nodes.get(path) {
                Some(Node::File(_)) => return Err(StoreError::NotAFolder { path: path.to_owned() }),
                Some(Node::Link(_)) => return Err(StoreError::LinkedFolder { path: path.to_owned() }),
                None => {}
            }
        }
        Ok(())
    }

    fn is_folder(&self, path: &str) -> bool {
        let start = format!("{path}/");
        path.is_empty()
            || self.nodes.range(start.clone()..).next().is_some_and(|(next, _)| next.starts_with(&start))
    }

    fn find(&self, path: &str, links: u8) -> Result<Arc<[u8]>, StoreError> {
        check_path(path)?;
        self.check_folder(split(path).0)?;
        match self.nodes.get(path) {
            Some(Node::File(bytes)) => Ok(Arc::clone(bytes)),
            Some(Node::Link(target)) if links == 0 => {
                Err(StoreError::LeadsOut { path: path.to_owned(), target: target.clone() })
            }
            Some(Node::Link(target)) => self.find(&follow(path, target)?, links - 1),
            None if self.is_folder(path) => Err(StoreError::IsFolder { path: path.to_owned() }),
            None => Err(StoreError::NotFound { path: path.to_owned() }),
        }
    }
}

impl<P: Into<String>, B: Into<Vec<u8>>> FromIterator<(P, B)> for Memory {
    fn from_iter<I: IntoIterator<Item = (P, B)>>(files: I) -> Self {
        let mut memory = Self::new();
        for (path, bytes) in files {
            memory.insert(path, bytes);
        }
        memory
    }
}

impl Source for Memory {
    fn list(&self, folder: &str) -> Result<Vec<Entry>, StoreError> {
        check_path(folder)?;
        self.check_folder(folder)?;
        let start = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let mut entries: BTreeMap<&str, Entry> = BTreeMap::new();
        for (path, node) in self.nodes.range(start.clone()..) {
            let Some(rest) = path.strip_prefix(&start) else { break };
            let (name, kind, size_hint) = match (rest.split_once('/'), node) {
                (Some((name, _)), _) => (name, EntryKind::Folder, None),
                (None, Node::File(bytes)) => (rest, EntryKind::File, Some(bytes.len() as u64)),
                (None, Node::Link(_)) => (rest, EntryKind::Link, None),
            };
            entries.entry(name).or_insert_with(|| Entry {
                name: name.to_owned(),
                kind,
                size_hint,
                object: None,
            });
        }
        Ok(entries.into_values().collect())
    }

    fn read(&self, path: &str, into: &mut Vec<u8>) -> Result<(), StoreError> {
        into.clear();
        let bytes = self.find(path, MAX_LINKS)?;
        if bytes.len() as u64 > MAX_FILE {
            return Err(StoreError::TooLarge { path: path.to_owned() });
        }
        into.extend_from_slice(&bytes);
        Ok(())
    }

    fn describe(&self) -> String {
        "memory".to_owned()
    }
}
