use proptest::prelude::*;

use super::*;
use crate::analysis::agreed::Agreed;
use crate::analysis::tests::day;
use crate::analysis::track::{Outcome, Sight};
use crate::model::lifecycle::ProjectState;
use crate::model::project::Method;

fn finish(open: &Track, past: &[Track], minimum: usize, day: Date) -> Result<Range<Date>, Refused> {
    super::finish(open, &PastProjects::of(past), minimum, day)
}

fn cost(open: &Track, past: &[Track], minimum: usize, day: Date) -> Result<Range<Money>, Refused> {
    super::cost(open, &PastProjects::of(past), minimum, day)
}

fn decimals(values: &[i64]) -> Vec<Decimal> {
    values.iter().map(|value| Decimal::from(*value)).collect()
}

#[test]
fn quantiles_are_those_of_the_published_example() {
    // The worked example of "Percentile" (Wikipedia, variant C = ½, which is Hazen's), also held by numpy's tests.
    let values = decimals(&[35, 15, 50, 40, 20]);
    for (percent, expected) in [(5, "15"), (30, "20"), (40, "27.5"), (50, "35"), (95, "50")] {
        let found = quantile(&values, Decimal::new(percent, 2)).unwrap();
        assert_eq!(found.normalize().to_string(), expected, "{percent}");
    }
    assert_eq!(quantile(&[], Decimal::ONE), None);
    assert_eq!(quantile(&decimals(&[7]), Decimal::ZERO), Some(Decimal::from(7)));
}

proptest! {
    #[test]
    fn a_quantile_lies_within_rises_with_its_share_and_minds_no_order(
        values in prop::collection::vec(-1_000_000_i64..1_000_000, 1..40),
        shares in prop::array::uniform2(0_i64..=1000),
        turn in any::<prop::sample::Index>(),
    ) {
        let own = decimals(&values);
        let [low, high] = [shares[0].min(shares[1]), shares[0].max(shares[1])].map(|share| Decimal::new(share, 3));
        let (a, b) = (quantile(&own, low).unwrap(), quantile(&own, high).unwrap());
        prop_assert!(a <= b);
        prop_assert!(own.iter().min().unwrap() <= &a && &b <= own.iter().max().unwrap());
        let mut turned = own.clone();
        turned.rotate_left(turn.index(own.len()));
        turned.reverse();
        prop_assert_eq!(quantile(&turned, high), Some(b));
    }
}

/// A project that started on 1 January 2025 and was thought, and is agreed, to take a hundred days.
fn track(id: &str, more: impl FnOnce(&mut Track)) -> Track {
    let agreed =
        Agreed { start: Some(day("2025-01-01")), finish: Some(day("2025-04-11")), budget: Some(1000.into()) };
    let mut track = Track {
        project: id.to_owned(),
        name: id.to_owned(),
        state: ProjectState::Active,
        method: Some(Method::Agile),
        class: Some("B".to_owned()),
        programme: None,
        manager: "jana".to_owned(),
        currency: "EUR".to_owned(),
        start: agreed.start,
        first_agreed: agreed,
        agreed,
        sights: Vec::new(),
        outcome: None,
        spent: None,
    };
    more(&mut track);
    track
}

/// A past project that took so many days, and so much money, instead of a hundred days and a thousand.
fn past(days: i64, cost: i64) -> Track {
    track(&format!("past-{days}"), |track| {
        track.state = ProjectState::Closed;
        track.outcome = Some(Outcome { finish: day("2025-01-01").plus_days(days), cost: Some(cost.into()) });
    })
}

const TODAY: &str = "2025-01-01";

#[test]
fn an_uplift_is_applied_as_the_guidance_does() {
    // Flyvbjerg 2006, after the DfT's curve for rail: half of the projects overran by up to 40 %, so a forecast of
    // 4 bn becomes 5.6 bn where a chance of one in two is acceptable.
    let overruns = [("a", 1300), ("b", 1350), ("c", 1400), ("d", 1570), ("e", 1680)];
    let class: Vec<Track> =
        overruns.iter().enumerate().map(|(at, (_, cost))| past(100 + at as i64, *cost)).collect();
    let open = track("open", |track| track.agreed.budget = Some(4_000_000_000.into()));
    let range = cost(&open, &class, MINIMUM, day(TODAY)).unwrap();
    assert_eq!(range.p50, 5_600_000_000.into());
    assert_eq!(
        range.p80,
        Number(Decimal::from(4_000_000) * Decimal::from(1625)),
        "halfway from the fourth to the fifth"
    );
    assert_eq!((range.projects, range.met), (5, 0));
}

#[test]
fn the_finish_is_scaled_from_the_start_and_lies_never_behind_today() {
    let class: Vec<Track> = [90, 100, 110, 120, 130].map(|days| past(days, 1000)).to_vec();
    let open = track("open", |_| {});
    let range = finish(&open, &class, MINIMUM, day(TODAY)).unwrap();
    assert_eq!((range.p50, range.p80), (day("2025-04-21"), day("2025-05-06")));
    assert_eq!(range.met, 2);
    let late = finish(&open, &class, MINIMUM, day("2025-04-30"));
    assert_eq!(late, Err(Refused::TooFew { found: 0 }), "nothing past was forecast at the end of its way");
}

#[test]
fn the_narrowest_class_that_is_large_enough_counts_and_too_few_are_refused() {
    let mut class: Vec<Track> = [100, 101, 102, 103].map(|days| past(days, 1000)).to_vec();
    let open = track("open", |_| {});
    assert_eq!(finish(&open, &class, MINIMUM, day(TODAY)), Err(Refused::TooFew { found: 4 }));
    class.push(track("other", |track| {
        *track = Track { class: Some("A".to_owned()), ..past(200, 1000) };
    }));
    assert_eq!(finish(&open, &class, MINIMUM, day(TODAY)).unwrap().alike, Alike::Method);
    assert_eq!(finish(&open, &class, 4, day(TODAY)).unwrap().alike, Alike::ClassAndMethod);
    let unsorted = track("open", |track| (track.class, track.method) = (None, None));
    assert_eq!(finish(&unsorted, &class, MINIMUM, day(TODAY)).unwrap().alike, Alike::All);
    let blank = track("open", |track| track.start = None);
    assert_eq!(finish(&blank, &class, MINIMUM, day(TODAY)), Err(Refused::NothingToScale));
}

#[test]
fn past_forecasts_are_taken_at_the_same_stage() {
    // At half time each of these knew that it would take 150 days, and took 165: a tenth more.
    let sight = Sight {
        date: day("2025-03-17"),
        finish: Some(day("2025-05-31")),
        cost: Some(1500.into()),
        agreed_finish: None,
        is_red: false,
    };
    let class: Vec<Track> = (0..5)
        .map(|at| {
            let mut one = past(165, 1650);
            one.project = format!("past-{at}");
            one.sights = vec![sight];
            one
        })
        .collect();
    let open = track("open", |track| {
        track.sights = vec![Sight { finish: Some(day("2025-07-20")), date: day("2025-04-11"), ..sight }];
    });
    let range = finish(&open, &class, MINIMUM, day("2025-04-11")).unwrap();
    assert_eq!((range.p50, range.factors[0]), (day("2025-08-09"), Decimal::new(11, 1)));
    assert_eq!(cost(&open, &class, MINIMUM, day("2025-04-11")).unwrap().p50, Number(Decimal::from(1650)));
    let early = track("open", |_| {});
    assert_eq!(finish(&early, &class, MINIMUM, day(TODAY)).unwrap().factors[0], Decimal::new(165, 2));
}
