//! Whether a file in conflict is as git left it: what somebody has begun to mend is not written over.

use std::collections::BTreeSet;

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

fn is_as_left(file: &Conflicted, now: Option<&[u8]>) -> bool {
    let versions = [&file.base, &file.ours, &file.theirs];
    let Some(now) = now else { return versions.iter().any(|version| version.is_none()) };
    if versions.iter().any(|version| version.as_deref().is_some_and(|bytes| same(bytes, now))) {
        return true;
    }
    let now = text(now);
    if let Verdict::Open { marked, .. } = settle(file, &Choice::default())
        && without_labels(&marked) == without_labels(&now)
    {
        return true;
    }
    let lines = |bytes: &Option<Vec<u8>>| -> BTreeSet<String> {
        let text = bytes.as_deref().map(text).unwrap_or_default();
        text.lines().map(|line| line.trim_end().to_owned()).collect()
    };
    let (base, ours, theirs) = (lines(&file.base), lines(&file.ours), lines(&file.theirs));
    let there: BTreeSet<String> = now.lines().map(|line| line.trim_end().to_owned()).collect();
    // Nothing that a side wrote is gone, and nothing has come that no side wrote.
    let is_gone = |line: &&String| !base.contains(*line) && !there.contains(*line);
    let has_come = |line: &&String| {
        !is_mark(line) && !base.contains(*line) && !ours.contains(*line) && !theirs.contains(*line)
    };
    there.iter().any(|line| is_mark(line))
        && !ours.iter().chain(&theirs).any(|line| is_gone(&line))
        && !there.iter().any(|line| has_come(&line))
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
            is_odd: false,
        };
        let left = |now: &str| is_as_left(&file, Some(now.as_bytes()));
        let marked = "<<<<<<< HEAD\na = 2\nb = 1\n=======\na = 3\nb = 4\n>>>>>>> plan-b\n";
        assert!(left(marked) && left(&marked.replace('\n', "\r\n")));
        assert!(
            left("<<<<<<< ours\na = 2\n=======\na = 3\n>>>>>>> theirs\nb = 4\n"),
            "as the driver leaves it"
        );
        assert!(left("a = 2\nb = 1\n"), "one of the versions");
        assert!(!left(&marked.replace("a = 2", "a = 5")), "a line of nobody's");
        assert!(!left(&marked.replace("b = 4\n", "")), "a line of theirs is gone");
        assert!(!left("a = 2\nb = 4\n"), "mended");
    }
}
