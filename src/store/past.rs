//! Commits and what stands in their trees, for whoever walks through history.

use std::collections::HashSet;
use std::sync::Arc;

use super::StoreError;
use super::discover::{Location, Repo};
use super::moved::Former;
use super::objects::{self, Objects};
use super::revision::Revision;

/// A commit of a repository.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PastCommit {
    /// Its full id.
    pub id: String,
    /// The id of the repository's root tree.
    pub tree: String,
    /// The ids of its parents.
    pub parents: Vec<String>,
    /// When it was committed, in seconds since 1970.
    pub seconds: i64,
    /// The committer's offset from UTC, in minutes.
    pub offset_minutes: i32,
    /// The author's name.
    pub author: String,
    /// The addresses of author and committer.
    pub emails: [String; 2],
}

/// An entry that differs between two trees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The entry's name.
    pub name: String,
    /// Its object in the first tree.
    pub before: Option<String>,
    /// Its object in the second.
    pub after: Option<String>,
}

/// The history behind HEAD.
pub struct Past {
    objects: Arc<dyn Objects>,
    repo: Repo,
    former: Former,
    head: String,
    shallow: HashSet<String>,
}

impl Past {
    /// Opens a register's history; nothing without a repository, or before its first commit.
    pub fn open(location: &Location) -> Result<Option<Self>, StoreError> {
        let Some(repo) = &location.repo else { return Ok(None) };
        let Some(head) = repo.head.commit() else { return Ok(None) };
        Ok(Some(Self {
            objects: objects::open(repo)?,
            repo: repo.clone(),
            former: Former::default(),
            head: head.to_owned(),
            shallow: shallow(repo),
        }))
    }

    #[cfg(test)]
    pub(crate) fn through(objects: Arc<dyn Objects>, location: &Location) -> Self {
        let repo = location.repo.as_ref().unwrap();
        let head = repo.head.commit().unwrap().to_owned();
        let former = Former::default();
        Self { objects, repo: repo.clone(), former, head, shallow: shallow(repo) }
    }

    /// The full id of the commit that is checked out.
    pub fn head(&self) -> &str {
        &self.head
    }

    /// Finds the commit that a revision names, with what it is short for: `tag v1`, `branch main`.
    pub fn resolve(&self, rev: &str) -> Result<(String, Option<String>), StoreError> {
        let found = self.objects.resolve(rev)?;
        Ok((found.commit, self.objects.reference(rev)))
    }

    /// Reads a commit; it has no parents where a shallow clone ends.
    pub fn commit(&self, id: &str) -> Result<PastCommit, StoreError> {
        let mut commit = self.objects.commit(id)?;
        if self.shallow.contains(id) {
            commit.parents.clear();
        }
        Ok(commit)
    }

    /// Whether a shallow clone ends with this commit, so that what came before is not known.
    pub fn ends_at(&self, id: &str) -> bool {
        self.shallow.contains(id)
    }

    /// Opens the register's files as they stood at a commit; nothing where its folder was not there.
    ///
    /// However many are open, what git keeps is opened once.
    pub fn at(&self, commit: &PastCommit) -> Result<Option<Revision>, StoreError> {
        let place = self.former.place(self.objects.as_ref(), &self.repo, &commit.tree)?;
        Ok(place.map(|place| Revision::in_place(Arc::clone(&self.objects), &commit.id, place)))
    }

    /// The tree of a folder of the register in a commit, wherever the register stood then.
    pub fn folder(&self, commit: &PastCommit, path: &str) -> Result<Option<String>, StoreError> {
        let place = self.former.place(self.objects.as_ref(), &self.repo, &commit.tree)?;
        let mut tree = place.map(|place| place.tree);
        for part in path.split('/').filter(|part| !part.is_empty()) {
            tree = self.entry(tree.as_deref(), part)?;
        }
        Ok(tree)
    }

    /// The object of an entry of a tree.
    pub fn entry(&self, tree: Option<&str>, name: &str) -> Result<Option<String>, StoreError> {
        let Some(tree) = tree else { return Ok(None) };
        Ok(self.objects.entry(tree, name)?.map(|entry| entry.id))
    }

    /// The entries in which two trees differ.
    pub fn differences(
        &self,
        before: Option<&str>,
        after: Option<&str>,
    ) -> Result<Vec<Difference>, StoreError> {
        if before == after { Ok(Vec::new()) } else { self.objects.differences(before, after) }
    }

    /// Reads a file's bytes by the id of its object.
    pub fn read(&self, blob: &str) -> Result<Vec<u8>, StoreError> {
        let mut bytes = Vec::new();
        self.objects.blob(blob, blob, &mut bytes)?;
        Ok(bytes)
    }
}

/// The commits with which a shallow clone ends.
fn shallow(repo: &Repo) -> HashSet<String> {
    // A linked work tree shares the file with the repository that it belongs to.
    let common = std::fs::read_to_string(repo.git_dir.join("commondir")).ok();
    let dir = common.map_or_else(|| repo.git_dir.clone(), |path| repo.git_dir.join(path.trim()));
    let text = std::fs::read_to_string(dir.join("shallow")).unwrap_or_default();
    text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// Reads a commit as git stores it.
pub(crate) fn parse(id: &str, text: &str) -> Option<PastCommit> {
    let mut commit = PastCommit { id: id.to_owned(), ..PastCommit::default() };
    for line in text.lines().take_while(|line| !line.is_empty()) {
        match line.split_once(' ')? {
            ("tree", tree) => commit.tree = tree.to_owned(),
            ("parent", parent) => commit.parents.push(parent.to_owned()),
            ("author", who) => {
                let (name, email, ..) = person(who)?;
                (commit.author, commit.emails[0]) = (name, email);
            }
            ("committer", who) => {
                let (_, email, seconds, offset) = person(who)?;
                commit.emails[1] = email;
                (commit.seconds, commit.offset_minutes) = (seconds, offset);
            }
            _ => {}
        }
    }
    Some(commit)
}

/// Reads `Jana Novak <jana@example.org> 1795217400 +0100`.
fn person(text: &str) -> Option<(String, String, i64, i32)> {
    let (name, rest) = text.split_once('<')?;
    let (email, when) = rest.rsplit_once('>')?;
    let mut when = when.split_whitespace();
    let seconds = when.next()?.parse().ok()?;
    let zone: i32 = when.next().unwrap_or("0").parse().ok()?;
    Some((name.trim().to_owned(), email.trim().to_owned(), seconds, zone / 100 * 60 + zone % 100))
}

#[cfg(test)]
mod tests {
    use super::super::git_program::GitProgram;
    use super::super::libgit::LibGit;
    use super::super::test_repo::TestRepo;
    use super::*;

    #[test]
    fn both_readers_tell_the_same_of_a_commit_and_of_two_trees() {
        let repo = TestRepo::new();
        repo.write("reg/projects/crm/project.toml", "1");
        repo.write("reg/projects/old/project.toml", "1");
        repo.commit_all("first");
        std::fs::remove_dir_all(repo.dir.path().join("reg/projects/old")).unwrap();
        repo.write("reg/projects/crm/project.toml", "2");
        repo.write("reg/projects/new/project.toml", "1");
        repo.commit_all("second");
        let location = super::super::location_of(&repo.dir.path().join("reg")).unwrap();
        let inside = location.repo.as_ref().unwrap();
        let readers: [Arc<dyn Objects>; 2] =
            [Arc::new(LibGit::open(inside).unwrap()), Arc::new(GitProgram::open(inside).unwrap())];
        let told = readers.map(|objects| {
            let past = Past::through(objects, &location);
            let commit = past.commit(past.head()).unwrap();
            let parent = past.commit(&commit.parents[0]).unwrap();
            let trees = [&parent, &commit].map(|one| past.folder(one, "projects").unwrap());
            let mut differences = past.differences(trees[0].as_deref(), trees[1].as_deref()).unwrap();
            differences.sort_by(|a, b| a.name.cmp(&b.name));
            let crm = past.entry(trees[1].as_deref(), "crm").unwrap();
            let charter = past.entry(crm.as_deref(), "project.toml").unwrap().unwrap();
            assert_eq!(past.read(&charter).unwrap(), b"2");
            assert_eq!(past.folder(&commit, "programmes").unwrap(), None);
            (commit, differences)
        });
        assert_eq!(told[0], told[1]);
        let (commit, differences) = &told[0];
        assert_eq!((commit.seconds, commit.offset_minutes), (1_794_819_600, 0));
        assert_eq!((commit.author.as_str(), commit.emails[1].as_str()), ("Jana Novak", "jana@example.org"));
        let shape: Vec<_> =
            differences.iter().map(|d| (d.name.as_str(), d.before.is_some(), d.after.is_some())).collect();
        assert_eq!(shape, [("crm", true, true), ("new", false, true), ("old", true, false)]);
    }

    #[test]
    fn people_and_zones_are_read_as_git_writes_them() {
        let read = person("A <b> c <a@b.example> 1795217400 -0530").unwrap();
        assert_eq!(read, ("A".to_owned(), "b> c <a@b.example".to_owned(), 1_795_217_400, -330));
        assert!(person("nobody").is_none());
    }
}
