//! Line ends and the byte order mark, which an editor may have changed in every line of one side.

use std::borrow::Cow;

const MARK: char = '\u{feff}';

/// How the merged text ends its lines and begins.
pub(super) struct Layout {
    /// The line end of the result; none where a version has both, and nothing is touched.
    line_end: Option<&'static str>,
    has_mark: bool,
}

/// The line end that a text has throughout; `None` where it has both.
fn line_end(text: &str) -> Option<&'static str> {
    let (all, long) = (text.matches('\n').count(), text.matches("\r\n").count());
    match long {
        0 => Some("\n"),
        long if long == all => Some("\r\n"),
        _ => None,
    }
}

impl Layout {
    /// What the result gets: what a side changed, and else what was there.
    pub fn of(base: &str, ours: &str, theirs: &str) -> Layout {
        let line_end = match [base, ours, theirs].map(line_end) {
            [Some(b), Some(o), Some(t)] => Some(if o == b { t } else { o }),
            _ => None,
        };
        let [b, o, t] = [base, ours, theirs].map(|text| text.starts_with(MARK));
        Layout { line_end, has_mark: if o == b { t } else { o } }
    }

    /// A version with plain line ends and no mark.
    pub fn plain(&self, text: &str) -> String {
        let text = text.strip_prefix(MARK).unwrap_or(text);
        match self.line_end {
            Some(_) => text.replace("\r\n", "\n"),
            None => text.to_owned(),
        }
    }

    /// The result as it is written.
    pub fn restored(&self, text: &str) -> String {
        let text = match self.line_end {
            Some("\r\n") => Cow::Owned(text.replace('\n', "\r\n")),
            _ => Cow::Borrowed(text),
        };
        if self.has_mark { format!("{MARK}{text}") } else { text.into_owned() }
    }
}
