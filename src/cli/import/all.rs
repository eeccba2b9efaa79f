//! `pmo import all`: everything that `pmo export` wrote, one kind after the other, as one change.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use crate::change::Plan;
use crate::exchange::export;
use crate::exchange::import::{Proposal, Target, Wiring, drafts, propose, rejects, wiring};
use crate::exchange::table::{self, Hints, LARGEST, Table};
use crate::load::{self, Loaded};
use crate::model::{KINDS, Scope};
use crate::render;
use crate::store::{self, FileChange, Overlay, Source};
use crate::text::{count, plural, terminal};

use super::super::writing::{Deed, Writing};
use super::super::{CliError, Context, Done, Outcome};
use super::desk::Files;
use super::reading::unreadable;
use super::value::Value;
use super::{Format, Import, page};

/// A table of an export, and what it holds.
struct Part {
    target: Target,
    name: String,
    table: Table,
}

/// A table that was read against the register, with what the tables before it change.
struct Read {
    part: Part,
    wiring: Wiring,
    proposal: Proposal,
    /// Whether it changes a record that was there before.
    is_news: bool,
}

impl Read {
    fn told(&self) -> page::Told<'_> {
        page::Told {
            target: &self.part.target,
            table: &self.part.table,
            wiring: &self.wiring,
            proposal: &self.proposal,
            file: &self.part.name,
        }
    }
}

/// Runs the command for a whole export.
pub(super) fn run(import: &Import, context: &Context, path: &Path) -> Outcome {
    if import.map.is_some() || import.guess || import.project.is_some() || import.sheet.is_some() {
        return Err(CliError::new("what `pmo export` wrote needs no mapping, sheet or project")
            .hint("pmo import all FOLDER|FILE"));
    }
    let parts = parts(path)?;
    if parts.is_empty() {
        let what = if path.is_dir() {
            "no file of it is called as one"
        } else {
            "no sheet or list is called as one"
        };
        return Err(CliError::new(format!(
            "{} holds no table of an export: {what}",
            super::shown_path(path)
        ))
        .hint("`pmo export csv -o FOLDER` writes project.csv, risk.csv, project.milestone.csv …")
        .hint("another table comes in as one kind: pmo import projects FILE"));
    }
    if import.write {
        context.hold()?;
    }
    let before = context.load(&Scope::all())?;
    let base: Arc<dyn Source> = Arc::new(context.source()?);
    let mut changes = Changes::default();
    let tables = read(context, parts, &base, &mut changes)?;
    let refused: usize = tables.iter().map(|table| table.proposal.refused_rows()).sum();
    let writes = import.write && (refused == 0 || import.skip_refused);
    show(import, context, path, &tables, &changes, writes)?;
    if refused > 0 && (import.write || import.rejects.is_some()) {
        keep(import, context, path, &tables)?;
    }
    if refused > 0 && import.write && !import.skip_refused {
        return Err(CliError::new(format!(
            "nothing was written, because {} {} refused",
            count(refused, "row"),
            plural(refused, "is")
        ))
        .hint("mend them, or leave them out with --skip-refused"));
    }
    let end = if refused > 0 { Done::Findings } else { Done::Fine };
    if changes.all.is_empty() {
        context.say(match refused {
            0 => "nothing to write: the register says so already",
            _ => "nothing can be written",
        });
        super::hint_at_commit(import, context, &tables.iter().flat_map(known).collect::<Vec<_>>())?;
        return Ok(end);
    }
    if !import.write {
        context.say(&format!("{}; nothing was written; --write writes it", changes.counted()));
        return Ok(end);
    }
    let done = changes.counted();
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
    let deed = Deed {
        done: format!("imported {}: {done}", super::shown_path(path)),
        message: format!("import {}: {done}", super::shown_path(path)),
        next: vec!["pmo check".to_owned()],
    };
    let writing = Writing { dry_run: false, commit: import.commit.clone() };
    writing.carry_out(context, &before, &plan, deed)
}

/// The files that say already what a table says.
fn known(table: &Read) -> Vec<String> {
    table.proposal.known.clone()
}

/// Reads every table: what one changes, the next is read against.
fn read(
    context: &Context,
    parts: Vec<Part>,
    base: &Arc<dyn Source>,
    changes: &mut Changes,
) -> Result<Vec<Read>, CliError> {
    let mut now: Option<(Arc<dyn Source>, Loaded)> = None;
    let mut tables = Vec::new();
    for part in parts {
        let (source, loaded) = match now.take() {
            Some(known) => known,
            None => {
                let overlay: Arc<dyn Source> = Arc::new(Overlay::new(base.clone(), &changes.all));
                let loaded = load::load(overlay.as_ref(), &Scope::all())?;
                (overlay, loaded)
            }
        };
        let desk = Files::over(context, source.clone())?;
        let (wiring, mut proposal) = if part.target.is_drafts() {
            (Wiring::default(), drafts::propose(&part.table, &desk))
        } else {
            let wiring = wiring::of_export(&part.target, &part.table, &loaded.register.config);
            let proposal = propose(&part.target, &part.table, &wiring, &loaded.register, None, &desk);
            (wiring, proposal)
        };
        desk.progress.clear();
        let plan = std::mem::take(&mut proposal.plan);
        if plan.is_empty() {
            now = Some((source, loaded));
        }
        let mut is_news = false;
        for change in plan.changes() {
            is_news |= matches!(&change, FileChange::Write { path, .. } if !changes.creates(path));
            changes.join(change);
        }
        tables.push(Read { part, wiring, proposal, is_news });
    }
    Ok(tables)
}

/// What all tables come to, for programs.
#[derive(Serialize)]
struct Whole<'a> {
    schema_version: u32,
    kind: &'static str,
    file: String,
    written: bool,
    added: usize,
    changed: usize,
    refused: usize,
    tables: Vec<Value<'a>>,
}

/// Shows what would happen: a table in one line with what is odd of it, or in full where something is refused or changes.
fn show(
    import: &Import,
    context: &Context,
    path: &Path,
    tables: &[Read],
    changes: &Changes,
    writes: bool,
) -> Result<(), CliError> {
    let told: Vec<page::Told<'_>> = tables.iter().map(Read::told).collect();
    if import.format == Format::Json {
        let whole = Whole {
            schema_version: 1,
            kind: "import-all",
            file: path.display().to_string(),
            written: writes && !changes.all.is_empty(),
            added: changes.added(),
            changed: changes.changed(),
            refused: tables.iter().map(|table| table.proposal.refused_rows()).sum(),
            tables: told.iter().map(|told| told.value(writes)).collect(),
        };
        return context.put(&render::json(&whole)?);
    }
    let mut out = String::new();
    let mut was_full = false;
    for (table, told) in tables.iter().zip(&told) {
        if table.is_news || !table.proposal.refused.is_empty() {
            let gap = if out.is_empty() { "" } else { "\n" };
            let _ = write!(out, "{gap}{}", told.text(context.screen.width));
            was_full = true;
        } else {
            let gap = if was_full { "\n" } else { "" };
            let _ = writeln!(out, "{gap}{:<28}{}", terminal(&table.part.name), told.of_part());
            out.push_str(&told.beside(context.screen.width));
            was_full = false;
        }
    }
    context.put(&out)
}

/// Keeps the refused rows in a folder of their own, a file a table, ready to be mended and imported as the whole was.
fn keep(import: &Import, context: &Context, path: &Path, tables: &[Read]) -> Result<(), CliError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if path.is_dir() && name.ends_with(ENDING) {
        context.say(&format!("the refused rows are still in {}: mend them there", super::shown_path(path)));
        return Ok(());
    }
    let mut files = Vec::new();
    let mut rows = 0;
    for table in tables.iter().filter(|table| !table.proposal.refused.is_empty()) {
        let refused = rejects::write(&table.part.table, &table.proposal.refused)?;
        files.push((format!("{}.csv", table.part.name), refused));
        rows += table.proposal.refused_rows();
    }
    let stem =
        if path.is_dir() { name.as_str() } else { name.rsplit_once('.').map_or(&*name, |(stem, _)| stem) };
    let numbered = (2..).map(|number| format!("{stem}-{number}{ENDING}"));
    // Rows that were mended in an earlier folder are not written over.
    let is_free = |folder: &PathBuf| {
        let is_same = |(name, bytes): &(String, Vec<u8>)| {
            store::read_input(&folder.join(name)).is_ok_and(|known| known == *bytes)
        };
        !folder.exists()
            || (files.iter().all(is_same)
                && store::files_in(folder).is_ok_and(|own| own.len() == files.len()))
    };
    let mut folders =
        std::iter::once(format!("{stem}{ENDING}")).chain(numbered).map(|name| path.with_file_name(name));
    let folder = match &import.rejects {
        Some(said) if !is_free(said) => {
            return Err(CliError::new(format!("{} is there already", super::shown_path(said)))
                .hint("--rejects names a folder that is made for the refused rows"));
        }
        Some(said) => said.clone(),
        None => folders.find(is_free).unwrap_or_else(|| path.to_owned()),
    };
    context.make_folder(&folder)?;
    for (name, refused) in &files {
        context.write_file(&folder.join(name), refused)?;
    }
    let shown = super::shown_path(&folder);
    context.say(&format!(
        "{} in {shown}, with the reasons: mend them, then  pmo import all {shown}",
        count(rows, "refused row")
    ));
    Ok(())
}

/// How the name of a folder of refused rows ends.
const ENDING: &str = ".rejects";

/// What the tables so far change, a file once.
#[derive(Default)]
struct Changes {
    all: Vec<FileChange>,
    at: HashMap<String, usize>,
}

impl Changes {
    /// Whether a file is new.
    fn creates(&self, path: &str) -> bool {
        let known = self.at.get(path).and_then(|at| self.all.get(*at));
        matches!(known, Some(FileChange::Create { .. }))
    }

    /// How many records are new: each has a file of its own.
    fn added(&self) -> usize {
        self.all.iter().filter(|change| matches!(change, FileChange::Create { .. })).count()
    }

    /// How many records change that were there before.
    fn changed(&self) -> usize {
        self.all.len() - self.added()
    }

    /// How many records, in words.
    fn counted(&self) -> String {
        let (added, changed) = (self.added(), self.changed());
        let parts = [(added, "added"), (changed, "changed")];
        let told = parts.iter().filter(|(number, _)| *number > 0);
        let told: Vec<String> =
            told.map(|(number, what)| format!("{} {what}", count(*number, "record"))).collect();
        told.join(", ")
    }

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
            // A sheet for people, such as Milestones, is no table of an export.
            let is_exact = KINDS.iter().any(|kind| name == kind.spec.name) || name.contains('.');
            let target = match name {
                export::DRAFT => Some(Target::drafts()),
                _ => Target::named(name).ok().filter(|_| is_exact),
            };
            let Some(target) = target else { return Ok(()) };
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
        let is_csv = [".csv", ".tsv", ".txt"].iter().any(|ending| file.to_lowercase().ends_with(ending));
        if is_csv {
            let shown = super::shown_path(path);
            return Err(CliError::new(format!("{shown} is one table, and `all` takes a whole export"))
                .hint("the folder in which it stands, a workbook, JSON or YAML: pmo import all FOLDER")
                .hint(format!("pmo import KIND {shown}   takes one table")));
        }
        if table::workbook::is_one(&bytes) {
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
        // What a draft of a project holds comes after the draft.
        let kind = KINDS
            .iter()
            .position(|kind| kind.spec.name == part.target.kind.spec.name)
            .filter(|_| !part.target.is_drafts());
        (kind, part.target.part.is_some())
    };
    parts.sort_by_key(turn);
    Ok(parts)
}
