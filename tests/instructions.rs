//! How many instructions the commands that must stay quick take, against what they took when it was last measured.
//!
//! Needs valgrind, and a compiler for which `tests/instructions.txt` has figures; else it says aloud that it was
//! skipped. `PMO_BLESS=1 cargo test --test instructions` writes the figures of this compiler.

// Tests look at files themselves.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::print_stderr)]

#[path = "../benches/register/mod.rs"]
mod register;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

const FIGURES: &str = "tests/instructions.txt";
const PROJECTS: usize = 30;
/// A command that takes a tenth more than it did fails.
const TOLERANCE: u64 = 10;

const LINES: &[(&str, &[&str])] = &[
    ("start", &["schema", "risk"]),
    ("report portfolio", &["report", "portfolio", "-O", "json"]),
    ("check", &["check", "-O", "concise"]),
    ("set", &["set", "p-00007/2026-W47", "confidence=55"]),
];

/// The instructions that a command executes, on one thread.
fn instructions(folder: &Path, line: &[&str]) -> u64 {
    let out = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env!("CARGO_BIN_EXE_pmo"))
        .args(["--today", register::DAY])
        .args(line)
        .current_dir(folder)
        .env("RAYON_NUM_THREADS", "1")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("HOME", folder)
        .stdout(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    let collected = said.lines().find_map(|line| line.split_once("Collected :"));
    collected.unwrap_or_else(|| panic!("{said}")).1.trim().parse().unwrap()
}

fn compiler() -> String {
    let out = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .arg("--version")
        .output()
        .unwrap();
    String::from_utf8(out.stdout).unwrap().trim().to_owned()
}

#[test]
fn no_command_takes_a_tenth_more_instructions_than_it_did() {
    if Command::new("valgrind").arg("--version").stdout(Stdio::null()).status().is_err() {
        eprintln!("SKIPPED: valgrind is not here");
        return;
    }
    let compiler = compiler();
    let text = std::fs::read_to_string(FIGURES).unwrap_or_default();
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let is_known = lines.next() == Some(compiler.as_str());
    let bless = std::env::var_os("PMO_BLESS").is_some();
    if !is_known && !bless {
        eprintln!("SKIPPED: {FIGURES} has the figures of another compiler than {compiler}");
        return;
    }
    let figures: BTreeMap<&str, u64> = lines
        .filter_map(|line| line.rsplit_once(' '))
        .map(|(name, figure)| (name.trim(), figure.parse().unwrap()))
        .collect();
    let folder = tempfile::tempdir().unwrap();
    register::generate(folder.path(), PROJECTS).unwrap();
    let took: Vec<(&str, u64)> =
        LINES.iter().map(|(name, line)| (*name, instructions(folder.path(), line))).collect();
    let is_near = |(name, took): &(&str, u64)| {
        figures.get(name).is_some_and(|was| *took <= was + was * TOLERANCE / 100)
    };
    if bless {
        let is_same = |(name, took): &(&str, u64)| {
            figures.get(name).is_some_and(|was| took.abs_diff(*was) <= was * TOLERANCE / 500)
        };
        // Figures that hardly moved are kept: they would only make noise in every review.
        if !(is_known && took.iter().all(is_same)) {
            let rows: String = took.iter().map(|(name, took)| format!("{name} {took}\n")).collect();
            let head = "# Instructions of each command in a debug build, as valgrind counts them: see tests/instructions.rs";
            std::fs::write(FIGURES, format!("{head}\n{compiler}\n{rows}")).unwrap();
        }
        return;
    }
    for one in &took {
        assert!(is_near(one), "{} takes {} instructions, and took {:?}", one.0, one.1, figures.get(one.0));
    }
}
