//! Milestones and gates of a project.

use serde::Serialize;

use crate::analysis::schedule;
use crate::document::{Cell, Column, Table};
use crate::model::review::GateOutcome;
use crate::model::{Date, Name, Project, Register, Review, Shelf, Status};

/// A milestone, as agreed and as the newest report sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MilestoneLine {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Whether it counts for the schedule rating.
    pub key: bool,
    /// The gate that it stands for.
    pub gate: Option<String>,
    /// The date first agreed, where an earlier baseline is on record.
    pub original: Option<Date>,
    /// The agreed date.
    pub baseline: Option<Date>,
    /// The date that the newest report forecasts.
    pub forecast: Option<Date>,
    /// The day it was reached.
    pub actual: Option<Date>,
    /// Days behind the baseline; an overdue one slips at least to today.
    pub slip_days: Option<i64>,
    /// Days behind the date first agreed, where an earlier baseline is on record.
    pub slip_from_original_days: Option<i64>,
    /// Whether it should have been reached and was not.
    pub is_overdue: bool,
    /// What there is to say.
    pub note: Option<String>,
}

/// The phase that a project is in, and the gates before and after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gates {
    /// The phase.
    pub phase: Option<String>,
    /// The last gate that was held, such as `G3-1`.
    pub last: Option<String>,
    /// When it was held.
    pub last_held_on: Option<Date>,
    /// What came of it.
    pub last_outcome: Option<GateOutcome>,
    /// The first gate that is still to be passed.
    pub next: Option<String>,
}

/// The milestones in the charter's order.
pub(super) fn lines(charter: &Project, status: Option<&Status>, day: Date) -> Vec<MilestoneLine> {
    let view = schedule::view(charter, status, day);
    let from_original = |seen: &schedule::MilestoneView<'_>| {
        let original = schedule::original_of(charter, &seen.milestone.id);
        seen.expected.zip(original).map(|(to, from)| to.days_since(from))
    };
    let line = |seen: &schedule::MilestoneView<'_>| MilestoneLine {
        id: seen.milestone.id.clone(),
        name: seen.milestone.title().to_owned(),
        key: seen.milestone.key,
        gate: seen.milestone.gate.clone(),
        original: schedule::original_of(charter, &seen.milestone.id),
        baseline: seen.milestone.baseline,
        forecast: seen.reported.and_then(|reported| reported.forecast),
        actual: seen.actual,
        slip_days: seen.slip,
        slip_from_original_days: from_original(seen),
        is_overdue: seen.is_overdue,
        note: seen.reported.and_then(|reported| reported.note.clone()),
    };
    view.milestones.iter().map(line).collect()
}

/// The phase and the gates around it.
pub(super) fn gates(register: &Register, charter: &Project, shelf: &Shelf) -> Gates {
    let held = shelf.records::<Review>().filter_map(|(name, review)| match name {
        Name::Gate(gate, turn) => Some((review.held_on?, format!("{gate}-{turn}"), review)),
        _ => None,
    });
    let last = held.max_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    let next = if charter.state.is_over() { None } else { next_gate(register, charter, shelf) };
    Gates {
        phase: charter.phase.clone(),
        last_held_on: last.as_ref().map(|(on, ..)| *on),
        last_outcome: last.as_ref().and_then(|(.., review)| review.outcome),
        last: last.map(|(_, gate, _)| gate),
        next,
    }
}

/// The first gate after the last one that was passed; the same again while it is to be repeated or its
/// conditions are open. Before any was held it is the gate that ends the phase.
fn next_gate(register: &Register, charter: &Project, shelf: &Shelf) -> Option<String> {
    let phases = &register.config.phase;
    let gates: Vec<&str> = phases.iter().filter_map(|phase| phase.gate.as_deref()).collect();
    let held = shelf.records::<Review>().filter_map(|(name, review)| match name {
        Name::Gate(gate, turn) => {
            Some((gates.iter().position(|known| known == gate)?, *turn, review.outcome?, review.held_on?))
        }
        _ => None,
    });
    if let Some((at, _, outcome, _)) = held.max_by_key(|(at, turn, ..)| (*at, *turn)) {
        let passed = outcome == GateOutcome::Go;
        return gates.get(at + usize::from(passed)).map(|gate| (*gate).to_owned());
    }
    // A phase without a gate of its own leads to the next one that has any.
    let at = phases.iter().position(|phase| Some(phase.id.as_str()) == charter.phase.as_deref())?;
    phases[at..].iter().find_map(|phase| phase.gate.clone())
}

/// The milestones as a table, with the dates first agreed beside those agreed now.
pub(in crate::report) fn table(lines: &[MilestoneLine]) -> Table {
    let columns = vec![
        Column::new("milestone", "Milestone"),
        Column::new("name", "").priority(2).stretch(),
        Column::new("gate", "Gate").priority(3),
        Column::figures("original", "Original").priority(2),
        Column::figures("baseline", "Baseline"),
        Column::figures("forecast", "Forecast"),
        Column::figures("actual", "Reached").priority(1),
        Column::figures("slip_days", "Slip"),
        Column::figures("slip_from_original_days", "From first").priority(2),
        Column::new("state", "").priority(1),
        Column::new("note", "Note").priority(4).stretch(),
    ];
    let mut table = Table::new("milestones", columns);
    for line in lines {
        let state = match () {
            () if line.actual.is_some() => "reached",
            () if line.is_overdue => "overdue",
            () if line.key => "key",
            () => "",
        };
        let optional = |text: Option<&str>| text.map_or(Cell::Empty, Cell::text);
        table.row(vec![
            Cell::reference(format!("#{}", line.id)),
            if line.name == line.id { Cell::Empty } else { Cell::text(&line.name) },
            optional(line.gate.as_deref()),
            line.original.map_or(Cell::Empty, |date| Cell::date(date.0)),
            Cell::of(line.baseline, |date| Cell::date(date.0)),
            match (line.actual, line.forecast) {
                (Some(_), None) => Cell::Empty,
                (_, forecast) => Cell::of(forecast, |date| Cell::date(date.0)),
            },
            line.actual.map_or(Cell::Empty, |date| Cell::date(date.0)),
            Cell::of(line.slip_days, Cell::Days),
            line.slip_from_original_days.map_or(Cell::Empty, Cell::Days),
            Cell::text(state),
            optional(line.note.as_deref()),
        ]);
    }
    table
}
