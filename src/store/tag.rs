//! Tags: which there are, and new ones, made by the user's own `git`.

use super::StoreError;
use super::discover::Location;
use super::git::Git;

/// A tag of a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its name, without `refs/tags/`.
    pub name: String,
    /// The full id of the commit that it names.
    pub commit: String,
}

/// Returns the tags whose names begin with `prefix`, which ends in `/`, by name.
pub fn tags(location: &Location, prefix: &str) -> Result<Vec<Tag>, StoreError> {
    listed(location, prefix, &[])
}

fn listed(location: &Location, prefix: &str, which: &[&str]) -> Result<Vec<Tag>, StoreError> {
    location.repo()?;
    let git = Git::at(&location.root);
    let refs = format!("refs/tags/{prefix}");
    let format = "--format=%(refname:strip=2) %(objectname) %(*objectname)";
    let args = ["for-each-ref", format].into_iter().chain(which.iter().copied()).chain([refs.as_str()]);
    let listed = git.line(args)?;
    let tag = |line: &str| {
        let mut words = line.split(' ');
        let (name, object) = (words.next()?, words.next()?);
        // An annotated tag is an object of its own, which names the commit.
        let commit = words.next().filter(|id| !id.is_empty()).unwrap_or(object);
        Some(Tag { name: name.to_owned(), commit: commit.to_owned() })
    };
    Ok(listed.lines().filter_map(tag).collect())
}

/// Returns the tags as [`tags`] does, but for those of commits that came after `commit`.
pub fn tags_by(location: &Location, prefix: &str, commit: &str) -> Result<Vec<Tag>, StoreError> {
    let mut tags = tags(location, prefix)?;
    if !tags.is_empty() {
        let later = listed(location, prefix, &[&format!("--contains={commit}")])?;
        tags.retain(|tag| tag.commit == commit || !later.contains(tag));
    }
    Ok(tags)
}

/// Returns the short names of all tags and branches, for whoever mistyped one.
pub fn references(location: &Location) -> Result<Vec<String>, StoreError> {
    location.repo()?;
    let roots = ["refs/heads", "refs/tags", "refs/remotes"];
    let listed = Git::at(&location.root)
        .line(["for-each-ref", "--format=%(refname:lstrip=2)"].into_iter().chain(roots))?;
    Ok(listed.lines().map(str::to_owned).collect())
}

/// Tags a commit, annotated, so that `git push --follow-tags` takes the tag along.
///
/// It is signed where the user's git signs every tag, and never moves a tag that is there.
pub fn tag(location: &Location, name: &str, commit: &str, message: &str) -> Result<(), StoreError> {
    location.repo()?;
    let git = Git::at(&location.root);
    git.run(["tag", "--annotate", "-F", "-", "--", name, commit], message.as_bytes())?;
    Ok(())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::super::location_of;
    use super::super::test_repo::TestRepo;
    use super::*;

    #[test]
    fn a_tag_names_its_commit_and_never_moves() {
        let repo = TestRepo::new();
        repo.write("pmo.toml", "");
        let first = repo.commit_all("first");
        let location = location_of(repo.dir.path()).unwrap();
        assert_eq!(tags(&location, "report/").unwrap(), []);
        tag(&location, "report/2026-W47", &first, "Week 47\n\nclosed").unwrap();
        repo.write("pmo.toml", "x");
        let second = repo.commit_all("second");
        repo.git(&["tag", "report/2026-W48"]);
        repo.git(&["tag", "other"]);
        let made = |name: &str, commit: &str| Tag { name: name.into(), commit: commit.into() };
        let expected = [made("report/2026-W47", &first), made("report/2026-W48", &second)];
        assert_eq!(tags(&location, "report/").unwrap(), expected);
        assert_eq!(repo.git(&["cat-file", "-t", "report/2026-W47"]).trim(), "tag", "--follow-tags takes it");
        let refused = tag(&location, "report/2026-W47", &second, "again").unwrap_err();
        assert!(refused.to_string().contains("already exists"), "{refused}");
        assert_eq!(references(&location).unwrap(), ["main", "other", "report/2026-W47", "report/2026-W48"]);
        let by = |commit: &str| -> Vec<String> {
            tags_by(&location, "report/", commit).unwrap().into_iter().map(|tag| tag.name).collect()
        };
        assert_eq!(by(&first), ["report/2026-W47"], "what came later is not known yet");
        assert_eq!(by(&second), ["report/2026-W47", "report/2026-W48"]);
    }
}
