//! The functions that lay out a TOML scaffold, one field a call.
//!
//! All look into `given`, the values that the user stated: TOML literals by dotted key. A key is
//! written whole (`target.probability`); its last part is printed.

use minijinja::value::Value;
use minijinja::{Environment, Error, ErrorKind, State};

use super::tidy::COLUMN;
use crate::text;

/// Adds the functions to an environment.
pub(super) fn add_to(env: &mut Environment<'_>) {
    env.add_function("must", must);
    env.add_function("may", may);
    env.add_function("with", with);
    env.add_function("section", section);
    env.add_function("note", note);
}

/// A field that must be there: the given value, or a placeholder.
fn must(state: &State<'_, '_>, key: &str, about: &str) -> Value {
    safe(given(state, key).map_or_else(|| line(key, "\"…\"", about), |value| line(key, &value, "")))
}

/// A field that may be there: the given value, or an example in a comment.
fn may(state: &State<'_, '_>, key: &str, example: &str, about: &str) -> Value {
    safe(
        given(state, key).map_or_else(
            || format!("# {}", line(key, &one_line(example), about)),
            |value| line(key, &value, ""),
        ),
    )
}

/// A field with a value of the template's own, which a given one replaces. The value is a TOML literal.
fn with(state: &State<'_, '_>, key: &str, value: &Value, about: &str) -> Value {
    safe(
        given(state, key).map_or_else(|| line(key, &value.to_string(), about), |value| line(key, &value, "")),
    )
}

/// The header of a table whose fields are all optional: in a comment unless one of them is given.
fn section(state: &State<'_, '_>, name: &str, about: &str) -> Result<Value, Error> {
    let prefix = format!("{name}.");
    let wanted = match state.lookup("given") {
        Some(values) => values.try_iter()?.any(|key| key.as_str().is_some_and(|k| k.starts_with(&prefix))),
        None => return Err(Error::new(ErrorKind::UndefinedError, "`given` is not there")),
    };
    let mark = if wanted { "" } else { "# " };
    Ok(safe(format!("{mark}[{name}]{}", comment(about))))
}

/// A trailing comment, in the column of its neighbours.
fn note(about: &Value) -> Value {
    safe(if about.is_none() { String::new() } else { comment(&about.to_string()) })
}

fn given(state: &State<'_, '_>, key: &str) -> Option<String> {
    let value = state.lookup("given")?.get_item(&Value::from(key)).ok()?;
    value.as_str().map(|literal| literal.replace(COLUMN, "\\uE000"))
}

fn line(key: &str, value: &str, about: &str) -> String {
    let name = key.rsplit_once('.').map_or(key, |(_, last)| last);
    format!("{name} = {value}{}", comment(about))
}

fn comment(about: &str) -> String {
    if about.trim().is_empty() { String::new() } else { format!("{COLUMN}# {}", one_line(about)) }
}

fn one_line(text: &str) -> String {
    text::terminal(text).replace(COLUMN, " ")
}

fn safe(text: String) -> Value {
    Value::from_safe_string(text)
}
