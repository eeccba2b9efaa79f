//! A figure, or why there is none.

use serde::Serialize;

use crate::document::{Cell, Line};

/// A value, or nothing and the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told<T> {
    /// The value.
    pub value: Option<T>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl<T> Told<T> {
    /// The value, or the reason in words.
    pub fn of<E>(found: Result<T, E>, say: impl FnOnce(&E) -> String) -> Self {
        match found {
            Ok(value) => Self { value: Some(value), reason: None },
            Err(lack) => Self { value: None, reason: Some(say(&lack)) },
        }
    }

    /// The value, or `n/a` with the reason.
    pub fn line(&self, cell: impl FnOnce(&T) -> Cell) -> Line {
        match (&self.value, &self.reason) {
            (Some(value), _) => Line::new().value(cell(value)),
            (None, Some(reason)) => Line::new().text("n/a").dim(format!(" ({reason})")),
            (None, None) => Line::new().value(Cell::Missing),
        }
    }
}
