//! A light scan over TOML text: brackets, strings, comments and dots, without understanding them.
//!
//! It answers the questions that must be asked before or beside the parser: how deep a file nests,
//! and whether it uses what only TOML 1.1 knows.

use std::ops::Range;

use memchr::{memchr, memchr_iter};

/// What a piece of the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// A comment up to the end of its line.
    Comment,
    /// A string in double quotes, one line or three quotes, where backslashes escape.
    Basic,
    /// A string in single quotes.
    Literal,
    /// `[` or `{`.
    Open(u8),
    /// `]` or `}`.
    Close,
    /// `.`, `=` or `,`.
    Mark(u8),
    /// The end of a line.
    Newline,
    /// Anything else that is not white space: bare keys, numbers, dates.
    Bare,
}

/// Yields the pieces of a text in order, without white space.
pub struct Scan<'t> {
    text: &'t [u8],
    at: usize,
}

impl<'t> Scan<'t> {
    /// Starts at the beginning of a text.
    pub fn new(text: &'t str) -> Scan<'t> {
        Scan { text: text.as_bytes(), at: 0 }
    }

    fn end_of_string(&self, start: usize, quote: u8) -> usize {
        let text = self.text;
        let triple = text[start..].starts_with(&[quote; 3]);
        let escapes = quote == b'"';
        let mut i = start + if triple { 3 } else { 1 };
        while i < text.len() {
            match text[i] {
                b'\\' if escapes => i += 1,
                b'\n' if !triple => return i,
                c if c == quote && !triple => return i + 1,
                c if c == quote && text[i..].starts_with(&[quote; 3]) => {
                    // Up to two quotes may stand before the closing three.
                    let mut end = i + 3;
                    while end < text.len() && end < i + 5 && text[end] == quote {
                        end += 1;
                    }
                    return end;
                }
                _ => {}
            }
            i += 1;
        }
        text.len()
    }
}

impl Iterator for Scan<'_> {
    type Item = (Piece, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let text = self.text;
        while matches!(text.get(self.at), Some(b' ' | b'\t' | b'\r')) {
            self.at += 1;
        }
        let start = self.at;
        let (piece, end) = match *text.get(start)? {
            b'\n' => (Piece::Newline, start + 1),
            b'#' => {
                let length = text[start..].iter().position(|b| *b == b'\n').unwrap_or(text.len() - start);
                (Piece::Comment, start + length)
            }
            b'"' => (Piece::Basic, self.end_of_string(start, b'"')),
            b'\'' => (Piece::Literal, self.end_of_string(start, b'\'')),
            open @ (b'[' | b'{') => (Piece::Open(open), start + 1),
            b']' | b'}' => (Piece::Close, start + 1),
            mark @ (b'.' | b'=' | b',') => (Piece::Mark(mark), start + 1),
            _ => {
                let length = text[start..].iter().position(|b| b"\n \t\r#\"'[]{}.=,".contains(b));
                (Piece::Bare, length.map_or(text.len(), |l| start + l))
            }
        };
        self.at = end;
        Some((piece, start..end))
    }
}

/// How deep tables and arrays may nest: far beyond any record, far below any stack.
pub const DEEPEST: usize = 32;

/// Finds the place where a text nests deeper than [`DEEPEST`].
pub fn too_deep(text: &str) -> Option<Range<usize>> {
    // Almost every file has too few marks to nest that deep, and counting is cheap.
    let is_flat = all_marks(text) <= DEEPEST || at_most_deep(text) <= DEEPEST;
    if is_flat { None } else { deeper_than(text, DEEPEST) }
}

/// How deep a text nests at the most, were every mark after its first comments a level of its own.
fn all_marks(text: &str) -> usize {
    let mut body = text.as_bytes();
    while let (Some(b'#'), Some(end)) = (body.first(), memchr(b'\n', body)) {
        body = &body[end + 1..];
    }
    let [brackets, braces, dots] = [b'[', b'{', b'.'].map(|mark| memchr_iter(mark, body).count());
    brackets + braces + 2 * dots
}

/// Finds the place where a text nests deeper than `most`.
fn deeper_than(text: &str, most: usize) -> Option<Range<usize>> {
    let (mut nest, mut header, mut dots, mut in_header, mut fresh) = (0usize, 0, 0, false, true);
    for (piece, range) in Scan::new(text) {
        match piece {
            Piece::Comment => continue,
            Piece::Open(b'[') if fresh && nest == 0 => {
                (in_header, header) = (true, 0);
                nest += 1;
            }
            Piece::Open(_) => {
                nest += 1;
                dots = 0;
            }
            Piece::Close => nest = nest.saturating_sub(1),
            Piece::Mark(b'.') if in_header => header += 1,
            Piece::Mark(b'.') => dots += 1,
            Piece::Mark(_) => dots = 0,
            Piece::Newline => {
                dots = 0;
                if in_header {
                    (in_header, nest) = (false, 0);
                }
                fresh = true;
                continue;
            }
            Piece::Basic | Piece::Literal | Piece::Bare => {}
        }
        fresh = false;
        // The dots of a key are forgotten at its `=`, so that the true depth may be a product of two
        // limits: about a thousand, which every stack bears.
        if nest + header + dots > most {
            return Some(range);
        }
    }
    None
}

/// How deep a text nests at the most, from the marks on its lines alone, wherever these stand.
///
/// Brackets count for all that follows, but for a header, which is closed on its own line; dots count for their line.
fn at_most_deep(text: &str) -> usize {
    let (mut open, mut deepest) = (0, 0);
    for line in text.as_bytes().split(|byte| *byte == b'\n') {
        let (mut opens, mut closes, mut dots, mut is_plain) = (0_usize, 0, 0, true);
        for byte in line {
            match byte {
                b'[' | b'{' => opens += 1,
                b']' | b'}' => closes += 1,
                b'.' => dots += 1,
                b'"' | b'\'' | b'#' => is_plain = false,
                _ => {}
            }
        }
        deepest = deepest.max(open + opens + 2 * dots);
        let is_header = is_plain && line.first() == Some(&b'[');
        open += if is_header { opens.saturating_sub(closes) } else { opens };
    }
    deepest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn strings_and_comments_hide_brackets() {
        let deep = "[".repeat(60);
        assert_eq!(
            too_deep(&format!("a = \"{deep}\" # {deep}\nb = '{deep}'\nc = \"\"\"\n{deep}\"\"\"\n")),
            None
        );
    }

    #[test]
    fn deep_files_are_found_before_parsing() {
        let dotted = vec!["a"; 40].join(".");
        for text in [
            format!("a = {}", "[".repeat(100_000)),
            format!("a = {}", "{a=".repeat(100_000)),
            format!("{dotted} = 1"),
            format!("[{dotted}]"),
            format!("[[{dotted}]]\n"),
            format!("[{}]\n{} = 1", vec!["a"; 20].join("."), vec!["b"; 20].join(".")),
        ] {
            assert!(too_deep(&text).is_some(), "{}", &text[..text.len().min(40)]);
        }
    }

    proptest! {
        #[test]
        fn no_text_is_deeper_than_its_marks_allow(text in "[\\[\\]{}.,=a\"'# \n]{0,60}") {
            prop_assert_eq!(deeper_than(&text, at_most_deep(&text)), None);
            prop_assert_eq!(deeper_than(&text, all_marks(&text)), None);
        }
    }

    #[test]
    fn many_dots_and_tables_are_not_deep() {
        let prose = "a = \"one. two. three.\"\n".repeat(100);
        let tables =
            "[[milestone]]\nid = \"x\"\nimpact = { cost = 1.5, time = [1.5, 2.5] }\n[a.b]\n".repeat(100);
        assert_eq!(too_deep(&prose), None);
        assert_eq!(too_deep(&tables), None);
    }
}
