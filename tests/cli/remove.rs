//! `pmo rm`: refused while something refers to the record.

use crate::harness::Sandbox;

fn sandbox() -> Sandbox {
    Sandbox::register()
        .with("projects/crm/risks/R-001.toml", "title = \"one\"\n")
        .with("projects/crm/issues/I-001.toml", "title = \"i\"\nfrom = \"R-001\"\n")
        .with("projects/crm/docs/charter.md", "# Charter\n")
}

#[test]
fn a_record_that_is_named_stays_and_the_names_are_listed() {
    let sandbox = sandbox();
    let before = sandbox.files();
    let run = sandbox.pmo("rm crm/R-001").exits(2);
    assert!(run.stderr.contains("1 place in the register names it"), "{run}");
    assert!(run.stderr.contains("crm/I-001 i (from)"), "{run}");
    assert_eq!(sandbox.files(), before);
    sandbox.pmo("set crm/I-001 from=").ok();
    sandbox.pmo("rm crm/R-001 --force").ok();
    assert!(!sandbox.exists("projects/crm/risks"));
}

#[test]
fn a_project_goes_with_its_folder() {
    let sandbox = sandbox();
    let run = sandbox.pmo("rm crm --dry-run").ok();
    assert!(run.stdout.contains("remove projects/crm/docs/charter.md"), "{run}");
    assert!(sandbox.exists("projects/crm/project.toml"));
    let run = sandbox.pmo("rm crm --force").ok();
    assert!(run.stderr.contains("everything in its folder (5 files)"), "{run}");
    assert!(!sandbox.exists("projects/crm"));
}

#[test]
fn a_manager_is_not_removed() {
    let run = sandbox().pmo("rm @jana-novak").exits(2);
    assert!(run.stderr.contains("crm: one status report (by)"), "{run}");
    assert!(run.stderr.contains("crm CRM migration (manager)"), "{run}");
}

#[test]
fn what_git_does_not_have_is_only_removed_by_force() {
    let sandbox = sandbox();
    let run = sandbox.pmo("rm crm/I-001").exits(2);
    assert!(run.stderr.contains("the register is not in git") && run.stderr.contains("I-001.toml"), "{run}");
    sandbox.git_init();
    sandbox.write("projects/crm/risks/R-002.toml", "title = \"new\"\n");
    sandbox.replace("projects/crm/docs/charter.md", "Charter", "Charter, with much work in it");
    let before = sandbox.files();
    let run = sandbox.pmo("rm crm").exits(2);
    assert!(run.stderr.contains("R-002.toml") && run.stderr.contains("docs/charter.md"), "{run}");
    assert!(!run.stderr.contains("R-001.toml") && run.stderr.contains("pmo rm crm --force"), "{run}");
    assert_eq!(sandbox.files(), before);
    let run = sandbox.pmo("rm crm/I-001").ok();
    assert!(run.stderr.contains("git restore projects/crm/issues/I-001.toml"), "{run}");
    sandbox.git(&["restore", "projects/crm/issues/I-001.toml"]);
    assert_eq!(sandbox.files(), before);
    let run = sandbox.pmo("rm crm/R-002 --force").ok();
    assert!(!run.stderr.contains("git restore"), "{run}");
}

#[test]
fn a_programme_goes_with_its_reports() {
    let sandbox = sandbox()
        .with("programmes/c-360.toml", "name = \"C\"\n")
        .with("programmes/c-360/status/2026-W47.toml", "summary = \"s\"\n\n[rag]\noverall = \"green\"\n");
    sandbox.git_init();
    let run = sandbox.pmo("rm c-360 --commit").ok();
    assert!(run.stderr.contains("everything in its folder (2 files)"), "{run}");
    assert!(!sandbox.exists("programmes"));
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "");
}

#[test]
fn a_milestone_is_not_its_project() {
    let sandbox = sandbox();
    sandbox.replace("projects/crm/project.toml", "[budget]", "[[milestone]]\nid = \"go-live\"\n\n[budget]");
    let before = sandbox.files();
    for line in [
        "rm crm#go-live --force",
        "set crm#go-live name=Foo",
        "edit crm#go-live",
        "close crm#go-live",
        "reopen crm#go-live",
        "renumber crm#go-live",
        "mv crm#go-live x",
        "show crm#go-live",
    ] {
        let run = sandbox.pmo(line).exits(2);
        assert!(run.stderr.contains("#go-live is a milestone of crm"), "{run}");
        assert!(run.stderr.contains("pmo edit crm"), "{run}");
        assert_eq!(sandbox.files(), before, "{run}");
    }
}
