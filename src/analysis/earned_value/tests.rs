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
    assert_eq!(
        (rounded(view.cpi).as_deref(), rounded(view.indices.spi.ok()).as_deref()),
        (Some("0.8"), Some("0.718"))
    );
    assert_eq!(
        (view.indices.by_cpi.eac, rounded(view.indices.tcpi_bac.ok()).as_deref()),
        (Ok(1250.into()), Some("1.467"))
    );
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
    assert_eq!(es(0, "2026-03-02"), Ok(Decimal::ZERO));
    assert_eq!(es(1000, "2026-06-30"), Ok(300.into()), "all done early: the whole planned time is earned");
    let done = Err(Absent::WorkDone);
    assert_eq!(es(1000, "2026-12-30"), done, "all done, and the plan is over: time says nothing more");
    assert_eq!(es(100, "2026-01-01"), Err(Absent::NotStarted), "no time has passed");
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
    assert_eq!((view.cpi, view.indices.by_cpi.eac), (None, Err(Absent::NothingSpent)), "no index, no panic");
    assert_eq!(view_of(budget, "", &[]).spent, None, "missing is not zero");
}

/// What is asked of a figure in an awkward case, and the stated answer.
fn why<T>(figure: Known<T>) -> Option<&'static str> {
    figure.err().map(Absent::phrase)
}

const LINE: &str = "schedule = { start = 2026-06-01, finish = 2026-08-07 }\nbudget.approved = 5000\n";

#[test]
fn nothing_is_divided_by_nothing() {
    let view = view_of(LINE, "date = 2026-07-30\npercent_complete = 0\nactual_cost = 100", &[]);
    assert_eq!((view.indices.cpi, view.indices.cv), (Ok(0.into()), Ok((-100).into())));
    assert_eq!(why(view.indices.by_cpi.eac), Some("nothing earned yet"));
    assert_eq!(why(view.indices.by_cpi_and_spi.eac), Some("nothing earned yet"));
    assert_eq!(view.indices.at_budget.eac, Ok(5100.into()), "the rest at budget needs no index");
    assert_eq!(
        (why(view.time.ieac_t), why(view.time.finish)),
        (Some("nothing earned yet"), Some("nothing earned yet"))
    );
    let view = view_of(LINE, "date = 2026-07-30\npercent_complete = 50\nactual_cost = 0", &[]);
    assert_eq!((why(view.indices.cpi), view.indices.cv), (Some("nothing spent yet"), Ok(2500.into())));
    let view = view_of(LINE, "date = 2026-07-30\npercent_complete = 50", &[]);
    assert_eq!(why(view.indices.cpi), Some("no actual cost"));
    assert_eq!(why(view.indices.own.vac), Some("no forecast by the manager"));
    let view = view_of(LINE, "date = 2026-07-30\nactual_cost = 5", &[]);
    assert_eq!(why(view.basis.ev), Some("no progress reported"));
}

#[test]
fn refunds_make_actual_cost_negative_and_no_index_of_it() {
    let report = "date = 2026-07-30\npercent_complete = 50\nactual_cost = -200\nforecast_cost = 4000";
    let view = view_of(LINE, report, &[]);
    assert_eq!((why(view.indices.cpi), view.cpi), (Some("more refunded than spent"), None));
    assert_eq!((view.indices.cv, view.indices.own.etc), (Ok(2700.into()), Ok(4200.into())));
    assert_eq!(view.indices.at_budget.eac, Ok(2300.into()), "-200 and 2,500 to go");
    // A refund within a positive sum is a cost like any other: 300 less 120.
    let months = [
        ("projects/crm/actuals/2026-06.toml", "cost = 300"),
        ("projects/crm/actuals/2026-07.toml", "cost = -120"),
    ];
    let view = view_of(LINE, "date = 2026-07-30\npercent_complete = 50", &months);
    assert_eq!(view.basis.ac, Ok(180.into()));
}

#[test]
fn a_budget_of_zero_measures_nothing_but_time() {
    let charter = LINE.replace("5000", "0");
    let view = view_of(&charter, "date = 2026-07-30\npercent_complete = 66\nactual_cost = 10", &[]);
    for figure in [view.basis.bac, view.basis.pv, view.basis.ev, view.indices.cpi, view.indices.by_cpi.eac] {
        assert_eq!(why(figure), Some("the budget is zero"));
    }
    assert_eq!(view.time.schedule.unwrap().spi_t, number("0.75"));
    assert_eq!(view.basis.ac, Ok(10.into()));
}

#[test]
fn a_finish_before_the_start_plans_nothing() {
    let charter = "schedule = { start = 2026-08-07, finish = 2026-06-01 }\nbudget.approved = 5000\n";
    let view = view_of(charter, "date = 2026-07-30\npercent_complete = 50\nactual_cost = 2000", &[]);
    assert_eq!(why(view.basis.pv), Some("the finish is before the start"));
    assert_eq!(why(view.time.schedule), Some("the finish is before the start"));
    assert_eq!(
        (view.indices.cpi, why(view.indices.spi)),
        (Ok(number("1.25").into()), Some("the finish is before the start"))
    );
    let charter = "schedule = { start = 2026-08-08, finish = 2026-08-09 }\nbudget.approved = 5000\n";
    let view = view_of(charter, "date = 2026-07-30\npercent_complete = 50", &[]);
    assert_eq!(why(view.basis.pv), Some("no working day between start and finish"));
}

#[test]
fn work_before_the_start_is_earned_and_has_no_pace_yet() {
    let charter = LINE.replace("2026-06-01", "2026-08-03");
    let view = view_of(&charter, "date = 2026-07-30\npercent_complete = 10\nactual_cost = 400", &[]);
    assert_eq!((view.basis.pv, view.basis.ev), (Ok(0.into()), Ok(500.into())));
    assert_eq!((view.indices.sv, view.indices.cpi), (Ok(500.into()), Ok(number("1.25").into())));
    assert_eq!(why(view.indices.spi), Some("nothing planned by then"));
    assert_eq!(
        (why(view.time.schedule), why(view.time.finish)),
        (Some("the start is still ahead"), Some("the start is still ahead"))
    );
}

#[test]
fn past_its_planned_end_a_project_falls_behind_further() {
    // 50 working days planned; 60 have passed by 21 August; 90 % done: ES 45, SPI(t) 0.75, IEAC(t) 66.67.
    let view = |on: &str, percent: &str| {
        let report = format!("date = {on}\npercent_complete = {percent}\nactual_cost = 5200");
        let charter = format!("{HEAD}{LINE}");
        let report = format!("summary = 'x'\nrag.overall = 'green'\n{report}");
        let register = register(&[
            ("projects/crm/project.toml", charter.as_str()),
            ("projects/crm/status/2026-W34.toml", report.as_str()),
        ]);
        let on = day("2026-11-20");
        super::view(
            register.project("crm").unwrap(),
            &register.projects["crm"],
            calendar::newest(&register, "crm", on),
            &[],
            on,
        )
    };
    let late = view("2026-08-21", "90");
    assert_eq!((late.basis.pv, late.indices.sv), (Ok(5000.into()), Ok((-500).into())));
    let schedule = late.time.schedule.unwrap();
    assert_eq!((schedule.earned, schedule.actual, schedule.spi_t), (45.into(), 60.into(), number("0.75")));
    assert_eq!(late.time.finish, Ok(day("2026-09-01")));
    assert_eq!(why(late.indices.tcpi_bac), Some("the budget is spent"));
    let done = view("2026-08-21", "100");
    assert_eq!(
        (why(done.time.schedule), why(done.indices.tcpi_bac)),
        (Some("all work is done"), Some("all work is done"))
    );
}

#[test]
fn a_budget_that_a_change_raised_counts_for_the_whole_of_the_work() {
    let raised = format!(
        "{}baseline.change = 'C-002'\nsuperseded = [{{ budget = 5000 }}, {{ budget = 4000 }}]\n",
        LINE.replace("5000", "6000")
    );
    let report = "date = 2026-07-30\npercent_complete = 50\nactual_cost = 2500";
    let (before, after) = (view_of(LINE, report, &[]), view_of(&raised, report, &[]));
    // What is done is worth half of what is agreed now: 3,000 and not 2,500; what was planned grows likewise.
    assert_eq!((before.basis.ev, after.basis.ev), (Ok(2500.into()), Ok(3000.into())));
    assert_eq!((before.basis.pv, after.basis.pv), (Ok(4400.into()), Ok(5280.into())));
    assert_eq!(before.time, after.time, "money changes nothing about time");
    let charter = format!("{HEAD}{raised}");
    let files = [("projects/crm/project.toml", charter.as_str())];
    assert_eq!(original_budget(register(&files).project("crm").unwrap()), Some(4000.into()));
}

#[test]
fn more_earned_than_budgeted_leaves_nothing_to_complete() {
    let view = view_of(LINE, "date = 2026-07-30\nearned_value = 6000\nactual_cost = 4000", &[]);
    assert_eq!(why(view.indices.tcpi_bac), Some("all work is done"));
    assert_eq!(view.indices.cpi, Ok(number("1.5").into()));
}

#[test]
fn a_pace_without_end_has_no_finish() {
    let view = view_of(LINE, "date = 2026-07-30\npercent_complete = 0.01", &[]);
    assert_eq!(why(view.time.finish), Some("the number is too large"));
}
