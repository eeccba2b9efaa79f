//! `pmo hook` and `pmo check --staged`: what is committed is checked, and nobody else's hook is touched.

use crate::harness::Sandbox;

const HOOK: &str = ".git/hooks/pre-commit";
const REPORT: &str = "projects/crm/status/2026-W47.toml";
/// A rating that no scale has.
const BAD: (&str, &str) = ("overall = \"green\"", "overall = \"verdant\"");

/// A committed register, and git that finds the pmo under test.
fn register() -> Sandbox {
    let sandbox = Sandbox::register();
    sandbox.git_init();
    sandbox
}

/// Runs `git commit` with pmo in the path; true when the commit was made.
fn commits(sandbox: &Sandbox, folder: &str, arguments: &str) -> bool {
    let made = sandbox.path("made");
    let _ = std::fs::remove_file(&made);
    let script = format!(
        "PATH=\"$(dirname \"$0\"):$PATH\"; cd {folder} && git commit -q -m change {arguments} \
         > \"$HOME/said\" 2>&1 && touch {} || true",
        made.display()
    );
    sandbox.sh(&script, env!("CARGO_BIN_EXE_pmo"));
    let was_made = made.exists();
    let _ = std::fs::remove_file(&made);
    was_made
}

#[test]
fn the_staged_content_is_checked_and_not_the_work_tree() {
    let sandbox = register();
    let run = sandbox.pmo("check --staged").ok();
    assert!(run.stdout.is_empty() && run.stderr.contains("nothing of this register is staged"), "{run}");
    sandbox.replace(REPORT, BAD.0, BAD.1);
    sandbox.git(&["add", "-A"]);
    sandbox.replace(REPORT, BAD.1, BAD.0);
    let run = sandbox.pmo("check --staged").exits(1);
    assert!(run.stdout.contains("verdant") && run.stdout.contains(REPORT), "{run}");
    sandbox.pmo("check").ok();
    // The other way round: what is staged is right, what lies on the disk is not; and nothing is said of other files.
    sandbox.git(&["add", "-A"]);
    sandbox.write("people/new.toml", "name = \"New\"\n");
    sandbox.git(&["add", "-A"]);
    sandbox.replace(REPORT, BAD.0, BAD.1);
    sandbox.pmo("check --staged").ok();
    sandbox.pmo("check --staged --changed-since HEAD").exits(2);
}

#[test]
fn a_commit_with_a_mistake_is_stopped_and_one_without_is_made() {
    let sandbox = register();
    let run = sandbox.pmo("hook install").ok();
    assert!(run.stderr.contains("installed [SANDBOX]/.git/hooks/pre-commit"), "{run}");
    assert!(sandbox.pmo("hook install").ok().stderr.contains("already"));
    sandbox.replace(REPORT, BAD.0, BAD.1);
    assert!(!commits(&sandbox, ".", "-a"), "all that is changed");
    assert!(!commits(&sandbox, ".", REPORT), "one path");
    assert!(commits(&sandbox, ".", "-a --no-verify"));
    sandbox.write("notes.txt", "not the register's");
    sandbox.git(&["add", "-A"]);
    assert!(commits(&sandbox, ".", ""), "a mistake that is there already stops nobody");
    sandbox.replace(REPORT, BAD.1, BAD.0);
    assert!(commits(&sandbox, ".", "-a"));
    // The hook holds for what pmo commits itself.
    sandbox.pmo("risk add crm --title Vendor --owner jana-novak --commit").ok();
    let run = sandbox.pmo("hook uninstall").ok();
    assert!(run.stderr.contains("removed") && !sandbox.exists(HOOK), "{run}");
    assert!(sandbox.pmo("hook uninstall").ok().stderr.contains("no pre-commit hook"));
}

#[test]
fn a_hook_of_somebody_elses_is_left_alone_or_put_aside() {
    let sandbox = register();
    sandbox.write(HOOK, "#!/bin/sh\nexit 0\n");
    let run = sandbox.pmo("hook install").exits(2);
    assert!(run.stderr.contains("pmo -C '.' check --staged || exit 1"), "{run}");
    assert_eq!(sandbox.read(HOOK), "#!/bin/sh\nexit 0\n");
    sandbox.pmo("hook uninstall").exits(2);
    let run = sandbox.pmo("hook install --force").ok();
    assert!(run.stderr.contains("pre-commit.before-pmo") && sandbox.read(HOOK).contains("pmo hook"), "{run}");
    sandbox.pmo("hook uninstall").ok();
    assert_eq!(sandbox.read(HOOK), "#!/bin/sh\nexit 0\n");
    assert!(!sandbox.exists(".git/hooks/pre-commit.before-pmo"));
}

#[test]
fn hooks_stand_where_git_looks_for_them() {
    let sandbox = register();
    sandbox.git(&["config", "core.hooksPath", ".githooks"]);
    sandbox.pmo("hook install").ok();
    assert!(sandbox.exists(".githooks/pre-commit") && !sandbox.exists(HOOK));
    sandbox.git(&["config", "core.hooksPath", "/nowhere/hooks"]);
    let run = sandbox.pmo("hook install").exits(2);
    assert!(run.stderr.contains("core.hooksPath") && run.stderr.contains("outside"), "{run}");
    sandbox.git(&["config", "--unset", "core.hooksPath"]);
    // A linked work tree runs the hooks of its repository.
    sandbox.git(&["worktree", "add", "--quiet", "-b", "other", "linked"]);
    sandbox.pmo("-C linked hook install").ok();
    assert!(sandbox.exists(HOOK));
    sandbox.replace(&format!("linked/{REPORT}"), BAD.0, BAD.1);
    assert!(!commits(&sandbox, "linked", "-a"));
    let outside = Sandbox::register();
    let run = outside.pmo("hook install").exits(2);
    assert!(run.stderr.contains("git init"), "{run}");
}

#[test]
fn two_registers_of_one_repository_share_the_hook() {
    let sandbox = Sandbox::new();
    sandbox.git(&["init", "--quiet"]);
    for folder in ["it's", "hr"] {
        sandbox.pmo_args(&["init", folder, "--name", folder]).ok();
    }
    sandbox.commit("begin");
    sandbox.pmo("-C hr hook install").ok();
    sandbox.pmo_args(&["-C", "it's", "hook", "install"]).ok();
    assert_eq!(sandbox.read(HOOK).lines().filter(|line| line.starts_with("check '")).count(), 2);
    for folder in ["it's", "hr"] {
        let path = format!("{folder}/people/a.toml");
        sandbox.write(&path, "nam = \"A\"\n");
        sandbox.git(&["add", "-A"]);
        assert!(!commits(&sandbox, ".", ""), "{folder}");
        sandbox.git(&["rm", "-qf", &path]);
    }
    sandbox.pmo("-C hr hook uninstall").ok();
    assert!(sandbox.read(HOOK).ends_with("check 'it'\\''s'\n"));
    sandbox.pmo_args(&["-C", "it's", "hook", "uninstall"]).ok();
    assert!(!sandbox.exists(HOOK));
}
