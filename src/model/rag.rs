//! Ratings: red, amber, green, and the two steps between on the five-level scale.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A rating of how it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Rag {
    /// Beyond tolerance: needs a decision from above.
    Red,
    /// Between amber and red, on the five-level scale.
    AmberRed,
    /// In trouble, but within what the project can mend.
    Amber,
    /// Between green and amber, on the five-level scale.
    AmberGreen,
    /// As agreed.
    Green,
    /// Not known.
    Grey,
}

impl Rag {
    /// Every rating, best first, grey last.
    pub const ALL: [Self; 6] =
        [Self::Green, Self::AmberGreen, Self::Amber, Self::AmberRed, Self::Red, Self::Grey];

    /// How bad it is: 0 for green, 4 for red, nothing for grey.
    pub fn severity(self) -> Option<u8> {
        match self {
            Self::Green => Some(0),
            Self::AmberGreen => Some(1),
            Self::Amber => Some(2),
            Self::AmberRed => Some(3),
            Self::Red => Some(4),
            Self::Grey => None,
        }
    }

    /// The worse of two; a known rating goes before grey.
    pub fn worse(self, other: Self) -> Self {
        if other.severity() > self.severity() { other } else { self }
    }

    /// Whether the rating asks for a note and a path to green: amber or worse.
    pub fn is_troubled(self) -> bool {
        self.severity().is_some_and(|s| s >= 2)
    }

    /// The word as it stands in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::AmberRed => "amber-red",
            Self::Amber => "amber",
            Self::AmberGreen => "amber-green",
            Self::Green => "green",
            Self::Grey => "grey",
        }
    }
}

impl fmt::Display for Rag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}
