//! Git's marks around the fields that are in conflict.

use std::ops::Range;

use super::super::outline::{Kind, Statement, outline};
use super::super::prove::Said;
use super::Marks;
use super::data::Meeting;
use super::element::{Keys, Part, named};
use super::reach::Donor;

/// Puts marks into a text that holds our side; `None` where the lines of a field stand in several places.
pub(super) fn marked(
    text: &str,
    theirs: &Donor<'_>,
    meetings: &[Meeting],
    keys: &Keys<'_>,
    marks: &Marks<'_>,
) -> Option<String> {
    if meetings.is_empty() {
        return Some(text.to_owned());
    }
    let said = Said::of_text(text)?;
    let (here, there) = (File::of(text, &said, keys), File::of(theirs.text, &theirs.said, keys));
    let mut places: Vec<(Range<usize>, String)> = Vec::new();
    for meeting in meetings {
        let lines = |file: &File<'_>| file.block(&meeting.parts);
        let (ours, new) = (lines(&here), lines(&there));
        let at = match (meeting.ours.is_some(), ours) {
            (_, Some(at)) => at,
            (false, None) => here.end_of(&meeting.parts),
            (true, None) => return None,
        };
        if meeting.theirs.is_some() && new.is_none() {
            return None;
        }
        // A value that is gone on their side may stand within a line that is not.
        let new = new.map(|at| ended(&theirs.text[at])).unwrap_or_default();
        if !places.iter().any(|place| *place == (at.clone(), new.clone())) {
            places.push((at, new));
        }
    }
    places.sort_by_key(|(at, _)| (at.start, at.end));
    if places.windows(2).any(|pair| pair[1].0.start < pair[0].0.end) {
        return None;
    }
    let mut result = text.to_owned();
    for (at, new) in places.into_iter().rev() {
        let ours = ended(&text[at.clone()]);
        let gap = if at.start > 0 && !text[..at.start].ends_with('\n') { "\n" } else { "" };
        result.replace_range(at, &format!("{gap}{}", around(&ours, &new, marks)));
    }
    Some(result)
}

/// Two versions of some lines, with marks around them.
pub(super) fn around(ours: &str, theirs: &str, marks: &Marks<'_>) -> String {
    let mark =
        |sign: &str, label: &str| format!("{} {label}", sign.repeat(marks.length)).trim_end().to_owned();
    format!("{}\n{ours}{}\n{theirs}{}\n", mark("<", marks.ours), mark("=", ""), mark(">", marks.theirs))
}

fn ended(lines: &str) -> String {
    if lines.is_empty() || lines.ends_with('\n') { lines.to_owned() } else { format!("{lines}\n") }
}

/// The statements of a text, by paths of names.
struct File<'t> {
    text: &'t str,
    statements: Vec<(Vec<Part>, Statement)>,
}

impl<'t> File<'t> {
    fn of(text: &'t str, said: &Said, keys: &Keys<'_>) -> Self {
        let statements = outline(text).into_iter().map(|s| (named(&s.path, said, keys), s)).collect();
        Self { text, statements }
    }

    /// The lines that say what stands at a path: its own, or those of the value that holds it.
    fn block(&self, parts: &[Part]) -> Option<Range<usize>> {
        let of: Vec<usize> =
            (0..self.statements.len()).filter(|i| self.statements[*i].0.starts_with(parts)).collect();
        if let (Some(first), Some(last)) = (of.first(), of.last()) {
            let is_one = last - first + 1 == of.len();
            return is_one.then(|| self.statements[*first].1.lines.start..self.statements[*last].1.lines.end);
        }
        let holder =
            self.statements.iter().find(|(path, s)| s.kind == Kind::Value && parts.starts_with(path));
        holder.map(|(_, s)| s.lines.clone())
    }

    /// Where a line for a path that is not there would stand: behind the last of its table.
    fn end_of(&self, parts: &[Part]) -> Range<usize> {
        let parent = &parts[..parts.len().saturating_sub(1)];
        let own = |(path, s): &&(Vec<Part>, Statement)| match s.kind {
            Kind::Value => path.len() == parent.len() + 1 && path.starts_with(parent),
            _ => path.as_slice() == parent,
        };
        let end = self.statements.iter().rfind(own).map_or(self.text.len(), |(_, s)| s.lines.end);
        // Keys of the top stand before the first table, also where there are none.
        let first = self.statements.iter().find(|(_, s)| s.kind != Kind::Value).map(|(_, s)| s.lines.start);
        let end = if parts.len() == 1 && end == self.text.len() { first.unwrap_or(end) } else { end };
        end..end
    }
}
