//! `pmo mv` and `pmo renumber`: files move, references follow, nothing else changes.

use crate::harness::Sandbox;

fn sandbox() -> Sandbox {
    Sandbox::register()
        .with("projects/crm/risks/R-001.toml", "title = \"one\"\nlinks = [\"D-001\", \"erp\"] # both\n")
        .with("projects/crm/decisions/D-001.toml", "title = \"d\"\nlinks = [\"R-001\"]\n")
        .with("projects/erp/project.toml", "name = \"ERP\"\nmanager = \"jana-novak\"\nstate = \"active\"\n\n[[dependency]]\non = \"crm\" # x\n")
        .with("projects/erp/issues/I-001.toml", "title = \"i\"\nfrom = \"crm/R-001\"\n")
        .with("projects/erp/risks/R-004.toml", "title = \"r\"\n")
}

#[test]
fn a_project_moves_with_its_folder_and_references() {
    let sandbox = sandbox();
    sandbox.git_init();
    let run = sandbox.pmo("mv crm crm-migration --commit").ok();
    assert!(run.stderr.contains("moved crm to crm-migration, and its name in 2 files"), "{run}");
    assert!(!sandbox.exists("projects/crm") && sandbox.exists("projects/crm-migration/status/2026-W47.toml"));
    assert!(sandbox.read("projects/erp/project.toml").ends_with("on = \"crm-migration\" # x\n"));
    assert_eq!(
        sandbox.read("projects/erp/issues/I-001.toml"),
        "title = \"i\"\nfrom = \"crm-migration/R-001\"\n"
    );
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "");
    assert_eq!(sandbox.git(&["log", "-1", "--format=%s"]), "crm is now crm-migration\n");
}

#[test]
fn a_person_gets_another_id() {
    let sandbox = sandbox();
    sandbox.pmo("mv @jana-novak jana-horak").ok();
    assert!(sandbox.exists("people/jana-horak.toml"));
    assert!(
        sandbox
            .read("projects/crm/project.toml")
            .contains("manager = \"jana-horak\"\nsponsor = \"jana-horak\"")
    );
}

#[test]
fn a_programme_and_an_objective_get_other_names() {
    let sandbox = sandbox()
        .with("objectives/grow.toml", "name = \"Grow\"\n")
        .with("programmes/c-360.toml", "name = \"C\"\n\n[[alignment]]\nobjective = \"grow\" # ours\n")
        .with(
            "programmes/c-360/status/2026-W47.toml",
            "summary = \"s\"\n\n[rag]\noverall = \"green\"\n\n[project.crm]\nnote = \"n\"\n",
        );
    sandbox.replace("projects/crm/project.toml", "state =", "programme = \"c-360\"\nstate =");
    sandbox.pmo("mv c-360 customer-360").ok();
    sandbox.pmo("mv grow growth").ok();
    sandbox.pmo("mv crm crm-2").ok();
    assert_eq!(
        sandbox.read("programmes/customer-360.toml"),
        "name = \"C\"\n\n[[alignment]]\nobjective = \"growth\" # ours\n"
    );
    assert!(sandbox.read("programmes/customer-360/status/2026-W47.toml").contains("[project.crm-2]"));
    assert!(sandbox.read("projects/crm-2/project.toml").contains("programme = \"customer-360\"\n"));
    assert!(!sandbox.exists("programmes/c-360") && !sandbox.exists("programmes/c-360.toml"));
}

#[test]
fn a_risk_moves_to_another_project_as_its_next_number() {
    let sandbox = sandbox();
    let run = sandbox.pmo("mv crm/R-001 erp").ok();
    assert!(run.stderr.contains("moved crm/R-001 to erp/R-005"), "{run}");
    assert_eq!(
        sandbox.read("projects/erp/risks/R-005.toml"),
        "title = \"one\"\nlinks = [\"crm/D-001\", \"erp\"] # both\n"
    );
    assert_eq!(sandbox.read("projects/crm/decisions/D-001.toml"), "title = \"d\"\nlinks = [\"erp/R-005\"]\n");
    assert_eq!(sandbox.read("projects/erp/issues/I-001.toml"), "title = \"i\"\nfrom = \"erp/R-005\"\n");
}

#[test]
fn a_number_is_given_anew() {
    let sandbox = sandbox();
    sandbox.git_init();
    sandbox.git(&["switch", "-q", "-c", "other"]);
    sandbox.write("projects/crm/risks/R-008.toml", "title = \"theirs\"\n");
    sandbox.commit("theirs");
    sandbox.git(&["switch", "-q", "main"]);
    let run = sandbox.pmo("renumber crm/R-001").ok();
    assert!(run.stderr.contains("moved crm/R-001 to crm/R-009"), "{run}");
    assert_eq!(sandbox.read("projects/crm/decisions/D-001.toml"), "title = \"d\"\nlinks = [\"R-009\"]\n");
    let run = sandbox.pmo("renumber crm/R-009 8").exits(2);
    assert!(run.stderr.contains("crm/R-008 is in use"), "{run}");
    sandbox.pmo("renumber crm/R-009 2").ok();
}

#[test]
fn bad_destinations_are_refused() {
    let sandbox = sandbox();
    let before = sandbox.files();
    for (line, said) in [
        ("mv crm erp", "there is a project called erp already"),
        ("mv crm ../x", "cannot be the id"),
        ("mv crm nul", "cannot be the id"),
        ("mv crm/R-001 erpp", "did you mean `erp`?"),
        ("mv crm/R-001 erp/R-004", "there is a record erp/R-004 already"),
        ("mv crm/R-001 erp/I-001", "no risk of a project"),
        ("mv crm/2026-W47 erp", "its path says what it is"),
        ("renumber crm", "has no number"),
    ] {
        let run = sandbox.pmo(line).exits(2);
        assert!(run.stderr.contains(said), "{said}: {run}");
        assert_eq!(sandbox.files(), before, "{run}");
    }
}

#[test]
fn two_records_of_one_number_are_told_apart() {
    let sandbox = sandbox();
    sandbox.write(
        "projects/crm/risks/R-001.toml",
        "<<<<<<< HEAD\ntitle = \"a\"\n=======\ntitle = \"b\"\n>>>>>>> theirs\n",
    );
    let before = sandbox.files();
    let run = sandbox.pmo("renumber crm/R-001").exits(2);
    assert!(run.stderr.contains("`pmo resolve` gives one of them the next"), "{run}");
    assert_eq!(sandbox.files(), before);
}

#[test]
fn a_file_with_mistakes_may_still_name_the_record() {
    let sandbox = sandbox();
    sandbox.write(
        "projects/old/project.toml",
        "name = \"Old\"\nmanager = \"jana-novak\"\nstate = \"active\"\n\n[[dependency]]\non = \"crm\"\nkind = \"odd\"\n",
    );
    sandbox.write("projects/bad/project.toml", "name = = \"Bad\"\n");
    let run = sandbox.pmo("mv crm crm2").ok();
    assert!(run.stderr.contains("note: projects/bad/project.toml cannot be read"), "{run}");
    assert!(run.stderr.contains("note: projects/old/project.toml has mistakes"), "{run}");
}
