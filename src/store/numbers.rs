//! Which numbered ids are in use, so that the next one is free on every branch that is known here.

use std::collections::BTreeSet;

use super::discover::{Head, Location};
use super::objects::{self, Objects};
use super::revision::trees_at;
use super::{Source, StoreError};

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

fn add_from_branches(
    objects: &dyn Objects,
    folder: &str,
    prefix: &str,
    numbers: &mut BTreeSet<u32>,
) -> Result<(), StoreError> {
    let mut commits: Vec<String> = objects.branches()?.into_iter().map(|tip| tip.commit).collect();
    commits.sort_unstable();
    commits.dedup();
    let mut roots = Vec::with_capacity(commits.len());
    for commit in commits {
        roots.push(objects.resolve(&commit)?.tree);
    }
    for tree in trees_at(objects, roots, folder)? {
        for entry in objects.tree(&tree)? {
            numbers.extend(number_of(&entry.name, prefix));
        }
    }
    Ok(())
}

/// Reads the number in a file's name.
fn number_of(name: &str, prefix: &str) -> Option<u32> {
    let digits = name.strip_prefix(prefix)?.strip_suffix(".toml")?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::super::git_program::GitProgram;
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
}
