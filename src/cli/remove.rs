//! `pmo rm REF`: removes a record that nothing refers to.

use clap::Args;

use crate::change::Plan;
use crate::change::refer::{self, Referrer};
use crate::model::{RecordId, Register};
use crate::store::{self, EntryKind, Source};
use crate::text;

use super::writing::{Deed, Writing};
use super::{CliError, Context, Outcome, complete};

/// How many referrers are named in full.
const NAMED: usize = 12;

/// Removes a record.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo rm crm/R-003
  pmo rm crm --dry-run              a project goes with everything in its folder
  pmo rm @jana-novak --commit
  pmo rm crm/R-003 --force          although git does not have it, so that nothing brings it back

What has happened is better closed than removed: pmo close REF keeps it in the register.")]
pub struct Remove {
    /// The record, such as crm/R-003
    #[arg(value_name = "REF", add = clap_complete::ArgValueCandidates::new(complete::references))]
    reference: String,
    /// Remove what git could not bring back, too
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    writing: Writing,
}

impl Remove {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let before = self.writing.load(context)?;
        let id = context.resolve(&before.register, &self.reference)?;
        let referrers = refer::referrers(&before.register, &id);
        if !referrers.is_empty() {
            return Err(named_elsewhere(&before.register, &id, &referrers));
        }
        let mut plan = Plan::new();
        let source = context.source()?;
        let files = files_of(&source, &id)?;
        for path in &files {
            // What is removed is what was looked at: a text that an editor saves meanwhile is kept. What is too
            // large to be a record is removed as it is.
            match source.read_if_present(path) {
                Ok(Some(before)) => plan.remove_seen(path.as_str(), before),
                Ok(None) | Err(_) => plan.remove(path.as_str()),
            };
        }
        let lost = store::not_in_git(context.location()?, &files)?;
        if !lost.is_empty() && !self.force && !self.writing.dry_run {
            return Err(gone_for_good(context, &id, &lost, lost.len() == files.len())?);
        }
        let committed = self.writing.commit.is_wanted(context, &before.register.config)?;
        let next = match committed || lost.len() == files.len() {
            true => Vec::new(),
            false => {
                let kept = if lost.is_empty() { "" } else { ", as git has it" };
                vec![format!("git restore {}   (brings it back{kept})", places(&id, &files, &lost).join(" "))]
            }
        };
        let done = match files.len() {
            1 => format!("removed {id} ({})", files[0]),
            n => format!("removed {id} and everything in its folder ({n} files)"),
        };
        let deed = Deed { done, message: format!("{id}: removed"), next };
        self.writing.carry_out(context, &before, &plan, deed)
    }
}

/// Refuses to remove what nothing brings back, and says how to keep it.
fn gone_for_good(context: &Context, id: &RecordId, lost: &[String], all: bool) -> Result<CliError, CliError> {
    let listed: Vec<String> =
        lost.iter().take(NAMED).map(|path| format!("  {}", text::terminal(path))).collect();
    let rest = lost.len().saturating_sub(NAMED);
    let more = if rest > 0 { format!("\n  and {rest} more") } else { String::new() };
    let repo = context.location()?.repo.is_some();
    let why = match (repo, all) {
        (true, _) => "git does not have these files as they stand",
        (false, _) => "the register is not in git",
    };
    let error = CliError::new(format!("{id} would be gone for good: {why}\n{}{more}", listed.join("\n")));
    let error = if repo { error.hint("commit them first: `git add -A && git commit`") } else { error };
    Ok(error.hint(format!("`pmo rm {id} --force` removes it all the same")))
}

/// What to give to `git restore`: the folder where everything comes back, else the files that do.
fn places(id: &RecordId, files: &[String], lost: &[String]) -> Vec<String> {
    if lost.is_empty() && id.kind == "project" {
        return vec![format!("projects/{}", id.home)];
    }
    files.iter().filter(|path| !lost.contains(*path)).take(NAMED).cloned().collect()
}

/// Says who refers to a record that is to be removed.
fn named_elsewhere(register: &Register, id: &RecordId, referrers: &[Referrer]) -> CliError {
    let lines = refer::in_words(register, referrers);
    let listed: Vec<String> = lines.iter().take(NAMED).map(|line| format!("  {line}")).collect();
    let rest = lines.len().saturating_sub(NAMED);
    let more = if rest > 0 { format!("\n  and {rest} more") } else { String::new() };
    let count = text::count(referrers.len(), "place");
    let names = if referrers.len() == 1 { "names" } else { "name" };
    let error = CliError::new(format!(
        "{id} cannot be removed: {count} in the register {names} it\n{}{more}",
        listed.join("\n")
    ));
    let error = error.hint("change those first with `pmo set` or `pmo edit`");
    match id.kind {
        "person" => {
            error.hint(format!("whoever leaves stays in the register: `pmo set {id} until=2026-12-31`"))
        }
        "project" => error.hint(format!("`pmo project close {id}` ends it and keeps its history")),
        _ if id.spec().closing.is_some() => {
            error.hint(format!("`pmo close {id}` keeps it and its history in the register"))
        }
        _ => error,
    }
}

/// Every file that belongs to a record: its own, and for a project or programme its folder's.
pub(super) fn files_of(source: &dyn Source, id: &RecordId) -> Result<Vec<String>, CliError> {
    let mut files = Vec::new();
    let folder = match id.kind {
        "project" => format!("projects/{}", id.home),
        "programme" => format!("programmes/{}", id.home),
        _ => return Ok(vec![id.path()]),
    };
    if id.kind == "programme" {
        files.push(id.path());
    }
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in source.list(&folder)? {
            let path = format!("{folder}/{}", entry.name);
            match entry.kind {
                EntryKind::File => files.push(path),
                EntryKind::Folder => folders.push(path),
                EntryKind::Link | EntryKind::Other => {
                    return Err(CliError::new(format!(
                        "{path} is no plain file, so the folder is left alone"
                    ))
                    .hint("move or remove it by hand first"));
                }
            }
        }
    }
    files.sort();
    Ok(files)
}
