//! How well risks were judged: the stated chance against what happened, the stated effect against what it really was.
//!
//! Counted are the risks that ended, closed or occurred, also of closed projects. The chance is the one first
//! stated (`[initial]`), since the current one follows what happens; where only a level of probability was stated,
//! the middle of its band.

use rust_decimal::Decimal;

use crate::model::risk::{RiskState, ThreePoint};
use crate::model::risk_scale::RiskConfig;
use crate::model::{Number, NumberOr, Percent, RecordId, Risk};

use super::exposure::pert;

/// With fewer cases a share says little.
pub const FEW: usize = 10;

/// A risk that ended.
#[derive(Clone, Debug)]
pub struct Ended {
    /// Which.
    pub id: RecordId,
    /// The chance first stated, in percent.
    pub chance: Option<Decimal>,
    /// Whether it is the middle of a band.
    pub is_by_level: bool,
    /// Whether it happened.
    pub occurred: bool,
    /// What it was to cost if it happened: the mean of three points, and the lowest and highest.
    pub stated_cost: Option<Points>,
    /// What it cost.
    pub actual_cost: Option<Number>,
    /// By how many days it was to move the finish if it happened.
    pub stated_days: Option<Points>,
    /// By how many days it moved it.
    pub actual_days: Option<Number>,
}

/// A stated effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Points {
    /// The number, or the mean of the three points by PERT.
    pub mean: Number,
    /// The lowest and highest, where three points were stated.
    pub range: Option<(Number, Number)>,
}

/// The risks of a level of chance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// What the level is called.
    pub name: String,
    /// Its band, in percent.
    pub from: Percent,
    /// Its upper end.
    pub to: Percent,
    /// How many risks ended whose chance lay in it.
    pub risks: usize,
    /// How many of them happened.
    pub occurred: usize,
    /// The mean of the stated chances, in percent.
    pub stated: Option<Decimal>,
    /// The share that happened, in percent.
    pub share: Option<Decimal>,
}

/// The stated against the actual, over the risks that have both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// Over how many risks.
    pub risks: usize,
    /// How many that happened lack one of the two.
    pub missing: usize,
    /// The sum of what was stated.
    pub stated: Number,
    /// The sum of what it was.
    pub actual: Number,
    /// How many stated three points.
    pub ranged: usize,
    /// How many of those lay between the lowest and the highest.
    pub within: usize,
}

/// A risk as it ended; nothing of one that can still happen.
pub fn ended(id: RecordId, risk: &Risk, config: &RiskConfig) -> Option<Ended> {
    let occurred = match risk.state {
        RiskState::Occurred => true,
        RiskState::Closed => false,
        RiskState::Open | RiskState::Accepted => return None,
    };
    let initial = risk.initial.as_deref();
    let stated = initial.and_then(|first| first.chance.map(|chance| (chance.0, false)));
    let chance = stated
        .or_else(|| Some((middle(initial?.probability?, config)?, true)))
        .or_else(|| risk.chance.map(|chance| (chance.0, false)))
        .or_else(|| Some((middle(risk.probability?, config)?, true)));
    let cost = initial.and_then(|first| first.cost_effect.as_ref()).or(risk.cost_effect.as_ref());
    let days = initial.and_then(|first| first.days_effect.as_ref()).or(risk.days_effect.as_ref());
    Some(Ended {
        id,
        chance: chance.map(|(chance, _)| chance),
        is_by_level: chance.is_some_and(|(_, by_level)| by_level),
        occurred,
        stated_cost: cost.and_then(points),
        actual_cost: risk.actual_cost,
        stated_days: days.and_then(points),
        actual_days: risk.actual_days.map(Number::from),
    })
}

fn middle(level: u8, config: &RiskConfig) -> Option<Decimal> {
    let band = config.probability.get(usize::from(level).checked_sub(1)?)?;
    Some(band.from.0.checked_add(band.to.0)? / Decimal::TWO)
}

fn points(effect: &NumberOr<ThreePoint>) -> Option<Points> {
    Some(match effect {
        NumberOr::Number(number) => Points { mean: *number, range: None },
        NumberOr::Table(points) => Points { mean: pert(*points)?, range: Some((points.low, points.high)) },
    })
}

/// The risks by the levels of the register's scale; a chance on a border belongs to the lower band.
pub fn levels(ended: &[Ended], config: &RiskConfig) -> Vec<Level> {
    let level_of = |chance: Decimal| {
        let within = config.probability.iter().position(|band| chance <= band.to.0);
        within.unwrap_or(config.probability.len().saturating_sub(1))
    };
    let of_level = |(at, band): (usize, &crate::model::risk_scale::ProbabilityLevel)| {
        let inside: Vec<(Decimal, bool)> = ended
            .iter()
            .filter_map(|one| Some((one.chance?, one.occurred)))
            .filter(|(chance, _)| level_of(*chance) == at)
            .collect();
        let occurred = inside.iter().filter(|(_, occurred)| *occurred).count();
        let over = |sum: Decimal| sum.checked_div(Decimal::from(inside.len()));
        Level {
            name: band.name.clone(),
            from: band.from,
            to: band.to,
            risks: inside.len(),
            occurred,
            stated: over(inside.iter().map(|(chance, _)| *chance).sum()),
            share: over(Decimal::from(occurred) * Decimal::ONE_HUNDRED),
        }
    };
    config.probability.iter().enumerate().map(of_level).collect()
}

/// The Brier score: the mean of (chance ÷ 100 − what happened)², where what happened is 1 or 0.
///
/// 0 is perfect foresight; one who always says 50 % scores 0.25. Source: G. W. Brier, "Verification of forecasts
/// expressed in terms of probability", Monthly Weather Review 78 (1950), in its form for two outcomes.
pub fn brier(ended: &[Ended]) -> Option<Decimal> {
    let squares: Vec<Decimal> = ended
        .iter()
        .filter_map(|one| {
            let happened = if one.occurred { Decimal::ONE } else { Decimal::ZERO };
            let miss = one.chance? / Decimal::ONE_HUNDRED - happened;
            miss.checked_mul(miss)
        })
        .collect();
    squares.iter().sum::<Decimal>().checked_div(Decimal::from(squares.len()))
}

/// The effects stated against what they were, over the risks that happened.
pub fn compared<'a>(happened: impl Iterator<Item = (Option<&'a Points>, Option<Number>)>) -> Compared {
    let mut compared = Compared::default();
    for pair in happened {
        let (Some(stated), Some(actual)) = pair else {
            compared.missing += 1;
            continue;
        };
        compared.risks += 1;
        compared.stated = Number(compared.stated.0.saturating_add(stated.mean.0));
        compared.actual = Number(compared.actual.0.saturating_add(actual.0));
        if let Some((low, high)) = stated.range {
            compared.ranged += 1;
            compared.within += usize::from(low <= actual && actual <= high);
        }
    }
    compared
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::register;

    fn all(risks: &[&str]) -> (Vec<Ended>, RiskConfig) {
        let paths: Vec<String> =
            (1..=risks.len()).map(|n| format!("projects/crm/risks/R-{n:03}.toml")).collect();
        let texts: Vec<String> = risks.iter().map(|risk| format!("title='t'\n{risk}")).collect();
        let mut files = vec![("projects/crm/project.toml", "name='C'\nmanager='j'\nstate='closed'")];
        files.extend(paths.iter().map(String::as_str).zip(texts.iter().map(String::as_str)));
        let register = register(&files);
        let config = register.config.risk.clone();
        (register.records::<Risk>().filter_map(|(id, risk)| ended(id, risk, &config)).collect(), config)
    }

    #[test]
    fn the_chance_first_stated_counts_and_open_risks_do_not() {
        let (ended, _) = all(&[
            "state='occurred'\nchance=100\ninitial={chance=30}",
            "state='closed'\nchance=0\ninitial={probability=2}",
            "state='closed'\nprobability=3",
            "state='closed'",
            "state='accepted'\nchance=5",
            "chance=5",
        ]);
        let told: Vec<_> = ended
            .iter()
            .map(|one| (one.chance.map(|c| c.to_string()), one.is_by_level, one.occurred))
            .collect();
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            told,
            [
                (some("30"), false, true),
                (some("20"), true, false),
                (some("40"), true, false),
                (None, false, false)
            ]
        );
    }

    #[test]
    fn the_score_is_briers_and_a_border_belongs_to_the_lower_band() {
        // Four forecasts of rain, by hand: 0.7 and rain, 0.9 and none, 0.3 and rain, 0.1 and none give
        // (0.09 + 0.81 + 0.49 + 0.01) ÷ 4 = 0.35.
        let (ended, config) = all(&[
            "state='occurred'\nchance=70",
            "state='closed'\nchance=90",
            "state='occurred'\nchance=30",
            "state='closed'\nchance=10",
        ]);
        assert_eq!(brier(&ended).unwrap().normalize().to_string(), "0.35");
        let counts: Vec<_> =
            levels(&ended, &config).iter().map(|level| (level.risks, level.occurred)).collect();
        assert_eq!(counts, [(1, 0), (1, 1), (0, 0), (1, 1), (1, 0)]);
        assert_eq!(levels(&ended, &config)[1].share, Some(100.into()));
        assert_eq!(brier(&[]), None);
    }

    #[test]
    fn effects_are_compared_where_both_are_known() {
        let (ended, _) = all(&[
            "state='occurred'\ncost_effect={low=10, likely=20, high=60}\nactual_cost=50",
            "state='occurred'\ncost_effect=100\nactual_cost=130",
            "state='occurred'\ncost_effect={low=10, likely=20, high=60}\nactual_cost=61",
            "state='occurred'\ncost_effect=100",
            "state='occurred'\nactual_cost=7",
        ]);
        let compared = compared(ended.iter().map(|one| (one.stated_cost.as_ref(), one.actual_cost)));
        assert_eq!((compared.risks, compared.missing, compared.ranged, compared.within), (3, 2, 2, 1));
        assert_eq!((compared.stated, compared.actual), (150.into(), 241.into()));
    }
}
