//! Text into a tree with spans, or the first syntax error in words for people.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::fault::syntax_error;
use super::mistake::Mistake;
use super::place::push_key;
use super::scan::{DEEPEST, too_deep};

/// The key under which a float's literal text is handed to serde, so that no digit is lost.
pub const NUMBER: &str = "$pmo::number";

/// Parses a file, or says what is wrong with its syntax.
///
/// Only the first syntax error is told: what follows it is mostly its echo.
pub fn parse(text: &str) -> Result<Spanned<DeTable<'_>>, Vec<Mistake>> {
    if let Some(mistake) = conflict_marker(text) {
        return Err(vec![mistake]);
    }
    if let Some(at) = too_deep(text) {
        let mistake = Mistake::new("too-deep", format!("nested more than {DEEPEST} levels deep"), at)
            .help("no record needs that: look for brackets or dots that are not meant");
        return Err(vec![mistake]);
    }
    DeTable::parse(text).map_err(|error| vec![syntax_error(text, &error)])
}

/// Reads the bytes of a file as text, or says where they stop being UTF-8.
pub fn decode(bytes: &[u8]) -> Result<&str, Mistake> {
    if matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
        return Err(Mistake::new("not-utf8", "the file is UTF-16 text, not UTF-8", 0..0)
            .help("save it as UTF-8 (in Notepad: Save as, Encoding: UTF-8)"));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let good = error.valid_up_to();
        let line = bytes[..good].iter().filter(|b| **b == b'\n').count() + 1;
        Mistake::new(
            "not-utf8",
            format!("the file is not UTF-8 text (first wrong byte in line {line})"),
            good..good,
        )
        .help("save it as UTF-8; letters such as ä or é from an older encoding are the usual cause")
    })
}

/// Reads a text as a type, by the schema of that type: with every mistake in it, or not at all.
pub fn read_as<T: serde::de::DeserializeOwned>(
    text: &str,
    schema: &serde_json::Value,
) -> Result<T, Vec<Mistake>> {
    let mut table = parse(text)?;
    let mut mistakes = wrap_numbers(table.get_mut());
    mistakes.extend(super::walk(&mut table, schema));
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    T::deserialize(toml::de::Deserializer::from(table))
        .map_err(|error| vec![Mistake::new("invalid-value", error.message(), error.span().unwrap_or(0..0))])
}

/// Finds the first conflict that git left in a text, with the names that git gave its two sides.
fn conflict_marker(text: &str) -> Option<Mistake> {
    if !text.contains("<<<<<<<") && !text.contains(">>>>>>>") {
        return None;
    }
    let named = |line: &str, mark: &str| {
        let rest = line.trim_end().strip_prefix(mark)?;
        (rest.is_empty() || rest.starts_with(' ')).then(|| rest.trim().to_owned())
    };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let (ours, theirs) = (named(line, "<<<<<<<"), named(line, ">>>>>>>"));
        if ours.is_none() && theirs.is_none() {
            start += line.len();
            continue;
        }
        let theirs = theirs.or_else(|| text[start..].lines().find_map(|line| named(line, ">>>>>>>")));
        let sides = [ours, theirs].map(|side| side.filter(|side| !side.is_empty()));
        let message = match sides {
            [Some(ours), Some(theirs)] => {
                format!("a merge conflict is not resolved: `{ours}` against `{theirs}`")
            }
            [Some(one), None] | [None, Some(one)] => {
                format!("a merge conflict is not resolved, with `{one}` on one side")
            }
            [None, None] => "a merge conflict is not resolved".to_owned(),
        };
        let mistake = Mistake::new("conflict-marker", message, start..start + line.trim_end().len());
        return Some(mistake.label("git left this mark").help(
            "`pmo resolve` explains the conflict and settles what needs no decision; by hand: keep one side or join \
             both, delete the lines with <<<<<<<, ======= and >>>>>>>, then `git add` the file",
        ));
    }
    None
}

/// Replaces every float, and every whole number that 64 bits do not hold, by a table that holds its literal text, so that `model` reads exact decimals.
///
/// `nan` and `inf` are no figures: they are reported and dropped.
pub fn wrap_numbers(table: &mut DeTable<'_>) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let mut path = String::new();
    wrap_table(table, &mut path, &mut mistakes);
    mistakes
}

fn wrap_table(table: &mut DeTable<'_>, path: &mut String, mistakes: &mut Vec<Mistake>) {
    let mut bad = Vec::new();
    for (key, value) in table.iter_mut() {
        if !may_need_wrapping(value.get_ref()) {
            continue;
        }
        let length = path.len();
        if !path.is_empty() {
            path.push('.');
        }
        push_key(path, key.get_ref());
        if !wrap_value(value, path, mistakes) {
            bad.push(key.get_ref().to_string());
        }
        path.truncate(length);
    }
    for key in bad {
        table.remove(key.as_str());
    }
}

/// Most values are texts, dates and small numbers, which need no look.
fn may_need_wrapping(value: &DeValue<'_>) -> bool {
    match value {
        DeValue::Integer(integer) => integer.as_str().len() > 15,
        DeValue::Float(_) | DeValue::Array(_) | DeValue::Table(_) => true,
        _ => false,
    }
}

fn wrapped<'i>(text: String, span: Range<usize>) -> DeValue<'i> {
    let mut table = DeTable::new();
    table.insert(
        Spanned::new(span.clone(), Cow::Borrowed(NUMBER)),
        Spanned::new(span, DeValue::String(Cow::Owned(text))),
    );
    DeValue::Table(table)
}

/// Wraps one value; `false` where it must be dropped.
fn wrap_value(value: &mut Spanned<DeValue<'_>>, path: &mut String, mistakes: &mut Vec<Mistake>) -> bool {
    let span = value.span();
    match value.get_mut() {
        DeValue::Float(float) => {
            let text = float.as_str();
            if text.contains("nan") || text.contains("inf") {
                let mistake = Mistake::new("invalid-value", format!("`{text}` is not a figure"), span)
                    .help("write a number, or delete the line: a missing value is simply missing")
                    .path(path.clone());
                mistakes.push(mistake);
                return false;
            }
            let wrapped = wrapped(text.to_string(), span);
            *value.get_mut() = wrapped;
        }
        DeValue::Integer(integer) if i64::from_str_radix(integer.as_str(), integer.radix()).is_err() => {
            let whole = i128::from_str_radix(integer.as_str(), integer.radix());
            let text = whole.map_or_else(|_| integer.as_str().to_string(), |whole| whole.to_string());
            let wrapped = wrapped(text, span);
            *value.get_mut() = wrapped;
        }
        DeValue::Array(array) => {
            let length = path.len();
            let mut bad = false;
            for (index, element) in array.iter_mut().enumerate() {
                if may_need_wrapping(element.get_ref()) {
                    path.push_str(&format!("[{index}]"));
                    bad |= !wrap_value(element, path, mistakes);
                    path.truncate(length);
                }
            }
            if bad {
                // What could not be wrapped is still a float, and nothing else is.
                *array = std::mem::replace(array, DeArray::new())
                    .into_iter()
                    .filter(|element| !matches!(element.get_ref(), DeValue::Float(_)))
                    .collect::<DeArray<'_>>();
            }
        }
        DeValue::Table(table) => wrap_table(table, path, mistakes),
        _ => {}
    }
    true
}

/// Tells quickly whether a text could hold a placeholder at all.
pub fn may_have_placeholders(text: &str) -> bool {
    text.contains('…') || text.contains("TODO:")
}

/// Tells whether a text value is one that a scaffold left to be filled in.
pub fn is_placeholder(value: &str) -> bool {
    value == "…" || value.starts_with("TODO:")
}

/// Lists the values that are still to be filled in, with their paths and places.
pub fn placeholders(table: &DeTable<'_>) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    for (key, value) in table {
        let mut path = String::new();
        push_key(&mut path, key.get_ref());
        look_for_placeholders(value, &path, &mut found);
    }
    found
}

fn look_for_placeholders(value: &Spanned<DeValue<'_>>, path: &str, found: &mut Vec<(String, Range<usize>)>) {
    match value.get_ref() {
        DeValue::String(text) if is_placeholder(text.trim()) => found.push((path.to_string(), value.span())),
        DeValue::Array(array) => {
            for (index, element) in array.iter().enumerate() {
                look_for_placeholders(element, &format!("{path}[{index}]"), found);
            }
        }
        DeValue::Table(table) => {
            for (key, value) in table {
                let mut path = format!("{path}.");
                push_key(&mut path, key.get_ref());
                look_for_placeholders(value, &path, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Mistake {
        match parse(text) {
            Err(mut mistakes) if mistakes.len() == 1 => mistakes.remove(0),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn conflict_markers_are_seen_even_inside_a_text() {
        let text = "a = 1\nsummary = \"\"\"\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> theirs\n\"\"\"\n";
        let mistake = first(text);
        assert_eq!(mistake.code, "conflict-marker");
        assert_eq!(&text[mistake.at], "<<<<<<< HEAD");
        assert!(parse("a = \"see <<<<<<< there\"\n").is_ok());
    }

    #[test]
    fn deep_nesting_is_refused_and_does_not_overflow() {
        for text in ["[".repeat(200_000), format!("a = {}", "{a=".repeat(200_000)), "a.".repeat(200_000)] {
            assert_eq!(first(&text).code, "too-deep");
        }
    }

    #[test]
    fn floats_keep_their_digits_and_nan_is_refused() {
        let text = "a = 1234567890123.4567\nb = 1.10\nc = [1.5, nan]\nd = { e = -inf, f = 2 }\ng = 1_000.5";
        let mut tree = parse(text).unwrap();
        let mistakes = wrap_numbers(tree.get_mut());
        let told: Vec<_> = mistakes.iter().map(|m| (m.path.as_str(), &text[m.at.clone()])).collect();
        assert_eq!(told, [("c[1]", "nan"), ("d.e", "-inf")]);
        let number = |key: &str| {
            let table = tree.get_ref().get(key).unwrap().get_ref().as_table().unwrap();
            table.get(NUMBER).unwrap().get_ref().as_str().unwrap().to_string()
        };
        assert_eq!([number("a"), number("b"), number("g")], ["1234567890123.4567", "1.10", "1000.5"]);
        assert_eq!(tree.get_ref().get("c").unwrap().get_ref().as_array().unwrap().len(), 1);
    }

    #[test]
    fn placeholders_are_listed_with_their_paths() {
        let text = "a = \"…\"\nb = \"more …\"\n[rag]\noverall = \"TODO: rate\"\nlist = [\"x\", \"…\"]\n";
        let tree = parse(text).unwrap();
        let paths: Vec<_> = placeholders(tree.get_ref()).into_iter().map(|(path, _)| path).collect();
        assert_eq!(paths, ["a", "rag.overall", "rag.list[1]"]);
        assert!(may_have_placeholders(text) && !may_have_placeholders("a = \"x\""));
    }

    #[test]
    fn other_encodings_get_a_remedy() {
        assert_eq!(decode(b"\xFF\xFEa\0").unwrap_err().code, "not-utf8");
        let mistake = decode(b"a = 1\nb = \"\xE4\"").unwrap_err();
        assert!(mistake.message.contains("line 2"), "{mistake:?}");
        assert_eq!(decode("ä".as_bytes()), Ok("ä"));
    }
}
