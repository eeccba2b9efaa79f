//! Takes back the last commit that this program made, by a commit of its own.
//!
//! Which commits are ours stands in git's log of where HEAD has been, in this clone only: [`mod@super::commit`] lets git
//! write `pmo: …` there. The messages of commits stay as people write them.

use super::changed::{names, without_filters};
use super::commit::{Committed, MADE_BY, can_commit, commit};
use super::discover::{Location, short_id};
use super::{Lock, Past, PastCommit, StoreError, pending};

/// How far back HEAD's log is read.
const REMEMBERED: &str = "--max-count=500";

/// A commit that can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undoable {
    /// Its full id.
    pub id: String,
    /// The first line of its message.
    pub subject: String,
    /// The commit before it.
    pub parent: String,
    /// The files that it changed, in the register.
    pub paths: Vec<String>,
}

/// Why the last commit is not taken back.
#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    /// Somebody made it by hand, elsewhere, or by another program.
    #[error("the last commit, {id} ({subject}), was not made by pmo in this clone, so it is left as it is")]
    NotOurs {
        /// The commit, short.
        id: String,
        /// The first line of its message.
        subject: String,
    },
    /// Others can see it.
    #[error("{id} ({subject}) is pushed already: {on} has it, and others may have built on it")]
    Pushed {
        /// The commit, short.
        id: String,
        /// The first line of its message.
        subject: String,
        /// A remote branch that has it.
        on: String,
    },
    /// It joins two histories.
    #[error("the last commit, {id}, is a merge, and there is more than one way to take that back")]
    Merge {
        /// The commit, short.
        id: String,
    },
    /// There is nothing before it.
    #[error("{id} is the first commit that is here, so there is nothing to go back to")]
    First {
        /// The commit, short.
        id: String,
    },
    /// A closing is known by its tag, which a revert would leave behind.
    #[error("the tag {tag} names {id}: it closed a period, and reopening it is a decision of its own")]
    Closing {
        /// The commit, short.
        id: String,
        /// The tag.
        tag: String,
    },
    /// The work tree or the index has something else in its files.
    #[error("{} changed since {id}, and taking it back would lose that", paths.join(", "))]
    Changed {
        /// The commit, short.
        id: String,
        /// The files.
        paths: Vec<String>,
    },
    /// Git could not tell or do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Finds the last commit, if it is one that can be taken back; `closings` is what the tags of closings begin with.
pub fn undoable(location: &Location, closings: &str) -> Result<Undoable, UndoError> {
    can_commit(location)?;
    let repo = location.repo()?;
    let Some(past) = Past::open(location)? else {
        repo.head.with_history()?;
        let branch = repo.head.branch().unwrap_or("HEAD").to_owned();
        return Err(StoreError::Unborn { branch }.into());
    };
    let git = repo.git();
    let PastCommit { id, parents, .. } = past.commit(past.head())?;
    let short = || short_id(&id).to_owned();
    let subject = git.line(["log", "-1", "--no-show-signature", "--format=%s", &id])?;
    if parents.len() > 1 {
        return Err(UndoError::Merge { id: short() });
    }
    let log = ["reflog", "show", REMEMBERED, "--no-show-signature", "--format=%H %gs", "HEAD"];
    let remembered = git.line(log)?;
    let is_ours = |line: &str| {
        line.split_once(' ').is_some_and(|(moved_to, why)| {
            moved_to == id && why.strip_prefix(MADE_BY).is_some_and(|rest| rest.starts_with(':'))
        })
    };
    if !remembered.lines().any(is_ours) {
        return Err(UndoError::NotOurs { id: short(), subject });
    }
    let on = git.line([
        "for-each-ref",
        "--count=1",
        "--contains",
        &id,
        "--format=%(refname:short)",
        "refs/remotes",
    ])?;
    if !on.is_empty() {
        return Err(UndoError::Pushed { id: short(), subject, on });
    }
    let tags = format!("refs/tags/{closings}");
    let tag =
        git.line(["for-each-ref", "--count=1", "--points-at", &id, "--format=%(refname:strip=2)", &tags])?;
    if !tag.is_empty() {
        return Err(UndoError::Closing { id: short(), tag });
    }
    let Some(parent) = parents.into_iter().next() else { return Err(UndoError::First { id: short() }) };
    let tree = ["diff-tree", "--no-commit-id", "--name-only", "-r", "-z", "--no-renames", &parent, &id];
    let changed = names(&git.read(tree)?);
    let paths: Vec<String> =
        changed.iter().filter_map(|path| repo.register_path(path)).map(str::to_owned).collect();
    if paths.len() < changed.len() {
        // What pmo commits lies in the register; a hook of the user's may have added more.
        return Err(UndoError::NotOurs { id: short(), subject });
    }
    let made = Undoable { id, subject, parent, paths };
    match touched(location, &made.paths)? {
        touched if touched.is_empty() || is_half_undone(location, &made)? => Ok(made),
        paths => Err(UndoError::Changed { id: short_id(&made.id).to_owned(), paths }),
    }
}

/// Whether the files are as before the commit already: an undo was interrupted before it could commit.
fn is_half_undone(location: &Location, made: &Undoable) -> Result<bool, StoreError> {
    let repo = location.repo()?;
    let git = repo.git();
    let quiet = without_filters(&git)?;
    for staged in [None, Some("--cached")] {
        let diff = [
            "diff",
            "--name-only",
            "-z",
            "--no-renames",
            "--no-ext-diff",
            "--no-textconv",
            "--ignore-submodules=all",
        ];
        let diff = quiet.iter().map(String::as_str).chain(diff).chain(staged);
        let differ = names(&git.read(diff.chain([made.parent.as_str(), "--"]))?);
        if made.paths.iter().any(|path| differ.contains(&repo.path(path))) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The files that differ from the last commit, on the disk or as they are staged.
fn touched(location: &Location, paths: &[String]) -> Result<Vec<String>, StoreError> {
    let git = location.repo()?.git();
    let quiet = without_filters(&git)?;
    let staged =
        ["diff", "--cached", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--ignore-submodules=all"];
    let staged = names(&git.read(quiet.iter().map(String::as_str).chain(staged))?);
    let repo = location.repo()?;
    let other = pending(location, "")?;
    let is_touched = |path: &&String| other.contains(path) || staged.contains(&repo.path(path));
    Ok(paths.iter().filter(is_touched).cloned().collect())
}

/// What taking a commit back would change, as git shows a difference.
pub fn undo_preview(location: &Location, made: &Undoable) -> Result<String, StoreError> {
    let git = location.repo()?.git();
    let diff = ["diff-tree", "-p", "-r", "--no-color", "--no-ext-diff", "--no-textconv", "--find-renames"];
    let text = git.read(diff.into_iter().chain([made.id.as_str(), made.parent.as_str()]))?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// Takes a commit back: its files as they were before it, and a commit that says so.
///
/// Whoever asks holds the register. Whatever else is staged or changed stays as it is. When a hook refuses, the files are put back.
pub fn undo(location: &Location, made: &Undoable, _lock: &Lock) -> Result<Committed, StoreError> {
    restore(location, &made.parent, &made.paths)?;
    let (id, subject) = (&made.id, &made.subject);
    let message = format!("Revert \"{subject}\"\n\nThis reverts commit {id}.");
    commit(location, &made.paths, &message).inspect_err(|_| {
        // The files were as the commit has them, so nothing of anybody's is lost.
        drop(restore(location, id, &made.paths));
    })
}

/// Gives files, on the disk and in the index, the form that they have in a commit.
fn restore(location: &Location, commit: &str, paths: &[String]) -> Result<(), StoreError> {
    let git = super::git::Git::at(&location.root);
    let source = format!("--source={commit}");
    let listed: Vec<u8> = paths.iter().flat_map(|path| path.bytes().chain([0])).collect();
    let how = ["restore", "--staged", "--worktree", "--pathspec-from-file=-", "--pathspec-file-nul"];
    git.run(how.into_iter().chain([source.as_str()]), &listed)?;
    Ok(())
}
