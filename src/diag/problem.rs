//! What is wrong, at which record and key, and what to do about it.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;

use crate::syntax::Mistake;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Worth a look; the register can be used as it is.
    Warning,
    /// Wrong: a figure or a record cannot be relied on.
    Error,
}

impl Level {
    /// Names the level as it is printed: `warning` or `error`.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where in its file a problem stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum At {
    /// The file as a whole, or the lack of it.
    #[default]
    File,
    /// These bytes.
    Span(Range<usize>),
    /// A dotted path such as `rag.overall`, `milestone[2].baseline` or `milestone.go-live.forecast`.
    ///
    /// It stands for the value, with `key:` before it for the key. Where it is missing, the nearest
    /// ancestor is shown instead.
    Key(String),
}

/// A change that would settle a problem. It is offered, never applied unasked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Says what the change does, as in "rename it to `summary`".
    pub description: String,
    /// What is replaced, in the file of the problem.
    pub at: At,
    /// The new text of that place, as TOML.
    pub text: String,
}

/// One thing that is wrong with the register, as data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The rule or mistake in kebab-case, such as `red-without-plan`.
    pub code: &'static str,
    /// How bad it is.
    pub level: Level,
    /// What is wrong, as one sentence without a full stop.
    pub message: String,
    /// The record that it is about, as a reference: `crm/R-003`.
    pub record: Option<String>,
    /// The file in which it is to be mended, relative to the register's root.
    pub file: String,
    /// Where in the file.
    pub at: At,
    /// Words beside the marked place, as "rated here".
    pub label: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// A change that would settle it, where one is certain.
    pub fix: Option<Fix>,
}

impl Problem {
    /// Makes a problem without a place; the rest is added by the methods below.
    pub fn new(code: &'static str, level: Level, message: impl Into<String>) -> Problem {
        Problem {
            code,
            level,
            message: message.into(),
            record: None,
            file: String::new(),
            at: At::File,
            label: None,
            help: None,
            fix: None,
        }
    }

    /// Makes a problem at [`Level::Error`].
    pub fn error(code: &'static str, message: impl Into<String>) -> Problem {
        Problem::new(code, Level::Error, message)
    }

    /// Makes a problem at [`Level::Warning`].
    pub fn warning(code: &'static str, message: impl Into<String>) -> Problem {
        Problem::new(code, Level::Warning, message)
    }

    /// Makes a problem of a mistake that was found while reading a file.
    pub fn of_mistake(file: impl Into<String>, mistake: Mistake) -> Problem {
        let level = if mistake.is_warning() { Level::Warning } else { Level::Error };
        let mut problem = Problem::new(mistake.code, level, mistake.message).file(file);
        // What is missing at the top, or wrong with the whole, has no place of its own.
        if mistake.at != (0..0) {
            problem = problem.span(mistake.at);
        }
        problem.label = mistake.label;
        problem.help = mistake.help;
        problem
    }

    /// Names the record that the problem is about.
    pub fn record(mut self, reference: impl fmt::Display) -> Problem {
        self.record = Some(reference.to_string());
        self
    }

    /// Names the file in which it is to be mended.
    pub fn file(mut self, path: impl Into<String>) -> Problem {
        self.file = path.into();
        self
    }

    /// Points at the value of a dotted path, or with `key:` before it at the key.
    pub fn key(mut self, path: impl Into<String>) -> Problem {
        self.at = At::Key(path.into());
        self
    }

    /// Points at bytes of the file.
    pub fn span(mut self, span: Range<usize>) -> Problem {
        self.at = At::Span(span);
        self
    }

    /// Adds words beside the marked place.
    pub fn label(mut self, label: impl Into<String>) -> Problem {
        self.label = Some(label.into());
        self
    }

    /// Adds what to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(help.into());
        self
    }

    /// Offers a change: the place `at` of the same file gets the new `text`.
    pub fn fix(mut self, description: impl Into<String>, at: At, text: impl Into<String>) -> Problem {
        self.fix = Some(Fix { description: description.into(), at, text: text.into() });
        self
    }
}

/// Sorts problems by file, place and code, so that equal registers give equal lists.
///
/// Keys come in the order of their names until [`Report::new`](super::Report::new) has found their places.
pub fn sort(problems: &mut [Problem]) {
    problems.sort_by(order);
}

fn order(a: &Problem, b: &Problem) -> Ordering {
    fn place(at: &At) -> (u8, usize, usize, &str) {
        match at {
            At::File => (0, 0, 0, ""),
            At::Span(span) => (1, span.start, span.end, ""),
            At::Key(path) => (2, 0, 0, path),
        }
    }
    a.file
        .cmp(&b.file)
        .then_with(|| place(&a.at).cmp(&place(&b.at)))
        .then_with(|| a.code.cmp(b.code))
        .then_with(|| a.record.cmp(&b.record))
        .then_with(|| a.message.cmp(&b.message))
}
