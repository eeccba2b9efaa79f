//! Which numbered ids are in use, so that the next one is free on every branch that is known here.

use std::collections::BTreeSet;

use super::discover::{Head, Location};
use super::objects::{self, Objects};
use super::{EntryKind, Source, StoreError};

/// Returns the numbers in use in a register's folder: 3 for `R-003.toml` with the prefix `R-`.
///
/// It looks at the work tree and at every local and remote-tracking branch, so that two people who
/// work on branches of their own seldom choose the same number.
pub fn numbers_in_use(location: &Location, folder: &str, prefix: &str) -> Result<BTreeSet<u32>, StoreError> {
    let mut numbers = BTreeSet::new();
    for entry in location.work_tree().list(folder)? {
        numbers.extend(number_of(&entry.name, prefix));
    }
    let Some(repo) = &location.repo else { return Ok(numbers) };
    if matches!(repo.head, Head::Unreadable { .. }) {
        return Ok(numbers);
    }
    let objects = objects::open(repo)?;
    add_from_branches(objects.as_ref(), &repo.path(folder), prefix, &mut numbers)?;
    Ok(numbers)
}

/// Adds the numbers of every branch. A tree that several branches share is looked into once, and of the folders on
/// the way only the one entry that leads on is read: five hundred branches cost little more than one.
fn add_from_branches(
    objects: &dyn Objects,
    folder: &str,
    prefix: &str,
    numbers: &mut BTreeSet<u32>,
) -> Result<(), StoreError> {
    let mut commits: Vec<String> = objects.branches()?.into_iter().map(|tip| tip.commit).collect();
    commits.sort_unstable();
    commits.dedup();
    for tree in trees_at(objects, &commits, folder)? {
        for entry in objects.tree(&tree)? {
            numbers.extend(number_of(&entry.name, prefix));
        }
    }
    Ok(())
}

/// From so many commits on a thread is worth starting.
const MANY: usize = 100;

/// Returns the ids of the trees at `folder` in commits, each tree once.
fn trees_at(objects: &dyn Objects, commits: &[String], folder: &str) -> Result<BTreeSet<String>, StoreError> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(4);
    let share = commits.len().div_ceil(threads).max(MANY);
    let mut found = BTreeSet::new();
    std::thread::scope(|scope| {
        let parts: Vec<_> =
            commits.chunks(share).map(|part| scope.spawn(|| trees_of(objects, part, folder))).collect();
        for part in parts {
            // A thread that panicked has said so; nothing is made of what it did not find.
            found.extend(part.join().unwrap_or_else(|_| Ok(BTreeSet::new()))?);
        }
        Ok(found)
    })
}

/// Returns the ids of the trees at `folder` in some commits.
fn trees_of(objects: &dyn Objects, commits: &[String], folder: &str) -> Result<BTreeSet<String>, StoreError> {
    let mut level = BTreeSet::new();
    for commit in commits {
        level.insert(objects.root(commit)?);
    }
    for part in folder.split('/').filter(|part| !part.is_empty()) {
        let mut next = BTreeSet::new();
        for id in &level {
            let found = objects.entry(id, part)?.filter(|entry| entry.kind == EntryKind::Folder);
            next.extend(found.map(|entry| entry.id));
        }
        level = next;
    }
    Ok(level)
}

/// Reads the number in a file's name.
fn number_of(name: &str, prefix: &str) -> Option<u32> {
    let digits = name.strip_prefix(prefix)?.strip_suffix(".toml")?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

    use super::super::git_program::GitProgram;
    use super::super::objects::{Resolved, Tip, TreeEntry};
    use super::super::past::PastCommit;
    use super::super::test_repo::TestRepo;
    use super::*;

    #[test]
    fn counts_the_work_tree_and_every_branch() {
        let theirs = TestRepo::new();
        theirs.write("reg/projects/crm/risks/R-001.toml", "");
        theirs.commit_all("base");
        theirs.git(&["switch", "-q", "-c", "theirs"]);
        theirs.write("reg/projects/crm/risks/R-007.toml", "");
        theirs.write("reg/projects/erp/risks/R-070.toml", "");
        theirs.commit_all("theirs");
        theirs.git(&["switch", "-q", "main"]);
        let repo = TestRepo::clone_of(&theirs.root());
        repo.git(&["switch", "-q", "-c", "mine"]);
        repo.write("reg/projects/crm/risks/R-003.toml", "");
        repo.write("reg/projects/crm/risks/R-x.toml", "");
        repo.write("reg/projects/crm/risks/R-0012.toml.bak", "");
        repo.commit_all("mine");
        repo.git(&["switch", "-q", "main"]);
        repo.write("reg/projects/crm/risks/R-002.toml", "");
        let location = super::super::location_of(&repo.dir.path().join("reg")).unwrap();
        let numbers = numbers_in_use(&location, "projects/crm/risks", "R-").unwrap();
        assert_eq!(numbers.into_iter().collect::<Vec<_>>(), [1, 2, 3, 7]);
        assert!(numbers_in_use(&location, "projects/none/risks", "R-").unwrap().is_empty());
        let program = GitProgram::open(location.repo.as_ref().unwrap()).unwrap();
        let mut numbers = BTreeSet::new();
        add_from_branches(&program, "reg/projects/crm/risks", "R-", &mut numbers).unwrap();
        assert_eq!(numbers.into_iter().collect::<Vec<_>>(), [1, 3, 7]);
    }

    /// Counts what is asked of git's objects.
    struct Counted {
        inner: std::sync::Arc<dyn Objects>,
        asked: AtomicUsize,
        listed: AtomicUsize,
    }

    impl Objects for Counted {
        fn resolve(&self, rev: &str) -> Result<Resolved, StoreError> {
            self.asked.fetch_add(1, Relaxed);
            self.inner.resolve(rev)
        }
        fn root(&self, commit: &str) -> Result<String, StoreError> {
            self.asked.fetch_add(1, Relaxed);
            self.inner.root(commit)
        }
        fn full_name(&self, rev: &str) -> Option<String> {
            self.inner.full_name(rev)
        }
        fn tree(&self, id: &str) -> Result<Vec<TreeEntry>, StoreError> {
            self.listed.fetch_add(1, Relaxed);
            self.inner.tree(id)
        }
        fn entry(&self, tree: &str, name: &str) -> Result<Option<TreeEntry>, StoreError> {
            self.asked.fetch_add(1, Relaxed);
            self.inner.entry(tree, name)
        }
        fn blob(&self, id: &str, path: &str, into: &mut Vec<u8>) -> Result<(), StoreError> {
            self.inner.blob(id, path, into)
        }
        fn commit(&self, id: &str) -> Result<PastCommit, StoreError> {
            self.inner.commit(id)
        }
        fn branches(&self) -> Result<Vec<Tip>, StoreError> {
            self.inner.branches()
        }
    }

    #[test]
    fn five_hundred_branches_are_read_where_they_differ() {
        let repo = TestRepo::new();
        let mut stream = String::new();
        let file = |path: &str, text: &str| format!("M 100644 inline {path}\ndata {}\n{text}\n", text.len());
        let commit = |branch: &str, from: &str| {
            format!("commit refs/heads/{branch}\ncommitter A <a@x> 1700000000 +0000\ndata 1\nx\n{from}")
        };
        stream += &commit("main", "");
        for project in 0..20 {
            stream += &file(&format!("projects/p{project}/risks/R-001.toml"), "x");
        }
        // Every second branch changes a project of its own, every tenth the one that is asked for.
        for branch in 0..500 {
            stream += &commit(&format!("b{branch}"), "from refs/heads/main\n");
            let path = match branch {
                n if n % 10 == 0 => format!("projects/p7/risks/R-{:03}.toml", 10 + n),
                n if n % 2 == 0 => format!("projects/p{}/project.toml", n % 7),
                _ => "README".to_owned(),
            };
            stream += &file(&path, &format!("{branch}"));
        }
        repo.git_with(&["fast-import", "--quiet"], stream.as_bytes());
        let location = super::super::location_of(repo.dir.path()).unwrap();
        let counted = Counted {
            inner: objects::open(location.repo.as_ref().unwrap()).unwrap(),
            asked: AtomicUsize::new(0),
            listed: AtomicUsize::new(0),
        };
        let mut numbers = BTreeSet::new();
        add_from_branches(&counted, "projects/p7/risks", "R-", &mut numbers).unwrap();
        assert_eq!(numbers.len(), 51, "50 branches and the one they began at");
        assert_eq!(numbers.last(), Some(&500));
        // The folder: once in each of its 51 states. On the way: 501 commits, their roots, and what differs below.
        assert_eq!(counted.listed.into_inner(), 51);
        let asked = counted.asked.into_inner();
        assert!(asked < 501 * 2 + 251 * 4, "{asked}");
    }
}
