//! Which meaning has which colour. A colour only ever repeats what a shape or a word already says.

use anstyle::{AnsiColor, Style};

use crate::document::{Cell, Inline, Level, Severity};

/// The styles of a destination: coloured, or all plain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paint {
    on: bool,
}

impl Paint {
    /// Styles that are drawn, or all plain.
    pub fn new(on: bool) -> Self {
        Self { on }
    }

    /// The style of a title or total.
    pub fn strong(self) -> Style {
        Style::new().bold()
    }

    /// The style of what may be skipped.
    pub fn dim(self) -> Style {
        Style::new().dimmed()
    }

    /// The style of something to type.
    pub fn code(self) -> Style {
        AnsiColor::Cyan.on_default()
    }

    /// The style of a level.
    pub fn level(self, level: Level) -> Style {
        match level {
            Level::Red => AnsiColor::Red.on_default().bold(),
            Level::AmberRed | Level::Amber | Level::AmberGreen => AnsiColor::Yellow.on_default(),
            Level::Green => AnsiColor::Green.on_default(),
            Level::Grey => self.dim(),
        }
    }

    /// The style of a notice's marker.
    pub fn severity(self, severity: Severity) -> Style {
        match severity {
            Severity::Info => self.dim(),
            Severity::Warning => AnsiColor::Yellow.on_default().bold(),
            Severity::Error => AnsiColor::Red.on_default().bold(),
        }
    }

    /// The style of a typed value.
    pub fn cell(self, cell: &Cell) -> Style {
        match cell {
            Cell::Rating(rating) => self.level(rating.level),
            Cell::Missing => self.dim(),
            _ => Style::new(),
        }
    }

    /// The style of a span.
    pub fn inline(self, span: &Inline) -> Style {
        match span {
            Inline::Text(_) => Style::new(),
            Inline::Strong(_) => self.strong(),
            Inline::Dim(_) => self.dim(),
            Inline::Code(_) => self.code(),
            Inline::Value(cell) => self.cell(cell),
        }
    }

    /// Adds text in a style.
    pub fn put(self, out: &mut String, style: Style, text: &str) {
        if self.on && style != Style::new() && !text.is_empty() {
            out.push_str(&style.render().to_string());
            out.push_str(text);
            out.push_str(&style.render_reset().to_string());
        } else {
            out.push_str(text);
        }
    }
}
