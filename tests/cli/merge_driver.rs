//! The merge driver: git joins the register's files by key, and marks only what both changed.

use crate::harness::Sandbox;

const PROJECT: &str = "projects/crm/project.toml";

/// A register in which git joins by key, with a branch `plan-b`.
fn register() -> Sandbox {
    let sandbox = Sandbox::register();
    sandbox.replace(
        PROJECT,
        "[budget]",
        "[[milestone]]\nid = \"a\"\nbaseline = 2026-03-01\nkey = true\n\n[budget]",
    );
    sandbox.git_init();
    let run = sandbox.pmo("hook install --merge-driver").ok();
    assert!(run.stderr.contains("hook uninstall --merge-driver"), "{run}");
    assert!(sandbox.pmo("hook install --merge-driver").ok().stderr.contains("already"));
    sandbox.commit("the driver");
    sandbox.git(&["branch", "plan-b"]);
    sandbox
}

/// Runs git with pmo in the path; true where it succeeds.
fn git(sandbox: &Sandbox, line: &str) -> bool {
    let worked = sandbox.path(".git/worked");
    let _ = std::fs::remove_file(&worked);
    let script =
        format!("PATH=\"$(dirname \"$0\"):$PATH\"; git {line} > .git/said 2>&1 && touch .git/worked; exit 0");
    sandbox.sh(&script, env!("CARGO_BIN_EXE_pmo"));
    worked.exists()
}

fn milestone(sandbox: &Sandbox, id: &str) {
    let block =
        format!("# {id} is new\n[[milestone]]\nid = \"{id}\"\nbaseline = 2026-04-01\nkey = true\n\n[budget]");
    sandbox.replace(PROJECT, "[budget]", &block);
}

#[test]
fn milestones_of_both_sides_are_joined_in_merge_rebase_and_cherry_pick() {
    for line in ["merge -q --no-edit plan-b", "rebase -q plan-b", "cherry-pick plan-b"] {
        let sandbox = register();
        sandbox.git(&["switch", "-q", "plan-b"]);
        milestone(&sandbox, "there");
        sandbox.replace(PROJECT, "finish = 2027-03-31", "finish = 2027-04-30");
        sandbox.commit("there");
        sandbox.git(&["switch", "-q", "main"]);
        milestone(&sandbox, "here");
        sandbox.replace(PROJECT, "start = 2026-02-02", "start = 2026-02-03 # a day later");
        sandbox.commit("here");
        assert!(git(&sandbox, line), "{line}: {}", sandbox.read(".git/said"));
        let text = sandbox.read(PROJECT);
        for part in [
            "# here is new\n[[milestone]]\nid = \"here\"\nbaseline = 2026-04-01\nkey = true\n",
            "# there is new\n[[milestone]]\nid = \"there\"\nbaseline = 2026-04-01\nkey = true\n",
            "start = 2026-02-03 # a day later\nfinish = 2027-04-30\n",
        ] {
            assert!(text.contains(part), "{line}\n{text}");
        }
        let found = sandbox.pmo("check -O concise").stdout;
        assert!(!found.contains("conflict-marker") && !found.contains("duplicate"), "{found}");
    }
}

#[test]
fn a_field_that_both_changed_is_marked_and_nothing_else() {
    let sandbox = register();
    sandbox.git(&["switch", "-q", "plan-b"]);
    sandbox.replace(PROJECT, "approved = 1_200_000", "approved = 1_300_000");
    sandbox.replace(PROJECT, "name = \"CRM migration\"", "name = \"CRM\"");
    sandbox.commit("there");
    sandbox.git(&["switch", "-q", "main"]);
    sandbox.replace(PROJECT, "approved = 1_200_000", "approved = 1_400_000");
    sandbox.commit("here");
    assert!(!git(&sandbox, "merge -q --no-edit plan-b"));
    let text = sandbox.read(PROJECT);
    let marked = "<<<<<<< ours\napproved = 1_400_000\n=======\napproved = 1_300_000\n>>>>>>> theirs\n";
    assert!(text.contains(marked) && text.starts_with("name = \"CRM\"\n"), "{text}");
    assert!(sandbox.git(&["status", "--porcelain"]).contains(&format!("UU {PROJECT}")));
    sandbox.pmo("resolve crm --theirs").ok();
    assert!(sandbox.read(PROJECT).contains("approved = 1_300_000"));
}

#[test]
fn two_records_of_one_number_are_never_mixed() {
    let sandbox = register();
    let path = "projects/crm/risks/R-001.toml";
    sandbox.git(&["switch", "-q", "plan-b"]);
    sandbox.write(path, "title = \"there\"\nplan = \"p\"\n");
    sandbox.commit("there");
    sandbox.git(&["switch", "-q", "main"]);
    sandbox.write(path, "title = \"here\"\nowner = \"jana-novak\"\n");
    sandbox.commit("here");
    assert!(!git(&sandbox, "merge -q --no-edit plan-b"));
    let text = sandbox.read(path);
    assert!(
        text.contains("title = \"here\"\nowner = \"jana-novak\"\n=======\ntitle = \"there\"\nplan = \"p\"\n"),
        "{text}"
    );
    sandbox.pmo("resolve").ok();
    assert_eq!(sandbox.read("projects/crm/risks/R-002.toml"), "title = \"there\"\nplan = \"p\"\n");
}

#[test]
fn without_pmo_git_joins_line_by_line_and_it_can_be_undone() {
    let sandbox = register();
    sandbox.git(&["switch", "-q", "plan-b"]);
    sandbox.replace(PROJECT, "name = \"CRM migration\"", "name = \"CRM\"");
    sandbox.commit("there");
    sandbox.git(&["switch", "-q", "main"]);
    sandbox.replace(PROJECT, "approved = 1_200_000", "approved = 1_400_000");
    sandbox.commit("here");
    sandbox.sh("PATH=/usr/bin:/bin git merge -q --no-edit plan-b", "sh");
    let text = sandbox.read(PROJECT);
    assert!(text.contains("name = \"CRM\"\n") && text.contains("1_400_000"), "{text}");
    let run = sandbox.pmo("hook uninstall --merge-driver").ok();
    assert!(run.stderr.contains("line by line again"), "{run}");
    assert!(!sandbox.exists(".gitattributes"));
    assert!(!sandbox.read(".git/config").contains("pmo"));
    assert!(sandbox.pmo("hook uninstall --merge-driver").ok().stderr.contains("no merge driver"));
}

#[test]
fn a_version_that_is_no_toml_is_joined_line_by_line() {
    let sandbox = Sandbox::new()
        .with("base", "a = 1\nb = 2\nc = 3\n")
        .with("ours", "a = 1\nb = 2\nc = \n")
        .with("theirs", "a = 9\nb = 2\nc = 3\n");
    sandbox.pmo("merge-driver base ours theirs pmo.toml").ok();
    assert_eq!(sandbox.read("ours"), "a = 9\nb = 2\nc = \n");
    sandbox.write("ours", "a = \nb = 2\nc = 3\n");
    sandbox.pmo("merge-driver base ours theirs pmo.toml --marker-size 9").exits(1);
    assert_eq!(
        sandbox.read("ours"),
        "<<<<<<<<< ours\na = \n=========\na = 9\n>>>>>>>>> theirs\nb = 2\nc = 3\n"
    );
}
