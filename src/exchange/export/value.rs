//! Typed values of a table, and how they are written as text so that they can be read back exactly.

use std::borrow::Cow;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::model::tree::Node;
use crate::model::{Date, Number};

use super::form::Holds;

/// A value of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing is said.
    Missing,
    /// Words.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// An exact decimal number.
    Decimal(Decimal),
    /// A day.
    Date(NaiveDate),
    /// Yes or no.
    Flag(bool),
    /// Several texts.
    List(Vec<String>),
    /// What has no place in two dimensions, as JSON.
    Json(String),
}

impl Value {
    /// A value as a column of this sort holds it.
    pub(super) fn of(node: &Node, holds: Holds) -> Self {
        match node {
            Node::Null => Self::Missing,
            Node::Bool(flag) => Self::Flag(*flag),
            Node::Int(whole) => {
                i64::try_from(*whole).map_or_else(|_| Self::Text(whole.to_string()), Self::Whole)
            }
            Node::Decimal(text) => match text.parse::<Number>() {
                Ok(number) => Self::Decimal(number.get()),
                Err(_) => Self::Text(text.clone()),
            },
            Node::Text(text) if holds == Holds::Date => match text.parse::<Date>() {
                Ok(date) => Self::Date(date.0),
                Err(_) => Self::Text(text.clone()),
            },
            Node::Text(text) => Self::Text(text.clone()),
            Node::List(_) | Node::Map(_) if holds == Holds::Json && is_empty(node) => Self::Missing,
            Node::List(items) if holds != Holds::Json => match texts(items) {
                Some(texts) if texts.is_empty() => Self::Missing,
                Some(texts) => Self::List(texts),
                None => Self::Json(json(node)),
            },
            // A table stands in columns of its own; as one value it is only what has no others.
            Node::Map(_) if holds != Holds::Json => Self::Missing,
            Node::List(_) | Node::Map(_) => Self::Json(json(node)),
        }
    }

    /// Whether nothing is said.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    /// The value as the text of a cell, which [`unguarded`] and [`items`] read back.
    pub fn written(&self) -> Cow<'_, str> {
        match self {
            Self::Missing => Cow::Borrowed(""),
            Self::Text(text) => guarded(text),
            Self::Whole(whole) => Cow::Owned(whole.to_string()),
            Self::Decimal(number) => Cow::Owned(number.to_string()),
            Self::Date(date) => Cow::Owned(date.to_string()),
            Self::Flag(flag) => Cow::Borrowed(if *flag { "true" } else { "false" }),
            Self::List(texts) => Cow::Owned(guarded(&list(texts)).into_owned()),
            Self::Json(json) => Cow::Borrowed(json),
        }
    }
}

fn is_empty(node: &Node) -> bool {
    match node {
        Node::List(items) => items.is_empty(),
        Node::Map(entries) => entries.is_empty(),
        _ => false,
    }
}

fn texts(items: &[Node]) -> Option<Vec<String>> {
    let text = |item: &Node| match item {
        Node::Text(text) => Some(text.clone()),
        _ => None,
    };
    items.iter().map(text).collect()
}

/// A tree as JSON without spaces, numbers with the digits that they have.
fn json(node: &Node) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    match node {
        Node::Null => "null".to_owned(),
        Node::Bool(flag) => flag.to_string(),
        Node::Int(whole) => whole.to_string(),
        Node::Decimal(text) => text.clone(),
        Node::Text(text) => quoted(text),
        Node::List(items) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(",")),
        Node::Map(entries) => {
            let entry = |(key, value): &(String, Node)| format!("{}:{}", quoted(key), json(value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(","))
        }
    }
}

/// What a text must not begin with in a cell: a program would take it for a formula, or for this very sign.
const RISKY: [char; 12] = ['\'', '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A text as a cell holds it: with an apostrophe before it where a program could take it for a formula, where it
/// begins with one, and where it is empty, since an empty cell says nothing at all.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if text.is_empty() || text.starts_with(RISKY) {
        return Cow::Owned(format!("'{text}"));
    }
    Cow::Borrowed(text)
}

/// The text that [`guarded`] put into a cell; nothing for an empty cell.
pub fn unguarded(cell: &str) -> Option<&str> {
    if cell.is_empty() {
        return None;
    }
    Some(cell.strip_prefix('\'').unwrap_or(cell))
}

/// Several texts as one, one a line; `\n`, `\r` and `\\` stand for what would be taken for an end of line.
pub fn list(texts: &[String]) -> String {
    let line = |text: &String| text.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r");
    texts.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The texts that [`list`] made one of. A backslash before any other sign is only a backslash.
pub fn items(text: &str) -> Vec<String> {
    let line = |line: &str| {
        let mut out = String::with_capacity(line.len());
        let mut signs = line.chars().peekable();
        while let Some(sign) = signs.next() {
            let meant = match signs.peek() {
                Some('n') if sign == '\\' => '\n',
                Some('r') if sign == '\\' => '\r',
                Some('\\') if sign == '\\' => '\\',
                _ => {
                    out.push(sign);
                    continue;
                }
            };
            signs.next();
            out.push(meant);
        }
        out
    };
    // A program that writes CSV on Windows may have turned the ends of lines.
    text.split('\n').map(|part| line(part.strip_suffix('\r').unwrap_or(part))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_text_is_taken_for_a_formula_and_every_one_comes_back() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'quoted", "''", "", "plain", "＝1"] {
            let cell = guarded(text);
            assert!(!cell.is_empty() && !cell.starts_with(&RISKY[1..]), "{cell:?}");
            assert_eq!(unguarded(&cell), Some(text));
        }
        assert_eq!(guarded("3 - 2"), "3 - 2");
        assert_eq!(unguarded(""), None);
    }

    #[test]
    fn a_list_stands_one_a_line() {
        let texts = ["Cut-over rehearsed; two defects", "C:\\new", "two\nlines", ""].map(String::from);
        assert_eq!(list(&texts), "Cut-over rehearsed; two defects\nC:\\\\new\ntwo\\nlines\n");
        assert_eq!(items(&list(&texts)), texts);
        assert_eq!(items("typed C:\\temp\\x\r\nby hand"), ["typed C:\\temp\\x", "by hand"]);
    }

    proptest! {
        #[test]
        fn any_text_and_any_list_come_back(texts in proptest::collection::vec("[\\\\nr'=\n\r\ta é]{0,8}", 1..5)) {
            for text in &texts {
                let cell = guarded(text);
                prop_assert_eq!(unguarded(&cell), Some(text.as_str()));
            }
            let written = list(&texts);
            prop_assert_eq!(items(unguarded(&guarded(&written)).unwrap()), texts);
        }
    }
}
