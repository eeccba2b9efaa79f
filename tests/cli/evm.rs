//! `pmo report evm`.

use crate::harness::Sandbox;

/// A register of three projects: one with everything, one without cost, one that has not reported.
fn three() -> Sandbox {
    let charter = |name: &str, division: &str, approved: &str| {
        format!(
            "name = \"{name}\"\nmanager = \"jana-novak\"\nsponsor = \"jana-novak\"\nstate = \"active\"\n\
             division = \"{division}\"\n[schedule]\nstart = 2026-06-01\nfinish = 2027-03-31\n\n[budget]\n\
             approved = {approved}\n"
        )
    };
    let report = |rest: &str| {
        format!(
            "by = \"jana-novak\"\ndate = 2026-11-20\nsummary = \"On course.\"\n{rest}\n[rag]\noverall = \"green\"\n"
        )
    };
    Sandbox::register()
        .with("projects/crm/project.toml", &charter("CRM", "Sales", "4000"))
        .with(
            "projects/crm/status/2026-W47.toml",
            &report("earned_value = 2500\nactual_cost = 2800\nforecast_cost = 4300"),
        )
        .with("projects/erp/project.toml", &charter("ERP", "IT", "1000"))
        .with("projects/erp/status/2026-W47.toml", &report("percent_complete = 50"))
        .with("projects/wifi/project.toml", &charter("Wi-Fi", "IT", "500"))
}

#[test]
fn totals_are_sums_and_what_is_missing_is_counted() {
    let json = three().pmo("report evm --group-by division -O json").ok().json();
    assert_eq!(json["kind"], "evm");
    let total = &json["totals"][0];
    assert_eq!((&total["bac"]["value"], &total["bac"]["counted"]), (&5500.into(), &3.into()));
    assert_eq!((total["ev"]["value"].as_f64(), &total["ev"]["missing"]), (Some(3000.0), &1.into()));
    // CPI is over crm alone, the only one with both sides: 2,500 / 2,800, and not an average.
    assert_eq!((&total["cpi"]["counted"], &total["cpi"]["missing"]), (&1.into(), &2.into()));
    assert!(total["cpi"]["value"].to_string().starts_with("0.89285"), "{total}");
    assert_eq!(total["sources"]["earned"]["stated"], 1);
    let groups = json["groups"].as_array().unwrap();
    assert_eq!((&groups[0]["title"], &groups[1]["title"]), (&"IT".into(), &"Sales".into()));
    assert_eq!(groups[0]["totals"][0]["bac"]["value"], 1500);
    let text = three().pmo("report evm").ok().stdout;
    for said in [
        "1 project without EV, 2 projects without AC",
        "EV from stated (1) and percent complete (1)",
        "no report yet: wifi",
        "no actual cost: erp, wifi",
    ] {
        assert!(text.replace("\n  ", " ").contains(said), "{said}: {text}");
    }
}

#[test]
fn a_figure_that_does_not_exist_is_null_and_says_why() {
    let sandbox = three();
    let json = sandbox.pmo("report evm crm -O json").ok().json();
    assert_eq!(json["kind"], "evm-project");
    assert_eq!(json["figures"]["eac_by_cpi"], 4480);
    assert_eq!(json["figures"]["vac_by_cpi"], -480);
    assert_eq!(json["figures"]["etc_own"], 1500);
    assert_eq!(json["absent"], serde_json::json!({}));
    let json = sandbox.pmo("report evm erp -O json").ok().json();
    assert!(json["figures"]["cpi"].is_null());
    assert_eq!(json["absent"]["cpi"], "no-actual-cost");
    let run = sandbox.pmo("report evm erp").ok();
    assert!(run.stdout.contains("n/a: no actual cost"), "{run}");
    assert!(run.stdout.contains("planned value is a straight line"), "{run}");
    let csv = sandbox.pmo("report evm -O csv").ok().stdout;
    let header: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
    for column in ["eac_at_budget", "tcpi_eac", "finish_by_ieac_t", "absent", "planned_from"] {
        assert!(header.contains(&column), "{csv}");
    }
    assert_eq!(csv.lines().count(), 4, "one line a project, no totals: {csv}");
}

#[test]
fn amounts_of_several_currencies_have_totals_of_their_own() {
    let sandbox = three();
    let charter = format!("currency = \"USD\"\n{}", sandbox.read("projects/erp/project.toml"));
    let json = sandbox.with("projects/erp/project.toml", &charter).pmo("report evm -O json").ok().json();
    let totals = json["totals"].as_array().unwrap();
    assert_eq!(totals.len(), 2);
    assert_eq!((&totals[0]["currency"], &totals[0]["bac"]["value"]), (&"EUR".into(), &4500.into()));
    assert_eq!((&totals[1]["currency"], &totals[1]["bac"]["value"]), (&"USD".into(), &1000.into()));
}

#[test]
fn a_project_and_a_filter_do_not_go_together() {
    let run = three().pmo("report evm crm --division IT").exits(2);
    assert!(run.stdout.is_empty(), "{run}");
    let run = three().pmo("report evm cmr").exits(2);
    assert!(run.stderr.contains("did you mean `crm`?"), "{run}");
    let run = three().pmo("report evm --rag red").ok();
    assert!(run.stdout.contains("No project is listed; 3 projects left out by the filter"), "{run}");
}

#[test]
fn every_format_is_written() {
    let sandbox = three();
    for (file, start) in [
        ("e.md", "# Northwind IT earned value"),
        ("e.html", "<!DOCTYPE html>"),
        ("e.yaml", "schema_version: 1\nkind: "),
        ("e.csv", "mark,project,percent_done,bac,"),
    ] {
        sandbox.pmo(&format!("report evm -o {file}")).ok();
        assert!(sandbox.read(file).starts_with(start), "{file}: {}", sandbox.read(file));
        sandbox.pmo(&format!("report evm crm -o {file}")).ok();
    }
}
