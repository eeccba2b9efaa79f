//! What TOML 1.1 allows and many editors still refuse.

use std::ops::Range;

use memchr::memchr_iter;

use super::mistake::Mistake;
use super::scan::{Piece, Scan};

/// Finds what only TOML 1.1 allows: a warning each, at most one of a sort a line.
pub fn newer_toml(text: &str) -> Vec<Mistake> {
    if may_be_newer(text.as_bytes()) { newer_pieces(text) } else { Vec::new() }
}

fn newer_pieces(text: &str) -> Vec<Mistake> {
    let mut found = Vec::new();
    let mut open: Vec<(u8, Range<usize>, bool)> = Vec::new();
    let mut after_comma = None;
    let mut after_equals = false;
    for (piece, range) in Scan::new(text) {
        match piece {
            Piece::Open(bracket) => open.push((bracket, range.clone(), false)),
            Piece::Close => {
                if let (Some((b'{', _, false)), Some(comma)) = (open.pop(), after_comma.clone()) {
                    found.push(newer(comma, "a comma before the closing brace", "delete the last comma"));
                }
            }
            Piece::Newline | Piece::Comment => {
                if let Some((b'{', opened, told @ false)) = open.last_mut() {
                    *told = true;
                    let opened = opened.clone();
                    let help = "write it on one line, or as a table of its own under a [header]";
                    found.push(newer(opened, "an inline table over several lines", help));
                }
                after_equals = after_equals && !open.is_empty();
                continue;
            }
            Piece::Basic if new_escape(&text[range.clone()]) => {
                found.push(newer(
                    range.clone(),
                    "the escapes \\e and \\x",
                    "write \\u001b or \\u00e4 instead",
                ));
            }
            Piece::Bare if after_equals && short_time(&text[range.clone()]) => {
                found.push(newer(range.clone(), "a time without seconds", "add the seconds, as in 10:30:00"));
            }
            _ => {}
        }
        after_comma = (piece == Piece::Mark(b',')).then(|| range.clone());
        after_equals = match piece {
            Piece::Mark(b'=') => true,
            Piece::Mark(_) | Piece::Open(_) => after_equals && !open.is_empty(),
            _ => after_equals,
        };
    }
    found
}

/// Tells quickly whether a text could have anything that is new: most have nothing in which it could be.
fn may_be_newer(text: &[u8]) -> bool {
    let is_escape = |at: usize| matches!(text.get(at + 1), Some(b'e' | b'x'));
    let is_time = |at: usize| at > 0 && text[at - 1].is_ascii_digit();
    memchr_iter(b'\\', text).any(is_escape)
        || memchr_iter(b':', text).any(is_time)
        || memchr_iter(b'{', text).any(|at| !is_plain_table(&text[at + 1..]))
}

/// Tells whether an inline table is seen to end on its line and not with a comma, whatever follows its opening brace.
fn is_plain_table(text: &[u8]) -> bool {
    let Some(end) =
        text.iter().position(|byte| matches!(byte, b'}' | b'{' | b'"' | b'\'' | b'#' | b'\n' | b'['))
    else {
        return false;
    };
    text[end] == b'}' && text[..end].trim_ascii_end().last() != Some(&b',')
}

fn newer(at: Range<usize>, what: &str, help: &str) -> Mistake {
    Mistake::new("toml-1-1", format!("{what} is new in TOML 1.1, which many editors refuse"), at).help(help)
}

fn new_escape(string: &str) -> bool {
    let mut chars = string.chars();
    while let Some(c) = chars.next() {
        if c == '\\' && matches!(chars.next(), Some('e' | 'x')) {
            return true;
        }
    }
    false
}

fn short_time(bare: &str) -> bool {
    let Some(colon) = bare.find(':') else { return false };
    let digits = |range: Range<usize>| bare.get(range).is_some_and(|d| d.bytes().all(|b| b.is_ascii_digit()));
    colon >= 2
        && digits(colon - 2..colon)
        && digits(colon + 1..colon + 3)
        && bare.as_bytes().get(colon + 3) != Some(&b':')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn newer_toml_is_noticed() {
        let found = |text: &str| newer_toml(text).len();
        assert_eq!(found("a = {\n b = 1,\n}\n"), 1);
        assert_eq!(found("a = { b = 1, }\n"), 1);
        assert_eq!(found("t = 10:30\nd = 2026-01-02T10:30\ne = 2026-01-02 10:30\n"), 3);
        assert_eq!(found("a = \"\\e[1m\"\nb = \"\\x41\"\n"), 2);
        let old = "a = { b = [\n 1,\n 2,\n] }\nt = 10:30:00\nu = 2026-01-02T10:30:00Z\ns = \"10:30 \\\\e {\"\n# {\nl = ['\\e', \"a\",\n]\n";
        assert_eq!(newer_toml(old), []);
    }

    proptest! {
        #[test]
        fn nothing_new_is_in_a_text_that_is_told_quickly_to_have_none(text in "([{}\\[\\],=a\"'# \n]|1:30|\\\\e){0,30}") {
            prop_assert!(may_be_newer(text.as_bytes()) || newer_pieces(&text).is_empty());
        }
    }
}
