//! `pmo import msproject`: a plan of Microsoft Project. The sample follows the published schema of its XML.

use crate::harness::{Run, Sandbox};

const PLAN: &str = include_str!("../fixtures/plan.xml");

fn import(sandbox: &Sandbox, more: &str) -> Run {
    sandbox.pmo(&format!("import msproject ../plan.xml {more}"))
}

fn with_plan(text: &str) -> Sandbox {
    Sandbox::register().with("../plan.xml", text)
}

#[test]
fn a_plan_becomes_a_project_its_allocations_and_the_draft_of_a_report() {
    let sandbox = with_plan(PLAN);
    let before = sandbox.files();
    let shown = import(&sandbox, "").ok();
    assert_eq!(sandbox.files(), before, "it is only shown");
    assert!(shown.stdout.contains("new projects/warehouse-move/project.toml"), "{shown}");
    assert!(shown.stdout.contains("nobody in people/ is called Fork-lift crew"), "{shown}");
    assert!(
        shown.stderr.contains("2 milestones and 2 allocations; nothing was written; --write writes it"),
        "{shown}"
    );
    import(&sandbox, "--write").ok();
    let charter = sandbox.read("projects/warehouse-move/project.toml");
    for line in [
        "name = \"Warehouse move\"",
        "manager = \"jana-novak\"",
        "state = \"active\"",
        "started_on = 2026-02-03",
        "start = 2026-02-02",
        "finish = 2027-03-31",
        "approved = 1200000",
        "id = \"hall-handed-over\"",
        "id = \"go-live-wave-1\"",
        "name = \"Go-live, =wave 1\"",
        "baseline = 2027-01-31",
        // 40 hours in ten working days of eight hours.
        "person = \"jana-novak\"",
        "fte = 0.5",
        "role = \"Fork-lift crew\"",
        "fte = 2",
    ] {
        assert!(charter.lines().any(|own| own == line), "{line}\n{charter}");
    }
    assert!(!charter.contains("Racks") && !charter.contains("Given up"), "{charter}");
    let report = sandbox.read("projects/warehouse-move/status/2026-W47.toml");
    for line in [
        "date = 2026-11-20",
        "percent_complete = 62",
        "actual_cost = 790000.5",
        "forecast_cost = 1260000",
        "forecast_finish = 2027-04-15",
        "actual = 2026-03-02",
        "forecast = 2027-02-14",
    ] {
        assert!(report.lines().any(|own| own == line), "{line}\n{report}");
    }
    // The report is a draft until somebody has judged; what was written can be read.
    let checked = sandbox.pmo("check warehouse-move");
    for mistake in ["invalid-", "unknown-", "missing-field", "broken-"] {
        assert!(!checked.stdout.contains(mistake), "{checked}");
    }
    // A second time there is nothing to do.
    let files = sandbox.files();
    let again = import(&sandbox, "--write").ok();
    assert!(again.stderr.contains("nothing to write"), "{again}");
    assert_eq!(sandbox.files(), files);
}

#[test]
fn what_is_agreed_stays_and_what_differs_is_told() {
    let sandbox = with_plan(PLAN).with(
        "projects/warehouse-move/project.toml",
        "name = \"Warehouse move\"\nmanager = \"jana-novak\"\nstate = \"active\"\n\
         [[milestone]]\nid = \"live\"\nname = \"Go-live, =wave 1\"\nbaseline = 2027-01-15\n",
    );
    let charter = sandbox.read("projects/warehouse-move/project.toml");
    let run = import(&sandbox, "--write").ok();
    assert_eq!(sandbox.read("projects/warehouse-move/project.toml"), charter);
    assert!(
        run.stderr.contains("#live is agreed as 2027-01-15, and the plan's baseline has 2027-01-31"),
        "{run}"
    );
    let report = sandbox.read("projects/warehouse-move/status/2026-W47.toml");
    assert!(report.contains("[milestone.live]\nforecast = 2027-02-14"), "{report}");
    assert!(!report.contains("hall-handed-over"), "the charter has no such milestone: {report}");
}

#[test]
fn what_is_no_plan_is_told_with_its_place_and_nothing_is_written() {
    for (text, told) in [
        ("", "there is no element"),
        ("<html><body/></html>", "begins with <html>"),
        ("<Project><Tasks><Task>", "ends too early"),
        ("<!DOCTYPE x [<!ENTITY a \"b\">]><Project/>", "declares a document type"),
        ("<Project><StartDate>soon</StartDate></Project>", "<StartDate> is `soon`"),
    ] {
        let sandbox = with_plan(text);
        let before = sandbox.files();
        let run = import(&sandbox, "--write").exits(2);
        assert!(run.stderr.contains(told) && run.stderr.contains("XML Format"), "{text}: {run}");
        assert_eq!(sandbox.files(), before);
    }
    let nobody = with_plan("<Project><Name>X</Name></Project>");
    let run = import(&nobody, "").exits(2);
    assert!(run.stderr.contains("does not say who manages") && run.stderr.contains("--manager ID"), "{run}");
    import(&nobody, "--manager jana-novak --project x1 --write").ok();
    assert!(nobody.read("projects/x1/project.toml").contains("name = \"X\""));
    let run = import(&nobody, "--manager jana-novak --project X/1").exits(2);
    assert!(run.stderr.contains("cannot be the id of a project"), "{run}");
}

#[test]
fn dates_and_money_that_differ_from_the_charter_are_told_and_so_are_other_baselines() {
    let sandbox = with_plan(PLAN).with(
        "projects/warehouse-move/project.toml",
        "name = \"Warehouse move\"\nmanager = \"jana-novak\"\nstate = \"active\"\n\
         [schedule]\nfinish = 2027-02-28\n[budget]\napproved = 1_100_000\n",
    );
    let run = import(&sandbox, "").ok();
    for told in [
        "schedule.start is not agreed, and the plan's baseline has 2026-02-02",
        "schedule.finish is agreed as 2027-02-28, and the plan's baseline has 2027-03-31",
        "budget.approved is agreed as 1100000, and the plan's baseline has 1200000",
        "baseline 1 of the plan has other dates or cost; baseline 0 counts",
    ] {
        assert!(run.stdout.contains(told), "{told}: {run}");
    }
}

#[test]
fn a_plan_is_told_to_programs_too() {
    let sandbox = with_plan(PLAN);
    for (more, written) in [("", false), ("--write", true)] {
        let run = import(&sandbox, &format!("-O json {more}")).ok();
        let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(
            (told["project"].as_str(), told["written"].as_bool()),
            (Some("warehouse-move"), Some(written))
        );
        assert_eq!(told["files"][0]["path"], "projects/warehouse-move/project.toml");
        assert!(told["notes"].as_array().is_some_and(|notes| !notes.is_empty()), "{run}");
    }
}
