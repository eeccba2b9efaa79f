//! Worked examples as they were published, and what must hold of any investment.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::flows::spread;
use super::gains::gain_of_year;
use super::*;
use crate::analysis::standing::Standing;
use crate::analysis::tests::{day, register};
use crate::model::{Benefit, Finance, Register};

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn amounts(text: &str) -> Vec<Decimal> {
    text.split_whitespace().map(decimal).collect()
}

#[test]
fn present_values_are_those_that_were_published() {
    for (rate, flows, decimals, expected, source) in [
        // A spreadsheet's NPV discounts its first amount by a year.
        (
            "0.065",
            "0 -10000 3000 3400 7700",
            2,
            "2055.38",
            "Spread.NET, NPV: docs.mescius.jp/help/spread-aspnet-formula-10/FunctionNPV.html",
        ),
        (
            "0.281",
            "-100 39 59 55 20",
            10,
            "-0.0084785916",
            "NumPy, npv, after Gitman: numpy.org/doc/1.16/reference/generated/numpy.npv.html",
        ),
        // Closed forms: what is due in ten years is worth 1 ÷ 1.035^10, and a level sum of n years (1 − 1.1^−n) ÷ 0.1.
        ("0.035", "0 0 0 0 0 0 0 0 0 0 1", 4, "0.7089", "1 ÷ 1.035^10"),
        ("0.035", "0 1", 4, "0.9662", "1 ÷ 1.035"),
        ("0.10", "0 100 100", 6, "173.553719", "100 × (1 − 1 ÷ 1.21) ÷ 0.1"),
        ("0", "-100 60 60", 0, "20", "without discounting it is the sum"),
    ] {
        let value = present_value(decimal(rate), &amounts(flows)).unwrap();
        assert_eq!(value.round_dp(decimals), decimal(expected), "{source}: {value}");
    }
    assert_eq!(present_value(decimal("-1"), &amounts("1 2")), None);
}

#[test]
fn rates_of_return_are_those_that_were_published() {
    for (flows, decimals, percent, source) in [
        (
            "-100 39 59 55 20",
            3,
            "28.095",
            "NumPy, irr, after Gitman: numpy.org/doc/1.16/reference/generated/numpy.irr.html",
        ),
        ("-100 0 0 74", 2, "-9.55", "the same, a loss"),
        ("-100 100 0 7", 3, "6.206", "the same, with a year of nothing"),
        ("-100 110", 6, "10", "by hand"),
        ("100 -110", 6, "10", "the same lent and borrowed"),
        ("0 -100 0 121", 6, "10", "years without an amount"),
    ] {
        let rate = rate_of_return(&amounts(flows)).unwrap() * Decimal::ONE_HUNDRED;
        assert_eq!(rate.round_dp(decimals).normalize(), decimal(percent), "{source}: {rate}");
    }
}

#[test]
fn a_rate_that_is_none_or_not_the_only_one_is_not_told() {
    for (flows, lack) in [
        ("-100 -20", Lack::SignChange),
        ("100 20 0", Lack::SignChange),
        ("", Lack::SignChange),
        // Project M has two rates of return, 25 % and 400 %:
        // coursehero.com/file/8681490/Multiple-IRRs-Because-of-the-mathematics-involved-it-is-possible/
        ("-1.6 10 -10", Lack::SignChanges { times: 2 }),
        ("-1 1000000000", Lack::OutOfRange),
        ("-1000000 1", Lack::OutOfRange),
    ] {
        assert_eq!(rate_of_return(&amounts(flows)), Err(lack), "{flows}");
    }
}

#[test]
fn paybacks_are_years_before_recovery_and_the_share_of_the_last() {
    for (flows, expected) in [
        // 2 + 2,000 ÷ 3,000: financetutor.app/formulas/payback-period
        ("-10000 4000 4000 3000", "2.6667"),
        // By the same formula: 2 + 1,000 ÷ 5,000.
        ("-2000 500 500 5000", "2.2"),
        ("-100 60 60", "1.6667"),
        ("-100 100", "1"),
        ("-60 -40 50 50 10", "3"),
        // What is spent again has to come back again.
        ("-100 150 -100 50 50", "3"),
    ] {
        assert_eq!(payback(&amounts(flows)).unwrap().round_dp(4).normalize(), decimal(expected), "{flows}");
    }
    assert_eq!(payback(&amounts("-100 50 49")), Err(Lack::PaybackLater { years: 3 }));
    assert_eq!(payback(&amounts("10 50")), Err(Lack::SignChange));
}

fn yearly(figures: &str, year: i32) -> String {
    let text = format!("title = 'x'\n{figures}");
    let register = register(&[("projects/crm/benefits/B-001.toml", &text)]);
    let benefit: &Benefit = register.records().next().unwrap().1;
    gain_of_year(benefit, &Finance::default(), year)
        .map_or("·".to_owned(), |gain| gain.round_dp(4).normalize().to_string())
}

#[test]
fn a_benefit_counts_by_day_and_a_year_at_its_target_brings_the_target() {
    let at_once = "baseline = 480\ntarget = 115\nfrom = 2027-07-02";
    assert_eq!((yearly(at_once, 2026), yearly(at_once, 2028)), ("0".into(), "365".into()));
    // 183 of 365 days.
    assert_eq!(yearly(at_once, 2027), "183");
    assert_eq!(yearly("baseline = 480\ntarget = 115\nforecast = 407\nfrom = 2026-01-01", 2027), "73");
    let planned = "baseline = 0\ntarget = 100\nfrom = 2026-12-31\n[[plan]]\ndate = 2027-12-31\nvalue = 100";
    assert_eq!([yearly(planned, 2026), yearly(planned, 2027), yearly(planned, 2028)], ["0", "50", "100"]);
    let steps = "baseline = 0\ntarget = 100\n[[plan]]\ndate = 2027-12-31\nvalue = 100";
    assert_eq!([yearly(steps, 2027), yearly(steps, 2028)], ["0", "100"]);
    assert_eq!(yearly("target = 100\nfrom = 2026-01-01", 2027), "·");
    assert_eq!(yearly("kind = 'disbenefit'\nbaseline = 0\ntarget = 24\nfrom = 2026-01-01", 2027), "-24");
}

#[test]
fn what_is_gained_once_comes_as_its_plan_rises_and_by_fiscal_year() {
    let text = |figures: &str, month: u32, year: i32| {
        let text = format!("title = 'x'\nonce = true\n{figures}");
        let register = register(&[("projects/crm/benefits/B-001.toml", &text)]);
        let benefit: &Benefit = register.records().next().unwrap().1;
        let finance =
            Finance { fiscal_year_start: crate::model::finance::Month(month), ..Finance::default() };
        gain_of_year(benefit, &finance, year).map_or("·".to_owned(), |gain| gain.normalize().to_string())
    };
    let sale = "baseline = 0\ntarget = 90\nfrom = 2027-02-01";
    assert_eq!([2026, 2027, 2028].map(|year| text(sale, 1, year)), ["0", "90", "0"]);
    // From April to March, the first of February 2027 falls into the year that began in 2026.
    assert_eq!([2026, 2027].map(|year| text(sale, 4, year)), ["90", "0"]);
    let steps = "baseline = 0\ntarget = 90\n[[plan]]\ndate = 2026-12-31\nvalue = 30\n\
                 [[plan]]\ndate = 2027-12-31\nvalue = 90";
    assert_eq!([2026, 2027, 2028].map(|year| text(steps, 1, year)), ["30", "60", "0"]);
    assert_eq!(text("baseline = 0\ntarget = 90\nforecast = 60\nfrom = 2027-02-01", 1, 2027), "60");
}

#[test]
fn years_are_fiscal_years() {
    let report = ("projects/crm/status/2026-W53.toml", REPORT);
    let benefit = ("projects/crm/benefits/B-001.toml", BENEFIT);
    let booked = [
        ("projects/crm/actuals/2026-03.toml", "cost = 260\n"),
        ("projects/crm/actuals/2026-04.toml", "cost = 40\n"),
    ];
    let found = appraised(
        CHARTER,
        &[report, benefit, booked[0], booked[1]],
        "appraisal_years = 4\nfiscal_year_start = 4",
    );
    let told: Vec<_> = found.years.iter().map(|year| (year.name.as_str(), year.cost.0.round_dp(2))).collect();
    // 700 are left for the 365 days of 2027, 90 of them before April.
    let expected = [("2025/26", "260"), ("2026/27", "212.60"), ("2027/28", "527.40"), ("2028/29", "0")];
    assert_eq!(told, expected.map(|(name, cost)| (name, decimal(cost))));
    // A year's 400 from January 2028: 91 of the 366 days to the end of March.
    assert_eq!(found.years[2].benefit.0.round_dp(4), decimal("99.4536"));
}

#[test]
fn a_benefit_in_another_currency_is_taken_at_the_rate_of_the_day() {
    let dollars = BENEFIT.replace("EUR", "USD");
    let report = ("projects/crm/status/2026-W53.toml", REPORT);
    let rate = "appraisal_years = 3\n[[finance.rate]]\ncurrency = 'USD'\nfrom = 2026-01-01\nrate = 0.5";
    let found = appraised(CHARTER, &[report, ("projects/crm/benefits/B-001.toml", &dollars)], rate);
    assert_eq!(found.years[2].benefit.0, 200.into());
    assert_eq!(found.rates.rates[0].currency, "USD");
    let pieces = BENEFIT.replace("unit = 'EUR'", "unit = 'EUR an invoice'\ntimes_a_year = 10");
    let found =
        appraised(CHARTER, &[report, ("projects/crm/benefits/B-001.toml", &pieces)], "appraisal_years = 3");
    assert_eq!(found.years[2].benefit.0, 4000.into());
}

const CHARTER: &str = "name = 'CRM'\nmanager = 'jana'\nstate = 'active'\nbudget.approved = 900\n\
    schedule = { start = 2026-01-01, finish = 2027-12-31 }\n";
const BENEFIT: &str =
    "title = 'x'\nkind = 'cashable'\nunit = 'EUR'\nbaseline = 500\ntarget = 100\nfrom = 2028-01-01\n";
const REPORT: &str =
    "summary = 'x'\nrag.overall = 'green'\ndate = 2026-12-31\nactual_cost = 300\nforecast_cost = 1_000\n";

fn appraised(charter: &str, files: &[(&str, &str)], rate: &str) -> Appraisal {
    let settings = format!("[register]\nformat = 1\n[finance]\n{rate}\n");
    let mut all = vec![("pmo.toml", settings.as_str()), ("projects/crm/project.toml", charter)];
    all.extend(files);
    let register: Register = register(&all);
    let on = day("2027-01-02");
    appraise(&register, &Standing::of(&register, "crm", on).unwrap(), on)
}

#[test]
fn a_project_is_appraised_from_what_was_spent_what_is_left_and_what_is_planned() {
    let report = ("projects/crm/status/2026-W53.toml", REPORT);
    let benefit = ("projects/crm/benefits/B-001.toml", BENEFIT);
    let found = appraised(CHARTER, &[report, benefit], "discount_rate = 3.5\nappraisal_years = 5");
    let told: Vec<_> =
        found.years.iter().map(|y| (y.year, y.cost.0.normalize(), y.benefit.0.normalize())).collect();
    let (none, half) = (Decimal::ZERO, Decimal::from(400));
    let expected = [
        (2026, 300.into(), none),
        (2027, 700.into(), none),
        (2028, none, half),
        (2029, none, half),
        (2030, none, half),
    ];
    assert_eq!(told, expected);
    assert_eq!(found.costs, Some(CostFrom::Report));
    // −300 − 700 ÷ 1.035 + 400 ÷ 1.035² + 400 ÷ 1.035³ + 400 ÷ 1.035⁴, by hand.
    assert_eq!(found.present_value.unwrap().0.round_dp(2), decimal("106.43"));
    assert_eq!(found.payback.unwrap().0, decimal("3.5"));
    let sum = found.years.iter().filter_map(|y| y.discounted).map(|n| n.0).sum::<Decimal>();
    assert_eq!(sum.round_dp(8), decimal("106.42975108"), "the years add up to it");

    let booked = ("projects/crm/actuals/2026-03.toml", "cost = 260\n");
    let found = appraised(CHARTER, &[report, benefit, booked], "appraisal_years = 1");
    assert_eq!(found.costs, Some(CostFrom::Booked));
    assert_eq!(found.years.iter().map(|y| y.cost.0).collect::<Vec<_>>(), [260.into(), 740.into()]);
    assert_eq!(found.present_value, Err(Lack::Rate));

    let found = appraised(CHARTER, &[benefit], "");
    assert_eq!(found.costs, Some(CostFrom::Plan));
    assert_eq!(found.years.len(), 10);
    assert_eq!(found.years.iter().map(|y| y.cost.0).sum::<Decimal>(), 900.into());
}

#[test]
fn what_cannot_be_appraised_says_why() {
    let report = ("projects/crm/status/2026-W53.toml", REPORT);
    let bare = "name = 'CRM'\nmanager = 'jana'\nstate = 'active'\nschedule.start = 2026-01-01\n";
    let dollars = BENEFIT.replace("EUR", "USD");
    let minutes = BENEFIT.replace("EUR", "minutes");
    let plain = BENEFIT.replace("baseline = 500\n", "");
    let of = |charter: &str, files: &[(&str, &str)]| appraised(charter, files, "discount_rate = 3.5");
    let path = "projects/crm/benefits/B-001.toml";
    for (found, lack) in [
        (of(&bare.replace("schedule.start = 2026-01-01", ""), &[(path, BENEFIT)]), Lack::Start),
        (of(bare, &[(path, BENEFIT)]), Lack::Cost),
        (of(CHARTER, &[report]), Lack::Benefit),
        (of(CHARTER, &[(path, &minutes)]), Lack::Benefit),
        (
            of(CHARTER, &[(path, &dollars)]),
            Lack::Currency { benefit: "crm/B-001".into(), currency: "USD".into() },
        ),
    ] {
        assert_eq!(found.present_value, Err(lack.clone()));
        assert_eq!(found.rate_of_return, Err(lack));
    }
    let found = of(CHARTER, &[(path, &plain)]);
    assert_eq!((found.left_out, found.payback), (vec!["crm/B-001".to_owned()], Err(Lack::Benefit)));
}

/// Costs first, then what comes back: the value falls as the rate rises.
fn conventional() -> impl Strategy<Value = Vec<Decimal>> {
    let costs = proptest::collection::vec(1_i64..100_000_000, 1..4);
    let gains = proptest::collection::vec(1_i64..100_000_000, 1..12);
    (costs, gains).prop_map(|(costs, gains)| {
        let cents = |cents: i64| Decimal::new(cents, 2);
        costs.into_iter().map(|cost| cents(-cost)).chain(gains.into_iter().map(cents)).collect()
    })
}

proptest! {
    #[test]
    fn at_its_rate_of_return_an_investment_is_worth_nothing(flows in conventional()) {
        if let Ok(rate) = rate_of_return(&flows) {
            let (below, above) = (rate - TOLERANCE, rate + TOLERANCE);
            let sign = |rate: Decimal| value_by_sign(rate, &flows).unwrap();
            prop_assert!(sign(below) >= Decimal::ZERO && sign(above) <= Decimal::ZERO, "{rate}");
        }
    }

    #[test]
    fn a_higher_rate_makes_a_conventional_investment_worth_less_relative_to_its_costs(
        flows in conventional(), low in 0_i64..300, more in 1_i64..300,
    ) {
        // Of what is spent at once; costs of later years lose worth as well.
        let first = flows.iter().filter(|amount| amount.is_sign_negative()).sum::<Decimal>();
        let later = flows.iter().filter(|amount| !amount.is_sign_negative()).copied();
        let flows: Vec<Decimal> = std::iter::once(first).chain(later).collect();
        let value = |rate: i64| present_value(Decimal::new(rate, 3), &flows).unwrap();
        prop_assert!(value(low) > value(low + more));
    }

    #[test]
    fn a_unit_changes_no_rate_and_no_payback(flows in conventional()) {
        let thousand: Vec<Decimal> = flows.iter().map(|amount| amount * Decimal::ONE_THOUSAND).collect();
        prop_assert_eq!(rate_of_return(&flows), rate_of_return(&thousand));
        let rounded = |found: Result<Decimal, Lack>| found.map(|years| years.round_dp(15));
        prop_assert_eq!(rounded(payback(&flows)), rounded(payback(&thousand)));
        let value = |flows: &[Decimal]| present_value(Decimal::new(35, 3), flows).unwrap();
        let off = (value(&flows) * Decimal::ONE_THOUSAND - value(&thousand)).abs();
        prop_assert!(off < Decimal::new(1, 9), "{off}");
    }

    #[test]
    fn what_is_spread_adds_up_to_the_whole(cents in 1_i64..1_000_000_000, start in 0_i64..2000, days in 0_i64..2000) {
        let from = day("2024-02-28").plus_days(start);
        let mut years = std::collections::BTreeMap::new();
        spread(&Finance::default(), Decimal::new(cents, 2), from, from.plus_days(days), &mut years).unwrap();
        prop_assert_eq!(years.values().sum::<Decimal>(), Decimal::new(cents, 2));
        prop_assert!(years.values().all(|part| *part >= Decimal::ZERO));
    }
}
