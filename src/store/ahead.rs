//! Which commits of a branch are not at the remote yet, and which of them belong to a report.

use std::collections::BTreeSet;

use super::StoreError;
use super::changed::names;
use super::commit::Committed;
use super::discover::{Repo, short_id};
use super::git::Git;
use super::replant::Step;

/// The commits that a branch is ahead of the remote by.
#[derive(Debug)]
pub(crate) struct Ahead {
    /// Those that go with the commit in hand, the oldest first, and itself.
    pub own: Vec<Step>,
    /// How many of its other ancestors are not at the remote.
    pub below: usize,
    /// How many others the branch has in all.
    pub others: usize,
    /// Whether merges are among them.
    pub merges: bool,
}

/// Sorts what the branch is ahead of `onto` by, leaving out what `base` has or what `onto` has as another commit.
///
/// Earlier commits that touch the same files go along, as long as they stay within the same project's folder.
pub(crate) fn ahead(
    repo: &Repo,
    git: &Git,
    made: &Committed,
    onto: &str,
    base: Option<&str>,
) -> Result<Ahead, StoreError> {
    let without = base.map(|base| format!("^{base}"));
    let list = |more: &[&str], range: &str| {
        let args = ["rev-list", "--right-only", "--cherry-pick"].into_iter().chain(more.iter().copied());
        git.line(args.chain([range]).chain(without.as_deref()))
    };
    let below = list(&["--no-merges"], &format!("{onto}...{}", made.id))?;
    let mut wanted: BTreeSet<String> = made.paths.iter().map(|path| repo.path(path)).collect();
    let homes: BTreeSet<String> = made.paths.iter().map(|path| repo.path(home(path))).collect();
    let is_home = |path: &String| {
        homes.iter().any(|home| {
            path.strip_prefix(home.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    };
    let (mut own, mut other) = (Vec::new(), 0);
    for id in below.lines() {
        let tree = ["diff-tree", "--root", "--no-commit-id", "--name-only", "-r", "-z", "--no-renames", id];
        let paths = names(&git.read(tree)?);
        if paths.is_disjoint(&wanted) {
            other += 1;
        } else if paths.iter().all(is_home) {
            wanted.extend(paths.iter().cloned());
            own.push(Step { id: id.to_owned(), paths: paths.into_iter().collect() });
        } else {
            return Err(StoreError::Push(format!(
                "the commit {} changes the same files and others too, and is not pushed yet; `git push` brings it along with all that is here",
                short_id(id)
            )));
        }
    }
    own.reverse();
    let head = made.branch.as_ref().map_or_else(|| made.id.clone(), |branch| format!("refs/heads/{branch}"));
    let above = git.line([
        "rev-list",
        "--no-merges",
        "--count",
        &format!("{}..{head}", made.id),
        &format!("^{onto}"),
    ])?;
    let merges = list(&["--merges"], &format!("{onto}...{head}"))?;
    let others = other + above.parse().unwrap_or(0);
    Ok(Ahead { own, below: other, others, merges: !merges.is_empty() })
}

/// The folder of the project that a path lies in, or the path itself.
fn home(path: &str) -> &str {
    let end = path.match_indices('/').nth(1).map_or(path.len(), |(at, _)| at);
    &path[..end]
}
