//! The declared rating beside the computed one: where it is better, and whether that was explained.

use super::Rating;
use super::reason::{Fact, Reading, Reason};
use crate::model::config::RagScale;
use crate::model::status::Dimension;
use crate::model::{Date, Rag, Status};

/// The reading of a dimension that only the project can rate.
pub(super) fn reading(dimension: Dimension, status: Option<&Status>) -> Reading {
    let reason = match status.and_then(|s| s.rag.get(dimension)) {
        Some(rag) => Reason { rag, fact: Fact::Declared { dimension, rag }, limit: None },
        None => Reason { rag: Rag::Grey, fact: Fact::Unknown { lacking: "not reported" }, limit: None },
    };
    Reading::of(dimension, vec![reason])
}

/// A declared rating that is better than the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Greener {
    /// Which dimension; the overall rating where there is none.
    pub dimension: Option<Dimension>,
    /// What the project says.
    pub declared: Rag,
    /// What the figures say.
    pub computed: Rag,
    /// Whether an `[override]` in force explains it.
    pub is_excused: bool,
}

/// Whether `declared` is better than `computed` by so much that it counts: on three levels by one, on five
/// levels by two. Grey is neither better nor worse than anything.
pub fn is_greener(declared: Rag, computed: Rag, scale: RagScale) -> bool {
    let steps = match scale {
        RagScale::Three => 1,
        RagScale::Five => 2,
    };
    match (declared.severity(), computed.severity()) {
        (Some(declared), Some(computed)) => computed >= declared + steps,
        _ => false,
    }
}

/// Lists where a report is greener than the figures, the overall rating first.
///
/// The age of the report plays no part: that is another finding. An override of a rating excuses what is
/// declared no better than it accepts, and an override of the overall rating excuses the dimensions that make it up.
pub fn greener(rating: &Rating, status: &Status, scale: RagScale, day: Date) -> Vec<Greener> {
    let over = status.override_.as_ref().filter(|o| o.in_force(day));
    let excuses = |accepted: Option<Rag>, declared: Rag| {
        accepted.is_some_and(|accepted| declared.severity() >= accepted.severity())
    };
    let overall_excused = excuses(over.and_then(|o| o.overall), status.rag.overall);
    let overall = is_greener(status.rag.overall, rating.figures, scale).then_some(Greener {
        dimension: None,
        declared: status.rag.overall,
        computed: rating.figures,
        is_excused: overall_excused,
    });
    let dimensions = rating.readings.iter().filter_map(|reading| {
        let (dimension, computed) = (reading.dimension, reading.rag);
        let declared = status.rag.get(dimension)?;
        is_greener(declared, computed, scale).then(|| Greener {
            dimension: Some(dimension),
            declared,
            computed,
            is_excused: overall_excused || excuses(over.and_then(|o| o.get(dimension)), declared),
        })
    });
    overall.into_iter().chain(dimensions).collect()
}
