//! `pmo period list|close|open`: periods that take reports, and those that take none any more.

mod close;
mod list;
mod open;

use clap::{Args as _, Command};

use crate::model::{Date, Name, Period, PeriodRecord, RecordId, Register, Slot};

use super::super::{CliError, Context};

pub(super) use close::Close;
pub(super) use list::List;
pub(super) use open::Open;

/// The verbs of the noun.
pub(super) fn verbs(command: Command) -> Command {
    let list =
        List::augment_args(Command::new("list")).about("List periods, open and closed").long_about(None);
    let close = Close::augment_args(Command::new("close"))
        .about("Close a period: from then on it takes no new or changed reports");
    let open = Open::augment_args(Command::new("open")).about("Reopen a closed period").long_about(None);
    command
        .subcommand(list.before_help(list::EXAMPLES))
        .subcommand(close.long_about(close::ABOUT).before_help(close::EXAMPLES))
        .subcommand(open.before_help(open::EXAMPLES))
}

/// The record of a period.
fn record(period: Period) -> RecordId {
    RecordId { kind: "period", home: String::new(), name: Name::Period(period) }
}

/// What the period's record says, where there is one; an error where it cannot be read.
fn recorded(register: &Register, period: Period) -> Result<Option<&PeriodRecord>, CliError> {
    let id = record(period);
    let Some(slot) = register.slot(&id) else { return Ok(None) };
    let found = slot.record_or_draft().and_then(|found| found.as_any().downcast_ref());
    match (found, slot) {
        (Some(found), _) => Ok(Some(found)),
        (None, Slot::Unread) => Ok(None),
        (None, _) => Err(CliError::new(format!("{} cannot be read", id.path()))
            .hint(format!("`pmo check {}` says what is wrong with it", id.path()))),
    }
}

/// Who does it: the person named, else who is at the keyboard.
fn who(context: &Context, register: &Register, by: Option<&str>) -> Result<Option<String>, CliError> {
    match by {
        Some(person) => super::scaffold::person(register, person).map(Some),
        None => Ok(super::scaffold::me(context, register)),
    }
}

/// "by Jana Novak", or nothing.
fn by_name(register: &Register, person: Option<&str>) -> String {
    person.map_or_else(String::new, |id| format!(" by {}", crate::text::terminal(register.person_name(id))))
}

/// "week 47 (16–22 Nov 2026)" in the words of a message of git.
fn in_words(period: Period) -> String {
    let day = |date: Date| date.0.format("%-d %b %Y").to_string();
    format!("{}, {} to {}", period.spoken(), day(period.first()), day(period.last()))
}
