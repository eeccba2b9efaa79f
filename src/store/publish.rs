//! Brings a commit to where others see it: onto the branch that it belongs to, or onto a branch of
//! its own for a request.
//!
//! The user's work tree is never put at risk. Where others were faster, the commit is made anew on
//! top of theirs from git's objects alone, and the local branch follows only where git's own
//! two-way merge says that no local change is touched.

use super::StoreError;
use super::ahead::{Ahead, ahead};
use super::commit::Committed;
use super::discover::{Location, Repo, short_id};
use super::git::{self, Git};
use super::remote::{self, Remote};
use super::replant::replant_all;

/// How often a push is tried while others keep pushing.
const TRIES: usize = 5;

/// A commit that others can see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The remote's name.
    pub remote: String,
    /// The branch there.
    pub branch: String,
    /// The id of the commit there.
    pub id: String,
    /// What became of the local branch.
    pub local: Local,
    /// How many other commits of the local branch are not at the remote, and stay so.
    pub stay: usize,
    /// Where a browser opens the request, for a branch of its own.
    pub request: Option<String>,
}

/// What became of the local branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Local {
    /// It is as it was.
    Same,
    /// It now holds what others pushed, with the commit on top.
    Moved,
    /// It could not follow without touching the user's work: say so, and `git pull --rebase` later.
    Apart {
        /// Why, in git's words or ours.
        why: String,
    },
}

/// Pushes a commit to its branch's upstream, or to the branch of that name on the remote asked for.
///
/// Only this commit goes there, and the earlier ones of the same files that are not there yet: where the branch
/// holds others too, or others pushed meanwhile, they are put on top of what is there. Where both sides
/// changed the same file it refuses and says what to do; the commit stays.
pub fn push(location: &Location, made: &Committed, remote: Option<&str>) -> Result<Published, StoreError> {
    let (repo, git, branch) = start(location, made)?;
    let remote = Remote::of_branch(&git, &branch, remote)?;
    let to = remote.branch.clone();
    for _ in 0..TRIES {
        let Some(tip) = remote.tip(&git, &to)? else {
            // A branch that is not there yet has nothing to grow from.
            if let remote::Pushed::Done { .. } = remote.push(&git, &made.id, &to)? {
                return Ok(published(&remote, to, made.id.clone(), Local::Same, 0));
            }
            continue;
        };
        let ahead = ahead(repo, &git, made, &tip, None)?;
        if is_ancestor(&git, &made.id, &tip)? {
            return Ok(published(&remote, to, made.id.clone(), Local::Same, ahead.others));
        }
        let id = if ahead.below == 0 && is_ancestor(&git, &tip, &made.id)? {
            made.id.clone()
        } else {
            replant_all(repo, &git, &ahead.own, &tip)?.ok_or_else(|| both_changed(&remote, made))?
        };
        if let remote::Pushed::Done { .. } = remote.push(&git, &id, &to)? {
            let local =
                if id == made.id { Local::Same } else { follow(repo, &git, &branch, made, &ahead, &id)? };
            return Ok(published(&remote, to, id, local, ahead.others));
        }
    }
    Err(StoreError::Push(format!(
        "{}/{} moved on {TRIES} times while pushing; the commit {} is kept here, try `git pull --rebase` and `git push`",
        remote.name,
        remote.branch,
        short_id(&made.id)
    )))
}

/// Pushes a commit to a branch of its own, from which a request is opened.
///
/// The branch grows from the upstream's newest commit when the local branch holds other commits
/// that are not there yet, so that the request shows this commit alone.
pub fn push_to_branch(
    location: &Location,
    made: &Committed,
    remote: Option<&str>,
    own: &str,
) -> Result<Published, StoreError> {
    let (repo, git, branch) = start(location, made)?;
    let remote = Remote::of_branch(&git, &branch, remote)?;
    let base = remote.tip(&git, &remote.branch)?;
    for _ in 0..TRIES {
        let tip = remote.tip(&git, own)?;
        let Some(onto) = tip.as_ref().or(base.as_ref()) else {
            if let remote::Pushed::Done { said } = remote.push(&git, &made.id, own)? {
                let request = remote.request(&git, own, &said);
                let done = published(&remote, own.to_owned(), made.id.clone(), Local::Same, 0);
                return Ok(Published { request, ..done });
            }
            continue;
        };
        let ahead = ahead(repo, &git, made, onto, base.as_deref())?;
        if tip.is_some() && is_ancestor(&git, &made.id, onto)? {
            let request = remote.request(&git, own, "");
            let done = published(&remote, own.to_owned(), made.id.clone(), Local::Same, ahead.others);
            return Ok(Published { request, ..done });
        }
        let id = if ahead.below == 0 && is_ancestor(&git, onto, &made.id)? {
            made.id.clone()
        } else {
            match replant_all(repo, &git, &ahead.own, onto)? {
                Some(id) => id,
                // The request itself shows what collides.
                None if tip.is_none() && ahead.below == 0 => made.id.clone(),
                None => return Err(both_changed(&remote, made)),
            }
        };
        if let remote::Pushed::Done { said } = remote.push(&git, &id, own)? {
            let request = remote.request(&git, own, &said);
            let done = published(&remote, own.to_owned(), id, Local::Same, ahead.others);
            return Ok(Published { request, ..done });
        }
    }
    Err(StoreError::Push(format!("{}/{own} moved on {TRIES} times while pushing; try again", remote.name)))
}

fn start<'a>(location: &'a Location, made: &Committed) -> Result<(&'a Repo, Git, String), StoreError> {
    let repo = location.repo()?;
    let Some(branch) = &made.branch else {
        return Err(StoreError::Push(format!(
            "HEAD is detached, so there is no branch to push; keep the commit with `git switch -c NAME {}` and push that",
            short_id(&made.id)
        )));
    };
    Ok((repo, repo.git(), branch.clone()))
}

fn published(remote: &Remote, branch: String, id: String, local: Local, stay: usize) -> Published {
    Published { remote: remote.name.clone(), branch, id, local, stay, request: None }
}

fn both_changed(remote: &Remote, made: &Committed) -> StoreError {
    StoreError::Push(format!(
        "someone else changed {} too, on {}/{}; the commit {} is kept here. Run `git pull --rebase`, settle the file, and `git push`",
        made.paths.join(", "),
        remote.name,
        remote.branch,
        short_id(&made.id)
    ))
}

/// Lets the local branch follow to the commit as it was pushed.
fn follow(
    repo: &Repo,
    git: &Git,
    branch: &str,
    made: &Committed,
    ahead: &Ahead,
    id: &str,
) -> Result<Local, StoreError> {
    if ahead.others > 0 || ahead.merges {
        let why = format!("{branch} has other commits that are not pushed");
        return Ok(Local::Apart { why });
    }
    if git.line(["rev-parse", "--verify", "--quiet", &format!("refs/heads/{branch}")])? != made.id {
        return Ok(Local::Apart { why: format!("{branch} has moved meanwhile") });
    }
    drop(git.run(["update-index", "-q", "--refresh"], b""));
    let merged = git::run(repo.git().command(["read-tree", "-m", "-u", &made.id, id]), b"")?;
    if !merged.output.status.success() {
        return Ok(Local::Apart {
            why: "files that you have changed here were changed there too".to_owned(),
        });
    }
    let reference = format!("refs/heads/{branch}");
    git.run(["update-ref", "-m", "pmo: on top of what others pushed", &reference, id, &made.id], b"")?;
    Ok(Local::Moved)
}

/// Tells whether `older` is `newer` or one of its ancestors; false if either does not exist.
fn is_ancestor(git: &Git, older: &str, newer: &str) -> Result<bool, StoreError> {
    git.is(["merge-base", "--is-ancestor", older, newer])
}
