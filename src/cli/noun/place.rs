//! Where a new record goes: its id, allocated or as the user said.

use crate::model::place::{Name, RecordId, is_slug};
use crate::model::record::Place;
use crate::model::{Kind, Period, Register};
use crate::store;
use crate::text;

use super::super::{CliError, Context};

/// The names of what a user says to place a record of a kind, in order.
pub(super) fn words(kind: &Kind) -> &'static [&'static str] {
    let spec = kind.spec;
    match spec.place {
        Place::Slug | Place::Sole | Place::ProgrammeFile => &["ID"],
        Place::Numbered { .. } if spec.in_project => &["PROJECT"],
        Place::Numbered { .. } => &[],
        Place::Gate => &["PROJECT", "GATE"],
        Place::Period if spec.in_project => &["PROJECT", "PERIOD"],
        Place::Period => &["PERIOD"],
        Place::ProgrammePeriod => &["PROGRAMME", "PERIOD"],
    }
}

/// The id of a new record of a kind.
pub(in super::super) fn new_id(
    context: &Context,
    register: &Register,
    kind: &Kind,
    said: &[String],
) -> Result<RecordId, CliError> {
    let spec = kind.spec;
    let first = said.first().map(String::as_str).unwrap_or_default();
    let second = said.get(1).map(String::as_str).unwrap_or_default();
    let id = match spec.place {
        Place::Slug => {
            slug(kind, first.strip_prefix('@').unwrap_or(first))?;
            let name = Name::Slug(first.trim_start_matches('@').to_owned());
            RecordId { kind: spec.name, home: String::new(), name }
        }
        Place::Sole => {
            slug(kind, first)?;
            RecordId::project(first)
        }
        Place::ProgrammeFile => {
            slug(kind, first)?;
            RecordId::programme(first)
        }
        Place::Numbered { .. } => {
            let home = if spec.in_project { project(register, first)? } else { String::new() };
            let folder = if spec.in_project {
                format!("projects/{home}/{}", spec.folder)
            } else {
                spec.folder.to_owned()
            };
            let number = next(context, &folder, spec.prefix)?;
            RecordId { kind: spec.name, home, name: Name::Number(number) }
        }
        Place::Gate => {
            let home = project(register, first)?;
            let (gate, turn) = gate(register, second)?;
            let turn = match turn {
                Some(turn) => turn,
                None => next(context, &format!("projects/{home}/{}", spec.folder), &gate)?,
            };
            RecordId { kind: spec.name, home, name: Name::Gate(gate, turn) }
        }
        Place::Period => {
            let home = if spec.in_project { project(register, first)? } else { String::new() };
            let period = period(spec.name, if spec.in_project { second } else { first })?;
            RecordId { kind: spec.name, home, name: Name::Period(period) }
        }
        Place::ProgrammePeriod => {
            let home = programme(register, first)?;
            RecordId { kind: spec.name, home, name: Name::Period(period(spec.name, second)?) }
        }
    };
    free(register, &id)?;
    Ok(id)
}

/// The next number that no branch uses.
fn next(context: &Context, folder: &str, prefix: &str) -> Result<u32, CliError> {
    let used = store::numbers_in_use(context.location()?, folder, &format!("{prefix}-"))?;
    used.last().copied().unwrap_or(0).checked_add(1).ok_or_else(|| {
        CliError::new(format!("{folder} has no number left"))
            .hint("rename the record with the highest number")
    })
}

/// Refuses an id that is taken; projects, programmes and objectives share one set of names.
fn free(register: &Register, id: &RecordId) -> Result<(), CliError> {
    let shared = match &id.name {
        Name::Sole => register.named(&id.home),
        Name::Slug(slug) if id.kind == "objective" => register.named(slug),
        _ => None,
    };
    let taken = shared.or_else(|| register.slot(id).map(|_| id.clone()));
    let Some(taken) = taken else { return Ok(()) };
    let what = format!("there is a {} `{taken}` already: {}", taken.kind, taken.path());
    let error = CliError::new(what);
    Err(if taken.kind == id.kind {
        error.hint(format!("`pmo show {taken}` shows it, `pmo edit {taken}` opens it"))
    } else {
        error.hint("projects, programmes and objectives share one set of names: choose another")
    })
}

fn slug(kind: &Kind, said: &str) -> Result<(), CliError> {
    if is_slug(said) {
        return Ok(());
    }
    let error = CliError::new(format!("`{}` cannot be the id of a {}", text::terminal(said), kind.spec.name));
    let error =
        error.hint("an id has small letters, digits and inner -, at most 64 of them, such as crm-migration");
    let better = slugged(said);
    Err(if is_slug(&better) { error.hint(format!("`{better}` would do")) } else { error })
}

/// The nearest slug of a text: `CRM Migration` is `crm-migration`.
fn slugged(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    let cut = out.chars().take(64).collect::<String>();
    cut.trim_end_matches('-').to_owned()
}

/// The project of that id, or an error with the nearest one.
pub(in super::super) fn project(register: &Register, said: &str) -> Result<String, CliError> {
    let id = said.trim_start_matches("projects/").trim_end_matches('/');
    known("project", id, register.projects.keys())
}

/// The programme of that id, or an error with the nearest one.
pub(in super::super) fn programme(register: &Register, said: &str) -> Result<String, CliError> {
    known("programme", said, register.programmes.keys())
}

fn known<'a>(
    kind: &str,
    said: &str,
    ids: impl Iterator<Item = &'a String> + Clone,
) -> Result<String, CliError> {
    if ids.clone().any(|id| id == said) {
        return Ok(said.to_owned());
    }
    let error = CliError::new(format!("there is no {kind} `{}` in this register", text::terminal(said)));
    Err(match text::nearest(said, ids.map(String::as_str)) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint(format!("`pmo {kind} list` names them, `pmo {kind} add ID` makes one")),
    })
}

fn period(kind: &str, said: &str) -> Result<Period, CliError> {
    let period: Period = said.parse()?;
    if kind == "actuals" && !matches!(period, Period::Month { .. }) {
        return Err(CliError::new(format!("booked costs are kept by month, and {period} is none"))
            .hint("write it as 2026-10"));
    }
    Ok(period)
}

/// The review after a project, which belongs to no phase.
const AFTERWARDS: &str = "PIR";

/// A gate and, where it was said, its turn: `G4` or `G4-2`.
fn gate(register: &Register, said: &str) -> Result<(String, Option<u32>), CliError> {
    let probe = |text: &str| RecordId::at_path(&format!("projects/x/reviews/{text}.toml")).map(|id| id.name);
    let gates: Vec<&str> = register.config.phase.iter().filter_map(|p| p.gate.as_deref()).collect();
    let is_known = |gate: &str| gates.is_empty() || gates.contains(&gate) || gate == AFTERWARDS;
    let found = match (probe(said), probe(&format!("{said}-1"))) {
        (Some(Name::Gate(gate, turn)), _) => Some((gate, Some(turn))),
        (_, Some(Name::Gate(gate, _))) => Some((gate, None)),
        _ => None,
    };
    match found {
        Some((gate, turn)) if is_known(&gate) => return Ok((gate, turn)),
        Some((gate, _)) => {
            return Err(CliError::new(format!("no phase ends in a gate `{gate}`")).hint(format!(
                "the gates are {}; they stand in pmo.toml, [[phase]]",
                text::list(&gates, "and")
            )));
        }
        None => {}
    }
    let error = CliError::new(format!("`{}` is not the name of a gate", text::terminal(said)));
    Err(if gates.is_empty() {
        error.hint("a gate begins with a capital letter: G4, PIR")
    } else {
        error.hint(format!("pmo.toml has the gates {}", text::list(&gates, "and")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_suggests_an_id() {
        for (name, id) in
            [("CRM Migration", "crm-migration"), ("  Wave #2!", "wave-2"), ("Ümlaut", "mlaut"), ("…", "")]
        {
            assert_eq!(slugged(name), id);
        }
    }
}
