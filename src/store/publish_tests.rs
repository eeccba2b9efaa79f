//! Two clones and a bare repository between them.

use std::path::PathBuf;

use super::test_repo::{TestRepo, git_in};
use super::{Committed, Local, StoreError, commit, push, push_to_branch};

struct Shared {
    _dir: tempfile::TempDir,
    bare: PathBuf,
    mine: TestRepo,
    theirs: TestRepo,
}

fn shared() -> Shared {
    let dir = tempfile::tempdir().unwrap();
    let bare = dir.path().join("shared.git");
    git_in(dir.path(), &["init", "-q", "--bare", "-b", "main", "shared.git"]);
    let theirs = TestRepo::clone_of(&bare);
    theirs.git(&["symbolic-ref", "HEAD", "refs/heads/main"]);
    for name in ["pmo.toml", "crm.toml", "erp.toml", "notes.txt"] {
        theirs.write(name, "1\n");
    }
    theirs.commit_all("base");
    theirs.git(&["push", "-q", "-u", "origin", "main"]);
    let mine = TestRepo::clone_of(&bare);
    Shared { _dir: dir, bare, mine, theirs }
}

fn file(repo: &TestRepo, path: &str, text: &str) -> Committed {
    repo.write(path, text);
    commit(&repo.location(), &[path.to_owned()], &format!("{path}: report")).unwrap()
}

#[test]
fn a_push_that_nobody_crossed_is_a_push() {
    let it = shared();
    let made = file(&it.mine, "crm.toml", "2\n");
    let done = push(&it.mine.location(), &made, None).unwrap();
    assert_eq!((done.remote.as_str(), done.branch.as_str(), &done.local), ("origin", "main", &Local::Same));
    assert_eq!(git_in(&it.bare, &["rev-parse", "main"]), made.id);
    // Once more, after others went on: it is there already, and nothing moves.
    it.theirs.git(&["pull", "-q", "--rebase"]);
    it.theirs.write("erp.toml", "theirs\n");
    it.theirs.commit_all("erp");
    it.theirs.git(&["push", "-q"]);
    let again = push(&it.mine.location(), &made, Some("origin")).unwrap();
    assert_eq!((again.id, again.local), (made.id.clone(), Local::Same));
    assert_eq!(it.mine.git(&["rev-parse", "main"]), made.id);
    let error = push(&it.mine.location(), &made, Some("upstream")).unwrap_err().to_string();
    assert!(error.contains("git remote add upstream URL"), "{error}");
}

#[test]
fn others_were_faster_and_the_work_tree_is_dirty() {
    let it = shared();
    it.theirs.write("erp.toml", "theirs\n");
    it.theirs.commit_all("erp");
    it.theirs.git(&["push", "-q"]);
    let made = file(&it.mine, "crm.toml", "mine\n");
    it.mine.write("notes.txt", "unstaged\n");
    it.mine.write("staged.txt", "staged\n");
    it.mine.git(&["add", "staged.txt"]);
    it.mine.write("untracked.txt", "x");
    let done = push(&it.mine.location(), &made, None).unwrap();
    assert_eq!(done.local, Local::Moved);
    assert_eq!(git_in(&it.bare, &["rev-parse", "main"]), done.id);
    assert_eq!(it.mine.git(&["rev-parse", "main", "origin/main"]), format!("{0}\n{0}", done.id));
    assert_eq!(it.mine.git(&["log", "--format=%s"]), "crm.toml: report\nerp\nbase");
    assert_eq!(it.mine.git(&["show", "--name-only", "--format=%an"]), "Jana Novak\n\ncrm.toml");
    assert_eq!(it.mine.read("erp.toml"), "theirs\n");
    assert_eq!(it.mine.git(&["status", "--porcelain"]), " M notes.txt\nA  staged.txt\n?? untracked.txt");
}

#[test]
fn a_local_change_that_collides_is_left_alone() {
    let it = shared();
    it.theirs.write("notes.txt", "theirs\n");
    it.theirs.commit_all("notes");
    it.theirs.git(&["push", "-q"]);
    let made = file(&it.mine, "crm.toml", "mine\n");
    it.mine.write("notes.txt", "mine, not committed\n");
    let done = push(&it.mine.location(), &made, None).unwrap();
    assert!(matches!(done.local, Local::Apart { .. }), "{done:?}");
    assert_eq!(git_in(&it.bare, &["show", "main:crm.toml"]), "mine");
    assert_eq!(git_in(&it.bare, &["show", "main:notes.txt"]), "theirs");
    assert_eq!(it.mine.read("notes.txt"), "mine, not committed\n");
    assert_eq!(it.mine.git(&["rev-parse", "main"]), made.id);
    // What the message advises works: the commit is recognised and not made twice.
    it.mine.git(&["checkout", "-q", "notes.txt"]);
    it.mine.git(&["pull", "-q", "--rebase"]);
    assert_eq!(it.mine.git(&["rev-parse", "main"]), done.id);
}

#[test]
fn only_this_commit_is_put_on_top_of_theirs() {
    let it = shared();
    it.theirs.write("erp.toml", "theirs\n");
    it.theirs.commit_all("erp");
    it.theirs.git(&["push", "-q"]);
    it.mine.write("notes.txt", "not ready\n");
    it.mine.commit_all("not ready");
    let made = file(&it.mine, "crm.toml", "mine\n");
    let done = push(&it.mine.location(), &made, None).unwrap();
    assert!(matches!(done.local, Local::Apart { .. }), "{done:?}");
    assert_eq!(git_in(&it.bare, &["log", "--format=%s", "main"]), "crm.toml: report\nerp\nbase");
    assert_eq!(it.mine.git(&["rev-parse", "main"]), made.id);
}

#[test]
fn commits_that_nobody_asked_to_publish_stay_here() {
    let it = shared();
    it.mine.write("notes.txt", "not ready\n");
    it.mine.commit_all("not ready");
    let made = file(&it.mine, "crm.toml", "mine\n");
    let done = push(&it.mine.location(), &made, None).unwrap();
    assert_eq!(done.stay, 1);
    assert!(matches!(done.local, Local::Apart { .. }), "{done:?}");
    assert_eq!(git_in(&it.bare, &["log", "--format=%s", "main"]), "crm.toml: report\nbase");
    assert_eq!(it.mine.git(&["rev-parse", "main"]), made.id);
    // Corrections go on from there, however often.
    for text in ["second\n", "third\n"] {
        let made = file(&it.mine, "crm.toml", text);
        push(&it.mine.location(), &made, None).unwrap();
        assert_eq!(git_in(&it.bare, &["show", "main:crm.toml"]), text.trim());
    }
    assert_eq!(git_in(&it.bare, &["rev-list", "--count", "main"]), "4");
    it.mine.git(&["pull", "-q", "--rebase"]);
    assert_eq!(it.mine.git(&["log", "--format=%s", "origin/main.."]), "not ready");
}

#[test]
fn earlier_commits_of_the_same_file_go_along() {
    let it = shared();
    it.theirs.write("erp.toml", "theirs\n");
    it.theirs.commit_all("erp");
    it.theirs.git(&["push", "-q"]);
    file(&it.mine, "crm.toml", "draft\n");
    let made = file(&it.mine, "crm.toml", "mine\n");
    let done = push(&it.mine.location(), &made, None).unwrap();
    assert_eq!((done.stay, &done.local), (0, &Local::Moved));
    let log = git_in(&it.bare, &["log", "--format=%s", "main"]);
    assert_eq!(log, "crm.toml: report\ncrm.toml: report\nerp\nbase");
    assert_eq!(it.mine.git(&["rev-parse", "main"]), done.id);
    // One that touches more than that cannot be taken apart.
    it.mine.write("notes.txt", "x\n");
    it.mine.write("crm.toml", "both\n");
    it.mine.commit_all("both");
    let made = file(&it.mine, "crm.toml", "again\n");
    let error = push(&it.mine.location(), &made, None).unwrap_err().to_string();
    assert!(error.contains("others too") && error.contains("git push"), "{error}");
}

#[test]
fn the_same_file_changed_on_both_sides_is_refused_and_kept() {
    let it = shared();
    it.theirs.write("crm.toml", "theirs\n");
    it.theirs.commit_all("crm");
    it.theirs.git(&["push", "-q"]);
    let made = file(&it.mine, "crm.toml", "mine\n");
    let error = push(&it.mine.location(), &made, None).unwrap_err().to_string();
    assert!(error.contains("crm.toml") && error.contains("git pull --rebase"), "{error}");
    assert_eq!(it.mine.git(&["rev-parse", "main"]), made.id);
    assert_eq!(it.mine.read("crm.toml"), "mine\n");
    assert_eq!(git_in(&it.bare, &["show", "main:crm.toml"]), "theirs");
}

#[test]
fn a_branch_of_its_own_shows_this_commit_alone_and_takes_a_correction() {
    let it = shared();
    it.mine.write("notes.txt", "not ready\n");
    it.mine.commit_all("not ready");
    let made = file(&it.mine, "crm.toml", "mine\n");
    let own = "status/crm-2026-W47";
    let done = push_to_branch(&it.mine.location(), &made, None, own).unwrap();
    assert_eq!((done.branch.as_str(), &done.local), (own, &Local::Same));
    assert_eq!(git_in(&it.bare, &["log", "--format=%s", own]), "crm.toml: report\nbase");
    assert_eq!(git_in(&it.bare, &["log", "--format=%s", "main"]), "base");
    let again = file(&it.mine, "crm.toml", "corrected\n");
    push_to_branch(&it.mine.location(), &again, None, own).unwrap();
    assert_eq!(git_in(&it.bare, &["show", &format!("{own}:crm.toml")]), "corrected");
    assert_eq!(git_in(&it.bare, &["rev-list", "--count", own]), "3");
}

#[test]
fn nowhere_to_push_is_said_plainly() {
    let repo = TestRepo::new();
    let made = file(&repo, "crm.toml", "1");
    let error = push(&repo.location(), &made, None).unwrap_err().to_string();
    assert!(error.contains("git remote add origin"), "{error}");
    repo.git(&["checkout", "-q", "--detach"]);
    let made = file(&repo, "crm.toml", "2");
    let error = push(&repo.location(), &made, None).unwrap_err();
    assert!(matches!(&error, StoreError::Push(said) if said.contains("git switch -c")), "{error}");
}

#[cfg(unix)]
#[test]
fn a_protected_branch_points_at_requests() {
    use std::os::unix::fs::PermissionsExt;
    let it = shared();
    let hook = it.bare.join("hooks/pre-receive");
    std::fs::create_dir_all(hook.parent().unwrap()).unwrap();
    std::fs::write(&hook, "#!/bin/sh\necho main is protected\nexit 1\n").unwrap();
    std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o755)).unwrap();
    let made = file(&it.mine, "crm.toml", "2\n");
    let error = push(&it.mine.location(), &made, None).unwrap_err().to_string();
    assert!(error.starts_with("origin refuses pushes to main: main is protected"), "{error}");
    assert!(error.contains("main is protected") && error.contains("submit = \"branch\""), "{error}");
}
