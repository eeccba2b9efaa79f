//! One dependency as the reports print it.

use serde::Serialize;

use crate::analysis::dependency::{At, Network, Point, State, Tie};
use crate::document::{Cell, Column, Level, Mark, Rating};
use crate::model::Date;
use crate::model::project::DependencyKind;

/// A dependency with its days and its float.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TieLine {
    /// The project that waits.
    pub consumer: String,
    /// Its name.
    pub consumer_name: String,
    /// What of it waits, as a reference: the project for its finish, or a milestone.
    pub waits: String,
    /// Which of its `[[dependency]]` it is, counted from 0.
    pub index: usize,
    /// The project that is waited for.
    pub supplier: String,
    /// What is waited for, as a reference.
    pub on: String,
    /// What people call it.
    pub on_name: String,
    /// How the two are tied.
    pub dependency: DependencyKind,
    /// Days that must lie between.
    pub lag_days: i64,
    /// What exactly is needed.
    pub note: Option<String>,
    /// The day by which it is needed, as now expected where the charter gives none.
    pub needed_by: Option<Date>,
    /// The day on which it was agreed to come.
    pub agreed: Option<Date>,
    /// The day on which it came or is expected.
    pub expected: Option<Date>,
    /// Days between the supply, with its lag, and the need; negative when it comes too late, null once it is there.
    pub float_days: Option<i64>,
    /// Where it stands.
    pub state: State,
}

impl TieLine {
    pub(super) fn of(network: &Network<'_>, tie: &Tie<'_>) -> Self {
        let name = |project: &str| network.name(&Point::finish(project));
        Self {
            consumer: tie.consumer.project.clone(),
            consumer_name: name(&tie.consumer.project),
            waits: tie.consumer.to_string(),
            index: tie.index,
            supplier: tie.supplier.project.clone(),
            on: tie.supplier.to_string(),
            on_name: match tie.supplier.at {
                At::Milestone(_) => {
                    format!("{}: {}", name(&tie.supplier.project), network.name(&tie.supplier))
                }
                At::Start | At::Finish => network.name(&tie.supplier),
            },
            dependency: tie.dependency.kind,
            lag_days: tie.dependency.lag_days,
            note: tie.dependency.note.clone(),
            needed_by: tie.expected.needed,
            agreed: tie.agreed.supplied,
            expected: tie.expected.supplied,
            float_days: tie.float(),
            state: tie.state,
        }
    }

    /// The columns that a list and a tree share, behind what names the tie.
    pub(super) fn columns() -> Vec<Column> {
        vec![
            Column::new("tie", "Tie").priority(5).seen_only(),
            Column::figures("needed_by", "Needed").priority(3),
            Column::figures("expected", "Expected").priority(2),
            Column::figures("float_days", "Float"),
            Column::new("state", "").priority(1).seen_only(),
            Column::new("note", "").priority(6).stretch(),
        ]
    }

    /// The columns that only programs want, behind those.
    pub(super) fn data_columns() -> Vec<Column> {
        let keys =
            ["consumer", "consumer_name", "supplier", "on_name", "kind", "lag_days", "agreed", "state"];
        keys.into_iter().map(Column::data).collect()
    }

    pub(super) fn cells(&self) -> Vec<Cell> {
        let date = |date: Option<Date>| Cell::of(date, |date| Cell::date(date.0));
        vec![
            Cell::text(self.tie()),
            date(self.needed_by),
            date(self.expected),
            match (self.float_days, self.state.binds()) {
                (Some(days), _) => Cell::Integer(days),
                (None, true) => Cell::Missing,
                (None, false) => Cell::Empty,
            },
            Cell::text(self.state.words()),
            self.note.as_deref().map_or(Cell::Empty, Cell::text),
        ]
    }

    pub(super) fn data_cells(&self) -> Vec<Cell> {
        vec![
            Cell::reference(&self.consumer),
            Cell::text(&self.consumer_name),
            Cell::reference(&self.supplier),
            Cell::text(&self.on_name),
            Cell::text(kind_word(self.dependency)),
            Cell::Integer(self.lag_days),
            Cell::of(self.agreed, |date| Cell::date(date.0)),
            Cell::text(state_word(self.state)),
        ]
    }

    /// `FS`, `SS +5 d`: the kind and the lag, as planners write them.
    pub(super) fn tie(&self) -> String {
        let short = match self.dependency {
            DependencyKind::FinishToStart => "FS",
            DependencyKind::StartToStart => "SS",
            DependencyKind::FinishToFinish => "FF",
            DependencyKind::StartToFinish => "SF",
        };
        match self.lag_days {
            0 => short.to_owned(),
            days => format!("{short} {days:+} d"),
        }
    }

    /// The marker before it.
    pub(super) fn mark(&self) -> Rating {
        mark(self.state)
    }
}

/// The marker of a state.
pub(super) fn mark(state: State) -> Rating {
    match state {
        State::Terminated | State::Closed | State::Late => Rating::shape(Level::Red),
        State::AtRisk | State::Missing => Rating::shape(Level::Amber),
        State::InTime | State::Met => Rating::shape(Level::Green),
        State::Past => Rating::shape(Level::Grey),
        State::Unknown => Rating::shape(Level::Grey).marked(Mark::NotReported),
    }
}

/// The kind's word, as charters have it.
fn kind_word(kind: DependencyKind) -> &'static str {
    match kind {
        DependencyKind::FinishToStart => "finish-to-start",
        DependencyKind::StartToStart => "start-to-start",
        DependencyKind::FinishToFinish => "finish-to-finish",
        DependencyKind::StartToFinish => "start-to-finish",
    }
}

/// The state's word in machine formats.
fn state_word(state: State) -> &'static str {
    match state {
        State::Terminated => "terminated",
        State::Closed => "closed",
        State::Late => "late",
        State::AtRisk => "at-risk",
        State::Unknown => "unknown",
        State::Missing => "missing",
        State::InTime => "in-time",
        State::Met => "met",
        State::Past => "past",
    }
}
