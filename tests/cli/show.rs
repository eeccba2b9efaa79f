//! `pmo show`: a card for every kind, and the same for programs.

use crate::harness::Sandbox;

fn sandbox() -> Sandbox {
    Sandbox::register()
        .with(
            "projects/crm/risks/R-001.toml",
            "title = \"Vendor \u{202e}late\"\nowner = \"jana-novak\"\nplan_cost = 12_000.50\nreview_by = 2026-12-01\nimpact = { cost = 4, schedule = 3 }\nlinks = [\"#go-live\"]\n\n[target]\nprobability = 2\n",
        )
        .with("projects/crm/issues/I-001.toml", "title = \"It came\"\nfrom = \"R-001\"\n")
}

#[test]
fn a_risk_is_shown_with_labels_names_and_referrers() {
    let run = sandbox().pmo("show crm/R-001").ok();
    for part in [
        "crm/R-001",
        "risk · open",
        "Jana Novak (jana-novak)",
        "12",
        "1 Dec",
        "cost 4",
        "Referred to by",
        "crm/I-001 It came (from)",
        "pmo close crm/R-001",
    ] {
        assert!(run.stdout.contains(part), "{part}: {run}");
    }
    assert!(!run.stdout.contains('\u{202e}'), "{run}");
}

#[test]
fn programs_get_raw_numbers_and_the_file_itself() {
    let sandbox = sandbox();
    let run = sandbox.pmo("show crm/R-001 -O json").ok();
    assert!(run.stdout.contains("\"plan_cost\": 12000.50"), "{run}");
    let json = run.json();
    assert_eq!(json["kind"], "risk");
    assert_eq!(json["record"]["review_by"], "2026-12-01");
    assert_eq!(json["referred_by"][0]["id"], "crm/I-001");
    assert!(json["record"]["chance"].is_null());
    assert_eq!(
        sandbox.pmo("show crm/R-001 -O toml").ok().stdout,
        sandbox.read("projects/crm/risks/R-001.toml")
    );
    assert!(sandbox.pmo("show crm/R-001 -O yaml").ok().stdout.contains("plan_cost: 12000.50"));
}

#[test]
fn every_kind_has_a_card() {
    let sandbox = sandbox()
        .with("programmes/c.toml", "name = \"C\"\n")
        .with("objectives/grow.toml", "name = \"Grow\"\n")
        .with("requests/REQ-0001.toml", "title = \"Wish\"\n");
    for (reference, part) in [
        ("crm", "CRM migration"),
        ("crm/2026-W47", "● green"),
        ("@jana-novak", "jana.novak@northwind.example"),
        ("c", "programme"),
        ("grow", "Grow"),
        ("REQ-0001", "Wish"),
    ] {
        let run = sandbox.pmo(&format!("show {reference}")).ok();
        assert!(run.stdout.contains(part), "{run}");
        sandbox.pmo(&format!("show {reference} -O json")).ok().json();
    }
}

#[test]
fn what_cannot_be_read_says_why() {
    let sandbox = sandbox();
    sandbox.write("projects/crm/risks/R-001.toml", "title = = 1\n");
    let run = sandbox.pmo("show crm/R-001").exits(2);
    assert!(run.stderr.contains("R-001.toml:1:9") && run.stderr.contains("pmo edit crm/R-001"), "{run}");
    assert_eq!(sandbox.pmo("show crm/R-001 -O toml").ok().stdout, "title = = 1\n");
    assert!(sandbox.pmo("show crm/R-002").exits(2).stderr.contains("did you mean `crm/R-001`?"));
}

#[test]
fn a_draft_says_so() {
    let sandbox = sandbox();
    sandbox.replace("projects/crm/status/2026-W47.toml", "\"On course.\"", "\"…\"");
    let run = sandbox.pmo("show crm/2026-W47").ok();
    assert!(run.stdout.contains("A draft") && run.stdout.contains("pmo edit crm/2026-W47"), "{run}");
}

#[test]
fn what_cannot_be_opened_hints_no_command_that_fails() {
    let sandbox = sandbox();
    sandbox.write_bytes("projects/crm/risks/R-001.toml", b"\xff\xfet\0i\0");
    let run = sandbox.pmo("show crm/R-001").exits(2);
    assert!(run.stderr.contains("save it as UTF-8"), "{run}");
    assert!(!run.stderr.contains("pmo edit") && !run.stderr.contains("-O toml"), "{run}");
}

#[test]
fn a_path_that_a_shell_completed_means_the_record_there() {
    let sandbox = sandbox();
    let by_name = sandbox.pmo("show crm/R-001").ok().stdout;
    assert_eq!(sandbox.pmo("show projects/crm/risks/R-001.toml").ok().stdout, by_name);
    assert_eq!(sandbox.pmo("show ./projects/crm/").ok().stdout, sandbox.pmo("show crm").ok().stdout);
    sandbox.pmo("set projects/crm/risks/R-001.toml title=Renamed").ok();
    assert!(sandbox.read("projects/crm/risks/R-001.toml").contains("Renamed"));
}
