//! What was escalated to a programme, as its card shows it.

use serde::Serialize;

use crate::analysis::risk_life::{awaits_answer, escalated_to};
use crate::document::{Attention, Block, Cell, Document, Line};
use crate::model::{Date, RecordId, Register};

/// An open risk that was escalated to a programme, or to one that is part of it.
#[derive(Debug, Serialize)]
pub(super) struct Escalated {
    /// The risk.
    risk: String,
    title: String,
    /// To which programme.
    to: String,
    since: Option<Date>,
    /// What was decided, where it was answered.
    decision: Option<String>,
    is_waiting: bool,
}

/// The open risks that were escalated to a programme; none of any other record.
pub(super) fn of(register: &Register, id: &RecordId) -> Vec<Escalated> {
    if id.kind != "programme" {
        return Vec::new();
    }
    let risks = escalated_to(register, &id.home).into_iter();
    risks
        .map(|(id, risk)| Escalated {
            risk: id.to_string(),
            title: risk.title.clone(),
            to: risk.escalated_to.as_ref().map(ToString::to_string).unwrap_or_default(),
            since: risk.escalated_on,
            is_waiting: awaits_answer(risk),
            decision: risk
                .answer
                .as_ref()
                .filter(|_| !awaits_answer(risk))
                .map(|answer| answer.decision.clone()),
        })
        .collect()
}

/// Puts them on the programme's card.
pub(super) fn tell(escalated: &[Escalated], programme: &RecordId, page: &mut Document) {
    if escalated.is_empty() {
        return;
    }
    page.heading("Escalated here");
    let line = |one: &Escalated| {
        let mut text = Line::new().text(one.title.as_str());
        if one.to != programme.home {
            text = text.dot().text(format!("to {}", one.to));
        }
        if let Some(since) = one.since {
            text = text.dot().text("since ").value(Cell::date(since.0));
        }
        text = match &one.decision {
            Some(decision) => text.dot().text(format!("answered: {}", decision.trim())),
            None => text.dot().strong("not answered"),
        };
        let next = one.is_waiting.then(|| format!("pmo risk answer {} --decision …", one.risk));
        Attention { mark: None, subject: one.risk.clone(), text, next }
    };
    page.push(Block::Attention(escalated.iter().map(line).collect()));
}
