//! `pmo project approve|start|hold|resume|close|terminate`: a move in a project's life, with the decision
//! that made it.

use std::collections::BTreeMap;

use clap::{Args, Subcommand};

use crate::change::Assignment;
use crate::check;
use crate::model::lifecycle::ProjectState;
use crate::model::place::{Name, RecordId};
use crate::model::{Date, Kind, Project, Register, Scope, Slot};
use crate::store;
use crate::syntax::NewValue;
use crate::text;

use super::super::set::planned;
use super::super::writing::{Deed, Writing};
use super::super::{CliError, Context, Outcome, complete};
use super::{place, scaffold};

/// Moves in a project's life.
#[derive(Clone, Debug, Subcommand)]
pub(super) enum Move {
    /// Approve a proposed project
    #[command(before_help = "\
Examples:
  pmo project approve crm --by liam-okoye --on 2026-01-20
  pmo project approve crm --reason \"Portfolio board, item 4\" --commit")]
    Approve(Step),
    /// Start an approved project: from now on it reports
    #[command(before_help = "\
Examples:
  pmo project start crm
  pmo project start crm --on 2026-02-02")]
    Start(Step),
    /// Put a project on hold: until it is resumed it does not report
    #[command(before_help = "\
Examples:
  pmo project hold crm --reason \"No budget before April\" --by liam-okoye")]
    Hold(Step),
    /// Resume a project that is on hold or closing
    #[command(before_help = "\
Examples:
  pmo project resume crm --by liam-okoye")]
    Resume(Step),
    /// Close a project that was delivered and handed over
    #[command(before_help = "\
Examples:
  pmo project close crm --begin      delivered; handing over begins
  pmo project close crm --by liam-okoye --reason \"Closure report accepted\"")]
    Close(Close),
    /// End a project before its time
    #[command(before_help = "\
Examples:
  pmo project terminate crm --reason \"The business case is gone\" --by liam-okoye")]
    Terminate(Step),
    /// Move what is agreed by an approved change; the old figures are kept
    #[command(before_help = "\
Examples:
  pmo project rebaseline crm --change C-004 --dry-run     show what would move
  pmo project rebaseline crm --change C-004               by the days and the cost that the change states
  pmo project rebaseline crm --change C-004 --finish 2027-05-31 --milestone go-live=2027-04-30")]
    Rebaseline(super::rebaseline::Rebaseline),
}

/// What holds for every move.
#[derive(Clone, Debug, Args)]
pub(super) struct Step {
    /// The project, by its id
    #[arg(value_name = "PROJECT", add = clap_complete::ArgValueCandidates::new(complete::projects))]
    project: String,
    /// Why; it stands in the decision record
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Who decided, a person's id; who is at the keyboard unless given
    #[arg(long, value_name = "PERSON", add = clap_complete::ArgValueCandidates::new(complete::people))]
    by: Option<String>,
    /// The day it was decided; today unless given
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// The forum that decided
    #[arg(long, value_name = "FORUM")]
    forum: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

/// A close, which has two steps.
#[derive(Clone, Debug, Args)]
pub(super) struct Close {
    #[command(flatten)]
    step: Step,
    /// It is delivered: begin to hand over and close
    #[arg(long)]
    begin: bool,
}

/// What a move is called, and where it leads.
struct Way {
    verb: &'static str,
    /// What the decision asks.
    question: &'static str,
    /// What was done to the project.
    done: &'static str,
    to: ProjectState,
}

impl Move {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        use ProjectState::{Active, Approved, Closed, Closing, OnHold, Terminated};
        let way = |verb, question, done, to| Way { verb, question, done, to };
        let (step, way) = match self {
            Self::Rebaseline(rebaseline) => return rebaseline.run(context),
            Self::Approve(s) => (s, way("approve", "Approve", "approved", Approved)),
            Self::Start(s) => (s, way("start", "Start", "started", Active)),
            Self::Hold(s) => (s, way("hold", "Put on hold:", "put on hold", OnHold)),
            Self::Resume(s) => (s, way("resume", "Resume", "resumed", Active)),
            Self::Close(c) if c.begin => (c.step, way("close", "Begin to close", "being closed", Closing)),
            Self::Close(c) => (c.step, way("close", "Close", "closed", Closed)),
            Self::Terminate(s) => (s, way("terminate", "Terminate", "terminated", Terminated)),
        };
        step.run(context, &way)
    }
}

impl Step {
    fn run(&self, context: &Context, way: &Way) -> Outcome {
        let before = self.writing.load_around(context, &self.project, &["person"])?;
        let register = &before.register;
        let id = place::project(register, &self.project)?;
        let record = RecordId::project(&id);
        let charter = charter(register, &record)?;
        allowed(&id, charter.state, way)?;
        let day = self.on.unwrap_or(context.today);
        let by = match &self.by {
            Some(person) => Some(scaffold::person(register, person)?),
            None => scaffold::me(context, register),
        };
        let (decision, text) = self.decision(context, register, &id, charter, way, day, by.as_deref())?;
        let mut plan = planned(context, &record, &assignments(charter, way, day, &decision))?;
        plan.create(decision.path(), text);
        let open = if way.to.is_over() { open_items(register, &id) } else { Vec::new() };
        let deed = Deed {
            done: format!(
                "{id} is {} since {day}; {decision} records it{}",
                way.done,
                self.decider(by.as_deref(), &decision)
            ),
            message: format!("{id}: {}", way.done),
            next: next(&id, way.to, !open.is_empty()),
        };
        for line in &open {
            context.say(line);
        }
        let done = self.writing.carry_out(context, &before, &plan, deed)?;
        if way.to == ProjectState::Approved && !self.writing.dry_run {
            wanting(context, &record)?;
        }
        Ok(done)
    }

    /// Who is recorded as having decided, where nobody was named.
    fn decider(&self, by: Option<&str>, decision: &RecordId) -> String {
        match (&self.by, by) {
            (Some(_), _) => String::new(),
            (None, Some(me)) => format!(
                ", decided by {} (you); if it was somebody else: `pmo set {decision} decided_by=PERSON`",
                text::terminal(me)
            ),
            (None, None) => format!(
                "\nnobody is named as having decided it: `pmo set {decision} decided_by=PERSON`, or --by PERSON"
            ),
        }
    }

    /// The decision that made the move, settled: its id and its file.
    #[expect(clippy::too_many_arguments, reason = "they are what a decision says")]
    fn decision(
        &self,
        context: &Context,
        register: &Register,
        id: &str,
        charter: &Project,
        way: &Way,
        day: Date,
        by: Option<&str>,
    ) -> Result<(RecordId, String), CliError> {
        let used = store::numbers_in_use(context.location()?, &format!("projects/{id}/decisions"), "D-")?;
        let number = used.last().copied().unwrap_or(0).saturating_add(1);
        let decision = RecordId { kind: "decision", home: id.to_owned(), name: Name::Number(number) };
        let outcome = match &self.reason {
            Some(reason) => format!("{}: {reason}", capital(way.done)),
            None => format!("{}.", capital(way.done)),
        };
        let title = format!("{} {}", way.question, charter.name);
        let mut given = BTreeMap::from([
            ("title", NewValue::text(title).on_one_line()),
            ("state", "\"decided\"".to_owned()),
            ("outcome", NewValue::text(outcome).on_one_line()),
            ("raised", day.to_string()),
            ("decided_on", day.to_string()),
        ]);
        given.extend(by.map(|by| ("decided_by", NewValue::text(by).on_one_line())));
        given.extend(self.forum.as_ref().map(|forum| ("forum", NewValue::text(forum).on_one_line())));
        let given = given.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        let kind = super::super::set::kind_named("decision")?;
        let filling = scaffold::of(context, register, kind, &decision, given);
        let text = context.templates()?.render("decision.toml", &filling)?;
        // A settled decision needs no examples of what else could be said.
        Ok((decision, without_examples(kind, &text)))
    }
}

/// Drops the commented examples of a scaffold: lines such as `# of = "…"`.
pub(super) fn without_examples(kind: &Kind, text: &str) -> String {
    let schema: &serde_json::Value = crate::load::schema_of_kind(kind);
    let fields = crate::syntax::schema::Schema::new(schema).fields();
    let is_example = |line: &str| {
        let key = line.strip_prefix("# ").and_then(|rest| rest.split_once(" = "));
        key.is_some_and(|(key, _)| fields.contains(&key))
    };
    text.lines().filter(|line| !is_example(line)).map(|line| format!("{line}\n")).collect()
}

pub(super) fn charter<'a>(register: &'a Register, record: &RecordId) -> Result<&'a Project, CliError> {
    let found = register.slot(record).and_then(Slot::record_or_draft);
    found.and_then(|found| found.as_any().downcast_ref()).ok_or_else(|| {
        CliError::new(format!("{} cannot be read", record.path()))
            .hint("`pmo check` shows what is wrong with it")
    })
}

/// Refuses a move that the state machine does not have, and says which it has.
fn allowed(id: &str, from: ProjectState, way: &Way) -> Result<(), CliError> {
    use ProjectState::{Approved, Closing, OnHold};
    // Starting and resuming lead to one state, but not from one.
    let fits = match way.verb {
        "start" => from == Approved,
        "resume" => matches!(from, OnHold | Closing),
        _ => from.moves().contains(&way.to),
    };
    if fits {
        return Ok(());
    }
    let error = if from == way.to {
        CliError::new(format!("{id} is {from} already"))
    } else {
        CliError::new(format!("{id} is {from}, so you cannot {} it", way.verb))
    };
    Err(ways(error, id, from, way.to))
}

/// Adds to a refused move those that a project has.
pub(in super::super) fn ways(error: CliError, id: &str, from: ProjectState, to: ProjectState) -> CliError {
    use ProjectState::{Active, Closed};
    if to == Closed && from == Active {
        return error
            .hint(format!("closing has two steps: `pmo project close {id} --begin` once it is delivered"))
            .hint(format!("then `pmo project close {id}` when it is handed over"));
    }
    let verbs: Vec<String> = from.moves().iter().map(|to| typed(id, from, *to)).collect();
    if verbs.is_empty() {
        error.hint(format!(
            "its life is over; if that is a mistake, `pmo edit {id}` takes it back: state = \"active\", and no closed_on"
        ))
    } else {
        error.hint(format!("from here it can go on with {}", text::list(&verbs, "or")))
    }
}

/// What to type for a move.
pub(in super::super) fn typed(id: &str, from: ProjectState, to: ProjectState) -> String {
    use ProjectState::{Active, Approved, Closed, Closing, OnHold, Proposed, Terminated};
    match to {
        Proposed | Approved => format!("`pmo project approve {id}`"),
        Active if from == Approved => format!("`pmo project start {id}`"),
        Active => format!("`pmo project resume {id}`"),
        OnHold => format!("`pmo project hold {id}`"),
        Closing => format!("`pmo project close {id} --begin`"),
        Closed => format!("`pmo project close {id}`"),
        Terminated => format!("`pmo project terminate {id}`"),
    }
}

/// The keys of the charter that a move changes.
fn assignments(charter: &Project, way: &Way, day: Date, decision: &RecordId) -> Vec<Assignment> {
    let mut keys = vec![Assignment::text("state", way.to.word())];
    match way.to {
        ProjectState::Active if charter.started_on.is_none() => {
            keys.push(Assignment::date("started_on", day))
        }
        ProjectState::Closed | ProjectState::Terminated => keys.push(Assignment::date("closed_on", day)),
        // What is approved is the first baseline, unless somebody said where it comes from.
        ProjectState::Approved if charter.baseline.is_none() => {
            keys.push(Assignment::date("baseline.approved_on", day));
            keys.push(Assignment::text("baseline.decision", &decision.stem()));
        }
        _ => {}
    }
    keys
}

/// What is left open in a project that ends, one line a kind.
fn open_items(register: &Register, id: &str) -> Vec<String> {
    let Some(shelf) = register.projects.get(id) else { return Vec::new() };
    let mut lines = Vec::new();
    for kind in ["risk", "issue", "action", "decision"] {
        let open: Vec<String> = shelf
            .slots(kind)
            .filter(|(_, slot)| slot.record_or_draft().is_some_and(|record| !record.is_closed()))
            .map(|(name, _)| {
                RecordId { kind: kind_name(kind), home: id.to_owned(), name: name.clone() }.stem()
            })
            .collect();
        if !open.is_empty() {
            let shown: Vec<&str> = open.iter().map(String::as_str).take(6).collect();
            let more = if open.len() > shown.len() { ", …" } else { "" };
            lines.push(format!("still open: {} ({}{more})", text::count(open.len(), kind), shown.join(", ")));
        }
    }
    lines
}

/// The kind's own name, which lives as long as the program.
fn kind_name(name: &str) -> &'static str {
    Kind::named(name).map_or("risk", |kind| kind.spec.name)
}

fn next(id: &str, to: ProjectState, left_open: bool) -> Vec<String> {
    match to {
        ProjectState::Approved => vec![format!("pmo project start {id}")],
        ProjectState::Active => vec![format!("pmo status new {id}")],
        ProjectState::OnHold => vec![format!("pmo project resume {id}")],
        ProjectState::Closing => {
            vec![format!("pmo template new closure-report {id}"), format!("pmo project close {id}")]
        }
        _ if left_open => vec![format!("pmo close {id}/… for each of them"), format!("pmo check {id}")],
        _ => vec![format!("pmo template new lessons-workshop {id}")],
    }
}

/// Says what `pmo check` finds in the charter of a project that was just approved.
fn wanting(context: &Context, record: &RecordId) -> Result<(), CliError> {
    const CODES: [&str; 3] = ["charter-incomplete", "no-sponsor", "finish-before-start"];
    let loaded = context.load(&Scope::around(&record.home, &["person", "programme"]))?;
    let checked = check::run(&loaded.register, context.today, &[], &loaded.problems);
    let path = record.path();
    let found: Vec<_> =
        checked.problems.iter().filter(|found| found.file == path && CODES.contains(&found.code)).collect();
    for problem in &found {
        context.say(&format!("note[{}]: {}", problem.code, text::terminal(&problem.message)));
    }
    if !found.is_empty() {
        context
            .say(&format!("`pmo check {record}` will say so too; `pmo edit {record}` completes the charter"));
    }
    Ok(())
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
