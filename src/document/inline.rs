//! Running text whose spans have meaning.

use super::{Cell, Rating};

/// A span of running text.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Plain words.
    Text(String),
    /// What the eye should find first.
    Strong(String),
    /// What may be skipped.
    Dim(String),
    /// Something to type, or the name of a file.
    Code(String),
    /// A typed value, drawn like a cell.
    Value(Cell),
}

/// A line of running text, built span by span.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line(pub Vec<Inline>);

impl Line {
    /// Starts an empty line.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds plain words.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        self.with(Inline::Text(text.into()))
    }

    /// Adds words that the eye should find first.
    #[must_use]
    pub fn strong(self, text: impl Into<String>) -> Self {
        self.with(Inline::Strong(text.into()))
    }

    /// Adds words that may be skipped.
    #[must_use]
    pub fn dim(self, text: impl Into<String>) -> Self {
        self.with(Inline::Dim(text.into()))
    }

    /// Adds something to type, or the name of a file.
    #[must_use]
    pub fn code(self, text: impl Into<String>) -> Self {
        self.with(Inline::Code(text.into()))
    }

    /// Adds a typed value.
    #[must_use]
    pub fn value(self, cell: impl Into<Cell>) -> Self {
        self.with(Inline::Value(cell.into()))
    }

    /// Adds a rating.
    #[must_use]
    pub fn rating(self, rating: Rating) -> Self {
        self.with(Inline::Value(Cell::Rating(rating)))
    }

    /// Adds the separator between two things of one rank, unless the line is still empty.
    #[must_use]
    pub fn dot(self) -> Self {
        if self.0.is_empty() { self } else { self.text(" · ") }
    }

    /// Adds all spans of another line.
    #[must_use]
    pub fn line(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Whether nothing was added yet.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn with(mut self, span: Inline) -> Self {
        self.0.push(span);
        self
    }
}

impl From<&str> for Line {
    fn from(text: &str) -> Self {
        Self::new().text(text)
    }
}

impl From<String> for Line {
    fn from(text: String) -> Self {
        Self::new().text(text)
    }
}

impl From<Cell> for Line {
    fn from(cell: Cell) -> Self {
        Self::new().value(cell)
    }
}
