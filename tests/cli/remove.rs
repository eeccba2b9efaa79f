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
    sandbox.pmo("rm crm/R-001").ok();
    assert!(!sandbox.exists("projects/crm/risks"));
}

#[test]
fn a_project_goes_with_its_folder() {
    let sandbox = sandbox();
    let run = sandbox.pmo("rm crm --dry-run").ok();
    assert!(run.stdout.contains("remove projects/crm/docs/charter.md"), "{run}");
    assert!(sandbox.exists("projects/crm/project.toml"));
    let run = sandbox.pmo("rm crm").ok();
    assert!(run.stderr.contains("everything in its folder (5 files)"), "{run}");
    assert!(!sandbox.exists("projects/crm"));
}

#[test]
fn a_manager_is_not_removed() {
    let run = sandbox().pmo("rm @jana-novak").exits(2);
    assert!(run.stderr.contains("crm: one status report (by)"), "{run}");
    assert!(run.stderr.contains("crm CRM migration (manager)"), "{run}");
}
