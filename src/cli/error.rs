//! What a user is told when a command fails: what is wrong, and what to type.

use std::io;

use crate::load::LoadError;

/// What to do about an error.
pub type Hint = String;

/// A command that failed: wrong usage, an unreadable register, or an operation that did not work.
///
/// The exit code is 2 for all of them; findings in data are no errors but [`super::Done::Findings`].
#[derive(Debug)]
pub struct CliError {
    /// What went wrong; its causes follow on their own lines.
    pub source: anyhow::Error,
    /// What to do, each shown as `help: …`.
    pub hints: Vec<Hint>,
}

impl CliError {
    /// Says what is wrong.
    pub fn new(message: impl Into<String>) -> Self {
        Self { source: anyhow::Error::msg(message.into()), hints: Vec::new() }
    }

    /// Says what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Hint>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Whether the reader of standard output went away, which is no failure.
    pub fn is_closed_pipe(&self) -> bool {
        self.source
            .chain()
            .filter_map(|cause| cause.downcast_ref::<io::Error>())
            .any(|error| error.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl<E: Into<anyhow::Error>> From<E> for CliError {
    fn from(error: E) -> Self {
        let source = error.into();
        let mut hints = Vec::new();
        if let Some(LoadError::NoRegister) = source.downcast_ref() {
            hints.push("start one with `pmo init`, or look around in one made by `pmo demo`".to_owned());
        }
        Self { source, hints }
    }
}
