//! A plan as people read it before it happens: a list of files, and what changes in them.

use crate::store::{FileChange, Source};

use super::Plan;

/// Lines around a change.
const CONTEXT: usize = 2;
/// Longer texts are compared only at both ends.
const LONGEST: usize = 1_000;

/// What a plan would do to one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What happens: `new`, `change`, `move` or `remove`.
    pub verb: &'static str,
    /// The file.
    pub path: String,
    /// Where it moves to.
    pub to: Option<String>,
    /// The lines that change, as in a unified diff.
    pub lines: Vec<Line>,
}

/// A line of a diff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// Where the lines below stand: the first old and the first new line, counted from 1.
    At(usize, usize),
    /// A line that stays.
    Same(String),
    /// A line that goes.
    Old(String),
    /// A line that comes.
    New(String),
}

/// Says what a plan would do, in its order.
pub fn steps(plan: &Plan, source: &dyn Source) -> Vec<Step> {
    let mut steps = Vec::new();
    for change in plan.changes() {
        let before = |path: &str| {
            let bytes = source.read_if_present(path).ok().flatten().unwrap_or_default();
            String::from_utf8_lossy(&bytes).into_owned()
        };
        steps.push(match &change {
            FileChange::Create { path, bytes } => {
                let lines = unified("", &String::from_utf8_lossy(bytes));
                Step { verb: "new", path: path.clone(), to: None, lines }
            }
            FileChange::Write { path, bytes } => {
                let old = before(path);
                let verb = if old.is_empty() { "new" } else { "change" };
                Step {
                    verb,
                    path: path.clone(),
                    to: None,
                    lines: unified(&old, &String::from_utf8_lossy(bytes)),
                }
            }
            FileChange::Remove { path } => {
                Step { verb: "remove", path: path.clone(), to: None, lines: Vec::new() }
            }
            FileChange::Rename { from, to } => {
                Step { verb: "move", path: from.clone(), to: Some(to.clone()), lines: Vec::new() }
            }
        });
    }
    steps
}

/// Writes steps as text: a line a file, then the changed lines of files that exist.
pub fn text(steps: &[Step]) -> String {
    let mut out = String::new();
    for step in steps {
        let target = step.to.as_ref().map(|to| format!(" to {to}")).unwrap_or_default();
        out.push_str(&format!("{:<7}{}{target}\n", step.verb, step.path));
        for line in &step.lines {
            let (mark, text) = match line {
                Line::At(old, new) => ("@", format!("@ -{old} +{new} @@")),
                Line::Same(text) => (" ", text.clone()),
                Line::Old(text) => ("-", text.clone()),
                Line::New(text) => ("+", text.clone()),
            };
            out.push_str(&format!("  {mark}{}\n", text.trim_end_matches('\r')));
        }
    }
    out
}

/// Compares two texts line by line.
pub fn unified(old: &str, new: &str) -> Vec<Line> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let mut script = Vec::new();
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = (&old[start..], &new[start..]);
    let end = rest.0.iter().rev().zip(rest.1.iter().rev()).take_while(|(a, b)| a == b).count();
    script.extend(old[..start].iter().map(|line| Line::Same((*line).to_owned())));
    compare(&rest.0[..rest.0.len() - end], &rest.1[..rest.1.len() - end], &mut script);
    script.extend(old[old.len() - end..].iter().map(|line| Line::Same((*line).to_owned())));
    hunks(script)
}

/// Appends the shortest way from one list of lines to the other.
fn compare(old: &[&str], new: &[&str], script: &mut Vec<Line>) {
    if old.len() > LONGEST || new.len() > LONGEST {
        script.extend(old.iter().map(|line| Line::Old((*line).to_owned())));
        script.extend(new.iter().map(|line| Line::New((*line).to_owned())));
        return;
    }
    // The length of the longest common part of what is left, for every pair of places.
    let width = new.len() + 1;
    let mut common = vec![0u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i * width + j] = if old[i] == new[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            script.push(Line::Same(old[i].to_owned()));
            (i, j) = (i + 1, j + 1);
        } else if i < old.len()
            && (j == new.len() || common[(i + 1) * width + j] >= common[i * width + j + 1])
        {
            script.push(Line::Old(old[i].to_owned()));
            i += 1;
        } else {
            script.push(Line::New(new[j].to_owned()));
            j += 1;
        }
    }
}

/// Keeps what changes, with some lines around it.
fn hunks(script: Vec<Line>) -> Vec<Line> {
    let changed: Vec<usize> = script
        .iter()
        .enumerate()
        .filter(|(_, line)| !matches!(line, Line::Same(_)))
        .map(|(i, _)| i)
        .collect();
    let near = |i: usize| {
        let next = changed.partition_point(|c| *c < i.saturating_sub(CONTEXT));
        changed.get(next).is_some_and(|c| *c <= i + CONTEXT)
    };
    let (mut old, mut new, mut out, mut inside) = (1, 1, Vec::new(), false);
    for (i, line) in script.into_iter().enumerate() {
        let (is_old, is_new) = (!matches!(line, Line::New(_)), !matches!(line, Line::Old(_)));
        if near(i) {
            if !inside {
                out.push(Line::At(old, new));
            }
            out.push(line);
        }
        inside = near(i);
        old += usize::from(is_old);
        new += usize::from(is_new);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_lines_stand_with_their_neighbours() {
        let old = (1..=20).map(|n| format!("line {n}\n")).collect::<String>();
        let new = old
            .replace("line 4\n", "line four\n")
            .replace("line 15\n", "")
            .replace("line 17\n", "line 17\nmore\n");
        let shown: Vec<String> =
            text(&[Step { verb: "change", path: "a".into(), to: None, lines: unified(&old, &new) }])
                .lines()
                .map(|line| line.trim_start().to_owned())
                .collect();
        let expected = [
            "change a",
            "@@ -2 +2 @@",
            "line 2",
            "line 3",
            "-line 4",
            "+line four",
            "line 5",
            "line 6",
            "@@ -13 +13 @@",
            "line 13",
            "line 14",
            "-line 15",
            "line 16",
            "line 17",
            "+more",
            "line 18",
            "line 19",
        ];
        assert_eq!(shown, expected);
        assert_eq!(unified(&old, &old), []);
    }
}
