//! The text of a new file, key by key: for charters and drafts that a plan of another program begins.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use crate::model::Date;
use crate::syntax::literal::quoted;

/// A file under construction.
#[derive(Default)]
pub(super) struct Text(String);

impl Text {
    /// Begins a file with the line that tells editors what it is.
    pub fn begin(schema: &str) -> Self {
        Self(format!("#:schema {schema}\n"))
    }

    /// A comment.
    pub fn comment(&mut self, words: &str) -> &mut Self {
        let plain: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        self.line(format!("# {plain}"))
    }

    /// The head of a table or of a row of a list, after an empty line.
    pub fn head(&mut self, head: &str) -> &mut Self {
        self.line(format!("\n{head}"))
    }

    /// Words.
    pub fn words(&mut self, key: &str, words: &str) -> &mut Self {
        self.line(format!("{key} = {}", quoted(words)))
    }

    /// A day, where there is one.
    pub fn date(&mut self, key: &str, day: Option<Date>) -> &mut Self {
        if let Some(day) = day {
            self.line(format!("{key} = {day}"));
        }
        self
    }

    /// A number, where there is one.
    pub fn number(&mut self, key: &str, number: Option<Decimal>) -> &mut Self {
        if let Some(number) = number {
            self.line(format!("{key} = {}", number.normalize()));
        }
        self
    }

    /// The text.
    pub fn done(&mut self) -> String {
        std::mem::take(&mut self.0)
    }

    fn line(&mut self, line: String) -> &mut Self {
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "{line}");
        self
    }
}
