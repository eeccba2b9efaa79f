//! What a folder holds that is not yet committed, and which commit last touched a file.

use super::StoreError;
use super::changed::{differing, names, without_filters};
use super::commit::Committed;
use super::discover::Location;
use super::git::Git;

/// Returns the register's files in `folder` that differ from the last commit: changed, new, removed.
///
/// What git ignores is left out. The paths are sorted.
pub fn pending(location: &Location, folder: &str) -> Result<Vec<String>, StoreError> {
    super::check_path(folder)?;
    let repo = location.repo()?;
    let git = Git::at(&location.root);
    let quiet = without_filters(&git)?;
    let below = if folder.is_empty() { "." } else { folder };
    let new = ["ls-files", "-z", "--others", "--exclude-standard", "--", below];
    let mut paths = names(&git.read(quiet.iter().map(String::as_str).chain(new))?);
    if repo.head.commit().is_some() {
        paths.append(&mut differing(location, "HEAD", below)?);
    } else {
        paths.append(&mut names(&git.read(["ls-files", "-z", "--", below])?));
    }
    Ok(paths.into_iter().collect())
}

/// Returns the newest commit of this branch that touched a file, with all that it changed here.
pub fn last_commit_of(location: &Location, path: &str) -> Result<Option<Committed>, StoreError> {
    let repo = location.repo()?;
    if repo.head.commit().is_none() {
        return Ok(None);
    }
    let git = Git::at(&location.root);
    let id = git.line(["rev-list", "-1", "HEAD", "--", path])?;
    if id.is_empty() {
        return Ok(None);
    }
    let tree =
        ["diff-tree", "--root", "--no-commit-id", "--name-only", "-r", "-z", "--no-renames", "--relative"];
    let paths = names(&git.read(tree.into_iter().chain([id.as_str()]))?);
    let branch = repo.head.branch().map(str::to_owned);
    Ok(Some(Committed { id, branch, paths: paths.into_iter().collect(), said: String::new() }))
}

/// Returns the commits from `commit` back that touched a file, the newest first.
pub fn commits_of(location: &Location, commit: &str, path: &str) -> Result<Vec<String>, StoreError> {
    super::check_path(path)?;
    location.repo()?;
    let listed = Git::at(&location.root).line(["rev-list", "--end-of-options", commit, "--", path])?;
    Ok(listed.lines().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::super::location_of;
    use super::super::test_repo::TestRepo;
    use super::*;

    #[test]
    fn finds_what_is_not_committed_and_what_was() {
        let repo = TestRepo::new();
        repo.write("reg/pmo.toml", "");
        repo.write("reg/projects/crm/a.toml", "1");
        let at = || location_of(&repo.dir.path().join("reg")).unwrap();
        assert_eq!(pending(&at(), "projects/crm").unwrap(), ["projects/crm/a.toml"], "unborn");
        assert_eq!(last_commit_of(&at(), "projects/crm/a.toml").unwrap(), None);
        repo.write("reg/projects/crm/b.toml", "1");
        repo.write("reg/projects/erp/a.toml", "1");
        let first = repo.commit_all("first");
        repo.write("reg/projects/erp/a.toml", "2");
        repo.commit_all("second");
        let last = last_commit_of(&at(), "projects/crm/a.toml").unwrap().unwrap();
        let all = ["pmo.toml", "projects/crm/a.toml", "projects/crm/b.toml", "projects/erp/a.toml"];
        assert_eq!((last.id, last.paths), (first, all.map(str::to_owned).to_vec()));
        assert_eq!(pending(&at(), "projects/crm").unwrap(), Vec::<String>::new());
        repo.write("reg/projects/crm/a.toml", "2");
        repo.write("reg/projects/crm/new ü.toml", "2");
        repo.write("reg/projects/erp/new.toml", "2");
        std::fs::remove_file(repo.dir.path().join("reg/projects/crm/b.toml")).unwrap();
        let expected = ["projects/crm/a.toml", "projects/crm/b.toml", "projects/crm/new ü.toml"];
        assert_eq!(pending(&at(), "projects/crm").unwrap(), expected);
    }
}
