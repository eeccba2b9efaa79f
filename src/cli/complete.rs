//! Candidates for the shell: the references, projects and people of the register that one stands in.
//!
//! Only names of files are read, so that a key press stays quick; whatever goes wrong gives no candidates.

#![allow(dead_code, reason = "commands that take references are being added")]

use std::path::Path;

use clap_complete::CompletionCandidate;

use crate::load;
use crate::model::{Period, Register, Scope};
use crate::store;

fn names() -> Option<Register> {
    let location = store::find_register(Path::new(".")).ok()?;
    Some(load::load(&location.work_tree(), &Scope::names()).ok()?.register)
}

fn candidates(pick: impl FnOnce(&Register) -> Vec<String>) -> Vec<CompletionCandidate> {
    names()
        .map(|register| pick(&register))
        .unwrap_or_default()
        .into_iter()
        .map(CompletionCandidate::new)
        .collect()
}

/// Every record, by its reference.
pub fn references() -> Vec<CompletionCandidate> {
    candidates(|register| register.all().map(|(id, _)| id.to_string()).collect())
}

/// Every project, by its id.
pub fn projects() -> Vec<CompletionCandidate> {
    candidates(|register| register.projects.keys().cloned().collect())
}

/// Every project and programme, by its id.
pub fn reporters() -> Vec<CompletionCandidate> {
    candidates(|register| register.projects.keys().chain(register.programmes.keys()).cloned().collect())
}

/// Every programme, by its id.
pub fn programmes() -> Vec<CompletionCandidate> {
    candidates(|register| register.programmes.keys().cloned().collect())
}

/// Every audience, by its name.
pub fn audiences() -> Vec<CompletionCandidate> {
    candidates(|register| register.config.audience.iter().map(|audience| audience.name.clone()).collect())
}

/// Every person, by the id.
pub fn people() -> Vec<CompletionCandidate> {
    candidates(|register| {
        let people = register.all().filter(|(id, _)| id.kind == "person");
        people.map(|(id, _)| id.stem()).collect()
    })
}

/// Every period that has a report or a record, the newest first.
pub fn periods() -> Vec<CompletionCandidate> {
    candidates(|register| {
        let all = register.all().filter(|(id, _)| ["status", "period"].contains(&id.kind));
        let periods: std::collections::BTreeSet<Period> =
            all.filter_map(|(id, _)| id.name.period()).collect();
        periods.iter().rev().map(ToString::to_string).collect()
    })
}
