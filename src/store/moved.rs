//! Where a register stood in an older commit: its folder today, or the one that it has moved from since.

use std::sync::OnceLock;

use super::discover::{MARKER, Repo};
use super::objects::Objects;
use super::{EntryKind, StoreError};

/// The folder of a register in a commit, and its tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The folder, `""` for the repository's root.
    pub prefix: String,
    /// The id of its tree.
    pub tree: String,
}

/// The folders in which a register has stood, found once and only where its own is not there.
#[derive(Debug, Default)]
pub(crate) struct Former(OnceLock<Vec<String>>);

impl Former {
    /// Finds the register in the tree of a commit; nothing where neither its own folder nor an older one is.
    ///
    /// Without a `pmo.toml` anywhere its own folder still counts: what is in it may be looked at.
    pub fn place(&self, objects: &dyn Objects, repo: &Repo, root: &str) -> Result<Option<Place>, StoreError> {
        let own = folder(objects, root, &repo.prefix)?;
        let own = own.map(|tree| Place { prefix: repo.prefix.clone(), tree });
        if let Some(own) = &own
            && holds_register(objects, &own.tree)?
        {
            return Ok(Some(own.clone()));
        }
        for prefix in self.0.get_or_init(|| former(repo)) {
            if let Some(tree) = folder(objects, root, prefix)?
                && holds_register(objects, &tree)?
            {
                return Ok(Some(Place { prefix: prefix.clone(), tree }));
            }
        }
        Ok(own)
    }
}

/// Finds the tree of a folder below a tree.
pub(crate) fn folder(objects: &dyn Objects, root: &str, path: &str) -> Result<Option<String>, StoreError> {
    let mut tree = root.to_owned();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        match objects.entry(&tree, part)? {
            Some(entry) if entry.kind == EntryKind::Folder => tree = entry.id,
            _ => return Ok(None),
        }
    }
    Ok(Some(tree))
}

fn holds_register(objects: &dyn Objects, tree: &str) -> Result<bool, StoreError> {
    Ok(objects.entry(tree, MARKER)?.is_some())
}

/// The folders that the register had before, the newest first, as git follows its `pmo.toml` back from HEAD.
fn former(repo: &Repo) -> Vec<String> {
    let Some(head) = repo.head.commit() else { return Vec::new() };
    let marker = repo.path(MARKER);
    let moves = ["log", "--follow", "--diff-filter=R", "--name-status", "-z", "--format="];
    // Where git cannot tell, the register is taken never to have moved.
    let listed = repo.git().read(moves.into_iter().chain([head, "--", marker.as_str()])).unwrap_or_default();
    let listed = String::from_utf8_lossy(&listed).into_owned();
    // Each move is "R100\0OLD\0NEW\0".
    let words: Vec<&str> = listed.split('\0').collect();
    let old = words.chunks_exact(3).map(|told| told[1]);
    let folder = |path: &str| match path.rsplit_once('/') {
        Some((folder, MARKER)) => Some(folder.to_owned()),
        None if path == MARKER => Some(String::new()),
        _ => None,
    };
    old.filter_map(folder).collect()
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::super::test_repo::TestRepo;
    use super::super::{Past, Revision, Source, location_of};

    #[test]
    fn a_register_that_moved_is_found_where_it_was() {
        let repo = TestRepo::new();
        repo.write("it/pmo.toml", "[register]\nformat = 1\n");
        repo.write("it/people/jana.toml", "name = \"Jana\"\n");
        repo.write("other/readme", "x");
        let first = repo.commit_all("first");
        std::fs::create_dir(repo.dir.path().join("registers")).unwrap();
        repo.git(&["mv", "it", "registers/it"]);
        let second = repo.commit_all("second");
        repo.git(&["mv", "registers/it/pmo.toml", "registers/it/people", "."]);
        repo.commit_all("third");
        let location = repo.location();
        let place = |rev: &str| Revision::open(&location, rev).unwrap().place().to_owned();
        assert_eq!([place(&first), place(&second), place("HEAD")], ["it", "registers/it", ""]);
        let old = Revision::open(&location, &first).unwrap();
        assert_eq!(old.list("people").unwrap().len(), 1);
        let past = Past::open(&location).unwrap().unwrap();
        let people = |rev: &str| past.folder(&past.commit(rev).unwrap(), "people").unwrap();
        assert!(people(&first).is_some());
        assert_eq!(people(&first), people(past.head()), "the same folder, and nothing changed in it");
    }

    #[test]
    fn a_folder_that_was_no_register_yet_is_none() {
        let repo = TestRepo::new();
        repo.write("readme", "x");
        let first = repo.commit_all("first");
        repo.write("registers/it/pmo.toml", "");
        repo.commit_all("second");
        let location = location_of(&repo.dir.path().join("registers/it")).unwrap();
        let error = Revision::open(&location, &first).err().unwrap().to_string();
        assert!(error.contains("registers/it") && error.contains("not there yet"), "{error}");
    }
}
