//! Ratings as a reader sees them: a level, a marker and the movement since the last report.

/// A level of red, amber and green, on three or five steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// In trouble.
    Red,
    /// Between amber and red.
    AmberRed,
    /// In doubt.
    Amber,
    /// Between amber and green.
    AmberGreen,
    /// As planned.
    Green,
    /// Not known.
    Grey,
}

impl Level {
    /// The level's word, as it stands in the files.
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

/// What the marker says besides the level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mark {
    /// The level itself: `●`, `▲`, `■`.
    #[default]
    Level,
    /// Nothing was reported this period; the level is that of the last report: `○`.
    NotReported,
    /// Declared better than the figures say: `◐`.
    GreenerThanFigures,
}

/// How a rating moved since the last report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trend {
    /// It got better: `↑`.
    Better,
    /// It stayed: `→`.
    Same,
    /// It got worse: `↓`.
    Worse,
}

impl Trend {
    /// The movement in one word, for machine formats.
    pub fn word(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Same => "same",
            Self::Worse => "worse",
        }
    }
}

/// How much of a rating is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Face {
    /// The marker alone.
    #[default]
    Shape,
    /// The word alone.
    Word,
    /// The marker and the word.
    Both,
}

/// A rating: its level, how to mark it, and how it moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rating {
    /// The level.
    pub level: Level,
    /// What the marker says besides the level.
    pub mark: Mark,
    /// How it moved since the last report, where that is known.
    pub trend: Option<Trend>,
    /// How much of it is written.
    pub face: Face,
}

impl Rating {
    /// A rating shown as its marker alone.
    pub fn shape(level: Level) -> Self {
        Self { level, mark: Mark::Level, trend: None, face: Face::Shape }
    }

    /// A rating shown as its word alone.
    pub fn word(level: Level) -> Self {
        Self { face: Face::Word, ..Self::shape(level) }
    }

    /// A rating shown as marker and word.
    pub fn both(level: Level) -> Self {
        Self { face: Face::Both, ..Self::shape(level) }
    }

    /// Sets the marker.
    #[must_use]
    pub fn marked(mut self, mark: Mark) -> Self {
        self.mark = mark;
        self
    }

    /// Sets the movement since the last report.
    #[must_use]
    pub fn moved(mut self, trend: Option<Trend>) -> Self {
        self.trend = trend;
        self
    }
}
