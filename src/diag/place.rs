//! A key of a file into line and column, and into the line that is shown of it.

use std::ops::Range;

use super::report::Finding;
use super::{At, Problem};
use crate::syntax;

/// Lines longer than this are not shown: nobody reads them, and a file of one such line may be huge.
const LONGEST_LINE: usize = 2_000;

/// Where a problem stands in its file. Lines and columns count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The bytes.
    pub span: Range<usize>,
    /// The line of the first byte.
    pub line: usize,
    /// The column of the first byte.
    pub column: usize,
    /// The line of the first byte after the place.
    pub end_line: usize,
    /// The column of the first byte after the place.
    pub end_column: usize,
    /// The first line, if it is short enough to be shown.
    pub excerpt: Option<Excerpt>,
}

/// The line that a problem stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The line without its end.
    pub line: String,
    /// The bytes of the line that are meant.
    pub marked: Range<usize>,
}

/// Finds the places of all problems, reading each file once.
pub(super) fn find_all<'a>(
    problems: &'a [Problem],
    source: &dyn Fn(&str) -> Option<String>,
) -> Vec<Finding<'a>> {
    let mut by_file: Vec<&Problem> = problems.iter().collect();
    by_file.sort_by(|a, b| a.file.cmp(&b.file));
    let mut findings = Vec::with_capacity(problems.len());
    let mut current: Option<(&str, Option<String>)> = None;
    for problem in by_file {
        let has_place = |at: &At| *at != At::File;
        let wanted = has_place(&problem.at) || problem.fix.as_ref().is_some_and(|fix| has_place(&fix.at));
        if wanted && current.as_ref().is_none_or(|(file, _)| *file != problem.file) {
            current = Some((&problem.file, source(&problem.file)));
        }
        let text = current.as_ref().filter(|(file, _)| *file == problem.file);
        let text = text.and_then(|(_, text)| text.as_deref());
        let find = |at: &At| text.and_then(|text| find(text, at));
        findings.push(Finding {
            problem,
            place: find(&problem.at),
            fix: problem.fix.as_ref().and_then(|fix| find(&fix.at)),
        });
    }
    findings
}

/// Finds one place in a text.
pub fn find(text: &str, at: &At) -> Option<Found> {
    let span = match at {
        At::File => return None,
        At::Span(span) => within(text, span),
        At::Key(path) => syntax::locate(text, path)?,
    };
    let (line, column) = syntax::line_column(text, span.start);
    let (end_line, end_column) = syntax::line_column(text, span.end);
    let excerpt = excerpt(text, &span);
    Some(Found { span, line, column, end_line, end_column, excerpt })
}

/// Makes a span valid for a text: inside it, in order, and on character boundaries.
fn within(text: &str, span: &Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(span.start.min(text.len()));
    let end = text.ceil_char_boundary(span.end.clamp(start, text.len()));
    start..end
}

fn excerpt(text: &str, span: &Range<usize>) -> Option<Excerpt> {
    let mut from = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    if from == 0 && text.starts_with('\u{feff}') && span.start >= '\u{feff}'.len_utf8() {
        from = '\u{feff}'.len_utf8();
    }
    let rest = &text[from..];
    let line = rest.split('\n').next().unwrap_or(rest);
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.len() > LONGEST_LINE {
        return None;
    }
    let start = (span.start - from).min(line.len());
    let end = (span.end - from).clamp(start, line.len());
    Some(Excerpt { line: line.to_owned(), marked: start..end })
}
