//! `pmo check`: every mistake in every file, and every rule that a record breaks.

use std::collections::BTreeSet;

use clap::{Args, ValueEnum};

use crate::check::{self, policy};
use crate::diag::{self, ExceptionUsed, Level, Look, Report, RulePage};
use crate::history;
use crate::load::{self, CONFIG};
use crate::model::Scope;
use crate::model::policy::Strictness;
use crate::store::{self, Location, Revision, Source};
use crate::syntax;
use crate::text::{nearest, terminal};

use super::check_paths::{LeftBehind, Selection};
use super::progress::Progress;
use super::watched::Watched;
use super::{CliError, Context, Done, Outcome, environment};

const EXAMPLES: &str = "\
Examples:
  pmo check                              the whole register
  pmo check crm                          one project and everything in it
  pmo check projects/crm/status          the files in a folder
  pmo check --changed-since origin/main  only what this branch touched
  pmo check --staged                     only what the next commit would change (pmo hook install)
  pmo check -A report-unchanged -D rag-without-note
  pmo check -O sarif -o pmo.sarif        for a code host

`pmo explain RULE` prints what a rule checks, why, and how to fix it. Exit code: 0 fine, 1 findings at
or above --fail-level, 2 the register cannot be read.";

/// Find every mistake and broken promise
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Check {
    /// Files, folders or records to look at; the whole register unless given
    #[arg(value_name = "PATH|REF")]
    paths: Vec<String>,
    /// How to print findings
    #[arg(short = 'O', long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Do not report this rule
    #[arg(short = 'A', long, value_name = "RULE")]
    allow: Vec<String>,
    /// Report this rule as a warning
    #[arg(short = 'W', long, value_name = "RULE")]
    warn: Vec<String>,
    /// Report this rule as an error
    #[arg(short = 'D', long, value_name = "RULE")]
    deny: Vec<String>,
    /// Only files that differ from where this branch left REV, uncommitted ones too
    #[arg(long, value_name = "REV")]
    changed_since: Option<String>,
    /// Only files that are staged, and what is staged of them
    #[arg(long, conflicts_with = "changed_since")]
    staged: bool,
    /// The least level that makes the exit code 1
    #[arg(long, value_name = "LEVEL", default_value = "error")]
    fail_level: FailLevel,
}

/// The rule for which git is asked how each charter came to say what it says.
const MOVED: &str = "baseline-moved-without-change";

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// With the line, the remedy and where to read more
    Human,
    /// One line a finding
    Concise,
    /// For programs
    Json,
    /// SARIF 2.1.0, for code hosts
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// GitLab's code quality report
    Gitlab,
    /// JUnit XML, for almost every CI server
    Junit,
}

/// From which level on findings fail a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailLevel {
    /// Warnings and errors
    Warning,
    /// Errors only
    Error,
    /// Nothing: findings are only shown
    Never,
}

impl Check {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let levels = self.levels()?;
        if context.is_past() && (self.staged || self.changed_since.is_some()) {
            let option = if self.staged { "--staged" } else { "--changed-since" };
            return Err(CliError::new(format!(
                "{option} looks at the files as they are, and --at at a commit"
            ))
            .hint("use one of them"));
        }
        let location = context.history()?;
        let changed = match &self.changed_since {
            Some(rev) => Some(store::changed_since(location, rev)?),
            None if self.staged => Some(environment::index_of_hook().changed(location)?),
            None => None,
        };
        if self.staged && changed.as_ref().is_some_and(BTreeSet::is_empty) {
            context.say("nothing of this register is staged");
            return Ok(Done::Fine);
        }
        let source: Box<dyn Source> = match self.staged {
            true => Box::new(environment::index_of_hook().open(location)?),
            false => Box::new(context.source()?),
        };
        let progress = Progress::new(context);
        let scope = Scope { advice: true, ..Scope::all() };
        let mut loaded = load::load(&Watched::new(source.as_ref(), &progress), &scope)?;
        progress.say("everything is read; now the rules");
        if !self.staged {
            context.ask_git(&mut loaded.register, &levels)?;
        }
        let mut selection = Selection::of(context, &context.source()?, &loaded.register, &self.paths)?;
        if location.repo.is_some() {
            // What is closed at the revision stays closed, whatever this branch says.
            let since = self.changed_since.as_deref();
            let late =
                history::late_changes(location, source.as_ref(), &loaded.register, since, changed.as_ref());
            loaded.register.late_changes = late.unwrap_or_default();
            if policy::strictness(&loaded.register, &levels, MOVED) != Strictness::Allow {
                let moved = history::baseline_moves(location, &loaded.register);
                loaded.register.baseline_moves = moved.unwrap_or_default();
            }
        }
        let mut left_behind = LeftBehind::default();
        if let Some(changed) = changed {
            if self.paths.is_empty() {
                let before = self.before(location);
                left_behind = LeftBehind::by(
                    &changed,
                    &loaded.register,
                    source.as_ref(),
                    before.as_ref().map(|it| it as _),
                );
            }
            selection.limit(changed);
        }
        let checked = check::run(&loaded.register, context.today, &levels, &loaded.problems);
        let mut problems = checked.problems;
        problems.retain(|problem| selection.has(&problem.file) || left_behind.has(problem));
        let text = |file: &str| {
            let bytes = source.read_if_present(file).ok().flatten()?;
            String::from_utf8(bytes).ok()
        };
        let prefix = self.prefix(context)?;
        let exceptions = granted(&checked.used, text(CONFIG).as_deref());
        let rules: Vec<RulePage<'_>> = check::RULES
            .iter()
            .map(|rule| RulePage {
                code: rule.name,
                summary: rule.summary(),
                help: rule.page,
                level: policy::level(policy::strictness(&loaded.register, &[], rule.name)),
            })
            .collect();
        let report = Report {
            files: selection.count(&loaded),
            exceptions: &exceptions,
            rules: &rules,
            prefix: &prefix,
            day: Some(context.today),
            read_from: &loaded.source,
            ..Report::new(&problems, &text)
        };
        progress.clear();
        self.print(context, &report)?;
        let failing = problems.iter().any(|problem| match self.fail_level {
            FailLevel::Warning => true,
            FailLevel::Error => problem.level == Level::Error,
            FailLevel::Never => false,
        });
        // The process ends with the command: to give back every record by itself would only take time.
        std::mem::forget(loaded);
        Ok(if failing { Done::Findings } else { Done::Fine })
    }

    /// The register as it was before what is looked at; nothing before the first commit.
    fn before(&self, location: &Location) -> Option<Revision> {
        let commit = match &self.changed_since {
            Some(rev) => store::branched_from(location, rev).ok()?,
            None => "HEAD".to_owned(),
        };
        Revision::open(location, &commit).ok()
    }

    /// What stands before a path: code hosts count from the root of the repository, people from the register's.
    fn prefix(&self, context: &Context) -> Result<String, CliError> {
        let for_host = matches!(self.format, Format::Sarif | Format::Github | Format::Gitlab | Format::Junit);
        let repo = context.location()?.repo.as_ref().filter(|repo| for_host && !repo.prefix.is_empty());
        Ok(repo.map_or_else(String::new, |repo| format!("{}/", repo.prefix)))
    }

    fn print(&self, context: &Context, report: &Report<'_>) -> Result<(), CliError> {
        let screen = &context.screen;
        let look = Look { colour: screen.colour, unicode: screen.unicode, width: screen.width };
        context.put(&match self.format {
            Format::Human | Format::Concise if context.quiet && report.findings.is_empty() => return Ok(()),
            Format::Human => diag::human::render(report, look),
            Format::Concise => diag::concise::render(report),
            Format::Json => diag::json::render(report),
            Format::Sarif => diag::sarif::render(report),
            Format::Github => diag::github::render(report),
            Format::Gitlab => diag::gitlab::render(report),
            Format::Junit => diag::junit::render(report),
        })
    }
}

impl Check {
    /// What the command line says about the levels of rules; a stricter word goes before a milder one.
    fn levels(&self) -> Result<Vec<(String, Strictness)>, CliError> {
        let mut levels = Vec::new();
        let flags = [
            (&self.allow, Strictness::Allow),
            (&self.warn, Strictness::Warn),
            (&self.deny, Strictness::Deny),
        ];
        for (rules, level) in flags {
            for rule in rules {
                known(rule)?;
                levels.push((rule.clone(), level));
            }
        }
        Ok(levels)
    }
}

fn known(rule: &str) -> Result<(), CliError> {
    if policy::names().any(|name| name == rule) {
        return Ok(());
    }
    let error = CliError::new(format!("there is no rule `{}`", terminal(rule)));
    Err(match nearest(rule, policy::names()) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint(
            "`pmo explain` lists the rules; a mistake that keeps a file from being read is always an error",
        ),
    })
}

/// The exceptions that were used, with the line of `pmo.toml` where each stands.
fn granted(used: &[check::Used], config: Option<&str>) -> Vec<ExceptionUsed> {
    let line = |index: usize| {
        let text = config?;
        let span = syntax::locate(text, &format!("exception[{index}].rule"))?;
        Some(syntax::line_column(text, span.start).0)
    };
    used.iter()
        .map(|used| ExceptionUsed {
            code: used.exception.rule.clone(),
            record: used.exception.record.to_string(),
            place: line(used.index).map_or_else(|| CONFIG.to_owned(), |line| format!("{CONFIG}:{line}")),
            until: Some(used.exception.until),
            reason: used.exception.reason.clone(),
        })
        .collect()
}
