//! The risk scales, the matrix and the appetite (`[risk]` in `pmo.toml`).

mod sound;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Percent;

pub use super::risk_life::ReviewDays;
pub use sound::Fault;

/// The risk scales and matrix (`[risk]`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RiskConfig {
    /// The levels of probability, lowest first: three to six.
    #[schemars(length(min = 3, max = 6))]
    pub probability: Vec<ProbabilityLevel>,
    /// The levels of impact, lowest first: three to six.
    #[schemars(length(min = 3, max = 6))]
    pub impact: Vec<ImpactLevel>,
    /// What impacts are judged in, such as cost, schedule, quality, safety; an empty list allows any word.
    pub dimensions: Vec<String>,
    /// A score (probability times the worst impact) from which a risk is in the amber band; about a third of
    /// the highest unless given.
    pub amber_from: Option<u32>,
    /// A score from which a risk is in the red band; three fifths of the highest unless given.
    pub red_from: Option<u32>,
    /// The band of each cell by hand, instead of the two scores: a line of letters (G, A, R) for each level of
    /// probability, the highest first, with a letter for each level of impact, the lowest first.
    pub matrix: Vec<String>,
    /// How much risk the organisation is willing to carry.
    pub appetite: Appetite,
    /// What the bands are called, and their colours.
    pub band: Bands,
    /// How many days after it was last looked at a risk is to be looked at again, by its band.
    pub review: ReviewDays,
    /// How many days those to whom a risk is escalated may take to answer.
    pub answer_days: u16,
    /// Groups of risks that tend to occur together, and how strongly, in percent: 0 not at all, 100 always.
    pub correlation: BTreeMap<String, Percent>,
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
    /// How to recognise it: "has happened in most projects of this kind".
    #[serde(default)]
    pub anchor: Option<String>,
}

/// A level of impact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImpactLevel {
    /// What people call it.
    pub name: String,
    /// How to recognise it in each dimension: `{ cost = "over 10 % of the budget", safety = "a serious injury" }`.
    #[serde(default)]
    pub anchor: BTreeMap<String, String>,
}

/// How serious a score is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Band {
    Green,
    Amber,
    Red,
}

/// How much risk the organisation is willing to carry (`[risk.appetite]`); a threat beyond it is outside appetite.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Appetite {
    /// The highest score that is carried.
    pub score: Option<u32>,
    /// The highest band that is carried.
    pub band: Option<Band>,
    /// The highest score that is carried in a category, instead of the two above.
    pub category: BTreeMap<String, u32>,
}

/// What the bands are called, and their colours (`[risk.band]`).
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Bands {
    /// The lowest band.
    pub green: BandLook,
    /// The middle band.
    pub amber: BandLook,
    /// The highest band.
    pub red: BandLook,
}

/// What a band is called, and its colour.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BandLook {
    /// What people call it; low, moderate or high unless given.
    pub name: Option<String>,
    /// Its colour in HTML, such as `#b3261e`.
    #[schemars(regex(pattern = "^#[0-9a-fA-F]{6}$"))]
    pub colour: Option<String>,
}

impl Band {
    /// Every band, the lowest first.
    pub const ALL: [Self; 3] = [Self::Green, Self::Amber, Self::Red];

    /// The word as it stands in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
        }
    }

    /// The level in a word, which says of an opportunity as much as of a threat.
    pub fn level(self) -> &'static str {
        match self {
            Self::Green => "low",
            Self::Amber => "moderate",
            Self::Red => "high",
        }
    }

    fn of_letter(letter: char) -> Option<Self> {
        match letter.to_ascii_uppercase() {
            'G' => Some(Self::Green),
            'A' => Some(Self::Amber),
            'R' => Some(Self::Red),
            _ => None,
        }
    }
}

impl Bands {
    /// How a band looks.
    pub fn look(&self, band: Band) -> &BandLook {
        match band {
            Band::Green => &self.green,
            Band::Amber => &self.amber,
            Band::Red => &self.red,
        }
    }

    /// What a band is called.
    pub fn name(&self, band: Band) -> &str {
        self.look(band).name.as_deref().unwrap_or(band.level())
    }
}

impl RiskConfig {
    /// The highest score: the highest level of probability times that of impact.
    pub fn highest(&self) -> u32 {
        let levels = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        levels(self.probability.len()).saturating_mul(levels(self.impact.len()))
    }

    /// The scores from which the amber and the red band begin: as given, else 8 ÷ 25 and 3 ÷ 5 of the highest,
    /// rounded up, which is 8 and 15 of 25, 3 and 6 of 9, 6 and 10 of 16, 12 and 22 of 36.
    pub fn limits(&self) -> (u32, u32) {
        let share = |over: u32, of: u32| self.highest().saturating_mul(over).div_ceil(of);
        (self.amber_from.unwrap_or_else(|| share(8, 25)), self.red_from.unwrap_or_else(|| share(3, 5)))
    }

    /// The band of a cell, whose levels count from 1: by hand where the register's matrix has the cell, else by
    /// the score; a score that equals a limit is in the band.
    pub fn band_at(&self, probability: u32, impact: u32) -> Band {
        self.by_hand(probability, impact).unwrap_or_else(|| {
            let score = probability.saturating_mul(impact);
            match self.limits() {
                (_, red) if score >= red => Band::Red,
                (amber, _) if score >= amber => Band::Amber,
                _ => Band::Green,
            }
        })
    }

    fn by_hand(&self, probability: u32, impact: u32) -> Option<Band> {
        let row = self.matrix.len().checked_sub(usize::try_from(probability).ok()?)?;
        let column = usize::try_from(impact).ok()?.checked_sub(1)?;
        letters(self.matrix.get(row)?).nth(column).and_then(Band::of_letter)
    }

    /// Whether a threat of that cell and category is more than the organisation is willing to carry.
    pub fn is_outside_appetite(&self, probability: u32, impact: u32, category: Option<&str>) -> bool {
        let score = probability.saturating_mul(impact);
        if let Some(most) = category.and_then(|category| self.appetite.category.get(category)) {
            return score > *most;
        }
        self.appetite.score.is_some_and(|most| score > most)
            || self.appetite.band.is_some_and(|most| self.band_at(probability, impact) > most)
    }

    /// Whether the register says how much risk it is willing to carry.
    pub fn has_appetite(&self) -> bool {
        self.appetite != Appetite::default()
    }
}

/// The letters of a line of the matrix, without the blanks between them.
fn letters(line: &str) -> impl Iterator<Item = char> {
    line.chars().filter(|letter| !letter.is_whitespace())
}

impl Default for RiskConfig {
    fn default() -> Self {
        let band = |name: &str, from: i64, to: i64| ProbabilityLevel {
            name: name.to_owned(),
            from: Percent(from.into()),
            to: Percent(to.into()),
            anchor: None,
        };
        let impact = |name: &str| ImpactLevel { name: name.to_owned(), anchor: BTreeMap::new() };
        Self {
            probability: vec![
                band("rare", 0, 10),
                band("unlikely", 10, 30),
                band("possible", 30, 50),
                band("likely", 50, 70),
                band("almost certain", 70, 100),
            ],
            impact: ["negligible", "minor", "moderate", "major", "severe"].map(impact).to_vec(),
            dimensions: Vec::new(),
            amber_from: None,
            red_from: None,
            matrix: Vec::new(),
            appetite: Appetite::default(),
            band: Bands::default(),
            review: ReviewDays::default(),
            answer_days: 14,
            correlation: BTreeMap::new(),
        }
    }
}
