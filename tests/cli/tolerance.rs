//! What is beyond a tolerance: a finding, a line of the period's report, and gone once somebody accepts it.

use crate::harness::Sandbox;

const CHARTER: &str = "name = \"ERP rollout\"\nmanager = \"jana-novak\"\nsponsor = \"jana-novak\"\nstate = \"active\"\nclass = \"B\"\n\n\
     [schedule]\nstart = 2026-03-02\nfinish = 2027-06-30\n\n[budget]\napproved = 1_000\n";

fn register(own: &str, report: &str) -> Sandbox {
    let settings = "[register]\nformat = 1\n\n[reporting]\ncadence = \"weekly\"\n\n[tolerance]\ncost_percent = 10\n\n\
         [class.B.tolerance]\nfinish_days = 20\n";
    let status = format!(
        "by = \"jana-novak\"\nsummary = \"On course.\"\nforecast_finish = 2027-07-21\nforecast_cost = 1_101\n\
         rag = {{ overall = \"red\" }}\npath_to_green = \"New dates by 4 Dec.\"\n{report}"
    );
    Sandbox::register()
        .with("pmo.toml", settings)
        .with("projects/erp/project.toml", &format!("{CHARTER}{own}"))
        .with("projects/erp/status/2026-W47.toml", &status)
}

fn findings(sandbox: &Sandbox) -> Vec<String> {
    let run = sandbox.pmo("check -O concise");
    run.stdout.lines().filter(|line| line.contains("tolerance-breached")).map(str::to_owned).collect()
}

#[test]
fn the_nearest_tolerance_counts() {
    // 21 days late with 20 of the class, 10.1 % over with 10 of everyone.
    let sandbox = register("", "");
    let found = findings(&sandbox);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().any(|line| line.contains("finish 21 days late (tolerance of its class: 20 days)")));
    assert!(found.iter().any(|line| line.contains("cost +10.1 % (tolerance: 10 %)")), "{found:?}");
    // Its own tolerance goes before both.
    let own = register("\n[tolerance]\nfinish_days = 21\ncost_percent = 10.1\n", "");
    assert_eq!(findings(&own), [""; 0]);
}

#[test]
fn the_report_of_the_week_says_who_decides() {
    let page = register("", "").pmo("report period").ok().stdout;
    assert!(page.contains("Beyond tolerance\n  ■ erp  finish 21 days late (tolerance of its class: 20 days); cost +10.1 % (tolerance"), "{page}");
    assert!(page.split_whitespace().collect::<Vec<_>>().join(" ").contains("Jana Novak decides"), "{page}");
    let json = register("", "").pmo("report period -O json").ok().json();
    assert_eq!(json["escalations"][0]["beyond"][0]["dimension"], "schedule");
    assert_eq!(json["escalations"][0]["beyond"][0]["accepted_by"], serde_json::Value::Null);
}

#[test]
fn what_somebody_accepted_is_no_finding_and_still_told() {
    let given = "\n[override]\nschedule = \"amber\"\ncost = \"amber\"\nreason = \"The audit goes first.\"\n";
    let accepted = format!("{given}accepted_by = \"jana-novak\"\nuntil = 2026-12-31\n");
    let sandbox = register("", &accepted);
    assert_eq!(findings(&sandbox), [""; 0]);
    let page = sandbox.pmo("report period").ok().stdout;
    assert!(page.contains("accepted by Jana Novak until 31 Dec"), "{page}");
    // Nobody's name stands under this one.
    assert_eq!(findings(&register("", given)).len(), 2);
}
