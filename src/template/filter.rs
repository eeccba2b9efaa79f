//! Filters that every template may use: `toml`, `key`, `amount`, `day`, `cell`, `brief`, `prose`.

use minijinja::value::Value;
use minijinja::{Environment, Error, ErrorKind};

use crate::text;

/// Adds the filters to an environment.
pub(super) fn add_to(env: &mut Environment<'_>) {
    env.add_filter("toml", toml);
    env.add_filter("key", key);
    env.add_filter("amount", amount);
    env.add_filter("underscored", underscored);
    env.add_filter("day", day);
    env.add_filter("cell", cell);
    env.add_filter("brief", brief);
    env.add_filter("prose", prose);
    env.add_filter("counted", |number: usize, noun: &str| text::count(number, noun));
}

/// Quotes a text for TOML, on one line; a list becomes a list of quoted texts.
fn toml(value: &Value) -> Result<Value, Error> {
    if let Some(text) = value.as_str() {
        return Ok(Value::from_safe_string(quoted(text)));
    }
    if value.kind() == minijinja::value::ValueKind::Seq {
        let items: Vec<String> = value.try_iter()?.map(|item| quoted(&item.to_string())).collect();
        return Ok(Value::from_safe_string(format!("[{}]", items.join(", "))));
    }
    Err(Error::new(ErrorKind::InvalidOperation, "`toml` quotes a text or a list of texts"))
}

/// Writes a text as a TOML key: bare where it can be.
fn key(text: &str) -> Value {
    let bare = !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    Value::from_safe_string(if bare { text.to_owned() } else { quoted(text) })
}

/// Writes a text as a TOML basic string on one line.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || c == super::tidy::COLUMN => {
                out.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Groups the digits of a number for people: `1,250,000.50`. What is missing stays missing.
fn amount(value: &Value) -> Value {
    if value.is_none() { Value::from(()) } else { Value::from(grouped(&value.to_string(), ',')) }
}

/// Groups the digits of a number as TOML writes them: `1_250_000.50`.
fn underscored(value: &Value) -> String {
    grouped(&value.to_string(), '_')
}

fn grouped(number: &str, mark: char) -> String {
    let (sign, plain) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, fraction) = plain.split_once('.').map_or((plain, None), |(w, f)| (w, Some(f)));
    if !whole.bytes().all(|b| b.is_ascii_digit()) {
        return number.to_owned();
    }
    let mut out = sign.to_owned();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// Writes a date for people: `20 Nov 2026`. What is no date stays as it is, what is missing stays missing.
fn day(value: &Value) -> Value {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let read = || {
        let text = value.as_str()?;
        let mut parts = text.splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let name = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
        Some(format!("{} {name} {year}", day.parse::<u8>().ok()?))
    };
    read().map_or_else(|| value.clone(), Value::from)
}

/// Makes a text fit for one cell of a Markdown table; what is missing is shown as `·`.
fn cell(value: &Value) -> Value {
    if value.is_none() {
        return Value::from("·");
    }
    let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    if shown.is_empty() {
        return Value::from("·");
    }
    Value::from_safe_string(super::escape::markdown(&shown, text::markdown_cell))
}

/// Makes a text fit for Markdown with its paragraphs; what is missing stays missing.
fn prose(value: &Value) -> Value {
    match value.as_str() {
        Some(text) if !value.is_safe() => {
            Value::from_safe_string(super::escape::markdown(text, text::markdown))
        }
        _ => value.clone(),
    }
}

/// Cuts a text to so many columns, on one line.
fn brief(value: &Value, columns: usize) -> String {
    let words: Vec<String> = value.to_string().split_whitespace().map(str::to_owned).collect();
    text::cut(&words.join(" "), columns).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped_from_the_right() {
        for (number, shown) in
            [("1250000.50", "1,250,000.50"), ("-742000", "-742,000"), ("999", "999"), ("n/a", "n/a")]
        {
            assert_eq!(grouped(number, ','), shown);
        }
    }

    #[test]
    fn a_quoted_text_reads_back() {
        for text in
            ["say \"no\"", "back\\slash", "two\nlines\r\n\ttab", "\u{1b}[31m", "…", "'''", "\u{e000}# x"]
        {
            let table: toml::Table = toml::from_str(&format!("a = {}", quoted(text))).unwrap();
            assert_eq!(table["a"].as_str(), Some(text));
        }
    }
}
