//! What can be wrong with a template, in words that name the file and the line.

use minijinja::{Error, ErrorKind};

/// A template that cannot be found or rendered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// No template has that name.
    #[error("there is no template `{name}`{}", nearest.as_ref().map_or_else(|| "; `pmo template list` names them".to_owned(), |n| format!("; did you mean `{n}`?")))]
    Unknown {
        /// The name as given.
        name: String,
        /// The nearest name that exists.
        nearest: Option<String>,
    },
    /// Its text cannot be rendered.
    #[error("{file}:{line}: {what}")]
    Wrong {
        /// The file, or that it is built in.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        what: String,
    },
}

impl TemplateError {
    /// Says in plain words what the engine refused; `source` is the text of the template in `file`.
    pub(super) fn from_engine(file: String, source: &str, error: &Error) -> Self {
        let line = error.line().unwrap_or(1);
        let shown = source.lines().nth(line.saturating_sub(1)).map(str::trim).filter(|l| !l.is_empty());
        let shown = shown.map(|l| format!(", in `{}`", crate::text::cut(l, 80))).unwrap_or_default();
        let detail = error.detail().unwrap_or_default();
        let what = match error.kind() {
            ErrorKind::UndefinedError => {
                format!("something here has no value: check the names{shown}")
            }
            ErrorKind::OutOfFuel => "it does not come to an end: look for a loop over too much".to_owned(),
            ErrorKind::WriteFailure => super::growth::too_long().detail().unwrap_or_default().to_owned(),
            ErrorKind::TemplateNotFound => {
                format!("it includes or extends a template that does not exist{shown}")
            }
            ErrorKind::UnknownFilter | ErrorKind::UnknownFunction | ErrorKind::UnknownTest => {
                format!("{detail}{shown}")
            }
            ErrorKind::InvalidOperation if !detail.is_empty() => format!("{detail}{shown}"),
            kind if detail.is_empty() => format!("{kind}{shown}"),
            kind => format!("{kind}: {detail}{shown}"),
        };
        Self::Wrong { file, line, what }
    }
}
