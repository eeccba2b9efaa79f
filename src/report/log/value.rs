//! A value of a file as a cell of a page.

use crate::document::{Cell, Rating};
use crate::model::Rag;
use crate::model::field_change::FieldValue;
use crate::report::ratings::level;
use crate::text;

/// How many values of a list are named.
const NAMED: usize = 6;

/// The cell of the value at a key; nothing where there is none.
pub(super) fn cell(key: &str, value: Option<&FieldValue>) -> Cell {
    match value {
        None => Cell::Empty,
        Some(FieldValue::Number(number)) => Cell::number(number.0, number.0.normalize().scale()),
        Some(FieldValue::Date(date)) => Cell::date(date.0),
        Some(FieldValue::Text(word)) => match rating(key, word) {
            Some(rag) => Rating::both(level(rag)).into(),
            None => Cell::text(words(word)),
        },
        Some(other) => Cell::text(plain(other)),
    }
}

/// The rating that a word is, under a key that holds one.
fn rating(key: &str, word: &str) -> Option<Rag> {
    let holds = key.starts_with("rag.") || key.ends_with(".overall") || key.ends_with(".rag");
    let all = [Rag::Red, Rag::AmberRed, Rag::Amber, Rag::AmberGreen, Rag::Green, Rag::Grey];
    all.into_iter().find(|rag| holds && rag.word() == word)
}

/// A text on one line.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn plain(value: &FieldValue) -> String {
    match value {
        FieldValue::Text(text) => words(text),
        FieldValue::Number(number) => number.to_string(),
        FieldValue::Date(date) => date.to_string(),
        FieldValue::Bool(truth) => (if *truth { "yes" } else { "no" }).to_owned(),
        FieldValue::List(list) if list.is_empty() => "none".to_owned(),
        FieldValue::List(list) if list.iter().all(|one| matches!(one, FieldValue::Table(_))) => {
            text::count(list.len(), "entry")
        }
        FieldValue::List(list) => {
            let mut named: Vec<String> = list.iter().take(NAMED).map(plain).collect();
            if list.len() > NAMED {
                named.push(format!("and {} more", list.len() - NAMED));
            }
            named.join(", ")
        }
        FieldValue::Table(table) => {
            table.iter().map(|(key, value)| format!("{key} {}", plain(value))).collect::<Vec<_>>().join(", ")
        }
    }
}
