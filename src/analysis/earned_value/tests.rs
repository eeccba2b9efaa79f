//! Earned value and earned schedule, with figures worked out by hand.

use rust_decimal::Decimal;

use super::*;
use crate::analysis::tests::{day, register};

const HEAD: &str = "name = 'C'\nmanager = 'j'\nstate = 'active'\n";

fn view_of(charter: &str, report: &str, actuals: &[(&str, &str)]) -> EarnedValue {
    let charter = format!("{HEAD}{charter}");
    let report = format!("summary = 'x'\nrag.overall = 'green'\n{report}");
    let mut files = vec![
        ("projects/crm/project.toml", charter.as_str()),
        ("projects/crm/status/2026-W31.toml", report.as_str()),
    ];
    files.extend(actuals);
    let register = register(&files);
    let shelf = &register.projects["crm"];
    let on = day("2026-11-20");
    view(register.project("crm").unwrap(), shelf, calendar::newest(&register, "crm", on), &[], on)
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn rounded(value: Option<Number>) -> Option<String> {
    value.map(|v| v.0.round_dp(3).normalize().to_string())
}

/// A plan in Lipke's form: cumulative planned value at the ends of periods of 30 days each.
const PERIODS: &str = "schedule = { start = 2026-01-01, finish = 2026-10-28 }
budget.approved = 1000
planned_value = [
  { date = 2026-01-31, value = 40 }, { date = 2026-03-02, value = 110 }, { date = 2026-04-01, value = 220 },
  { date = 2026-05-01, value = 360 }, { date = 2026-05-31, value = 500 }, { date = 2026-06-30, value = 650 },
  { date = 2026-07-30, value = 780 },
]\n";

#[test]
fn earned_schedule_is_whole_periods_plus_the_part_of_the_next() {
    // EV 560 at the end of period 7: all of period 5 (500) and (560 - 500) / (650 - 500) = 0.4 of period 6,
    // so ES = 5.4 periods = 162 days, and SPI(t) = 5.4 / 7.
    let view = view_of(PERIODS, "date = 2026-07-30\nearned_value = 560\nactual_cost = 700", &[]);
    let schedule = view.earned_schedule.unwrap();
    assert_eq!((schedule.earned, schedule.actual), (number("162"), number("210")));
    assert_eq!(schedule.spi_t.round_dp(4), number("0.7714"));
    assert_eq!((view.planned.unwrap().value, view.curve), (780.into(), Some(PlannedFrom::Curve)));
    assert_eq!((rounded(view.cpi).as_deref(), rounded(view.spi).as_deref()), (Some("0.8"), Some("0.718")));
    assert_eq!((view.estimate, rounded(view.tcpi).as_deref()), (Some(1250.into()), Some("1.467")));
}

#[test]
fn the_curve_is_straight_between_points_and_ends_at_the_budget() {
    let charter = format!("{HEAD}{PERIODS}");
    let register = register(&[("projects/crm/project.toml", &charter)]);
    let curve = curve(register.project("crm").unwrap(), None, &[]).unwrap();
    for (on, expected) in [
        ("2025-12-01", "0"),
        ("2026-01-01", "0"),
        ("2026-01-16", "20"),
        ("2026-07-30", "780"),
        ("2026-09-13", "890"), // half way from 780 to 1000
        ("2026-10-28", "1000"),
        ("2027-01-01", "1000"),
    ] {
        assert_eq!(curve.value(day(on)).unwrap(), number(expected), "{on}");
    }
    let es = |earned: i64, on: &str| curve.earned_schedule(earned.into(), day(on)).map(|s| s.earned);
    assert_eq!(es(0, "2026-03-02"), Some(Decimal::ZERO));
    assert_eq!(es(1000, "2026-06-30"), Some(300.into()), "all done early: the whole planned time is earned");
    assert_eq!(es(1000, "2026-12-30"), None, "all done, and the plan is over: time says nothing more");
    assert_eq!(es(100, "2026-01-01"), None, "no time has passed");
}

#[test]
fn without_a_curve_milestones_then_a_straight_line() {
    let line = "schedule = { start = 2026-06-01, finish = 2026-08-07 }\nbudget.approved = 5000\n";
    // 50 working days; 44 of them by Thursday 30 July.
    let view = view_of(line, "date = 2026-07-30\npercent_complete = 66", &[]);
    assert_eq!(view.planned, Some(Figure { value: 4400.into(), from: PlannedFrom::StraightLine }));
    assert_eq!(view.earned, Some(Figure { value: 3300.into(), from: EarnedFrom::PercentComplete }));
    let schedule = view.earned_schedule.unwrap();
    assert_eq!((schedule.earned, schedule.actual, schedule.spi_t), (33.into(), 44.into(), number("0.75")));
    assert!(schedule.in_working_days);

    let weights = format!(
        "{line}milestone = [{{ id = 'a', baseline = 2026-06-11, weight = 30 }}, {{ id = 'b', baseline = 2026-07-01, weight = 10 }}, {{ id = 'c', baseline = 2026-08-07, weight = 40 }}]\n"
    );
    let behind =
        view_of(&weights, "date = 2026-07-31\npercent_complete = 99\nmilestone.a.actual = 2026-06-11", &[]);
    assert_eq!(behind.earned, Some(Figure { value: 1875.into(), from: EarnedFrom::Milestones }));
    assert_eq!(behind.planned, Some(Figure { value: 2500.into(), from: PlannedFrom::Milestones }));
    let schedule = behind.earned_schedule.unwrap();
    assert_eq!((schedule.earned, schedule.actual, schedule.spi_t), (30.into(), 60.into(), number("0.5")));
    let on_time =
        "date = 2026-07-31\nmilestone = { a = { actual = 2026-06-11 }, b = { actual = 2026-07-05 } }";
    let schedule = view_of(&weights, on_time, &[]).earned_schedule.unwrap();
    assert_eq!(schedule.spi_t, Decimal::ONE, "between milestones nothing can be earned, so nothing is late");
}

#[test]
fn time_is_known_without_money() {
    let view = view_of(
        "schedule = { start = 2026-06-01, finish = 2026-08-07 }\n",
        "date = 2026-07-30\npercent_complete = 66",
        &[],
    );
    assert_eq!((view.planned, view.earned, view.cpi), (None, None, None));
    assert_eq!(view.earned_schedule.unwrap().spi_t, number("0.75"));
    assert_eq!(view.percent_done, Some(66.into()));
}

#[test]
fn booked_costs_go_before_reported_ones() {
    let budget = "budget.approved = 1000\n";
    let report = "date = 2026-07-30\npercent_complete = 50\nactual_cost = 999";
    let months = [
        ("projects/crm/actuals/2026-06.toml", "cost = 100.50"),
        ("projects/crm/actuals/2026-07.toml", "category = { internal = 200, licences = 99.5 }"),
        ("projects/crm/actuals/2026-08.toml", "cost = 5000"),
    ];
    let view = view_of(budget, report, &months);
    assert_eq!(view.spent, Some(Figure { value: 400.into(), from: SpentFrom::Booked }));
    assert_eq!(rounded(view.cpi).as_deref(), Some("1.25"));
    let view = view_of(budget, report, &[]);
    assert_eq!(view.spent, Some(Figure { value: 999.into(), from: SpentFrom::Report }));
    let view = view_of(budget, "percent_complete = 50\nactual_cost = 0", &[]);
    assert_eq!((view.cpi, view.estimate), (None, None), "nothing was spent: no index, no panic");
    assert_eq!(view_of(budget, "", &[]).spent, None, "missing is not zero");
}
