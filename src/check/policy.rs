//! What a finding counts as: levels of the register and of the command line, and exceptions.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::diag::{Level, Problem};
use crate::model::policy::{Exception, Strictness};
use crate::model::{Date, Ref, Register, Target};

use super::registry::{self, RULES};
use super::{Context, Findings, Rule};

/// What the command line says about the levels of rules; of several words on one rule the last holds.
pub type Levels = [(String, Strictness)];

/// The findings that count, and the exceptions that kept others back.
pub struct Checked {
    /// Problems of files and findings of rules, by file and place.
    pub problems: Vec<Problem>,
    /// The exceptions that were used, in the order of `pmo.toml`.
    pub used: Vec<Used>,
}

/// An exception that kept findings back.
#[derive(Clone, Debug, PartialEq)]
pub struct Used {
    /// Which of `[[exception]]`, counted from 0.
    pub index: usize,
    /// As granted.
    pub exception: Exception,
    /// How many findings it kept back.
    pub findings: usize,
}

/// The names that `[policy]`, `[[exception]]` and the command line may use.
pub fn names() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.name)
}

/// What findings of a rule count as: as the command line says, else `[policy]`, else the kind of office.
///
/// A mistake that keeps a file from being read is no rule, and always an error.
pub fn strictness(register: &Register, levels: &Levels, name: &str) -> Strictness {
    let Some(rule) = registry::rule(name) else { return Strictness::Deny };
    let said = levels.iter().rev().find(|(rule, _)| rule == name).map(|(_, level)| *level);
    said.or_else(|| register.config.policy.get(name).copied())
        .unwrap_or_else(|| rule.default(register.config.register.kind))
}

/// The level of a diagnostic, or nothing where it is not reported.
pub fn level(strictness: Strictness) -> Option<Level> {
    match strictness {
        Strictness::Allow => None,
        Strictness::Warn => Some(Level::Warning),
        Strictness::Deny => Some(Level::Error),
    }
}

/// Runs every rule that is not allowed, and applies the exceptions; `problems` are those of the files.
pub fn run(register: &Register, day: Date, levels: &Levels, problems: &[Problem]) -> Checked {
    let context = Context::new(register, day);
    let of = |name: &str| level(strictness(register, levels, name));
    let mut found: Vec<Problem> = problems
        .iter()
        .filter_map(|problem| of(problem.code).map(|level| Problem { level, ..problem.clone() }))
        .collect();
    let broken = |rule: &Rule| {
        let mut findings = Findings::of(rule.name, of(rule.name)?);
        (rule.check)(&context, &mut findings);
        Some(findings.into_problems())
    };
    let by_rule: Vec<Vec<Problem>> = RULES.par_iter().filter_map(broken).collect();
    found.extend(by_rule.into_iter().flatten());
    let mut uses: BTreeMap<usize, usize> = BTreeMap::new();
    let exceptions = &register.config.exception;
    found.retain(|problem| {
        let granted = exceptions.iter().position(|e| day <= e.until && excepts(e, problem));
        if let Some(index) = granted {
            *uses.entry(index).or_default() += 1;
        }
        granted.is_none()
    });
    let mut unused = Findings::of("unused-exception", of("unused-exception").unwrap_or(Level::Warning));
    if of("unused-exception").is_some() {
        for (index, exception) in exceptions.iter().enumerate() {
            // An exception for a rule that is switched off, or that does not exist, has another reason to match nothing.
            let is_on = registry::rule(&exception.rule).is_some() && of(&exception.rule).is_some();
            if day <= exception.until && is_on && !uses.contains_key(&index) {
                unused.push(
                    Problem::warning("", format!("nothing breaks `{}` at {}", exception.rule, exception.record))
                        .file("pmo.toml")
                        .key(format!("exception[{index}].record"))
                        .label("matches no finding")
                        .help("take the exception out, or correct its record: a project stands for everything in it"),
                );
            }
        }
    }
    found.append(&mut unused.into_problems());
    crate::diag::sort(&mut found);
    let used = uses.into_iter().filter_map(|(index, findings)| {
        exceptions.get(index).map(|exception| Used { index, exception: exception.clone(), findings })
    });
    Checked { problems: found, used: used.collect() }
}

/// Whether the exception is for this finding.
fn excepts(exception: &Exception, problem: &Problem) -> bool {
    exception.rule == problem.code
        && problem.record.as_ref().is_some_and(|record| covers(&exception.record, record))
}

/// Whether a record is the excepted one, or stands in the excepted project or programme.
fn covers(excepted: &Ref, record: &str) -> bool {
    let excepted_text = excepted.as_str().trim();
    if excepted_text == record {
        return true;
    }
    match excepted.target(None) {
        Some(Target::Named(name)) => {
            record.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with(['/', '#']))
        }
        _ => false,
    }
}
