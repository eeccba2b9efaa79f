//! The pre-filling of a programme's status file: what its projects report, and what still holds of the last one.

use serde::Serialize;

use crate::analysis::moderation;
use crate::model::record::AnyRecord;
use crate::model::{Date, RecordId, Register};
use crate::report::standing::{self, Standing};

/// How many open items of a project are named.
const ITEMS: usize = 5;

/// One project, as the template of a programme's status shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Moderated {
    /// The project's id.
    pub id: String,
    /// The project's name.
    pub name: String,
    /// What it reports and what its figures say: `reports green for week 47; the figures say red: …`.
    pub says: String,
    /// What is open in it, worst first, in a line each.
    pub items: Vec<String>,
    /// The assessment that is carried forward, if it is amber or worse and still holds.
    pub carried: Option<CarriedForward>,
}

/// An assessment that is carried forward.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CarriedForward {
    /// The rating, as it stands in files.
    pub assessed: String,
    /// Why.
    pub comment: Option<String>,
    /// Who said it, a person's id.
    pub by: Option<String>,
    /// For which period, as people name it.
    pub spoken: String,
}

/// What a programme's status file is filled with: its projects, those of programmes below it included.
///
/// It wants the charters, the newest reports, risks, issues and what the figures follow from.
pub fn moderated(register: &Register, day: Date, programme: &str) -> Vec<Moderated> {
    let mut all = standing::gather_all(register, day);
    all.retain(|one| !one.state.is_over() && moderation::is_of(register, &one.project, programme));
    all.iter().map(|standing| of(register, standing)).collect()
}

fn of(register: &Register, standing: &Standing) -> Moderated {
    let rating = &standing.rating;
    let reported = match (rating.declared, standing.report.newest) {
        (Some(rag), Some(period)) => format!("reports {rag} for {}", period.spoken()),
        _ => "never reported".to_owned(),
    };
    let silent = match standing.is_silent() {
        true => format!(", nothing for {}", standing.report.wanted.spoken()),
        false => String::new(),
    };
    let why =
        if rating.reasons.is_empty() { String::new() } else { format!(": {}", rating.reasons.join(", ")) };
    let carried = standing.moderation.as_ref().filter(|said| said.assessed.is_troubled());
    Moderated {
        id: standing.project.clone(),
        name: standing.name.clone(),
        says: format!("{reported}{silent}; the figures say {}{why}", rating.figures),
        items: items(register, standing),
        carried: carried.map(|said| CarriedForward {
            assessed: said.assessed.word().to_owned(),
            comment: said.comment.clone(),
            by: said.by.clone(),
            spoken: said.period.spoken(),
        }),
    }
}

/// What could be raised: the highest risk, and what waits in the project.
fn items(register: &Register, standing: &Standing) -> Vec<String> {
    let mut items = Vec::new();
    items.extend(
        standing
            .top_risk
            .as_ref()
            .map(|risk| format!("{} (score {}): {}", risk.risk, risk.score, risk.title)),
    );
    let Some(shelf) = register.projects.get(&standing.project) else { return items };
    for kind in ["issue", "decision"] {
        for (name, slot) in shelf.slots(kind) {
            let Some(record) = slot.record().filter(|record: &&dyn AnyRecord| !record.is_closed()) else {
                continue;
            };
            let id = RecordId { kind, home: standing.project.clone(), name: name.clone() };
            items.push(format!("{id}: {}", record.title()));
        }
    }
    let left = items.len().saturating_sub(ITEMS);
    items.truncate(ITEMS);
    if left > 0 {
        items.push(format!("and {left} more: pmo issue list --project {}", standing.project));
    }
    items
}
