//! What the manager says in the newest report.

use serde::Serialize;

use crate::analysis::rating;
use crate::document::{Cell, Line};
use crate::model::status::Dimension;
use crate::model::{Date, Percent, Period, Rag, Register, Status};

/// What the manager says in the newest report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Words {
    /// The report's period.
    pub period: Period,
    /// Who reports, by name.
    pub by: Option<String>,
    /// The two lines that a sponsor reads.
    pub summary: String,
    /// What was achieved.
    pub achieved: Vec<String>,
    /// What comes next.
    pub next: Vec<String>,
    /// How the project gets back to green.
    pub path_to_green: Option<String>,
    /// How sure the manager is to meet both forecasts.
    pub confidence: Option<Percent>,
    /// Why a rating is better than the figures, on purpose.
    pub override_: Option<Overridden>,
}

/// An override in force on the day, or past its end.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Overridden {
    /// The overall rating that it explains.
    pub overall: Option<Rag>,
    /// Why.
    pub reason: String,
    /// Who accepted it, by name.
    pub accepted_by: Option<String>,
    /// The last day on which it holds.
    pub until: Option<Date>,
    /// Whether it holds on the day.
    pub in_force: bool,
}

impl Words {
    /// The words of a report.
    pub(in crate::report) fn of(register: &Register, period: Period, status: &Status, day: Date) -> Self {
        let person = |id: Option<&str>| id.map(|id| register.person_name(id).to_owned());
        Self {
            period,
            by: person(status.by.as_deref()),
            summary: status.summary.trim().to_owned(),
            achieved: status.achieved.clone(),
            next: status.next.clone(),
            path_to_green: status.path_to_green.as_deref().map(|words| words.trim().to_owned()),
            confidence: status.confidence,
            override_: status.override_.as_ref().map(|given| Overridden {
                overall: given.overall,
                reason: given.reason.clone(),
                accepted_by: person(given.accepted_by.as_deref()),
                until: given.until,
                in_force: given.in_force(day),
            }),
        }
    }
}

impl Overridden {
    /// The override in words: `better than the figures on purpose: …, accepted by …, until …`.
    pub(in crate::report) fn line(&self) -> Line {
        let by = self.accepted_by.as_deref().map(|name| format!(", accepted by {name}")).unwrap_or_default();
        let reason = self.reason.trim().trim_end_matches('.');
        let mut text = Line::new().text(format!("rated better than the figures on purpose: {reason}{by}"));
        if let Some(until) = self.until {
            text = text.text(", until ").value(Cell::date(until.0));
        }
        if self.in_force { text } else { text.text(" (no longer in force)") }
    }
}

/// Why a dimension is rated as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// Which dimension.
    pub dimension: Dimension,
    /// Why the figures say what they say, in words.
    pub reasons: Vec<String>,
    /// Why it is not green, in the manager's words.
    pub note: Option<String>,
}

/// Why each dimension is rated as it is.
pub(super) fn explained(register: &Register, id: &str, status: Option<&Status>, day: Date) -> Vec<Explained> {
    let computed = rating::rate(register, id, day);
    let explain = |dimension: Dimension| {
        let reading = computed.as_ref().and_then(|rating| rating.reading(dimension));
        let say = |reading: &rating::Reading| reading.deciding().map(|reason| reason.say()).collect();
        Explained {
            dimension,
            reasons: reading.map_or_else(Vec::new, say),
            note: status.and_then(|status| status.note.get(dimension)).map(|note| note.trim().to_owned()),
        }
    };
    Dimension::ALL.map(explain).to_vec()
}
