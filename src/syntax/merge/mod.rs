//! Three versions of a file into one: by key, tables of a list by what tells them apart, with comments and layout.
//!
//! What the file is to say is worked out first, from what the three versions say ([`data`]). The text comes
//! from a merge of the lines where that says the right thing, and else is brought to it value by value
//! ([`mod@reach`]); comments that a side added are carried along. The result is proved: it says what it should,
//! or there is none. Nobody's change is dropped in silence: what both sides changed in different ways is a
//! [`Conflict`].

mod comments;
mod data;
mod element;
mod line_ends;
mod markers;
mod reach;
#[cfg(test)]
mod tests;
mod three;

pub use element::Keys;

use super::mistake::Mistake;
use super::prove::Said;
use data::{Meeting, Merger};
use element::in_order;
use line_ends::Layout;
use reach::{Donor, reach, spelled};
use three::Piece;

/// One of the two versions that are merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The version that is there.
    Ours,
    /// The version that comes in.
    Theirs,
}

/// What was chosen for a conflict, by its path.
pub type Choose<'c> = dyn Fn(&str) -> Option<Side> + 'c;

/// One thing that both sides changed in different ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The field, such as `owner`, `milestone.go-live.baseline` or `dependency[on=crm]`.
    pub path: String,
    /// What it was before, in TOML; none where it was not there.
    pub base: Option<String>,
    /// What our side says.
    pub ours: Option<String>,
    /// What their side says.
    pub theirs: Option<String>,
}

/// What came of a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The text; our side stands in for what is in conflict.
    pub text: String,
    /// What needs a decision.
    pub conflicts: Vec<Conflict>,
    /// The text as git leaves a conflict: marks around the fields that are in conflict, and around no other line.
    pub marked: String,
}

/// Why there is no merged text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// A version does not parse.
    #[error("{side} has a mistake that must be mended first: {}", .mistake.message)]
    Syntax {
        /// Which version, in words.
        side: &'static str,
        /// What is wrong with it.
        mistake: Box<Mistake>,
    },
    /// What both sides say together cannot be written without losing something.
    #[error("both sides changed how the file is laid out, so that their changes cannot be joined by key")]
    Unproved,
}

/// How conflicts are marked: what the sides are called, and the length of the marks.
#[derive(Debug, Clone)]
pub struct Marks<'m> {
    /// What our side is called.
    pub ours: &'m str,
    /// What their side is called.
    pub theirs: &'m str,
    /// How many signs a mark has; git's own have 7.
    pub length: usize,
}

impl Default for Marks<'_> {
    fn default() -> Self {
        Self { ours: "ours", theirs: "theirs", length: 7 }
    }
}

/// Merges what two sides made of a file; without a base both have made it anew.
pub fn merge(
    base: Option<&str>,
    ours: &str,
    theirs: &str,
    keys: &Keys<'_>,
    choose: &Choose<'_>,
    marks: &Marks<'_>,
) -> Result<Merged, MergeError> {
    let layout = Layout::of(base.unwrap_or(ours), ours, theirs);
    let [base, ours, theirs] = [base.unwrap_or_default(), ours, theirs].map(|text| layout.plain(text));
    let said = |side: &'static str, text: &str| match super::parse(text) {
        Ok(tree) => Ok(Said::of_table(tree.get_ref())),
        Err(mut mistakes) => Err(MergeError::Syntax { side, mistake: Box::new(mistakes.remove(0)) }),
    };
    let before = said("the version before", &base)?;
    let mine = Donor { said: said("our version", &ours)?, text: &ours };
    let other = Donor { said: said("their version", &theirs)?, text: &theirs };
    let mut merger = Merger { keys, choose, meetings: Vec::new() };
    let wanted = merger.value(&mut Vec::new(), Some(&before), Some(&mine.said), Some(&other.said));
    let wanted = wanted.ok_or(MergeError::Unproved)?;
    let proves = |text: &str| {
        let same = |said: &Said| in_order(said, &mut Vec::new(), keys).without_empty();
        Said::of_text(text).is_some_and(|said| same(&said) == same(&wanted))
    };
    // Words are taken from the side that says them: theirs first, since ours stand there already.
    let donors = [&other, &mine];
    let lines = by_line(&base, &ours, &theirs);
    // Lines that say the right thing keep the layout of both; else ours is brought to it, which mixes no comments up.
    let text = if proves(&lines) {
        Some(lines)
    } else {
        let starts = [ours.as_str(), lines.as_str()].into_iter();
        starts.filter_map(|text| reach(text, &wanted, &donors, keys)).find(|text| proves(text))
    };
    let text = text.ok_or(MergeError::Unproved)?;
    let text = comments::carried(&text, &base, &other, &mine.said, keys);
    let text = comments::carried(&text, &base, &mine, &other.said, keys);
    let marked = markers::marked(&text, &other, &merger.meetings, keys, marks);
    let marked = marked.unwrap_or_else(|| whole(&ours, &theirs, marks));
    let conflicts = merger.meetings.into_iter().map(conflict).collect();
    Ok(Merged { text: layout.restored(&text), conflicts, marked: layout.restored(&marked) })
}

/// Two versions of a file with marks around them, as git leaves what it can make nothing of.
pub fn whole(ours: &str, theirs: &str, marks: &Marks<'_>) -> String {
    let ended = |text: &str| {
        if text.is_empty() || text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") }
    };
    markers::around(&ended(ours), &ended(theirs), marks)
}

/// Merges line by line; our side stands in for lines that both changed.
fn by_line(base: &str, ours: &str, theirs: &str) -> String {
    let [b, o, t] = [base, ours, theirs].map(|text| text.split_inclusive('\n').collect::<Vec<&str>>());
    let mut text = String::new();
    for piece in three::merge(&b, &o, &t) {
        match piece {
            Piece::Ours(at) | Piece::Conflict { ours: at, .. } => text.push_str(&o[at].concat()),
            Piece::Theirs(at) => text.push_str(&t[at].concat()),
            Piece::Both(left, right) => text.push_str(&[&o[left], &t[right]].concat().concat()),
        }
    }
    text
}

/// What a version of a file says at the path of a [`Conflict`], in TOML; none where it says nothing there.
pub fn said_at(text: &str, path: &str, keys: &Keys<'_>) -> Option<String> {
    let said = Said::of_text(text.trim_start_matches('\u{feff}'))?;
    element::find(&said, path, &mut Vec::new(), keys).map(spelled)
}

fn conflict(meeting: Meeting) -> Conflict {
    let words = |said: Option<Said>| said.as_ref().map(spelled);
    Conflict {
        path: element::shown(&meeting.parts),
        base: words(meeting.base),
        ours: words(meeting.ours),
        theirs: words(meeting.theirs),
    }
}

/// Merges line by line, with marks around what both sides changed; tells whether there are none.
pub fn lines(base: &str, ours: &str, theirs: &str, marks: &Marks<'_>) -> (String, bool) {
    let [b, o, t] = [base, ours, theirs].map(|text| text.split_inclusive('\n').collect::<Vec<&str>>());
    let (mut text, mut is_clean) = (String::new(), true);
    for piece in three::merge(&b, &o, &t) {
        match piece {
            Piece::Ours(at) => text.push_str(&o[at].concat()),
            Piece::Theirs(at) => text.push_str(&t[at].concat()),
            Piece::Both(left, right) | Piece::Conflict { ours: left, theirs: right, .. } => {
                is_clean = false;
                text.push_str(&whole(&o[left].concat(), &t[right].concat(), marks));
            }
        }
    }
    (text, is_clean)
}
