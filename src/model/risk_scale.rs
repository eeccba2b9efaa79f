//! The risk scales and the matrix (`[risk]` in `pmo.toml`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Percent;

/// The risk scales and matrix (`[risk]`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RiskConfig {
    /// The levels of probability, lowest first.
    pub probability: Vec<ProbabilityLevel>,
    /// The levels of impact, lowest first.
    pub impact: Vec<ImpactLevel>,
    /// A score (probability times the worst impact) from which a risk is in the amber band.
    pub amber_from: u32,
    /// A score from which a risk is in the red band.
    pub red_from: u32,
}

/// A level of probability.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProbabilityLevel {
    /// What people call it.
    pub name: String,
    /// The lowest chance of the band, in percent.
    pub from: Percent,
    /// The highest chance of the band, in percent.
    pub to: Percent,
}

/// A level of impact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImpactLevel {
    /// What people call it.
    pub name: String,
}

impl Default for RiskConfig {
    fn default() -> Self {
        let band = |name: &str, from: i64, to: i64| ProbabilityLevel {
            name: name.to_owned(),
            from: Percent(from.into()),
            to: Percent(to.into()),
        };
        let impact = |name: &str| ImpactLevel { name: name.to_owned() };
        Self {
            probability: vec![
                band("rare", 0, 10),
                band("unlikely", 10, 30),
                band("possible", 30, 50),
                band("likely", 50, 70),
                band("almost certain", 70, 100),
            ],
            impact: ["negligible", "minor", "moderate", "major", "severe"].map(impact).to_vec(),
            amber_from: 8,
            red_from: 15,
        }
    }
}
