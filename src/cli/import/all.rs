//! `pmo import all`: everything that `pmo export` wrote, one kind after the other, as one change.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use crate::change::Plan;
use crate::exchange::import::{Target, propose, wiring};
use crate::exchange::table::{self, Hints, LARGEST, Table};
use crate::load::{self, Loaded};
use crate::model::{KINDS, Scope};
use crate::store::{self, FileChange, Overlay, Source};
use crate::text::{count, plural, terminal};

use super::super::writing::{Deed, Writing};
use super::super::{CliError, Context, Done, Outcome};
use super::{Files, Import, page, unreadable};

/// A table of an export, and what it holds.
struct Part {
    target: Target,
    name: String,
    table: Table,
}

/// Runs the command for a whole export.
pub(super) fn run(import: &Import, context: &Context, path: &Path) -> Outcome {
    if import.map.is_some() || import.guess || import.project.is_some() || import.sheet.is_some() {
        return Err(CliError::new("what `pmo export` wrote needs no mapping, sheet or project")
            .hint("pmo import all FOLDER|FILE"));
    }
    let parts = parts(path)?;
    if parts.is_empty() {
        return Err(CliError::new(format!("there is no table of an export in {}", path.display()))
            .hint("`pmo export csv -o FOLDER` writes them: project.csv, risk.csv, project.milestone.csv"));
    }
    if import.write {
        context.hold()?;
    }
    let before = context.load(&Scope::all())?;
    let base: Arc<dyn Source> = Arc::new(context.source()?);
    let mut changes = Changes::default();
    let mut now: Option<(Arc<dyn Source>, Loaded)> = None;
    let mut out = String::new();
    let (mut refused, mut added, mut changed) = (0, 0, 0);
    for part in parts {
        // What a table changed, the next one is read against.
        let (source, loaded) = match now.take() {
            Some(known) => known,
            None => {
                let overlay: Arc<dyn Source> = Arc::new(Overlay::new(base.clone(), &changes.all));
                let loaded = load::load(overlay.as_ref(), &Scope::all())?;
                (overlay, loaded)
            }
        };
        let wiring = wiring::by_names(&part.target, &part.table, &loaded.register.config);
        let desk = Files::over(context, source.clone())?;
        let proposal = propose(&part.target, &part.table, &wiring, &loaded.register, None, &desk);
        desk.progress.clear();
        let told = page::Told {
            target: &part.target,
            table: &part.table,
            wiring: &wiring,
            proposal: &proposal,
            file: &part.name,
        };
        added += proposal.added.len();
        changed += proposal.changed.len();
        refused += proposal.refused_rows();
        if proposal.refused.is_empty() {
            let same =
                if proposal.same > 0 { format!(", {} the same", proposal.same) } else { String::new() };
            let _ = writeln!(out, "{:<28}{}{same}", terminal(&part.name), told.in_one_line());
        } else {
            let _ = writeln!(out, "\n{}", told.text(context.screen.width));
        }
        if proposal.plan.is_empty() {
            now = Some((source, loaded));
        }
        for change in proposal.plan.changes() {
            changes.join(change);
        }
    }
    context.put(&out)?;
    if refused > 0 && import.write && !import.skip_refused {
        return Err(CliError::new(format!(
            "nothing was written, because {} {} refused",
            count(refused, "row"),
            plural(refused, "is")
        ))
        .hint("mend them, or leave them out with --skip-refused"));
    }
    if changes.all.is_empty() {
        let why = if refused > 0 {
            "nothing can be written"
        } else {
            "nothing to write: the register says so already"
        };
        context.say(why);
        return Ok(if refused > 0 { Done::Findings } else { Done::Fine });
    }
    if !import.write {
        context.say("nothing was written; --write writes it");
        return Ok(if refused > 0 { Done::Findings } else { Done::Fine });
    }
    let mut plan = Plan::new();
    for change in changes.all {
        match change {
            FileChange::Create { path, bytes } => plan.create(path, bytes),
            FileChange::Write { path, bytes } => {
                let old = base.read_if_present(&path)?.unwrap_or_default();
                plan.rewrite(path, &old, bytes)
            }
            _ => &mut plan,
        };
    }
    let done = format!("{} added, {} changed", count(added, "record"), count(changed, "record"));
    let deed = Deed {
        done: format!("imported {}: {done}", path.display()),
        message: format!("import {}: {done}", terminal(&path.display().to_string())),
        next: vec!["pmo check".to_owned()],
    };
    let writing = Writing { dry_run: false, commit: import.commit.clone() };
    writing.carry_out(context, &before, &plan, deed)
}

/// What the tables so far change, a file once.
#[derive(Default)]
struct Changes {
    all: Vec<FileChange>,
    at: HashMap<String, usize>,
}

impl Changes {
    /// Adds a change to those before it: a file that is new stays new when it changes again.
    fn join(&mut self, change: FileChange) {
        let (FileChange::Create { path, .. } | FileChange::Write { path, .. }) = &change else {
            return self.all.push(change);
        };
        let known = self.at.get(path).and_then(|at| self.all.get_mut(*at));
        match (known, &change) {
            (
                Some(FileChange::Create { bytes: text, .. } | FileChange::Write { bytes: text, .. }),
                FileChange::Write { bytes, .. },
            ) => text.clone_from(bytes),
            _ => {
                self.at.insert(path.clone(), self.all.len());
                self.all.push(change);
            }
        }
    }
}

/// The tables of an export, each kind before what belongs to it.
fn parts(path: &Path) -> Result<Vec<Part>, CliError> {
    let mut parts = Vec::new();
    let mut take =
        |name: &str, read: &mut dyn FnMut(Hints) -> Result<Table, CliError>| -> Result<(), CliError> {
            let Ok(target) = Target::named(name) else { return Ok(()) };
            // A sheet for people, such as Milestones, is no table of an export.
            let is_exact = KINDS.iter().any(|kind| name == kind.spec.name) || name.contains('.');
            if !is_exact {
                return Ok(());
            }
            let hints =
                Hints { kind: target.kind.spec.name.to_owned(), known: target.names(), ..Hints::default() };
            let table = read(hints)?;
            parts.push(Part { target, name: name.to_owned(), table });
            Ok(())
        };
    if path.is_dir() {
        for file in store::files_in(path)? {
            if let Some(name) = file.strip_suffix(".csv") {
                let bytes = store::read_large(&path.join(&file), LARGEST)?;
                take(name, &mut |hints| {
                    table::read(&file, &bytes, &hints).map_err(|error| unreadable(&file, error))
                })?;
            }
        }
    } else {
        let bytes = store::read_large(path, LARGEST)?;
        let file = path.to_string_lossy();
        let wrong = |error| unreadable(&file, error);
        if bytes.starts_with(b"PK") {
            let mut book = table::workbook::Book::open(&bytes).map_err(wrong)?;
            for name in book.names() {
                take(&name, &mut |hints| {
                    let hints = Hints { sheet: Some(name.clone()), header: Some(1), ..hints };
                    book.table(&hints).map_err(wrong)
                })?;
            }
        } else {
            let is_yaml = file.ends_with(".yaml") || file.ends_with(".yml");
            for (name, table) in table::tree::kinds(&bytes, is_yaml).map_err(wrong)? {
                take(&name, &mut |_| Ok(table.clone()))?;
            }
        }
    }
    let turn = |part: &Part| {
        let kind = KINDS.iter().position(|kind| kind.spec.name == part.target.kind.spec.name);
        (kind, part.target.part.is_some())
    };
    parts.sort_by_key(turn);
    Ok(parts)
}
