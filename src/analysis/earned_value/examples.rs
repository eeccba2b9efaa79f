//! Worked examples as they were published, each with the address at which it was read, and checked by hand.
//!
//! Where a book rounds an index before it goes on, its last figure is off by what was rounded away; the comment
//! gives the book's figure beside the exact one.

use rust_decimal::Decimal;

use super::*;
use crate::analysis::tests::{day, register};

/// A published example: BAC, PV, EV, AC, the manager's own EAC, and what is said to follow.
struct Example {
    source: &'static str,
    basis: [&'static str; 5],
    /// Figure and its value, rounded to as many decimals as are given.
    expected: &'static [(&'static str, &'static str)],
}

const EXAMPLES: &[Example] = &[
    Example {
        // Four sides of a fence, a day and 1,000 each; day 3 ends with two sides done, half of the third.
        // PV 3 × 1,000; EV 1,000 + 1,000 + 500; AC 1,000 + 1,200 + 600. CV 2,500 − 2,800; SV 2,500 − 3,000;
        // CPI 2,500 ÷ 2,800 = 0.8929; SPI 2,500 ÷ 3,000 = 0.8333; EAC 4,000 × 2,800 ÷ 2,500 = 4,480 (the book
        // divides by 0.893 and has 4,479); ETC 4,480 − 2,800; VAC 4,000 − 4,480.
        source: "Earned Value Exercise, the fence (after PMP Exam Prep, p. 210): studylib.net/doc/5898152/earned-value-exercise",
        basis: ["4000", "3000", "2500", "2800", ""],
        expected: &[
            ("cv", "-300"),
            ("cpi", "0.893"),
            ("sv", "-500"),
            ("spi", "0.833"),
            ("eac", "4480"),
            ("etc", "1680"),
            ("vac", "-480"),
        ],
    },
    Example {
        // PV 40 % of 100,000; EV 35 %; AC 9,000 + 18,000 + 36,000 = 63,000. CPI 35 ÷ 63 = 0.5556;
        // EAC 100,000 × 63 ÷ 35 = 180,000; at budget 63,000 + 65,000 = 128,000; combined
        // 63,000 + 65,000 ÷ (0.5556 × 0.875) = 63,000 + 133,714.29; ETC 65,000 ÷ 0.5556 = 117,000;
        // TCPI 65,000 ÷ 37,000 = 1.757.
        source: "Govan, R package PRA, Earned Value Management: paulgovan.github.io/PRA/articles/evm.html",
        basis: ["100000", "40000", "35000", "63000", ""],
        expected: &[
            ("sv", "-5000"),
            ("cv", "-28000"),
            ("spi", "0.875"),
            ("cpi", "0.5556"),
            ("eac", "180000"),
            ("eac_at_budget", "128000"),
            ("eac_by_cpi_and_spi", "196714.29"),
            ("etc", "117000"),
            ("vac", "-80000"),
            ("tcpi_bac", "1.757"),
        ],
    },
    Example {
        // In thousands. CPI 40 ÷ 45 = 0.89; SPI 40 ÷ 50 = 0.80; EAC 100 × 45 ÷ 40 = 112.5; ETC 67.5; VAC −12.5;
        // combined 45 + 60 ÷ (0.8889 × 0.8) = 129.375 (≈ 129); TCPI 60 ÷ 55 = 1.09.
        source: "PMI Visual Wall, batch 4, posters 14 and 15, Earned Value Management: kevos.com/pmi-visual-wall-batch-4/",
        basis: ["100", "50", "40", "45", ""],
        expected: &[
            ("cpi", "0.89"),
            ("spi", "0.8"),
            ("eac", "112.5"),
            ("etc", "67.5"),
            ("vac", "-12.5"),
            ("eac_by_cpi_and_spi", "129"),
            ("tcpi_bac", "1.09"),
        ],
    },
    Example {
        // A year of 120,000. CV 20,000 − 25,000; SV 20,000 − 23,000; CPI 20 ÷ 25; SPI 20 ÷ 23 = 86.96 %;
        // EAC 120,000 ÷ 0.8 = 150,000.
        source: "Schwalbe, Information Technology Project Management, 4th ed., p. 281, exercise 1: \
                 samitc493.blogspot.com/2007/10/exercise-7.html",
        basis: ["120000", "23000", "20000", "25000", ""],
        expected: &[("cv", "-5000"), ("sv", "-3000"), ("cpi", "0.8"), ("spi", "0.8696"), ("eac", "150000")],
    },
    Example {
        // EAC 162,000 + 350,000 ÷ (150 ÷ 162) = 162,000 + 378,000 = 540,000 (the book divides by 0.93: 538,344).
        source: "EAC using the CPI, figure 7-14: gristprojectmanagement.us/integration/info-uhq.html",
        basis: ["500000", "", "150000", "162000", ""],
        expected: &[("cpi", "0.93"), ("eac", "540000"), ("vac", "-40000")],
    },
    Example {
        // The estimate is renewed: EAC 127,000 spent + 400,000 to go. TCPI 400 ÷ (527 − 127) = 1.
        source: "EAC that accounts for anomalies, figure 7-13: \
                 gristprojectmanagement.us/integration/finding-the-estimate-at-completion.html",
        basis: ["500000", "", "100000", "127000", "527000"],
        expected: &[
            ("eac_at_budget", "527000"),
            ("eac_own", "527000"),
            ("etc_own", "400000"),
            ("vac_own", "-27000"),
            ("tcpi_eac", "1"),
        ],
    },
];

fn known(text: &str) -> Known {
    if text.is_empty() { Err(Absent::NoForecast) } else { Ok(text.parse().unwrap()) }
}

fn pick(indices: &Indices, name: &str) -> Known {
    match name {
        "sv" => indices.sv,
        "cv" => indices.cv,
        "spi" => indices.spi,
        "cpi" => indices.cpi,
        "eac" => indices.by_cpi.eac,
        "etc" => indices.by_cpi.etc,
        "vac" => indices.by_cpi.vac,
        "eac_at_budget" => indices.at_budget.eac,
        "eac_by_cpi_and_spi" => indices.by_cpi_and_spi.eac,
        "eac_own" => indices.own.eac,
        "etc_own" => indices.own.etc,
        "vac_own" => indices.own.vac,
        "tcpi_bac" => indices.tcpi_bac,
        "tcpi_eac" => indices.tcpi_eac,
        other => panic!("no figure is called {other}"),
    }
}

#[test]
fn published_examples_come_out_as_published() {
    for Example { source, basis, expected } in EXAMPLES {
        let [bac, pv, ev, ac, own] = basis.map(known);
        let indices = Indices::of(&Basis { bac, pv, ev, ac, own });
        for (name, value) in *expected {
            let value: Decimal = value.parse().unwrap();
            let found = pick(&indices, name).unwrap_or_else(|why| panic!("{source}: {name}: {why:?}"));
            assert_eq!(found.0.round_dp(value.scale()), value, "{source}: {name}");
        }
    }
}

/// A project over twelve months of 30 days, of 1,200, whose value rises as an S.
fn months(values: [i64; 12]) -> Curve {
    let start = day("2026-01-01");
    let points = values.iter().enumerate().map(|(month, value)| {
        let end = start.plus_days(30 * (month as i64 + 1));
        format!("{{ date = {end}, value = {value} }}")
    });
    let charter = format!(
        "name = 'C'\nmanager = 'j'\nstate = 'active'\nschedule = {{ start = 2026-01-01, finish = 2026-12-27 }}\n\
         budget.approved = 1200\nplanned_value = [{}]",
        points.collect::<Vec<_>>().join(", ")
    );
    let register = register(&[("projects/crm/project.toml", &charter)]);
    super::curve(register.project("crm").unwrap(), None, &[]).unwrap()
}

#[test]
fn earned_schedule_as_lipke_draws_it() {
    // Lipke, "Earned Schedule Concept" (scribd.com/doc/47929652/Earned-Schedule-Concept): at the end of July all of
    // May's planned value is earned and a part of June's: ES = 5 + (EV − PV of May) ÷ (PV of June − PV of May),
    // AT = 7. The page draws it without amounts. Put into its formula, May 500, June 640 and EV 570 give:
    // I = 70 ÷ 140 = 0.5, ES = 5.5 months = 165 days, AT = 210 days; SV(t) = −45 days; SPI(t) = 5.5 ÷ 7 = 0.7857;
    // IEAC(t) = PD ÷ SPI(t) = 12 × 7 ÷ 5.5 = 15.27 months = 458.18 days: day 459 after 1 January 2026.
    let curve = months([40, 110, 220, 360, 500, 640, 780, 900, 1000, 1090, 1160, 1200]);
    let time = Time::of(Ok(&curve), Ok(570.into()), day("2026-07-30"));
    let schedule = time.schedule.unwrap();
    assert_eq!((schedule.earned, schedule.actual, schedule.planned), (165.into(), 210.into(), 360.into()));
    assert_eq!(schedule.spi_t.round_dp(4).to_string(), "0.7857");
    assert_eq!(time.sv_t, Ok((-45).into()));
    assert_eq!(time.ieac_t.unwrap().0.round_dp(2).to_string(), "458.18");
    assert_eq!(time.finish, Ok(day("2027-04-05")), "1 January 2026 and 459 days");
}

#[test]
fn the_indices_by_time_do_not_return_to_one_as_those_by_value_do() {
    // When a late project has earned everything, SPI = EV ÷ PV = 1 and SV = 0, however late it is, which the earned
    // schedule mends (whizible.com/earned-schedule-concept-and-technique/). By its formula: A month before its end, two months late: EV 1,160 = PV of month 11, AT = 13:
    // SPI = 1,160 ÷ 1,200 = 0.967 while SPI(t) = 11 ÷ 13 = 0.846 and IEAC(t) = 12 × 13 ÷ 11 = 14.18 months.
    let curve = months([40, 110, 220, 360, 500, 640, 780, 900, 1000, 1090, 1160, 1200]);
    let on = day("2026-01-01").plus_days(13 * 30);
    let time = Time::of(Ok(&curve), Ok(1160.into()), on);
    assert_eq!(curve.value(on), Some(1200.into()));
    let schedule = time.schedule.unwrap();
    assert_eq!((schedule.earned, schedule.actual), (330.into(), 390.into()));
    assert_eq!(schedule.spi_t.round_dp(3).to_string(), "0.846");
    assert_eq!(time.ieac_t.unwrap().0.checked_div(30.into()).unwrap().round_dp(2).to_string(), "14.18");
}

#[test]
fn on_a_straight_line_the_finish_is_a_working_day() {
    // On a straight line the formula is ES = PD × EV ÷ BAC, as in the example of 52 weeks at
    // calculator.city/earned-schedule-calculation-example/. Here 50 working days from Monday 1 June; 44 have passed by Thursday 30 July;
    // 66 % are done: ES = 33, SPI(t) = 33 ÷ 44 = 0.75, IEAC(t) = 50 ÷ 0.75 = 66.67: the 67th working day, which
    // is 13 weeks of 5 and two days, Tuesday 1 September.
    let charter = "name = 'C'\nmanager = 'j'\nstate = 'active'\nbudget.approved = 5000\n\
                   schedule = { start = 2026-06-01, finish = 2026-08-07 }";
    let register = register(&[("projects/crm/project.toml", charter)]);
    let curve = super::curve(register.project("crm").unwrap(), None, &[]).unwrap();
    let time = Time::of(Ok(&curve), Ok(3300.into()), day("2026-07-30"));
    assert_eq!(time.ieac_t.unwrap().0.round_dp(2).to_string(), "66.67");
    assert_eq!((time.sv_t, time.finish), (Ok((-11).into()), Ok(day("2026-09-01"))));
}
