//! `pmo explain`.

use crate::harness::Sandbox;

#[test]
fn a_rule_is_explained_by_its_page() {
    let sandbox = Sandbox::new();
    let page = sandbox.pmo("explain red-without-plan").ok();
    assert!(page.stdout.starts_with("# red-without-plan\n\nA report is rated red,"), "{page}");
    assert!(page.stdout.contains("## How to fix it"), "{page}");
    let every = sandbox.pmo("explain").ok();
    for rule in ["status-missing", "greener-than-computed", "dependency-cycle", "unused-exception"] {
        assert!(every.stdout.lines().any(|line| line.starts_with(rule)), "{rule}: {every}");
    }
    let near = sandbox.pmo("explain red-witout-plan").exits(2);
    assert!(near.stderr.contains("did you mean `red-without-plan`?") && near.stdout.is_empty(), "{near}");
}

#[test]
fn a_rating_is_explained_line_by_line() {
    let sandbox = Sandbox::register()
        .with(
            "projects/erp/project.toml",
            "name = \"ERP\"\nmanager = \"jana-novak\"\nstate = \"active\"\nbudget.approved = 1000\nclass = \"B\"\n",
        )
        .with(
            "projects/erp/status/2026-W47.toml",
            "summary = \"Fine.\"\nrag.overall = \"green\"\nforecast_cost = 1140\n",
        );
    let page = sandbox.pmo("explain rag erp").ok();
    for part in [
        "cost +14 %",
        "> 5 %",
        "unknown: no forecast of finish",
        "Reported better than the figures say: overall",
    ] {
        assert!(page.stdout.contains(part), "{part}: {page}");
    }
    let json = sandbox.pmo("explain rag erp -O json").ok().json();
    assert_eq!((json["kind"].as_str(), json["declared"].as_str()), (Some("rating"), Some("green")));
    assert_eq!(json["rating"]["overall"], "red");
    assert_eq!(json["rating"]["readings"][1]["reasons"][0]["fact"]["percent"], 14);
    assert!(sandbox.pmo("explain rag erb").exits(2).stderr.contains("did you mean `erp`?"));
    assert!(sandbox.pmo("explain rag").exits(2).stderr.contains("pmo explain rag crm"));
}
