//! What is open in a project: issues, actions, and changes with what became of them.

use std::cmp::Reverse;

use serde::Serialize;

use crate::document::{Cell, Column, Table};
use crate::model::change::ChangeState;
use crate::model::issue::Severity;
use crate::model::{Action, Change, Date, Issue, Number, RecordId, Register, Shelf};

/// An open issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IssueLine {
    /// Its id in the project.
    pub issue: String,
    /// What happened.
    pub title: String,
    /// How bad it is.
    pub severity: Option<Severity>,
    /// Its owner, by name.
    pub owner: Option<String>,
    /// The day by which it is to be dealt with.
    pub due: Option<Date>,
    /// Days past that day, where it has passed.
    pub overdue_days: Option<i64>,
}

/// An open action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActionLine {
    /// Its id in the project.
    pub action: String,
    /// What is to be done.
    pub title: String,
    /// Who promised it, by name.
    pub owner: Option<String>,
    /// The day by which it is to be done.
    pub due: Option<Date>,
    /// Days past that day, where it has passed.
    pub overdue_days: Option<i64>,
}

/// A change request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangeLine {
    /// Its id in the project.
    pub change: String,
    /// What would be altered.
    pub title: String,
    /// Where it stands.
    pub state: ChangeState,
    /// When it was submitted, or else raised.
    pub since: Option<Date>,
    /// What it costs.
    pub cost: Option<Number>,
    /// How many days it moves the finish.
    pub days: Option<i64>,
}

fn id(kind: &'static str, name: &crate::model::Name) -> String {
    RecordId { kind, home: "x".to_owned(), name: name.clone() }.stem()
}

fn late(due: Option<Date>, day: Date) -> Option<i64> {
    due.map(|due| day.days_since(due)).filter(|days| *days > 0)
}

/// Open issues, the worst and the longest due first.
pub(super) fn issues(register: &Register, shelf: &Shelf, day: Date) -> Vec<IssueLine> {
    let open = shelf.records::<Issue>().filter(|(_, issue)| issue.closed_on.is_none());
    let mut lines: Vec<IssueLine> = open
        .map(|(name, issue)| IssueLine {
            issue: id("issue", name),
            title: issue.title.clone(),
            severity: issue.severity,
            owner: issue.owner.as_deref().map(|owner| register.person_name(owner).to_owned()),
            due: issue.due,
            overdue_days: late(issue.due, day),
        })
        .collect();
    let weight = |severity: Option<Severity>| match severity {
        Some(Severity::Critical) => 4,
        Some(Severity::High) => 3,
        Some(Severity::Medium) => 2,
        Some(Severity::Low) => 1,
        None => 0,
    };
    lines.sort_by_key(|line| (Reverse(weight(line.severity)), line.due.is_none(), line.due));
    lines
}

/// Open actions, the earliest due first.
pub(super) fn actions(register: &Register, shelf: &Shelf, day: Date) -> Vec<ActionLine> {
    let open = shelf.records::<Action>().filter(|(_, action)| action.done_on.is_none());
    let mut lines: Vec<ActionLine> = open
        .map(|(name, action)| ActionLine {
            action: id("action", name),
            title: action.title.clone(),
            owner: action.owner.as_deref().map(|owner| register.person_name(owner).to_owned()),
            due: action.due,
            overdue_days: late(action.due, day),
        })
        .collect();
    lines.sort_by_key(|line| (line.due.is_none(), line.due));
    lines
}

/// Changes, by id.
pub(super) fn changes(shelf: &Shelf, day: Date) -> Vec<ChangeLine> {
    let known = |date: Option<Date>| date.filter(|date| *date <= day);
    shelf
        .records::<Change>()
        .map(|(name, change)| ChangeLine {
            change: id("change", name),
            title: change.title.clone(),
            state: change.state,
            since: known(change.decided_on).or(change.submitted_on).or(change.raised),
            cost: change.effect.cost,
            days: change.effect.days,
        })
        .collect()
}

fn lateness(days: Option<i64>) -> Cell {
    days.map_or(Cell::Empty, Cell::Days)
}

/// Issues as a table.
pub(super) fn issue_table(lines: &[IssueLine]) -> Table {
    let columns = vec![
        Column::new("issue", "Issue"),
        Column::new("title", "").stretch(),
        Column::new("severity", "Severity"),
        Column::new("owner", "Owner").priority(1).stretch(),
        Column::figures("due", "Due"),
        Column::figures("overdue_days", "Late").priority(2),
    ];
    let mut table = Table::new("issues", columns);
    for line in lines {
        table.row(vec![
            Cell::reference(&line.issue),
            Cell::text(&line.title),
            Cell::of(line.severity, |severity| Cell::text(severity.word())),
            Cell::of(line.owner.as_deref(), Cell::text),
            Cell::of(line.due, |due| Cell::date(due.0)),
            lateness(line.overdue_days),
        ]);
    }
    table
}

/// Actions as a table.
pub(super) fn action_table(lines: &[ActionLine]) -> Table {
    let columns = vec![
        Column::new("action", "Action"),
        Column::new("title", "").stretch(),
        Column::new("owner", "Owner").priority(1).stretch(),
        Column::figures("due", "Due"),
        Column::figures("overdue_days", "Late").priority(2),
    ];
    let mut table = Table::new("actions", columns);
    for line in lines {
        table.row(vec![
            Cell::reference(&line.action),
            Cell::text(&line.title),
            Cell::of(line.owner.as_deref(), Cell::text),
            Cell::of(line.due, |due| Cell::date(due.0)),
            lateness(line.overdue_days),
        ]);
    }
    table
}

/// Changes as a table.
pub(super) fn change_table(lines: &[ChangeLine], currency: &str) -> Table {
    let columns = vec![
        Column::new("change", "Change"),
        Column::new("title", "").stretch(),
        Column::new("state", "State"),
        Column::figures("since", "Since").priority(2),
        Column::figures("cost", "Cost").unit(currency).priority(1),
        Column::figures("days", "Days").priority(1),
    ];
    let mut table = Table::new("changes", columns);
    for line in lines {
        table.row(vec![
            Cell::reference(&line.change),
            Cell::text(&line.title),
            Cell::text(line.state.word()),
            Cell::of(line.since, |since| Cell::date(since.0)),
            Cell::of(line.cost, |cost| Cell::money_change(cost.0, currency)),
            Cell::of(line.days, Cell::Days),
        ]);
    }
    table
}
