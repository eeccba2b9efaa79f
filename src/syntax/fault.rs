//! The parser's words for a syntax error, and what a person should read instead.

use std::ops::Range;

use super::mistake::Mistake;

/// Words a syntax error for people, with what to type instead.
pub(super) fn syntax_error(text: &str, error: &toml::de::Error) -> Mistake {
    let message = error.message();
    let mut at = error.span().unwrap_or(text.len()..text.len());
    at.end = at.end.min(text.len());
    at.start = at.start.min(at.end);
    let piece = text.get(at.clone()).unwrap_or_default().trim();
    if message.contains("duplicate key") {
        return Mistake::new("duplicate-key", format!("`{piece}` stands here twice"), at)
            .label("second time")
            .help("keep one of them; a table such as [rag] may be opened only once")
            .path(piece.to_string());
    }
    let (what, help) = in_plain_words(message, piece, &line_around(text, &at));
    let mistake = Mistake::new("syntax-error", what, at);
    match help {
        Some(help) => mistake.help(help),
        None => mistake,
    }
}

/// The line in which the error stands, and the key that it sets.
struct Line<'t> {
    key: &'t str,
    value: &'t str,
    whole: &'t str,
}

fn line_around<'t>(text: &'t str, at: &Range<usize>) -> Line<'t> {
    let start = text[..at.start].rfind('\n').map_or(0, |newline| newline + 1);
    let whole = text[start..].lines().next().unwrap_or_default().trim();
    let (key, value) = whole.split_once('=').unwrap_or(("name", ""));
    let key = Some(key.trim()).filter(|key| !key.is_empty()).unwrap_or("name");
    Line { key, value: value.trim(), whole }
}

fn in_plain_words(message: &str, piece: &str, line: &Line<'_>) -> (String, Option<String>) {
    let says = |part: &str| message.contains(part);
    let key = line.key;
    let looks_numeric =
        |text: &str| text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
    let (what, help): (&str, String) = if says("string values must be quoted") {
        return unquoted(piece, line);
    } else if says("invalid date")
        || says("invalid time")
        || says("invalid float") && piece.matches('.').count() > 0 && is_european_date(line.value)
    {
        (
            "this is not a date of the calendar",
            "write year, month and day as 2026-11-20, without quotes".into(),
        )
    } else if says("invalid boolean") {
        ("yes and no are written true and false", format!("write  {key} = true  or  {key} = false"))
    } else if says("visible characters") || says("carriage return") || says("comment character") {
        ("a control character stands here", "delete it; an editor can show invisible characters".into())
    } else if says("missing escaped") || says("unicode") {
        (
            "a single backslash has a meaning of its own in a text",
            "write \\\\ for one backslash, or use single quotes: 'C:\\plans'".into(),
        )
    } else if says("multi-line basic string") || says("multi-line literal string") {
        (
            "a text in three quotes is never closed",
            "end it with three of the quotes that it began with".into(),
        )
    } else if says("basic string") || says("literal string") {
        (
            "a text is not closed on its line",
            "end it with the quote that it began with; over several lines use three: \"\"\"…\"\"\"".into(),
        )
    } else if says("key with no value") || says("missing assignment") {
        if line.whole.contains(':') && !line.whole.contains('=') {
            ("a key is followed by `=` here, not by a colon", "write  name = \"value\"".into())
        } else if line.whole.contains('=') {
            (
                "a key may not hold spaces",
                "write it with - or _ between its words, or put # before the line if it is a remark".into(),
            )
        } else {
            (
                "a key without a value",
                "write  name = \"value\"  on one line, or put # before the line to make it a remark".into(),
            )
        }
    } else if says("comma between array") || says("unclosed array") && !says("table") || says("in array") {
        ("a list is not closed, or its commas are not right", "write  [\"one\", \"two\"]".into())
    } else if says("unclosed table") || says("unclosed array table") {
        ("a table header is not closed", "write  [rag]  or  [[milestone]]".into())
    } else if says("inline table") || says("key-value pairs") {
        (
            "an inline table is not closed, or its commas are not right",
            "write  { cost = 4, schedule = 3 }".into(),
        )
    } else if says("extra `=`") || says("missing value") {
        (
            "exactly one value stands behind `=`",
            format!("write  {key} = \"…\", or delete the line: a missing value is simply missing"),
        )
    } else if says("unexpected key or value") || says("unexpected content") {
        if looks_numeric(line.value) {
            ("a number takes a point, no comma, and `_` between thousands", "write  1_250_000.50".into())
        } else {
            (
                "something more stands behind the value",
                "one `name = value` a line; a quote inside a text is written \\\"; a remark begins with #"
                    .into(),
            )
        }
    } else if says("leading zero") {
        (
            "a number may not begin with 0",
            format!("write it without the zero, or as text: {key} = \"{}\"", line.value),
        )
    } else if says("`_` may only") {
        ("`_` may stand only between two digits of a number", "write  1_200_000".into())
    } else if says("cannot extend") {
        ("this name is a table here and a value elsewhere in the file", "keep one of the two".into())
    } else if says("recurse") {
        ("brackets nest too deep", "look for brackets that are not meant".into())
    } else if says("cannot be empty") {
        ("a name is missing", "write  name = value,  or a header such as [rag]".into())
    } else if says("unquoted key") || says("key-value pair") {
        (
            "a key may hold only letters a to z, digits, - and _",
            "rename it, or put # before the line if it is a remark".into(),
        )
    } else if looks_numeric(line.value) {
        (
            "this is not a number",
            "write digits with a point and perhaps `_` between thousands: 1_250_000.50".into(),
        )
    } else {
        return (format!("this is not TOML: {message}"), None);
    };
    (what.to_string(), Some(help))
}

/// What to say of a value that is no number, no date, not true or false, and not in quotes.
fn unquoted(piece: &str, line: &Line<'_>) -> (String, Option<String>) {
    let key = line.key;
    let digits = piece.starts_with(|c: char| c.is_ascii_digit());
    let (what, help): (&str, String) = if piece.is_empty() {
        (
            "nothing stands after the `=`",
            format!("give `{key}` a value, or delete the line: a missing value is simply missing"),
        )
    } else if piece.starts_with(['“', '”', '„', '«', '‘', '’']) {
        (
            "typographic quotes do not mark a text",
            format!("write  {key} = \"…\"  with straight double quotes"),
        )
    } else if ["yes", "no", "on", "off"].contains(&piece.to_lowercase().as_str()) {
        (
            "yes and no are written true and false",
            format!("write  {key} = true  or  {key} = false; as text, \"{piece}\""),
        )
    } else if let Some(number) = piece.strip_suffix('%').filter(|_| digits) {
        ("a percentage is written as a plain number", format!("write  {key} = {}", number.trim()))
    } else if piece.contains("//") {
        ("a remark begins with #", "write # in place of //".into())
    } else if digits && line.value.starts_with('[') {
        ("a comma is missing between the elements of a list", "write  [1, 2]".into())
    } else if digits && is_european_date(piece) {
        (
            "this is not a date of the calendar",
            "write year, month and day as 2026-11-20, without quotes".into(),
        )
    } else if digits && piece.chars().all(|c| c.is_ascii_digit() || c == ' ') {
        ("a number may not hold spaces", format!("write  {key} = {}", piece.replace(' ', "_")))
    } else {
        let quoted = if piece.contains(['"', '\\']) || piece.chars().count() > 40 { "…" } else { piece };
        ("text must stand in quotes", format!("write  {key} = \"{quoted}\""))
    };
    (what.to_string(), Some(help))
}

fn is_european_date(value: &str) -> bool {
    let parts: Vec<&str> = value.split(['.', '/']).collect();
    parts.len() == 3
        && parts.iter().all(|p| !p.trim().is_empty() && p.trim().bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use crate::syntax::parse;

    #[test]
    fn syntax_errors_speak_plainly() {
        for (text, part) in [
            ("name = CRM\n", "quotes"),
            ("name =\n", "nothing stands after"),
            ("name\n", "without a value"),
            ("name: CRM\n", "colon"),
            ("a b = 1\n", "spaces"),
            ("name = \"CRM\n", "not closed on its line"),
            ("name = \"\"\"CRM\n", "three quotes"),
            ("name = \"a\" b\n", "more stands"),
            ("name = “a”\n", "typographic"),
            ("due = 2026-02-30\n", "date"),
            ("due = 20.11.2026\n", "date"),
            ("due = 20/11/2026\n", "date"),
            ("due = 2026-11\n", "date"),
            ("n = 1,5\n", "point"),
            ("n = 1 200\n", "spaces"),
            ("n = 5 %\n", "percentage"),
            ("n = 1__0\n", "between two digits"),
            ("n = .5\n", "not a number"),
            ("a = [1 2]\n", "comma"),
            ("a = [1,,2]\n", "commas"),
            ("a = [1, 2\nb = 3\n", "list"),
            ("a = { b = 1 c = 2 }\n", "inline table"),
            ("a = 007\n", "begin with 0"),
            ("a = yes\n", "true and false"),
            ("a = True\n", "true and false"),
            ("a = 1 // one\n", "#"),
            ("a == 1\n", "exactly one"),
            ("ä = 1\n", "letters"),
            ("[rag\na = 1\n", "header"),
            ("[]\n", "name is missing"),
            ("path = \"C:\\plans\"\n", "backslash"),
            ("a = \"x\u{1}\"\n", "control character"),
        ] {
            let mistakes = parse(text).expect_err(text);
            assert_eq!(mistakes.len(), 1, "{mistakes:?}");
            assert_eq!(mistakes[0].code, "syntax-error", "{text}");
            assert!(mistakes[0].message.contains(part), "{text}: {:?}", mistakes[0]);
            assert!(mistakes[0].help.is_some(), "{text}");
        }
    }

    #[test]
    fn a_repeated_key_is_named() {
        for text in ["a = 1\na = 2\n", "[a]\n[a]\n", "b = {a = 1, a = 2}"] {
            let mistakes = parse(text).expect_err(text);
            assert_eq!((mistakes[0].code, mistakes[0].path.as_str()), ("duplicate-key", "a"), "{text}");
        }
    }
}
