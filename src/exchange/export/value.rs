//! Typed values of a table, and how they are written as text so that they can be read back exactly.

use std::borrow::Cow;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::model::tree::Node;
use crate::model::{Date, Number};

use super::super::cell::{guarded, list};
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

    /// The value as the text of a cell, which import reads back.
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
