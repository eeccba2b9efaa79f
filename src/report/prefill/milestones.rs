//! Milestones of a status file that is being filled in: reached ones stay, open ones want a forecast.

use serde::Serialize;

use super::{Known, comment, slip};
use crate::model::Date;

/// A milestone of the charter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MilestoneDraft {
    /// Its id.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// Whether it counts for the schedule rating.
    pub key_milestone: bool,
    /// The agreed day.
    pub baseline: Option<Date>,
    /// The day it was reached, by the last report.
    pub actual: Option<Date>,
    /// The day that the last report expected.
    pub last: Option<Date>,
    /// What stands beside the forecast.
    pub comment: String,
}

/// Every milestone of the charter, in its order.
pub(super) fn all(known: &Known<'_>) -> Vec<MilestoneDraft> {
    let draft = |milestone: &crate::model::project::Milestone| {
        let reported = known.last.and_then(|s| s.milestone.get(&milestone.id));
        let last = reported.and_then(|r| r.forecast);
        let late = last.zip(milestone.baseline).map(|(f, b)| slip(f.days_since(b)));
        let agreed = comment([milestone.baseline.map(|b| format!("baseline {b}")), late], ", ");
        let passed = last.or(milestone.baseline).is_some_and(|day| day <= known.date);
        let reached = passed.then(|| {
            format!("reached? then  actual = {}", last.or(milestone.baseline).unwrap_or(known.date))
        });
        MilestoneDraft {
            key: milestone.id.clone(),
            name: milestone.title().to_owned(),
            key_milestone: milestone.key,
            baseline: milestone.baseline,
            actual: reported.and_then(|r| r.actual),
            last,
            comment: comment([known.last_said(last), Some(agreed), reached], "; "),
        }
    };
    known.charter.milestone.iter().map(draft).collect()
}
