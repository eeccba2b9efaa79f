//! What a template prints is harmless in the file that it makes.

use std::borrow::Cow;

use minijinja::value::{Value, ValueKind};
use minijinja::{AutoEscape, Error, Output, State};

use crate::text;

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
pub(super) fn print(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    let shown = match value.kind() {
        // What is undefined by mistake never comes here; this is `x if y` without its else.
        ValueKind::None | ValueKind::Undefined => return Ok(()),
        ValueKind::Bool => Cow::Borrowed(if value.is_true() { "true" } else { "false" }),
        _ => value.as_str().map_or_else(|| Cow::Owned(value.to_string()), Cow::Borrowed),
    };
    if value.is_safe() {
        return out.write_str(&shown).map_err(Error::from);
    }
    let escaped = match state.auto_escape() {
        AutoEscape::Html => text::html(&shown),
        AutoEscape::Custom(kind) if kind == "md" => text::markdown(&shown),
        // Outside of strings, which `| toml` writes, only comments take free text: one line of it.
        AutoEscape::Custom(kind) if kind == "toml" => text::terminal(&shown),
        _ => shown.clone(),
    };
    out.write_str(&escaped).map_err(Error::from)
}
