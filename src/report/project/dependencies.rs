//! What a project needs of others, and when they expect to have it.

use serde::Serialize;

use crate::analysis::{calendar, schedule};
use crate::document::{Cell, Column, Table};
use crate::model::{Date, Project, Register, Status, Target};

/// What the project needs of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DependencyLine {
    /// A project or a milestone of one.
    pub on: String,
    /// What exactly is needed.
    pub note: Option<String>,
    /// The day by which it is needed.
    pub needed_by: Option<Date>,
    /// The day on which the other project has or expects it.
    pub expected: Option<Date>,
    /// Days from the needed day, less the lag, to the expected one; late is positive.
    pub late_days: Option<i64>,
    /// Whether the other project has reached it.
    pub is_met: bool,
}

/// The dependencies in the charter's order.
pub(super) fn lines(
    register: &Register,
    id: &str,
    charter: &Project,
    status: Option<&Status>,
    day: Date,
) -> Vec<DependencyLine> {
    let own = schedule::view(charter, status, day);
    let needed = |dependency: &crate::model::project::Dependency| {
        dependency.needed_by.or_else(|| match &dependency.milestone {
            Some(milestone) => own.milestones.iter().find(|seen| seen.milestone.id == *milestone)?.expected,
            None => None,
        })
    };
    charter
        .dependency
        .iter()
        .map(|dependency| {
            let (expected, is_met) = provided(register, id, dependency, day);
            let needed_by = needed(dependency);
            let late = needed_by.zip(expected);
            DependencyLine {
                on: dependency.on.to_string(),
                note: dependency.note.clone(),
                needed_by,
                expected,
                late_days: late
                    .map(|(needed, expected)| expected.days_since(needed).saturating_add(dependency.lag_days))
                    .filter(|_| !is_met),
                is_met,
            }
        })
        .collect()
}

/// When the other project has or expects what is needed.
fn provided(
    register: &Register,
    id: &str,
    dependency: &crate::model::project::Dependency,
    day: Date,
) -> (Option<Date>, bool) {
    let (other, milestone) = match dependency.on.target(Some(id)) {
        Some(Target::Named(project)) => (project, None),
        Some(Target::Milestone { project, id }) => (project, Some(id)),
        _ => return (None, false),
    };
    let Some(charter) = register.project(&other) else { return (None, false) };
    let status = calendar::newest(register, &other, day).map(|(_, status)| status);
    let view = schedule::view(charter, status, day);
    match milestone {
        None => (view.expected, charter.state.is_over()),
        Some(milestone) => view
            .milestones
            .iter()
            .find(|seen| seen.milestone.id == milestone)
            .map_or((None, false), |seen| (seen.expected.or(seen.milestone.baseline), seen.is_reached())),
    }
}

/// Dependencies as a table.
pub(super) fn table(lines: &[DependencyLine]) -> Table {
    let columns = vec![
        Column::new("on", "Depends on"),
        Column::new("note", "").priority(2).stretch(),
        Column::figures("needed_by", "Needed"),
        Column::figures("expected", "Expected"),
        Column::figures("late_days", "Late"),
        Column::new("state", "").priority(1),
    ];
    let mut table = Table::new("dependencies", columns);
    for line in lines {
        table.row(vec![
            Cell::reference(&line.on),
            line.note.as_deref().map_or(Cell::Empty, Cell::text),
            Cell::of(line.needed_by, |date| Cell::date(date.0)),
            Cell::of(line.expected, |date| Cell::date(date.0)),
            match line.is_met {
                true => Cell::Empty,
                false => Cell::of(line.late_days, Cell::Days),
            },
            Cell::text(if line.is_met { "met" } else { "" }),
        ]);
    }
    table
}
