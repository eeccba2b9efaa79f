//! `pmo undo`: takes back the last commit that pmo made.

use clap::Args;

use crate::history;
use crate::store::{self, UndoError, Undoable};
use crate::text;

use super::{CliError, Context, Done, Outcome};

/// How many files are named.
const NAMED: usize = 5;

/// Take back the last commit that pmo made, by a commit that puts its files back
///
/// Nothing is lost: the commit stays in history and is followed by one that reverts it, and whatever else is staged
/// or changed stays as it is. It must still be the last commit, not pushed, and its files must not have changed
/// since. Once more takes the taking back back. Which commits pmo made is known in this clone only, from git's log of
/// HEAD (`git reflog`).
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo undo --dry-run      what it would change
  pmo undo                take the last commit back
  pmo undo                ... and once more: have it again")]
pub struct Undo {
    /// Show what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
}

impl Undo {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        context.hold_unless(self.dry_run)?;
        let location = context.location()?;
        let made = store::undoable(location, history::TAGS).map_err(explained)?;
        let short = store::short_id(&made.id);
        if self.dry_run {
            let preview = store::undo_preview(location, &made)?;
            context.put(
                &preview.lines().map(|line| format!("{}\n", text::terminal(line))).collect::<String>(),
            )?;
            context.say(&format!("would take back {short} ({}): {}", made.subject, files(&made)));
            context.say("nothing was written (--dry-run)");
            return Ok(Done::Fine);
        }
        let done = store::undo(location, &made, context.hold()?).map_err(|error| {
            CliError::from(error)
                .hint("the commit stands as it was, and so do its files; `git status` shows them")
        })?;
        context.say(&format!("took back {short} ({}): {}", made.subject, files(&made)));
        context.say(&super::commit::said(&done, &format!("Revert \"{}\"", made.subject)));
        context.say("to have it again: pmo undo");
        Ok(Done::Fine)
    }
}

/// The files of a commit, in words.
fn files(made: &Undoable) -> String {
    match made.paths.len() {
        0 => "no file".to_owned(),
        1..=NAMED => text::list(&made.paths, "and"),
        more => text::count(more, "file"),
    }
}

/// What to do instead.
fn explained(error: UndoError) -> CliError {
    let hints: Vec<String> = match &error {
        UndoError::NotOurs { id, .. } => vec![format!("`git revert {id}` takes any commit back")],
        UndoError::Pushed { id, .. } => {
            vec![format!("`git revert {id}` and `git push` take it back where everybody sees it")]
        }
        UndoError::Merge { id } => {
            vec![format!("`git revert -m 1 {id}` keeps the side that was merged into")]
        }
        UndoError::First { .. } => vec!["`pmo rm` removes records".to_owned()],
        UndoError::Closing { tag, .. } => {
            let period = tag.strip_prefix(history::TAGS).unwrap_or(tag).split('.').next().unwrap_or_default();
            vec![format!("pmo period open {period} --reason WHY")]
        }
        UndoError::Changed { id, .. } => vec![
            "commit or stash those changes first: `git stash push -- FILE`".to_owned(),
            format!("`git show {id}` shows what the commit did"),
        ],
        UndoError::Store(_) => Vec::new(),
    };
    hints.into_iter().fold(CliError::from(error), CliError::hint)
}
