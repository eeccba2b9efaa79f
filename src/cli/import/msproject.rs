//! `pmo import msproject`: a plan of Microsoft Project as a project with its allocations, and the draft of a report.

use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use crate::analysis::calendar;
use crate::change::Plan as Change;
use crate::exchange::msproject::{self, Options, Plan, Proposed};
use crate::exchange::table::LARGEST;
use crate::load::Loaded;
use crate::model::{Register, Scope};
use crate::render;
use crate::store::{self, Source};
use crate::text::{self, count, terminal};

use super::super::report::people;
use super::super::writing::{Deed, Writing, refused};
use super::super::{CliError, Context, Done, Outcome};
use super::{Format, Import};

/// Runs the command for a plan.
pub(super) fn run(import: &Import, context: &Context, file: &Path) -> Outcome {
    if import.map.is_some() || import.guess || import.sheet.is_some() {
        return Err(CliError::new("a plan of Microsoft Project needs no mapping, and has no sheets")
            .hint("pmo import msproject PLAN.xml --project crm --manager jana-novak"));
    }
    let shown = terminal(&file.display().to_string()).into_owned();
    let bytes = store::read_large(file, LARGEST)?;
    let plan = msproject::decoded(&bytes).and_then(|text| msproject::read(&text)).map_err(|error| {
        CliError::new(format!("{shown}: {error}"))
            .hint("in Microsoft Project: File, Save As, and XML Format (*.xml) as the type")
    })?;
    if import.write {
        context.hold()?;
    }
    let before = context.load(&Scope::all())?;
    let id = match &import.project {
        Some(id) if crate::model::place::is_slug(id) => id.clone(),
        Some(id) => {
            return Err(CliError::new(format!("`{}` cannot be the id of a project", terminal(id)))
                .hint("small letters, digits and - between them: crm-migration"));
        }
        None => msproject::slug(&msproject::name(&plan), "imported-plan"),
    };
    let mut options = options(import, context, &plan, &before.register, &id)?;
    let unknown = before.register.person(&options.manager).is_none();
    options.day = context.today;
    let mut proposed = msproject::project(&plan, &before.register, &options);
    if unknown {
        let manager = &options.manager;
        proposed
            .notes
            .push(format!("nobody in people/ is {manager}: `pmo person add {manager}` makes them known"));
    }
    finish(import, context, &before, &id, &proposed, file)
}

/// What the plan does not say for itself.
fn options(
    import: &Import,
    context: &Context,
    plan: &Plan,
    register: &Register,
    id: &str,
) -> Result<Options, CliError> {
    let charter = register.project(id);
    let named =
        |name: &str| msproject::named(register, name).unwrap_or_else(|| msproject::slug(name, "somebody"));
    let asked = import.manager.as_ref().map(|own| people(register, std::slice::from_ref(own)));
    let manager = match asked.transpose()?.and_then(|ids| ids.into_iter().next()) {
        Some(id) => id,
        None => match (charter, plan.manager.trim()) {
            (Some(charter), _) => charter.manager.clone(),
            (None, "") => {
                return Err(CliError::new("the plan does not say who manages the project")
                    .hint("--manager ID says it; `pmo person list` lists who there is"));
            }
            (None, name) => named(name),
        },
    };
    let day = plan.status_date.unwrap_or(context.today);
    let period = calendar::terms(&register.config, id, charter).current(day);
    Ok(Options { id: id.to_owned(), manager, period, day })
}

/// What a plan comes to, for programs.
#[derive(Serialize)]
struct Value<'a> {
    schema_version: u32,
    kind: &'static str,
    records: &'static str,
    file: &'a str,
    project: &'a str,
    written: bool,
    milestones: usize,
    allocations: usize,
    files: Vec<NewFile<'a>>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct NewFile<'a> {
    path: &'a str,
    text: &'a str,
}

/// The new files and what is to be said of them, for people or for programs.
fn shown(
    import: &Import,
    id: &str,
    file: &str,
    proposed: &Proposed,
    written: bool,
) -> Result<String, CliError> {
    if import.format == Format::Json {
        let files = proposed.files.iter().map(|(path, text)| NewFile { path, text });
        let value = Value {
            schema_version: 1,
            kind: "import",
            records: "msproject",
            file,
            project: id,
            written,
            milestones: proposed.milestones,
            allocations: proposed.allocations,
            files: files.collect(),
            notes: &proposed.notes,
        };
        return render::json(&value).map_err(CliError::from);
    }
    let mut out = String::new();
    for (path, text) in &proposed.files {
        let lines: Vec<String> = text.lines().map(|line| format!("  {}\n", terminal(line))).collect();
        out.push_str(&format!("new {path}\n{}", lines.concat()));
    }
    for note in &proposed.notes {
        out.push_str(&format!("note: {}\n", terminal(note)));
    }
    Ok(out)
}

fn finish(
    import: &Import,
    context: &Context,
    before: &Loaded,
    id: &str,
    proposed: &Proposed,
    file: &Path,
) -> Outcome {
    let mut change = Change::new();
    for (path, text) in &proposed.files {
        change.create(path.as_str(), text.as_str());
    }
    let told = format!(
        "{id}: {} and {}",
        count(proposed.milestones, "milestone"),
        count(proposed.allocations, "allocation")
    );
    let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let shown = |written: bool| shown(import, id, &name, proposed, written);
    if change.is_empty() {
        context.put(&shown(false)?)?;
        context.say("nothing to write: the register has the project and the report already");
        return Ok(Done::Fine);
    }
    if import.write {
        match import.format {
            Format::Json => context.put(&shown(true)?)?,
            Format::Text => proposed.notes.iter().for_each(|note| context.say(&format!("note: {note}"))),
        }
        let deed = Deed {
            done: format!("imported {told}, in {}", text::list(&change.paths(), "and")),
            message: format!("import {}: {told}", terminal(&name)),
            next: vec![format!("pmo show {id}"), format!("pmo status open {id}")],
        };
        let writing = Writing { dry_run: false, commit: import.commit.clone() };
        return writing.carry_out(context, before, &change, deed);
    }
    let base: Arc<dyn Source> = Arc::new(context.source()?);
    change.validate_against(before, base.clone()).map_err(|error| refused(error, &change, base.as_ref()))?;
    context.put(&shown(false)?)?;
    context.say(&format!("{told}; nothing was written; --write writes it"));
    Ok(Done::Fine)
}
