//! The outline of a file: its headers and its `key = value` lines, with their places.

use std::ops::Range;

use toml::de::DeValue;

use super::place::Step;
use super::scan::{Piece, Scan};

/// One statement of a file.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    /// A header, or a key with its value.
    pub kind: Kind,
    /// The path from the top of the file; elements of arrays of tables are counted.
    pub path: Vec<Step>,
    /// From the beginning of its first line to behind the newline of its last.
    pub lines: Range<usize>,
    /// Where the key or header begins, behind the indentation.
    pub start: usize,
    /// The value of a key, or the header itself.
    pub value: Range<usize>,
}

/// What a statement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `[name]`
    Table,
    /// `[[name]]`
    Element,
    /// `key = value`
    Value,
}

/// Where text begins, behind a byte order mark.
pub(super) fn text_start(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// Lists the statements of a file that parses.
pub(super) fn outline(text: &str) -> Vec<Statement> {
    let base = text_start(text);
    let mut pieces =
        Scan::new(&text[base..]).map(|(piece, range)| (piece, range.start + base..range.end + base));
    let mut statements: Vec<Statement> = Vec::new();
    let mut section: Vec<Step> = Vec::new();
    while let Some((piece, range)) = pieces.next() {
        if matches!(piece, Piece::Newline | Piece::Comment) {
            continue;
        }
        let start = range.start;
        let header = piece == Piece::Open(b'[');
        let (mut keys, mut nest, mut opens) = (Vec::new(), 0usize, 0usize);
        let (mut value, mut in_value) = (start..start, header);
        let mut line_end = text.len();
        let mut next = Some((piece, range));
        while let Some((piece, range)) = next {
            match piece {
                Piece::Newline if nest == 0 || (header && opens > 0) => {
                    line_end = range.end;
                    break;
                }
                Piece::Newline | Piece::Comment => {
                    next = pieces.next();
                    continue;
                }
                Piece::Open(_) => {
                    nest += 1;
                    opens += 1;
                }
                Piece::Close => nest = nest.saturating_sub(1),
                Piece::Mark(b'=') if !in_value => {
                    in_value = true;
                    value = range.end..range.end;
                    next = pieces.next();
                    continue;
                }
                Piece::Bare | Piece::Basic | Piece::Literal if header || !in_value => {
                    keys.push(key_text(&text[range.clone()], piece));
                }
                _ => {}
            }
            if in_value {
                if value.is_empty() {
                    value.start = range.start;
                }
                value.end = range.end;
            }
            next = pieces.next();
        }
        let kind = match (header, opens) {
            (false, _) => Kind::Value,
            (true, 1) => Kind::Table,
            (true, _) => Kind::Element,
        };
        let path = match kind {
            Kind::Value => section.iter().cloned().chain(keys.into_iter().map(Step::Key)).collect(),
            _ => {
                section = header_path(&statements, keys, kind);
                section.clone()
            }
        };
        let line_start = text[base..start].rfind('\n').map_or(base, |newline| base + newline + 1);
        statements.push(Statement { kind, path, lines: line_start..line_end, start, value });
    }
    statements
}

fn key_text(raw: &str, piece: Piece) -> String {
    if piece == Piece::Bare {
        return raw.to_string();
    }
    let parsed = DeValue::parse(raw).ok();
    parsed.and_then(|value| value.get_ref().as_str().map(str::to_string)).unwrap_or_else(|| raw.to_string())
}

/// The path of a header: a key that names an array of tables means its last element.
fn header_path(earlier: &[Statement], keys: Vec<String>, kind: Kind) -> Vec<Step> {
    let mut path = Vec::new();
    let last = keys.len().saturating_sub(1);
    for (position, key) in keys.into_iter().enumerate() {
        path.push(Step::Key(key));
        let elements = earlier
            .iter()
            .filter(|s| {
                s.kind == Kind::Element && s.path.len() == path.len() + 1 && s.path.starts_with(&path)
            })
            .count();
        if position == last && kind == Kind::Element {
            path.push(Step::Index(elements));
        } else if elements > 0 {
            path.push(Step::Index(elements - 1));
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::place::write_path;

    #[test]
    fn statements_have_paths_and_places() {
        let text = "\u{feff}# head\r\na = 1 # one\r\n  b.\"c d\" = [\r\n 1, # x\r\n 2]\r\n[[m]] # m\r\nid = '''x\r\n=\r\n'''\r\n[m.sub]\r\nd = 2026-01-01 10:00:00\r\n[[m]]\r\n[t.\"u.v\"]\r\nw = {x=1}";
        let found: Vec<(String, &str)> =
            outline(text).into_iter().map(|s| (write_path(&s.path), &text[s.value])).collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(path, value)| (path.as_str(), *value)).collect();
        let expected = [
            ("a", "1"),
            ("b.\"c d\"", "[\r\n 1, # x\r\n 2]"),
            ("m[0]", "[[m]]"),
            ("m[0].id", "'''x\r\n=\r\n'''"),
            ("m[0].sub", "[m.sub]"),
            ("m[0].sub.d", "2026-01-01 10:00:00"),
            ("m[1]", "[[m]]"),
            ("t.\"u.v\"", "[t.\"u.v\"]"),
            ("t.\"u.v\".w", "{x=1}"),
        ];
        assert_eq!(found, expected);
        let lines: Vec<&str> = outline(text).into_iter().map(|s| &text[s.lines]).collect();
        assert_eq!(lines[0], "a = 1 # one\r\n");
        assert_eq!(lines[1], "  b.\"c d\" = [\r\n 1, # x\r\n 2]\r\n");
        assert_eq!(lines[2], "[[m]] # m\r\n");
    }
}
