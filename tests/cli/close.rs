//! `pmo close` and `pmo reopen`.

use crate::harness::Sandbox;

fn sandbox() -> Sandbox {
    Sandbox::register()
        .with(
            "projects/crm/risks/R-001.toml",
            "title = \"Vendor late\"\nstate = \"open\" # watched\n\n[target]\nprobability = 1\n",
        )
        .with("projects/crm/actions/A-001.toml", "title = \"Call them\"\nowner = \"jana-novak\"\n")
        .with("projects/crm/actuals/2026-10.toml", "cost = 5\n")
        .with(
            "projects/crm/decisions/D-001.toml",
            "title = \"Extend?\"\nstate = \"decided\"\ndecided_on = 2026-11-18\ndecided_by = \"jana-novak\"\n",
        )
        .with("projects/crm/changes/C-001.toml", "title = \"More\"\n")
}

#[test]
fn a_risk_is_closed_and_reopened() {
    let sandbox = sandbox();
    let run = sandbox.pmo_args(&["close", "crm/R-001", "--outcome", "They kept the date"]).ok();
    assert!(run.stderr.contains("closed crm/R-001 on 2026-11-20"), "{run}");
    let closed = "title = \"Vendor late\"\nstate = \"closed\" # watched\nclosed_on = 2026-11-20\noutcome = \"They kept the date\"\n\n[target]\nprobability = 1\n";
    assert_eq!(sandbox.read("projects/crm/risks/R-001.toml"), closed);
    let run = sandbox.pmo("close crm/R-001").exits(2);
    assert!(run.stderr.contains("closed already"), "{run}");
    sandbox.pmo("reopen crm/R-001").ok();
    let open = closed.replace("\"closed\"", "\"open\"").replace("closed_on = 2026-11-20\n", "");
    assert_eq!(sandbox.read("projects/crm/risks/R-001.toml"), open);
    assert!(sandbox.pmo("reopen crm/R-001").exits(2).stderr.contains("not closed"));
}

#[test]
fn an_action_takes_the_day_it_was_done() {
    let sandbox = sandbox();
    sandbox.pmo("close crm/A-001 --on 2026-11-18").ok();
    let text = sandbox.read("projects/crm/actions/A-001.toml");
    assert_eq!(text, "title = \"Call them\"\nowner = \"jana-novak\"\ndone_on = 2026-11-18\n");
}

#[test]
fn what_has_no_closing_says_what_to_type() {
    let sandbox = sandbox();
    let before = sandbox.files();
    for (reference, said) in [
        ("crm", "pmo project close crm"),
        ("crm/C-001", "draft, submitted, deferred, approved and rejected"),
        ("@jana-novak", "pmo set @jana-novak until=2026-12-31"),
        ("crm/actuals/2026-10", "a file of actuals cannot be closed"),
    ] {
        let run = sandbox.pmo(&format!("close {reference}")).exits(2);
        assert!(run.stderr.contains(said), "{run}");
    }
    assert_eq!(sandbox.files(), before);
}

#[test]
fn a_reopened_decision_is_decided_by_nobody() {
    let sandbox = sandbox();
    sandbox.pmo("reopen crm/D-001").ok();
    let text = sandbox.read("projects/crm/decisions/D-001.toml");
    assert!(!text.contains("decided_") && text.contains("state = \"open\""), "{text}");
}

#[test]
fn a_closed_project_is_mended_by_what_works() {
    let sandbox = sandbox();
    sandbox.replace("projects/crm/project.toml", "\"active\"", "\"closed\"");
    for line in
        ["reopen crm", "status new crm --period 2026-W48", "project start crm", "set crm state=active"]
    {
        let run = sandbox.pmo(line).exits(2);
        assert!(run.stderr.contains("`pmo edit crm`") && !run.stderr.contains("pmo project start"), "{run}");
    }
}
