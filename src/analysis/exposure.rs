//! Scores, bands and expected values of risks, and what is left of the contingency.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::model::number::Money;
use crate::model::risk::{RiskKind, RiskState, ThreePoint};
pub use crate::model::risk_scale::Band;
use crate::model::risk_scale::RiskConfig;
use crate::model::{ByName, Number, NumberOr, Percent, Project, RecordId, Risk, Shelf, Status};

/// The worst level of an impact: the number itself, or the highest of its dimensions.
pub fn worst_impact(impact: &NumberOr<ByName<u8>>) -> Option<u32> {
    match impact {
        NumberOr::Number(level) => level.0.is_integer().then(|| level.0.to_u32()).flatten(),
        NumberOr::Table(levels) => levels.values().max().map(|level| u32::from(*level)),
    }
}

/// The score of an assessment: probability × worst impact, both as levels of the register's scales.
pub fn score(probability: Option<u8>, impact: Option<&NumberOr<ByName<u8>>>) -> Option<u32> {
    u32::from(probability?).checked_mul(worst_impact(impact?)?)
}

/// The score of a risk as it is assessed now.
pub fn current_score(risk: &Risk) -> Option<u32> {
    score(risk.probability, risk.impact.as_ref())
}

/// The band of an assessment, by the register's matrix or its limits of the score; none off the scales.
pub fn band(
    probability: Option<u8>,
    impact: Option<&NumberOr<ByName<u8>>>,
    config: &RiskConfig,
) -> Option<Band> {
    let (probability, impact) = (u32::from(probability?), worst_impact(impact?)?);
    // What the scales do not have is in no band; a finding says so.
    let is_on = |level: u32, top: usize| level >= 1 && usize::try_from(level).is_ok_and(|level| level <= top);
    let is_on = is_on(probability, config.probability.len()) && is_on(impact, config.impact.len());
    is_on.then(|| config.band_at(probability, impact))
}

/// The band of a risk as it is assessed now.
pub fn current_band(risk: &Risk, config: &RiskConfig) -> Option<Band> {
    band(risk.probability, risk.impact.as_ref(), config)
}

/// Whether an open threat is more than the organisation is willing to carry, as it is assessed now.
pub fn is_outside_appetite(risk: &Risk, config: &RiskConfig) -> bool {
    let cell = risk.probability.zip(risk.impact.as_ref().and_then(worst_impact));
    risk.kind == RiskKind::Threat
        && cell.is_some_and(|(probability, impact)| {
            config.is_outside_appetite(probability.into(), impact, risk.category.as_deref())
        })
}

/// The mean of a three-point estimate: (low + 4 × likely + high) ÷ 6.
///
/// The formula is PERT's (US Navy, 1958); unit: as the estimate.
pub fn pert(estimate: ThreePoint) -> Option<Money> {
    let likely = estimate.likely.0.checked_mul(Decimal::from(4))?;
    let sum = estimate.low.0.checked_add(likely)?.checked_add(estimate.high.0)?;
    sum.checked_div(Decimal::from(6)).map(Number)
}

/// The expected monetary value (EMV): chance ÷ 100 × cost effect, a three-point effect by [`pert`].
///
/// The term is PMI's; unit: money, positive for a threat's cost and for an opportunity's saving alike.
pub fn expected_value(chance: Option<Percent>, effect: Option<&NumberOr<ThreePoint>>) -> Option<Money> {
    let effect = match effect? {
        NumberOr::Number(amount) => *amount,
        NumberOr::Table(estimate) => pert(*estimate)?,
    };
    effect.0.checked_mul(chance?.share()).map(Number)
}

/// Whether the risk can still happen: it is open or lived with.
pub fn is_open(risk: &Risk) -> bool {
    matches!(risk.state, RiskState::Open | RiskState::Accepted)
}

/// Whether it says what is done about it; to accept is a response.
pub fn has_response(risk: &Risk) -> bool {
    risk.response.is_some() || risk.state == RiskState::Accepted
}

/// An open risk with its figures.
#[derive(Clone, Debug)]
pub struct RiskView<'a> {
    /// Which.
    pub id: RecordId,
    /// As filed.
    pub risk: &'a Risk,
    /// Probability × worst impact.
    pub score: Option<u32>,
    /// The band of the score.
    pub band: Option<Band>,
    /// Its expected value.
    pub expected: Option<Money>,
}

/// A sum of expected values, and how many risks could not be counted in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// The sum.
    pub sum: Money,
    /// How many risks are in it.
    pub known: usize,
    /// How many state no chance or no cost effect.
    pub missing: usize,
}

impl Expected {
    /// The sum, where at least one risk is in it.
    pub fn value(&self) -> Option<Money> {
        (self.known > 0).then_some(self.sum)
    }

    fn add(&mut self, value: Option<Money>) {
        match value {
            Some(value) => {
                self.sum = Number(self.sum.0.saturating_add(value.0));
                self.known += 1;
            }
            None => self.missing += 1,
        }
    }
}

/// What the open risks of a project come to.
#[derive(Clone, Debug, Default)]
pub struct Exposure<'a> {
    /// Open threats, the highest score first.
    pub threats: Vec<RiskView<'a>>,
    /// Open opportunities, the highest score first; they never offset threats.
    pub opportunities: Vec<RiskView<'a>>,
    /// What the threats may cost.
    pub threatened: Expected,
    /// What the opportunities may save.
    pub hoped: Expected,
    /// What is left of the contingency.
    pub contingency: Option<Money>,
    /// How many threats are on record, open or not.
    pub recorded: usize,
}

/// Adds up the risks of a project, opportunities apart.
pub fn of<'a>(
    project: &str,
    charter: Option<&Project>,
    shelf: &'a Shelf,
    status: Option<&Status>,
    config: &RiskConfig,
) -> Exposure<'a> {
    let mut exposure = Exposure {
        contingency: charter.and_then(|c| remaining_contingency(c, status)),
        ..Exposure::default()
    };
    for (name, risk) in shelf.records::<Risk>() {
        let is_threat = risk.kind == RiskKind::Threat;
        exposure.recorded += usize::from(is_threat);
        if !is_open(risk) {
            continue;
        }
        let score = current_score(risk);
        let view = RiskView {
            id: RecordId { kind: "risk", home: project.to_owned(), name: name.clone() },
            risk,
            score,
            band: current_band(risk, config),
            expected: expected_value(risk.chance, risk.cost_effect.as_ref()),
        };
        if is_threat {
            exposure.threatened.add(view.expected);
            exposure.threats.push(view);
        } else {
            exposure.hoped.add(view.expected);
            exposure.opportunities.push(view);
        }
    }
    // Stable, so that equal scores stay in the order of their ids.
    exposure.threats.sort_by_key(|v| std::cmp::Reverse(v.score));
    exposure.opportunities.sort_by_key(|v| std::cmp::Reverse(v.score));
    exposure
}

/// Contingency − drawn, in the project's currency.
///
/// A report that does not say what was drawn leaves the whole contingency: what remains is then at most
/// this, so an exposure above it is above it for certain.
pub fn remaining_contingency(charter: &Project, status: Option<&Status>) -> Option<Money> {
    let drawn = status.and_then(|s| s.contingency_drawn).unwrap_or(Number::ZERO);
    charter.budget.contingency?.0.checked_sub(drawn.0).map(Number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::register;

    fn points(low: i64, likely: i64, high: i64) -> ThreePoint {
        ThreePoint { low: low.into(), likely: likely.into(), high: high.into() }
    }

    #[test]
    fn pert_gives_the_textbook_means() {
        // The mean of the beta distribution as PERT approximates it: 1, 2, 3 gives 2; 2, 4, 12 gives 5; 2, 5, 14 gives 6.
        for (low, likely, high, mean) in
            [(1, 2, 3, 2), (2, 4, 12, 5), (2, 5, 14, 6), (40_000, 80_000, 140_000, 83_333)]
        {
            assert_eq!(pert(points(low, likely, high)).unwrap().0.trunc(), Decimal::from(mean));
        }
        assert_eq!(
            pert(ThreePoint {
                low: Number(Decimal::MAX),
                likely: Number(Decimal::MAX),
                high: Number(Decimal::MAX)
            }),
            None
        );
    }

    #[test]
    fn expected_value_needs_chance_and_effect() {
        let chance = Some(Percent(35.into()));
        let number = NumberOr::Number(Number::from(80_000));
        assert_eq!(expected_value(chance, Some(&number)), Some(Number::from(28_000)));
        let table = NumberOr::Table(points(40_000, 80_000, 150_000));
        assert_eq!(expected_value(chance, Some(&table)), Some(Number::from(29_750)));
        assert_eq!(expected_value(None, Some(&number)), None);
        assert_eq!(expected_value(chance, None), None);
    }

    #[test]
    fn the_worst_impact_counts_and_opportunities_stand_apart() {
        let register = register(&[
            (
                "projects/crm/project.toml",
                "name='C'\nmanager='j'\nstate='active'\nbudget.contingency = 90_000",
            ),
            (
                "projects/crm/risks/R-001.toml",
                "title='a'\nprobability=3\nimpact={cost=4, schedule=2}\nchance=50\ncost_effect=1000",
            ),
            ("projects/crm/risks/R-002.toml", "title='b'\nprobability=4\nimpact=5"),
            (
                "projects/crm/risks/R-003.toml",
                "title='c'\nkind='opportunity'\nprobability=5\nimpact=5\nchance=10\ncost_effect=500",
            ),
            (
                "projects/crm/risks/R-004.toml",
                "title='d'\nstate='closed'\nprobability=5\nimpact=5\nchance=10\ncost_effect=500",
            ),
        ]);
        let exposure =
            of("crm", register.project("crm"), &register.projects["crm"], None, &register.config.risk);
        let scores: Vec<_> = exposure.threats.iter().map(|v| v.score).collect();
        assert_eq!(scores, [Some(20), Some(12)]);
        assert_eq!(exposure.threatened, Expected { sum: 500.into(), known: 1, missing: 1 });
        assert_eq!(exposure.hoped.value(), Some(50.into()));
        assert_eq!((exposure.recorded, exposure.contingency), (3, Some(90_000.into())));
    }
}
