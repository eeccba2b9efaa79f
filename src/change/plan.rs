//! What will happen to which file, as one value.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Level, Problem};
use crate::load::{LoadError, Loaded, load};
use crate::model::Scope;
use crate::store::{FileChange, Location, Lock, Overlay, Source, StoreError};

/// Why a plan was not carried out; nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The files would have mistakes that they do not have now.
    #[error("{}", worse(.0))]
    Invalid(Vec<Problem>),
    /// A file is not what it was when the plan was made.
    #[error("{path} was changed by someone else meanwhile: look at it, then try again")]
    Stale {
        /// The file.
        path: String,
    },
    /// The register could not be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The files could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn worse(problems: &[Problem]) -> String {
    match problems {
        [only] => format!("this would leave a mistake in {}: {}", only.file, only.message),
        [first, rest @ ..] => {
            format!(
                "this would leave {} mistakes: {}, and {} more",
                problems.len(),
                first.message,
                rest.len()
            )
        }
        [] => "this would leave a mistake".to_owned(),
    }
}

/// Planned changes to the files of a register.
///
/// Paths are relative to the register's root. Files that are new are made first, so that what a record
/// refers to exists before the record that refers to it; removals come last. A file that is moved is made under its
/// new path first and removed under the old one last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    changes: Vec<FileChange>,
    /// What the files held when the plan was made, for those that it was made from.
    seen: BTreeMap<String, Vec<u8>>,
}

impl Plan {
    /// Makes a plan that does nothing.
    pub fn new() -> Plan {
        Plan::default()
    }

    /// Plans a file that must not exist yet.
    pub fn create(&mut self, path: impl Into<String>, text: impl Into<Vec<u8>>) -> &mut Plan {
        self.changes.push(FileChange::Create { path: path.into(), bytes: text.into() });
        self
    }

    /// Plans new bytes for a file that was read as `before`; equal bytes are no change.
    pub fn rewrite(
        &mut self,
        path: impl Into<String>,
        before: &[u8],
        after: impl Into<Vec<u8>>,
    ) -> &mut Plan {
        let (path, after) = (path.into(), after.into());
        if after == before {
            return self;
        }
        let is_first = !self.seen.contains_key(&path);
        self.seen.entry(path.clone()).or_insert_with(|| before.to_vec());
        if is_first {
            self.changes.push(FileChange::Write { path, bytes: after });
            return self;
        }
        let earlier = self.changes.iter_mut().find_map(|change| match change {
            FileChange::Write { path: known, bytes } if *known == path => Some(bytes),
            _ => None,
        });
        match earlier {
            Some(bytes) => *bytes = after,
            None => self.changes.push(FileChange::Write { path, bytes: after }),
        }
        self
    }

    /// Plans a file's bytes, whether it exists or not.
    pub fn write(&mut self, path: impl Into<String>, text: impl Into<Vec<u8>>) -> &mut Plan {
        self.changes.push(FileChange::Write { path: path.into(), bytes: text.into() });
        self
    }

    /// Plans the removal of a file.
    pub fn remove(&mut self, path: impl Into<String>) -> &mut Plan {
        self.changes.push(FileChange::Remove { path: path.into() });
        self
    }

    /// Plans the removal of a file that was read as `before`, and is not removed when it holds something else.
    pub fn remove_seen(&mut self, path: impl Into<String>, before: Vec<u8>) -> &mut Plan {
        let path = path.into();
        self.seen.insert(path.clone(), before);
        self.remove(path)
    }

    /// Plans another path for a file; changes of its bytes are planned under the old path, before.
    pub fn rename(&mut self, from: impl Into<String>, to: impl Into<String>) -> &mut Plan {
        self.changes.push(FileChange::Rename { from: from.into(), to: to.into() });
        self
    }

    /// The bytes that a path will have, where the plan changes them.
    pub fn planned(&self, path: &str) -> Option<&[u8]> {
        self.changes.iter().rev().find_map(|change| match change {
            FileChange::Create { path: known, bytes } | FileChange::Write { path: known, bytes } => {
                (known == path).then_some(bytes.as_slice())
            }
            _ => None,
        })
    }

    /// Whether nothing would happen.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The changes in the order in which they will be made.
    pub fn changes(&self) -> Vec<FileChange> {
        let turn = |change: &FileChange| match change {
            FileChange::Create { .. } => 0,
            FileChange::Write { .. } => 1,
            FileChange::Rename { .. } => 2,
            FileChange::Remove { .. } => 3,
        };
        let mut changes = self.changes.clone();
        changes.sort_by_key(turn);
        changes
    }

    /// Every path that the plan touches, for a commit of just these.
    pub fn paths(&self) -> Vec<String> {
        let mut paths: Vec<String> =
            self.changes.iter().flat_map(|change| change.paths().map(str::to_owned)).collect();
        paths.sort();
        paths.dedup();
        paths
    }

    /// Loads the register as it would be, and refuses errors that it does not have now.
    pub fn validate(&self, base: Arc<dyn Source>) -> Result<Loaded, ChangeError> {
        let before = load(base.as_ref(), &Scope::all())?;
        self.validate_against(&before, base)
    }

    /// As [`Plan::validate`], where it was loaded already: everything, or as much as has to do with the files changed.
    pub fn validate_against(&self, before: &Loaded, base: Arc<dyn Source>) -> Result<Loaded, ChangeError> {
        let after = load(&Overlay::new(base, &self.changes()), &before.scope)?;
        let moved = |path: &str| {
            let renamed = self.changes.iter().find_map(|change| match change {
                FileChange::Rename { from, to } if from == path => Some(to.clone()),
                _ => None,
            });
            renamed.unwrap_or_else(|| path.to_owned())
        };
        let known: Vec<(String, &str, &str)> =
            before.problems.iter().map(|p| (moved(&p.file), p.code, p.message.as_str())).collect();
        let mut new: Vec<Problem> = after
            .problems
            .iter()
            .filter(|p| {
                p.level == Level::Error && !known.contains(&(p.file.clone(), p.code, p.message.as_str()))
            })
            .cloned()
            .collect();
        // A mistake that names the record speaks of the new name afterwards, and is as old as before.
        if self.changes.iter().any(|change| matches!(change, FileChange::Rename { .. })) {
            let count = |problems: &[Problem], like: &Problem| {
                problems.iter().filter(|p| moved(&p.file) == like.file && p.code == like.code).count()
            };
            new.retain(|p| count(&after.problems, p) > count(&before.problems, p));
        }
        if new.is_empty() { Ok(after) } else { Err(ChangeError::Invalid(new)) }
    }

    /// The first file that is not what it was when the plan was made.
    pub fn stale(&self, now: &dyn Source) -> Result<Option<String>, StoreError> {
        for (path, before) in &self.seen {
            if now.read_if_present(path)?.as_deref() != Some(before.as_slice()) {
                return Ok(Some(path.clone()));
            }
        }
        Ok(None)
    }

    /// Carries the plan out, all of it or nothing, under the register's lock.
    ///
    /// What the plan was made from should have been read under the same lock, so that numbers given to new
    /// records are still free and values are those that were seen.
    pub fn apply(&self, location: &Location, lock: &Lock) -> Result<(), ChangeError> {
        if self.is_empty() {
            return Ok(());
        }
        if let Some(path) = self.stale(&location.work_tree())? {
            return Err(ChangeError::Stale { path });
        }
        lock.apply(&self.changes(), &self.seen).map_err(|error| match error {
            StoreError::Stale { path } => ChangeError::Stale { path },
            error => error.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{self, Memory};

    fn register() -> Memory {
        Memory::from_iter([
            ("pmo.toml", "[register]\nformat = 1\nname = \"N\"\n"),
            ("people/jana-novak.toml", "name = \"Jana\"\n"),
            ("projects/crm/project.toml", "name = \"CRM\"\nmanager = \"jana-novak\"\nstate = \"active\"\n"),
            ("projects/old/project.toml", "name = \"Old\"\nmanager = 5\nstate = \"active\"\n"),
        ])
    }

    #[test]
    fn only_new_errors_refuse_a_plan() {
        let base: Arc<dyn Source> = Arc::new(register());
        let mut good = Plan::new();
        good.create("projects/crm/risks/R-001.toml", "title = \"x\"\n");
        let after = good.validate(base.clone()).unwrap();
        assert!(after.problems.iter().any(|p| p.file == "projects/old/project.toml"));
        assert_eq!(after.register.projects["crm"].slots("risk").count(), 1);
        let mut bad = Plan::new();
        bad.create("projects/crm/risks/R-001.toml", "titel = \"x\"\n");
        let Err(ChangeError::Invalid(problems)) = bad.validate(base) else { panic!("accepted") };
        assert!(problems.iter().all(|p| p.file == "projects/crm/risks/R-001.toml"), "{problems:?}");
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_not_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        let location = store::location_of(dir.path()).unwrap();
        let lock = Lock::take(dir.path(), "test", std::time::Duration::ZERO).unwrap();
        store::write(dir.path(), "pmo.toml", b"a = 1\n").unwrap();
        let mut plan = Plan::new();
        plan.create("people/x.toml", "name = \"x\"\n").rewrite("pmo.toml", b"a = 1\n", "a = 2\n");
        store::write(dir.path(), "pmo.toml", b"a = 3\n").unwrap();
        assert!(matches!(plan.apply(&location, &lock), Err(ChangeError::Stale { .. })));
        assert_eq!(location.work_tree().read_if_present("people/x.toml").unwrap(), None);
        store::write(dir.path(), "pmo.toml", b"a = 1\n").unwrap();
        plan.apply(&location, &lock).unwrap();
        assert_eq!(location.work_tree().read_if_present("pmo.toml").unwrap().unwrap(), b"a = 2\n");
        assert_eq!(plan.paths(), ["people/x.toml", "pmo.toml"]);
    }
}
