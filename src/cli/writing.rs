//! How a command that changes files ends: shown, checked, written, committed, and what to type next.

use std::sync::Arc;

use clap::Args;

use crate::change::refer::{self, LooseEnd};
use crate::change::{ChangeError, Plan, diff};
use crate::diag::{Problem, Texts, human};
use crate::load::{Loaded, load};
use crate::model::Scope;
use crate::store::{Overlay, Source};
use crate::text::near;

use super::commit::CommitOptions;
use super::progress::Progress;
use super::{CliError, Context, Done, Outcome};

/// Options of every command that changes files.
#[derive(Clone, Debug, Default, Args)]
pub struct Writing {
    /// Show what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Whether to commit.
    #[command(flatten)]
    pub commit: CommitOptions,
}

/// What a command does, in words.
pub struct Deed {
    /// What was done, once it is: "closed crm/R-003".
    pub done: String,
    /// The message of a commit: "crm/R-003: closed".
    pub message: String,
    /// What to type next.
    pub next: Vec<String>,
}

/// How many mistakes are shown in full when a plan is refused.
const SHOWN: usize = 10;

/// From so many files on, writing takes long enough to say that it goes on.
const MANY_FILES: usize = 1_000;

impl Writing {
    /// Loads the whole register, as every plan needs it, and holds it: nobody else writes until the command ends.
    pub fn load(&self, context: &Context) -> Result<Loaded, CliError> {
        context.hold_unless(self.dry_run)?;
        context.load(&Scope::all())
    }

    /// Holds the register as [`Writing::load`] does, but loads only what surrounds a record, for a plan that changes
    /// nothing else: see [`Context::load_around`]. In a register of ten thousand projects that is a moment.
    pub fn load_around(
        &self,
        context: &Context,
        reference: &str,
        others: &[&str],
    ) -> Result<Loaded, CliError> {
        context.hold_unless(self.dry_run)?;
        context.load_around(reference, others)
    }

    /// Checks a plan, shows it (`--dry-run`) or writes it, commits it where wanted, and says what was done.
    pub fn carry_out(&self, context: &Context, before: &Loaded, plan: &Plan, deed: Deed) -> Outcome {
        if plan.is_empty() {
            context.say("nothing to change: the files say so already");
            return Ok(Done::Fine);
        }
        let base: Arc<dyn Source> = Arc::new(context.source()?);
        let progress = Progress::new(context);
        let files = plan.paths().len();
        let note = |deed: &str| {
            if files >= MANY_FILES {
                progress.note(&format!("{deed} {}", crate::text::count(files, "file")));
            }
        };
        note("checking");
        let after = plan
            .validate_against(before, base.clone())
            .map_err(|error| refused(error, plan, base.as_ref()))?;
        progress.clear();
        if self.dry_run {
            context.put(&shown(plan, base.as_ref()))?;
            context.say("nothing was written (--dry-run)");
            return Ok(Done::Fine);
        }
        let loose = loose_ends(plan, before, &after, base.clone())?;
        let commit = self.commit.begin(context, &before.register.config)?;
        let lock = context.hold()?;
        note("writing");
        plan.apply(context.location()?, lock).map_err(|error| refused(error, plan, base.as_ref()))?;
        progress.clear();
        context.say(&deed.done);
        // Said, but not refused: the record that is meant may be the next one to be written.
        let known: Vec<String> = match loose.is_empty() {
            true => Vec::new(),
            false => after.register.all().map(|(id, _)| id.to_string()).collect(),
        };
        for loose in loose {
            let near = near::nearest(loose.reference(), known.iter().map(String::as_str));
            let meant = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            context.say(&format!("{loose}{meant}"));
        }
        let uncommitted = !commit.is_wanted();
        commit.finish(context, &plan.paths(), &deed.message)?;
        let mut next = deed.next;
        if uncommitted && context.location()?.repo.is_some() && next.is_empty() {
            next.push("git diff".to_owned());
        }
        if !next.is_empty() {
            context.say(&format!("next: {}", next.join(" · ")));
        }
        Ok(Done::Fine)
    }
}

/// The references that lead nowhere because of the plan, also those of and to records that were not loaded.
fn loose_ends(
    plan: &Plan,
    before: &Loaded,
    after: &Loaded,
    base: Arc<dyn Source>,
) -> Result<Vec<LooseEnd>, CliError> {
    let loose = refer::loose_ends(&before.register, &after.register);
    let scope = if before.scope.homes.is_none() {
        return Ok(loose);
    } else if refer::takes_away(&before.register, &after.register) {
        Scope::all()
    } else if loose.is_empty() {
        return Ok(loose);
    } else {
        before.scope.clone().and_homes(loose.iter().filter_map(LooseEnd::home))
    };
    let before = load(base.as_ref(), &scope)?;
    let after = load(&Overlay::new(base, &plan.changes()), &scope)?;
    Ok(refer::loose_ends(&before.register, &after.register))
}

/// The plan as text, with control characters of the files made harmless.
fn shown(plan: &Plan, base: &dyn Source) -> String {
    let text = diff::text(&diff::steps(plan, base));
    text.lines().map(|line| format!("{}\n", crate::text::terminal(line))).collect()
}

/// What a refused plan tells the user: every mistake at its place in the planned text.
pub fn refused(error: ChangeError, plan: &Plan, base: &dyn Source) -> CliError {
    let ChangeError::Invalid(problems) = error else { return error.into() };
    let texts = |path: &str| {
        let bytes =
            plan.planned(path).map(<[u8]>::to_vec).or_else(|| base.read_if_present(path).ok().flatten());
        bytes.and_then(|bytes| String::from_utf8(bytes).ok())
    };
    let what = match problems.len() {
        1 => "nothing was written, because a file would have a mistake:".to_owned(),
        n => format!("nothing was written, because files would have {n} mistakes:"),
    };
    let listed: Vec<String> = problems.iter().take(SHOWN).map(|problem| excerpt(problem, &texts)).collect();
    let rest = problems.len().saturating_sub(SHOWN);
    let more = if rest > 0 { format!("\n… and {rest} more") } else { String::new() };
    CliError::new(format!("{what}\n{}{more}", listed.join("\n")))
}

fn excerpt(problem: &Problem, texts: &Texts<'_>) -> String {
    human::single(problem, texts, human::Look::default())
}
