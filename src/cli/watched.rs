//! Files that are read while somebody waits: how many projects there are, and how many have been read.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::store::{Entry, Source, StoreError};

use super::progress::Progress;

/// A source of which it is told how far the reading has come.
///
/// It knows that from what is asked of it: the folder that has all projects is listed first, then each of them once.
pub(super) struct Watched<'a> {
    source: &'a dyn Source,
    progress: &'a Progress,
    all: AtomicUsize,
    begun: AtomicUsize,
}

impl<'a> Watched<'a> {
    /// Watches what is read of a source.
    pub fn new(source: &'a dyn Source, progress: &'a Progress) -> Self {
        Self { source, progress, all: AtomicUsize::new(0), begun: AtomicUsize::new(0) }
    }
}

impl Source for Watched<'_> {
    fn list(&self, folder: &str) -> Result<Vec<Entry>, StoreError> {
        let entries = self.source.list(folder)?;
        match folder.split_once('/') {
            None if folder == "projects" => self.all.store(entries.len(), Ordering::Relaxed),
            Some(("projects", project)) if !project.contains('/') => {
                let begun = self.begun.fetch_add(1, Ordering::Relaxed) + 1;
                let all = self.all.load(Ordering::Relaxed);
                self.progress.tell(begun.min(all), all, "project");
            }
            _ => {}
        }
        Ok(entries)
    }

    fn read(&self, path: &str, into: &mut Vec<u8>) -> Result<(), StoreError> {
        self.source.read(path, into)
    }

    fn describe(&self) -> String {
        self.source.describe()
    }

    fn commit(&self) -> Option<&str> {
        self.source.commit()
    }

    fn read_if_present(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.source.read_if_present(path)
    }
}
