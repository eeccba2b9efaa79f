//! `pmo undo`: what it takes back, what it leaves alone, and when it refuses.

use super::harness::Sandbox;

fn register() -> Sandbox {
    let sandbox = Sandbox::register();
    sandbox.write("notes.txt", "1");
    sandbox.git_init();
    sandbox
}

fn set(sandbox: &Sandbox) {
    sandbox.pmo_args(&["set", "crm", "budget.approved=1_300_000", "-m", "crm: more money"]).ok();
}

const CHARTER: &str = "projects/crm/project.toml";

#[test]
fn the_last_commit_of_pmo_is_taken_back_and_had_again() {
    let sandbox = register();
    let before = sandbox.files();
    set(&sandbox);
    sandbox.write("notes.txt", "staged");
    sandbox.git(&["add", "notes.txt"]);
    sandbox.write("notes.txt", "and edited");
    let run = sandbox.pmo("undo --dry-run").ok();
    assert!(run.stdout.contains("-approved = 1_300_000\n+approved = 1_200_000"), "{run}");
    assert!(run.stderr.contains("would take back") && sandbox.read(CHARTER).contains("1_300_000"), "{run}");
    let run = sandbox.pmo("undo").ok();
    assert!(run.stderr.contains("(crm: more money): projects/crm/project.toml"), "{run}");
    assert!(run.stderr.contains("to have it again: pmo undo"), "{run}");
    assert_eq!(sandbox.read(CHARTER), before[CHARTER]);
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "MM notes.txt\n");
    let log = sandbox.git(&["log", "--format=%s"]);
    assert_eq!(log.lines().take(2).collect::<Vec<_>>(), ["Revert \"crm: more money\"", "crm: more money"]);
    sandbox.pmo("undo").ok();
    assert!(sandbox.read(CHARTER).contains("1_300_000"));
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "MM notes.txt\n");
}

#[test]
fn a_record_that_was_added_goes_and_one_that_was_moved_comes_back() {
    let sandbox = register();
    sandbox.pmo_args(&["risk", "add", "crm", "--title", "Vendor", "--commit"]).ok();
    assert!(sandbox.exists("projects/crm/risks/R-001.toml"));
    sandbox.pmo_args(&["mv", "crm", "sales", "--commit"]).ok();
    sandbox.pmo("undo").ok();
    assert!(sandbox.exists("projects/crm/risks/R-001.toml") && !sandbox.exists("projects/sales"));
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "");
    // What is last now is the taking back; the risk is no longer within reach.
    sandbox.git(&["reset", "--quiet", "--hard", "HEAD~2"]);
    sandbox.pmo("undo").ok();
    assert!(!sandbox.exists("projects/crm/risks"));
}

#[test]
fn it_refuses_what_is_not_its_own_pushed_changed_or_under_way() {
    let sandbox = register();
    let said = || sandbox.pmo("undo").exits(2).stderr;
    assert!(said().contains("was not made by pmo") && said().contains("git revert"), "{}", said());
    set(&sandbox);
    sandbox.write(CHARTER, &format!("{}# more\n", sandbox.read(CHARTER)));
    assert!(said().contains(&format!("{CHARTER} changed since")), "{}", said());
    sandbox.git(&["add", CHARTER]);
    sandbox.write(CHARTER, sandbox.read(CHARTER).trim_end_matches("# more\n"));
    assert!(said().contains(&format!("{CHARTER} changed since")), "{}", said());
    sandbox.git(&["reset", "--quiet"]);
    std::fs::create_dir(sandbox.path(".git/rebase-merge")).unwrap();
    assert!(said().contains("rebase is in progress"), "{}", said());
    std::fs::remove_dir(sandbox.path(".git/rebase-merge")).unwrap();
    sandbox.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    assert!(said().contains("origin/main has it"), "{}", said());
    sandbox.git(&["update-ref", "-d", "refs/remotes/origin/main"]);
    sandbox.git(&["commit", "--quiet", "--amend", "-m", "Amended by hand"]);
    assert!(said().contains("was not made by pmo"), "{}", said());
    let nowhere = Sandbox::register();
    assert!(nowhere.pmo("undo").exits(2).stderr.contains("not in a git repository"));
}

#[test]
fn a_closed_period_is_not_opened_by_the_way() {
    let sandbox = register();
    sandbox.pmo("period close").ok();
    let tag = sandbox.git(&["tag", "--points-at", "HEAD"]);
    let period = tag.trim().strip_prefix("report/").unwrap();
    let run = sandbox.pmo("undo").exits(2);
    assert!(run.stderr.contains(&format!("pmo period open {period}")), "{run}");
}

#[test]
fn a_hook_that_refuses_leaves_everything_as_it_was() {
    let sandbox = register();
    set(&sandbox);
    sandbox.write(".git/hooks/pre-commit", "#!/bin/sh\necho not today >&2\nexit 1\n");
    sandbox.sh("chmod +x .git/hooks/pre-commit", "x");
    let run = sandbox.pmo("undo").exits(2);
    assert!(run.stderr.contains("not today"), "{run}");
    assert!(sandbox.read(CHARTER).contains("1_300_000"));
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "");
    assert_eq!(sandbox.git(&["log", "-1", "--format=%s"]), "crm: more money\n");
}
