//! Ratings of a status file that is being filled in: never carried over.

use serde::Serialize;

use super::{Known, comment};
use crate::analysis::rating::{Rating, Reason};
use crate::model::Rag;
use crate::model::status::Dimension;

/// A rating that the manager is asked for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RatingDraft {
    /// `overall`, or the dimension.
    pub key: &'static str,
    /// Whether the manager is asked for it; otherwise it stands in a comment.
    pub wanted: bool,
    /// What it was.
    pub last: Option<Rag>,
    /// Why it was, by the last report.
    pub last_note: Option<String>,
    /// What the register's own figures say; grey where they say nothing.
    pub figures: Rag,
    /// What stands beside it.
    pub comment: String,
}

/// Overall, then every dimension in the order of the format.
pub(super) fn all(known: &Known<'_>, rating: Option<&Rating>) -> Vec<RatingDraft> {
    let last = known.last;
    let overall = RatingDraft {
        key: "overall",
        wanted: true,
        last: last.map(|s| s.rag.overall),
        last_note: last.and_then(|s| s.note.overall.clone()),
        figures: rating.map_or(Rag::Grey, |r| r.figures),
        comment: beside(
            known,
            last.map(|s| s.rag.overall),
            rating.map_or(Rag::Grey, |r| r.figures),
            &rating.map(Rating::deciding).unwrap_or_default(),
        ),
    };
    let dimensions = Dimension::ALL.into_iter().map(|dimension| {
        let was = last.and_then(|s| s.rag.get(dimension));
        // Of resources and quality the register knows nothing of its own.
        let judged = !matches!(dimension, Dimension::Resources | Dimension::Quality);
        let reading = rating.and_then(|r| r.reading(dimension)).filter(|_| judged);
        let reasons: Vec<String> =
            reading.map(|r| r.deciding().map(Reason::say).collect()).unwrap_or_default();
        let figures = reading.map_or(Rag::Grey, |r| r.rag);
        RatingDraft {
            key: dimension.word(),
            wanted: known.asks(&format!("rag.{}", dimension.word()), was.is_some()),
            last: was,
            last_note: last.and_then(|s| s.note.get(dimension)).map(str::to_owned),
            figures,
            comment: beside(known, was, figures, &reasons),
        }
    });
    std::iter::once(overall).chain(dimensions).collect()
}

/// `last week amber; the figures say amber: finish 15 days late`.
fn beside(known: &Known<'_>, last: Option<Rag>, figures: Rag, reasons: &[String]) -> String {
    let said = (figures != Rag::Grey).then(|| {
        let why: Vec<&str> = reasons.iter().map(String::as_str).take(2).collect();
        let why = if figures == Rag::Green || why.is_empty() {
            String::new()
        } else {
            format!(": {}", why.join(", "))
        };
        format!("the figures say {figures}{why}")
    });
    comment([known.last_said(last), said], "; ")
}
