//! `pmo project approve|start|hold|resume|close|terminate` and `pmo decision decide`.

use crate::harness::Sandbox;

fn proposed() -> Sandbox {
    Sandbox::register().with("people/liam-okoye.toml", "name = \"Liam Okoye\"\n").with(
        "projects/erp/project.toml",
        "# ours\nname = \"ERP\"\nmanager = \"jana-novak\"\nstate = \"proposed\"   # for now\n",
    )
}

#[test]
fn a_project_lives_and_every_move_is_a_decision() {
    let sandbox = proposed();
    sandbox.pmo_args(&["project", "approve", "erp", "--by", "Liam Okoye", "--reason", "Item 4"]).ok();
    let charter = sandbox.read("projects/erp/project.toml");
    assert!(charter.starts_with("# ours\n"), "{charter}");
    assert!(charter.contains("state = \"approved\"   # for now\n"), "{charter}");
    assert!(
        charter.contains("approved_on = 2026-11-20") && charter.contains("decision = \"D-001\""),
        "{charter}"
    );
    let decision = sandbox.read("projects/erp/decisions/D-001.toml");
    for line in [
        "title = \"Approve ERP\"",
        "state = \"decided\"",
        "outcome = \"Approved: Item 4\"",
        "decided_on = 2026-11-20",
        "decided_by = \"liam-okoye\"",
    ] {
        assert!(decision.lines().any(|l| l == line), "{line}\n{decision}");
    }
    let run = sandbox.pmo("project start erp --on 2026-11-23").ok();
    assert!(run.stderr.contains("next: pmo status new erp"), "{run}");
    assert!(sandbox.read("projects/erp/project.toml").contains("started_on = 2026-11-23"));
    let run = sandbox.pmo("project hold erp --reason Money").ok();
    assert!(run.stderr.contains("`pmo set erp/D-003 decided_by=PERSON`"), "{run}");
    sandbox.pmo("project resume erp").ok();
    sandbox.pmo("project close erp --begin").ok();
    sandbox.pmo("project close erp --on 2026-12-01").ok();
    let charter = sandbox.read("projects/erp/project.toml");
    assert!(charter.contains("state = \"closed\"   # for now") && charter.contains("closed_on = 2026-12-01"));
    assert!(charter.contains("started_on = 2026-11-23"), "resuming is no second start: {charter}");
    let decisions = sandbox.pmo("decision list --all --project erp -O ids").ok().stdout;
    assert_eq!(decisions.lines().count(), 6, "{decisions}");
    // The person at the keyboard decided what names nobody.
    assert!(sandbox.read("projects/erp/decisions/D-003.toml").contains("outcome = \"Put on hold: Money\""));
}

#[test]
fn moves_that_a_project_does_not_have_are_refused_with_those_it_has() {
    let sandbox = proposed();
    let before = sandbox.files();
    for (line, said) in [
        ("project start erp", "`pmo project approve erp` or `pmo project terminate erp`"),
        ("project close crm", "`pmo project close crm --begin`"),
        ("project resume crm", "crm is active already"),
        ("project approve crm", "so you cannot approve it"),
        ("project approve epr", "did you mean `erp`?"),
        ("project approve erp --by liam-okoy", "did you mean `liam-okoye`?"),
        ("project approve erp --on 2026-02-30", "2026-02-30"),
    ] {
        let run = sandbox.pmo(line).exits(2);
        assert!(run.stderr.contains(said), "{run}");
    }
    sandbox.pmo("project approve erp --dry-run").ok();
    assert_eq!(sandbox.files(), before);
    sandbox.pmo("project terminate erp --reason Gone").ok();
    let run = sandbox.pmo("project start erp").exits(2);
    assert!(run.stderr.contains("its life is over"), "{run}");
}

#[test]
fn closing_names_what_is_still_open() {
    let sandbox = proposed().with("projects/crm/risks/R-004.toml", "title = \"x\"\n");
    sandbox.pmo("project close crm --begin").ok();
    let run = sandbox.pmo("project close crm").ok();
    assert!(run.stderr.contains("still open: 1 risk (R-004)"), "{run}");
}

#[test]
fn a_decision_is_settled_once() {
    let sandbox = proposed().with(
        "projects/crm/decisions/D-003.toml",
        "title = \"Extend?\"\nof = \"liam-okoye\"\nwanted_by = 2026-11-27   # before the board\n",
    );
    sandbox.git_init();
    let args = [
        "decision",
        "decide",
        "crm/D-003",
        "--outcome",
        "Yes, by two months",
        "--forum",
        "Board",
        "--commit",
    ];
    let run = sandbox.pmo_args(&args).ok();
    assert!(run.stderr.contains("recorded as decided by liam-okoye"), "{run}");
    let text = sandbox.read("projects/crm/decisions/D-003.toml");
    for line in
        ["state = \"decided\"", "decided_by = \"liam-okoye\"", "decided_on = 2026-11-20", "forum = \"Board\""]
    {
        assert!(text.lines().any(|l| l == line), "{line}\n{text}");
    }
    assert!(text.contains("wanted_by = 2026-11-27   # before the board"), "{text}");
    assert_eq!(sandbox.git(&["log", "-1", "--format=%s"]).trim(), "crm/D-003: decided, Yes, by two months");
    let run = sandbox.pmo("decision decide crm/D-003 --outcome No").exits(2);
    assert!(run.stderr.contains("was decided on 2026-11-20 already"), "{run}");
    let run = sandbox.pmo("decision decide crm --outcome No").exits(2);
    assert!(run.stderr.contains("is a project, not a decision"), "{run}");
}
