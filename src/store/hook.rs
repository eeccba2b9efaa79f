//! Git's `pre-commit` hook: where it stands, and the writing of one that can be run.

use std::path::{Path, PathBuf};

use super::discover::{Location, Repo};
use super::{StoreError, disk};

/// The hook that runs before a commit.
const NAME: &str = "pre-commit";

/// Where a hook of ours that took another's place keeps that one.
const ASIDE: &str = "pre-commit.before-pmo";

/// A repository's `pre-commit` hook.
pub struct Hook {
    file: PathBuf,
    is_shared: bool,
}

impl Hook {
    /// Finds it: in the folder that `core.hooksPath` names, else in the repository's own, which linked work trees share.
    pub fn of(location: &Location) -> Result<Self, StoreError> {
        let repo = location.repo()?;
        let folder = repo.git().line(["rev-parse", "--git-path", "hooks"])?;
        let folder = repo.workdir.join(folder);
        let is_shared = !is_own(repo, &folder)?;
        Ok(Self { file: folder.join(NAME), is_shared })
    }

    /// Where it stands.
    pub fn path(&self) -> &Path {
        &self.file
    }

    /// Whether its folder lies outside the repository, so that other repositories may run it too.
    pub fn is_shared(&self) -> bool {
        self.is_shared
    }

    /// Reads it, if there is one.
    pub fn read(&self) -> Result<Option<String>, StoreError> {
        match std::fs::read(&self.file) {
            Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.failed("read", error)),
        }
    }

    /// Writes it, so that it can be run.
    pub fn write(&self, text: &str) -> Result<(), StoreError> {
        if let Some(folder) = self.file.parent() {
            super::make_folder(folder)?;
        }
        super::output::write_script(&self.file, text.as_bytes())
    }

    /// Puts the hook that is there aside, and returns where it is then.
    pub fn put_aside(&self) -> Result<PathBuf, StoreError> {
        let aside = self.file.with_file_name(ASIDE);
        if aside.symlink_metadata().is_ok() {
            return Err(StoreError::Exists { path: aside.display().to_string() });
        }
        disk::rename_new(&self.file, &aside).map_err(|error| self.failed("move", error))?;
        Ok(aside)
    }

    /// Removes it, and brings back the one that was put aside; tells whether there was one.
    pub fn remove(&self) -> Result<bool, StoreError> {
        let aside = self.file.with_file_name(ASIDE);
        let is_back = aside.symlink_metadata().is_ok();
        // One step: there is never a moment without either.
        let done = if is_back { disk::rename(&aside, &self.file) } else { disk::remove(&self.file) };
        done.map_err(|error| self.failed("remove", error))?;
        Ok(is_back)
    }

    fn failed(&self, action: &'static str, error: std::io::Error) -> StoreError {
        StoreError::io(action, self.file.display().to_string(), error)
    }
}

/// Whether a folder belongs to this repository: it lies in its work tree or among git's own files of it.
fn is_own(repo: &Repo, folder: &Path) -> Result<bool, StoreError> {
    let common = repo.git().line(["rev-parse", "--git-common-dir"])?;
    let nearest = folder.ancestors().find_map(|folder| folder.canonicalize().ok());
    let nearest = nearest.unwrap_or_else(|| folder.to_owned());
    let homes = [repo.workdir.clone(), repo.git_dir.clone(), repo.workdir.join(common)];
    Ok(homes.iter().any(|home| home.canonicalize().is_ok_and(|home| nearest.starts_with(home))))
}
