//! The problems of one run, with their places, and what is needed to show them.

use std::collections::BTreeSet;

use super::place::{self, Found};
use super::{Level, Problem};
use crate::model::Date;

/// An exception of `pmo.toml` that kept a finding back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExceptionUsed {
    /// The rule that it silences.
    pub code: String,
    /// The record that it is for.
    pub record: String,
    /// Where it stands, as `pmo.toml:88`.
    pub place: String,
    /// Its last day.
    pub until: Option<Date>,
    /// Why it was granted.
    pub reason: String,
}

/// What there is to say about one rule, for formats that carry the manual with the findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RulePage<'a> {
    /// The rule's name.
    pub code: &'a str,
    /// One line.
    pub summary: &'a str,
    /// The page as Markdown.
    pub help: &'a str,
    /// The level that it has unless the register says otherwise; none where it is off.
    pub level: Option<Level>,
}

/// Hands out the text of a file, where there is one.
pub type Texts<'a> = dyn Fn(&str) -> Option<String> + Sync + 'a;

/// Everything that a renderer may show of one run.
///
/// Make one with [`Report::new`], which finds the places and sorts, then set the public fields.
pub struct Report<'a> {
    /// The findings in the order of their files and places.
    pub findings: Vec<Finding<'a>>,
    /// How many files were looked at.
    pub files: usize,
    /// The exceptions that kept findings back.
    pub exceptions: &'a [ExceptionUsed],
    /// The manual pages of the rules.
    pub rules: &'a [RulePage<'a>],
    /// What stands before each path: from where the reader stands to the register's root, empty or ending in `/`.
    pub prefix: &'a str,
    /// The day of the run.
    pub day: Option<Date>,
    /// Where the register was read from, as "work tree on 3f2c1a9".
    pub read_from: &'a str,
}

/// A problem with its place.
pub struct Finding<'a> {
    /// The problem.
    pub problem: &'a Problem,
    /// Where it stands, unless it concerns a whole file.
    pub place: Option<Found>,
    /// Where its fix would change the file.
    pub fix: Option<Found>,
}

/// How many there are of what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All findings.
    pub problems: usize,
    /// Findings at the level of an error.
    pub errors: usize,
    /// Findings at the level of a warning.
    pub warnings: usize,
    /// Files with at least one finding.
    pub files: usize,
}

impl<'a> Report<'a> {
    /// Finds the place of each problem in the texts that `source` hands out, and sorts them.
    ///
    /// A file without text (missing, or not UTF-8) gives problems without a place.
    pub fn new(problems: &'a [Problem], source: &Texts<'_>) -> Report<'a> {
        let mut findings = place::find_all(problems, source);
        findings.sort_by(|a, b| {
            let start = |finding: &Finding<'_>| finding.place.as_ref().map(|place| place.span.start);
            a.problem
                .file
                .cmp(&b.problem.file)
                .then_with(|| start(a).cmp(&start(b)))
                .then_with(|| a.problem.code.cmp(b.problem.code))
                .then_with(|| a.problem.record.cmp(&b.problem.record))
                .then_with(|| a.problem.message.cmp(&b.problem.message))
        });
        Report { findings, files: 0, exceptions: &[], rules: &[], prefix: "", day: None, read_from: "" }
    }

    /// Counts findings and the files that have them.
    pub fn tally(&self) -> Tally {
        let errors = self.findings.iter().filter(|f| f.problem.level == Level::Error).count();
        let files: BTreeSet<&str> = self.findings.iter().map(|f| f.problem.file.as_str()).collect();
        Tally {
            problems: self.findings.len(),
            errors,
            warnings: self.findings.len() - errors,
            files: files.len(),
        }
    }

    /// Gives the path of a finding's file as the reader sees it; what has no file is `pmo.toml`'s.
    pub fn path(&self, problem: &Problem) -> String {
        let file = if problem.file.is_empty() { "pmo.toml" } else { &problem.file };
        format!("{}{file}", self.prefix)
    }
}
