//! The draws against closed forms, at a fixed seed and within five standard errors.

use std::collections::BTreeMap;

use super::*;
use crate::analysis::tests::register;
use crate::model::Register;

const CHARTER: &str = "name='C'\nmanager='j'\nstate='active'";
const CORRELATED: &str = "[register]\nformat=1\nname='N'\n[risk.correlation]\nvendor = 60\ntwins = 100\n";

fn settings(runs: usize) -> Settings {
    Settings { runs, seed: 1, confidence: 80, distribution: Distribution::Pert }
}

/// A project `crm` with these risks.
fn with(risks: &[&str]) -> Register {
    let paths: Vec<String> = (1..=risks.len()).map(|n| format!("projects/crm/risks/R-{n:03}.toml")).collect();
    let mut files = vec![("pmo.toml", CORRELATED), ("projects/crm/project.toml", CHARTER)];
    let texts: Vec<String> = risks.iter().map(|risk| format!("title='t'\n{risk}")).collect();
    files.extend(paths.iter().map(String::as_str).zip(texts.iter().map(String::as_str)));
    register(&files)
}

fn task_of(risks: &[&str], distribution: Distribution) -> Task {
    task(&with(risks), "crm", distribution).unwrap()
}

/// The cost of each run, in whole units of money.
fn costs(task: &Task, runs: usize) -> Vec<f64> {
    let mut sums = vec![0.0; runs];
    for risk in &task.risks {
        let mut dice = Dice::new(risk, 1);
        for sum in &mut sums {
            *sum += dice.draw().map_or(0.0, |(cost, _)| cost as f64 / 100.0);
        }
    }
    sums
}

fn mean_and_variance(draws: &[f64]) -> (f64, f64) {
    let count = draws.len() as f64;
    let mean = draws.iter().sum::<f64>() / count;
    (mean, draws.iter().map(|draw| (draw - mean).powi(2)).sum::<f64>() / count)
}

/// Within five standard errors of a mean, of draws with this variance.
#[track_caller]
fn near(found: f64, expected: f64, variance: f64, runs: usize) {
    let error = 5.0 * (variance / runs as f64).sqrt();
    assert!((found - expected).abs() <= error, "{found} is not {expected} ± {error}");
}

#[test]
fn a_sum_of_fixed_effects_has_the_mean_and_variance_of_independent_throws() {
    let risks = [(10, 1000.0), (35, 400.0), (50, 250.5), (90, 80.0)];
    let texts: Vec<String> = risks.iter().map(|(p, c)| format!("chance={p}\ncost_effect={c:.2}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let runs = 200_000;
    let (mean, variance) = mean_and_variance(&costs(&task_of(&texts, Distribution::Pert), runs));
    // Bernoulli: E = Σ p c, Var = Σ p (1 − p) c².
    let share = |p: i32| f64::from(p) / 100.0;
    let expected: f64 = risks.iter().map(|(p, c)| share(*p) * c).sum();
    let spread: f64 = risks.iter().map(|(p, c)| share(*p) * (1.0 - share(*p)) * c * c).sum();
    near(mean, expected, spread, runs);
    assert!((variance / spread - 1.0).abs() < 0.02, "{variance} is not about {spread}");
}

#[test]
fn two_throws_give_their_four_sums_as_often_as_they_should() {
    let task = task_of(&["chance=50\ncost_effect=100", "chance=20\ncost_effect=30"], Distribution::Pert);
    let runs = 100_000;
    let mut counted: BTreeMap<i64, usize> = BTreeMap::new();
    costs(&task, runs).iter().for_each(|sum| *counted.entry(*sum as i64).or_default() += 1);
    assert_eq!(counted.keys().copied().collect::<Vec<_>>(), [0, 30, 100, 130]);
    for (sum, share) in [(0, 0.4), (30, 0.1), (100, 0.4), (130, 0.1)] {
        near(counted[&sum] as f64 / runs as f64, share, share * (1.0 - share), runs);
    }
    // The percentiles then are exact: 40 % give 0, half at most 30, nine in ten at most 100.
    let spread =
        run(&[task], (&[], &BTreeMap::new()), None, &settings(runs), &|| ()).projects[0].cost.unwrap();
    assert_eq!((spread.p10, spread.p80, spread.mean.abs_diff(5_600) < 50), (0, 10_000, true));
}

#[test]
fn what_is_certain_always_occurs_and_what_has_no_chance_never() {
    let task = task_of(&["chance=100\ncost_effect=70.25", "chance=0\ncost_effect=5"], Distribution::Pert);
    assert!(costs(&task, 20_000).iter().all(|sum| *sum == 70.25));
}

#[test]
fn three_points_have_the_textbook_means_and_variances() {
    let (low, likely, high) = (40_000.0, 80_000.0, 150_000.0);
    let runs = 200_000;
    let risk = ["chance=100\ncost_effect={low=40_000, likely=80_000, high=150_000}"];
    // PERT with shape 4: mean (a + 4 m + b) ÷ 6, variance (mean − a)(b − mean) ÷ 7.
    let (mean, variance) = mean_and_variance(&costs(&task_of(&risk, Distribution::Pert), runs));
    let expected = (low + 4.0 * likely + high) / 6.0;
    let spread = (expected - low) * (high - expected) / 7.0;
    near(mean, expected, spread, runs);
    assert!((variance / spread - 1.0).abs() < 0.02, "{variance} {spread}");
    // Triangular: mean (a + m + b) ÷ 3, variance (a² + m² + b² − am − ab − mb) ÷ 18.
    let drawn = costs(&task_of(&risk, Distribution::Triangular), runs);
    let (mean, variance) = mean_and_variance(&drawn);
    let spread =
        (low * low + likely * likely + high * high - low * likely - low * high - likely * high) / 18.0;
    near(mean, (low + likely + high) / 3.0, spread, runs);
    assert!((variance / spread - 1.0).abs() < 0.02, "{variance} {spread}");
    // And its distribution function: above the mode, F(x) = 1 − (b − x)² ÷ ((b − a)(b − m)).
    let p80 = high - (0.2 * (high - low) * (high - likely)).sqrt();
    near(drawn.iter().filter(|draw| **draw <= p80).count() as f64 / runs as f64, 0.8, 0.16, runs);
    assert!(drawn.iter().all(|draw| (low..=high).contains(draw)));
}

#[test]
fn an_opportunity_takes_away_and_days_go_their_own_way() {
    let task = task_of(
        &[
            "chance=100\ncost_effect=100\ndays_effect=7",
            "kind='opportunity'\nchance=100\ncost_effect=30\ndays_effect=2",
        ],
        Distribution::Pert,
    );
    let outcome = run(&[task], (&[Some(7_000)], &BTreeMap::new()), None, &settings(10), &|| ());
    let project = &outcome.projects[0];
    assert_eq!((project.cost.unwrap().p50, project.days.unwrap().p50), (7_000, 5));
    assert_eq!(project.covered, Some(100.into()));
}

#[test]
fn members_of_a_group_keep_their_own_chance_and_occur_together_as_strongly_as_is_said() {
    let risk = "chance=30\ncost_effect=1\ncorrelation='vendor'";
    let task = task_of(&[risk, risk, "chance=30\ncost_effect=1"], Distribution::Pert);
    let runs = 200_000;
    let occurred = |risk: usize| -> Vec<bool> {
        let mut dice = Dice::new(&task.risks[risk], 1);
        (0..runs).map(|_| dice.draw().is_some()).collect()
    };
    let (a, b, other) = (occurred(0), occurred(1), occurred(2));
    let share = |hit: &dyn Fn(usize) -> bool| (0..runs).filter(|run| hit(*run)).count() as f64 / runs as f64;
    for one in [&a, &b, &other] {
        near(share(&|run| one[run]), 0.3, 0.21, runs);
    }
    // In 60 of 100 runs they share one throw: P(both) = 0.6 p + 0.4 p², which is a correlation of 0.6.
    let both = 0.6 * 0.3 + 0.4 * 0.09;
    near(share(&|run| a[run] && b[run]), both, both * (1.0 - both), runs);
    near(share(&|run| a[run] && other[run]), 0.09, 0.09 * 0.91, runs);
    let twins = task_of(&["chance=30\ncost_effect=1\ncorrelation='twins'"; 2], Distribution::Pert);
    assert!(costs(&twins, 5_000).iter().all(|sum| *sum == 0.0 || *sum == 2.0));
}

#[test]
fn neither_threads_nor_other_projects_change_what_is_drawn() {
    let vendor =
        "title='t'\nchance=40\ncost_effect={low=10, likely=20, high=90}\ndays_effect=3\ncorrelation='vendor'";
    let wide = register(&[
        ("pmo.toml", CORRELATED),
        ("projects/crm/project.toml", CHARTER),
        ("projects/crm/risks/R-001.toml", vendor),
        ("projects/erp/project.toml", CHARTER),
        ("projects/erp/risks/R-001.toml", vendor),
        ("projects/erp/risks/R-002.toml", "title='t'\nchance=7\ncost_effect=500"),
    ]);
    let tasks = ["crm", "erp"].map(|id| task(&wide, id, Distribution::Pert).unwrap());
    let on = |threads: usize, tasks: &[Task]| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| run(tasks, (&[None, None], &BTreeMap::new()), None, &settings(5_000), &|| ()))
    };
    let (one, two) = (on(1, &tasks), on(2, &tasks));
    assert_eq!(format!("{one:?}"), format!("{two:?}"));
    let alone = on(2, &tasks[..1]);
    assert_eq!(format!("{:?}", alone.projects[0]), format!("{:?}", two.projects[0]));
    let other = Settings { seed: 2, ..settings(5_000) };
    let reseeded = run(&tasks[..1], (&[], &BTreeMap::new()), None, &other, &|| ());
    assert_ne!(reseeded.projects[0].cost, alone.projects[0].cost);
}

#[test]
fn a_driver_is_what_the_sum_would_lack_without_it() {
    let task = task_of(
        &[
            "chance=100\ncost_effect=900",
            "chance=50\ncost_effect=100",
            "chance=50\ncost_effect=200\ndays_effect=4",
        ],
        Distribution::Pert,
    );
    let outcome = run(std::slice::from_ref(&task), (&[], &BTreeMap::new()), None, &settings(100_000), &|| ());
    let drivers = &outcome.sums["EUR"].drivers;
    let told: Vec<(String, i64)> = drivers.iter().map(|one| (one.id.stem(), one.swing)).collect();
    // P80 of 100 and 200, each at one in two, is 300; without the larger 100, without the smaller 200. What is
    // certain does not vary and drives nothing.
    assert_eq!(told, [("R-003".to_owned(), 20_000), ("R-002".to_owned(), 10_000)]);
    // Independent: their variances are as 4 to 1.
    assert!((drivers[0].share - 80.0).abs() < 1.0 && (drivers[1].share - 20.0).abs() < 1.0, "{drivers:?}");
    let main = outcome.projects[0].main_cost_driver.clone().unwrap();
    assert_eq!((main.0.stem(), main.1.round()), ("R-003".to_owned(), drivers[0].share.round()));
    let days = days_drivers(&task, &settings(1_000));
    assert_eq!(
        days.iter().map(|one| (one.id.stem(), one.swing)).collect::<Vec<_>>(),
        [("R-003".to_owned(), 4)]
    );
}

#[test]
fn what_cannot_be_drawn_says_why() {
    let task = task_of(
        &[
            "cost_effect=5",
            "chance=5",
            "chance=5\ncost_effect={low=9, likely=5, high=10}",
            "chance=5\ndays_effect=99_999",
            "chance=5\ncost_effect=1e27",
            "probability=9\ncost_effect=5",
            "probability=3\ncost_effect=5",
            "state='closed'\nchance=5\ncost_effect=5",
        ],
        Distribution::Pert,
    );
    let reasons: Vec<LeftOut> = task.left_out.iter().map(|one| one.reason).collect();
    use LeftOut::{NoChance, NoEffect, OutOfOrder, TooLarge};
    assert_eq!(reasons, [NoChance, NoEffect, OutOfOrder, TooLarge, TooLarge, NoChance]);
    // Possible is 30 to 50 percent.
    let drawn = &task.risks[..];
    assert_eq!((drawn.len(), drawn[0].chance.0, drawn[0].chance_from), (1, 40.into(), ChanceFrom::Level));
}

#[test]
fn percentiles_are_draws_and_one_run_is_all_of_them() {
    let spread = Spread::of(&mut [5, 3, 1, 2, 4], 90);
    assert_eq!((spread.mean, spread.p10, spread.p50, spread.p80, spread.p90), (3, 1, 3, 4, 5));
    let one = Spread::of(&mut [7], 1);
    assert_eq!((one.mean, one.p10, one.at_confidence), (7, 7, 7));
    assert_eq!(Spread::of(&mut [-1, -2], 50).mean, -2, "half a unit goes to the even one");
    assert_eq!(Spread::of(&mut [0, 1], 50).mean, 0);
    assert_eq!(coverage(&[1, 2, 3, 4], 3), Some(75.into()));
    let none = task_of(&[], Distribution::Pert);
    let outcome = run(&[none], (&[None], &BTreeMap::new()), None, &settings(10), &|| ());
    assert!(outcome.sums.is_empty() && outcome.projects[0].cost.is_none());
}

#[test]
fn the_last_finish_of_all_is_the_latest_of_each_run() {
    use crate::analysis::tests::day;
    // Certain to slip by ten days, and a coin that moves by thirty.
    let late = Task {
        finish: Some(day("2027-03-01")),
        ..task_of(&["chance=100\ndays_effect=10"], Distribution::Pert)
    };
    let coin = Task {
        finish: Some(day("2027-02-20")),
        ..task_of(&["chance=50\ndays_effect=30"], Distribution::Pert)
    };
    let last = |tasks: &[Task], others: Option<&str>| {
        let limits = vec![None; tasks.len()];
        let outcome = run(tasks, (&limits, &BTreeMap::new()), others.map(day), &settings(10_000), &|| ());
        let last = outcome.last_finish.unwrap();
        [last.days.p10, last.days.p90].map(|days| last.without_risks.plus_days(days).to_string())
    };
    assert_eq!(last(std::slice::from_ref(&late), None), ["2027-03-11", "2027-03-11"]);
    // 20 February and thirty days is 22 March, after 11 March.
    assert_eq!(last(&[late.clone(), coin.clone()], None), ["2027-03-11", "2027-03-22"]);
    assert_eq!(last(&[coin, late], Some("2027-03-15")), ["2027-03-15", "2027-03-22"], "in any order");
}
