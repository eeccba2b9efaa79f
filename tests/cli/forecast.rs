//! `pmo forecast`: ranges from the past, how far forecasts moved, how early red was called.

use snapbox::{assert_data_eq, file};

use crate::harness::Sandbox;

/// A register in which these projects were closed: the days that each took and what it cost, where a hundred days and
/// 100 k had been agreed; and one that is half way and keeps to what was agreed.
fn past(closed: &[(i64, i64)]) -> Sandbox {
    let charter = |state: &str| {
        format!(
            "name = \"Past\"\nmanager = \"jana-novak\"\nsponsor = \"jana-novak\"\nmethod = \"agile\"\nclass = \"B\"\n{state}\n\
             [schedule]\nstart = 2025-01-01\nfinish = 2025-04-11\n[budget]\napproved = 100_000\n"
        )
    };
    let report = |figures: &str| format!("summary = \"x\"\n{figures}\n[rag]\noverall = \"green\"\n");
    let mut sandbox = Sandbox::register();
    for (at, (days, cost)) in closed.iter().enumerate() {
        let day =
            chrono::NaiveDate::from_ymd_opt(2025, 1, 1).unwrap() + chrono::Days::new(days.unsigned_abs());
        let home = format!("projects/past-{at}");
        let half = report("date = 2025-02-20\nforecast_finish = 2025-04-11\nforecast_cost = 100_000");
        let end = report(&format!("date = {day}\nforecast_finish = {day}\nactual_cost = {cost}"));
        sandbox = sandbox
            .with(
                &format!("{home}/project.toml"),
                &charter(&format!("state = \"closed\"\nclosed_on = {day}")),
            )
            .with(&format!("{home}/status/2025-W08.toml"), &half)
            .with(&format!("{home}/status/2025-W26.toml"), &end);
    }
    sandbox
        .with(
            "projects/crm/project.toml",
            "name = \"CRM migration\"\nmanager = \"jana-novak\"\nsponsor = \"jana-novak\"\nmethod = \"agile\"\nclass = \"A\"\n\
             state = \"active\"\n[schedule]\nstart = 2026-08-12\nfinish = 2027-02-28\n[budget]\napproved = 1_000_000\n",
        )
        .with(
            "projects/crm/status/2026-W47.toml",
            &report("date = 2026-11-20\nforecast_finish = 2027-02-28\nforecast_cost = 1_000_000"),
        )
}

const SIX: [(i64, i64); 6] =
    [(100, 100_000), (110, 95_000), (120, 110_000), (130, 120_000), (150, 130_000), (200, 180_000)];

#[test]
fn a_young_register_is_told_what_it_takes() {
    assert_data_eq!(Sandbox::register().pmo("forecast").ok(), file!["forecast/young.txt"].raw());
    assert_data_eq!(Sandbox::examples().pmo("forecast").ok(), file!["forecast/demo.txt"].raw());
    let json = Sandbox::examples().pmo("forecast -O json").ok().json();
    assert_eq!((&json["past"]["closed"], &json["past"]["terminated"]), (&2.into(), &1.into()));
    assert_eq!(json["projects"][0]["finish"]["range"], serde_json::Value::Null);
    assert_eq!(json["projects"][0]["finish"]["refused"]["why"], "too-few");
}

#[test]
fn six_past_projects_give_a_range_beside_the_managers_own() {
    let sandbox = past(&SIX);
    assert_data_eq!(sandbox.pmo("forecast").ok(), file!["forecast/range.txt"].raw());
    assert_data_eq!(sandbox.pmo("forecast crm").ok(), file!["forecast/one.txt"].raw());
    let crm = &sandbox.pmo("forecast -O json").ok().json()["projects"][0];
    // 200 days from 12 August, and factors 1.0, 1.1, 1.2, 1.3, 1.5, 2.0: the P50 is 1.25, the P80 0.3 of the way from
    // the fifth to the sixth.
    assert_eq!(crm["finish"]["range"]["p50"], "2027-04-19");
    assert_eq!(crm["finish"]["range"]["p80"], "2027-07-08");
    assert_eq!(
        (&crm["finish"]["range"]["alike"], &crm["finish"]["range"]["projects"]),
        (&"method".into(), &6.into())
    );
    assert_eq!(crm["cost"]["range"]["p50"].as_f64(), Some(1_150_000.0));
    assert_eq!(crm["finish"]["forecast"], "2027-02-28");
}

#[test]
fn the_register_says_how_many_it_takes() {
    let sandbox = past(&SIX);
    sandbox.write("pmo.toml", &(sandbox.read("pmo.toml") + "\n[forecast]\nminimum = 7\n"));
    let run = sandbox.pmo("forecast").ok();
    assert!(run.stdout.contains("6 projects have been closed, and a range rests on"), "{run}");
    let few = past(&SIX[..4]).pmo("forecast").ok();
    assert!(few.stdout.contains("No range can be given yet"), "{few}");
}

#[test]
fn nothing_is_forecast_of_what_is_over_or_unknown() {
    let sandbox = past(&SIX);
    let run = sandbox.pmo("forecast past-1").ok();
    assert!(run.stdout.contains("past-1 is not under way"), "{run}");
    let run = sandbox.pmo("forecast crn").exits(2);
    assert!(run.stderr.contains("did you mean `crm`?"), "{run}");
}

#[test]
fn an_audience_without_money_sees_only_finishes() {
    let sandbox = past(&SIX);
    let audience = "\n[[audience]]\nname = \"public\"\nwithhold = [\"money\", \"people\"]\n";
    sandbox.write("pmo.toml", &(sandbox.read("pmo.toml") + audience));
    let json = sandbox.pmo("forecast --audience public -O json").ok().json();
    assert_eq!(json["projects"][0]["cost"]["range"], serde_json::Value::Null);
    assert_eq!(json["projects"][0]["finish"]["range"]["p50"], "2027-04-19");
    assert!(!json.to_string().contains("\"manager\""), "{json}");
}

#[test]
fn every_format_is_written() {
    let sandbox = past(&SIX);
    let csv = sandbox.pmo("forecast -O csv").ok().stdout;
    assert!(csv.contains("\ncrm,"), "{csv}");
    for (format, holds) in [("markdown", "| finish P80 |"), ("html", "<table"), ("yaml", "kind: forecast")] {
        let run = sandbox.pmo(&format!("forecast -O {format}")).ok();
        assert!(run.stdout.contains(holds), "{run}");
    }
    let html = Sandbox::examples().pmo("trend milestones crm-migration -O html").ok().stdout;
    assert!(html.contains("<svg viewBox=") && html.contains("<polyline"), "the chart is drawn");
    let markdown = Sandbox::examples().pmo("trend milestones crm-migration -O markdown").ok().stdout;
    assert!(markdown.contains("```text\n") && markdown.contains("| Milestone"), "{markdown}");
}
