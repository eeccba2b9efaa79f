//! `pmo status`: reports begun, filled in, submitted, received by mail, and those that are due.

mod ahead;
mod chase;
mod due;
mod new;
mod owed;
mod programme;
mod receive;
mod series;
mod submit;
mod verdict;

pub(super) use due::me;

use clap::{Args, Subcommand};

use crate::analysis::calendar;
use crate::change::refer;
use crate::check;
use crate::diag::{self, Level, Look, Problem, Report, RulePage};
use crate::load::{self, Loaded};
use crate::model::period_record::PeriodState;
use crate::model::{Date, KindSet, Name, Period, PeriodRecord, Project, Register, Scope};
use crate::store::Source;
use crate::text::{nearest, terminal};

use super::{CliError, Context, Done, Outcome};

/// Begin, submit and receive status reports, and see which are due
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo status new crm                 this period's report, filled in as far as the register goes
  pmo status submit crm              check it and commit it
  pmo status due                     which reports are wanted, from whom, by when
  pmo status series crm              how its ratings and forecasts went
  pmo status calendar                the coming periods and their deadlines
  pmo status chase                   a message to each manager who is overdue
  pmo status open --all              drafts for every project that reports
  pmo status receive ~/mail/crm.toml a filled-in report that came by mail")]
pub struct Status {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    New(new::New),
    Open(new::Open),
    Submit(submit::Submit),
    Receive(receive::Receive),
    List(due::List),
    Due(due::Due),
    Series(series::Series),
    Calendar(ahead::Calendar),
    Chase(chase::Chase),
}

impl Status {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        match self.verb {
            Verb::New(command) => command.run(context),
            Verb::Open(command) => command.run(context),
            Verb::Submit(command) => command.run(context),
            Verb::Receive(command) => command.run(context),
            Verb::List(command) => command.run(context),
            Verb::Due(command) => command.run(context),
            Verb::Series(command) => command.run(context),
            Verb::Calendar(command) => command.run(context),
            Verb::Chase(command) => command.run(context),
        }
    }
}

/// Loads what surrounds the project or programme that a person typed, to find it by its id.
fn surroundings(context: &Context, typed: &str, others: &[&str]) -> Result<Loaded, CliError> {
    let id = typed.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    context.load_around(id, others)
}

/// Loads a project or programme with every other one that its files name, and all that is the register's own: what
/// the rules look at to judge its report.
fn neighbourhood(source: &dyn Source, home: &str) -> Result<Loaded, CliError> {
    let scope = Scope { kinds: KindSet::ALL, ..Scope::around(home, &[]) };
    let alone = load::load(source, &scope)?;
    Ok(load::load(source, &scope.and_homes(refer::homes_named(&alone.register, home)))?)
}

/// Finds a project by the id that a person typed, or names the nearest one.
fn project_id(register: &Register, typed: &str) -> Result<String, CliError> {
    let id = typed.trim_end_matches('/').trim_start_matches("projects/");
    if register.projects.contains_key(id) {
        return Ok(id.to_owned());
    }
    let error = CliError::new(format!("there is no project `{}` in this register", terminal(typed)));
    Err(match nearest(id, register.projects.keys().map(String::as_str)) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint("`pmo project list` names them"),
    })
}

/// Returns a project's charter, or says why there is none.
fn charter<'a>(register: &'a Register, id: &str) -> Result<&'a Project, CliError> {
    register.project(id).ok_or_else(|| {
        CliError::new(format!("projects/{id}/project.toml cannot be read or is still a draft"))
            .hint(format!("`pmo check {id}` says what is wrong with it"))
    })
}

/// Returns the period asked for, which must fit the project's cadence, or the one that holds the day.
fn period_of(
    register: &Register,
    project: &str,
    asked: Option<Period>,
    day: Date,
) -> Result<Period, CliError> {
    let current = calendar::terms_of(register, project).current(day);
    match asked {
        Some(period) if period.cadence() != current.cadence() => Err(CliError::new(format!(
            "{period} does not fit: this project's reports are named like {current}"
        ))
        .hint("the cadence stands in pmo.toml or project.toml under [reporting]")),
        Some(period) => Ok(period),
        None => Ok(current),
    }
}

/// Refuses a period that begins after the next one: a report that early is a slip of the keys.
fn soon(register: &Register, project: &str, period: Period, day: Date) -> Result<(), CliError> {
    let current = calendar::terms_of(register, project).current(day);
    if period.first() <= current.next().first() {
        return Ok(());
    }
    Err(CliError::new(format!("it is too early for {period}, which begins on {}", period.first()))
        .hint(format!("this period is {current}, and the next one {}", current.next())))
}

/// Refuses a report for a period that is closed.
fn is_open(register: &Register, period: Period) -> Result<(), CliError> {
    let record: Option<&PeriodRecord> = register.own.get(&Name::Period(period));
    let Some(record) = record.filter(|record| record.state == PeriodState::Closed) else { return Ok(()) };
    let since = record.closed_on.map_or_else(String::new, |day| format!(" since {day}"));
    let by = record.closed_by.as_deref().map(|id| format!(", by {}", terminal(register.person_name(id))));
    Err(CliError::new(format!(
        "{period} is closed{since}{}: it takes no new or changed reports",
        by.unwrap_or_default()
    ))
    .hint(format!("the PMO can reopen it: pmo period open {period} --reason \"…\"")))
}

/// Returns the newest period that has begun and has a file, if there is one.
fn newest_file(register: &Register, project: &str, day: Date) -> Option<Period> {
    let shelf = register.projects.get(project)?;
    let periods = shelf.slots("status").filter_map(|(name, _)| match name {
        Name::Period(period) => Some(*period),
        _ => None,
    });
    periods.filter(|period| period.first() <= day).max()
}

/// Shows what is wrong with a report, and tells whether any of it keeps it from being filed.
fn show(context: &Context, problems: &[Problem], text: &diag::Texts<'_>) -> Result<bool, CliError> {
    let page = |rule: &check::Rule| RulePage {
        code: rule.name,
        summary: rule.summary(),
        help: rule.page,
        level: None,
    };
    let rules: Vec<RulePage<'_>> = check::RULES.iter().map(page).collect();
    let report = Report { files: 1, day: Some(context.today), rules: &rules, ..Report::new(problems, text) };
    let screen = &context.screen;
    let look = Look { colour: screen.colour, unicode: screen.unicode, width: screen.width };
    // What is still to be filled in explains itself: a line each is enough.
    if problems.iter().all(|problem| problem.code == "placeholder") && !problems.is_empty() {
        context.put(&diag::concise::render(&report))?;
    } else if !problems.is_empty() {
        context.put(&diag::human::render(&report, look))?;
    }
    let is_refused = problems.iter().any(verdict::refuses);
    if !is_refused && problems.iter().any(|problem| problem.level == Level::Error) {
        context.say("`pmo check` will fail on this; the report is filed all the same");
    }
    Ok(is_refused)
}

/// How a report that was refused ends: with exit code 1, and what to do.
fn refused(context: &Context, what: &str) -> Outcome {
    context.say(what);
    Ok(Done::Findings)
}
