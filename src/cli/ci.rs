//! `pmo ci`: the files that let a code host check every change and make the weekly report.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::model::config::{Reporting, Weekday};
use crate::store::{self, FileChange, Lock};
use crate::template::Templates;
use crate::text;

use super::{CliError, Context, Done, Outcome};

/// Write the files that let a code host check every change and make the weekly report
///
/// Every pull or merge request is checked as it would be once merged; drafts are opened and the report is made once a
/// week. Files that exist are left as they are; docs/ci.md says what each does.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo ci github              .github/workflows/pmo-check.yml and pmo-weekly.yml
  pmo ci gitlab              .gitlab/pmo.yml, and .gitlab-ci.yml if there is none
  pmo ci github --dry-run    print them")]
pub struct Ci {
    /// The code host
    host: Host,
    /// Only print what would be written
    #[arg(long)]
    dry_run: bool,
}

/// A code host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Host {
    /// GitHub Actions
    #[value(name = "github")]
    GitHub,
    /// GitLab CI
    #[value(name = "gitlab")]
    GitLab,
}

/// The files for a code host, by their path in the repository.
pub(super) struct Files {
    host: Host,
    root: PathBuf,
    /// Those that are missing.
    pub(super) new: Vec<(String, String)>,
    /// Those that are there and stay as they are.
    pub(super) old: Vec<String>,
}

/// What the templates are filled with.
#[derive(Serialize)]
struct Filling<'a> {
    /// The register's folder in the repository; empty for its root.
    folder: &'a str,
    /// What stands behind the names of files and jobs, so that registers of one repository do not meet.
    mark: &'a str,
    file: String,
    version: &'static str,
    rust: &'static str,
    due: String,
    cron: Cron,
}

/// When things happen, as cron says it, in UTC.
#[derive(Serialize)]
struct Cron {
    drafts: String,
    report: String,
}

impl Ci {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        context.hold_unless(self.dry_run)?;
        let location = context.location()?;
        let (config, _) = crate::load::read_config(&location.work_tree())?;
        let (root, folder) = match &location.repo {
            Some(repo) => (repo.workdir.clone(), repo.prefix.clone()),
            None => (location.root.clone(), String::new()),
        };
        let files = Files::of(self.host, root, &folder, &context.templates()?, &config.reporting)?;
        if self.dry_run {
            context.put(&files.shown())?;
            context.say("nothing was written (--dry-run)");
            return Ok(Done::Fine);
        }
        // The register's own way keeps texts that are under way out of the sight of git.
        let lock = context.hold()?;
        files.write((files.root == location.root).then_some(lock))?;
        files.report(context);
        if location.repo.is_none() {
            context.say("this folder is in no git repository yet: a code host reads them once it is");
        }
        Ok(Done::Fine)
    }
}

impl Files {
    /// Makes the files of a register that lies in `folder` of the repository at `root`.
    pub(super) fn of(
        host: Host,
        root: PathBuf,
        folder: &str,
        templates: &Templates,
        reporting: &Reporting,
    ) -> Result<Files, CliError> {
        let plain = |c: char| c.is_alphanumeric() || " ._-/+@".contains(c);
        if !folder.chars().all(plain) {
            return Err(CliError::new(format!(
                "the register's folder `{}` cannot be written safely into a workflow",
                text::terminal(folder)
            ))
            .hint("give it a name of letters, digits, blanks, dots and hyphens"));
        }
        let slug: String = folder.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let mark = if folder.is_empty() { String::new() } else { format!("-{}", slug.to_ascii_lowercase()) };
        let included = format!(".gitlab/pmo{mark}.yml");
        let filling = Filling {
            folder,
            mark: &mark,
            file: included.clone(),
            version: env!("CARGO_PKG_VERSION"),
            rust: env!("CARGO_PKG_RUST_VERSION"),
            due: due(reporting),
            cron: Cron { drafts: "17 4 * * 1".to_owned(), report: after_deadline(reporting) },
        };
        let made = match host {
            Host::GitHub => vec![
                (format!(".github/workflows/pmo-check{mark}.yml"), "ci/github-check.yml"),
                (format!(".github/workflows/pmo-weekly{mark}.yml"), "ci/github-weekly.yml"),
            ],
            Host::GitLab => {
                vec![(included, "ci/gitlab.yml"), (".gitlab-ci.yml".to_owned(), "ci/gitlab-root.yml")]
            }
        };
        let mut files = Files { host, root, new: Vec::new(), old: Vec::new() };
        for (path, template) in made {
            if files.root.join(&path).symlink_metadata().is_ok() {
                files.old.push(path);
            } else {
                files.new.push((path, templates.render(template, &filling)?));
            }
        }
        Ok(files)
    }

    /// Writes those that are missing: under the register's lock where they stand in the register.
    pub(super) fn write(&self, lock: Option<&Lock>) -> Result<(), CliError> {
        let create = |(path, text): &(String, String)| FileChange::Create {
            path: path.clone(),
            bytes: text.clone().into_bytes(),
        };
        let changes: Vec<FileChange> = self.new.iter().map(create).collect();
        match lock {
            Some(lock) => lock.apply(&changes, &BTreeMap::new())?,
            None => store::apply(&self.root, &changes)?,
        }
        Ok(())
    }

    /// The files as text, each under its path.
    fn shown(&self) -> String {
        let mut text: Vec<String> =
            self.new.iter().map(|(path, body)| format!("# ---- {path}\n{body}")).collect();
        text.extend(self.old.iter().map(|path| format!("# ---- {path} is there and stays as it is\n")));
        text.join("\n")
    }

    /// Says what was written, what was not, and what the code host still has to be told.
    pub(super) fn report(&self, context: &Context) {
        let paths: Vec<&str> = self.new.iter().map(|(path, _)| path.as_str()).collect();
        for path in &self.old {
            context.say(&format!("{path} was there and is left as it is"));
        }
        if paths.is_empty() {
            context.say("nothing is missing");
            return;
        }
        context.say(&format!("wrote {}", text::list(&paths, "and")));
        if let Some((included, _)) = self.new.iter().find(|(path, _)| path.starts_with(".gitlab/"))
            && !self.old.is_empty()
        {
            context.say(&format!("add to .gitlab-ci.yml:\n  include:\n    - local: {included}"));
        }
        let told = match self.host {
            Host::GitHub => "then, on GitHub, make the check required for the main branch: Settings > Rules",
            Host::GitLab => {
                "then, on GitLab, make the two schedules that the file names: Build > Pipeline schedules"
            }
        };
        context.say(&format!("next: git add {} && git commit", paths.join(" ")));
        context.say(told);
    }
}

/// Says when reports are due: "reports are due on Friday".
fn due(reporting: &Reporting) -> String {
    let grace = match reporting.grace_days {
        0 => String::new(),
        days => format!(", with {} of grace", text::count(days as usize, "day")),
    };
    format!("reports are due on {}{grace}", day_name(reporting.due))
}

/// The morning after the deadline and its days of grace, late enough for the deadline's evening everywhere.
fn after_deadline(reporting: &Reporting) -> String {
    let due = reporting.due.get().num_days_from_sunday();
    format!("23 10 * * {}", (due + reporting.grace_days % 7 + 1) % 7)
}

/// The day's name, as a sentence has it.
fn day_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}
