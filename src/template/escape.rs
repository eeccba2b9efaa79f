//! What a template prints is harmless in the file that it makes.

use std::borrow::Cow;

use minijinja::value::{Value, ValueKind};
use minijinja::{AutoEscape, Error, Output, State};

use crate::text;

use super::growth::Room;

/// How to escape in a template, by the end of its name; layouts for HTML may have any name in `.html`.
pub(super) fn by_name(name: &str) -> AutoEscape {
    match name.rsplit_once('.').map(|(_, end)| end) {
        Some("html" | "htm" | "xml" | "svg") => AutoEscape::Html,
        Some("md") => AutoEscape::Custom(Cow::Borrowed("md")),
        Some("toml") => AutoEscape::Custom(Cow::Borrowed("toml")),
        _ => AutoEscape::None,
    }
}

/// Prints a value: nothing for what is missing, `true` and `false`, text escaped for the destination.
pub(super) fn print(
    room: &Room,
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), Error> {
    let shown = match value.kind() {
        // What is undefined by mistake never comes here; this is `x if y` without its else.
        ValueKind::None | ValueKind::Undefined => return Ok(()),
        ValueKind::Bool => Cow::Borrowed(if value.is_true() { "true" } else { "false" }),
        _ => match value.as_str() {
            Some(text) => Cow::Borrowed(text),
            None => Cow::Owned(super::growth::written(value)?),
        },
    };
    if shown.len() > super::growth::MAX_MADE {
        return Err(super::growth::too_long());
    }
    // It may be printed into a text that is gathered.
    room.take(shown.len())?;
    if value.is_safe() {
        return out.write_str(&shown).map_err(Error::from);
    }
    let escaped = match state.auto_escape() {
        AutoEscape::Html => text::html(&shown),
        // Paragraphs stay where a value has a line to itself, which `prose` takes care of.
        AutoEscape::Custom(kind) if kind == "md" => Cow::Owned(markdown(&shown, text::markdown_cell)),
        // Outside of strings, which `| toml` writes, only comments take free text: one line of it.
        AutoEscape::Custom(kind) if kind == "toml" => text::terminal(&shown),
        _ => shown.clone(),
    };
    room.take(escaped.len().saturating_sub(shown.len()))?;
    out.write_str(&escaped).map_err(Error::from)
}

/// Marks values that stand on a line of their own in a template of Markdown as prose, which may have paragraphs.
pub(super) fn with_prose<'a>(name: &str, source: &'a str) -> Cow<'a, str> {
    let alone = |line: &str| {
        let inner = line.trim().strip_prefix("{{")?.strip_suffix("}}")?.trim();
        let is_name = inner.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.');
        (is_name && !inner.is_empty()).then(|| format!("{{{{ {inner} | prose }}}}"))
    };
    if !name.ends_with(".md") || !source.lines().any(|line| alone(line).is_some()) {
        return Cow::Borrowed(source);
    }
    let lines = source.split_inclusive('\n').map(|line| match alone(line) {
        Some(marked) => format!("{marked}{}", if line.ends_with('\n') { "\n" } else { "" }),
        None => line.to_owned(),
    });
    Cow::Owned(lines.collect())
}

/// Escapes a piece of Markdown, and keeps the blanks at its ends: it may stand in the middle of a line. A plain
/// number is no markup.
pub(super) fn markdown(piece: &str, escape: fn(&str) -> Cow<'_, str>) -> String {
    let inner = piece.trim_matches(' ');
    let digits = inner.strip_prefix('-').unwrap_or(inner);
    let is_digit = |c: char| c.is_ascii_digit();
    let is_number = digits.starts_with(is_digit)
        && digits.ends_with(is_digit)
        && digits.chars().all(|c| is_digit(c) || c == '.' || c == ',');
    if is_number || inner.is_empty() {
        return piece.to_owned();
    }
    let start = piece.len() - piece.trim_start_matches(' ').len();
    let end = piece.trim_end_matches(' ').len();
    format!("{}{}{}", &piece[..start], escape(inner), &piece[end..])
}
