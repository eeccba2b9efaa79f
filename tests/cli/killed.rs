//! `kill -9` at random moments, over every command that writes: what is left is whole, and the next command works.
//!
//! A few kills by default, a thousand with `PMO_FULL=1`. `src/cli/fault_tests.rs` dies at chosen calls instead.

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::harness::{Sandbox, is_full};

/// A command of the list, and what has to come before it.
struct Line {
    before: Vec<&'static str>,
    command: &'static str,
}

fn lines() -> Vec<Line> {
    let said = include_str!("../writing_commands.txt").lines().map(str::trim);
    let lines = said.filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let line = line.trim_start_matches("git ").trim_start_matches("each ");
        let mut before: Vec<&str> = line.split(" ;; ").collect();
        let command = before.pop().unwrap();
        Line { before, command }
    });
    let program = <pmo::cli::Cli as clap::CommandFactory>::command();
    let is_known = |line: &Line| program.find_subcommand(line.command.split(' ').next().unwrap()).is_some();
    let mut lines: Vec<Line> = lines.filter(is_known).collect();
    lines.push(Line { before: Vec::new(), command: "demo story" });
    lines.push(Line { before: Vec::new(), command: "report portfolio -O html -o page.html" });
    lines
}

type Files = BTreeMap<String, String>;

/// The files that count: not those that serve the writing, nor what is only made and never read.
fn files(sandbox: &Sandbox) -> Files {
    let staged = |path: &str| path.split('/').any(|part| part.starts_with(".pmo-") && part.ends_with(".tmp"));
    let mut files = sandbox.files();
    files.retain(|path, _| !path.starts_with(".pmo/kept/") && !staged(path));
    files
}

fn begin(line: &Line) -> Sandbox {
    let sandbox = Sandbox::fixture("writing").env("EDITOR", "sed -i s/probability.=.3/probability=2/");
    sandbox.git(&["init", "--quiet", "--template="]);
    sandbox.commit("Begin the register");
    for command in &line.before {
        sandbox.pmo(command).ok();
    }
    sandbox
}

/// What `pmo check` says is broken or leads nowhere.
fn troubles(sandbox: &Sandbox) -> BTreeSet<String> {
    let said = sandbox.pmo("check -O concise");
    assert!([0, 1].contains(&said.code), "{said}");
    let grave = ["dangling-reference", "unknown-person", "unknown-milestone", "cannot be read", "missing-"];
    let lines = said.stdout.lines().filter(|line| grave.iter().any(|word| line.contains(word)));
    lines.map(str::to_owned).collect()
}

/// The same numbers every time, so that a round can be had again.
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

fn spawn(sandbox: &Sandbox, command: &str) -> Child {
    let mut process = sandbox.program();
    process.args(command.split(' ')).process_group(0);
    process.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Waits until nobody of a process group is left: a git that was started goes on when only `pmo` is killed.
fn wait_for_group(sandbox: &Sandbox, group: u32) {
    let begun = Instant::now();
    while sandbox.sh_is(&format!("kill -0 -- -{group} 2> /dev/null")) {
        assert!(begun.elapsed() < Duration::from_secs(60), "the group {group} does not end");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_command_that_is_killed_leaves_whole_files_and_the_next_one_works() {
    let lines = lines();
    let rounds = if is_full() { 1000 } else { 24 };
    let (mut state, mut ended, mut locked, mut between) = (7_u64, 0, 0, 0);
    let begun = Instant::now();
    let mut known: BTreeMap<&str, (Files, Files, BTreeSet<String>, Duration)> = BTreeMap::new();
    for round in 0..rounds {
        let line = &lines[if is_full() { round } else { round * 13 } % lines.len()];
        let sandbox = begin(line);
        let (old, new, known_troubles, lasts) = known.entry(line.command).or_insert_with(|| {
            let sandbox = begin(line);
            let (old, mut troubles_known) = (files(&sandbox), troubles(&sandbox));
            let begun = Instant::now();
            sandbox.pmo(line.command).ok();
            let lasts = begun.elapsed();
            troubles_known.extend(troubles(&sandbox));
            (old, files(&sandbox), troubles_known, lasts)
        });
        let spawned = Instant::now();
        let mut child = spawn(&sandbox, line.command);
        let group = child.id();
        let span = u64::try_from(lasts.as_micros()).unwrap();
        std::thread::sleep(Duration::from_micros(random(&mut state) % span.max(1)));
        // As a user who closes everything would, or as the system does to one that takes too much memory. What git
        // itself leaves of files that it was writing is not ours to say.
        let all = random(&mut state).is_multiple_of(2) && !line.command.contains("undo");
        if all {
            sandbox.sh_is(&format!("kill -9 -- -{group} 2> /dev/null"));
        } else {
            child.kill().unwrap();
        }
        if child.wait().unwrap().success() {
            // It was faster than thought; the next time is not later.
            *lasts = spawned.elapsed().min(*lasts);
            ended += 1;
        }
        wait_for_group(&sandbox, group);

        let told = format!("round {round}: {} ({})", line.command, if all { "group" } else { "process" });
        let now = files(&sandbox);
        for (path, text) in &now {
            let whole = [old.get(path), new.get(path)].contains(&Some(text));
            assert!(whole, "{told}: {path}: {text}");
        }
        between += usize::from(now != *old && now != *new);
        let more: Vec<String> = troubles(&sandbox).difference(known_troubles).cloned().collect();
        assert!(more.is_empty(), "{told}: {more:#?}");
        let dirty = sandbox.git(&["status", "--porcelain", "--untracked-files=all"]);
        let is_aside =
            |line: &&str| line.contains(".tmp") || line.contains(".pmo/kept") || line.contains(".pmo/lock");
        // A demo is built beside its folder, and a page beside its file: whoever was killed there left that.
        let aside = ["demo", "init", "report", "man", "status chase"]
            .iter()
            .any(|word| line.command.starts_with(word));
        assert!(aside || !dirty.lines().any(|line| is_aside(&line)), "{told}: {dirty}");

        if sandbox.exists(".git/index.lock") {
            assert!(all, "{told}: git was not killed, and left its lock");
            locked += 1;
            let run = sandbox.pmo("objective add next --name Next --commit").exits(2);
            assert!(run.stderr.contains("index.lock") && run.stderr.contains("remove it"), "{told}: {run}");
            std::fs::remove_file(sandbox.path(".git/index.lock")).unwrap();
        }
        // Another commit would be the one that is taken back, and a page names the commit that it was made of.
        let has_to_stay = line.command == "undo" || line.command.starts_with("report");
        let commit = if has_to_stay { "--no-commit" } else { "--commit" };
        sandbox.pmo(&format!("objective add next --name Next {commit}")).ok();
        let mut now = files(&sandbox);
        now.remove("objectives/next.toml");
        let each = ["init", "demo", "man", "status chase"].iter().any(|word| line.command.starts_with(word));
        assert!(each || now == *old || now == *new, "{told}: {:#?}", now.keys().collect::<Vec<_>>());
        if now != *new {
            sandbox.pmo(line.command).ok();
            let mut now = files(&sandbox);
            now.remove("objectives/next.toml");
            assert!(now == *new, "{told}: again: {:#?}", now.keys().collect::<Vec<_>>());
        }
    }
    eprintln!(
        "{rounds} kills in {:.0} s: {ended} came too late, {between} left some files old and some new, {locked} left git's lock",
        begun.elapsed().as_secs_f64()
    );
}

#[test]
fn what_an_interrupted_command_did_is_taken_back_and_said() {
    let sandbox = Sandbox::register();
    sandbox.git_init();
    let charter = "projects/crm/project.toml";
    let before = sandbox.read(charter);
    sandbox.write("projects/crm/issues/I-001.toml", "title = \"half\"\n");
    sandbox.replace(charter, "active", "closing");
    let id = |path: &str| sandbox.git(&["hash-object", "--no-filters", path]).trim().to_owned();
    let journal = serde_json::json!({
        "command": "pmo risk occur crm/R-003, since 2026-11-20 14:03:22",
        "entries": [
            { "appear": { "path": "projects/crm/issues/I-001.toml", "id": id("projects/crm/issues/I-001.toml"), "of": null } },
            { "replace": { "path": charter, "id": id(charter), "before": before } },
        ],
    });
    sandbox.write(".pmo/kept/unfinished", &journal.to_string());
    // Who only reads changes nothing, and says it once.
    let run = sandbox.pmo("report portfolio -O json").ok();
    let mention = "`pmo risk occur crm/R-003` of 2026-11-20 14:03:22 was interrupted, and some of what it did is still \
                   there: the next command that writes takes it back\n";
    assert_eq!(run.stderr, mention);
    run.json();
    assert_eq!(sandbox.pmo("risk list -q").ok().stderr, "");
    assert_eq!(sandbox.pmo("report portfolio --at HEAD").ok().stderr.matches("interrupted").count(), 0);
    // A command that is at work is not interrupted.
    let lock = std::fs::File::create(sandbox.path(".pmo/lock")).unwrap();
    lock.lock().unwrap();
    assert_eq!(sandbox.pmo("risk list").ok().stderr.matches("interrupted").count(), 0);
    drop(lock);
    assert!(sandbox.exists("projects/crm/issues/I-001.toml"));
    let run = sandbox.pmo("objective add next --name Next").ok();
    let said = "`pmo risk occur crm/R-003` of 2026-11-20 14:03:22 was interrupted: what it had begun is taken back, in 2 places";
    assert!(run.stderr.contains(said), "{run}");
    assert!(!sandbox.exists("projects/crm/issues") && !sandbox.exists(".pmo/kept/unfinished"));
    assert_eq!(sandbox.read(charter), before);
    let run = sandbox.pmo("objective add then --name Then").ok();
    assert!(!run.stderr.contains("interrupted"), "{run}");
    assert!(!sandbox.pmo("risk list").ok().stderr.contains("interrupted"));
}
