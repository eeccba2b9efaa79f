//! A light scan over TOML text: brackets, strings, comments and dots, without understanding them.
//!
//! It answers the questions that must be asked before or beside the parser: how deep a file nests,
//! and whether it uses what only TOML 1.1 knows.

use std::ops::Range;

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
    let many = |byte: u8| text.bytes().filter(|b| *b == byte).count() > DEEPEST / 2;
    // Almost every file has too few marks to nest that deep, and counting is cheap.
    if !(many(b'.') || many(b'[') || many(b'{')) {
        return None;
    }
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
        if nest + header + dots > DEEPEST {
            return Some(range);
        }
    }
    None
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn many_dots_and_tables_are_not_deep() {
        let prose = "a = \"one. two. three.\"\n".repeat(100);
        let tables =
            "[[milestone]]\nid = \"x\"\nimpact = { cost = 1.5, time = [1.5, 2.5] }\n[a.b]\n".repeat(100);
        assert_eq!(too_deep(&prose), None);
        assert_eq!(too_deep(&tables), None);
    }
}
