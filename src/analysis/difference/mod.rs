//! What changed in a project between the close of one period and a day of the next.
//!
//! Status reports and effective dates (`raised`, `decided_on`, `closed_on`, …) tell most of it. What they do
//! not tell (scores of risks, states, programmes and names as they were) comes from the register as it stood
//! at the close, where somebody has it: a [`Past`]. Without one those changes are not known, and are left out.

mod life;
mod past;
mod progress;
mod records;
#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::model::change::ChangeState;
use crate::model::lifecycle::ProjectState;
use crate::model::{Cadence, Config, Date, Number, Period, Rag, Register, Reports};

use super::calendar;

pub use past::Past;

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

/// One thing that changed in a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Difference {
    /// It came onto the register.
    Added {
        /// In which state.
        state: ProjectState,
    },
    /// Its state changed.
    State {
        /// The state at the close, where it is known.
        from: Option<ProjectState>,
        /// The state now.
        to: ProjectState,
        /// The day on which it changed, where a date says so.
        on: Option<Date>,
    },
    /// It has another id or name.
    Renamed {
        /// The id before, where that changed.
        from_id: Option<String>,
        /// The name before, where that changed.
        from_name: Option<String>,
    },
    /// It belongs to another programme.
    Programme {
        /// The programme's id before.
        from: Option<String>,
        /// The programme's id now.
        to: Option<String>,
    },
    /// The first report of the project came in.
    FirstReport {
        /// What it declares.
        rating: Rag,
    },
    /// The manager rates it differently.
    Rating {
        /// The rating before.
        from: Rag,
        /// The rating now.
        to: Rag,
    },
    /// The figures rate it differently.
    Figures {
        /// The rating before.
        from: Rag,
        /// The rating now.
        to: Rag,
    },
    /// The forecast of the finish moved.
    Finish {
        /// The forecast before.
        from: Date,
        /// The forecast now.
        to: Date,
        /// By how many days; later is positive.
        days: i64,
    },
    /// The forecast of the cost moved.
    Cost {
        /// The forecast before.
        from: Number,
        /// The forecast now.
        to: Number,
        /// By how much; more is positive.
        by: Number,
    },
    /// A milestone was reached.
    MilestoneMet {
        /// Its id.
        milestone: String,
        /// What people call it.
        name: String,
        /// When.
        on: Date,
        /// Days after its baseline.
        slip_days: Option<i64>,
    },
    /// The day of a milestone passed without it.
    MilestoneMissed {
        /// Its id.
        milestone: String,
        /// What people call it.
        name: String,
        /// When it was due.
        due: Date,
    },
    /// A milestone is expected on another day.
    MilestoneMoved {
        /// Its id.
        milestone: String,
        /// What people call it.
        name: String,
        /// The day before.
        from: Date,
        /// The day now.
        to: Date,
        /// By how many days; later is positive.
        days: i64,
    },
    /// A risk was raised.
    RiskRaised {
        /// Its id in the project.
        risk: String,
        /// What it is about.
        title: String,
        /// Its score.
        score: Option<u32>,
    },
    /// The score of a risk changed.
    RiskScored {
        /// Its id in the project.
        risk: String,
        /// What it is about.
        title: String,
        /// The score before.
        from: u32,
        /// The score now.
        to: u32,
    },
    /// A risk was closed, or happened.
    RiskEnded {
        /// Its id in the project.
        risk: String,
        /// What it was about.
        title: String,
        /// Whether it happened.
        occurred: bool,
    },
    /// A change request was decided.
    ChangeDecided {
        /// Its id in the project.
        change: String,
        /// What it alters.
        title: String,
        /// What became of it.
        state: ChangeState,
        /// What it costs.
        cost: Option<Number>,
        /// How many days it moves the finish.
        days: Option<i64>,
    },
    /// A decision was taken.
    DecisionTaken {
        /// Its id in the project.
        decision: String,
        /// What was to be decided.
        title: String,
        /// What was decided.
        outcome: Option<String>,
    },
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
        progress::forecasts(&reports, &mut found);
    }
    progress::milestones(charter, &reports, span, &mut found);
    records::risks(shelf, then.as_ref(), span, &mut found);
    records::changes(shelf, span, &mut found);
    records::decisions(shelf, span, &mut found);
    found
}
