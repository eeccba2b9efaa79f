//! One mistake in a file: what is wrong, where it stands and what to do about it.

use std::ops::Range;

/// A mistake found while reading a file, as data; `diag` makes a problem of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The kind of mistake, in kebab-case, such as `unknown-key`.
    pub code: &'static str,
    /// What is wrong, as one sentence without a full stop.
    pub message: String,
    /// The bytes of the text that are wrong.
    pub at: Range<usize>,
    /// Words beside the marked place.
    pub label: Option<String>,
    /// What to type instead.
    pub help: Option<String>,
    /// The dotted path of the key, empty where there is none.
    pub path: String,
}

impl Mistake {
    /// Makes a mistake without label, help and path.
    pub fn new(code: &'static str, message: impl Into<String>, at: Range<usize>) -> Mistake {
        Mistake { code, message: message.into(), at, label: None, help: None, path: String::new() }
    }

    /// Adds the words beside the marked place.
    pub fn label(mut self, label: impl Into<String>) -> Mistake {
        self.label = Some(label.into());
        self
    }

    /// Adds what to type instead.
    pub fn help(mut self, help: impl Into<String>) -> Mistake {
        self.help = Some(help.into());
        self
    }

    /// Adds the dotted path of the key.
    pub fn path(mut self, path: impl Into<String>) -> Mistake {
        self.path = path.into();
        self
    }

    /// Tells whether the mistake is only worth a warning: the file is read all the same.
    pub fn is_warning(&self) -> bool {
        self.code == "toml-1-1"
    }
}
