//! Where risks stand on the register's scales: as first raised, now, and after the response.

use crate::model::risk_scale::{Band, RiskConfig};
use crate::model::{ByName, NumberOr, Risk};

use super::exposure::worst_impact;

/// Of when an assessment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// As first raised.
    Initial,
    /// Now.
    #[default]
    Current,
    /// After the response.
    Target,
}

impl Stage {
    /// Every stage, in the order of a risk's life.
    pub const ALL: [Self; 3] = [Self::Initial, Self::Current, Self::Target];

    /// The word that names it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Initial => "initial",
            Self::Current => "current",
            Self::Target => "target",
        }
    }
}

/// An assessment on the register's scales.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Judged {
    /// The level of probability, from 1.
    pub probability: u32,
    /// The worst level of impact, from 1.
    pub impact: u32,
    /// Probability × worst impact.
    pub score: u32,
    /// The band of the cell.
    pub band: Band,
    /// Whether a level is one that the scale does not have.
    pub is_off_scale: bool,
}

/// The assessment of a risk at a stage; nothing where probability or impact is missing.
pub fn judged(risk: &Risk, stage: Stage, config: &RiskConfig) -> Option<Judged> {
    let own = (risk.probability, risk.impact.as_ref());
    let (probability, impact) = match stage {
        Stage::Initial => risk.initial.as_ref().map(|one| (one.probability, one.impact.as_ref()))?,
        Stage::Current => own,
        Stage::Target => risk.target.as_ref().map(|one| (one.probability, one.impact.as_ref()))?,
    };
    on_scale(probability, impact, config)
}

fn on_scale(
    probability: Option<u8>,
    impact: Option<&NumberOr<ByName<u8>>>,
    config: &RiskConfig,
) -> Option<Judged> {
    let (probability, impact) = (u32::from(probability?), worst_impact(impact?)?);
    let fits = |level: u32, levels: usize| level >= 1 && usize::try_from(level).is_ok_and(|at| at <= levels);
    Some(Judged {
        probability,
        impact,
        score: probability.checked_mul(impact)?,
        band: config.band_at(probability, impact),
        is_off_scale: !(fits(probability, config.probability.len()) && fits(impact, config.impact.len())),
    })
}

/// The rank of each score, 1 for the highest; equal scores share the rank, and the next is as many further (1, 2, 2, 4).
pub fn ranks(scores: &[Option<u32>]) -> Vec<Option<usize>> {
    let mut known: Vec<u32> = scores.iter().flatten().copied().collect();
    known.sort_unstable_by(|a, b| b.cmp(a));
    let rank = |score: u32| known.partition_point(|higher| *higher > score) + 1;
    scores.iter().map(|score| score.map(rank)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::register;

    #[test]
    fn equal_scores_share_a_rank() {
        let scores = [Some(12), None, Some(20), Some(12), Some(4)];
        assert_eq!(ranks(&scores), [Some(2), None, Some(1), Some(2), Some(4)]);
        assert_eq!(ranks(&[]), []);
    }

    #[test]
    fn a_risk_has_a_place_at_each_stage_that_is_stated() {
        let text = "title='a'\nprobability=3\nimpact={cost=4, schedule=2}\ntarget={probability=1}\n\
                    initial={probability=6, impact=2}";
        let register = register(&[("projects/crm/risks/R-001.toml", text)]);
        let (_, risk) = register.records::<Risk>().next().unwrap();
        let at = |stage| judged(risk, stage, &register.config.risk);
        let now = at(Stage::Current).unwrap();
        assert_eq!((now.probability, now.impact, now.score, now.band), (3, 4, 12, Band::Amber));
        assert!(!now.is_off_scale && at(Stage::Initial).unwrap().is_off_scale);
        assert_eq!(at(Stage::Target), None, "the target states no impact");
    }
}
