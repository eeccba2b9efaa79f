//! Whether a file in conflict is as git left it: what somebody has begun to mend is not written over.

use std::collections::{BTreeMap, BTreeSet};

use crate::change::settle::{Choice, Verdict, settle};
use crate::store::{Conflicted, Source};

use super::{Case, CliError};

/// Leaves a file alone that somebody has changed since git stopped.
pub(super) fn leave_alone(case: &mut Case, source: &dyn Source) -> Result<(), CliError> {
    let now = source.read_if_present(&case.file.path)?;
    if !is_as_left(&case.file, now.as_deref()) {
        let path = &case.file.path;
        case.verdict = Verdict::ByHand(format!(
            "somebody has begun to mend {path} by hand: finish it and `git add {path}`, or begin again with \
             `git checkout --merge -- {path}`"
        ));
    }
    Ok(())
}

/// Whether git, or the merge driver, may have left a file as it is now.
fn is_as_left(file: &Conflicted, now: Option<&[u8]>) -> bool {
    let versions = [&file.base, &file.ours, &file.theirs];
    let Some(now) = now else { return versions.iter().any(|version| version.is_none()) };
    let (Some(ours), Some(theirs)) = (&file.ours, &file.theirs) else {
        return versions.iter().any(|version| version.as_deref().is_some_and(|bytes| same(bytes, now)));
    };
    let [now, ours, theirs] = [now, ours, theirs].map(text);
    if let Verdict::Open { marked, .. } = settle(file, &Choice::default())
        && without_labels(&marked) == without_labels(&now)
    {
        return true;
    }
    let Some([as_ours, as_theirs]) = sides_of(&now) else { return false };
    let base = file.base.as_deref().map(text).unwrap_or_default();
    is_made_of(&as_ours, &base, &ours, &theirs) && is_made_of(&as_theirs, &base, &theirs, &ours)
}

/// The text that stands there with our part of every conflict, and with theirs; none where no marks are left, or where
/// they do not fit together.
fn sides_of(now: &str) -> Option<[String; 2]> {
    let mut sides = [String::new(), String::new()];
    let (mut part, mut conflicts) = (0, 0);
    for line in now.lines() {
        match (part, if is_mark(line) { &line[..7] } else { "" }) {
            (0, "<<<<<<<") => part = 1,
            (1, "|||||||") => part = 2,
            (1 | 2, "=======") => part = 3,
            (3, ">>>>>>>") => {
                part = 0;
                conflicts += 1;
            }
            (_, "") | (0, "=======") => {
                for (at, side) in [(1, 0), (3, 1)] {
                    if part == 0 || part == at {
                        sides[side].push_str(line.trim_end());
                        sides[side].push('\n');
                    }
                }
            }
            _ => return None,
        }
    }
    (part == 0 && conflicts > 0).then_some(sides)
}

/// Whether a text is one side with what only the other side changed: every line that it lacks the other side took out
/// of the base, and every line that came is one that the other side put in.
fn is_made_of(text: &str, base: &str, side: &str, other: &str) -> bool {
    let (text, base, side, other) = (counted(text), counted(base), counted(side), counted(other));
    let lines = text.keys().chain(side.keys()).copied().collect::<BTreeSet<_>>();
    lines.into_iter().all(|line| {
        let count = |of: &BTreeMap<&str, i64>| of.get(line).copied().unwrap_or(0);
        let (change, others) = (count(&text) - count(&side), count(&other) - count(&base));
        if others >= 0 { (0..=others).contains(&change) } else { (others..=0).contains(&change) }
    })
}

/// How often each line stands in a text.
fn counted(text: &str) -> BTreeMap<&str, i64> {
    let mut lines = BTreeMap::new();
    for line in text.lines() {
        *lines.entry(line.trim_end()).or_insert(0) += 1;
    }
    lines
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace("\r\n", "\n")
}

/// Filters may have given the work tree other line ends.
fn same(version: &[u8], now: &[u8]) -> bool {
    version == now || text(version) == text(now)
}

fn is_mark(line: &str) -> bool {
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark))
}

fn without_labels(text: &str) -> String {
    text.lines().map(|line| if is_mark(line) { &line[..7] } else { line }).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_mended_by_hand_is_seen() {
        let bytes = |text: &str| Some(text.as_bytes().to_vec());
        let file = Conflicted {
            path: "pmo.toml".into(),
            base: bytes("a = 1\nb = 1\n"),
            ours: bytes("a = 2\nb = 1\n"),
            theirs: bytes("a = 3\nb = 4\n"),
            ..Conflicted::default()
        };
        let left = |now: &str| is_as_left(&file, Some(now.as_bytes()));
        let marked = "<<<<<<< HEAD\na = 2\nb = 1\n=======\na = 3\nb = 4\n>>>>>>> plan-b\n";
        assert!(left(marked) && left(&marked.replace('\n', "\r\n")));
        assert!(
            left("<<<<<<< ours\na = 2\n=======\na = 3\n>>>>>>> theirs\nb = 4\n"),
            "as the driver leaves it"
        );
        assert!(!left("a = 2\nb = 1\n"), "a version that was chosen");
        assert!(!left(&marked.replace("<<<<<<< HEAD\n", "")), "a mark is gone");
        assert!(!left(&format!("{marked}\n")), "an empty line more");
        assert!(!left(&marked.replace("a = 3", "a = 2")), "theirs is what ours is");
        assert!(!left(&marked.replace("a = 2", "a = 5")), "a line of nobody's");
        assert!(!left(&marked.replace("b = 4\n", "")), "a line of theirs is gone");
        assert!(!left("a = 2\nb = 4\n"), "mended");
    }
}
