//! The properties that `cargo fuzz` looks for exceptions to, held over the seeds, over all that was ever found,
//! and over mutations of both that are new in kind but the same in every run.
//!
//! `PMO_FULL=1 cargo test --test properties` looks a hundred times as long.

// Tests look at files themselves.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic)]

#[path = "../fuzz/properties/mod.rs"]
mod properties;

use std::path::Path;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// What is put into an input, besides bytes of any sort.
const WORDS: &[&str] = &[
    "\n%%\n",
    "\"",
    "'''",
    "\"\"\"",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    ".",
    "#",
    ",",
    "\r\n",
    "\t",
    "\u{feff}",
    "\u{202e}",
    "\u{1b}[2J",
    "0",
    "-1",
    "1e400",
    "9999-12-31",
    "0000-01-01",
    "2026-W53",
    "79228162514264337593543950335",
    "true",
    "nan",
    "…",
    "TODO:",
    "crm/R-001",
    "#go-live",
    "@jana-novak",
    "REQ-0001",
    "{{ title }}",
    "{% for i in range(100000) %}",
    "{% endfor %}",
    "{% include 'risk.toml' %}",
];

/// The inputs of a property that are kept: seeds, and what the fuzzer found.
fn kept(name: &str) -> Vec<Vec<u8>> {
    let mut inputs = Vec::new();
    let folders = ["fuzz/seeds", "fuzz/findings"].map(|folder| Path::new(folder).join(name));
    let built_in = ["templates", "templates/ci"].map(|folder| Path::new(folder).to_path_buf());
    let built_in = built_in.into_iter().filter(|_| name == "template");
    for folder in folders.into_iter().chain(built_in) {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        let paths = entries.map(|entry| entry.unwrap().path());
        let mut paths: Vec<_> = paths.filter(|path| path.is_file()).collect();
        paths.sort();
        inputs.extend(paths.iter().map(|path| std::fs::read(path).unwrap()));
    }
    inputs
}

#[test]
fn every_property_holds_for_every_input_that_is_kept() {
    for (name, holds) in properties::ALL {
        let inputs = kept(name);
        assert!(
            inputs.len() > 2,
            "{name} has {} inputs: `fuzz/README.md` says how to keep them",
            inputs.len()
        );
        inputs.iter().for_each(|input| holds(input));
    }
}

/// One change of an input: at a place, some bytes go and others come.
fn mutation() -> impl Strategy<Value = (Index, usize, Vec<u8>)> {
    let new = prop_oneof![
        3 => proptest::sample::select(WORDS).prop_map(|word| word.as_bytes().to_vec()),
        1 => vec(any::<u8>(), 0..4),
        1 => Just(Vec::new()),
    ];
    (any::<Index>(), 0_usize..12, new)
}

fn look(name: &str, cases: u32) {
    let holds = properties::ALL.iter().find(|(one, _)| *one == name).unwrap().1;
    let inputs = kept(name);
    let cases = if std::env::var_os("PMO_FULL").is_some() { cases * 100 } else { cases };
    let seed: Vec<u8> = (0..32).collect();
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    runner
        .run(&(any::<Index>(), vec(mutation(), 1..6)), |(which, mutations)| {
            let mut input = which.get(&inputs).clone();
            for (at, goes, comes) in mutations {
                let from = at.index(input.len() + 1);
                let to = (from + goes).min(input.len());
                input.splice(from..to, comes);
            }
            holds(&input);
            Ok(())
        })
        .unwrap();
}

#[test]
fn mutated_files_are_read_or_refused() {
    look("load", 400);
}

#[test]
fn mutated_edits_change_one_value_or_nothing() {
    look("edit", 4_000);
}

#[test]
fn mutated_words_are_read_as_they_are_written() {
    look("words", 20_000);
}

#[test]
fn mutated_templates_end() {
    look("template", 400);
}

#[test]
fn mutated_states_are_told_without_harm() {
    look("diff", 400);
}
