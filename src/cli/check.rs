//! `pmo check`: every mistake in every file, and every rule that a record breaks.

use clap::{Args, ValueEnum};

use crate::check::{self, policy};
use crate::diag::{self, ExceptionUsed, Level, Look, Report, RulePage};
use crate::load::CONFIG;
use crate::model::Scope;
use crate::model::policy::Strictness;
use crate::store::{self, Source};
use crate::syntax;
use crate::text::{nearest, terminal};

use super::check_paths::Selection;
use super::{CliError, Context, Done, Outcome};

const EXAMPLES: &str = "\
Examples:
  pmo check                              the whole register
  pmo check crm                          one project and everything in it
  pmo check projects/crm/status          the files in a folder
  pmo check --changed-since origin/main  only what this branch touched
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
    /// The least level that makes the exit code 1
    #[arg(long, value_name = "LEVEL", default_value = "error")]
    fail_level: FailLevel,
}

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
        let source = context.source()?;
        let loaded = context.load(&Scope { advice: true, ..Scope::all() })?;
        let levels = self.levels()?;
        let mut selection = Selection::of(context, &source, &loaded.register, &self.paths)?;
        if let Some(rev) = &self.changed_since {
            selection.limit(store::changed_since(context.location()?, rev)?);
        }
        let checked = check::run(&loaded.register, context.today, &levels, &loaded.problems);
        let mut problems = checked.problems;
        problems.retain(|problem| selection.has(&problem.file));
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
        self.print(context, &report)?;
        let failing = problems.iter().any(|problem| match self.fail_level {
            FailLevel::Warning => true,
            FailLevel::Error => problem.level == Level::Error,
            FailLevel::Never => false,
        });
        Ok(if failing { Done::Findings } else { Done::Fine })
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
