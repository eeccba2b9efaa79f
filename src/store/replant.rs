//! Makes a commit anew on top of another, from git's objects alone.

use super::StoreError;
use super::discover::Repo;
use super::git::{self, Git, succeeded};

/// A commit that is here and not yet at the remote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    /// Its id.
    pub id: String,
    /// The paths that it changed, from the top of the repository.
    pub paths: Vec<String>,
}

/// Puts the changes of `steps`, one after the other, on top of `onto` and returns the last new commit's id.
///
/// `None` if one of them does not fit (see [`replant`]).
pub(crate) fn replant_all(
    repo: &Repo,
    git: &Git,
    steps: &[Step],
    onto: &str,
) -> Result<Option<String>, StoreError> {
    let mut top = onto.to_owned();
    for step in steps {
        let Some(id) = replant(repo, git, step, &top)? else { return Ok(None) };
        top = id;
    }
    Ok(Some(top))
}

/// Puts the change of `made` on top of `onto` and returns the new commit's id.
///
/// Neither the index nor the work tree takes part. `None` if `onto` holds one of the files in a
/// version that the change was not made from. If `onto` holds the change already, it is returned.
fn replant(repo: &Repo, git: &Git, made: &Step, onto: &str) -> Result<Option<String>, StoreError> {
    let parent = format!("{}^", made.id);
    let mut entries = Vec::new();
    let mut same = true;
    for path in &made.paths {
        let before = entry(git, &parent, path)?;
        let after = entry(git, &made.id, path)?;
        let theirs = entry(git, onto, path)?;
        if theirs != after {
            same = false;
            if theirs != before {
                return Ok(None);
            }
        }
        let after = after.unwrap_or_else(|| format!("0 {}", "0".repeat(made.id.len())));
        entries.extend(format!("{after}\t{path}\0").into_bytes());
    }
    if same {
        return Ok(Some(onto.to_owned()));
    }
    let folder = tempfile::tempdir_in(&repo.git_dir);
    let folder = folder.map_err(|error| StoreError::io("make", "a file in .git", error))?;
    let apart = repo.git().set("GIT_INDEX_FILE", folder.path().join("index"));
    apart.run(["read-tree", onto], b"")?;
    apart.run(["update-index", "-z", "--index-info"], &entries)?;
    let tree = apart.run(["write-tree"], b"")?;
    let tree = String::from_utf8_lossy(&tree).trim().to_owned();
    commit(git, made, &tree, onto).map(Some)
}

/// Returns a file's mode and id in a commit, if it is there.
fn entry(git: &Git, commit: &str, path: &str) -> Result<Option<String>, StoreError> {
    let name = git.line(["rev-parse", "--verify", "--quiet", &format!("{commit}^{{tree}}")]);
    let Ok(tree) = name else { return Ok(None) };
    let line = git.line(["ls-tree", "--full-tree", &tree, "--", path])?;
    let head = line.split('\t').next().unwrap_or_default();
    let mut words = head.split(' ');
    Ok(match (words.next(), words.next(), words.next()) {
        (Some(mode), Some(_), Some(id)) => Some(format!("{mode} {id}")),
        _ => None,
    })
}

/// Commits a tree with the author and message of `made`, signed if the user signs.
fn commit(git: &Git, made: &Step, tree: &str, parent: &str) -> Result<String, StoreError> {
    let author = git.line(["show", "-s", "--format=%an%n%ae%n%ad", "--date=raw", &made.id])?;
    let mut author = author.lines().map(str::to_owned);
    let message = git.read(["show", "-s", "--format=%B", &made.id])?;
    let signs =
        git.line(["config", "--type=bool", "--get", "commit.gpgSign"]).is_ok_and(|value| value == "true");
    let args = ["commit-tree", tree, "-p", parent, "-F", "-"].into_iter().chain(signs.then_some("-S"));
    let mut command = git.command(args);
    for name in ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_AUTHOR_DATE"] {
        command.env(name, author.next().unwrap_or_default());
    }
    let id = git::run(command, &message).and_then(succeeded)?;
    Ok(String::from_utf8_lossy(&id).trim().to_owned())
}
