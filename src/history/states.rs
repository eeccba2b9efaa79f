//! Two states of a register beside each other: which files differ, and what each says.
//!
//! Trees are compared by the ids of their objects from the root down, so that what is equal is never read;
//! the work tree is compared through HEAD and what git says is not committed.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::load::{self, CONFIG};
use crate::model::RecordId;
use crate::model::field::{Contents, Differing, FilePair};
use crate::store::{self, Entry, EntryKind, Location, Memory, Revision, Source, StoreError};

/// A state of a register.
pub enum State {
    /// As it stood at a commit.
    At(Box<Revision>),
    /// As it lies on the disk.
    WorkTree,
    /// Before there was any.
    Nothing,
}

impl State {
    /// The files of the state.
    pub fn source<'a>(&'a self, location: &Location) -> Box<dyn Source + 'a> {
        match self {
            Self::At(revision) => Box::new(Borrowed(revision)),
            Self::WorkTree => Box::new(location.work_tree()),
            Self::Nothing => Box::new(Memory::new()),
        }
    }

    fn revision(&self) -> Option<&Revision> {
        match self {
            Self::At(revision) => Some(revision),
            Self::WorkTree | Self::Nothing => None,
        }
    }
}

/// The files of a commit that somebody else holds.
struct Borrowed<'a>(&'a Revision);

impl Source for Borrowed<'_> {
    fn list(&self, folder: &str) -> Result<Vec<Entry>, StoreError> {
        self.0.list(folder)
    }

    fn read(&self, path: &str, into: &mut Vec<u8>) -> Result<(), StoreError> {
        self.0.read(path, into)
    }

    fn describe(&self) -> String {
        self.0.describe()
    }
}

/// Finds every file that is not the same in two states, and reads it in both.
///
/// Files that differ only in how their lines end are the same.
pub fn differing(location: &Location, before: &State, after: &State) -> Result<Differing, StoreError> {
    let mut paths = BTreeSet::new();
    let at_head = || -> Result<Option<Revision>, StoreError> {
        let head = location.repo()?.head.commit();
        head.map(|head| Revision::open(location, head)).transpose()
    };
    match (before, after) {
        (State::WorkTree, State::WorkTree) => {}
        (State::WorkTree, other) | (other, State::WorkTree) => {
            compare(other.revision(), at_head()?.as_ref(), "", &mut paths)?;
            paths.extend(store::pending(location, "")?);
        }
        (a, b) => compare(a.revision(), b.revision(), "", &mut paths)?,
    }
    let (before, after) = (before.source(location), after.source(location));
    let is_ours = |path: &String| path == CONFIG || RecordId::at_path(path).is_some();
    let (ours, others): (Vec<String>, Vec<String>) = paths.into_iter().partition(is_ours);
    let pair = |path: String| {
        let sides = [&before, &after].map(|source| source.read_if_present(&path));
        if let [Ok(a), Ok(b)] = &sides
            && same(a.as_deref(), b.as_deref())
        {
            return None;
        }
        let [before, after] = sides.map(contents);
        Some(FilePair { path, before, after })
    };
    let files = ours.into_par_iter().filter_map(pair).collect();
    Ok(Differing { files, others })
}

/// What a file holds, as it was read.
fn contents(read: Result<Option<Vec<u8>>, StoreError>) -> Contents {
    match read {
        Ok(None) => Contents::Absent,
        Ok(Some(bytes)) => load::fields(&bytes).map_or_else(Contents::Unreadable, Contents::Says),
        Err(error) => Contents::Unreadable(error.to_string()),
    }
}

/// Whether two texts say the same to git, which may end lines as the system likes.
fn same(a: Option<&[u8]>, b: Option<&[u8]>) -> bool {
    let plain = |text: &[u8]| text.iter().copied().filter(|byte| *byte != b'\r').collect::<Vec<u8>>();
    a == b || a.map(plain) == b.map(plain)
}

/// Gathers the files below a folder that are not the same object in two commits.
fn compare(
    a: Option<&Revision>,
    b: Option<&Revision>,
    folder: &str,
    found: &mut BTreeSet<String>,
) -> Result<(), StoreError> {
    let entries = |side: Option<&Revision>| -> Result<BTreeMap<String, Entry>, StoreError> {
        let entries = side.map(|side| side.list(folder)).transpose()?.unwrap_or_default();
        Ok(entries.into_iter().map(|entry| (entry.name.clone(), entry)).collect())
    };
    let (mut before, mut after) = (entries(a)?, entries(b)?);
    let names: BTreeSet<String> = before.keys().chain(after.keys()).cloned().collect();
    for name in names {
        let (was, is) = (before.remove(&name), after.remove(&name));
        if let (Some(was), Some(is)) = (&was, &is)
            && was.object.is_some()
            && (was.object == is.object && was.kind == is.kind)
        {
            continue;
        }
        let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
        let is_folder = |entry: &Option<Entry>| entry.as_ref().is_some_and(|e| e.kind == EntryKind::Folder);
        let is_file = |entry: &Option<Entry>| entry.as_ref().is_some_and(|e| e.kind != EntryKind::Folder);
        if is_folder(&was) || is_folder(&is) {
            compare(a.filter(|_| is_folder(&was)), b.filter(|_| is_folder(&is)), &path, found)?;
        }
        if is_file(&was) || is_file(&is) {
            found.insert(path);
        }
    }
    Ok(())
}
