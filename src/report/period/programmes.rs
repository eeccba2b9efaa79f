//! What the programmes say of the period, in their managers' own words.

use serde::Serialize;

use crate::analysis::withhold::WITHHELD;
use crate::document::{Attention, Level, Line, Rating};
use crate::model::{Name, Period, ProgrammeStatus, Rag, Register};
use crate::report::ratings::level;
use crate::report::selection::Selection;

use super::held::Held;

/// What a programme says of the period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProgrammeWords {
    /// The programme.
    pub programme: String,
    /// What people call it.
    pub name: String,
    /// Who says it, by name.
    pub by: Option<String>,
    /// What there is to say.
    pub summary: String,
    /// The rating of the programme as a whole.
    pub rating: Option<Rag>,
    /// Items of projects that deserve attention.
    pub raised: Vec<Raised>,
}

/// An item that a programme raises.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Raised {
    /// Its reference.
    pub record: String,
    /// What it is about, where it could be read.
    pub title: Option<String>,
}

/// The words of the selected programmes, the worst rated first.
pub(super) fn of(
    register: &Register,
    period: Period,
    selection: &Selection,
    held: &Held,
) -> Vec<ProgrammeWords> {
    let mut found: Vec<ProgrammeWords> = register
        .programmes
        .iter()
        .filter(|(id, _)| selection.programme.is_empty() || selection.programme.contains(id))
        .filter_map(|(id, shelf)| {
            let status: &ProgrammeStatus = shelf.get(&Name::Period(period))?;
            Some(ProgrammeWords {
                programme: id.clone(),
                name: register.programme(id).map_or_else(|| id.clone(), |programme| programme.name.clone()),
                by: status.by.as_deref().map(|by| register.person_name(by).to_owned()),
                summary: status.summary.trim().to_owned(),
                rating: status.overall,
                raised: status
                    .raise
                    .iter()
                    .map(|item| raised(register, id, item))
                    .filter(|raised| !held.has(&raised.record))
                    .collect(),
            })
        })
        .collect();
    let severity = |words: &ProgrammeWords| words.rating.and_then(Rag::severity);
    found.sort_by(|a, b| (severity(b), &a.programme).cmp(&(severity(a), &b.programme)));
    found
}

fn raised(register: &Register, programme: &str, item: &crate::model::Ref) -> Raised {
    let id = register.resolve(item, Some(programme));
    let record = id.as_ref().and_then(|id| register.slot(id)?.record());
    Raised {
        record: id.as_ref().map_or_else(|| item.to_string(), ToString::to_string),
        title: record.map(|record| record.title().to_owned()),
    }
}

impl ProgrammeWords {
    /// The line of a page; of an item that stands in another section the reference is enough.
    pub(super) fn line(&self, is_told: impl Fn(&str) -> bool) -> Attention {
        let mut text = Line::new();
        if self.summary != WITHHELD {
            text = text.text(self.summary.as_str());
            if let Some(by) = self.by.as_ref().filter(|by| *by != WITHHELD) {
                text = text.dim(format!(" ({by})"));
            }
        }
        for (at, raised) in self.raised.iter().enumerate() {
            let begin = if text.is_empty() { "Raised: " } else { " Raised: " };
            text = text.text(if at == 0 { begin } else { ", " }).strong(&raised.record);
            if let Some(title) = raised.title.as_ref().filter(|_| !is_told(&raised.record)) {
                text = text.text(format!(" {title}"));
            }
        }
        Attention {
            mark: Some(Rating::shape(self.rating.map_or(Level::Grey, level))),
            subject: self.programme.clone(),
            text,
            next: None,
        }
    }
}
