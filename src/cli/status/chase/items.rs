//! Actions, issues and the rest whose day has passed, and who is asked about each.

use serde::Serialize;

use crate::analysis::open_items;
use crate::model::{Date, Project, Register};
use crate::report::next_step;

use super::plain;

/// An item whose day has passed.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Late {
    pub(super) project: String,
    record: String,
    /// `action`, `issue`, `decision`, `risk review` and so on.
    what: &'static str,
    title: String,
    due: Date,
    days_late: i64,
    /// Who is asked: its owner, or else the project's manager.
    pub(super) asked_id: String,
    asked: String,
    /// Whether nobody owns it, so that the project's manager is asked.
    unowned: bool,
    /// What to type about it.
    command: String,
}

/// The items of a project that are overdue on a day, the longest first; none of one that is over.
pub(super) fn late(register: &Register, id: &str, charter: &Project, day: Date) -> Vec<Late> {
    if charter.state.is_over() {
        return Vec::new();
    }
    let items = open_items::of_project(register, id);
    let mut late: Vec<Late> = items
        .iter()
        .filter(|item| item.is_overdue(day))
        .filter_map(|item| {
            let due = item.due?;
            let asked = item.owner.unwrap_or(&charter.manager);
            Some(Late {
                project: id.to_owned(),
                record: item.id.to_string(),
                what: item.what.due(),
                title: plain(item.title),
                due,
                days_late: day.days_since(due),
                asked_id: asked.to_owned(),
                asked: plain(register.person_name(asked)),
                unowned: item.owner.is_none(),
                command: next_step(item),
            })
        })
        .collect();
    late.sort_by_key(|item| item.due);
    late
}
