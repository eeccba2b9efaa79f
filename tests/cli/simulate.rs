//! `pmo risk simulate`.

use crate::harness::Sandbox;

fn charter(name: &str, rest: &str) -> String {
    format!(
        "name = \"{name}\"\nmanager = \"jana-novak\"\nsponsor = \"jana-novak\"\nstate = \"active\"\n{rest}\n\
         [schedule]\nstart = 2026-06-01\nfinish = 2027-03-31\n"
    )
}

fn risk(rest: &str) -> String {
    format!("title = \"Vendor is late\"\n{rest}\n")
}

/// Two projects whose risks are certain, so that every figure is known, and one that nothing is known of.
fn certain() -> Sandbox {
    Sandbox::register()
        .with("projects/crm/project.toml", &charter("CRM", "budget = { approved = 4000, contingency = 100 }"))
        .with("projects/crm/risks/R-001.toml", &risk("chance = 100\ncost_effect = 120.50\ndays_effect = 10"))
        .with(
            "projects/crm/risks/R-002.toml",
            &risk("kind = \"opportunity\"\nchance = 100\ncost_effect = 30\ndays_effect = 3"),
        )
        .with("projects/erp/project.toml", &charter("ERP", ""))
        .with("projects/erp/risks/R-001.toml", &risk("chance = 100\ncost_effect = 1000"))
        .with("projects/wifi/project.toml", &charter("Wi-Fi", ""))
        .with("projects/wifi/risks/R-001.toml", &risk("probability = 3\nimpact = 4"))
        .with("projects/idea/project.toml", &charter("An idea", ""))
}

#[test]
fn what_is_certain_is_told_to_the_cent_and_what_is_missing_is_null() {
    let json = certain().pmo("risk simulate --runs 20 -O json").ok().json();
    assert_eq!(
        (&json["kind"], &json["options"]["seed"], &json["options"]["runs"]),
        (&"simulation".into(), &1.into(), &20.into())
    );
    let crm = &json["projects"][0];
    assert_eq!((&crm["cost"]["p10"], &crm["cost"]["mean"]), (&90.5.into(), &90.5.into()));
    assert_eq!((&crm["days"]["p80"], &crm["finish"]["without_risks"]), (&7.into(), &"2027-03-31".into()));
    assert_eq!(crm["finish"]["p80"], "2027-04-07");
    let reserve = &crm["contingency"];
    assert_eq!(
        (&reserve["left"], &reserve["balance"], &reserve["covered_percent"]),
        (&100.into(), &9.5.into(), &100.into())
    );
    // No contingency is not a contingency of nothing, neither for the project nor in the sum.
    let erp = &json["projects"][1];
    assert_eq!(
        (&erp["cost"]["p50"], &erp["contingency"]["left"], &erp["days"]),
        (&1000.into(), &().into(), &().into())
    );
    let total = &json["totals"][0];
    assert_eq!((&total["cost"]["p80"], &total["without_contingency"]), (&1090.5.into(), &1.into()));
    assert_eq!(total["contingency"]["covered_percent"], serde_json::Value::Null);
    let wifi = &json["projects"][2];
    assert_eq!((&wifi["drawn"], &wifi["left_out"], &wifi["cost"]), (&0.into(), &1.into(), &().into()));
    assert_eq!(json["left_out"][0]["reason"], "no-effect");
    assert_eq!(json["without_risks"], 1);
    let text = certain().pmo("risk simulate").ok().stdout;
    for said in [
        "3 of 4 open risks drawn · 10,000 runs · PERT · seed 1",
        "1 risk without an effect on cost or days: wifi/R-001   pmo set wifi/R-001 cost_effect=…",
        "1 project has open risks without figures only; 1 project has no open risk",
        "1 project has no contingency on record",
    ] {
        assert!(text.replace("\n    ", " ").replace("\n  ", " ").contains(said), "{said}: {text}");
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_whatever_else_is_simulated() {
    let sandbox = certain().with(
        "projects/crm/risks/R-003.toml",
        &risk("chance = 40\ncost_effect = { low = 10, likely = 20, high = 90 }"),
    );
    let all = sandbox.pmo("risk simulate --runs 500 -O json").ok().json();
    let again = sandbox.pmo("risk simulate --runs 500 -O json").ok().json();
    assert_eq!(all, again);
    let alone = sandbox.pmo("risk simulate crm --runs 500 -O json").ok().json();
    assert_eq!(alone["projects"][0], all["projects"][0]);
    let other = sandbox.pmo("risk simulate crm --runs 500 --seed 2 -O json").ok().json();
    assert_ne!(other["projects"][0]["cost"], all["projects"][0]["cost"]);
    let triangular =
        sandbox.pmo("risk simulate crm --runs 500 --distribution triangular -O json").ok().json();
    assert_ne!(triangular["projects"][0]["cost"], all["projects"][0]["cost"]);
    for file in ["s.html", "s.csv", "s.yaml", "s.md"] {
        sandbox.pmo(&format!("risk simulate -o {file}")).ok();
    }
    assert!(sandbox.read("s.csv").starts_with("project,drawn,"), "{}", sandbox.read("s.csv"));
}

#[test]
fn bad_input_is_refused_or_answered() {
    let sandbox = certain();
    for (arguments, said) in [
        ("--runs 0", "at least one run is needed"),
        ("--runs 1000001", "more than 1,000,000 runs are not made"),
        ("--runs=-5", "a whole number from 1 to 1000000"),
        ("--seed x", "invalid digit"),
        ("--confidence 100", "100 is not in 1..=99"),
        ("nonsense", "there is no project `nonsense`"),
        ("--programme nonsense", "no programme is called"),
        ("crm --programme x", "cannot be used with"),
    ] {
        let run = sandbox.pmo(&format!("risk simulate {arguments}")).exits(2);
        assert!(run.stderr.contains(said) && run.stdout.is_empty(), "{arguments}: {run}");
    }
    let empty = Sandbox::register().pmo("risk simulate").ok();
    assert!(empty.stdout.contains("No open risk: there is nothing to simulate."), "{empty}");
    let json = Sandbox::register().pmo("risk simulate -O json").ok().json();
    assert_eq!((&json["risks"]["open"], &json["projects"]), (&0.into(), &serde_json::json!([])));
    let one = sandbox.pmo("risk simulate crm --runs 1").ok();
    assert!(one.stdout.contains("one run tells nothing of what is likely"), "{one}");
    let crooked = sandbox
        .with(
            "projects/erp/risks/R-002.toml",
            &risk("chance = 10\ncost_effect = { low = 9, likely = 5, high = 7 }"),
        )
        .with(
            "projects/erp/risks/R-003.toml",
            &risk("chance = 10\ncost_effect = 5\ncorrelation = \"unheard\""),
        )
        .with("projects/erp/risks/R-004.toml", &risk("chance = 110\ncost_effect = 5"));
    let text = crooked.pmo("risk simulate erp").ok().stdout;
    for said in
        ["three points are not in order", "the group unheard is not in [risk.correlation]", "erp/R-004"]
    {
        assert!(text.replace("\n  ", " ").contains(said), "{said}: {text}");
    }
}
