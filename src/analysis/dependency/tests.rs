//! Days and floats by example; slips, total float and the critical path against brute force on random networks.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::analysis::tests::{day, register};
use crate::model::Register;

const TODAY: &str = "2026-11-20";

fn charter(more: &str) -> String {
    format!("name = 'x'\nmanager = 'j'\nstate = 'active'\n{more}\n")
}

/// Two projects: `a` waits for `b` in the way that is said, and `b` reports what is said.
fn two(a: &str, b: &str, report: &str) -> Register {
    let report = format!("summary = 'x'\nrag.overall = 'green'\n{report}");
    register(&[
        ("projects/a/project.toml", &charter(a)),
        ("projects/b/project.toml", &charter(b)),
        ("projects/b/status/2026-W47.toml", &report),
    ])
}

fn only_tie(register: &Register) -> (State, Option<i64>, Option<i64>, Option<i64>) {
    let network = Network::of(register, day(TODAY));
    let tie = &network.ties()[0];
    (tie.state, tie.float(), tie.conflict(), tie.slipped())
}

#[test]
fn a_supplier_is_late_from_the_day_after_the_need() {
    let late = |needed: &str, report: &str| {
        let a = format!("dependency = [{{ on = 'b#m', needed_by = {needed}, lag_days = 5 }}]");
        only_tie(&two(&a, "milestone = [{ id = 'm', baseline = 2026-12-01 }]", report))
    };
    assert_eq!(
        late("2026-12-06", ""),
        (State::AtRisk, Some(0), None, None),
        "1 December and five days of lag"
    );
    assert_eq!(late("2026-12-16", ""), (State::InTime, Some(10), None, None));
    // Agreed so, and nobody slipped: the agreement is at odds with itself.
    assert_eq!(late("2026-12-05", ""), (State::Late, Some(-1), Some(1), None));
    let slipped = "milestone.m.forecast = 2026-12-31";
    assert_eq!(late("2026-12-06", slipped), (State::Late, Some(-30), None, Some(30)));
    assert_eq!(late("2026-12-05", slipped), (State::Late, Some(-31), Some(1), Some(31)), "worse than agreed");
    let reached = "milestone.m.actual = 2026-11-10";
    assert_eq!(late("2026-11-01", reached), (State::Met, None, None, None), "it is there");
}

#[test]
fn each_kind_ties_its_own_ends() {
    let dates = "schedule = { start = 2027-01-01, finish = 2027-03-01 }";
    let ends = |kind: &str, state: &str| {
        let a = format!("{dates}\ndependency = [{{ on = 'b', kind = '{kind}' }}]");
        let (a, b) = (charter(&a), charter(dates));
        let [a, b] = [a, b].map(|text| text.replace("'active'", &format!("'{state}'")));
        let register = register(&[("projects/a/project.toml", &a), ("projects/b/project.toml", &b)]);
        let network = Network::of(&register, day(TODAY));
        let tie = &network.ties()[0];
        (tie.consumer.to_string(), tie.supplier.to_string(), tie.state)
    };
    let ends = |kind: &str, state: &str| {
        let (consumer, supplier, state) = ends(kind, state);
        (format!("{consumer} < {supplier}"), state)
    };
    assert_eq!(ends("finish-to-start", "approved"), ("a < b".into(), State::AtRisk));
    assert_eq!(ends("finish-to-finish", "approved"), ("a < b".into(), State::AtRisk));
    assert_eq!(ends("start-to-start", "approved"), ("a (start) < b (start)".into(), State::AtRisk));
    assert_eq!(ends("start-to-finish", "approved"), ("a < b (start)".into(), State::InTime));
    assert_eq!(ends("start-to-start", "active").1, State::Met, "both have started");
}

#[test]
fn a_supplier_that_is_over_is_told_apart() {
    let over = |state: &str, on: &str, report: &str| {
        let b = charter("milestone = [{ id = 'm' }]").replace("'active'", &format!("'{state}'"));
        let a = charter(&format!("dependency = [{{ on = '{on}' }}]"));
        let report = format!("summary = 'x'\nrag.overall = 'green'\n{report}");
        let register = register(&[
            ("projects/a/project.toml", &a),
            ("projects/b/project.toml", &b),
            ("projects/b/status/2026-W40.toml", &report),
        ]);
        only_tie(&register).0
    };
    let reached = "milestone.m.actual = 2026-09-01";
    assert_eq!(over("terminated", "b", ""), State::Terminated);
    assert_eq!(over("terminated", "b#m", ""), State::Terminated);
    assert_eq!(over("terminated", "b#m", reached), State::Met);
    assert_eq!(over("closed", "b", ""), State::Met);
    assert_eq!(over("closed", "b#m", ""), State::Closed);
    assert_eq!(over("closed", "b#n", ""), State::Missing);
    assert_eq!(over("active", "c", ""), State::Missing);
    assert_eq!(over("active", "b#m", ""), State::Unknown);
}

/// `a#m` is needed by `b#m` with ten days of float; `b#m` is followed by `b#n` and the finish of `b`.
fn chain() -> Register {
    let a = charter("milestone = [{ id = 'm', baseline = 2027-01-01 }]");
    let b = charter(
        "schedule = { finish = 2027-04-01 }\n\
         milestone = [{ id = 'l', baseline = 2027-01-10 }, { id = 'm', baseline = 2027-02-01 }, { id = 'n', baseline = 2027-03-01 }]\n\
         dependency = [{ on = 'a#m', milestone = 'm', needed_by = 2027-01-11 }]",
    );
    register(&[
        ("projects/a/project.toml", &a),
        ("projects/b/project.toml", &b),
        ("projects/b/benefits/B-001.toml", "title = 'After the finish'\nfrom = 2027-04-05"),
        ("projects/b/benefits/B-002.toml", "title = 'After n'\nfrom = 2027-03-01\nlinks = ['#n']"),
        ("projects/b/benefits/B-003.toml", "title = 'Long after'\nfrom = 2028-01-01"),
        ("projects/b/benefits/B-005.toml", "title = 'Before the finish'\nfrom = 2027-01-01"),
        ("projects/b/benefits/B-004.toml", "title = 'After l'\nfrom = 2027-01-10\nlinks = ['#l']"),
    ])
}

fn moves(register: &Register, from: &Point, slip: i64) -> Vec<(String, i64)> {
    let network = Network::of(register, day(TODAY));
    let impact = network.impact(from, slip).unwrap();
    impact.moves.iter().map(|moved| (moved.point.to_string(), moved.days)).collect()
}

#[test]
fn float_takes_a_slip_up_before_it_passes_on() {
    let register = chain();
    let from = Point::milestone("a", "m");
    let named = |all: &[(&str, i64)]| all.iter().map(|(p, d)| ((*p).to_owned(), *d)).collect::<Vec<_>>();
    // The finish of a has no day, and comes after what has one; the earlier milestone of b stays.
    assert_eq!(moves(&register, &from, 10), named(&[("a#m", 10), ("a", 10)]));
    assert_eq!(
        moves(&register, &from, 15),
        named(&[("a#m", 15), ("b#m", 5), ("b#n", 5), ("b", 5), ("a", 15)])
    );
    assert_eq!(moves(&register, &from, -15), named(&[("a#m", -15)]), "nobody is pulled forward");
    let network = Network::of(&register, day(TODAY));
    let impact = network.impact(&from, 15).unwrap();
    let crossing = impact.crossings[0];
    assert_eq!((crossing.before, crossing.after, crossing.passed_days), (Some(10), Some(-5), 5));
    let earlier = network.impact(&from, -15).unwrap().crossings[0];
    assert_eq!((earlier.before, earlier.after, earlier.passed_days), (Some(10), Some(25), 0));
    let path = |moved: &Move| moved.path.iter().map(Point::to_string).collect::<Vec<_>>().join(" ");
    assert_eq!(path(&impact.moves[3]), "a#m b#m b");
    assert!(impact.moves[1].breaks() && impact.moves[1].past_agreed() == Some(5));
    assert!(network.impact(&Point::milestone("c", "m"), 5).is_none());
}

#[test]
fn a_benefit_comes_later_by_what_lies_behind_its_own_days_to_spare() {
    let register = chain();
    let network = Network::of(&register, day(TODAY));
    let late = |slip| {
        let impact = network.impact(&Point::milestone("a", "m"), slip).unwrap();
        let found = benefits(&register, &network, &impact);
        assert_eq!(found.unclear.len(), usize::from(slip > 10), "B-005 was planned before the finish");
        found
            .late
            .iter()
            .map(|late| format!("{} {} {}", late.id, late.follows, late.days))
            .collect::<Vec<_>>()
    };
    assert_eq!(late(10), [""; 0]);
    assert_eq!(late(14), ["b/B-002 b#n 4"], "4 days of the slip pass; the finish has 4 to spare");
    assert_eq!(late(20), ["b/B-001 b 6", "b/B-002 b#n 10"]);
}

#[test]
fn the_critical_path_leads_over_projects_and_names_what_is_near_it() {
    let register = chain();
    let network = Network::of(&register, day(TODAY));
    let critical = network.critical(["a", "b"].into_iter()).unwrap();
    let points: Vec<String> = critical.chain.iter().map(|link| link.point.to_string()).collect();
    assert_eq!(points, ["b#l", "b#m", "b#n", "b"]);
    let others: Vec<_> = critical.others.iter().map(|t| (t.point.to_string(), t.float_days)).collect();
    assert_eq!(others, [("a#m".to_owned(), 10)]);
    assert!(network.critical(["a"].into_iter()).is_none(), "a has no day for its finish");
    assert!(Network::of(&Register::default(), day(TODAY)).critical(std::iter::empty()).is_none());
}

/// A tie of a random network: own milestone or finish, other project, its milestone or finish, need, lag.
type MadeTie = (Option<usize>, usize, Option<usize>, i64, i64);

/// A project of a random network: milestones (day, reached), finish, and ties.
#[derive(Clone, Debug)]
struct Made {
    milestones: Vec<(i64, bool)>,
    finish: i64,
    ties: Vec<MadeTie>,
}

const MILESTONES: usize = 3;

fn made() -> impl Strategy<Value = Vec<Made>> {
    let spot = || proptest::option::of(0..MILESTONES);
    let tie = (spot(), 0..5_usize, spot(), 1..80_i64, -3..6_i64);
    let project = (
        proptest::collection::vec((1..60_i64, proptest::bool::weighted(0.15)), MILESTONES),
        60..90_i64,
        proptest::collection::vec(tie, 0..4),
    )
        .prop_map(|(milestones, finish, ties)| Made { milestones, finish, ties });
    proptest::collection::vec(project, 5)
}

fn on(offset: i64) -> String {
    day(TODAY).plus_days(offset).to_string()
}

fn spot_name(project: usize, spot: Option<usize>) -> String {
    spot.map_or_else(|| format!("p{project}"), |m| format!("p{project}#m{m}"))
}

fn as_register(all: &[Made]) -> Register {
    let mut files = Vec::new();
    for (at, project) in all.iter().enumerate() {
        let mut text = charter(&format!("schedule = {{ finish = {} }}", on(project.finish)));
        let mut report = "summary = 'x'\nrag.overall = 'green'\n".to_owned();
        for (m, (offset, reached)) in project.milestones.iter().enumerate() {
            text.push_str(&format!("[[milestone]]\nid = 'm{m}'\nbaseline = {}\n", on(*offset)));
            if *reached {
                report.push_str(&format!("milestone.m{m}.actual = {}\n", on(-1)));
            }
        }
        for (own, other, spot, need, lag) in &project.ties {
            let milestone = own.map(|m| format!("milestone = 'm{m}'\n")).unwrap_or_default();
            text.push_str(&format!(
                "[[dependency]]\non = '{}'\nneeded_by = {}\nlag_days = {lag}\n{milestone}",
                spot_name(*other, *spot),
                on(*need)
            ));
        }
        files.push((format!("projects/p{at}/project.toml"), text));
        files.push((format!("projects/p{at}/status/2026-W47.toml"), report));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    register(&files)
}

type Spot = (usize, Option<usize>);

/// Every edge along which a slip goes, with the days that it takes up, read straight from what was made.
fn edges(all: &[Made]) -> Vec<(Spot, Spot, i64)> {
    let reached = |(p, m): Spot| m.is_some_and(|m| all[p].milestones[m].1);
    let when = |(p, m): Spot| m.map_or(all[p].finish, |m| all[p].milestones[m].0);
    let mut edges = Vec::new();
    for (p, project) in all.iter().enumerate() {
        for a in 0..MILESTONES {
            edges.push(((p, Some(a)), (p, None), 0));
            for b in 0..MILESTONES {
                if when((p, Some(a))) < when((p, Some(b))) {
                    edges.push(((p, Some(a)), (p, Some(b)), 0));
                }
            }
        }
        for (own, other, spot, need, lag) in &project.ties {
            let float = need - when((*other, *spot)) - lag;
            edges.push(((*other, *spot), (p, *own), float.max(0)));
        }
    }
    edges.retain(|(from, to, _)| !reached(*from) && !reached(*to));
    edges
}

/// Moves points until nothing moves any more.
fn naive_impact(all: &[Made], from: Spot, slip: i64) -> BTreeMap<Spot, i64> {
    let edges = edges(all);
    let mut moved = BTreeMap::from([(from, slip)]);
    loop {
        let mut changed = false;
        for (a, b, float) in &edges {
            let passed = moved.get(a).copied().unwrap_or(0) - float;
            if passed > moved.get(b).copied().unwrap_or(0) {
                moved.insert(*b, passed);
                changed = true;
            }
        }
        if !changed {
            return moved;
        }
    }
}

/// The least float over every simple path between two points, by walking all of them.
fn least_float(edges: &[(Spot, Spot, i64)], from: Spot, to: Spot, seen: &mut Vec<Spot>) -> Option<i64> {
    if from == to {
        return Some(0);
    }
    seen.push(from);
    let next = edges.iter().filter(|(a, b, _)| *a == from && !seen.contains(b)).copied().collect::<Vec<_>>();
    let least = next.into_iter().filter_map(|(_, b, f)| Some(f + least_float(edges, b, to, seen)?)).min();
    seen.pop();
    least
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_slip_moves_what_a_naive_fixpoint_moves(all in made(), p in 0..5_usize, m in 0..MILESTONES, slip in 1..60_i64) {
        prop_assume!(!all[p].milestones[m].1);
        let register = as_register(&all);
        let network = Network::of(&register, day(TODAY));
        let from = Point::milestone(&format!("p{p}"), &format!("m{m}"));
        let impact = network.impact(&from, slip).unwrap();
        let got: BTreeMap<String, i64> =
            impact.moves.iter().map(|moved| (moved.point.to_string(), moved.days)).collect();
        let naive = naive_impact(&all, (p, Some(m)), slip);
        let expected: BTreeMap<String, i64> =
            naive.into_iter().map(|((p, m), days)| (spot_name(p, m), days)).collect();
        prop_assert_eq!(got, expected);
        // A path is one: it begins at the slip, ends at what moves, and its ties take up what is missing.
        for moved in &impact.moves {
            prop_assert_eq!(moved.path.first(), Some(&from));
            prop_assert_eq!(moved.path.last(), Some(&moved.point));
        }
    }

    #[test]
    fn total_float_is_the_least_over_all_paths(all in made()) {
        let register = as_register(&all);
        let network = Network::of(&register, day(TODAY));
        let ids: Vec<String> = (0..all.len()).map(|p| format!("p{p}")).collect();
        let critical = network.critical(ids.iter().map(String::as_str)).unwrap();
        let last = (0..all.len()).rev().max_by_key(|p| all[*p].finish).unwrap();
        prop_assert_eq!(critical.chain.last().unwrap().point.to_string(), format!("p{last}"));
        let edges = edges(&all);
        let on_chain: BTreeSet<String> = critical.chain.iter().map(|link| link.point.to_string()).collect();
        let others: BTreeMap<String, i64> =
            critical.others.iter().map(|total| (total.point.to_string(), total.float_days)).collect();
        for (p, project) in all.iter().enumerate() {
            let spots = std::iter::once(None).chain((0..MILESTONES).map(Some));
            for spot in spots.filter(|spot| !spot.is_some_and(|m| project.milestones[m].1)) {
                let float = least_float(&edges, (p, spot), (last, None), &mut Vec::new());
                let name = spot_name(p, spot);
                if on_chain.contains(&name) {
                    prop_assert_eq!(float, Some(0), "{} is on the chain", name);
                } else if p != last {
                    prop_assert_eq!(others.get(&name).copied(), float, "{}", name);
                }
            }
        }
        // No point without float comes before the first of the chain.
        let first = critical.chain[0].day;
        prop_assert!(critical.others.iter().filter(|t| t.float_days == 0).all(|t| t.day >= first));
    }

    #[test]
    fn a_circle_is_found_exactly_where_a_point_comes_back_to_itself(all in made()) {
        let register = as_register(&all);
        let network = Network::of(&register, day(TODAY));
        // Over ties and from milestones to the finish only, reached or not.
        let mut edges = Vec::new();
        for (p, project) in all.iter().enumerate() {
            edges.extend((0..MILESTONES).map(|m| ((p, Some(m)), (p, None))));
            edges.extend(project.ties.iter().map(|(own, other, spot, ..)| ((*other, *spot), (p, *own))));
        }
        let mut reach: BTreeSet<(Spot, Spot)> = edges.iter().copied().collect();
        loop {
            let more: Vec<_> = reach
                .iter()
                .flat_map(|(a, b)| edges.iter().filter(move |(c, _)| c == b).map(move |(_, d)| (*a, *d)))
                .filter(|pair| !reach.contains(pair))
                .collect();
            if more.is_empty() {
                break;
            }
            reach.extend(more);
        }
        let circling = reach.iter().any(|(a, b)| a == b);
        let found = cycles(&network);
        prop_assert_eq!(!found.is_empty(), circling);
        for circle in found {
            for step in &circle {
                let p: usize = step.waits.project[1..].parse().unwrap();
                prop_assert!(step.index < all[p].ties.len());
            }
        }
    }
}
