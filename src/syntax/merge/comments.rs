//! Comments that a side wrote and that would be lost with the lines that they stood in.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::outline::{Statement, outline};
use super::super::prove::Said;
use super::super::scan::{Piece, Scan};
use super::element::{Keys, Part, at, named};
use super::reach::Donor;

/// A comment, and the statement that it speaks of.
struct Comment {
    text: String,
    /// The statement that it stands in, behind or above; none at the end of the file.
    of: Option<Vec<Part>>,
    /// Whether it stands behind a value.
    is_behind: bool,
}

/// Brings the comments of a side back into a text that lacks them: those that it added to the base, and those of
/// statements that only the other side removed.
pub(super) fn carried(text: &str, base: &str, side: &Donor<'_>, other: &Said, keys: &Keys<'_>) -> String {
    let mut result = text.to_owned();
    let (mut there, mut before) = (counted(text), counted(base));
    let Some(said) = Said::of_text(text) else { return result };
    let stands =
        |of: &Option<Vec<Part>>, said: &Said| of.as_ref().is_none_or(|of| at(of, said, keys).is_some());
    let take = |counts: &mut BTreeMap<String, usize>, comment: &str| match counts.get_mut(comment) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    };
    let mut lost = Vec::new();
    for comment in comments(side.text, &side.said, keys) {
        // One of the base was taken out on the other side, by itself or with what it speaks of.
        let is_old = take(&mut before, &comment.text);
        let was_taken_out = is_old && (stands(&comment.of, other) || !stands(&comment.of, &said));
        if !take(&mut there, &comment.text) && !was_taken_out {
            lost.push(comment);
        }
    }
    for comment in lost {
        result = with(&result, &comment, keys).unwrap_or(result);
    }
    result
}

/// How often each comment stands in a text.
fn counted(text: &str) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for (piece, at) in Scan::new(text) {
        if piece == Piece::Comment {
            *found.entry(text[at].trim_end().to_owned()).or_default() += 1;
        }
    }
    found
}

fn comments(text: &str, said: &Said, keys: &Keys<'_>) -> Vec<Comment> {
    let statements = outline(text);
    let places = Scan::new(text).filter(|(piece, _)| *piece == Piece::Comment);
    places
        .map(|(_, at)| {
            let within = statements.iter().find(|s| s.lines.contains(&at.start));
            let of = within.or_else(|| statements.iter().find(|s| s.lines.start >= at.end));
            let is_behind = within.is_some_and(|s| s.value.end <= at.start);
            let of = of.map(|s| named(&s.path, said, keys));
            Comment { text: text[at].trim_end().to_owned(), of, is_behind }
        })
        .collect()
}

/// Puts one comment where its statement is now: behind it if there is room, else above, else at the end.
fn with(text: &str, comment: &Comment, keys: &Keys<'_>) -> Option<String> {
    let said = Said::of_text(text)?;
    let statements = outline(text);
    let home =
        comment.of.as_ref().and_then(|of| statements.iter().find(|s| named(&s.path, &said, keys) == *of));
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let (at, new): (Range<usize>, String) = match home {
        Some(home) if comment.is_behind && is_bare(text, home) => {
            let end = home.value.end;
            (end..end, format!(" {}", comment.text))
        }
        Some(home) => {
            let indent = &text[home.lines.start..home.start];
            (home.lines.start..home.lines.start, format!("{indent}{}{newline}", comment.text))
        }
        None => {
            let gap = if text.is_empty() || text.ends_with('\n') { "" } else { newline };
            (text.len()..text.len(), format!("{gap}{}{newline}", comment.text))
        }
    };
    let mut result = text.to_owned();
    result.replace_range(at, &new);
    // A comment changes nothing that is said.
    (Said::of_text(&result)? == said).then_some(result)
}

/// Whether nothing stands behind a statement on its last line.
fn is_bare(text: &str, statement: &Statement) -> bool {
    text[statement.value.end..statement.lines.end].trim().is_empty()
}
