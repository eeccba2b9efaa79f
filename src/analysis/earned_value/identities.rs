//! What holds of every project, whatever its figures.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::total::Total;
use super::*;
use crate::analysis::tests::{day, register};

/// An amount with cents, or none.
fn amount() -> impl Strategy<Value = Option<Decimal>> {
    prop_oneof![1 => Just(None), 1 => Just(Some(Decimal::ZERO)), 8 => (-5_000_000_i64..50_000_000).prop_map(|cents| Some(Decimal::new(cents, 2)))]
}

fn known(value: Option<Decimal>) -> Known {
    value.map(Number).ok_or(Absent::NoProgress)
}

fn basis() -> impl Strategy<Value = Basis> {
    let bac = proptest::option::of((1_i64..90_000_000).prop_map(|cents| Decimal::new(cents, 2)));
    (bac, amount(), amount(), amount(), amount()).prop_map(|(bac, pv, ev, ac, own)| Basis {
        bac: known(bac),
        pv: known(pv),
        ev: known(ev),
        ac: known(ac),
        own: known(own),
    })
}

/// A project with these figures.
fn project(basis: Basis) -> EarnedValue {
    let figure = |value: Known| value.ok();
    EarnedValue {
        date: day("2026-11-20"),
        budget: figure(basis.bac),
        planned: figure(basis.pv).map(|value| Figure { value, from: PlannedFrom::Curve }),
        earned: figure(basis.ev).map(|value| Figure { value, from: EarnedFrom::Stated }),
        spent: figure(basis.ac).map(|value| Figure { value, from: SpentFrom::Booked }),
        percent_done: None,
        cpi: None,
        earned_schedule: None,
        curve: None,
        indices: Indices::of(&basis),
        time: Time::of(Err(Absent::NoStart), basis.ev, day("2026-11-20")),
        basis,
    }
}

fn scaled(basis: &Basis, by: i64) -> Basis {
    let times = |figure: Known| figure.map(|value| Number(value.0 * Decimal::from(by)));
    let Basis { bac, pv, ev, ac, own } = *basis;
    Basis { bac: times(bac), pv: times(pv), ev: times(ev), ac: times(ac), own: times(own) }
}

fn near(figure: Known) -> Known {
    figure.map(|value| Number(value.0.round_dp(12).normalize()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn estimate_and_variance_make_the_budget(basis in basis()) {
        let indices = Indices::of(&basis);
        for estimate in [indices.by_cpi, indices.at_budget, indices.by_cpi_and_spi, indices.own] {
            if let (Ok(eac), Ok(vac), Ok(bac)) = (estimate.eac, estimate.vac, basis.bac) {
                prop_assert_eq!(near(Ok(Number(eac.0 + vac.0))), near(Ok(bac)));
            }
            if let (Ok(eac), Ok(etc), Ok(ac)) = (estimate.eac, estimate.etc, basis.ac) {
                prop_assert_eq!(near(Ok(Number(ac.0 + etc.0))), near(Ok(eac)));
            }
        }
        if let (Ok(cv), Ok(sv), Ok(pv), Ok(ac)) = (indices.cv, indices.sv, basis.pv, basis.ac) {
            prop_assert_eq!(cv.0 - sv.0, pv.0 - ac.0);
        }
    }

    #[test]
    fn another_unit_changes_no_index(basis in basis(), unit in prop::sample::select(vec![1_000_i64, 1_000_000])) {
        let (small, large) = (Indices::of(&basis), Indices::of(&scaled(&basis, unit)));
        for (a, b) in [
            (small.spi, large.spi),
            (small.cpi, large.cpi),
            (small.tcpi_bac, large.tcpi_bac),
            (small.tcpi_eac, large.tcpi_eac),
        ] {
            prop_assert_eq!(near(a), near(b));
        }
        let eac = small.by_cpi.eac.map(|value| Number((value.0 * Decimal::from(unit)).round_dp(6)));
        prop_assert_eq!(near(eac), near(large.by_cpi.eac.map(|value| Number(value.0.round_dp(6)))));
    }

    #[test]
    fn groups_add_up_to_the_whole(parts in prop::collection::vec((basis(), 0usize..4), 0..12)) {
        let projects: Vec<(EarnedValue, usize)> = parts.into_iter().map(|(basis, group)| (project(basis), group)).collect();
        let whole = Total::of(projects.iter().map(|(project, _)| project));
        let groups: Vec<Total> = (0..4)
            .map(|group| Total::of(projects.iter().filter(|(_, own)| *own == group).map(|(project, _)| project)))
            .collect();
        for pick in [
            |total: &Total| total.bac,
            |total: &Total| total.pv,
            |total: &Total| total.ev,
            |total: &Total| total.ac,
            |total: &Total| total.sv,
            |total: &Total| total.cv,
            |total: &Total| total.at_budget.eac,
            |total: &Total| total.own.vac,
        ] {
            let sum: Decimal = groups.iter().filter_map(|group| pick(group).value).map(|value| value.0).sum();
            prop_assert_eq!(sum, pick(&whole).value.unwrap_or_default().0);
            prop_assert_eq!(groups.iter().map(|group| pick(group).counted).sum::<usize>(), pick(&whole).counted);
            prop_assert_eq!(pick(&whole).counted + pick(&whole).missing, projects.len());
        }
        prop_assert_eq!(groups.iter().map(|group| group.cpi.counted).sum::<usize>(), whole.cpi.counted);
    }

    #[test]
    fn at_a_rate_sums_are_the_sum_times_the_rate_and_indices_stay(parts in prop::collection::vec(basis(), 0..8)) {
        let projects: Vec<EarnedValue> = parts.into_iter().map(project).collect();
        let (plain, rate) = (Total::of(&projects), Number(Decimal::new(125, 2)));
        let (mut at_rate, mut without) = (Total::default(), Total::default());
        projects.iter().for_each(|one| at_rate.add_at(one, Some(rate)));
        projects.iter().for_each(|one| without.add_at(one, None));
        for pick in [|total: &Total| total.bac, |total: &Total| total.cv, |total: &Total| total.own.vac] {
            let times = pick(&plain).value.map(|sum| sum.0 * rate.0);
            prop_assert_eq!(times, pick(&at_rate).value.map(|sum| sum.0));
            prop_assert_eq!((pick(&without).value, pick(&without).missing), (None, projects.len()));
        }
        prop_assert_eq!(plain.cpi.value, at_rate.cpi.value);
        prop_assert_eq!(&plain.sources, &at_rate.sources);
    }

    #[test]
    fn a_missing_value_changes_counts_and_never_totals(parts in prop::collection::vec(basis(), 0..8)) {
        let mut projects: Vec<EarnedValue> = parts.into_iter().map(project).collect();
        let before = Total::of(&projects);
        let none = Err(Absent::NoReport);
        projects.push(project(Basis { bac: none, pv: none, ev: none, ac: none, own: none }));
        let after = Total::of(&projects);
        for pick in [|total: &Total| total.bac, |total: &Total| total.ev, |total: &Total| total.by_cpi.eac] {
            prop_assert_eq!(pick(&before).value, pick(&after).value);
            prop_assert_eq!(pick(&before).missing + 1, pick(&after).missing);
        }
        prop_assert_eq!((before.cpi.value, before.spi.value), (after.cpi.value, after.spi.value));
    }

    #[test]
    fn what_is_earned_by_percent_is_that_share_of_the_budget(bac in 1_i64..90_000_000, percent in 0i64..=10_000) {
        let (bac, percent) = (Decimal::new(bac, 2), Decimal::new(percent, 2));
        let charter = format!("name = 'C'\nmanager = 'j'\nstate = 'active'\nbudget.approved = {bac}\n");
        let report = format!("summary = 'x'\nrag.overall = 'green'\npercent_complete = {percent}\n");
        let files = [("projects/crm/project.toml", charter.as_str()), ("projects/crm/status/2026-W47.toml", report.as_str())];
        let register = register(&files);
        let on = day("2026-11-20");
        let newest = calendar::newest(&register, "crm", on);
        let found = view(register.project("crm").unwrap(), &register.projects["crm"], newest, &[], on);
        prop_assert_eq!(found.basis.ev.unwrap().0, bac * percent / Decimal::ONE_HUNDRED);
        prop_assert_eq!(found.percent_done.unwrap().0.normalize(), percent.normalize());
    }
}
