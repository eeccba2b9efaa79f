//! What changed in a project: one vocabulary of differences, told over two sorts of stretch.
//!
//! [`of`] tells what happened between the close of one period and a day of the next, for readers of a report.
//! [`between`] tells what differs between any two states of a register, whatever its date, and [`files`] lies
//! under it: every file that differs, key by key.
//!
//! Over a period, status reports and effective dates (`raised`, `decided_on`, `closed_on`, …) tell most of it. What they do
//! not tell (scores of risks, states, programmes and names as they were) comes from the register as it stood
//! at the close, where somebody has it: a [`Past`]. Without one those changes are not known, and are left out.

pub mod between;
pub mod files;
mod life;
mod past;
mod progress;
mod records;
pub mod renames;
#[cfg(test)]
mod tests;
mod vocabulary;

use serde::Serialize;

use crate::model::{Cadence, Config, Date, Period, Register, Reports};

use super::calendar;

pub use past::Past;
pub use vocabulary::Difference;

/// The stretch of time over which changes are told: from the close of one period to a day of the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The period that is told.
    pub period: Period,
    /// The period before.
    pub previous: Period,
    /// The deadline of the period before; what is dated up to then was told before.
    pub after: Date,
    /// The last day that is told: today, or the last of the period where that has passed.
    pub until: Date,
}

impl Span {
    /// The span of a period as seen on a day.
    pub fn of(config: &Config, period: Period, today: Date) -> Self {
        let previous = period.previous();
        let after = calendar::common(config).deadline(previous);
        Self { period, previous, after, until: today.min(period.last()) }
    }

    /// Whether the day falls in the span.
    pub fn holds(&self, date: Option<Date>) -> bool {
        date.is_some_and(|date| self.after < date && date <= self.until)
    }

    /// How many reports of each project have to be read to know both ends: more where projects may report
    /// more often than the register.
    pub fn reports(&self) -> Reports {
        Reports::Newest(match self.period.cadence() {
            Cadence::Weekly => 2,
            Cadence::Fortnightly => 3,
            Cadence::Monthly => 6,
            Cadence::Quarterly => 15,
        })
    }
}

/// Tells what changed in a project, in the order in which a reader wants to know: its life, its ratings, its
/// forecasts, milestones, risks, decisions.
pub fn of(register: &Register, past: Option<&Past<'_>>, id: &str, span: &Span) -> Vec<Difference> {
    let (Some(charter), Some(shelf)) = (register.project(id), register.projects.get(id)) else {
        return Vec::new();
    };
    let then = past.map(|past| past.of(id));
    let mut found = life::differences(charter, id, then.as_ref(), span);
    let reports = progress::Reports::of(register, id, span);
    progress::ratings(register, then.as_ref(), id, &reports, span, &mut found);
    if !charter.state.is_over() {
        progress::forecasts(charter, &reports, &mut found);
    }
    progress::milestones(charter, &reports, span, &mut found);
    records::risks(shelf, then.as_ref(), span, &mut found);
    records::changes(shelf, span, &mut found);
    records::decisions(shelf, span, &mut found);
    found
}
