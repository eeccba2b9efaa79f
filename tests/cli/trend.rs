//! `pmo trend`: from status reports, from git, and of a project's milestones.

use snapbox::{assert_data_eq, file};

use crate::harness::Sandbox;

/// The values of a measure over the periods of the only series, with the number of projects they were taken over.
fn values(sandbox: &Sandbox, line: &str, measure: &str) -> Vec<String> {
    let json = sandbox.pmo(&format!("{line} -O json")).ok().json();
    let points = json["series"][0]["points"].as_array().unwrap();
    points.iter().map(|point| format!("{}/{}", point["values"][measure], point["counted"])).collect()
}

#[test]
fn the_list_says_what_each_metric_means() {
    let sandbox = Sandbox::register();
    assert_data_eq!(sandbox.pmo("trend").ok(), file!["trend/list.txt"].raw());
    let json = sandbox.pmo("trend -O json").ok().json();
    assert_eq!((&json["kind"], &json["metrics"][0]["metric"]), (&"metrics".into(), &"rag".into()));
}

#[test]
fn what_reports_hold_needs_no_history() {
    let examples = Sandbox::examples();
    for line in ["trend rag --periods 6", "trend slip --by programme", "trend milestones crm-migration"] {
        let name = format!("trend/{}.txt", line.split(' ').nth(1).unwrap());
        let run = examples.pmo(line).ok();
        assert_eq!(run.stderr, "", "{run}");
        assert_data_eq!(
            run,
            snapbox::Data::read_from(
                &std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli").join(name),
                Some(snapbox::data::DataFormat::Text),
            )
            .raw()
        );
    }
}

#[test]
fn the_last_point_of_a_trend_is_what_the_portfolio_says() {
    let examples = Sandbox::examples();
    let portfolio = examples.pmo("report portfolio -O json").ok().json();
    let listed = portfolio["projects"].as_array().unwrap();
    let red = listed.iter().filter(|one| one["rating"]["declared"] == "red").count();
    assert_eq!(
        values(&examples, "trend rag", "red").last().unwrap().split('/').next(),
        Some(red.to_string().as_str())
    );
    let slips: Vec<i64> = listed.iter().filter_map(|one| one["finish"]["slip_days"].as_i64()).collect();
    let worst = slips.iter().max().unwrap();
    assert!(values(&examples, "trend slip", "worst_days").last().unwrap().starts_with(&format!("{worst}/")));
}

#[test]
fn a_spreadsheet_gets_every_period_of_every_group() {
    let csv = Sandbox::examples().pmo("trend cost --by programme --periods 2 -O csv").ok().stdout;
    let mut lines = csv.lines();
    let head = "group,group_name,currency,period,over_percent,forecast,budget,counted,missing,silent";
    assert_eq!(lines.next(), Some(head));
    assert!(csv.contains("\ncore-systems,Core systems,EUR,2026-W46,"), "{csv}");
    assert_eq!(lines.count() % 2, 0);
    let csv = Sandbox::examples().pmo("trend milestones erp-rollout --periods 1 -O csv").ok().stdout;
    assert!(csv.starts_with("milestone,name,period,date,baseline,forecast,actual\n"), "{csv}");
}

/// A register whose risk is raised in week 45 and closed in week 47, committed on Fridays.
fn history() -> Sandbox {
    let sandbox = Sandbox::register();
    sandbox.git(&["init", "--quiet"]);
    sandbox.commit_at("Begin", "2026-10-30T12:00:00+00:00");
    let risk = "projects/crm/risks/R-001.toml";
    sandbox
        .write(risk, "title = \"Vendor\"\nprobability = 5\nimpact = 4\nchance = 50\ncost_effect = 8_000\n");
    sandbox.commit_at("Raise", "2026-11-06T12:00:00+00:00");
    sandbox.replace("projects/crm/project.toml", "1_200_000", "1_300_000");
    sandbox.commit_at("Budget", "2026-11-13T12:00:00+00:00");
    sandbox.write(risk, "title = \"Vendor\"\nprobability = 5\nimpact = 4\nstate = \"closed\"\n");
    sandbox
}

#[test]
fn what_reports_do_not_hold_is_read_from_git_as_it_stood() {
    let sandbox = history();
    assert_eq!(values(&sandbox, "trend risks --periods 5", "open"), ["null/0", "0/1", "1/1", "1/1", "0/1"]);
    assert_eq!(values(&sandbox, "trend exposure --periods 3", "expected"), ["4000.0/1", "4000.0/1", "0/1"]);
    let budgets = ["1200000/1", "1300000/1", "1300000/1"];
    assert_eq!(values(&sandbox, "trend budget --periods 3", "approved"), budgets);
    let run = sandbox.pmo("trend risks --periods 5").ok();
    assert!(run.stdout.contains("Not known for 2026-W43: "), "{run}");
    // As of an earlier week there is no later one.
    let then = values(&sandbox, "trend risks --periods 2 --at 2026-W45", "open");
    assert_eq!(then, ["0/1", "1/1"]);
}

#[test]
fn a_commit_that_cannot_be_read_and_a_clone_that_ends_are_named() {
    let sandbox = history();
    sandbox.commit_at("Close", "2026-11-20T12:00:00+00:00");
    let url = format!("file://{}", sandbox.dir().display());
    sandbox.git(&["clone", "--quiet", "--depth", "2", &url, "shallow"]);
    let shallow = sandbox.pmo("-C shallow trend risks --periods 3").ok();
    assert!(shallow.stdout.contains("Not known for 2026-W45: "), "{shallow}");
    assert!(shallow.stdout.contains("git fetch --unshallow"), "{shallow}");
    sandbox.git(&["checkout", "--quiet", "-b", "broken", "HEAD~1"]);
    sandbox.replace("pmo.toml", "format = 1", "format = 2");
    sandbox.commit_at("Newer", "2026-11-15T12:00:00+00:00");
    sandbox.replace("pmo.toml", "format = 2", "format = 1");
    let run = sandbox.pmo("trend risks --periods 3").ok();
    assert!(run.stdout.contains("Not known for 2026-W46: commit "), "{run}");
    assert!(run.stdout.contains("kept in format 2"), "{run}");
    assert_eq!(values(&sandbox, "trend risks --periods 3", "open"), ["1/1", "null/0", "1/1"]);
}

#[test]
fn without_git_only_what_is_now_is_known() {
    let run = Sandbox::register().pmo("trend budget --periods 3").ok();
    assert!(run.stdout.contains("Not known for 2026-W45 and 2026-W46: "), "{run}");
    assert_eq!(values(&Sandbox::register(), "trend budget --periods 3", "approved")[2], "1200000/1");
    let unborn = Sandbox::register();
    unborn.git(&["init", "--quiet"]);
    assert!(
        unborn.pmo("trend risks --periods 3").ok().stdout.contains("Not known for 2026-W45 and 2026-W46: ")
    );
}

#[test]
fn mistakes_are_explained() {
    let sandbox = Sandbox::register();
    assert_data_eq!(sandbox.pmo("trend milestones").exits(2), file!["trend/no_project.txt"].raw());
    assert_data_eq!(sandbox.pmo("trend slip crn").exits(2), file!["trend/near.txt"].raw());
    assert!(sandbox.pmo("trend slop").exits(2).stderr.contains("slip"), "a near metric is offered");
}

#[test]
fn an_audience_sees_neither_money_nor_what_is_not_its_own() {
    let sandbox = Sandbox::register();
    let text = sandbox.read("pmo.toml")
        + "\n[[audience]]\nname = \"public\"\nwithhold = [\"money\", \"people\"]\nsections = [\"projects\"]\n";
    sandbox.write("pmo.toml", &text);
    assert_eq!(values(&sandbox, "trend budget --periods 1 --audience public", "approved"), ["null/0"]);
    let groups = sandbox.pmo("trend progress --by manager --audience public -O json").ok();
    assert!(!groups.stdout.contains("jana"), "{groups}");
    let risks = sandbox.pmo("trend risks --audience public").ok();
    assert!(risks.stdout.contains("not shown to these readers"), "{risks}");
}
