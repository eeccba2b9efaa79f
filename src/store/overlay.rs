//! Planned changes over another source, so that they can be checked before anything is written.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::error::MAX_FILE;
use super::path::{check_path, split};
use super::{Entry, EntryKind, FileChange, Source, StoreError};

/// What the changes make of a path.
enum Planned {
    Bytes(Arc<[u8]>),
    /// The bytes that the source below has at another path.
    From(String),
    Gone,
}

/// A source as it would be after some changes.
pub struct Overlay {
    base: Arc<dyn Source>,
    planned: BTreeMap<String, Planned>,
}

impl Overlay {
    /// Puts `changes`, in their order, over `base`.
    pub fn new(base: Arc<dyn Source>, changes: &[FileChange]) -> Self {
        let mut planned = BTreeMap::new();
        for change in changes {
            match change {
                FileChange::Create { path, bytes } | FileChange::Write { path, bytes } => {
                    planned.insert(path.clone(), Planned::Bytes(Arc::from(bytes.as_slice())));
                }
                FileChange::Remove { path } => {
                    planned.insert(path.clone(), Planned::Gone);
                }
                FileChange::Rename { from, to } => {
                    let moved = planned.insert(from.clone(), Planned::Gone);
                    planned.insert(to.clone(), moved.unwrap_or_else(|| Planned::From(from.clone())));
                }
            }
        }
        Self { base, planned }
    }

    /// Returns the part of `folder` that is planned to be a file, if there is one.
    fn check_folder(&self, folder: &str) -> Result<(), StoreError> {
        let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
        for path in ends.map(|end| &folder[..end]) {
            if matches!(self.planned.get(path), Some(Planned::Bytes(_) | Planned::From(_))) {
                return Err(StoreError::NotAFolder { path: path.to_owned() });
            }
        }
        Ok(())
    }

    fn adds_below(&self, folder: &str) -> bool {
        let start = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let below = self.planned.range(start.clone()..).take_while(|(path, _)| path.starts_with(&start));
        below.into_iter().any(|(_, planned)| !matches!(planned, Planned::Gone))
    }
}

impl Source for Overlay {
    fn list(&self, folder: &str) -> Result<Vec<Entry>, StoreError> {
        check_path(folder)?;
        self.check_folder(folder)?;
        let start = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let below = self.base.list(folder);
        // What stands below may be a file that the changes remove or move away.
        let below = match below {
            Err(StoreError::NotAFolder { .. }) if self.adds_below(folder) => Vec::new(),
            below => below?,
        };
        let mut entries: BTreeMap<String, Entry> =
            below.into_iter().map(|entry| (entry.name.clone(), entry)).collect();
        let mut thinned = std::collections::BTreeSet::new();
        for (path, planned) in self.planned.range(start.clone()..) {
            let Some(rest) = path.strip_prefix(&start) else { break };
            let (name, kind) = match rest.split_once('/') {
                Some((name, _)) => (name, EntryKind::Folder),
                None => (rest, EntryKind::File),
            };
            match (planned, kind) {
                (Planned::Gone, EntryKind::File) => {
                    entries.remove(name);
                }
                (Planned::Gone, _) => {
                    thinned.insert(name);
                }
                _ => {
                    let size_hint = match planned {
                        Planned::Bytes(bytes) if kind == EntryKind::File => Some(bytes.len() as u64),
                        _ => None,
                    };
                    let entry = Entry { name: name.to_owned(), kind, size_hint, object: None };
                    let known = entries.get(name).is_some_and(|entry| entry.kind == EntryKind::Folder);
                    if !(known && kind == EntryKind::Folder) {
                        entries.insert(name.to_owned(), entry);
                    }
                }
            }
        }
        // A folder goes with its last file, as it does on the disk.
        for name in thinned {
            if self.list(&super::path::join(folder, name))?.is_empty() {
                entries.remove(name);
            }
        }
        Ok(entries.into_values().collect())
    }

    fn read(&self, path: &str, into: &mut Vec<u8>) -> Result<(), StoreError> {
        into.clear();
        check_path(path)?;
        self.check_folder(split(path).0)?;
        match self.planned.get(path) {
            Some(Planned::Bytes(bytes)) if bytes.len() as u64 > MAX_FILE => {
                Err(StoreError::TooLarge { path: path.to_owned() })
            }
            Some(Planned::Bytes(bytes)) => {
                into.extend_from_slice(bytes);
                Ok(())
            }
            Some(Planned::From(from)) => self.base.read(from, into),
            Some(Planned::Gone) => Err(StoreError::NotFound { path: path.to_owned() }),
            None => match self.base.read(path, into) {
                Err(StoreError::NotFound { .. }) if self.adds_below(path) => {
                    Err(StoreError::IsFolder { path: path.to_owned() })
                }
                result => result,
            },
        }
    }

    fn describe(&self) -> String {
        format!("{} with planned changes", self.base.describe())
    }
}
