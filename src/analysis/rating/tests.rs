//! The whole table of the format, at its limits: beyond means strictly beyond.

use super::*;
use crate::analysis::tests::{day, register};

const TODAY: &str = "2026-11-20";

/// Rates `crm` from what is put into its charter, its report of week 47, and further files of its folder.
fn rated(charter: &str, report: &str, more: &[(&str, &str)]) -> Rating {
    rated_on(TODAY, "", charter, report, more)
}

fn rated_on(on: &str, pmo: &str, charter: &str, report: &str, more: &[(&str, &str)]) -> Rating {
    let pmo = format!("register = {{ format = 1 }}\n{pmo}");
    let charter = format!("name = 'C'\nmanager = 'j'\nstate = 'active'\n{charter}");
    let report = format!("summary = 'x'\nrag.overall = 'green'\n{report}");
    let paths: Vec<String> = more.iter().map(|(path, _)| format!("projects/crm/{path}.toml")).collect();
    let mut files = vec![
        ("pmo.toml", pmo.as_str()),
        ("projects/crm/project.toml", charter.as_str()),
        ("projects/crm/status/2026-W47.toml", report.as_str()),
    ];
    files.extend(paths.iter().zip(more).map(|(path, (_, text))| (path.as_str(), *text)));
    rate(&register(&files), "crm", day(on)).unwrap()
}

const GREEN: Rag = Rag::Green;
const AMBER: Rag = Rag::Amber;
const RED: Rag = Rag::Red;
const GREY: Rag = Rag::Grey;

/// 1000 days, so that the days of the thresholds come before their percentages.
const LONG: &str = "schedule = { start = 2025-01-01, finish = 2027-09-28 }\n";
/// 200 days: 5 % are 10 days, 10 % are 20.
const SHORT: &str = "schedule = { start = 2026-06-14, finish = 2026-12-31 }\n";

#[test]
fn slip_of_the_finish() {
    for (charter, finish, expected) in [
        (LONG, "2027-09-28", GREEN),
        (LONG, "2027-10-12", GREEN),
        (LONG, "2027-10-13", AMBER),
        (LONG, "2027-10-28", AMBER),
        (LONG, "2027-10-29", RED),
        (SHORT, "2027-01-10", GREEN),
        (SHORT, "2027-01-11", AMBER),
        (SHORT, "2027-01-20", AMBER),
        (SHORT, "2027-01-21", RED),
    ] {
        let rating = rated(charter, &format!("forecast_finish = {finish}"), &[]);
        assert_eq!(rating.rag(Dimension::Schedule), expected, "{finish}");
    }
}

#[test]
fn tolerances_go_before_the_thresholds() {
    let pmo = "class.B.tolerance = { finish_days = 5, cost_percent = 2 }\n";
    let schedule = |tolerance: &str, finish: &str| {
        let charter = format!("{LONG}class = 'B'\n{tolerance}");
        rated_on(TODAY, pmo, &charter, &format!("forecast_finish = {finish}"), &[]).rag(Dimension::Schedule)
    };
    assert_eq!(schedule("", "2027-09-30"), GREEN, "2 of 5 days: less than half");
    assert_eq!(schedule("", "2027-10-01"), AMBER, "3 days are beyond half of 5");
    assert_eq!(schedule("", "2027-10-03"), AMBER, "5 days are not beyond 5");
    assert_eq!(schedule("", "2027-10-04"), RED);
    let own = "tolerance.finish_days = 40";
    assert_eq!(schedule(own, "2027-10-18"), GREEN, "its own tolerance goes before its class's");
    assert_eq!(schedule(own, "2027-10-19"), AMBER);
    let cost = |forecast: &str| {
        let charter = "class = 'B'\nbudget.approved = 1000\ntolerance.finish_days = 40";
        rated_on(TODAY, pmo, charter, &format!("forecast_cost = {forecast}"), &[]).rag(Dimension::Cost)
    };
    assert_eq!((cost("1010"), cost("1010.01"), cost("1020"), cost("1020.01")), (GREEN, AMBER, AMBER, RED));
}

#[test]
fn key_milestones_count_until_they_are_reached() {
    let charter = format!(
        "{LONG}milestone = [{{ id = 'a', baseline = 2026-10-01, key = true }}, {{ id = 'b', baseline = 2026-10-01 }}]\n"
    );
    let schedule = |report: &str| rated(&charter, report, &[]).rag(Dimension::Schedule);
    assert_eq!(schedule("milestone.a.forecast = 2026-10-01"), RED, "overdue since 50 days, whatever it says");
    assert_eq!(schedule("milestone.a.actual = 2026-11-10\nforecast_finish = 2027-09-28"), GREEN);
    assert_eq!(schedule("milestone.a.actual = 2026-11-10"), GREY, "b is not a key milestone");
    assert_eq!(
        rated(&charter, "", &[]).reading(Dimension::Schedule).unwrap().reasons[0].say(),
        "a 50 days overdue"
    );
}

#[test]
fn schedule_performance_by_time() {
    // 100 calendar days have passed; 95 earned are not below 0.95, and 90 not below 0.90.
    let curve = "schedule = { start = 2026-08-12, finish = 2027-08-12 }\nbudget.approved = 365\n
        planned_value = [{ date = 2027-08-12, value = 365 }]\n";
    let line = "schedule = { start = 2026-08-12, finish = 2027-08-12 }\nbudget.approved = 365\n";
    for (charter, earned, expected) in [
        (curve, "95", GREEN),
        (curve, "94.99", AMBER),
        (curve, "90", AMBER),
        (curve, "89.99", RED),
        (line, "10", AMBER),
    ] {
        let rating = rated(charter, &format!("date = 2026-11-20\nearned_value = {earned}"), &[]);
        assert_eq!(rating.rag(Dimension::Schedule), expected, "{earned}");
    }
}

#[test]
fn forecast_over_budget_and_cpi() {
    let budget = "budget.approved = 1000\n";
    for (report, expected) in [
        ("forecast_cost = 1050", GREEN),
        ("forecast_cost = 1050.01", AMBER),
        ("forecast_cost = 1100", AMBER),
        ("forecast_cost = 1100.01", RED),
        ("forecast_cost = 850", GREEN),
        ("forecast_cost = 849.99", AMBER),
        ("earned_value = 190\nactual_cost = 200", GREY), // 19 % done: too early
        ("earned_value = 200\nactual_cost = 210", GREEN),
        ("earned_value = 475\nactual_cost = 500", GREEN), // CPI 0.95
        ("earned_value = 474\nactual_cost = 500", AMBER),
        ("earned_value = 450\nactual_cost = 500", AMBER), // CPI 0.90
        ("earned_value = 449\nactual_cost = 500", RED),
        ("earned_value = 449\nactual_cost = 0", GREY),
        ("", GREY),
    ] {
        assert_eq!(rated(budget, report, &[]).rag(Dimension::Cost), expected, "{report}");
    }
}

#[test]
fn undecided_changes() {
    let budget = "budget.approved = 1000\n";
    let scope = |change: &str| {
        let text = format!("title = 'x'\nstate = 'submitted'\n{change}");
        rated(budget, "", &[("changes/C-001", &text)]).rag(Dimension::Scope)
    };
    for (change, expected) in [
        ("effect.cost = 50", GREEN),
        ("effect.cost = 50.01", AMBER),
        ("effect.cost = -100", AMBER),
        ("effect.cost = 100.01", RED),
        ("effect.cost = 1\nsubmitted_on = 2026-10-23", GREEN), // 20 working days
        ("effect.cost = 1\nsubmitted_on = 2026-10-22", AMBER),
        ("submitted_on = 2026-11-19", GREY),
        ("submitted_on = 2026-10-01", AMBER),
    ] {
        assert_eq!(scope(change), expected, "{change}");
    }
    assert_eq!(rated(budget, "", &[]).rag(Dimension::Scope), GREEN);
}

#[test]
fn threats_in_the_red_band() {
    let budget = "budget.contingency = 100\n";
    let risk = |text: &str| {
        let text = format!("title = 'x'\n{text}");
        rated(budget, "contingency_drawn = 10", &[("risks/R-001", &text)]).rag(Dimension::Risk)
    };
    let tended = "owner = 'a'\nresponse = 'mitigate'\nprobability = 3\nimpact = 5\n";
    for (text, expected) in [
        (tended.to_owned(), AMBER),
        (format!("{tended}review_by = 2026-11-20"), AMBER),
        (format!("{tended}review_by = 2026-11-19"), RED),
        (tended.replace("owner = 'a'", ""), RED),
        (tended.replace("response = 'mitigate'", ""), RED),
        (tended.replace("response = 'mitigate'", "state = 'accepted'"), AMBER),
        (format!("{tended}state = 'closed'"), GREEN),
        (format!("{tended}kind = 'opportunity'"), GREY),
        ("probability = 2\nimpact = 7".to_owned(), GREEN), // 14: one below the red band
        ("probability = 2\nimpact = 2\nchance = 45\ncost_effect = 200".to_owned(), GREEN),
        ("probability = 2\nimpact = 2\nchance = 45\ncost_effect = 201".to_owned(), AMBER),
        ("owner = 'a'".to_owned(), GREY),
    ] {
        assert_eq!(risk(&text), expected, "{text}");
    }
    assert_eq!(rated(budget, "", &[]).rag(Dimension::Risk), GREY, "nobody looked is not: there is nothing");
}

#[test]
fn benefits_below_target() {
    for (forecast, expected) in
        [("180", GREEN), ("179.9", AMBER), ("160", AMBER), ("159.9", RED), ("250", GREEN)]
    {
        let text = format!("title = 'x'\ntarget = 200\nforecast = {forecast}");
        assert_eq!(
            rated("", "", &[("benefits/B-001", &text)]).rag(Dimension::Benefits),
            expected,
            "{forecast}"
        );
    }
}

#[test]
fn overall_is_the_worst_that_is_known() {
    let budget = "budget.approved = 1000\n";
    assert_eq!(rated(budget, "forecast_cost = 1000", &[]).overall, GREEN);
    assert_eq!(rated("", "", &[]).overall, GREY, "schedule and cost are both unknown");
    let benefit = |forecast: i64| format!("title = 'x'\ntarget = 100\nforecast = {forecast}");
    assert_eq!(rated("", "", &[("benefits/B-001", &benefit(85))]).overall, GREY);
    assert_eq!(rated("", "", &[("benefits/B-001", &benefit(70))]).overall, RED);
    let amber = rated(budget, "rag.quality = 'amber'\nforecast_cost = 1000", &[]);
    assert_eq!((amber.overall, amber.deciding()), (AMBER, vec!["quality reported amber".to_owned()]));
}

#[test]
fn silence_ages_the_rating() {
    let budget = "budget.approved = 1000\n";
    let on = |day: &str, report: &str| rated_on(day, "", budget, report, &[]).overall;
    let green = "forecast_cost = 1000";
    assert_eq!(on("2026-11-27", green), GREEN, "due today is not missed");
    assert_eq!(on("2026-11-28", green), AMBER);
    assert_eq!(on("2026-12-11", green), AMBER);
    assert_eq!(on("2026-12-12", green), GREY, "three missed");
    assert_eq!(on("2026-12-12", "forecast_cost = 1101"), RED, "silence never hides a red");
    assert_eq!(on("2026-11-28", ""), GREY, "nothing known does not become amber");
}

fn report(rag: &str, more: &str) -> Status {
    let text = format!("summary = 'x'\n{more}\nrag = {{ {rag} }}\n");
    toml::from_str(&text).unwrap()
}

use crate::model::Status;
use crate::model::config::RagScale;

#[test]
fn declared_better_than_computed() {
    let rating = rated("budget.approved = 1000\n", "forecast_cost = 1060", &[]);
    assert_eq!(rating.overall, AMBER);
    let found = |rag: &str, scale: RagScale, more: &str| -> Vec<(Option<Dimension>, bool)> {
        greener(&rating, &report(rag, more), scale, day(TODAY))
            .iter()
            .map(|g| (g.dimension, g.is_excused))
            .collect()
    };
    let (three, five) = (RagScale::Three, RagScale::Five);
    assert_eq!(found("overall = 'green'", three, ""), [(None, false)]);
    assert_eq!(found("overall = 'amber', cost = 'green'", three, ""), [(Some(Dimension::Cost), false)]);
    assert_eq!(found("overall = 'amber', cost = 'red'", three, ""), []);
    assert_eq!(found("overall = 'grey'", three, ""), []);
    assert_eq!(found("overall = 'amber-green'", five, ""), [], "one step of five does not count");
    assert_eq!(found("overall = 'green'", five, ""), [(None, false)]);
    let until = |day: &str| format!("override = {{ overall = 'green', reason = 'x', until = {day} }}");
    assert_eq!(found("overall = 'green'", three, &until("2026-11-20")), [(None, true)]);
    assert_eq!(found("overall = 'green'", three, &until("2026-11-19")), [(None, false)]);
    let accepted = "override = { overall = 'amber', reason = 'x' }";
    assert_eq!(found("overall = 'green'", three, accepted), [(None, false)], "amber was accepted, not green");
}

#[test]
fn phrases_are_exact_at_the_limit() {
    let rating = rated("budget.approved = 1000000\n", "forecast_cost = 1050001", &[]);
    let reason = &rating.reading(Dimension::Cost).unwrap().reasons[0];
    assert_eq!(reason.say(), "cost +5.0001 %");
    assert_eq!(reason.limit.unwrap().say(), "amber beyond 5, red beyond 10 %");
    let rating = rated("budget.approved = 640\n", "forecast_cost = 730", &[]);
    assert_eq!(rating.deciding(), ["cost +14.1 %"]);
}

#[test]
fn figures_beyond_all_bounds_are_unknown_and_never_panic() {
    let most = "79228162514264337593543950335";
    let least = "0.0000000000000000000000000001";
    for (a, b) in [(most, least), (least, most), (most, most), ("0", most), (most, "-1"), ("-1", "0")] {
        // What is agreed cannot be negative.
        let (c, d) = (a.trim_start_matches('-'), b.trim_start_matches('-'));
        let charter = format!(
            "{LONG}budget = {{ approved = {c}, contingency = {d} }}\n\
             planned_value = [{{ date = 2026-01-01, value = {d} }}, {{ date = 2026-06-01, value = {c} }}]\n\
             milestone = [{{ id = 'a', baseline = 2026-01-01, weight = {a} }}, {{ id = 'b', weight = {b} }}]\n\
             tolerance = {{ cost_percent = {a}, finish_days = 9223372036854775807 }}\n"
        );
        let report =
            format!("forecast_cost = {b}\nearned_value = {a}\nactual_cost = {b}\ncontingency_drawn = {a}\n");
        let risk = format!(
            "title = 'x'\nprobability = 255\nimpact = {a}\nchance = 100\ncost_effect = {{ low = {a}, likely = {a}, high = {b} }}"
        );
        let change = format!("title = 'x'\nstate = 'submitted'\nraised = 0001-01-01\neffect.cost = {b}");
        let benefit = format!("title = 'x'\ntarget = {a}\nforecast = {b}");
        let month = format!("category = {{ x = {a}, y = {b} }}");
        let more = [
            ("risks/R-001", risk.as_str()),
            ("changes/C-001", &change),
            ("benefits/B-001", &benefit),
            ("actuals/2026-10", &month),
        ];
        let rating = rated(&charter, &report, &more);
        // Whatever came of it can be said.
        rating.readings.iter().flat_map(|r| &r.reasons).for_each(|reason| assert!(!reason.say().is_empty()));
    }
}
