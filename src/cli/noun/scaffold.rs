//! What a scaffold is filled with, from the register, the day and the person at the keyboard.

use std::collections::BTreeMap;

use crate::change::{Assignment, assign};
use crate::model::{Kind, Person, RecordId, Register};
use crate::store;
use crate::template::{Hints, Scaffold, schema_line};
use crate::text;

use super::super::{CliError, Context};
use super::add::explained;

/// The text of a new record: its scaffold with the given values in it.
pub(in super::super) fn text_of(
    context: &Context,
    register: &Register,
    kind: &Kind,
    id: &RecordId,
    given: &[Assignment],
) -> Result<String, CliError> {
    let values: BTreeMap<String, String> =
        given.iter().filter_map(|a| Some((a.path.clone(), a.value.as_ref()?.written()))).collect();
    let filling = of(context, register, kind, id, values);
    let made = context.templates()?.render(&format!("{}.toml", kind.spec.name), &filling)?;
    // What the template has no line for is set in what it made; the rest stands there already.
    assign(&made, given).map_err(|error| explained(error, &id.to_string()))
}

/// Fills the scaffold of a new record.
pub(in super::super) fn of(
    context: &Context,
    register: &Register,
    kind: &Kind,
    id: &RecordId,
    given: BTreeMap<String, String>,
) -> Scaffold {
    let project = register.project(&id.home);
    let currency = project.and_then(|p| p.currency.clone());
    Scaffold {
        schema: schema_line(&id.path(), kind.spec.name),
        id: id.to_string(),
        given,
        me: me(context, register),
        today: context.today.to_string(),
        today_next_month: context.today.plus_days(30).to_string(),
        today_next_year: context.today.plus_days(365).to_string(),
        currency: currency.unwrap_or_else(|| register.config.register.currency.clone()),
        hints: hints(register),
    }
}

/// The person at the keyboard, by git's e-mail address.
pub(in super::super) fn me(context: &Context, register: &Register) -> Option<String> {
    let email = store::identity(context.location().ok()?).email?;
    register.person_at(&email).map(|(id, _)| id.to_owned())
}

fn hints(register: &Register) -> Hints {
    let config = &register.config;
    let words = &config.vocabulary;
    let phases: Vec<&str> = config.phase.iter().map(|p| p.id.as_str()).collect();
    let classes: Vec<&str> = config.class.keys().map(String::as_str).collect();
    let probability: Vec<&str> = config.risk.probability.iter().map(|l| l.name.as_str()).collect();
    let impact: Vec<&str> = config.risk.impact.iter().map(|l| l.name.as_str()).collect();
    Hints {
        division: Hints::one_of(&words.division, "the division that owns it"),
        phase: Hints::one_of(&phases, "a phase of the lifecycle in pmo.toml"),
        class: Hints::one_of(&classes, "a complexity class of pmo.toml"),
        risk_category: Hints::one_of(&words.risk_category, "what sort of risk it is"),
        lesson_category: Hints::one_of(&words.lesson_category, "what sort of lesson it is"),
        cost_category: Hints::one_of(&words.cost_category, "by category"),
        forum: Hints::one_of(&words.forum, "the forum that decides"),
        probability: Hints::scale(&probability, "on the register's scale"),
        impact: Hints::scale(&impact, "on the register's scale"),
    }
}

/// The id of a person that a user named by id, `@id` or name, or an error with the nearest one.
pub(in super::super) fn person(register: &Register, said: &str) -> Result<String, CliError> {
    let wanted = said.trim().trim_start_matches('@');
    let people: Vec<(String, &str)> =
        register.records::<Person>().map(|(id, person)| (id.stem(), person.name.as_str())).collect();
    let is = |(id, name): &&(String, &str)| id == wanted || name.eq_ignore_ascii_case(wanted);
    if let Some((id, _)) = people.iter().find(is) {
        return Ok(id.clone());
    }
    let error = CliError::new(format!("there is nobody `{}` in people/", text::terminal(said)));
    Err(match text::nearest(wanted, people.iter().map(|(id, _)| id.as_str())) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint("`pmo person list` names everybody, `pmo person add ID --name …` adds one"),
    })
}
