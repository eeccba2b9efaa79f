//! What git could not join: the three versions of each file in its index, and whose they are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::changed::{names, without_filters};
use super::discover::{Location, Repo, short_id};
use super::git::Git;
use super::{Revision, Source as _, StoreError, objects};

/// A file that git could not join, as git's index has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conflicted {
    /// The register's path.
    pub path: String,
    /// What it was before both sides changed it.
    pub base: Option<Vec<u8>>,
    /// What it is on the side that is checked out.
    pub ours: Option<Vec<u8>>,
    /// What it is on the side that comes in.
    pub theirs: Option<Vec<u8>>,
    /// Whether a version is a link or another repository, and so no text.
    pub is_odd: bool,
    /// Whether one side moved it here: before both sides it was not at this path.
    pub is_moved: bool,
}

/// What is being joined, and with what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joining {
    /// `merge`, `rebase`, `cherry-pick` or `revert`.
    pub what: &'static str,
    /// How it goes on once nothing is in conflict.
    pub goes_on: &'static str,
    /// The side that is checked out.
    pub ours: SideOf,
    /// The side that comes in.
    pub theirs: SideOf,
    /// The commits that git will bring in after this one, in their order: those of a rebase that are still to do.
    pub later: Vec<SideOf>,
}

/// One side of what is being joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideOf {
    /// Its commit.
    pub commit: String,
    /// Where it left the other side.
    pub from: Option<String>,
    /// The branch that it is, or its short id.
    pub name: String,
}

/// Who changed a file last on a side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastChange {
    /// The commit.
    pub commit: String,
    /// The author.
    pub author: String,
    /// The day of writing, `2026-11-20`.
    pub day: String,
}

/// A file as one change left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The change.
    pub change: LastChange,
    /// What the file held then; none where it was removed.
    pub bytes: Option<Vec<u8>>,
}

/// Lists the register's files that git could not join, and counts those outside of the register.
pub fn conflicts(location: &Location) -> Result<(Vec<Conflicted>, usize), StoreError> {
    let repo = location.repo()?;
    let listed = repo.git().read(["ls-files", "--unmerged", "-z"])?;
    let mut files: BTreeMap<String, Conflicted> = BTreeMap::new();
    let mut outside = BTreeSet::new();
    let objects = objects::open(repo)?;
    for entry in listed.split(|&byte| byte == 0).filter(|entry| !entry.is_empty()) {
        let entry = String::from_utf8_lossy(entry);
        // "MODE ID STAGE\tPATH"
        let Some((head, path)) = entry.split_once('\t') else { continue };
        let Some(path) = repo.register_path(path) else {
            outside.insert(path.to_owned());
            continue;
        };
        let mut words = head.split(' ');
        let (mode, id, stage) = (words.next(), words.next(), words.next());
        let file = files.entry(path.to_owned()).or_default();
        file.path = path.to_owned();
        let mut bytes = Vec::new();
        match (mode, id) {
            (Some(mode), Some(id)) if mode.starts_with("100") => objects.blob(id, path, &mut bytes)?,
            _ => file.is_odd = true,
        }
        match stage {
            Some("1") => file.base = Some(bytes),
            Some("2") => file.ours = Some(bytes),
            Some("3") => file.theirs = Some(bytes),
            _ => {}
        }
    }
    Ok((files.into_values().collect(), outside.len()))
}

/// Finds out what is being joined; `None` where nothing is, or where git does not say with what.
pub fn joining(location: &Location) -> Result<Option<Joining>, StoreError> {
    let repo = location.repo()?;
    let git = repo.git();
    let Some(ours) = repo.head.commit().map(str::to_owned) else { return Ok(None) };
    let signs = [
        ("MERGE_HEAD", "merge", "git commit"),
        ("REBASE_HEAD", "rebase", "git rebase --continue"),
        ("CHERRY_PICK_HEAD", "cherry-pick", "git cherry-pick --continue"),
        ("REVERT_HEAD", "revert", "git revert --continue"),
    ];
    let rebases = ["rebase-merge", "rebase-apply"].iter().any(|sign| repo.git_dir.join(sign).exists());
    for (sign, what, goes_on) in signs {
        if what == "rebase" && !rebases {
            continue;
        }
        // Other work trees have such files of their own: git finds those of this one.
        let Ok(commit) = git.line(["rev-parse", "--verify", "--quiet", &format!("{sign}^{{commit}}")]) else {
            continue;
        };
        let parent = git.line(["rev-parse", "--verify", "--quiet", &format!("{commit}^")]).ok();
        let (theirs, from) = match what {
            "merge" => (commit.clone(), git.line(["merge-base", &ours, &commit]).ok()),
            // What a revert brings in is the state before the commit.
            "revert" => (parent.unwrap_or(commit.clone()), Some(commit.clone())),
            _ => (commit.clone(), parent),
        };
        let ours_name = match (what, repo.head.branch()) {
            (_, Some(branch)) => branch.to_owned(),
            _ => name_of(repo, &ours),
        };
        let theirs_name = match what {
            "revert" => format!("before {}", short_id(&commit)),
            _ => name_of(repo, &theirs),
        };
        let fork = git.line(["merge-base", &ours, &theirs]).ok();
        return Ok(Some(Joining {
            what,
            goes_on,
            later: later(repo, &commit),
            ours: SideOf { commit: ours, from: fork, name: ours_name },
            theirs: SideOf { commit: theirs, from, name: theirs_name },
        }));
    }
    Ok(None)
}

/// The commits that a rebase or a cherry-pick has still to bring in, as git notes them, without the one it stopped at.
fn later(repo: &Repo, stopped_at: &str) -> Vec<SideOf> {
    let notes = ["rebase-merge/git-rebase-todo", "sequencer/todo"];
    let note = notes.iter().find_map(|note| std::fs::read_to_string(repo.git_dir.join(note)).ok());
    let Some(note) = note.filter(|note| note.len() as u64 <= super::MAX_FILE) else { return Vec::new() };
    let picks = ["pick", "p", "reword", "r", "edit", "e", "squash", "s", "fixup", "f"];
    let git = repo.git();
    let commit = |line: &str| {
        let mut words = line.split_ascii_whitespace();
        let _pick = words.next().filter(|word| picks.contains(word))?;
        let id = words.find(|word| !word.starts_with('-'))?;
        let whole = |id: &str| git.line(["rev-parse", "--verify", "--quiet", id]).ok();
        let commit = whole(&format!("{id}^{{commit}}")).filter(|commit| commit != stopped_at)?;
        let from = whole(&format!("{commit}^"));
        Some(SideOf { from, name: short_id(&commit).to_owned(), commit })
    };
    note.lines().filter_map(commit).collect()
}

/// Notes of the files that one side removed whether the other side moved them to where they are.
pub fn note_moved(
    location: &Location,
    joining: &Joining,
    files: &mut [Conflicted],
) -> Result<(), StoreError> {
    let Some(from) = joining.theirs.from.as_deref() else { return Ok(()) };
    let before = Revision::open(location, from)?;
    for file in files {
        let is_gone = file.base.is_some() && file.ours.is_some() != file.theirs.is_some();
        file.is_moved = is_gone && before.read_if_present(&file.path)?.is_none();
    }
    Ok(())
}

/// The branch that points to a commit, or the commit's short id.
fn name_of(repo: &Repo, commit: &str) -> String {
    let at = format!("--points-at={commit}");
    // `origin/HEAD` only points to a branch, and is shown as `origin`, which says nothing.
    let format = "--format=%(if)%(symref)%(then)%(else)%(refname:short)%(end)";
    let found = repo.git().line(["for-each-ref", format, &at, "refs/heads", "refs/remotes"]);
    let names = found.unwrap_or_default();
    let name = names.lines().find(|name| !name.is_empty());
    name.map_or_else(|| short_id(commit).to_owned(), str::to_owned)
}

impl SideOf {
    /// The commits that only this side has.
    fn own(&self) -> String {
        match &self.from {
            Some(from) => format!("{from}..{}", self.commit),
            None => self.commit.clone(),
        }
    }

    /// Finds who changed a file last on this side; `None` where nobody did.
    pub fn last_change(&self, location: &Location, path: &str) -> Result<Option<LastChange>, StoreError> {
        Ok(self.log(location, path, "-1")?.pop())
    }

    /// Lists who changed a file on this side, the newest first, with what it held then; no more than the newest
    /// twenty.
    pub fn changes(&self, location: &Location, path: &str) -> Result<Vec<Version>, StoreError> {
        let objects = objects::open(location.repo()?)?;
        let version = |change: LastChange| {
            let revision = Revision::with(Arc::clone(&objects), location.repo()?, &change.commit)?;
            Ok(Version { bytes: revision.read_if_present(path)?, change })
        };
        self.log(location, path, "-20")?.into_iter().map(version).collect()
    }

    fn log(&self, location: &Location, path: &str, most: &str) -> Result<Vec<LastChange>, StoreError> {
        let git = Git::at(&location.root);
        let format = "--format=%H%x00%an%x00%as";
        let said = git.line(["log", most, "--no-show-signature", format, &self.own(), "--", path])?;
        let change = |line: &str| {
            let mut words = line.split('\0').map(str::to_owned);
            Some(LastChange { commit: words.next()?, author: words.next()?, day: words.next()? })
        };
        Ok(said.lines().filter_map(change).collect())
    }

    /// Lists the register's files that this side changed.
    pub fn changed(&self, location: &Location) -> Result<BTreeSet<String>, StoreError> {
        let git = Git::at(&location.root);
        let quiet = without_filters(&git)?;
        let quiet = quiet.iter().map(String::as_str);
        let Some(from) = &self.from else {
            let listed = git.read(["ls-tree", "-r", "-z", "--name-only", &self.commit])?;
            return Ok(names(&listed));
        };
        let diff =
            ["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--relative"];
        Ok(names(&git.read(quiet.chain(diff).chain([from.as_str(), self.commit.as_str(), "--"]))?))
    }

    /// Reads files as they are on this side; those that are not there are left out.
    pub fn files(
        &self,
        location: &Location,
        paths: &BTreeSet<String>,
    ) -> Result<BTreeMap<String, Vec<u8>>, StoreError> {
        let revision = Revision::open(location, &self.commit)?;
        let mut files = BTreeMap::new();
        for path in paths {
            if let Ok(Some(bytes)) = revision.read_if_present(path) {
                files.insert(path.clone(), bytes);
            }
        }
        Ok(files)
    }
}

/// Tells whether a remote-tracking branch has a commit, so that others may have seen it.
pub fn is_shared(location: &Location, commit: &str) -> Result<bool, StoreError> {
    let contains = format!("--contains={commit}");
    let found = location.repo()?.git().line([
        "for-each-ref",
        "--count=1",
        "--format=%(refname)",
        &contains,
        "refs/remotes",
    ])?;
    Ok(!found.is_empty())
}

/// Stages these files of the register as they lie in the work tree, and nothing else.
pub fn stage(location: &Location, paths: &[String]) -> Result<(), StoreError> {
    let listed: Vec<u8> = paths.iter().flat_map(|path| path.bytes().chain([0])).collect();
    let add = ["add", "--all", "--pathspec-from-file=-", "--pathspec-file-nul"];
    Git::at(&location.root).run(add, &listed).map(drop)
}

#[cfg(test)]
mod tests {
    use super::super::test_repo::TestRepo;
    use super::*;

    #[test]
    fn the_versions_of_a_conflict_and_whose_they_are() {
        let repo = TestRepo::new();
        repo.write("reg/pmo.toml", "a = 1\n");
        repo.write("reg/gone.toml", "a = 1\n");
        repo.write("outside", "1\n");
        repo.commit_all("base");
        repo.git(&["switch", "-q", "-c", "plan-b"]);
        repo.write("reg/pmo.toml", "a = 3\n");
        repo.write("reg/gone.toml", "a = 2\n");
        repo.write("reg/new.toml", "b = 1\n");
        repo.write("outside", "3\n");
        let theirs = repo.commit_as("amir@example.org", "2026-11-18T09:00:00Z");
        repo.git(&["switch", "-q", "main"]);
        repo.write("reg/pmo.toml", "a = 2\n");
        repo.write("reg/new.toml", "b = 2\n");
        repo.write("outside", "2\n");
        std::fs::remove_file(repo.dir.path().join("reg/gone.toml")).unwrap();
        repo.commit_all("mine");
        let location = || super::super::location_of(&repo.dir.path().join("reg")).unwrap();
        assert_eq!(joining(&location()).unwrap(), None);
        let merges = std::process::Command::new("git")
            .args(["merge", "-q", "plan-b"])
            .current_dir(repo.dir.path())
            .output();
        assert!(!merges.unwrap().status.success());
        let (files, outside) = conflicts(&location()).unwrap();
        assert_eq!(outside, 1);
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["gone.toml", "new.toml", "pmo.toml"]);
        let text = |bytes: &Option<Vec<u8>>| bytes.clone().map(|bytes| String::from_utf8(bytes).unwrap());
        assert_eq!((text(&files[0].ours), text(&files[0].theirs)), (None, Some("a = 2\n".into())));
        assert_eq!(files[1].base, None);
        assert_eq!(text(&files[2].base).as_deref(), Some("a = 1\n"));
        let joining = joining(&location()).unwrap().unwrap();
        assert_eq!((joining.what, joining.ours.name.as_str()), ("merge", "main"));
        assert_eq!((joining.theirs.name.as_str(), &joining.theirs.commit), ("plan-b", &theirs));
        let last = joining.theirs.last_change(&location(), "pmo.toml").unwrap().unwrap();
        assert_eq!((last.author.as_str(), last.day.as_str()), ("Somebody", "2026-11-18"));
        assert_eq!(joining.ours.changed(&location()).unwrap().len(), 3);
        assert!(!is_shared(&location(), &theirs).unwrap());
        repo.write("reg/pmo.toml", "a = 4\n");
        repo.write("reg/other.toml", "");
        stage(&location(), &["pmo.toml".into(), "gone.toml".into()]).unwrap();
        assert_eq!(conflicts(&location()).unwrap().0.len(), 1);
        assert!(repo.git(&["status", "--porcelain"]).contains("?? reg/other.toml"));
    }
}
