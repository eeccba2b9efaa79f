//! A heat map: things in the cells of two scales, each cell in a band.

use super::Level;

/// Things in the cells of two scales.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heat {
    /// What it shows, for those who cannot see it.
    pub title: String,
    /// What the rows are levels of.
    pub upward: String,
    /// What the columns are levels of.
    pub across: String,
    /// The columns, the lowest level first.
    pub columns: Vec<HeatLevel>,
    /// The rows, the highest level first, each with a cell a column.
    pub rows: Vec<(HeatLevel, Vec<HeatCell>)>,
    /// The bands in which cells are.
    pub bands: Vec<HeatBand>,
}

/// A level of a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeatLevel {
    /// Its number.
    pub number: usize,
    /// What it is called.
    pub name: String,
}

/// A band of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeatBand {
    /// What it is called.
    pub name: String,
    /// The level that gives it its shape and colour.
    pub level: Level,
    /// A colour of the register's own, as `#rrggbb`.
    pub colour: Option<String>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeatCell {
    /// The place of its band among the bands.
    pub band: usize,
    /// Its score.
    pub score: u32,
    /// Whether what is in it is more than is to be carried.
    pub outside: bool,
    /// What is in it.
    pub marks: Vec<HeatMark>,
    /// How many more are in it, and are not listed.
    pub more: usize,
}

/// A thing in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeatMark {
    /// Its reference, such as `crm/R-003`.
    pub reference: String,
    /// How it came here.
    pub moved: Option<HeatMove>,
}

/// How a thing came into its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeatMove {
    /// Its score rose.
    Raised,
    /// Its score fell.
    Lowered,
    /// It is in another cell of the same score.
    Aside,
    /// It was not there before.
    New,
}

impl HeatMove {
    /// The movement in a word, for machine formats.
    pub fn word(self) -> &'static str {
        match self {
            Self::Raised => "raised",
            Self::Lowered => "lowered",
            Self::Aside => "aside",
            Self::New => "new",
        }
    }
}

impl Heat {
    /// The band of a cell.
    pub fn band(&self, cell: &HeatCell) -> Option<&HeatBand> {
        self.bands.get(cell.band)
    }
}
