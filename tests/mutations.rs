//! A register in which hundreds of values were replaced by impossible ones is still checked and reported on.
//!
//! The mutations are the same in every run. `PMO_ROUNDS=500 cargo test --test mutations` looks longer.

// Tests look at files themselves.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use std::path::Path;

use pmo::diag::{self, Look};
use pmo::model::{Date, Scope};
use pmo::report::{self, Asked};
use pmo::store::{Memory, Source};
use pmo::{check, load, render};

/// Values that are legal TOML and that no record expects.
const VALUES: [&str; 24] = [
    "79228162514264337593543950335",
    "-79228162514264337593543950335",
    "0.0000000000000000000000000001",
    "9223372036854775807",
    "-9223372036854775808",
    "1e28",
    "0",
    "-1",
    "100",
    "255",
    "9999-12-31",
    "0001-01-01",
    "1900-01-01",
    "\"\"",
    "\"…\"",
    "\"\\u0000\\u001b[2J\\u202e\"",
    "\"crm#\"",
    "\"@\"",
    "\"/\"",
    "[]",
    "{}",
    "[1, \"a\"]",
    "true",
    "\"red\"",
];

/// A small generator: equal seeds give equal registers everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }
}

#[test]
fn no_mutated_register_stops_a_check_or_a_report() {
    let rounds = std::env::var("PMO_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(6);
    let mut files = Vec::new();
    gather(Path::new("examples"), Path::new("examples"), &mut files);
    assert!(files.len() > 100, "{} files", files.len());
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for _ in 0..rounds {
        let mut mutated = files.clone();
        for _ in 0..400 {
            let file = dice.below(mutated.len());
            mutate(&mut mutated[file].1, &mut dice);
        }
        let mut memory = Memory::new();
        for (path, text) in mutated {
            memory.insert(path, text);
        }
        look_at(&memory);
    }
}

/// Replaces a value, mostly; or removes, doubles or moves a line, or cuts the file off.
fn mutate(text: &mut String, dice: &mut Dice) {
    let mut lines: Vec<String> = text.lines().map(String::from).collect();
    if lines.is_empty() {
        return;
    }
    let line = dice.below(lines.len());
    match dice.below(40) {
        0 => drop(lines.remove(line)),
        1 => lines.insert(line, lines[line].clone()),
        2 => {
            let other = dice.below(lines.len());
            lines.swap(line, other);
        }
        3 => lines.truncate(line),
        _ => {
            if let Some((key, _)) = lines[line].split_once(" = ") {
                lines[line] = format!("{key} = {}", VALUES[dice.below(VALUES.len())]);
            }
        }
    }
    *text = lines.join("\n");
}

/// Does what `pmo check`, `pmo report` and `pmo` do, in every format.
fn look_at(source: &Memory) {
    let Ok(loaded) = load::load(source, &Scope { advice: true, ..Scope::all() }) else { return };
    let register = &loaded.register;
    let day = Date::new(2026, 11, 20).unwrap();
    let found = check::run(register, day, &[], &loaded.problems);
    let text = |file: &str| String::from_utf8(source.read_if_present(file).ok()??).ok();
    let findings = diag::Report { files: loaded.files, ..diag::Report::new(&found.problems, &text) };
    harmless(&diag::human::render(&findings, Look::default()));
    harmless(&diag::concise::render(&findings));
    harmless(&diag::github::render(&findings));
    harmless(&diag::junit::render(&findings));
    for json in
        [diag::json::render(&findings), diag::sarif::render(&findings), diag::gitlab::render(&findings)]
    {
        serde_json::from_str::<serde_json::Value>(&json).unwrap();
    }

    let asked = Asked::new(day, "memory");
    let screen = render::Screen { width: 100, colour: false, unicode: true, exact: false };
    let portfolio = report::portfolio::portfolio(register, &asked, Default::default());
    harmless(&render::terminal(&portfolio.page(), &screen));
    harmless(&render::markdown(&portfolio.page(), true));
    render::csv(&portfolio.page()).unwrap();
    serde_json::from_str::<serde_json::Value>(&render::json(&portfolio).unwrap()).unwrap();
    render::yaml(&portfolio).unwrap();
    for project in register.projects.keys() {
        if let Some(page) = report::project::project(register, project, &asked) {
            harmless(&render::terminal(&page.page(), &screen));
            serde_json::from_str::<serde_json::Value>(&render::json(&page).unwrap()).unwrap();
        }
    }
    let glance = report::glance::glance(register, &asked, None, Some(found.problems.len()));
    harmless(&render::terminal(&glance.page(), &screen));
}

#[track_caller]
fn harmless(text: &str) {
    let bad = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
    assert!(!text.contains(bad), "{text:?}");
}

fn gather(folder: &Path, root: &Path, files: &mut Vec<(String, String)>) {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            gather(&path, root, files);
        } else if path.extension().is_some_and(|end| end == "toml") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            let is_old_report = name.contains("/status/") && !name.contains("W4");
            if !is_old_report && name != "troubles.toml" {
                files.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
}
