//! What `pmo set` refuses, or says, beyond the types of single keys: the same key twice, a level off the
//! register's scale, a state that a project cannot move to.

use crate::change::Assignment;
use crate::model::lifecycle::ProjectState;
use crate::model::{Project, RecordId, Register, Slot};
use crate::syntax::{self, NewValue, Step};
use crate::text;

use super::super::noun::lifecycle;
use super::super::{CliError, Context};
use super::kind_of;

/// Refuses a key that is given two values.
pub(super) fn once(assignments: &[Assignment]) -> Result<(), CliError> {
    // `milestone.go-live` and `milestone[id=go-live]` are one key.
    let steps = |assignment: &Assignment| -> Option<Vec<Step>> {
        let plain = |step| match step {
            Step::Id(id) => Step::Key(id),
            step => step,
        };
        Some(syntax::parse_path(&assignment.path)?.into_iter().map(plain).collect())
    };
    for (i, assignment) in assignments.iter().enumerate() {
        if assignments[..i].iter().any(|earlier| steps(earlier) == steps(assignment)) {
            let key = text::terminal(&assignment.path).into_owned();
            return Err(CliError::new(format!("`{key}` is given twice")).hint("give each key one value"));
        }
    }
    Ok(())
}

/// Refuses a probability or impact that the register's scale does not have.
pub(in super::super) fn on_scale(
    register: &Register,
    id: &RecordId,
    assignments: &[Assignment],
) -> Result<(), CliError> {
    if id.kind != "risk" {
        return Ok(());
    }
    for Assignment { path, value } in assignments {
        let Some(NewValue::Literal(literal)) = value else { continue };
        let Ok(level) = literal.replace('_', "").parse::<usize>() else { continue };
        let key = path.strip_prefix("initial.").or_else(|| path.strip_prefix("target.")).unwrap_or(path);
        let risk = &register.config.risk;
        let scale: Vec<&str> = match key.split('.').next() {
            Some("probability") => risk.probability.iter().map(|level| level.name.as_str()).collect(),
            Some("impact") => risk.impact.iter().map(|level| level.name.as_str()).collect(),
            _ => continue,
        };
        if level < 1 || level > scale.len() {
            return Err(off_scale(path, level, &scale));
        }
    }
    Ok(())
}

fn off_scale(path: &str, level: usize, scale: &[&str]) -> CliError {
    let named = scale.iter().enumerate().map(|(i, name)| format!("{} {}", i + 1, text::terminal(name)));
    CliError::new(format!("`{path}` cannot be {level}: the register's scale goes from 1 to {}", scale.len()))
        .hint(named.collect::<Vec<_>>().join(" · "))
}

/// Refuses a state that a project cannot move to from where it is.
pub(super) fn allowed(
    register: &Register,
    id: &RecordId,
    assignments: &[Assignment],
) -> Result<(), CliError> {
    let Some((from, to)) = moves(register, id, assignments) else { return Ok(()) };
    if from == to || from.moves().contains(&to) {
        return Ok(());
    }
    let error = CliError::new(format!("{id} is {from}, so it cannot become {to}"));
    let error = lifecycle::ways(error, &id.home, from, to);
    Err(match from.is_over() {
        true => error,
        false => error.hint(format!("if the file is wrong as it is, `pmo edit {id}` corrects it")),
    })
}

/// The state that a project is in, and the one that it is given.
fn moves(
    register: &Register,
    id: &RecordId,
    assignments: &[Assignment],
) -> Option<(ProjectState, ProjectState)> {
    let record = register.slot(id).and_then(Slot::record_or_draft)?;
    let from = record.as_any().downcast_ref::<Project>()?.state;
    let to = given(assignments, "state")?;
    ProjectState::ALL.into_iter().find(|state| state.word() == to).map(|to| (from, to))
}

/// The text that a key is given.
fn given<'a>(assignments: &'a [Assignment], key: &str) -> Option<&'a str> {
    assignments.iter().filter(|assignment| assignment.path == key).find_map(|assignment| {
        match &assignment.value {
            Some(NewValue::Text(text)) => Some(text.trim()),
            _ => None,
        }
    })
}

/// What the command for it would have written beside the state, if anything.
pub(super) fn note(
    context: &Context,
    register: &Register,
    id: &RecordId,
    assignments: &[Assignment],
    after: &str,
) -> Option<String> {
    if let Some((from, to)) = moves(register, id, assignments).filter(|(from, to)| from != to) {
        let command = lifecycle::typed(&id.home, from, to);
        return Some(format!(
            "note: only the state was changed; {command} records the decision and the day, too"
        ));
    }
    let closing = kind_of(id).ok()?.spec.closing?;
    let (closed, _) = closing.state?;
    if given(assignments, "state") != Some(closed) || syntax::locate(after, closing.on).is_some() {
        return None;
    }
    Some(format!(
        "note: the day is missing: `pmo set {id} {}={}`; `pmo close {id}` instead of `set` writes both",
        closing.on, context.today
    ))
}

/// What to say of a milestone, or whatever else has an id, that is not in the file.
pub(super) fn no_such_element(id: &RecordId, before: &str, missing: &str) -> Option<CliError> {
    let (list, name) = missing.strip_suffix(']')?.split_once("[id=")?;
    let known: Vec<String> =
        (0..).map_while(|i| syntax::text_at(before, &format!("{list}[{i}].id"))).collect();
    let error = CliError::new(format!("{id} has no {list} `{}`", text::terminal(name)));
    let error = match text::nearest(name, known.iter().map(String::as_str)) {
        Some(near) => error.hint(format!("did you mean `{}`?", text::terminal(near))),
        None => error,
    };
    let error = match known.is_empty() {
        true => error,
        false => error.hint(format!("it has {}", text::terminal(&text::list(&known, "and")))),
    };
    Some(error.hint(format!("`pmo edit {id}` adds one: [[{list}]] with id = \"{}\"", text::terminal(name))))
}
