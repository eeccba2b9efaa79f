//! Which bytes go when a value, a table or an element of a list is removed.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::edit::{deepest_end, node};
use super::outline::{Kind, Statement};
use super::place::Step;
use super::scan::{Piece, Scan};

/// The ranges to delete, in order.
pub(super) fn deletions(
    text: &str,
    tree: &DeTable<'_>,
    statements: &[Statement],
    path: &[Step],
) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (index, statement) in statements.iter().enumerate() {
        if statement.path.starts_with(path) {
            let next = statements.get(index + 1).filter(|_| statement.kind != Kind::Value);
            let end = match next {
                // A whole section goes with what stands between its header and the next statement,
                // but the comments right above the next header speak of that.
                Some(next) if !next.path.starts_with(path) => {
                    above(text, statement.lines.end, next.lines.start)
                }
                Some(next) => next.lines.start,
                None => statement.lines.end,
            };
            ranges.push(statement.lines.start..end);
        }
    }
    if !ranges.is_empty() {
        return ranges;
    }
    let Some((last, parent)) = path.split_last() else { return ranges };
    let Some(parent) = node(tree, parent) else { return ranges };
    let entries: Vec<Range<usize>> = match parent.get_ref() {
        DeValue::Array(array) => array.iter().map(Spanned::span).collect(),
        DeValue::Table(table) => {
            table.iter().map(|(key, value)| key.span().start..deepest_end(value)).collect()
        }
        _ => return ranges,
    };
    let position = match (last, parent.get_ref()) {
        (Step::Index(index), _) => Some(*index),
        (Step::Key(name), DeValue::Table(table)) => table.keys().position(|key| key.get_ref() == name),
        _ => None,
    };
    let Some((position, entry)) = position.and_then(|p| Some((p, entries.get(p)?.clone()))) else {
        return ranges;
    };
    let previous = position.checked_sub(1).and_then(|p| entries.get(p)).map(|entry| entry.end);
    without_entry(text, entry, previous)
}

/// What goes when one entry of a list or inline table goes: itself, one comma, and its line if it stands alone.
fn without_entry(text: &str, entry: Range<usize>, previous: Option<usize>) -> Vec<Range<usize>> {
    let comma_after = |from: usize| {
        let mut pieces = Scan::new(&text[from..]);
        let found = pieces.find(|(piece, _)| !matches!(piece, Piece::Newline | Piece::Comment));
        found.filter(|(piece, _)| *piece == Piece::Mark(b',')).map(|(_, at)| from + at.start..from + at.end)
    };
    let blank = |range: Range<usize>| text[range].trim().is_empty();
    let one = |range: Range<usize>| vec![range];
    let on_one_line = |range: Range<usize>| !text[range].contains('\n');
    match (comma_after(entry.end), previous.and_then(comma_after)) {
        (Some(comma), _) if blank(entry.end..comma.start) => {
            let line = text[..entry.start].rfind('\n').map_or(0, |newline| newline + 1);
            let rest = text[comma.end..].split_inclusive('\n').next().unwrap_or_default();
            let alone =
                blank(line..entry.start) && (rest.trim().is_empty() || rest.trim_start().starts_with('#'));
            if alone {
                return one(line..comma.end + rest.len());
            }
            let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            one(entry.start..comma.end + spaces)
        }
        (Some(comma), _) => vec![entry, comma],
        (None, Some(comma)) if on_one_line(comma.end..entry.start) && blank(comma.end..entry.start) => {
            one(comma.start..entry.end)
        }
        (None, Some(comma)) => vec![comma, entry],
        (None, None) => vec![entry],
    }
}

/// Where the block of comments right above a statement begins.
pub(super) fn above(text: &str, from: usize, statement: usize) -> usize {
    let mut at = statement;
    for line in text[from..statement].split_inclusive('\n').rev() {
        if !line.trim_start().starts_with('#') {
            break;
        }
        at -= line.len();
    }
    at
}
