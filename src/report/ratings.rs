//! The register's ratings as the page shows them.

use serde::Serialize;

use crate::document::{Level, Mark, Rating, Trend};
use crate::model::Rag;

/// The level of a rating.
pub fn level(rag: Rag) -> Level {
    match rag {
        Rag::Red => Level::Red,
        Rag::AmberRed => Level::AmberRed,
        Rag::Amber => Level::Amber,
        Rag::AmberGreen => Level::AmberGreen,
        Rag::Green => Level::Green,
        Rag::Grey => Level::Grey,
    }
}

/// The marker of a project that did not report, in the colour of its last rating.
pub(super) fn silent(rating: Option<Rag>) -> Rating {
    Rating::shape(rating.map_or(Level::Grey, level)).marked(Mark::NotReported)
}

/// How a rating moved since the report before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Movement {
    /// It got better.
    Better,
    /// It stayed.
    Same,
    /// It got worse.
    Worse,
}

impl Movement {
    /// The movement between two known ratings; from or to grey is none.
    pub fn between(before: Option<Rag>, now: Option<Rag>) -> Option<Self> {
        let (before, now) = (before?.severity()?, now?.severity()?);
        Some(match now.cmp(&before) {
            std::cmp::Ordering::Less => Self::Better,
            std::cmp::Ordering::Equal => Self::Same,
            std::cmp::Ordering::Greater => Self::Worse,
        })
    }

    /// The arrow that a page shows.
    pub fn trend(self) -> Trend {
        match self {
            Self::Better => Trend::Better,
            Self::Same => Trend::Same,
            Self::Worse => Trend::Worse,
        }
    }
}

/// How many projects have which rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Red.
    pub red: usize,
    /// Amber, and the two steps beside it.
    pub amber: usize,
    /// Green.
    pub green: usize,
    /// Not known.
    pub unknown: usize,
}

impl Counts {
    /// Counts one rating.
    pub fn add(&mut self, rag: Option<Rag>) {
        match rag {
            Some(Rag::Red) => self.red += 1,
            Some(Rag::AmberRed | Rag::Amber | Rag::AmberGreen) => self.amber += 1,
            Some(Rag::Green) => self.green += 1,
            Some(Rag::Grey) | None => self.unknown += 1,
        }
    }
}
