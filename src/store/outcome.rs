//! What a list of changes comes to, as the fewest steps: what appears, what is replaced, what vanishes.
//!
//! A new folder appears with all that is in it, and one from which everything goes vanishes as a whole, so that a
//! project that is moved or removed is never seen in part. What is moved appears under its new path first and
//! vanishes under the old one last: whoever refers to it always refers to something that is there.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use super::looked::Looked;
use super::path::{join, split};
use super::{FileChange, StoreError, disk};

/// What a file will hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// What another file holds, which vanishes.
    Of(String),
}

/// A file, or a folder with its files, at a path where nothing is.
#[derive(Debug)]
pub(super) struct Appearing {
    pub path: String,
    pub is_folder: bool,
    pub files: Vec<(String, Content)>,
}

/// A file with other bytes.
#[derive(Debug)]
pub(super) struct Replaced {
    pub path: String,
    pub before: Vec<u8>,
    pub after: Vec<u8>,
}

/// What a file that vanishes must still hold then.
#[derive(Debug)]
pub(super) enum Still {
    /// These bytes, from which the change was planned.
    Bytes(Vec<u8>),
    /// What its new path holds.
    At(String),
}

/// A file, or a folder with its files, that goes.
#[derive(Debug)]
pub(super) struct Vanishing {
    pub path: String,
    pub files: Vec<(String, Still)>,
}

/// The steps, each kind in the order in which it was planned.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub appearing: Vec<Appearing>,
    pub replaced: Vec<Replaced>,
    pub vanishing: Vec<Vanishing>,
}

impl Outcome {
    /// Works the changes out; `expected` is what some files held when they were planned.
    pub fn of(
        root: &Path,
        changes: &[FileChange],
        expected: &BTreeMap<String, Vec<u8>>,
    ) -> Result<Self, StoreError> {
        let (order, ends) = ends(changes);
        let mut tops = BTreeMap::new();
        let mut looked = Looked::new(root);
        let mut outcome = Self::default();
        let mut gone: BTreeSet<&str> = BTreeSet::new();
        let mut stays: BTreeSet<&str> = BTreeSet::new();
        for path in &order {
            let there = looked.exists(path)?;
            match &ends[path.as_str()] {
                None if there => drop(gone.insert(path)),
                None => {}
                Some(content) if !there => {
                    stays.insert(path);
                    outcome.appears(looked.missing(path)?, path, content.clone(), &mut tops);
                }
                Some(content) => {
                    stays.insert(path);
                    let before = read(root, path)?;
                    if expected.get(path).is_some_and(|seen| *seen != before) {
                        return Err(StoreError::Stale { path: path.clone() });
                    }
                    let after = match content {
                        Content::Bytes(bytes) => bytes.clone(),
                        Content::Of(other) => read(root, other)?,
                    };
                    outcome.replaced.push(Replaced { path: path.clone(), before, after });
                }
            }
        }
        let moved: BTreeMap<&str, &str> = ends
            .iter()
            .filter_map(|(to, content)| match content {
                Some(Content::Of(from)) => Some((from.as_str(), to.as_str())),
                _ => None,
            })
            .collect();
        let mut folders = Folders { root, gone: &gone, stays: &stays, known: BTreeMap::new() };
        for path in order.iter().filter(|path| gone.contains(path.as_str())) {
            let still = match (expected.get(path), moved.get(path.as_str())) {
                (Some(seen), _) => Still::Bytes(seen.clone()),
                (None, Some(to)) => Still::At((*to).to_owned()),
                (None, None) => Still::Bytes(read(root, path)?),
            };
            let whole = folders.highest(path).unwrap_or_else(|| path.clone());
            match outcome.vanishing.iter_mut().find(|known| known.path == whole) {
                Some(known) => known.files.push((path.clone(), still)),
                None => outcome.vanishing.push(Vanishing { path: whole, files: vec![(path.clone(), still)] }),
            }
        }
        Ok(outcome)
    }

    /// Notes a new file, with the highest folder above it that is new as well; `tops` says where those noted stand.
    fn appears(
        &mut self,
        folder: Option<&str>,
        path: &str,
        content: Content,
        tops: &mut BTreeMap<(String, bool), usize>,
    ) {
        let whole = folder.unwrap_or(path);
        let is_folder = folder.is_some();
        let file = (path.to_owned(), content);
        let top = (whole.to_owned(), is_folder);
        match tops.get(&top).and_then(|at| self.appearing.get_mut(*at)) {
            Some(known) => known.files.push(file),
            None => {
                self.appearing.push(Appearing { path: top.0.clone(), is_folder, files: vec![file] });
                tops.insert(top, self.appearing.len() - 1);
            }
        }
    }

    /// How many steps there are.
    pub fn count(&self) -> usize {
        self.appearing.len() + self.replaced.len() + self.vanishing.len()
    }
}

/// What each path holds in the end, and the order in which they were first touched.
fn ends(changes: &[FileChange]) -> (Vec<String>, HashMap<String, Option<Content>>) {
    let mut order = Vec::new();
    let mut ends: HashMap<String, Option<Content>> = HashMap::new();
    for change in changes {
        for path in change.paths() {
            if !ends.contains_key(path) && !order.iter().rev().take(2).any(|known| known == path) {
                order.push(path.to_owned());
            }
        }
        match change {
            FileChange::Create { path, bytes } | FileChange::Write { path, bytes } => {
                ends.insert(path.clone(), Some(Content::Bytes(bytes.clone())));
            }
            FileChange::Remove { path } => drop(ends.insert(path.clone(), None)),
            FileChange::Rename { from, to } => {
                let moved = ends.insert(from.clone(), None).flatten();
                ends.insert(to.clone(), Some(moved.unwrap_or_else(|| Content::Of(from.clone()))));
            }
        }
    }
    (order, ends)
}

fn read(root: &Path, path: &str) -> Result<Vec<u8>, StoreError> {
    disk::read(&root.join(path)).map_err(|error| StoreError::io("read", path, error))
}

/// Which folders lose everything that is in them.
struct Folders<'a> {
    root: &'a Path,
    gone: &'a BTreeSet<&'a str>,
    stays: &'a BTreeSet<&'a str>,
    known: BTreeMap<String, bool>,
}

impl Folders<'_> {
    /// The highest folder above a path that goes as a whole.
    fn highest(&mut self, path: &str) -> Option<String> {
        let mut found = None;
        let (mut folder, _) = split(path);
        while !folder.is_empty() && self.is_emptied(folder) {
            found = Some(folder.to_owned());
            folder = split(folder).0;
        }
        found
    }

    fn is_emptied(&mut self, folder: &str) -> bool {
        if let Some(known) = self.known.get(folder) {
            return *known;
        }
        let start = format!("{folder}/");
        let gains = self.stays.range(start.as_str()..).next().is_some_and(|path| path.starts_with(&start));
        let emptied = !gains && self.loses_all(folder);
        self.known.insert(folder.to_owned(), emptied);
        emptied
    }

    fn loses_all(&mut self, folder: &str) -> bool {
        let Ok(entries) = std::fs::read_dir(self.root.join(folder)) else { return false };
        for entry in entries {
            let Ok(entry) = entry else { return false };
            let Ok(name) = entry.file_name().into_string() else { return false };
            let path = join(folder, &name);
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            let goes = if is_folder { self.is_emptied(&path) } else { self.gone.contains(path.as_str()) };
            if !goes {
                return false;
            }
        }
        true
    }
}
