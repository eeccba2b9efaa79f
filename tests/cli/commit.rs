//! `--commit`, `-m` and `[git] commit = true`: what a command wrote is committed, and nothing else.

use crate::harness::Sandbox;

/// A register in which the next report is not begun yet.
fn register(git: &str) -> Sandbox {
    let sandbox = Sandbox::register();
    sandbox.replace("pmo.toml", "[reporting]", &format!("{git}\n[reporting]"));
    sandbox.write("notes.txt", "1");
    sandbox
}

const NEW: [&str; 5] = ["status", "new", "crm", "--period", "2026-W48"];
const FILE: &str = "projects/crm/status/2026-W48.toml";

fn last(sandbox: &Sandbox) -> String {
    sandbox.git(&["show", "--format=%an: %s", "--name-only"])
}

#[test]
fn a_command_commits_what_it_wrote_when_asked() {
    let sandbox = register("");
    sandbox.git_init();
    sandbox.write("notes.txt", "staged");
    sandbox.git(&["add", "notes.txt"]);
    sandbox.pmo_args(&NEW).ok();
    assert!(sandbox.git(&["status", "--porcelain"]).contains(&format!("?? {FILE}")));
    std::fs::remove_file(sandbox.path(FILE)).unwrap();
    let run = sandbox.pmo_args(&[&NEW[..], &["-m", "Begin week 48\n\n# not a comment"]].concat()).ok();
    assert!(run.stderr.contains("on main: Begin week 48"), "{run}");
    assert_eq!(last(&sandbox), format!("Jana Novak: Begin week 48\n\n{FILE}\n"));
    assert!(sandbox.git(&["log", "-1", "--format=%b"]).contains("# not a comment"));
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "M  notes.txt\n");
}

#[test]
fn the_register_may_make_it_the_default() {
    let sandbox = register("[git]\ncommit = true\n");
    // Without git there is nothing to commit to, and that is no mistake.
    sandbox.pmo_args(&NEW).ok();
    sandbox.pmo_args(&[&NEW[..4], &["2026-W49", "--commit"]].concat()).exits(2);
    std::fs::remove_file(sandbox.path(FILE)).unwrap();
    sandbox.git_init();
    sandbox.pmo_args(&[&NEW[..], &["--no-commit"]].concat()).ok();
    assert!(sandbox.git(&["status", "--porcelain"]).contains(FILE));
    std::fs::remove_file(sandbox.path(FILE)).unwrap();
    sandbox.pmo_args(&NEW).ok();
    assert_eq!(last(&sandbox), format!("Jana Novak: crm: draft of the report for 2026-W48\n\n{FILE}\n"));
}

#[test]
fn what_git_would_refuse_is_refused_before_anything_is_written() {
    let sandbox = register("[git]\ncommit = true\n");
    sandbox.git_init();
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    let before = sandbox.files();
    for (sign, what) in
        [("MERGE_HEAD", "merge"), ("CHERRY_PICK_HEAD", "cherry-pick"), ("rebase-merge/done", "rebase")]
    {
        sandbox.write(&format!(".git/{sign}"), &head);
        let run = sandbox.pmo_args(&NEW).exits(2);
        assert!(run.stderr.contains(&format!("a {what} is in progress")), "{run}");
        assert!(run.stderr.contains("--no-commit"), "{run}");
        assert_eq!(run.stdout, "", "{run}");
        assert_eq!(sandbox.files(), before);
        let path = sandbox.path(".git").join(sign.split('/').next().unwrap());
        if path.is_dir() {
            std::fs::remove_dir_all(path).unwrap()
        } else {
            std::fs::remove_file(path).unwrap()
        }
    }
}

#[cfg(unix)]
#[test]
fn a_hook_that_refuses_leaves_the_files_and_says_so() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = register("");
    sandbox.git_init();
    sandbox.write(".git/hooks/commit-msg", "#!/bin/sh\necho 'a ticket number is missing' >&2\nexit 1\n");
    let hook = sandbox.path(".git/hooks/commit-msg");
    std::fs::set_permissions(hook, std::fs::Permissions::from_mode(0o755)).unwrap();
    let run = sandbox.pmo_args(&[&NEW[..], &["--commit"]].concat()).exits(2);
    assert!(run.stderr.contains("a ticket number is missing"), "{run}");
    assert!(run.stderr.contains("the files are written; they are only not committed"), "{run}");
    assert_eq!(sandbox.git(&["status", "--porcelain"]), format!("?? {FILE}\n"));
}
