//! The one vocabulary of differences, over a period and between two states alike.

use serde::Serialize;

use crate::model::change::ChangeState;
use crate::model::lifecycle::ProjectState;
use crate::model::status::Dimension;
use crate::model::{Date, Number, Percent, Period, Rag};

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
        /// Days behind the agreed finish now.
        slip_days: Option<i64>,
        /// Days behind the finish first agreed, where an earlier baseline is on record.
        slip_from_original_days: Option<i64>,
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
        /// Days behind its baseline now.
        slip_days: Option<i64>,
        /// Days behind the date first agreed, where an earlier baseline is on record.
        slip_from_original_days: Option<i64>,
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
    /// It was taken off the register.
    Removed {
        /// In which state it was.
        state: ProjectState,
    },
    /// It is in another phase of its lifecycle.
    Phase {
        /// The phase before.
        from: Option<String>,
        /// The phase now.
        to: Option<String>,
    },
    /// Somebody else manages or sponsors it.
    Person {
        /// As what: `manager`, `sponsor`.
        role: &'static str,
        /// The name before.
        from: Option<String>,
        /// The name now.
        to: Option<String>,
    },
    /// It has more or less of somebody.
    Allocation {
        /// A person's name, or a role.
        who: String,
        /// Of full time, over all stretches, before.
        from: Option<Number>,
        /// The same now.
        to: Option<Number>,
    },
    /// What it is for, or what it delivers, was written anew.
    Reworded {
        /// Which text: `scope`, `purpose`.
        text: &'static str,
    },
    /// A newer report is in.
    Reported {
        /// Of this period.
        period: Period,
    },
    /// The manager rates one side of it differently.
    Dimension {
        /// Which side.
        dimension: Dimension,
        /// The rating before.
        from: Option<Rag>,
        /// The rating now.
        to: Option<Rag>,
    },
    /// The agreed finish is another day.
    Baseline {
        /// The day before.
        from: Option<Date>,
        /// The day now.
        to: Option<Date>,
        /// By how many days; later is positive.
        days: Option<i64>,
    },
    /// The approved budget is another amount.
    Budget {
        /// The amount before.
        from: Option<Number>,
        /// The amount now.
        to: Option<Number>,
        /// By how much; more is positive.
        by: Option<Number>,
    },
    /// More, or less, of the work is done.
    Progress {
        /// The share before, in percent.
        from: Percent,
        /// The share now, in percent.
        to: Percent,
    },
    /// The cost to date is another amount.
    Spent {
        /// The amount before.
        from: Number,
        /// The amount now.
        to: Number,
        /// By how much; more is positive.
        by: Number,
    },
    /// A milestone was agreed.
    MilestoneAdded {
        /// Its id.
        milestone: String,
        /// What people call it.
        name: String,
        /// For which day.
        baseline: Option<Date>,
    },
    /// A milestone is no longer agreed.
    MilestoneRemoved {
        /// Its id.
        milestone: String,
        /// What people called it.
        name: String,
        /// For which day it was agreed.
        baseline: Option<Date>,
    },
    /// A milestone is agreed for another day.
    MilestoneRebaselined {
        /// Its id.
        milestone: String,
        /// What people call it.
        name: String,
        /// The day before.
        from: Option<Date>,
        /// The day now.
        to: Option<Date>,
        /// By how many days; later is positive.
        days: Option<i64>,
    },
    /// A milestone that was reported as reached is not any more.
    MilestoneReopened {
        /// Its id.
        milestone: String,
        /// What people call it.
        name: String,
    },
    /// A risk that was closed can happen again.
    RiskReopened {
        /// Its id in the project.
        risk: String,
        /// What it is about.
        title: String,
        /// Its score.
        score: Option<u32>,
    },
    /// A change was asked for.
    ChangeSubmitted {
        /// Its id in the project.
        change: String,
        /// What it alters.
        title: String,
        /// What it costs.
        cost: Option<Number>,
        /// How many days it moves the finish.
        days: Option<i64>,
    },
    /// A decision is wanted.
    DecisionWanted {
        /// Its id in the project.
        decision: String,
        /// What is to be decided.
        title: String,
        /// By when.
        by: Option<Date>,
        /// Of whom.
        of: Option<String>,
    },
    /// The project needs something of another project.
    DependencyAdded {
        /// A project or a milestone of one.
        on: String,
        /// By when.
        needed_by: Option<Date>,
    },
    /// The project no longer needs something of another.
    DependencyDropped {
        /// A project or a milestone of one.
        on: String,
    },
    /// An issue, action, assumption or other item was opened.
    Opened {
        /// Its id in the project.
        record: String,
        /// What it is: `issue`.
        item: &'static str,
        /// What it is about.
        title: String,
    },
    /// An item was closed.
    Closed {
        /// Its id in the project.
        record: String,
        /// What it is: `issue`.
        item: &'static str,
        /// What it was about.
        title: String,
    },
    /// An item was opened again.
    Reopened {
        /// Its id in the project.
        record: String,
        /// What it is: `issue`.
        item: &'static str,
        /// What it is about.
        title: String,
    },
    /// A record of another project, or of another number, stands here now.
    Moved {
        /// Its id in the project.
        record: String,
        /// What it is: `risk`.
        item: &'static str,
        /// What it is about.
        title: String,
        /// Its id before, as a reference where it was another project's.
        from: String,
    },
    /// A record stands in another project now.
    MovedAway {
        /// The id that it had in the project.
        record: String,
        /// What it is: `risk`.
        item: &'static str,
        /// What it is about.
        title: String,
        /// Its reference now.
        to: String,
    },
    /// A record is gone.
    Dropped {
        /// Its id in the project.
        record: String,
        /// What it is: `risk`.
        item: &'static str,
        /// What it was about.
        title: String,
    },
}
