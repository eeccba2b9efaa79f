//! Holds what `pmo check` finds in `examples/` and the planted troubles in `examples/troubles.toml` equal, both ways.

// Tests look at files themselves.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::Path;

use pmo::check;
use pmo::model::{Date, Scope};
use pmo::store::{Memory, Source, WorkTree};

const DAY: &str = "2026-11-20";

/// A trouble as the list names it: the rule, and the record or, where there is none, the file.
type Trouble = (String, String);

fn examples() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")
}

fn found_in(source: &dyn Source, day: Date) -> BTreeSet<Trouble> {
    let loaded = pmo::load::load(source, &Scope::all()).unwrap();
    let checked = check::run(&loaded.register, day, &[], &loaded.problems);
    let name = |problem: &pmo::diag::Problem| {
        problem.record.as_ref().map_or_else(|| problem.file.clone(), ToString::to_string)
    };
    checked.problems.iter().map(|problem| (problem.code.to_owned(), name(problem))).collect()
}

fn found() -> BTreeSet<Trouble> {
    found_in(&WorkTree::new(examples(), None), DAY.parse().unwrap())
}

fn planted() -> BTreeSet<Trouble> {
    let text = std::fs::read_to_string(examples().join("troubles.toml")).unwrap();
    let list: toml::Table = text.parse().unwrap();
    let troubles = list["trouble"].as_array().unwrap();
    let word = |trouble: &toml::Value, key: &str| trouble[key].as_str().unwrap().to_owned();
    for trouble in troubles {
        assert!(!word(trouble, "why").is_empty(), "a trouble says why it is one");
    }
    let planted: BTreeSet<Trouble> =
        troubles.iter().map(|trouble| (word(trouble, "rule"), word(trouble, "record"))).collect();
    assert_eq!(planted.len(), troubles.len(), "a trouble is listed twice");
    planted
}

#[test]
fn check_finds_every_planted_trouble_and_no_other() {
    let (found, planted) = (found(), planted());
    let missed: Vec<_> = planted.difference(&found).collect();
    let surplus: Vec<_> = found.difference(&planted).collect();
    assert!(
        missed.is_empty() && surplus.is_empty(),
        "planted, not found: {missed:#?}\nfound, not planted: {surplus:#?}"
    );
}

#[test]
fn the_exception_is_used() {
    let day: Date = DAY.parse().unwrap();
    let loaded = pmo::load::load(&WorkTree::new(examples(), None), &Scope::all()).unwrap();
    let used = check::run(&loaded.register, day, &[], &loaded.problems).used;
    let used: Vec<_> = used.iter().map(|used| used.exception.record.to_string()).collect();
    assert_eq!(used, ["crm-migration/A-004"]);
}

/// The rules that the demo register shows at work.
const SHOWN: &[&str] = &[
    "action-overdue",
    "budget-exceeded-without-change",
    "chance-outside-band",
    "charter-incomplete",
    "closed-with-open-items",
    "decision-overdue",
    "dependency-cycle",
    "dependency-slipped",
    "escalation-unanswered",
    "exposure-over-contingency",
    "figure-goes-backwards",
    "finish-before-start",
    "forecast-before-today",
    "greener-than-computed",
    "manager-inactive",
    "milestone-dropped",
    "milestone-overdue",
    "no-sponsor",
    "over-allocated",
    "override-expired",
    "rag-without-note",
    "red-without-plan",
    "report-unchanged",
    "risk-review-overdue",
    "risk-without-owner",
    "risk-without-response",
    "status-in-future",
    "status-missing",
    "suspect-link",
    "target-worse-than-current",
    "tolerance-breached",
    "unknown-person",
];

#[test]
fn every_rule_that_suits_a_demo_is_shown_at_work() {
    let planted: BTreeSet<String> = planted().into_iter().map(|(rule, _)| rule).collect();
    let shown: BTreeSet<String> = SHOWN.iter().map(ToString::to_string).collect();
    assert_eq!(planted, shown);
}

#[test]
fn a_story_that_was_moved_has_the_same_troubles() {
    let day: Date = DAY.parse().unwrap();
    let rules = |troubles: BTreeSet<Trouble>| troubles.into_iter().map(|(rule, _)| rule).collect::<Vec<_>>();
    let here = rules(found());
    for weeks in [-30, 1, 9, 60] {
        let mut moved = Memory::new();
        for (path, text) in pmo::demo::story(weeks).files {
            moved.insert(path, text);
        }
        assert_eq!(rules(found_in(&moved, day.plus_days(7 * weeks))), here, "moved by {weeks} weeks");
    }
}
