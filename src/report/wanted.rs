//! What waits for somebody's decision: decisions that are open, and changes that were submitted.

use serde::Serialize;

use crate::analysis::calendar;
use crate::document::{Cell, Column, Table};
use crate::model::change::ChangeState;
use crate::model::decision::DecisionState;
use crate::model::{Change, Date, Decision, Name, Number, RecordId, Register, Target};

/// Something that waits for a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wanted {
    /// Its reference.
    pub record: String,
    /// Whether it is a change request rather than a decision.
    pub is_change: bool,
    /// What is to be decided.
    pub title: String,
    /// Who decides, by name.
    pub of: Option<String>,
    /// The day by which it is wanted.
    pub wanted_by: Option<Date>,
    /// Days past that day; negative when it is still to come.
    pub overdue_days: Option<i64>,
    /// What it would cost, for a change.
    pub cost: Option<Number>,
    /// How many days it would move the finish, for a change.
    pub days: Option<i64>,
    /// What the project recommends.
    pub recommendation: Option<String>,
    /// Whether the newest report asks for it.
    pub asked_for: bool,
}

/// What waits in one project: open decisions and submitted changes, the soonest wanted first.
pub fn of_project(register: &Register, project: &str, day: Date) -> Vec<Wanted> {
    let Some(shelf) = register.projects.get(project) else { return Vec::new() };
    let newest = calendar::newest(register, project, day);
    let asked = newest.map_or(&[][..], |(_, status)| status.decisions_needed.as_slice());
    let asked: Vec<RecordId> = asked
        .iter()
        .filter_map(|reference| match reference.target(Some(project))? {
            Target::Record(id) => Some(id),
            _ => None,
        })
        .collect();
    let mut all = Vec::new();
    let person = |id: &Option<String>| id.as_deref().map(|id| register.person_name(id).to_owned());
    for (name, decision) in shelf.records::<Decision>() {
        // Of an earlier day: what was decided since was open then, and what was raised since was not there.
        let is_open = match decision.state {
            DecisionState::Open => true,
            DecisionState::Decided => decision.decided_on.is_some_and(|on| on > day),
            _ => false,
        };
        if !is_open || decision.raised.is_some_and(|raised| raised > day) {
            continue;
        }
        let id = place("decision", project, name);
        all.push(Wanted {
            title: decision.title.clone(),
            is_change: false,
            of: person(&decision.of),
            wanted_by: decision.wanted_by,
            overdue_days: decision.wanted_by.map(|by| day.days_since(by)),
            cost: None,
            days: None,
            recommendation: decision.recommendation.clone(),
            asked_for: asked.contains(&id),
            record: id.to_string(),
        });
    }
    for (name, change) in shelf.records::<Change>() {
        let is_known = change.submitted_on.or(change.raised).is_none_or(|on| on <= day);
        if change.state != ChangeState::Submitted || !is_known {
            continue;
        }
        let id = place("change", project, name);
        all.push(Wanted {
            title: change.title.clone(),
            is_change: true,
            of: None,
            wanted_by: None,
            overdue_days: None,
            cost: change.effect.cost,
            days: change.effect.days,
            recommendation: None,
            asked_for: asked.contains(&id),
            record: id.to_string(),
        });
    }
    all.sort_by(|a, b| a.order().cmp(&b.order()));
    all
}

impl Wanted {
    /// What is wanted soonest comes first; what has no day comes last.
    pub(super) fn order(&self) -> (bool, Option<Date>, &str) {
        (self.wanted_by.is_none(), self.wanted_by, &self.record)
    }
}

fn place(kind: &'static str, project: &str, name: &Name) -> RecordId {
    RecordId { kind, home: project.to_owned(), name: name.clone() }
}

/// The table of what waits.
pub(super) fn table(wanted: &[Wanted], currency: &str) -> Table {
    let has_effect = wanted.iter().any(|one| one.cost.is_some() || one.days.is_some());
    let mut columns = vec![
        Column::new("record", "Decision"),
        Column::new("title", "What").stretch(),
        Column::new("of", "Of").priority(2).stretch(),
        Column::figures("wanted_by", "Wanted by").priority(1),
        Column::figures("overdue_days", "Late").priority(1),
    ];
    if has_effect {
        columns.push(Column::figures("cost", "Cost").unit(currency).priority(3));
        columns.push(Column::figures("days", "Days").priority(3));
    }
    let mut table = Table::new("decisions", columns);
    for one in wanted {
        let late = one.overdue_days.filter(|days| *days > 0);
        let mut cells = vec![
            Cell::reference(&one.record),
            Cell::text(&one.title),
            if one.is_change { Cell::Empty } else { Cell::of(one.of.as_deref(), Cell::text) },
            if one.is_change { Cell::Empty } else { Cell::of(one.wanted_by, |by| Cell::date(by.0)) },
            late.map_or(Cell::Empty, Cell::Days),
        ];
        if has_effect {
            cells.push(one.cost.map_or(Cell::Empty, |cost| Cell::money_change(cost.0, currency)));
            cells.push(one.days.map_or(Cell::Empty, Cell::Days));
        }
        table.row(cells);
    }
    table
}
