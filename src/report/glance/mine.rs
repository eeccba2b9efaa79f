//! What is due from one person: reports, actions, decisions, reviews of risks.

use serde::Serialize;

use crate::analysis::open_items::{self, Item, What};
use crate::model::{Date, Register};
use crate::report::standing::Standing;

use super::AHEAD;

/// What is due from one person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mine {
    /// The person's id.
    pub person: String,
    /// The person's name.
    pub name: String,
    /// The projects that the person manages, those that need somebody first.
    pub projects: Vec<Standing>,
    /// What is due, the earliest first.
    pub due: Vec<Due>,
}

/// Something that is due.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Due {
    /// The day.
    pub by: Date,
    /// Which record.
    pub record: String,
    /// What is to be done, in words.
    pub what: String,
    /// What to type about it.
    pub next: String,
}

/// What is due from the person with that address; nothing for an address that nobody has, and for
/// somebody from whom nothing is due and who manages nothing.
pub(super) fn of(register: &Register, listed: &[Standing], email: &str, day: Date) -> Option<Mine> {
    let (id, person) = register.person_at(email)?;
    let projects: Vec<Standing> = listed.iter().filter(|standing| standing.manager == id).cloned().collect();
    let mut due: Vec<Due> = projects.iter().filter(|standing| standing.is_silent()).map(report_due).collect();
    let until = day.plus_days(AHEAD);
    for standing in listed {
        let items = open_items::of_project(register, &standing.project);
        let mine = items.iter().filter(|item| item.owner == Some(id) && item.is_open(day));
        due.extend(mine.filter_map(|item| item_due(item, day)).filter(|due| due.by <= until));
    }
    due.sort();
    (!projects.is_empty() || !due.is_empty()).then(|| Mine {
        person: id.to_owned(),
        name: person.name.clone(),
        projects,
        due,
    })
}

/// What is due of an item, if it has a day; of a risk its review, once it is due.
fn item_due(item: &Item<'_>, day: Date) -> Option<Due> {
    let by = item.due.filter(|by| item.what != What::Risk || *by <= day)?;
    let (record, title) = (item.id.to_string(), item.title);
    let what = match item.what {
        What::Decision => format!("decide: {title}"),
        What::Risk => format!("review: {title}"),
        What::Assumption => format!("validate: {title}"),
        What::Condition => format!("meet: {title}"),
        _ => title.to_owned(),
    };
    Some(Due { by, next: next_step(item), record, what })
}

/// What its owner types about an item.
pub fn next_step(item: &Item<'_>) -> String {
    let verb = match item.what {
        What::Action | What::Assumption => "close",
        What::Decision => "decision decide",
        What::Risk => "risk review",
        _ => "edit",
    };
    format!("pmo {verb} {}", item.id)
}

/// The report that a silent project owes.
pub(in crate::report) fn report_due(standing: &Standing) -> Due {
    let (id, report) = (&standing.project, &standing.report);
    let verb = if report.has_draft { "submit" } else { "new" };
    Due {
        by: report.due,
        record: format!("{id}/{}", report.wanted),
        what: format!("status report for {}", report.wanted.spoken()),
        next: format!("pmo status {verb} {id}"),
    }
}
