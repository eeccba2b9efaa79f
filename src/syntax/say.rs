//! The sentences that the walk says: what is wrong with a value, and what to type instead.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use crate::text::{cut, list, nearest, terminal};

use super::mistake::Mistake;
use super::schema::{Schema, Shape};
use super::walk::{decimal, wrapped_number};

/// What the file is called in a sentence: `x-noun` of its schema, such as "a status report".
fn noun(root: Schema<'_>) -> &str {
    root.text("x-noun").unwrap_or("this file")
}

/// The table that holds a path, as its header would be written; `None` at the top of the file.
fn header(path: &str) -> Option<String> {
    let (table, _) = path.rsplit_once('.')?;
    match table.strip_suffix(']').and_then(|t| t.rsplit_once('[')) {
        Some((array, _)) => Some(format!("[[{array}]]")),
        None => Some(format!("[{table}]")),
    }
}

pub(super) fn unknown_key(
    root: Schema<'_>,
    table: Schema<'_>,
    key: &str,
    at: Range<usize>,
    path: &str,
) -> Mistake {
    let message = match header(path) {
        Some(header) => format!("{header} has no field `{key}`"),
        None => format!("{} has no field `{key}`", noun(root)),
    };
    let mistake = Mistake::new("unknown-key", message, at);
    let fields = table.fields();
    if header(path).is_some() && root.fields().contains(&key) {
        return mistake.help(format!("`{key}` belongs at the top, above the first [header]"));
    }
    let home = root.fields().into_iter().find(|name| {
        let tables = root.field(name).map(Schema::alternatives).unwrap_or_default();
        tables.iter().any(|one| one.fields().contains(&key))
    });
    if let Some(home) = home {
        return mistake.help(format!("`{key}` belongs in [{home}]"));
    }
    match nearest(key, fields.iter().copied()) {
        Some(near) => mistake.help(format!("did you mean `{near}`?")),
        None if fields.is_empty() => mistake.help("nothing may stand here"),
        None if root.fields().contains(&"custom") && header(path).is_none() => {
            mistake.help("a field of your own goes under [custom]; all others are in the file's schema")
        }
        None => mistake.help(format!("it may hold {}", quoted_list(&fields, "and"))),
    }
}

pub(super) fn missing_field(root: Schema<'_>, field: Schema<'_>, path: &str, at: Range<usize>) -> Mistake {
    let key = path.rsplit('.').next().unwrap_or(path);
    let message = match header(path) {
        Some(header) => format!("{header} needs `{key}`"),
        None => format!("{} needs `{key}`", noun(root)),
    };
    let example = match field.words() {
        Some(words) => format!("\"{}\"", words.first().copied().unwrap_or("…")),
        None => match field.alternatives().first().and_then(|one| one.shapes().first().copied()) {
            Some(Shape::Date) => "2026-11-20".to_string(),
            Some(Shape::Number | Shape::Whole) => "0".to_string(),
            Some(Shape::Truth) => "true".to_string(),
            Some(Shape::List) => "[ ]".to_string(),
            Some(Shape::Table) => {
                return Mistake::new("missing-field", message, at).help(format!("add a table [{path}]"));
            }
            _ => "\"…\"".to_string(),
        },
    };
    let mut help = format!("add  {key} = {example}");
    if let Some(words) = field.words() {
        help.push_str(&format!("  (or {})", quoted_list(&words[1.min(words.len())..], "or")));
    } else if example == "0" {
        help = format!("add  {key} =  and the number");
    }
    Mistake::new("missing-field", message, at).help(help)
}

pub(super) fn unknown_word(word: &str, words: &[&str], at: Range<usize>, path: &str) -> Mistake {
    let shown = shortened(word);
    let mistake = Mistake::new("unknown-word", format!("`{path}` cannot be \"{shown}\""), at);
    match nearest(word, words.iter().copied()) {
        Some(near) => {
            mistake.help(format!("did you mean \"{near}\"? Known are {}", quoted_list(words, "and")))
        }
        None => mistake.help(format!("it is one of {}", quoted_list(words, "or"))),
    }
}

pub(super) fn wrong_word_type(words: &[&str], value: &Spanned<DeValue<'_>>, path: &str) -> Mistake {
    let message = format!("`{path}` must be a word, not {}", named(value.get_ref()));
    Mistake::new("wrong-type", message, value.span())
        .help(format!("it is one of {}", quoted_list(words, "or")))
}

pub(super) fn wrong_type(
    expected: &[Shape],
    alternatives: &[Schema<'_>],
    value: &Spanned<DeValue<'_>>,
    path: &str,
) -> Mistake {
    let mut wanted: Vec<&str> = expected.iter().map(|shape| shape.words()).collect();
    wanted.dedup();
    let wanted = list(&wanted, "or");
    let given = value.get_ref();
    let message = format!("`{path}` must be {wanted}, not {}", named(given));
    let mistake = Mistake::new("wrong-type", message, value.span());
    // An element of a list is written alone, a value behind its key.
    let key = match path.rsplit('.').next() {
        Some(last) if !last.ends_with(']') => format!("{last} = "),
        _ => String::new(),
    };
    let has = |shape: Shape| expected.contains(&shape);
    let number = has(Shape::Number) || has(Shape::Whole);
    let help = match given {
        DeValue::String(text) if number && decimal(&text.replace('_', "")).is_some() => {
            Some(format!("without quotes: {key}{text}"))
        }
        DeValue::String(text) if has(Shape::Date) && is_date(text) => {
            Some(format!("without quotes: {key}{text}"))
        }
        DeValue::String(text) if has(Shape::Truth) && matches!(text.as_ref(), "true" | "false") => {
            Some(format!("without quotes: {key}{text}"))
        }
        DeValue::String(text) if has(Shape::List) && !text.contains(['"', '\\', '\n']) => {
            Some(format!("as a list: {key}[\"{}\"]", shortened(text)))
        }
        DeValue::Datetime(moment) if has(Shape::Date) => {
            moment.date.map(|date| format!("the date alone: {key}{date}"))
        }
        DeValue::Datetime(moment) if has(Shape::Text) => Some(format!("in quotes: {key}\"{moment}\"")),
        DeValue::Integer(whole) if has(Shape::Text) => Some(format!("in quotes: {key}\"{whole}\"")),
        DeValue::Boolean(truth) if has(Shape::Text) => Some(format!("in quotes: {key}\"{truth}\"")),
        DeValue::Table(_) if has(Shape::List) && wrapped_number(given).is_none() => {
            Some(format!("two brackets begin one of several: [[{path}]]"))
        }
        _ if has(Shape::Date) => Some(format!("year, month and day: {key}2026-11-20")),
        _ if number => Some(match has(Shape::Number) {
            true => format!("digits without quotes, with a point before a fraction: {key}12.5"),
            false => format!("a whole number without quotes: {key}3"),
        }),
        _ if has(Shape::Table) => {
            let fields: Vec<&str> = alternatives.iter().flat_map(|one| one.fields()).collect();
            let holds = if fields.is_empty() {
                String::new()
            } else {
                format!(", which may hold {}", quoted_list(&fields, "and"))
            };
            Some(format!("a table begins with [{path}]{holds}"))
        }
        _ => None,
    };
    match help {
        Some(help) => mistake.help(help),
        None => mistake,
    }
}

pub(super) fn wrong_length(
    length: usize,
    least: Option<usize>,
    most: Option<usize>,
    path: &str,
    at: Range<usize>,
) -> Mistake {
    let wanted = match (least, most) {
        (Some(least), Some(most)) if least == most => format!("exactly {least}"),
        (Some(least), _) if length < least => format!("at least {least}"),
        (_, most) => format!("at most {}", most.unwrap_or_default()),
    };
    Mistake::new("invalid-value", format!("`{path}` must have {wanted} elements, not {length}"), at)
}

pub(super) fn unfit_text(
    schema: Schema<'_>,
    text: &str,
    reason: &str,
    at: Range<usize>,
    path: &str,
) -> Mistake {
    let message = match shortened(text) {
        empty if empty.is_empty() => format!("`{path}` {reason}"),
        shown => format!("`{path}`: \"{shown}\" {reason}"),
    };
    let mistake = Mistake::new("invalid-value", message, at);
    match schema.text("x-expected").map(str::to_string).or_else(|| schema.sentence()) {
        Some(sentence) => mistake.help(format!("expected: {sentence}")),
        None => mistake,
    }
}

pub(super) fn out_of_range(
    least: Option<String>,
    most: Option<String>,
    at: Range<usize>,
    path: &str,
) -> Mistake {
    let range = match (least, most) {
        (Some(least), Some(most)) => format!("must be from {least} to {most}"),
        (Some(least), None) if least == "0" => "may not be negative".to_string(),
        (Some(least), None) => format!("must be at least {least}"),
        (None, Some(most)) => format!("must be at most {most}"),
        (None, None) => "is out of range".to_string(),
    };
    Mistake::new("invalid-value", format!("`{path}` {range}"), at)
}

/// A figure that is none, or is more than is kept.
pub(super) fn unfit_figure(path: &str, figure: &str, at: Range<usize>) -> Mistake {
    let is_written_as_one = |c: char| c.is_ascii_alphanumeric() || "+-_.".contains(c);
    if !figure.chars().all(is_written_as_one) {
        let what =
            format!("`{path}` is no number: there is more than digits in `{}`", cut(&terminal(figure), 40));
        return Mistake::new("invalid-value", what, at).help("write it like this: 1_250_000, or 1250.50");
    }
    Mistake::new("invalid-value", format!("`{path}` has more digits than a figure can have"), at)
        .help("at most 28 digits are kept exactly")
}

fn is_date(text: &str) -> bool {
    text.parse::<toml::value::Datetime>().is_ok_and(|moment| moment.date.is_some() && moment.time.is_none())
}

/// What a person calls a value.
fn named(value: &DeValue<'_>) -> &'static str {
    match value {
        _ if wrapped_number(value).is_some() => "a number with a fraction",
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(moment) if moment.date.is_none() => "a time",
        DeValue::Datetime(moment) if moment.time.is_some() => "a date with a time",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn quoted_list(words: &[&str], joint: &str) -> String {
    let mut shown: Vec<String> = words.iter().take(12).map(|word| format!("`{word}`")).collect();
    if words.len() > 12 {
        shown.push(format!("{} more", words.len() - 12));
    }
    let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
    list(&shown, joint)
}

fn shortened(text: &str) -> String {
    let line: String = text.chars().take(40).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().count() > 40 { format!("{line}…") } else { line }
}
