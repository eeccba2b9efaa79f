//! `pmo report reporting`: what git knows of filings, added up.

use super::harness::Sandbox;

const CHARTER: &str = "name = \"NAME\"\nmanager = \"jana-novak\"\nstate = \"active\"\n\n[schedule]\nstart = 2026-10-26\nfinish = 2027-03-31\n";

fn status(overall: &str, done: u32) -> String {
    format!("summary = \"On course.\"\npercent_complete = {done}\n\n[rag]\noverall = \"{overall}\"\n")
}

/// Three weeks past their deadline (44 to 46): `crm` on time, late, missing; `erp` always on time and once red.
fn register() -> Sandbox {
    let sandbox = Sandbox::new()
        .with("pmo.toml", "[register]\nformat = 1\nname = \"Northwind IT\"\n")
        .with("people/jana-novak.toml", "name = \"Jana Novak\"\n")
        .with("people/liam-okoye.toml", "name = \"Liam Okoye\"\n")
        .with("projects/crm/project.toml", &CHARTER.replace("NAME", "CRM"))
        .with(
            "projects/erp/project.toml",
            &CHARTER.replace("NAME", "ERP").replace("jana-novak", "liam-okoye"),
        );
    sandbox.git(&["init", "--quiet"]);
    sandbox.commit_at("start", "2026-10-26T09:00:00+01:00");
    for (project, week, rating, when) in [
        ("crm", 44, "green", "2026-10-30T15:00:00+01:00"),
        ("erp", 44, "green", "2026-10-30T15:30:00+01:00"),
        ("erp", 45, "red", "2026-11-06T15:00:00+01:00"),
        ("crm", 45, "green", "2026-11-10T15:00:00+01:00"),
        ("erp", 46, "green", "2026-11-13T15:00:00+01:00"),
    ] {
        let done = if project == "crm" { 10 } else { week };
        sandbox.write(&format!("projects/{project}/status/2026-W{week}.toml"), &status(rating, done));
        sandbox.commit_at("report", when);
    }
    sandbox
}

#[test]
fn what_came_late_or_not_at_all_is_added_up_by_project_manager_and_period() {
    let sandbox = register();
    let report = sandbox.pmo("report reporting -O json").ok().json();
    assert_eq!(
        (report["kind"].as_str(), report["window"]["newest"].as_str()),
        (Some("reporting"), Some("2026-W46"))
    );
    let counts = |value: &serde_json::Value| {
        ["due", "on_time", "late", "missing", "unknown", "days_late"].map(|key| value[key].as_u64().unwrap())
    };
    assert_eq!(counts(&report["total"]), [6, 4, 1, 1, 0, 4]);
    let crm = &report["projects"][0];
    assert_eq!((crm["project"].as_str(), counts(crm)), (Some("crm"), [3, 1, 1, 1, 0, 4]));
    assert_eq!((crm["stale"].as_u64(), crm["marks"][1]["came"].as_str()), (Some(1), Some("late")));
    let erp = &report["projects"][1];
    assert_eq!(
        (erp["red"].as_u64(), erp["flaps"].as_u64(), erp["stale"].as_u64()),
        (Some(1), Some(1), Some(0))
    );
    assert_eq!(report["managers"][0]["name"], "Jana Novak");
    assert_eq!(counts(&report["periods"][2]), [2, 1, 0, 1, 0, 0]);
    // The newest period alone; one that is not past its deadline does not count.
    let one = sandbox.pmo("report reporting --periods 1 -O json").ok().json();
    assert_eq!(counts(&one["total"]), [2, 1, 0, 1, 0, 0]);
    let page = sandbox.pmo("report reporting").ok();
    assert!(page.stdout.contains("6 due: 4 on time · 1 late · 1 missing"), "{page}");
    assert!(page.stdout.contains("By manager") && page.stdout.contains("Period by period"), "{page}");
}

#[test]
fn what_git_cannot_tell_is_unknown_and_never_late() {
    let sandbox = register();
    let clone = Sandbox::new();
    let url = format!("file://{}", sandbox.dir().display());
    clone.git(&["clone", "--quiet", "--depth", "2", &url, "."]);
    let report = clone.pmo("report reporting -O json").ok().json();
    let total = &report["total"];
    // The two newest commits are the late report and the last one; what was there before them is not known.
    assert_eq!((total["late"].as_u64(), total["unknown"].as_u64()), (Some(0), Some(4)), "{total}");
    assert_eq!(total["missing"], 1);
    let page = clone.pmo("report reporting").ok();
    assert!(page.stdout.contains("shallow clone") && page.stdout.contains("Unknown"), "{page}");
    let bare = Sandbox::register().with("projects/crm/status/2026-W46.toml", &status("green", 10));
    let page = bare.pmo("report reporting").ok();
    assert!(page.stdout.contains("Without git history"), "{page}");
}

#[test]
fn an_audience_sees_no_names_and_none_of_what_is_withheld() {
    let sandbox = register();
    sandbox.write(
        "pmo.toml",
        "[register]\nformat = 1\n\n[[audience]]\nname = \"public\"\nwithhold = [\"people\", \"confidential\"]\n",
    );
    sandbox.replace("projects/erp/project.toml", "name =", "confidential = true\nname =");
    let page = sandbox.pmo("report reporting --audience public").ok();
    for word in ["Jana", "Liam", "erp", "By manager"] {
        assert!(!page.stdout.contains(word), "{word}: {page}");
    }
    assert!(page.stdout.contains("3 due: 1 on time · 1 late · 1 missing"), "{page}");
}

#[test]
fn a_register_without_reports_due_says_so() {
    let sandbox = Sandbox::new().with("pmo.toml", "[register]\nformat = 1\n");
    let page = sandbox.pmo("report reporting").ok();
    assert!(page.stdout.contains("No report was due"), "{page}");
    assert!(sandbox.pmo("report reporting --periods 0").exits(2).stderr.contains("--periods"));
}
