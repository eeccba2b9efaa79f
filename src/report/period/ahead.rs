//! What is to come within four weeks, and what should have been done by now.

use serde::Serialize;

use crate::analysis::open_items::{self, What};
use crate::analysis::{calendar, schedule};
use crate::document::{Cell, Column, Table};
use crate::model::{Date, Register};
use crate::report::glance::AHEAD;

/// A milestone of the next four weeks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Upcoming {
    /// The project.
    pub project: String,
    /// The milestone's id.
    pub milestone: String,
    /// What people call it.
    pub name: String,
    /// Whether it counts for the schedule rating.
    pub key: bool,
    /// The gate that it stands for.
    pub gate: Option<String>,
    /// The agreed date.
    pub baseline: Option<Date>,
    /// The day on which it is expected: its forecast, else its baseline, never before the day.
    pub expected: Option<Date>,
    /// Days behind the baseline.
    pub slip_days: Option<i64>,
    /// Days behind the date first agreed, where an earlier baseline is on record.
    pub slip_from_original_days: Option<i64>,
    /// Whether it should have been reached already.
    pub is_overdue: bool,
}

/// The milestones of a project that are due within four weeks, or overdue.
pub(super) fn milestones(register: &Register, id: &str, day: Date) -> Vec<Upcoming> {
    let Some(charter) = register.project(id) else { return Vec::new() };
    let status = calendar::newest(register, id, day).map(|(_, status)| status);
    let view = schedule::view(charter, status, day);
    let line = |seen: &schedule::MilestoneView<'_>| Upcoming {
        project: id.to_owned(),
        milestone: seen.milestone.id.clone(),
        name: seen.milestone.title().to_owned(),
        key: seen.milestone.key,
        gate: seen.milestone.gate.clone(),
        baseline: seen.milestone.baseline,
        expected: seen.expected.or(seen.milestone.baseline),
        slip_days: seen.slip,
        slip_from_original_days: schedule::original_of(charter, &seen.milestone.id)
            .zip(seen.expected)
            .map(|(from, to)| to.days_since(from)),
        is_overdue: seen.is_overdue,
    };
    view.next(day, AHEAD).iter().map(line).collect()
}

impl Upcoming {
    pub(super) fn order(&self) -> (bool, Option<Date>, &str, &str) {
        (!self.is_overdue, self.expected, &self.project, &self.milestone)
    }
}

/// Milestones as a table.
pub(super) fn milestone_table(lines: &[Upcoming]) -> Table {
    let columns = vec![
        Column::new("milestone", "Milestone"),
        Column::new("name", "").priority(2).stretch(),
        Column::new("gate", "Gate").priority(3),
        Column::figures("baseline", "Baseline").priority(1),
        Column::figures("expected", "Expected"),
        Column::figures("slip_days", "Slip"),
        Column::figures("slip_from_original_days", "From first").priority(2),
        Column::new("state", "").priority(1),
    ];
    let mut table = Table::new("milestones", columns);
    for line in lines {
        table.row(vec![
            Cell::reference(format!("{}#{}", line.project, line.milestone)),
            if line.name == line.milestone { Cell::Empty } else { Cell::text(&line.name) },
            line.gate.as_deref().map_or(Cell::Empty, Cell::text),
            Cell::of(line.baseline, |date| Cell::date(date.0)),
            Cell::of(line.expected, |date| Cell::date(date.0)),
            Cell::of(line.slip_days, Cell::Days),
            line.slip_from_original_days.map_or(Cell::Empty, Cell::Days),
            if line.is_overdue { Cell::text("overdue") } else { Cell::Empty },
        ]);
    }
    table
}

/// Something whose day has passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Overdue {
    /// Its reference.
    pub record: String,
    /// What is to be done: `action`, `issue`, `assumption`, `risk review`, `condition`, `review`.
    pub what: &'static str,
    /// What it is about.
    pub title: String,
    /// Who promised it, by name.
    pub owner: Option<String>,
    /// The day.
    pub due: Date,
    /// Days past that day.
    pub days: i64,
}

/// Actions, issues, assumptions, reviews of risks, reviews and their conditions whose day has passed; decisions
/// are told among those that are wanted.
pub(super) fn overdue(register: &Register, id: &str, day: Date) -> Vec<Overdue> {
    let items = open_items::of_project(register, id);
    let line = |item: &open_items::Item<'_>| {
        let due = item.due.filter(|_| item.is_overdue(day))?;
        Some(Overdue {
            record: item.id.to_string(),
            what: item.what.due(),
            title: item.title.to_owned(),
            owner: item.owner.map(|owner| register.person_name(owner).to_owned()),
            due,
            days: day.days_since(due),
        })
    };
    items.iter().filter(|item| item.what != What::Decision).filter_map(line).collect()
}

impl Overdue {
    pub(super) fn order(&self) -> (Date, &str, &str) {
        (self.due, &self.record, &self.title)
    }
}

/// What is overdue as a table.
pub(super) fn overdue_table(lines: &[Overdue]) -> Table {
    let columns = vec![
        Column::new("record", "Record"),
        Column::new("what", "").priority(3),
        Column::new("title", "What").stretch(),
        Column::new("owner", "Owner").priority(1).stretch(),
        Column::figures("due", "Due").priority(2),
        Column::figures("days", "Late"),
    ];
    let mut table = Table::new("overdue", columns);
    for line in lines {
        table.row(vec![
            Cell::reference(&line.record),
            Cell::text(line.what),
            Cell::text(&line.title),
            Cell::of(line.owner.as_deref(), Cell::text),
            Cell::date(line.due.0),
            Cell::Days(line.days),
        ]);
    }
    table
}
