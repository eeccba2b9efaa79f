//! Every command that writes, with a disk that fails, and a process that dies, at each of its calls.
//!
//! `tests/writing_commands.txt` lists the commands as they are typed. By default a few calls of each are tried, with
//! `PMO_FULL=1` all of them with every fault.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "tests look at files themselves"
)]

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{CommandFactory as _, FromArgMatches as _};

use crate::store::faults::{self, Fault};
use crate::store::{self, Lock};

use super::{Cli, CliError, Context, Done};

const COMMANDS: &str = include_str!("../../tests/writing_commands.txt");

/// Commands that write nothing but what `-o` asks for.
const READERS: &[&str] = &[
    "check",
    "explain",
    "show",
    "find",
    "diff",
    "log",
    "blame",
    "trend",
    "forecast",
    "verify",
    "completions",
    "* list",
    "report *",
    "risk matrix",
    "risk simulate",
    "risk calibration",
    "dependency graph",
    "dependency impact",
    "dependency critical",
    "status due",
    "status series",
    "status calendar",
    "template show",
    "export *",
];

/// Commands that work on what git left in conflict, which tests of their own bring about.
const ELSEWHERE: &[&str] = &["resolve", "merge-driver"];

/// A command of the list.
struct Line {
    each: bool,
    git: bool,
    before: Vec<&'static str>,
    command: &'static str,
}

fn lines() -> Vec<Line> {
    let said = COMMANDS.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    said.map(|line| {
        let (mut rest, mut each, mut git) = (line, false, false);
        while let Some((word, after)) =
            rest.split_once(' ').filter(|(word, _)| ["each", "git"].contains(word))
        {
            (each, git) = (each || word == "each", git || word == "git");
            rest = after;
        }
        let mut before: Vec<&str> = rest.split(" ;; ").collect();
        let command = before.pop().unwrap();
        Line { each, git, before, command }
    })
    .filter(|line| {
        Cli::command().find_subcommand(line.command.split(' ').next().unwrap_or_default()).is_some()
    })
    .collect()
}

/// The words of every command that has none below it.
fn leaves(command: &clap::Command, words: &str, found: &mut Vec<String>) {
    let below: Vec<_> = command.get_subcommands().collect();
    if below.is_empty() {
        found.push(words.to_owned());
    }
    for sub in below {
        leaves(sub, format!("{words} {}", sub.get_name()).trim(), found);
    }
}

#[test]
fn every_command_is_known_to_write_or_not_to_write() {
    let mut found = Vec::new();
    leaves(&Cli::command(), "", &mut found);
    let lines = lines();
    let reads = |command: &str| {
        READERS.iter().chain(ELSEWHERE).any(|pattern| {
            let (pattern, words) = (pattern.split(' '), command.split(' '));
            pattern.clone().count() == words.clone().count()
                && pattern.zip(words).all(|(asked, word)| asked == "*" || asked == word)
        })
    };
    let writes = |command: &str| {
        lines.iter().any(|line| line.command.strip_prefix(command).is_some_and(|rest| rest.starts_with(' ')))
            || lines.iter().any(|line| line.command == command)
    };
    let unknown: Vec<&String> = found.iter().filter(|command| !reads(command) && !writes(command)).collect();
    assert!(unknown.is_empty(), "in neither tests/writing_commands.txt nor READERS: {unknown:?}");
}

/// Runs a command in the folder of this process, and returns what it would have printed.
fn run(command: &str) -> Result<(Done, String), CliError> {
    let words = ["pmo", "-q"].into_iter().chain(command.split(' '));
    let matches = Cli::command().try_get_matches_from(words)?;
    let spoken = super::words(&matches);
    let cli = Cli::from_arg_matches(&matches)?;
    let mut context = Context::new(&cli.global, &spoken, format!("pmo {command}"))?;
    context.interactive = false;
    context.kept = Some(RefCell::default());
    let done = cli.run(&context)?;
    Ok((done, context.kept()))
}

/// A folder with a register in it, gone when the test ends.
struct Place {
    dir: tempfile::TempDir,
}

impl Place {
    fn of(from: &Path) -> Self {
        let place = Self { dir: tempfile::tempdir().unwrap() };
        copy(from, place.dir.path());
        std::env::set_current_dir(place.register()).unwrap();
        place
    }

    fn register(&self) -> PathBuf {
        self.dir.path().join("register")
    }

    /// Every file with its bytes, without what only serves the writing.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.dir.path().to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let entry = entry.unwrap();
                let (path, name) = (entry.path(), entry.file_name().into_string().unwrap());
                let own = [".pmo/lock", ".pmo/.gitignore", ".pmo/kept", "register/.git"];
                let is_staged = name.starts_with(".pmo-") && name.ends_with(".tmp");
                if is_staged || own.iter().any(|own| path.ends_with(own)) {
                    continue;
                }
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let inside = path.strip_prefix(self.dir.path()).unwrap().to_str().unwrap().to_owned();
                    found.insert(inside, std::fs::read(path).unwrap());
                }
            }
        }
        if let Ok(hook) = std::fs::read(self.register().join(".git/hooks/pre-commit")) {
            found.insert("pre-commit".to_owned(), hook);
        }
        found
    }

    /// What `pmo check` says is broken or leads nowhere.
    fn troubles(&self) -> BTreeSet<String> {
        let (_, said) = run("check -O concise").unwrap();
        let grave =
            ["dangling-reference", "unknown-person", "unknown-milestone", "cannot be read", "missing-"];
        said.lines().filter(|line| grave.iter().any(|word| line.contains(word))).map(str::to_owned).collect()
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir_all(&to).unwrap();
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), &to).unwrap();
        }
    }
}

fn git(args: &[&str]) {
    let output = std::process::Command::new("git").args(args).output().unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Which faults are tried at which calls.
fn faults_of(turn: usize, calls: usize, is_full: bool) -> Vec<(usize, Fault)> {
    let codes = [libc::EIO, libc::ENOSPC, libc::EACCES, libc::EROFS];
    if is_full {
        let every = calls.div_ceil(150);
        let all = |at| codes.map(|code| (at, Fault::Once(code))).into_iter().chain([(at, Fault::Death)]);
        return (1..=calls).step_by(every).flat_map(all).collect();
    }
    let at = |part: usize| 1 + (turn * 7 + part * calls / 2) % calls;
    let other = if turn.is_multiple_of(2) { Fault::Death } else { Fault::Once(codes[turn / 2 % 4]) };
    vec![(at(0), Fault::Death), (at(1), other)]
}

#[test]
fn no_command_leaves_anything_half_done() {
    // In a process of its own, with an environment of its own: commands ask for the editor, and git for the user.
    let home = tempfile::tempdir().unwrap();
    let config = "[user]\n\tname = Jana Novak\n\temail = jana.novak@northwind.example\n[init]\n\tdefaultBranch = main\n";
    std::fs::write(home.path().join(".gitconfig"), config).unwrap();
    let mut process = std::process::Command::new(std::env::current_exe().unwrap());
    process.args(["--exact", "cli::fault_tests::every_fault", "--ignored", "--nocapture"]).env_clear();
    for name in ["PATH", "TMPDIR", "PMO_FULL"] {
        process.envs(std::env::var_os(name).map(|value| (name, value)));
    }
    process.env("HOME", home.path()).env("GIT_CONFIG_NOSYSTEM", "1").env("PMO_TODAY", "2026-11-20");
    process.env("EDITOR", "sed -i s/probability.=.3/probability=2/");
    let output = process.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    eprintln!("{}", said.lines().find(|line| line.contains(" faults in ")).unwrap_or_default());
}

#[test]
#[ignore = "run by the test above, in a process of its own"]
fn every_fault() {
    let is_full = std::env::var("PMO_FULL").is_ok_and(|full| full == "1");
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/writing");
    let begun = std::time::Instant::now();
    let mut count = 0;
    for (turn, line) in lines().into_iter().enumerate() {
        let start = tempfile::tempdir().unwrap();
        std::fs::create_dir(start.path().join("register")).unwrap();
        copy(&fixture, &start.path().join("register"));
        std::env::set_current_dir(start.path().join("register")).unwrap();
        if line.git {
            git(&["init", "-q", "--template="]);
            git(&["add", "--all"]);
            git(&["commit", "-q", "-m", "Begin"]);
        }
        for command in &line.before {
            run(command).unwrap_or_else(|error| panic!("{command}: {:?}", error.source));
        }
        let place = Place::of(start.path());
        let (old, old_troubles) = (place.files(), place.troubles());
        let (done, calls) = faults::with(None, || run(line.command));
        done.unwrap_or_else(|error| panic!("{}: {:?}", line.command, error.source));
        let (new, new_troubles) = (place.files(), place.troubles());
        assert!(calls > 0, "{} writes nothing", line.command);
        for (at, fault) in faults_of(turn, calls, is_full) {
            count += 1;
            let place = Place::of(start.path());
            let (done, _) = faults::with(Some((at, fault)), || run(line.command));
            let now = place.files();
            let told = || format!("{}: call {at} of {calls}, {fault:?}", line.command);
            for (path, bytes) in &now {
                let whole = [old.get(path), new.get(path)].contains(&Some(bytes));
                assert!(whole, "{}: {path}: {}", told(), String::from_utf8_lossy(bytes));
            }
            if now != old && now != new {
                let known = old_troubles.union(&new_troubles).cloned().collect::<BTreeSet<_>>();
                let more: Vec<String> = place.troubles().difference(&known).cloned().collect();
                assert!(more.is_empty(), "{}: {more:#?}", told());
            }
            if fault != Fault::Death && !line.each {
                match &done {
                    Ok(_) => assert!(now == new, "{}: said to be done", told()),
                    Err(error) => {
                        assert!(now == old, "{}: {:?}: {:?}", told(), error.source, differing(&now, &old))
                    }
                }
            }
            // Whoever writes next finds all of it or nothing; typed again, the command does what it should.
            if !line.each {
                drop(
                    Lock::take(&store::find_register(Path::new(".")).unwrap().root, "pmo", Duration::ZERO)
                        .unwrap(),
                );
                let now = place.files();
                assert!(now == old || now == new, "{}: {:?}", told(), differing(&now, &old));
            }
            if place.files() != new {
                let again = run(line.command);
                again.unwrap_or_else(|error| panic!("{}: again: {:?}", told(), error.source));
                assert!(place.files() == new, "{}: again: {:?}", told(), differing(&place.files(), &new));
            }
        }
    }
    eprintln!("{count} faults in {:.1} s", begun.elapsed().as_secs_f64());
    std::env::set_current_dir("/").unwrap();
}

fn differing(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let paths: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    paths.into_iter().filter(|path| one.get(*path) != other.get(*path)).cloned().collect()
}
