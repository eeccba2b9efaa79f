//! Which files a branch, and what is not yet committed, have touched.

use std::collections::BTreeSet;

use super::StoreError;
use super::discover::Location;
use super::git::Git;
use super::staged::CopiedIndex;

/// Returns the register's paths that differ from where this branch left `rev`.
///
/// That is everything changed since the merge base of `rev` and HEAD: committed, staged, unstaged
/// and untracked, but not what git ignores. Removed files are among them.
pub fn changed_since(location: &Location, rev: &str) -> Result<BTreeSet<String>, StoreError> {
    let base = branched_from(location, rev)?;
    let mut changed = differing(location, &base, ".")?;
    let git = Git::at(&location.root);
    let quiet = without_filters(&git)?;
    let new = quiet.iter().map(String::as_str).chain(["ls-files", "-z", "--others", "--exclude-standard"]);
    changed.append(&mut names(&git.read(new)?));
    Ok(changed)
}

/// Returns the commit at which this branch left `rev`; where the two have nothing in common, `rev` itself.
pub fn branched_from(location: &Location, rev: &str) -> Result<String, StoreError> {
    location.repo()?.head.with_history()?;
    let git = Git::at(&location.root);
    let commit = format!("{rev}^{{commit}}");
    let found = git.line(["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]);
    let Ok(commit) = found else { return Err(StoreError::NoRevision { rev: rev.to_owned() }) };
    Ok(git.line(["merge-base", &commit, "HEAD"]).unwrap_or(commit))
}

/// Returns the register's files in a folder that are not as a commit has them, staged or not.
///
/// No program runs for it, what is in submodules is theirs, and git's index stays as it is.
pub(crate) fn differing(
    location: &Location,
    commit: &str,
    folder: &str,
) -> Result<BTreeSet<String>, StoreError> {
    let index = CopiedIndex::of(&location.repo()?.git_dir.join("index"))?;
    let git = index.for_git(Git::at(&location.root));
    let quiet = without_filters(&git)?;
    let diff = quiet.iter().map(String::as_str).chain(DIFF).chain([commit, "--", folder]);
    Ok(names(&git.read(diff)?))
}

/// Returns which of these files git could not bring back: unknown to the last commit, or changed since.
///
/// Without a repository, or before its first commit, that is every one of them.
pub fn not_in_git(location: &Location, paths: &[String]) -> Result<Vec<String>, StoreError> {
    let Some(repo) = &location.repo else { return Ok(paths.to_vec()) };
    if repo.head.commit().is_none() {
        return Ok(paths.to_vec());
    }
    let git = Git::at(&location.root);
    let held = names(&git.read(["ls-tree", "-r", "-z", "--name-only", "HEAD"])?);
    let changed = differing(location, "HEAD", ".")?;
    let lost = paths.iter().filter(|path| !held.contains(*path) || changed.contains(*path));
    Ok(lost.cloned().collect())
}

/// Splits a list of names that end in NUL.
pub(crate) fn names(list: &[u8]) -> BTreeSet<String> {
    let names = list.split(|&byte| byte == 0).filter(|name| !name.is_empty());
    names.map(|name| String::from_utf8_lossy(name).into_owned()).collect()
}

/// Asks which files differ, and runs no program for it.
const DIFF: [&str; 8] = [
    "diff",
    "--name-only",
    "-z",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--ignore-submodules=all",
    "--relative",
];

/// Empties the filters that a repository configures, so that looking runs none of them.
///
/// # Errors
/// A filter has `=` in its name, so that no option can empty it.
pub(crate) fn without_filters(git: &Git) -> Result<Vec<String>, StoreError> {
    let keys = git.line(["config", "--name-only", "--get-regexp", r"^filter\..*\.(clean|process|required)$"]);
    let keys = keys.unwrap_or_default();
    if let Some(key) = keys.lines().find(|key| key.contains('=')) {
        return Err(StoreError::OddFilter { key: key.to_owned() });
    }
    let setting = |key: &str| {
        let value = if key.ends_with(".required") { "false" } else { "" };
        ["-c".to_owned(), format!("{key}={value}")]
    };
    // Git may note in its index that a file is as it was, and would tell a hook of it.
    let no_hooks = ["-c".to_owned(), "core.hooksPath=/dev/null".to_owned()];
    let keys = keys.lines().collect::<BTreeSet<_>>();
    Ok(no_hooks.into_iter().chain(keys.into_iter().flat_map(setting)).collect())
}

#[cfg(test)]
mod tests {
    use super::super::location_of;
    use super::super::test_repo::TestRepo;
    use super::*;

    #[test]
    fn sees_commits_edits_new_and_removed_files_of_this_branch_only() {
        let repo = TestRepo::new();
        for name in ["same", "committed", "staged", "edited", "removed", "theirs"] {
            repo.write(&format!("reg/{name}.toml"), "1");
        }
        repo.write("outside.txt", "1");
        repo.write(".gitignore", "*.tmp\n");
        repo.commit_all("base");
        repo.git(&["switch", "-q", "-c", "work"]);
        repo.write("reg/committed.toml", "2");
        repo.commit_all("mine");
        repo.git(&["switch", "-q", "main"]);
        repo.write("reg/theirs.toml", "2");
        repo.commit_all("theirs");
        repo.git(&["switch", "-q", "work"]);
        repo.write("reg/staged.toml", "2");
        repo.git(&["add", "-A"]);
        repo.write("reg/edited.toml", "2");
        repo.write("reg/ü ä.toml", "2");
        repo.write("reg/ignored.tmp", "2");
        repo.write("outside.txt", "2");
        std::fs::remove_file(repo.dir.path().join("reg/removed.toml")).unwrap();
        // A filter that the repository configures would leave a trace if it ran.
        repo.write(".gitattributes", "*.toml filter=trap\n");
        repo.git(&["config", "filter.trap.clean", "touch ran; cat"]);
        repo.git(&["config", "filter.trap.required", "true"]);
        let location = location_of(&repo.dir.path().join("reg")).unwrap();
        let changed: Vec<String> = changed_since(&location, "main").unwrap().into_iter().collect();
        assert_eq!(changed, ["committed.toml", "edited.toml", "removed.toml", "staged.toml", "ü ä.toml"]);
        assert!(!repo.dir.path().join("ran").exists() && !repo.dir.path().join("reg/ran").exists());
        let error = changed_since(&location, "--output=x").unwrap_err();
        assert!(matches!(error, StoreError::NoRevision { .. }), "{error}");
    }
}
