use super::*;
use crate::analysis::tests::{day, register};
use crate::model::Number;

fn week(text: &str) -> Period {
    text.parse().unwrap()
}

const CHARTER: &str = "name = 'C'\nmanager = 'jana'\nprogramme = 'core'\nstate = 'active'\n\
    schedule = { start = 2026-10-19, finish = 2026-12-31 }\nbudget.approved = 1000\n";

fn report(more: &str) -> String {
    format!("summary = 'x'\nrag.overall = 'green'\n{more}")
}

/// The figures of a metric over weeks 43 to 47, as `counted/missing/silent:value,…`.
fn told(files: &[(&str, &str)], metric: Metric, by: Option<By>) -> Vec<String> {
    let register = register(files);
    let periods = ["2026-W43", "2026-W44", "2026-W45", "2026-W46", "2026-W47"].map(week);
    let today = day("2026-11-20");
    let ids = register.projects.keys();
    let entries = ids.flat_map(|id| reported(&register, id, &periods, by, today)).collect();
    let series = fold(metric, entries, periods.len(), "EUR");
    let value = |value: &Option<Number>| value.map_or("·".to_owned(), |n| n.0.normalize().to_string());
    let point = |point: &Point| {
        let values: Vec<String> = point.values.iter().map(value).collect();
        format!("{}/{}/{}:{}", point.counted, point.missing, point.silent, values.join(","))
    };
    let line = |one: &Series| {
        let points: Vec<String> = one.points.iter().map(point).collect();
        format!(
            "{}{} {}",
            one.group.clone().unwrap_or_default().1,
            one.currency.clone().unwrap_or_default(),
            points.join(" ")
        )
    };
    series.iter().map(line).collect()
}

#[test]
fn a_silent_project_counts_under_its_last_report_and_one_without_a_figure_is_missing() {
    let (first, third) = (report("percent_complete = 10\n"), report("percent_complete = 30\n"));
    let files = [
        ("projects/a/project.toml", CHARTER),
        ("projects/a/status/2026-W43.toml", first.as_str()),
        ("projects/a/status/2026-W45.toml", third.as_str()),
        ("projects/b/project.toml", CHARTER),
    ];
    assert_eq!(told(&files, Metric::Progress, None), [" 1/1/0:10 1/1/1:10 1/1/0:30 1/1/1:30 1/1/1:30"]);
    let came = told(&files, Metric::Reporting, None);
    assert_eq!(came, [" 2/0/1:50,1,2 2/0/2:0,0,2 2/0/1:50,1,2 2/0/2:0,0,2 2/0/2:0,0,2"]);
}

#[test]
fn nothing_is_counted_before_a_project_begins_and_after_it_ends() {
    let later = CHARTER.replace("2026-10-19", "2026-11-03");
    let over = CHARTER.replace("'active'", "'closed'\nclosed_on = 2026-11-04");
    let red = report("").replace("green", "red");
    let files = [
        ("projects/a/project.toml", later.as_str()),
        ("projects/b/project.toml", over.as_str()),
        ("projects/b/status/2026-W43.toml", red.as_str()),
        ("projects/c/project.toml", "name = 'C'\nmanager = 'jana'\nstate = 'proposed'\n"),
    ];
    let ratings = told(&files, Metric::Rag, None);
    assert_eq!(ratings, [" 1/0/0:1,0,0 1/0/1:1,0,0 1/1/0:1,0,0 0/1/0:·,·,· 0/1/0:·,·,·"]);
}

#[test]
fn cost_and_slip_are_taken_against_what_was_agreed_then() {
    let charter = format!(
        "{CHARTER}baseline.approved_on = 2026-11-02\nsuperseded = [{{ finish = 2026-12-01, budget = 500 }}]\n"
    );
    let sight = report("forecast_cost = 1000\nforecast_finish = 2026-12-31\n");
    let files = [("projects/a/project.toml", charter.as_str()), ("projects/a/status/2026-W43.toml", &sight)];
    let slips = told(&files, Metric::Slip, None);
    let expected = " 1/0/0:30,30,30,1 1/0/1:30,30,30,1 1/0/1:0,0,0,0 1/0/1:0,0,0,0 1/0/1:0,0,0,0";
    assert_eq!(slips, [expected]);
    let costs = told(&files, Metric::Cost, None);
    assert!(
        costs[0].starts_with("EUR 1/0/0:100,1000,500 1/0/1:100,1000,500 1/0/1:0,1000,1000 "),
        "{costs:?}"
    );
}

#[test]
fn each_currency_and_group_stands_by_itself_and_those_without_one_come_last() {
    let (euro, dollar) = (report("forecast_cost = 1100\n"), report("forecast_cost = 900\n"));
    let other = format!("currency = 'USD'\n{}", CHARTER.replace("programme = 'core'\n", ""));
    let files = [
        ("programmes/core.toml", "name = 'Core'\n"),
        ("projects/a/project.toml", other.as_str()),
        ("projects/a/status/2026-W47.toml", dollar.as_str()),
        ("projects/b/project.toml", CHARTER),
        ("projects/b/status/2026-W47.toml", euro.as_str()),
    ];
    let costs = told(&files, Metric::Cost, Some(By::Programme));
    let ends = |line: &str, end: &str| line.ends_with(end);
    assert!(costs[0].starts_with("CoreEUR ") && ends(&costs[0], " 1/0/0:10,1100,1000"), "{costs:?}");
    assert!(costs[1].starts_with("USD ") && ends(&costs[1], " 1/0/0:-10,900,1000"), "{costs:?}");
}

#[test]
fn a_longer_period_counts_from_the_day_for_which_its_figures_hold() {
    let charter = format!("{CHARTER}reporting.cadence = 'monthly'\n");
    let (october, november) =
        (report("percent_complete = 5\n"), report("percent_complete = 20\ndate = 2026-11-13\n"));
    let files = [
        ("projects/a/project.toml", charter.as_str()),
        ("projects/a/status/2026-10.toml", october.as_str()),
        ("projects/a/status/2026-11.toml", november.as_str()),
    ];
    assert_eq!(
        told(&files, Metric::Progress, None),
        [" 0/1/0:· 1/0/0:5 1/0/0:5 1/0/0:20 1/0/0:20"],
        "the report of October ends in week 44"
    );
    let came = told(&files, Metric::Reporting, None);
    assert_eq!(came, [" 0/0/0:·,·,· 1/0/0:100,1,1 0/0/0:·,·,· 0/0/0:·,·,· 0/0/0:·,·,·"]);
}

#[test]
fn what_is_held_counts_open_records_of_projects_that_are_not_over() {
    let over = CHARTER.replace("'active'", "'closed'");
    let files = [
        ("projects/a/project.toml", CHARTER),
        ("projects/a/risks/R-001.toml", "title='a'\nprobability=5\nimpact=4\nchance=50\ncost_effect=300"),
        ("projects/a/risks/R-002.toml", "title='b'\nprobability=1\nimpact=1"),
        ("projects/a/changes/C-001.toml", "title='c'\nstate='submitted'\neffect.cost=-40"),
        ("projects/b/project.toml", over.as_str()),
        ("projects/b/risks/R-001.toml", "title='a'\nprobability=5\nimpact=4"),
        ("projects/c/project.toml", "name='C'\nmanager='j'\nstate='active'"),
    ];
    let register = register(&files);
    let values = |metric| {
        let entries = held(&register, 0, None, None, day("2026-11-20"));
        let point = fold(metric, entries, 1, "EUR").remove(0).points.remove(0);
        let values: Vec<i64> =
            point.values.iter().map(|value| value.map_or(-1, |n| n.0.try_into().unwrap())).collect();
        (point.counted, point.missing, values)
    };
    assert_eq!(values(Metric::Risks), (2, 0, vec![2, 1]));
    assert_eq!(values(Metric::Exposure), (2, 0, vec![150, 1]));
    assert_eq!(values(Metric::Scope), (2, 0, vec![1, 40, 0]));
    assert_eq!(values(Metric::Budget), (1, 1, vec![1000]));
}
