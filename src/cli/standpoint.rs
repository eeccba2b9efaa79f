//! `--at`: which commands read the register as it stood, and the commit, day and files that they get.

use std::sync::Arc;

use crate::history::{self, Point, PointError, WORDS};
use crate::model::Date;
use crate::store::{Location, Revision};
use crate::text::{escape, near};

use super::CliError;

/// Commands that read the register, so that `--at` means something; `*` is any word. The second says whether
/// what they print names the commit itself.
const READ: &[(&str, bool)] = &[
    ("", true),
    ("check", true),
    ("explain", false),
    ("show", false),
    ("find", false),
    ("report *", true),
    ("trend", true),
    ("forecast", true),
    ("export json", true),
    ("export yaml", true),
    ("export *", false),
    ("status list", true),
    ("status due", true),
    ("status series", true),
    ("status calendar", true),
    ("status chase", false),
    ("period list", true),
    ("action", true),
    ("risk matrix", true),
    ("risk simulate", true),
    ("dependency graph", true),
    ("dependency impact", true),
    ("dependency critical", true),
    ("review-links", true),
    ("risk calibration", true),
    ("log", true),
    ("blame", true),
    ("template list", false),
    ("template show", false),
    ("* list", true),
];

/// Commands that say themselves why they do not take `--at`.
#[cfg(test)]
const OTHERS: &[&str] = &[
    "init",
    "import",
    "edit",
    "* add",
    "set",
    "close",
    "reopen",
    "rm",
    "mv",
    "renumber",
    "resolve",
    "merge-driver",
    "undo",
    "project *",
    "decision decide",
    "benefit measure",
    "period close",
    "period open",
    "risk review",
    "risk accept",
    "risk escalate",
    "risk answer",
    "risk occur",
    "status new",
    "status open",
    "status submit",
    "status receive",
    "schema",
    "template new",
    "ci",
    "hook *",
    "completions",
    "demo",
    "diff",
    "man",
    "verify",
];

fn fits(pattern: &str, command: &[&str]) -> bool {
    let pattern: Vec<&str> = pattern.split_whitespace().collect();
    pattern.len() == command.len()
        && pattern.iter().zip(command).all(|(asked, word)| *asked == "*" || asked == word)
}

/// Refuses `--at` with a command that does not read the register as it stood; says whether what the command
/// prints names the commit.
pub(super) fn allow(command: &[&str]) -> Result<bool, CliError> {
    if let Some((_, names_it)) = READ.iter().find(|(pattern, _)| fits(pattern, command)) {
        return Ok(*names_it);
    }
    let command = command.join(" ");
    Err(CliError::new(format!(
        "`pmo {command}` does not go with --at, which only reads the register as it stood"
    ))
    .hint("leave --at out: files are written, checked out and made only as they are now")
    .hint("`pmo report`, `check`, `show`, `log`, `find` and every `list` take it"))
}

/// A point of history that commands read from.
pub(super) struct Standpoint {
    pub point: Point,
    pub revision: Arc<Revision>,
    /// The register's place, with history as it was then.
    pub location: Location,
}

impl Standpoint {
    /// Finds and opens what `--at` names, with days counted from `today`.
    pub fn find(location: &Location, text: &str, today: Date) -> Result<Self, CliError> {
        Self::open(location, history::point(location, text, today).map_err(explained)?, None)
    }

    /// Opens a point, in words of its own unless it has been given others.
    pub fn open(location: &Location, point: Point, words: Option<&str>) -> Result<Self, CliError> {
        let revision = point.open(location).map_err(explained)?;
        let revision = Arc::new(match words {
            Some(words) => revision.described(words),
            None => revision,
        });
        let location = location.seen_from(&point.commit.id);
        Ok(Self { point, revision, location })
    }
}

/// What to do about a point that could not be found.
pub(super) fn explained(error: PointError) -> CliError {
    const FORMS: &str = "a date is 2026-10-31, yesterday or 3-weeks-ago, a period is 2026-W46 or last-month; \
                         `git log --oneline` and `git tag` list the rest";
    let hints = match &error {
        PointError::Unknown { text, known } => {
            let all = WORDS.iter().copied().chain(known.iter().map(String::as_str));
            let near = near::nearest(text, all).map(|near| format!("did you mean `{near}`?"));
            near.into_iter().chain([FORMS.to_owned()]).collect()
        }
        PointError::Ahead { .. } => {
            vec!["`--today DATE` shows the register as it is now on a day to come".to_owned()]
        }
        PointError::Before { shallow: true, .. } => {
            vec!["it is a shallow clone: `git fetch --unshallow` gets what came before".to_owned()]
        }
        PointError::Before { .. } => vec![
            "dates are those of committing, which a rebase or an import sets anew; a commit can be named by its id"
                .to_owned(),
        ],
        PointError::NoRegister { began: Some((commit, day)), .. } => {
            vec![format!("it came with commit {} of {day}", crate::store::short_id(commit))]
        }
        PointError::NoRegister { .. } | PointError::Store(_) => Vec::new(),
    };
    let text = match &error {
        PointError::Unknown { text, .. } => {
            format!("`{}` is no commit, tag, branch, date or period", escape::terminal(text))
        }
        other => other.to_string(),
    };
    hints.into_iter().fold(CliError::new(text), CliError::hint)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::Cli;

    fn leaves(command: &clap::Command, path: &[String], found: &mut Vec<Vec<String>>) {
        let below: Vec<&clap::Command> = command.get_subcommands().collect();
        if below.is_empty() {
            found.push(path.to_vec());
        }
        for sub in below {
            let path: Vec<String> = path.iter().cloned().chain([sub.get_name().to_owned()]).collect();
            leaves(sub, &path, found);
        }
    }

    #[test]
    fn every_command_says_whether_it_takes_at() {
        let mut cli = Cli::command();
        cli.build();
        let mut found = Vec::new();
        leaves(&cli, &[], &mut found);
        assert!(found.len() > 40, "{found:?}");
        for path in found {
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            let reads = READ.iter().any(|(pattern, _)| fits(pattern, &path));
            let others = OTHERS.iter().any(|pattern| fits(pattern, &path));
            assert!(reads || others, "put `{}` into READ or OTHERS", path.join(" "));
            assert_eq!(allow(&path).is_ok(), reads);
        }
    }
}
