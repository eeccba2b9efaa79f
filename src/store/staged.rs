//! Files as they are staged: what the next commit would hold.

use std::collections::BTreeSet;
use std::path::Path;

use super::changed::{names, without_filters};
use super::discover::Location;
use super::git::Git;
use super::{Revision, StoreError, objects};

/// What the index is called.
const STAGED: &str = "what is staged";

/// Git's index, or the one that a hook is given for a commit of some paths only.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// What git says in `GIT_INDEX_FILE` when it runs a hook, counted from the root of the work tree.
    pub file: Option<String>,
}

impl Index {
    fn git(&self, location: &Location) -> Result<Git, StoreError> {
        let git = location.repo()?.git();
        Ok(match &self.file {
            Some(file) => git.set("GIT_INDEX_FILE", file),
            None => git,
        })
    }

    /// Returns the register's paths whose staged content differs from the last commit's; removed ones too.
    pub fn changed(&self, location: &Location) -> Result<BTreeSet<String>, StoreError> {
        let repo = location.repo()?;
        let git = self.git(location)?;
        let quiet = without_filters(&git)?;
        let diff = [
            "diff",
            "--cached",
            "--name-only",
            "-z",
            "--no-renames",
            "--no-ext-diff",
            "--ignore-submodules=all",
            "--ita-invisible-in-index",
            "--",
        ];
        let changed = names(&git.read(quiet.iter().map(String::as_str).chain(diff))?);
        Ok(changed.iter().filter_map(|path| repo.register_path(path)).map(str::to_owned).collect())
    }

    /// Opens the register as it is staged.
    ///
    /// Git writes a copy of the index as a tree, as the commit itself would; no reference leads to it. The index
    /// itself stays as it is, and no hook hears of it.
    pub fn open(&self, location: &Location) -> Result<Revision, StoreError> {
        let repo = location.repo()?;
        let index = match &self.file {
            Some(file) => repo.workdir.join(file),
            None => repo.git_dir.join("index"),
        };
        let copy = CopiedIndex::of(&index)?;
        let git = copy.for_git(repo.git());
        let tree = git.line(["-c", "core.hooksPath=/dev/null", "write-tree"])?;
        let commit = repo.head.commit().unwrap_or_default().to_owned();
        let missing = || StoreError::NotAtRevision { path: repo.prefix.clone(), rev: STAGED.to_owned() };
        Revision::of_tree(objects::open(repo)?, repo, tree, STAGED.to_owned(), commit, missing)
    }
}

/// A copy of git's index: what git notes in it while it looks (that a file is as it was) is noted in the copy.
pub(crate) struct CopiedIndex(tempfile::TempDir);

impl CopiedIndex {
    /// Copies an index; where there is none, that is copied too.
    pub fn of(index: &Path) -> Result<Self, StoreError> {
        let failed = |error| StoreError::io("copy", index.display().to_string(), error);
        let apart = tempfile::tempdir().map_err(failed)?;
        // Git looks into files that are as young as the index; beside a younger copy it would take them for unchanged.
        let copy = |to: &Path| {
            let age = std::fs::metadata(index)?.modified()?;
            std::fs::copy(index, to)?;
            std::fs::File::options().write(true).open(to)?.set_modified(age)
        };
        match copy(&apart.path().join("index")) {
            Ok(()) => Ok(Self(apart)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self(apart)),
            Err(error) => Err(failed(error)),
        }
    }

    /// Lets git work on the copy, for as long as that lives.
    pub fn for_git(&self, git: Git) -> Git {
        git.set("GIT_INDEX_FILE", self.0.path().join("index"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_repo::TestRepo;
    use super::super::{Source as _, location_of};
    use super::*;

    #[test]
    fn what_is_staged_counts_and_what_lies_on_the_disk_does_not() {
        let repo = TestRepo::new();
        let at = || location_of(&repo.dir.path().join("reg")).unwrap();
        let index = Index::default();
        repo.write("reg/pmo.toml", "1");
        repo.write("outside.toml", "1");
        repo.git(&["add", "-A"]);
        assert_eq!(index.changed(&at()).unwrap(), ["pmo.toml".to_owned()].into(), "before the first commit");
        repo.commit_all("base");
        assert!(index.changed(&at()).unwrap().is_empty());
        repo.write("reg/pmo.toml", "2");
        repo.write("reg/ü.toml", "1");
        repo.git(&["add", "-A"]);
        repo.write("reg/pmo.toml", "3");
        repo.write("reg/later.toml", "1");
        repo.git(&["add", "--intent-to-add", "reg/later.toml"]);
        assert_eq!(index.changed(&at()).unwrap(), ["pmo.toml".to_owned(), "ü.toml".to_owned()].into());
        let staged = index.open(&at()).unwrap();
        assert_eq!(staged.read_if_present("pmo.toml").unwrap().unwrap(), b"2");
        let listed: Vec<String> = staged.list("").unwrap().into_iter().map(|entry| entry.name).collect();
        assert_eq!(listed, ["pmo.toml", "ü.toml"]);
        assert_eq!(staged.describe(), "what is staged");
    }
}
