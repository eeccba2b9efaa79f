//! A key of a file into line and column, and into the line that is shown of it.

use std::ops::Range;

use rayon::prelude::*;

use super::report::{Finding, Texts};
use super::{At, Problem};
use crate::syntax::{self, Keys};

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

/// Finds the places of all problems, reading and parsing each file once, several files at a time.
pub(super) fn find_all<'a>(problems: &'a [Problem], source: &Texts<'_>) -> Vec<Finding<'a>> {
    let mut by_file: Vec<&Problem> = problems.iter().collect();
    by_file.sort_by(|a, b| a.file.cmp(&b.file));
    let files: Vec<&[&Problem]> = by_file.chunk_by(|a, b| a.file == b.file).collect();
    files.into_par_iter().flat_map_iter(|problems| in_file(problems, source)).collect()
}

/// Finds the places of the problems of one file.
fn in_file<'a>(problems: &[&'a Problem], source: &Texts<'_>) -> Vec<Finding<'a>> {
    let has_place = |at: &At| *at != At::File;
    let wanted = |problem: &&Problem| {
        has_place(&problem.at) || problem.fix.as_ref().is_some_and(|fix| has_place(&fix.at))
    };
    let text = problems.iter().any(wanted).then(|| source(&problems[0].file)).flatten();
    let keys = text.as_deref().map(Keys::of);
    let find = |at: &At| find_in(text.as_deref()?, keys.as_ref()?, at);
    let finding = |problem: &&'a Problem| Finding {
        problem,
        place: find(&problem.at),
        fix: problem.fix.as_ref().and_then(|fix| find(&fix.at)),
    };
    problems.iter().map(finding).collect()
}

/// Finds one place in a text.
pub fn find(text: &str, at: &At) -> Option<Found> {
    find_in(text, &Keys::of(text), at)
}

fn find_in(text: &str, keys: &Keys<'_>, at: &At) -> Option<Found> {
    let span = match at {
        At::File => return None,
        At::Span(span) => within(text, span),
        At::Key(path) => keys.locate(path)?,
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
