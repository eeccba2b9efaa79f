//! The computed rating: what the register's own figures say of a project, line by line.
//!
//! FORMAT.md, "The computed rating", is the specification. There is no standard for the limits; they
//! come from PRINCE2's tolerance and exception, from the week-and-month limits of public portfolio
//! offices and from the 0.95 tripwire of earned value practice, and `pmo.toml` changes them.

mod declared;
mod dimension;
mod reason;
#[cfg(test)]
mod tests;

use serde::Serialize;

pub use declared::{Greener, greener};
pub use reason::{Fact, Lack, Limit, LimitFrom, Reading, Reason, Unit};

use super::standing::Standing;
use crate::model::status::Dimension;
use crate::model::{Config, Date, Rag, Register};

/// The computed rating of a project on a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rating {
    /// Every dimension, in the order of the format.
    pub readings: Vec<Reading>,
    /// The worst dimension that is known, before the report's age is taken into account.
    pub figures: Rag,
    /// Periods missed since the newest report.
    pub missed: i64,
    /// The rating as a whole.
    pub overall: Rag,
}

impl Rating {
    /// The reading of a dimension.
    pub fn reading(&self, dimension: Dimension) -> Option<&Reading> {
        self.readings.iter().find(|reading| reading.dimension == dimension)
    }

    /// The rating of a dimension; grey when it is not known.
    pub fn rag(&self, dimension: Dimension) -> Rag {
        self.reading(dimension).map_or(Rag::Grey, |reading| reading.rag)
    }

    /// The reasons that give the figures their rating, as short phrases: `go-live 34 days late`, `cost +14 %`.
    pub fn deciding(&self) -> Vec<String> {
        let worst = self.readings.iter().filter(|reading| reading.rag == self.figures);
        worst.flat_map(|reading| reading.deciding()).map(Reason::say).collect()
    }

    /// Whether the report's age changed the rating.
    pub fn is_aged(&self) -> bool {
        self.overall != self.figures
    }
}

/// Rates a project on a day; nothing when its charter was not read.
pub fn rate(register: &Register, project: &str, day: Date) -> Option<Rating> {
    Standing::of(register, project, day).map(|at| of(&register.config, &at, day))
}

/// Rates a project whose figures were gathered.
///
/// The overall rating is the worst dimension that is known; with schedule and cost both unknown it is grey
/// unless another is red. One period missed makes it no better than amber, three make it grey unless red.
/// Resources and quality are as declared.
pub fn of(config: &Config, at: &Standing<'_>, day: Date) -> Rating {
    let mut readings = vec![
        dimension::schedule(config, at),
        dimension::cost(config, at),
        dimension::scope(config, at),
        dimension::risk(config, at, day),
        dimension::benefits(config, at),
    ];
    readings.extend([Dimension::Resources, Dimension::Quality].map(|d| declared::reading(d, at.status())));
    let figures = worst(&readings);
    let missed = at.filing.missed;
    let overall = aged(figures, missed, config);
    Rating { readings, figures, missed, overall }
}

fn worst(readings: &[Reading]) -> Rag {
    let worst = readings.iter().fold(Rag::Grey, |worst, reading| worst.worse(reading.rag));
    let known = |dimension| readings.iter().any(|r| r.dimension == dimension && r.rag != Rag::Grey);
    if worst != Rag::Red && !known(Dimension::Schedule) && !known(Dimension::Cost) {
        return Rag::Grey;
    }
    worst
}

fn aged(figures: Rag, missed: i64, config: &Config) -> Rag {
    let limits = &config.thresholds.age;
    if figures == Rag::Red || missed <= 0 {
        figures
    } else if missed >= limits.grey_periods {
        Rag::Grey
    } else if missed >= limits.amber_periods && figures != Rag::Grey {
        figures.worse(Rag::Amber)
    } else {
        figures
    }
}
