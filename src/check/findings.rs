//! What rules have found.

use crate::diag::{Level, Problem};
use crate::model::RecordId;

/// Gathers findings, and gives them the name and level of the rule that is at work.
pub struct Findings {
    rule: &'static str,
    level: Level,
    problems: Vec<Problem>,
}

impl Findings {
    /// An empty list for a rule at a level.
    pub fn of(rule: &'static str, level: Level) -> Self {
        Self { rule, level, problems: Vec::new() }
    }

    /// Adds a finding.
    pub fn push(&mut self, mut problem: Problem) {
        problem.code = self.rule;
        problem.level = self.level;
        self.problems.push(problem);
    }

    /// The findings, in the order in which they were found.
    pub fn into_problems(self) -> Vec<Problem> {
        self.problems
    }
}

/// A finding at a key of a record's file; an empty key stands for the whole file.
pub fn finding(id: &RecordId, key: &str, message: impl Into<String>) -> Problem {
    let problem = Problem::warning("", message).record(id).file(id.path());
    if key.is_empty() { problem } else { problem.key(key) }
}
