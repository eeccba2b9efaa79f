//! `pmo NOUN add|list`, for every kind of record, from the table of kinds and their schemas.
//!
//! - `flag`: one flag a field
//! - `add`: a new record from its scaffold; `place` says where it goes
//! - `list`: the records of a kind; `sieve` filters them, `column` shows and sorts them
//! - `actions`: `pmo actions`, what people have to do over all kinds
//! - `lifecycle`: `pmo project approve|start|hold|resume|close|terminate`
//! - `rebaseline`: `pmo project rebaseline`
//! - `decide`: `pmo decision decide`
//! - `measure`: `pmo benefit measure`
//! - `period`: `pmo period list|close|open`
//!
//! What `pmo risk` has beyond these is in [`super::risk`].

mod actions;
pub(super) mod add;
mod column;
mod decide;
mod flag;
pub(super) mod lifecycle;
mod list;
mod measure;
mod period;
pub(super) mod place;
mod rebaseline;
pub(super) mod scaffold;
mod sieve;

pub(super) use add::one;

use clap::error::ErrorKind;
use clap::{ArgMatches, Args as _, Command, FromArgMatches, Subcommand};

use crate::model::{KINDS, Kind};

use super::risk::RiskCommand;
use super::{Context, Outcome};

pub(super) use add::explained;

/// A noun with its verb.
#[derive(Debug)]
pub struct Noun {
    kind: &'static Kind,
    verb: Verb,
}

#[derive(Debug)]
enum Verb {
    Add(add::Add),
    List(list::List),
    Actions(actions::Actions),
    Life(lifecycle::Move),
    Decide(decide::Decide),
    Measure(measure::Measure),
    Risk(RiskCommand),
    Periods(period::List),
    ClosePeriod(period::Close),
    OpenPeriod(period::Open),
}

impl Noun {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        match self.verb {
            Verb::Add(add) => add.run(self.kind, context),
            Verb::List(list) => list.run(self.kind, context),
            Verb::Actions(actions) => actions.run(context),
            Verb::Life(step) => step.run(context),
            Verb::Decide(decide) => decide.run(context),
            Verb::Measure(measure) => measure.run(context),
            Verb::Risk(command) => command.run(context),
            Verb::Periods(list) => list.run(context),
            Verb::ClosePeriod(close) => close.run(context),
            Verb::OpenPeriod(open) => open.run(context),
        }
    }
}

/// The kinds that are nouns here; a status report has a command of its own.
fn nouns() -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().filter(|kind| kind.spec.name != "status")
}

fn named(name: &str) -> Option<&'static Kind> {
    nouns().find(|kind| kind.spec.name == name)
}

/// The command of a noun; its arguments are built only when they are asked for, since that reads the schema.
fn command(kind: &'static Kind) -> Command {
    let plural = Some(kind.spec.plural).filter(|plural| *plural != kind.spec.name);
    Command::new(kind.spec.name)
        .aliases(plural)
        .about(heading(kind))
        .long_about(kind.spec.about)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .defer(|command| match named(command.get_name()) {
            Some(kind) => verbs(command, kind),
            None => command,
        })
}

/// What the noun's command does, in the list of commands.
fn heading(kind: &Kind) -> String {
    let spec = kind.spec;
    match spec.name {
        "project" => "Add and list projects, and move them through their life".to_owned(),
        "action" => "What people have to do; add and list actions".to_owned(),
        "decision" => "Add, list and settle decisions".to_owned(),
        "risk" => {
            "Add and list risks, see them as a matrix, simulate them, and say what became of them".to_owned()
        }
        "benefit" => "Add, list and measure benefits".to_owned(),
        "actuals" => "Add and list booked costs".to_owned(),
        "programme-status" => "Add and list the words on a programme's period".to_owned(),
        "period" => "Close and reopen reporting periods, and list them".to_owned(),
        _ => format!("Add and list {}", spec.plural),
    }
}

fn verbs(command: Command, kind: &'static Kind) -> Command {
    if kind.spec.name == "period" {
        // A record alone closes nothing: `close` also commits and tags.
        let command = command.subcommand(add::command(kind).hide(true));
        return period::verbs(command).about(heading(kind)).long_about(kind.spec.about);
    }
    // Deriving sets what a command is for, so that is said after.
    let list = list::List::augment_args(Command::new("list"))
        .about(format!("List {}", kind.spec.plural))
        .long_about(None)
        .before_help(list::examples(kind));
    let command = command.subcommand(add::command(kind)).subcommand(list);
    let command = match kind.spec.name {
        "project" => lifecycle::Move::augment_subcommands(command),
        "risk" => RiskCommand::augment_subcommands(command),
        // `pmo actions` alone is a list of its own.
        "action" => {
            let command = command.subcommand_required(false).arg_required_else_help(false);
            actions::Actions::augment_args(command).before_help(actions::EXAMPLES)
        }
        "decision" => {
            let decide = decide::Decide::augment_args(Command::new("decide"));
            let decide = decide.about("Settle a decision").long_about(None);
            command.subcommand(decide.before_help(decide::EXAMPLES))
        }
        "benefit" => {
            let measure = measure::Measure::augment_args(Command::new("measure"));
            let measure = measure.about("Record a measured value").long_about(None);
            command.subcommand(measure.before_help(measure::EXAMPLES))
        }
        _ => command,
    };
    command.about(heading(kind)).long_about(kind.spec.about)
}

impl Subcommand for Noun {
    fn augment_subcommands(command: Command) -> Command {
        nouns().fold(command, |all, kind| all.subcommand(self::command(kind)))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        named(name).is_some()
    }
}

impl FromArgMatches for Noun {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let missing = || clap::Error::new(ErrorKind::MissingSubcommand);
        let (noun, matches) = matches.subcommand().ok_or_else(missing)?;
        let kind = named(noun).ok_or_else(missing)?;
        if kind.spec.name == "action" && matches.subcommand().is_none() {
            return Ok(Self { kind, verb: Verb::Actions(actions::Actions::from_arg_matches(matches)?) });
        }
        let (verb, rest) = matches.subcommand().ok_or_else(missing)?;
        let verb = match verb {
            "list" if kind.spec.name == "period" => Verb::Periods(period::List::from_arg_matches(rest)?),
            "close" if kind.spec.name == "period" => {
                Verb::ClosePeriod(period::Close::from_arg_matches(rest)?)
            }
            "open" if kind.spec.name == "period" => Verb::OpenPeriod(period::Open::from_arg_matches(rest)?),
            "add" => Verb::Add(add::Add::read(kind, rest)?),
            "list" => Verb::List(list::List::from_arg_matches(rest)?),
            "measure" => Verb::Measure(measure::Measure::from_arg_matches(rest)?),
            "decide" => Verb::Decide(decide::Decide::from_arg_matches(rest)?),
            _ if kind.spec.name == "risk" => Verb::Risk(RiskCommand::from_arg_matches(matches)?),
            _ => Verb::Life(lifecycle::Move::from_arg_matches(matches)?),
        };
        Ok(Self { kind, verb })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
