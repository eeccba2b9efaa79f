//! A programme's status: begun with what its projects report, checked and submitted like a project's report.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::analysis::calendar;
use crate::change::Plan;
use crate::diag::Problem;
use crate::load::read_record;
use crate::model::{Kind, Name, Period, RecordId, Register, Reports, Scope};
use crate::report::prefill::{self, Moderated};
use crate::template::Scaffold;
use crate::text;

use super::super::commit::CommitOptions;
use super::super::noun::scaffold;
use super::super::set::kind_named;
use super::verdict::{Meant, placeholders};
use super::{CliError, Context, Done, Outcome, is_open};

/// The programme that a person typed, where it is one.
pub(super) fn named(register: &Register, typed: &str) -> Option<String> {
    let id = typed.trim_end_matches('/').trim_start_matches("programmes/");
    let is_one = register.programmes.contains_key(id) && !register.projects.contains_key(id);
    is_one.then(|| id.to_owned())
}

/// The record of a programme's status.
pub(super) fn record(programme: &str, period: Period) -> RecordId {
    RecordId { kind: "programme-status", home: programme.to_owned(), name: Name::Period(period) }
}

/// What the scaffold shows beside its own fields.
#[derive(Serialize)]
struct Filled {
    #[serde(flatten)]
    scaffold: Scaffold,
    projects: Vec<Moderated>,
}

/// Begins a programme's status for a period.
pub(super) fn begin(context: &Context, id: &str, asked: Option<Period>, commit: &CommitOptions) -> Outcome {
    let kinds = [
        "project",
        "programme",
        "programme-status",
        "risk",
        "issue",
        "change",
        "benefit",
        "actuals",
        "decision",
        "person",
        "period",
    ];
    let scope = Scope::kinds(&kinds).with_reports(Reports::Newest(2)).on(context.today);
    context.hold()?;
    let register = context.load(&scope)?.register;
    let period = asked.unwrap_or_else(|| calendar::common(&register.config).current(context.today));
    is_open(&register, period)?;
    let record = record(id, period);
    if register.slot(&record).is_some() {
        return Err(CliError::new(format!("{} is there already; it is left as it is", record.path()))
            .hint(format!("pmo edit {record}, then pmo status submit {id} --period {period}")));
    }
    let commit = commit.begin(context, &register.config)?;
    let kind = kind_named("programme-status")?;
    let filled = Filled {
        scaffold: scaffold::of(context, &register, kind, &record, BTreeMap::new()),
        projects: prefill::moderated(&register, context.today, id),
    };
    let draft = context.templates()?.render("programme-status.toml", &filled)?;
    let mut plan = Plan::new();
    plan.create(record.path(), draft);
    context.apply(&plan)?;
    context.put(&format!("{}\n", record.path()))?;
    let carried = filled.projects.iter().filter(|project| project.carried.is_some()).count();
    let held = match carried {
        0 => String::new(),
        n => format!(", {} carried forward", text::count(n, "assessment")),
    };
    context.say(&format!("begun, with {} to look at{held}", text::count(filled.projects.len(), "project")));
    commit.finish(context, &plan.paths(), &format!("{id}: draft of the status for {period}"))?;
    context.say(&format!("next: pmo edit {record}, then pmo status submit {id}"));
    Ok(Done::Fine)
}

/// The period of the status that is submitted: asked for, else the newest that has a file.
pub(super) fn choose(register: &Register, id: &str, asked: Option<Period>) -> Result<Period, CliError> {
    let shelf = register.programmes.get(id);
    let newest =
        shelf.and_then(|shelf| shelf.slots("programme-status").filter_map(|(name, _)| name.period()).max());
    asked.or(newest).ok_or_else(|| {
        CliError::new(format!("{id} has no status yet")).hint(format!("begin it with `pmo status new {id}`"))
    })
}

/// Everything that keeps a programme's status from being filed.
pub(super) fn problems(bytes: &[u8], meant: &Meant<'_>, record: &RecordId) -> Vec<Problem> {
    let Some(kind) = Kind::named(record.kind) else { return Vec::new() };
    let reading = read_record(kind, bytes);
    let name = record.to_string();
    let mistakes = reading.mistakes.into_iter();
    let mut found: Vec<Problem> =
        mistakes.map(|mistake| Problem::of_mistake(meant.file, mistake).record(&name)).collect();
    if let Ok(text) = std::str::from_utf8(bytes) {
        found.extend(placeholders(text.trim_start_matches('\u{feff}')).into_iter().map(|(path, at)| {
            Problem::error("placeholder", format!("`{path}` is still to be filled in"))
                .file(meant.file)
                .record(&name)
                .span(at)
                .help("put a value there, or remove the line")
        }));
    }
    if meant.period.first() > meant.day {
        let message = format!("{} has not begun", meant.period);
        let problem = Problem::error("status-in-future", message).file(meant.file).record(&name);
        found.push(problem.help(format!("today is {}", meant.day)));
    }
    found
}
