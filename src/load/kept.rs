//! What was read before and can be had again: records by the object that git keeps them in.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use crate::model::{Name, Scope, Slot};

/// The records of a folder, by name.
pub(super) type Slots = Vec<(Name, Slot)>;

/// Remembers what was read from git's objects, so that a register that is read at many commits is read once where
/// nothing changed: equal folders have equal trees, and equal files equal blobs.
///
/// Only what was read without a mistake is kept; a broken file is told of each time. Records of equal files are the
/// same ones (`Arc::ptr_eq`).
#[derive(Default)]
pub struct Kept {
    scope: Option<Scope>,
    files: RwLock<Objects<Slot>>,
    folders: RwLock<Objects<Slots>>,
}

/// By kind of record, since the same bytes are read differently as another kind, and by the id of an object.
type Objects<T> = HashMap<&'static str, HashMap<String, T>>;

impl Kept {
    /// Lets go of everything that was read for another scope; its day does not count.
    pub(super) fn suit(&mut self, scope: &Scope) {
        let scope = Scope { day: None, ..scope.clone() };
        if self.scope.as_ref() != Some(&scope) {
            *self = Self { scope: Some(scope), ..Self::default() };
        }
    }

    pub(super) fn file(&self, kind: &'static str, object: &str) -> Option<Slot> {
        let files = self.files.read().unwrap_or_else(PoisonError::into_inner);
        files.get(kind)?.get(object).cloned()
    }

    pub(super) fn keep_file(&self, kind: &'static str, object: &str, slot: &Slot) {
        let mut files = self.files.write().unwrap_or_else(PoisonError::into_inner);
        files.entry(kind).or_default().insert(object.to_owned(), slot.clone());
    }

    pub(super) fn folder(&self, kind: &'static str, tree: &str) -> Option<Slots> {
        let folders = self.folders.read().unwrap_or_else(PoisonError::into_inner);
        folders.get(kind)?.get(tree).cloned()
    }

    pub(super) fn keep_folder(&self, kind: &'static str, tree: &str, slots: Slots) {
        let mut folders = self.folders.write().unwrap_or_else(PoisonError::into_inner);
        folders.entry(kind).or_default().insert(tree.to_owned(), slots);
    }
}
