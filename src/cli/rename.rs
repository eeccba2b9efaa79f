//! `pmo mv REF NEW` and `pmo renumber REF [N]`: another name for a record, here and wherever it is named.

use std::collections::BTreeSet;
use std::sync::Arc;

use clap::Args;

use crate::change::{Plan, refer};
use crate::diag::Level;
use crate::load::Loaded;
use crate::model::place::{Name, is_slug};
use crate::model::record::Place;
use crate::model::{RecordId, Ref, Slot, Target};
use crate::store::{self, Source};

use super::remove::files_of;
use super::set::kind_of;
use super::writing::{Deed, Writing};
use super::{CliError, Context, Outcome, complete};

/// Gives a record another name, or moves it to another project.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo mv crm crm-migration              a project, with its folder and every reference to it
  pmo mv @jana-novak jana-horak         a person
  pmo mv crm/R-003 data-platform        a risk into another project, as its next free number
  pmo mv crm/R-003 data-platform/R-010  with a number of your choice
  pmo mv crm crm-migration --dry-run")]
pub struct Rename {
    /// The record, such as crm, @jana-novak or crm/R-003
    #[arg(value_name = "REF", add = clap_complete::ArgValueCandidates::new(complete::references))]
    reference: String,
    /// Its new name, or the project it moves to
    #[arg(value_name = "NEW")]
    new: String,
    #[command(flatten)]
    writing: Writing,
}

/// Gives a numbered record the next free number, or the one given.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo renumber crm/R-003               the next free number of the folder
  pmo renumber crm/R-003 17")]
pub struct Renumber {
    /// The record, such as crm/R-003
    #[arg(value_name = "REF", add = clap_complete::ArgValueCandidates::new(complete::references))]
    reference: String,
    /// The new number
    #[arg(value_name = "N")]
    number: Option<u32>,
    #[command(flatten)]
    writing: Writing,
}

impl Rename {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let before = self.writing.load(context)?;
        let old = context.resolve(&before.register, &self.reference)?;
        let new = destination(context, &before, &old, &self.new)?;
        carry_over(context, &self.writing, &before, &old, &new)
    }
}

impl Renumber {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let before = self.writing.load(context)?;
        let old = context.resolve(&before.register, &self.reference)?;
        if !matches!(old.name, Name::Number(_)) {
            return Err(CliError::new(format!("{old} has no number"))
                .hint(format!("`pmo mv {old} NEW` gives it another name")));
        }
        let used = numbers(context, &old)?;
        if matches!(before.register.slot(&old), Some(Slot::Broken)) {
            return Err(in_conflict(&old));
        }
        let number = match self.number {
            Some(0) => return Err(CliError::new("numbers begin at 1")),
            Some(number) if used.contains(&number) => {
                let taken = RecordId { name: Name::Number(number), ..old.clone() };
                return Err(CliError::new(format!("{taken} is in use, here or on another branch"))
                    .hint(format!("`pmo renumber {old}` takes the next free number")));
            }
            Some(number) => number,
            None => used.last().map_or(1, |last| last + 1),
        };
        let new = RecordId { name: Name::Number(number), ..old.clone() };
        carry_over(context, &self.writing, &before, &old, &new)
    }
}

/// What to do about a file that holds two records, as git leaves it when both sides chose one number.
fn in_conflict(old: &RecordId) -> CliError {
    CliError::new(format!("{} cannot be read, so it cannot be given another number", old.path()))
        .hint(format!("`pmo edit {old}` mends a mistake"))
        .hint("where git left a conflict because two records have this number, `pmo resolve` gives one of them the next")
}

/// The numbers that the records of a kind have in a folder, in the work tree and on every branch.
pub(super) fn numbers(context: &Context, id: &RecordId) -> Result<BTreeSet<u32>, CliError> {
    let path = id.path();
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let prefix = format!("{}-", kind_of(id)?.spec.prefix);
    Ok(store::numbers_in_use(context.location()?, folder, &prefix)?)
}

/// What `NEW` means for this record.
fn destination(context: &Context, before: &Loaded, old: &RecordId, new: &str) -> Result<RecordId, CliError> {
    let register = &before.register;
    let spec = kind_of(old)?.spec;
    let text = new.trim();
    let plain = text.strip_prefix('@').filter(|_| old.kind == "person").unwrap_or(text);
    let named = |id: &str| match old.kind {
        "project" => Some(RecordId::project(id)),
        "programme" => Some(RecordId::programme(id)),
        "person" => Some(RecordId::person(id)),
        "objective" => Some(RecordId { name: Name::Slug(id.to_owned()), ..old.clone() }),
        _ => None,
    };
    let shown = crate::text::terminal(text).into_owned();
    if let Some(id) = named(plain) {
        if !is_slug(plain) {
            return Err(CliError::new(format!("`{shown}` cannot be the id of a {}", spec.name))
                .hint("an id has small letters, digits and - inside, at most 64 of them: crm-migration"));
        }
        if id == *old {
            return Err(CliError::new(format!("{old} has that name already")));
        }
        let taken =
            if old.kind == "person" { register.slot(&id).map(|_| id.clone()) } else { register.named(plain) };
        return match taken {
            Some(taken) => Err(CliError::new(format!("there is a {} called {taken} already", taken.kind))
                .hint("projects, programmes and objectives share one set of names; choose another")),
            None => Ok(id),
        };
    }
    if !matches!(spec.place, Place::Numbered { .. } | Place::Gate) || old.home.is_empty() {
        return Err(CliError::new(format!("a {} is where it must be: its path says what it is", spec.name))
            .hint(
                "only projects, programmes, people, objectives and the numbered records of a project move",
            ));
    }
    let home = text.split('/').next().unwrap_or_default();
    if !register.projects.contains_key(home) {
        let near = crate::text::nearest(home, register.projects.keys().map(String::as_str));
        let error = CliError::new(format!("there is no project `{}`", crate::text::terminal(home)));
        return Err(near
            .into_iter()
            .fold(error, |error, near| error.hint(format!("did you mean `{near}`?"))));
    }
    let id = if text == home {
        if home == old.home {
            return Err(CliError::new(format!("{old} is in {home} already"))
                .hint(format!("`pmo renumber {old}` gives it another number")));
        }
        let there = RecordId { home: home.to_owned(), ..old.clone() };
        match &old.name {
            Name::Number(_) => {
                let next = numbers(context, &there)?.last().map_or(1, |last| last + 1);
                RecordId { name: Name::Number(next), ..there }
            }
            _ => there,
        }
    } else {
        match Ref::new(text).target(None) {
            Some(Target::Record(id)) if id.kind == old.kind => id,
            _ => {
                return Err(CliError::new(format!("`{shown}` is no {} of a project", spec.name)).hint(
                    format!("write  pmo mv {old} {home},  or the whole reference as in {}", old.reference()),
                ));
            }
        }
    };
    match register.slot(&id) {
        Some(_) if id == *old => Err(CliError::new(format!("{old} has that name already"))),
        Some(_) => Err(CliError::new(format!("there is a record {id} already"))
            .hint(format!("write  pmo mv {old} {home}  for the next free number"))),
        None => Ok(id),
    }
}

/// Plans the move of the files and the rewriting of every reference, and carries it out.
fn carry_over(
    context: &Context,
    writing: &Writing,
    before: &Loaded,
    old: &RecordId,
    new: &RecordId,
) -> Outcome {
    let source: Arc<dyn Source> = Arc::new(context.source()?);
    not_in_conflict(context, old)?;
    let mut plan = Plan::new();
    let unread = refer::rewrite(&before.register, &source, old, new, &mut plan).map_err(|error| {
        CliError::from(error).hint("nothing was written: mend that file first, then try again")
    })?;
    // Of a file with mistakes only what fits is known: what does not may name the record, too.
    let faulty = before.problems.iter().filter(|problem| problem.level == Level::Error);
    let partly: BTreeSet<&String> =
        faulty.map(|problem| &problem.file).filter(|path| !unread.contains(path)).collect();
    let rewritten = plan.paths().len();
    let folders = (folder_of(old), folder_of(new));
    for path in files_of(source.as_ref(), old)? {
        let to = match (&folders, path == old.path()) {
            (_, true) => new.path(),
            ((Some(from), Some(to)), _) => path.replacen(from.as_str(), to, 1),
            _ => continue,
        };
        plan.rename(path, to);
    }
    let said = match rewritten {
        0 => String::new(),
        n => format!(", and its name in {}", crate::text::count(n, "file")),
    };
    let deed = Deed {
        done: format!("moved {old} to {new}{said}"),
        message: format!("{old} is now {new}"),
        next: vec![format!("pmo show {new}")],
    };
    let outcome = writing.carry_out(context, before, &plan, deed)?;
    for path in unread.iter().filter(|path| **path != old.path()) {
        context.say(&format!("note: {path} cannot be read, so it may still name {old}"));
    }
    for path in partly {
        context
            .say(&format!("note: {path} has mistakes, so it may still name {old}: `pmo check` shows them"));
    }
    Ok(outcome)
}

/// Refuses to move what git could not join: its marks would go along, and git would look for them in the old place.
fn not_in_conflict(context: &Context, old: &RecordId) -> Result<(), CliError> {
    let location = context.location()?;
    if location.repo.is_none() {
        return Ok(());
    }
    let folder = folder_of(old);
    let (files, _) = store::conflicts(location)?;
    let goes_along = |path: &str| {
        path == old.path() || folder.as_ref().is_some_and(|folder| path.starts_with(folder.as_str()))
    };
    match files.iter().find(|file| goes_along(&file.path)) {
        None => Ok(()),
        Some(file) => Err(CliError::new(format!("{} is in conflict, so {old} stays where it is", file.path))
            .hint("`pmo resolve` explains it; move it when nothing is in conflict any more")),
    }
}

/// The folder that goes with a record.
fn folder_of(id: &RecordId) -> Option<String> {
    match id.kind {
        "project" => Some(format!("projects/{}/", id.home)),
        "programme" => Some(format!("programmes/{}/", id.home)),
        _ => None,
    }
}
