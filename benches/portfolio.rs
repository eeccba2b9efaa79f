//! The commands that a register of any size must stay quick at, against `grep -rc x` over the same files.
//!
//! `cargo bench --bench portfolio` writes registers of 1,000 and 10,000 projects (see `register`) into a
//! temporary folder, runs the commands in turn, and prints the median of each and its ratio to `grep`. `set` is
//! held against a bare `git rev-parse`: it reads one file, whatever the size. Times are never compared across runs.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark measures, writes and prints"
)]

mod register;

use std::io;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use register::{DAY, generate, median, ratio, timed};

const ROUNDS: usize = 7;
/// The most memory that the portfolio report may take for each project, in KiB, from 10,000 projects on.
const KIB_A_PROJECT: usize = 12;

/// A command, and the most that it may take, in times of `grep`.
const LINES: [(&str, &[&str], f64); 3] = [
    ("report portfolio", &["report", "portfolio", "-O", "json"], 0.8),
    ("report period", &["report", "period", "-O", "json"], 1.6),
    ("check", &["check", "-O", "concise"], 2.0),
];

fn main() -> io::Result<()> {
    // `cargo test --benches` only wants to know that this builds.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let sizes: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 10_000] } else { sizes };
    for projects in sizes {
        let folder = tempfile::tempdir()?;
        let files = generate(folder.path(), projects)?;
        git(folder.path(), &["init", "--quiet"])?;
        println!("{projects} projects, {files} files");
        measure(folder.path(), projects)?;
    }
    Ok(())
}

fn measure(folder: &Path, projects: usize) -> io::Result<()> {
    let mut grep = Vec::new();
    let mut bare = Vec::new();
    let mut set = Vec::new();
    let mut times: [Vec<Duration>; LINES.len()] = Default::default();
    let mut memory = [0; LINES.len()];
    for round in 0..=ROUNDS {
        let searched = timed(Command::new("grep").args(["-rc", "x", "."]).current_dir(folder))?;
        let began = timed(Command::new("git").args(["rev-parse", "--git-dir"]).current_dir(folder))?;
        let confidence = format!("confidence={}", 50 + round);
        let written = timed(&mut pmo(folder, &["set", "p-00007/2026-W47", &confidence]))?;
        // The first round only warms the caches.
        if round > 0 {
            grep.push(searched.0);
            bare.push(began.0);
            set.push(written.0);
        }
        for (index, (_, line, _)) in LINES.iter().enumerate() {
            let (took, held) = timed(&mut pmo(folder, line))?;
            times[index].extend((round > 0).then_some(took));
            memory[index] = memory[index].max(held);
        }
    }
    let grep = median(&mut grep);
    println!("  {:<18} {grep:>8.1?}", "grep -rc x");
    for (index, (name, _, limit)) in LINES.iter().enumerate() {
        let took = median(&mut times[index]);
        let over = if ratio(took, grep) > *limit { "  over the limit" } else { "" };
        println!(
            "  {name:<18} {took:>8.1?} {:>6.2} of {limit:.1} {:>8} KiB{over}",
            ratio(took, grep),
            memory[index]
        );
    }
    let (bare, set) = (median(&mut bare), median(&mut set));
    println!("  {:<18} {set:>8.1?} {:>6.2} times git rev-parse", "set", ratio(set, bare));
    if projects >= 10_000 && memory[0] > projects * KIB_A_PROJECT {
        println!("  over the limit of {KIB_A_PROJECT} KiB a project");
    }
    Ok(())
}

fn pmo(folder: &Path, line: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pmo"));
    command.current_dir(folder).args(["--today", DAY]).args(line);
    command
}

fn git(folder: &Path, arguments: &[&str]) -> io::Result<()> {
    let done = Command::new("git").args(arguments).current_dir(folder).status()?;
    if done.success() { Ok(()) } else { Err(io::Error::other(format!("git {arguments:?} failed"))) }
}
