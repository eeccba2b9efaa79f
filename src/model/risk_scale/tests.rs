use super::*;

/// A scale of so many levels, with chance bands that meet.
fn scale(probability: i64, impact: usize) -> RiskConfig {
    let level = |at: i64| ProbabilityLevel {
        name: format!("p{at}"),
        from: Percent(((at - 1) * 100 / probability).into()),
        to: Percent((at * 100 / probability).into()),
        anchor: None,
    };
    let defaults = RiskConfig::default();
    RiskConfig {
        probability: (1..=probability).map(level).collect(),
        impact: vec![defaults.impact[0].clone(); impact],
        ..defaults
    }
}

/// The bands as letters, the highest probability first, as the matrix is drawn.
fn drawn(config: &RiskConfig) -> Vec<String> {
    let levels = |count: usize| 1..=u32::try_from(count).unwrap();
    let letter = |band: Band| band.word()[..1].to_uppercase();
    let row = |p: u32| levels(config.impact.len()).map(|i| letter(config.band_at(p, i))).collect();
    levels(config.probability.len()).rev().map(row).collect()
}

#[test]
fn the_bands_of_three_five_and_six_levels_are_those_drawn_by_hand() {
    // Each product of levels worked out by hand: 3x3 amber from 3, red from 6; 5x5 from 8 and 15; 6x6 from 12 and 22.
    assert_eq!(drawn(&scale(3, 3)), ["ARR", "GAR", "GGA"]);
    assert_eq!(drawn(&scale(5, 5)), ["GARRR", "GAARR", "GGAAR", "GGGAA", "GGGGG"]);
    assert_eq!(drawn(&scale(6, 6)), ["GAARRR", "GGAARR", "GGAAAR", "GGGAAA", "GGGGGA", "GGGGGG"]);
    assert_eq!(drawn(&scale(4, 4)), ["GARR", "GAAR", "GGAA", "GGGG"]);
    assert_eq!(drawn(&scale(3, 5)), ["GARRR", "GGAAR", "GGGGA"]);
}

#[test]
fn a_matrix_by_hand_goes_before_the_scores() {
    let mut config = scale(3, 3);
    config.matrix = ["R R R", "g a r", "G G G"].map(str::to_owned).to_vec();
    assert_eq!(config.faults(&[]), []);
    assert_eq!(drawn(&config), ["RRR", "GAR", "GGG"]);
    // Beyond the matrix the scores decide.
    assert_eq!(config.band_at(4, 4), Band::Red);
}

#[test]
fn appetite_is_by_category_first_then_by_score_or_band() {
    let mut config = RiskConfig::default();
    assert!(!config.is_outside_appetite(5, 5, None), "no appetite is stated");
    config.appetite.score = Some(12);
    assert!(!config.is_outside_appetite(3, 4, None) && config.is_outside_appetite(4, 4, None));
    config.appetite.category.insert("safety".to_owned(), 4);
    assert!(
        config.is_outside_appetite(1, 5, Some("safety")) && !config.is_outside_appetite(2, 2, Some("safety"))
    );
    config.appetite = Appetite { band: Some(Band::Green), ..Appetite::default() };
    assert!(!config.is_outside_appetite(1, 5, None) && config.is_outside_appetite(2, 4, None));
}

fn keys(config: &RiskConfig) -> Vec<String> {
    config.faults(&["supplier".to_owned()]).into_iter().map(|fault| fault.key).collect()
}

#[test]
fn what_cannot_be_meant_is_found_with_its_place() {
    assert_eq!(keys(&RiskConfig::default()), Vec::<String>::new());
    for size in 3..=6 {
        assert_eq!(keys(&scale(size, 6)), Vec::<String>::new(), "{size}");
    }
    type Spoil = fn(&mut RiskConfig);
    let cases: [(&str, Spoil); 11] = [
        ("risk.probability[1].from", |c| c.probability[1].from = Percent(9.into())),
        ("risk.probability[1].from", |c| c.probability[1].from = Percent(12.into())),
        ("risk.probability[4].to", |c| c.probability[4].to = Percent(60.into())),
        ("risk.red_from", |c| c.red_from = Some(26)),
        ("risk.red_from", |c| c.red_from = Some(8)),
        ("risk.amber_from", |c| c.amber_from = Some(15)),
        ("risk.matrix", |c| c.matrix = vec!["GGGGG".to_owned(); 4]),
        ("risk.matrix[4]", |c| {
            c.matrix = ["GGGGG", "GGGGG", "GGGGG", "GGGGG", "GGXGG"].map(str::to_owned).to_vec()
        }),
        ("risk.band.red.colour", |c| c.band.red.colour = Some("red;x".to_owned())),
        ("risk.appetite.category", |c| {
            c.appetite.category.insert("suplier".to_owned(), 4);
        }),
        ("risk.impact[2].anchor", |c| {
            c.dimensions = vec!["cost".to_owned()];
            c.impact[2].anchor.insert("safety".to_owned(), "an injury".to_owned());
        }),
    ];
    for (key, spoil) in cases {
        let mut config = RiskConfig::default();
        spoil(&mut config);
        assert_eq!(keys(&config), [key]);
    }
    let mut whole = RiskConfig::default();
    whole.probability[1].from = Percent(11.into());
    assert_eq!(keys(&whole), Vec::<String>::new(), "10 and 11 follow each other");
}
