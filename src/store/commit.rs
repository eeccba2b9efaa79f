//! Commits some files through the user's own `git`, and nothing else of theirs.
//!
//! libgit2 would run no hooks, sign nothing, apply no filters and sweep in what else is staged.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use super::StoreError;
use super::discover::{Head, Location, Repo};
use super::git::{self, Git};

/// What git's log of where HEAD has been says of commits that are made here, so that `pmo undo` knows them.
pub(crate) const MADE_BY: &str = "pmo";

/// A commit that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// Its full id.
    pub id: String,
    /// The branch that it is on; none with a detached HEAD, where only its id leads to it.
    pub branch: Option<String>,
    /// The paths that it changed, relative to the register.
    pub paths: Vec<String>,
    /// What hooks printed.
    pub said: String,
}

/// Refuses, before anything is written, when a commit could not be made.
///
/// No git, an unknown identity, a merge, rebase or the like under way, or another git that does not end.
pub fn can_commit(location: &Location) -> Result<(), StoreError> {
    let repo = location.repo()?;
    if let Head::Unreadable { why } = &repo.head {
        return Err(StoreError::Git2 { message: why.clone() });
    }
    if let Some((what, remedy)) = unfinished(repo) {
        return Err(StoreError::Unfinished { what, remedy });
    }
    wait_for_index(repo)?;
    let git = repo.git();
    let conflicts = git.read(["ls-files", "-z", "--unmerged"])?;
    if let Some(first) = conflicts.split(|&byte| byte == 0).next().filter(|entry| !entry.is_empty()) {
        let entry = String::from_utf8_lossy(first);
        let path = entry.split_once('\t').map_or(entry.as_ref(), |(_, path)| path);
        return Err(StoreError::Conflict { path: path.to_owned() });
    }
    for who in ["GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"] {
        if !git.is(["var", who])? {
            return Err(StoreError::NoIdentity);
        }
    }
    Ok(())
}

/// How long another git is given to end.
const PATIENCE: Duration = Duration::from_secs(3);

/// Waits while another git process works on the index, and refuses when it does not end.
fn wait_for_index(repo: &Repo) -> Result<(), StoreError> {
    let lock = repo.git_dir.join("index.lock");
    let begun = Instant::now();
    while lock.symlink_metadata().is_ok() {
        if begun.elapsed() >= PATIENCE {
            return Err(StoreError::IndexLocked { path: lock.display().to_string() });
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

/// What git says when another git took the index in the meantime, in our words.
fn in_our_words(error: StoreError, repo: &Repo) -> StoreError {
    match &error {
        StoreError::GitFailed { said, .. } if said.contains("index.lock") => {
            StoreError::IndexLocked { path: repo.git_dir.join("index.lock").display().to_string() }
        }
        _ => error,
    }
}

/// Tells what is under way in a repository, and how to end it.
fn unfinished(repo: &Repo) -> Option<(&'static str, &'static str)> {
    let signs = [
        ("MERGE_HEAD", "merge", "finish it (git commit) or give it up (git merge --abort)"),
        ("rebase-merge", "rebase", "finish it (git rebase --continue) or give it up (git rebase --abort)"),
        ("rebase-apply", "rebase", "finish it (git rebase --continue) or give it up (git rebase --abort)"),
        ("CHERRY_PICK_HEAD", "cherry-pick", "finish it (git cherry-pick --continue) or give it up (--abort)"),
        ("REVERT_HEAD", "revert", "finish it (git revert --continue) or give it up (--abort)"),
    ];
    let found = signs.into_iter().find(|(sign, ..)| repo.git_dir.join(sign).exists());
    found.map(|(_, what, remedy)| (what, remedy))
}

/// Commits exactly these paths of the register, as they lie in the work tree.
///
/// New files are added, removed ones removed; a move is both. What else is staged or changed stays
/// as it was. If a hook refuses, the index is as before and the files stay where they are.
pub fn commit(location: &Location, paths: &[String], message: &str) -> Result<Committed, StoreError> {
    can_commit(location)?;
    let repo = location.repo()?;
    let git = Git::at(&location.root);
    let listed =
        |paths: &[&String]| paths.iter().flat_map(|path| path.bytes().chain([0])).collect::<Vec<u8>>();
    let mut known: Vec<&String> = Vec::new();
    let mut new: Vec<&String> = Vec::new();
    let tracked = tracked(&git, repo, paths)?;
    for path in paths {
        super::check_path(path)?;
        let on_disk = location.root.join(path).symlink_metadata().is_ok();
        if tracked.contains(path.as_str()) {
            known.push(path);
        } else if on_disk {
            new.push(path);
        }
    }
    if known.is_empty() && new.is_empty() {
        return Err(nothing(paths));
    }
    if !new.is_empty() {
        let add = ["add", "--intent-to-add", "--pathspec-from-file=-", "--pathspec-file-nul"];
        git.run(add, &listed(&new)).map_err(|error| in_our_words(error, repo))?;
    }
    let all: Vec<&String> = known.iter().chain(&new).copied().collect();
    let forget = || {
        if !new.is_empty() {
            drop(git.run(["update-index", "--force-remove", "-z", "--stdin"], &listed(&new)));
        }
    };
    match make(&git.clone().set("GIT_REFLOG_ACTION", MADE_BY), &listed(&all), message) {
        Ok(Some(said)) => {
            let id = git.line(["rev-parse", "HEAD"])?;
            let branch = repo.head.branch().map(str::to_owned);
            Ok(Committed { id, branch, paths: all.into_iter().cloned().collect(), said })
        }
        Ok(None) => {
            forget();
            Err(nothing(paths))
        }
        Err(error) => {
            forget();
            Err(in_our_words(error, repo))
        }
    }
}

fn nothing(paths: &[String]) -> StoreError {
    StoreError::NothingToCommit { path: paths.join(", ") }
}

/// Returns those of `paths` that the index or HEAD knows.
fn tracked(git: &Git, repo: &Repo, paths: &[String]) -> Result<BTreeSet<String>, StoreError> {
    let mut tracked = BTreeSet::new();
    // In handfuls, because a command line has an end.
    for paths in paths.chunks(500) {
        let paths = || paths.iter().map(String::as_str);
        let mut lists = vec![git.read(["ls-files", "-z", "--"].into_iter().chain(paths()))?];
        if repo.head.commit().is_some() {
            lists.push(git.read(["ls-tree", "-z", "--name-only", "HEAD", "--"].into_iter().chain(paths()))?);
        }
        let names = lists.iter().flat_map(|list| list.split(|&byte| byte == 0));
        tracked.extend(names.map(|name| String::from_utf8_lossy(name).into_owned()));
    }
    Ok(tracked)
}

/// Runs `git commit`; `None` when there was nothing to commit.
fn make(git: &Git, paths: &[u8], message: &str) -> Result<Option<String>, StoreError> {
    let mut file =
        tempfile::NamedTempFile::new().map_err(|error| StoreError::io("write", "the message", error))?;
    let written = std::io::Write::write_all(&mut file, message.as_bytes());
    written.map_err(|error| StoreError::io("write", "the message", error))?;
    let file = file.path().display().to_string();
    let args = ["commit", "--quiet", "--cleanup=whitespace", "-F", &file, "--only"];
    let args = args.into_iter().chain(["--pathspec-from-file=-", "--pathspec-file-nul"]);
    let done = git::run(git.command(args), paths)?;
    if done.output.status.success() {
        let said =
            [&done.output.stdout, &done.output.stderr].map(|text| String::from_utf8_lossy(text).into_owned());
        return Ok(Some(said.concat().trim().to_owned()));
    }
    let error = git::failed(&done);
    let StoreError::GitFailed { said, .. } = &error else { return Err(error) };
    let clean = ["nothing to commit", "no changes added", "nothing added to commit"];
    if clean.iter().any(|words| said.contains(words)) { Ok(None) } else { Err(error) }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::super::test_repo::TestRepo;
    use super::*;

    fn paths(paths: &[&str]) -> Vec<String> {
        paths.iter().map(|path| (*path).to_owned()).collect()
    }

    fn hook(repo: &TestRepo, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt;
        let path = format!(".git/hooks/{name}");
        repo.write(&path, format!("#!/bin/sh\n{script}\n"));
        let mode = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(repo.dir.path().join(path), mode).unwrap();
    }

    fn register() -> (TestRepo, Location) {
        let repo = TestRepo::new();
        for (path, text) in
            [("reg/pmo.toml", "1"), ("reg/a.toml", "1"), ("reg/b.toml", "1"), ("other.txt", "1")]
        {
            repo.write(path, text);
        }
        repo.commit_all("base");
        let location = super::super::location_of(&repo.dir.path().join("reg")).unwrap();
        (repo, location)
    }

    #[test]
    fn only_the_paths_are_committed_and_other_work_stays() {
        let (repo, location) = register();
        repo.write("other.txt", "staged");
        repo.write("staged-new.txt", "staged");
        repo.git(&["add", "."]);
        repo.write("other.txt", "and edited again");
        repo.write("reg/b.toml", "unstaged");
        repo.write("untracked.txt", "x");
        repo.write("reg/a.toml", "2");
        repo.write("reg/new [x]*.toml", "new");
        std::fs::rename(repo.dir.path().join("reg/pmo.toml"), repo.dir.path().join("reg/moved.toml"))
            .unwrap();
        let before = repo.git(&["diff", "--cached", "--", "other.txt", "staged-new.txt"]);
        let list = paths(&["a.toml", "new [x]*.toml", "pmo.toml", "moved.toml"]);
        let done = commit(&location, &list, "crm: report\n\n# a line that stays\n").unwrap();
        assert_eq!(done.branch.as_deref(), Some("main"));
        let shown = repo.git(&[
            "-c",
            "core.quotePath=false",
            "show",
            "--no-renames",
            "--format=%an %B",
            "--name-status",
        ]);
        let expected = "Jana Novak crm: report\n\n# a line that stays\n\n\nM\treg/a.toml\nA\treg/moved.toml\nA\treg/new [x]*.toml\nD\treg/pmo.toml";
        assert_eq!(shown, expected);
        assert_eq!(repo.git(&["diff", "--cached", "--", "other.txt", "staged-new.txt"]), before);
        let status = repo.git(&["status", "--porcelain"]);
        assert_eq!(status, "MM other.txt\n M reg/b.toml\nA  staged-new.txt\n?? untracked.txt");
        let error = commit(&location, &paths(&["a.toml"]), "again").unwrap_err();
        assert!(matches!(error, StoreError::NothingToCommit { .. }), "{error}");
    }

    #[test]
    fn a_hook_that_refuses_leaves_the_index_as_it_was() {
        let (repo, location) = register();
        hook(&repo, "pre-commit", "echo 'not on a Sunday' >&2; exit 1");
        repo.write("reg/a.toml", "2");
        repo.write("reg/new.toml", "new");
        let before = repo.git(&["status", "--porcelain"]);
        let error = commit(&location, &paths(&["a.toml", "new.toml"]), "x").unwrap_err().to_string();
        assert!(error.contains("not on a Sunday"), "{error}");
        assert_eq!(repo.git(&["status", "--porcelain"]), before);
        assert_eq!(repo.git(&["rev-list", "--count", "HEAD"]), "1");
    }

    #[test]
    fn hooks_may_change_the_message() {
        let (repo, location) = register();
        hook(&repo, "commit-msg", "echo 'Refs: 7' >> \"$1\"");
        repo.write("reg/a.toml", "2");
        commit(&location, &paths(&["a.toml"]), "x").unwrap();
        assert_eq!(repo.git(&["log", "-1", "--format=%B"]), "x\nRefs: 7");
    }

    #[test]
    fn works_on_an_unborn_branch_and_on_a_detached_head() {
        let repo = TestRepo::new();
        repo.write("pmo.toml", "1");
        repo.write("not-mine", "1");
        let done = commit(&repo.location(), &paths(&["pmo.toml"]), "first").unwrap();
        assert_eq!(done.branch.as_deref(), Some("main"));
        assert_eq!(repo.git(&["status", "--porcelain"]), "?? not-mine");
        repo.git(&["checkout", "-q", "--detach"]);
        repo.write("pmo.toml", "2");
        let done = commit(&repo.location(), &paths(&["pmo.toml"]), "second").unwrap();
        assert_eq!((done.branch, done.id), (None, repo.git(&["rev-parse", "HEAD"])));
    }

    #[test]
    fn a_merge_a_conflict_and_a_missing_repository_are_named_before_anything_is_written() {
        let (repo, location) = register();
        repo.write(".git/MERGE_HEAD", repo.git(&["rev-parse", "HEAD"]));
        let error = can_commit(&location).unwrap_err().to_string();
        assert!(error.contains("a merge is in progress") && error.contains("git merge --abort"), "{error}");
        std::fs::remove_file(repo.dir.path().join(".git/MERGE_HEAD")).unwrap();
        can_commit(&location).unwrap();
        let dir = tempfile::tempdir().unwrap();
        let outside = super::super::location_of(dir.path()).unwrap();
        assert!(matches!(can_commit(&outside).unwrap_err(), StoreError::NoGit { .. }));
    }

    #[test]
    fn an_ignored_file_is_not_forced_in() {
        let (repo, location) = register();
        repo.write(".gitignore", "secret*");
        repo.write("reg/secret.toml", "x");
        let error = commit(&location, &paths(&["secret.toml"]), "x").unwrap_err().to_string();
        assert!(error.contains("ignored"), "{error}");
    }
}
