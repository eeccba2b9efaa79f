//! Names that are nearly right, text that is not what it looks like, and charters that are not complete.

use crate::harness::Sandbox;

#[test]
fn what_was_meant_is_named() {
    let sandbox = Sandbox::register()
        .with("projects/crm/risks/R-001.toml", "title = \"Vendor leaves\"\n")
        .with("projects/erp/project.toml", "name = \"ERP\"\nmanager = \"jana-novak\"\nstate = \"closed\"\n");
    for (line, said) in [
        ("template new minutes crm", "did you mean `meeting-minutes`?"),
        ("template new xyzzy crm", "`pmo template list`"),
        ("schema nope", "the kinds are "),
        ("find x --kind nope", "the kinds are "),
        ("show crm/C-001", "crm has no `C-…`; it has R-001"),
        ("show crm/R-004", "did you mean `crm/R-001`?"),
        ("show R-001", "did you mean `crm/R-001`?"),
        ("show erp/R-001", "erp has no records of its own yet"),
    ] {
        let run = sandbox.pmo(line).exits(2);
        assert!(run.stderr.contains(said), "{said}: {run}");
    }
}

#[test]
fn a_review_is_of_a_gate_that_a_phase_has() {
    let sandbox = Sandbox::register();
    sandbox.pmo("review add crm G9 --dry-run").ok();
    sandbox.replace(
        "pmo.toml",
        "[reporting]",
        "[[phase]]\nid = \"build\"\nname = \"Build\"\ngate = \"G4\"\n\n[reporting]",
    );
    let run = sandbox.pmo("review add crm G9").exits(2);
    assert!(
        run.stderr.contains("no phase ends in a gate `G9`") && run.stderr.contains("the gates are G4"),
        "{run}"
    );
    sandbox.pmo("review add crm G4 --dry-run").ok();
    sandbox.pmo("review add crm PIR --dry-run").ok();
    sandbox.write("projects/crm/reviews/G9-1.toml", "outcome = \"go\"\n");
    let run = sandbox.pmo("check crm").exits(1);
    assert!(run.stdout.contains("`G9` is no gate of this organisation"), "{run}");
}

#[test]
fn an_approved_charter_says_what_it_lacks() {
    let sandbox = Sandbox::register().with(
        "projects/wifi/project.toml",
        "name = \"Wifi\"\nmanager = \"jana-novak\"\nstate = \"proposed\"\n\n[schedule]\nstart = 2027-03-01\nfinish = 2027-01-31\n",
    );
    let run = sandbox.pmo("project approve wifi").ok();
    assert!(run.stderr.contains("note[no-sponsor]"), "{run}");
    assert!(run.stderr.contains("note[finish-before-start]"), "{run}");
    assert!(run.stderr.contains("`pmo check wifi` will say so too"), "{run}");
}

#[test]
fn no_format_hides_what_turns_text_around() {
    let sandbox = Sandbox::register();
    sandbox.replace("projects/crm/project.toml", "CRM migration", "a\\u202Eb\\r\\n# c\\rd");
    sandbox.write("projects/crm/risks/R-001.toml", "title = \"x\\u202Ey\"\nowner = \"n\\u202Eo\"\n");
    for line in [
        "show crm -O json",
        "show crm -O yaml",
        "project list -O json",
        "project list -O yaml",
        "find R-001 -O yaml",
        "check -O json",
        "check -O sarif",
        "check -O gitlab",
    ] {
        let run = sandbox.pmo(line);
        assert!(!run.stdout.contains('\u{202e}') && !run.stdout.is_empty(), "{run}");
    }
    let run = sandbox.pmo("project list -O csv").ok();
    assert!(!run.stdout.contains('\r'), "{run}");
    let run = sandbox.pmo("template new charter crm -o -").ok();
    let first = run.stdout.lines().next().unwrap_or_default();
    assert!(first.contains("# c d"), "{run}");
}
