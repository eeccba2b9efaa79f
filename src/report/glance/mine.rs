//! What is due from one person: reports, actions, decisions, reviews of risks.

use serde::Serialize;

use crate::analysis::exposure;
use crate::model::decision::DecisionState;
use crate::model::{Action, Date, Decision, Issue, Name, Person, RecordId, Register, Risk};
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
    let (id, person) = register.own.records::<Person>().find_map(|(name, person)| match name {
        Name::Slug(id)
            if person.email.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(email.trim())) =>
        {
            Some((id.as_str(), person))
        }
        _ => None,
    })?;
    let projects: Vec<Standing> = listed.iter().filter(|standing| standing.manager == id).cloned().collect();
    let mut due: Vec<Due> = projects.iter().filter(|standing| standing.is_silent()).map(report_due).collect();
    let until = day.plus_days(AHEAD);
    for standing in listed {
        let Some(shelf) = register.projects.get(&standing.project) else { continue };
        let mut add = |kind: &'static str, name: &Name, by: Option<Date>, what: String, verb: &str| {
            let Some(by) = by.filter(|by| *by <= until) else { return };
            let record = RecordId { kind, home: standing.project.clone(), name: name.clone() }.to_string();
            due.push(Due { by, next: format!("pmo {verb} {record}"), record, what });
        };
        let is_mine = |owner: &Option<String>| owner.as_deref() == Some(id);
        for (name, action) in shelf.records::<Action>() {
            if is_mine(&action.owner) && action.done_on.is_none() {
                add("action", name, action.due, action.title.clone(), "close");
            }
        }
        for (name, issue) in shelf.records::<Issue>() {
            if is_mine(&issue.owner) && issue.closed_on.is_none() {
                add("issue", name, issue.due, issue.title.clone(), "edit");
            }
        }
        for (name, decision) in shelf.records::<Decision>() {
            if is_mine(&decision.of) && decision.state == DecisionState::Open {
                add(
                    "decision",
                    name,
                    decision.wanted_by,
                    format!("decide: {}", decision.title),
                    "decision decide",
                );
            }
        }
        for (name, risk) in shelf.records::<Risk>() {
            if is_mine(&risk.owner) && exposure::is_open(risk) && risk.review_by.is_some_and(|by| by <= day) {
                add("risk", name, risk.review_by, format!("review: {}", risk.title), "edit");
            }
        }
    }
    due.sort();
    (!projects.is_empty() || !due.is_empty()).then(|| Mine {
        person: id.to_owned(),
        name: person.name.clone(),
        projects,
        due,
    })
}

fn report_due(standing: &Standing) -> Due {
    let (id, report) = (&standing.project, &standing.report);
    let verb = if report.has_draft { "submit" } else { "new" };
    Due {
        by: report.due,
        record: format!("{id}/{}", report.wanted),
        what: format!("status report for {}", report.wanted.spoken()),
        next: format!("pmo status {verb} {id}"),
    }
}
