//! Risks that were escalated to a programme and wait for its answer.

use serde::Serialize;

use crate::analysis::risk_life::{awaits_answer, programme_of};
use crate::document::{Attention, Cell, Line};
use crate::model::{Date, RecordId, Register, Risk};
use crate::report::selection::Selection;

/// A risk that was escalated and is not answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// The risk.
    pub risk: String,
    /// What it is about.
    pub title: String,
    /// To which programme, by id.
    pub to: String,
    /// What people call the programme.
    pub to_name: String,
    /// Since when.
    pub since: Option<Date>,
    /// For how many days.
    pub days: Option<i64>,
}

/// The risks of a project that wait; of one that is not listed those alone that a selected programme was asked about.
pub(super) fn of_project(
    register: &Register,
    project: &str,
    day: Date,
    selection: &Selection,
    is_listed: bool,
) -> Vec<Waiting> {
    let Some(shelf) = register.projects.get(project) else { return Vec::new() };
    let waiting =
        shelf.records::<Risk>().filter(|(_, risk)| awaits_answer(risk)).filter_map(|(name, risk)| {
            let id = RecordId { kind: "risk", home: project.to_owned(), name: name.clone() };
            let to = programme_of(register, &id, risk)?;
            let is_asked = selection.programme.contains(&to);
            // What was escalated after the day had not been escalated by then.
            let is_known = risk.escalated_on.is_none_or(|since| since <= day);
            ((is_listed || is_asked) && is_known).then(|| Waiting {
                risk: id.to_string(),
                title: risk.title.clone(),
                to_name: register
                    .programme(&to)
                    .map_or_else(|| to.clone(), |programme| programme.name.clone()),
                to,
                since: risk.escalated_on,
                days: risk.escalated_on.map(|since| day.days_since(since)),
            })
        });
    waiting.collect()
}

impl Waiting {
    /// Those that wait longest first; those of which nobody knows since when before them.
    pub(super) fn order(&self) -> (Option<Date>, &str) {
        (self.since, &self.risk)
    }

    /// The line of a page.
    pub(super) fn line(&self) -> Attention {
        let text = Line::new().text(self.title.as_str()).dot().text(format!("to {}", self.to_name));
        let text = match self.since {
            Some(since) => text.text(" since ").value(Cell::date(since.0)),
            None => text,
        };
        let next = Some(format!("pmo risk answer {} --decision …", self.risk));
        Attention { mark: None, subject: self.risk.clone(), text, next }
    }
}
