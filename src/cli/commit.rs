//! `--commit [-m MSG]`, for every command that writes: commits what it wrote, and nothing else.
//!
//! ```text
//! let commit = self.commit.begin(context, &config)?;   // refuses before anything is written
//! context.apply(&plan)?;
//! commit.finish(context, &plan.paths(), "crm/R-003: a new risk")?;
//! ```

use clap::Args;

use crate::model::Config;
use crate::store::{self, Committed};

use super::{CliError, Context};

/// Whether and how what was written is committed.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Git")]
pub struct CommitOptions {
    /// Commit what was written; `[git] commit = true` in pmo.toml makes this the default
    #[arg(long, overrides_with = "no_commit")]
    pub commit: bool,
    /// Leave it uncommitted, whatever pmo.toml says
    #[arg(long, overrides_with = "commit")]
    pub no_commit: bool,
    /// Commit it with this message
    #[arg(short, long, value_name = "MSG", conflicts_with = "no_commit")]
    pub message: Option<String>,
}

/// A commit that will be made once the files are written.
#[derive(Debug)]
pub struct Committing {
    wanted: bool,
    message: Option<String>,
}

impl CommitOptions {
    /// Whether the options or the register ask for a commit.
    pub fn is_wanted(&self, context: &Context, config: &Config) -> Result<bool, CliError> {
        let asked = self.commit || self.message.is_some();
        Ok(asked || (config.git.commit && !self.no_commit && context.location()?.repo.is_some()))
    }

    /// Decides whether to commit, and refuses now what git would refuse after the files were written.
    pub fn begin(&self, context: &Context, config: &Config) -> Result<Committing, CliError> {
        let asked = self.commit || self.message.is_some();
        let location = context.location()?;
        let wanted = self.is_wanted(context, config)?;
        if wanted {
            store::can_commit(location).map_err(|error| {
                let is_busy = matches!(error, store::StoreError::IndexLocked { .. });
                let error = CliError::from(error);
                let error =
                    if is_busy { error.hint("nothing was written; type the same again then") } else { error };
                if asked { error } else { error.hint("or leave it uncommitted with --no-commit") }
            })?;
        }
        Ok(Committing { wanted, message: self.message.clone() })
    }
}

impl Committing {
    /// Whether a commit will be made.
    pub fn is_wanted(&self) -> bool {
        self.wanted
    }

    /// Commits these files of the register, if that is wanted, and says so.
    ///
    /// `message` is taken unless the user gave one.
    pub fn finish(
        self,
        context: &Context,
        paths: &[String],
        message: &str,
    ) -> Result<Option<Committed>, CliError> {
        if !self.wanted || paths.is_empty() {
            return Ok(None);
        }
        let message = self.message.as_deref().unwrap_or(message);
        let made = match store::commit(context.location()?, paths, message) {
            Ok(made) => made,
            Err(store::StoreError::NothingToCommit { .. }) => return Ok(None),
            Err(error) => {
                return Err(CliError::from(error)
                    .hint("the files are written; they are only not committed. `git status` shows them"));
            }
        };
        context.say(&said(&made, message));
        Ok(Some(made))
    }
}

/// Says which commit was made, and how to keep one that is on no branch.
pub fn said(made: &Committed, message: &str) -> String {
    let id = store::short_id(&made.id);
    let title = message.lines().next().unwrap_or_default();
    match &made.branch {
        Some(branch) => format!("committed {id} on {branch}: {title}"),
        None => format!(
            "committed {id}: {title}\nHEAD is detached, so no branch holds it: `git switch -c NAME` keeps it"
        ),
    }
}
