//! Risks, changes and decisions: what came, moved and was settled.

use crate::analysis::exposure;
use crate::model::change::ChangeState;
use crate::model::decision::DecisionState;
use crate::model::risk::RiskState;
use crate::model::{Change, Decision, Name, RecordId, Risk, Shelf};

use super::past::Then;
use super::{Difference, Span};

/// Risks that were raised, scored anew, closed, or happened.
///
/// Against the register of then where it is known; else by their dates, which do not tell scores.
pub(super) fn risks(shelf: &Shelf, then: Option<&Then<'_>>, span: &Span, found: &mut Vec<Difference>) {
    // Of a project that is new as a whole, each risk is no news.
    let then = then.filter(|then| !matches!(then, Then::Absent));
    for (name, risk) in shelf.records::<Risk>() {
        let (id, title) = (stem("risk", name), risk.title.clone());
        let slot = then.and_then(|then| then.slot("risk", name));
        let was: Option<&Risk> = slot.and_then(|slot| slot.record()?.as_any().downcast_ref());
        let is_new = match then {
            Some(_) => slot.is_none() && risk.raised.is_none_or(|raised| raised <= span.until),
            None => span.holds(risk.raised),
        };
        let is_open = exposure::is_open(risk);
        if is_open {
            let score = exposure::current_score(risk);
            if is_new {
                found.push(Difference::RiskRaised { risk: id, title, score });
            } else if let (Some(from), Some(to)) = (was.and_then(exposure::current_score), score)
                && from != to
            {
                found.push(Difference::RiskScored { risk: id, title, from, to });
            }
            continue;
        }
        let has_ended = match was {
            Some(was) => exposure::is_open(was),
            None => span.holds(risk.closed_on),
        };
        if has_ended {
            let occurred = risk.state == RiskState::Occurred;
            found.push(Difference::RiskEnded { risk: id, title, occurred });
        }
    }
}

/// Changes that were approved, rejected or put off.
pub(super) fn changes(shelf: &Shelf, span: &Span, found: &mut Vec<Difference>) {
    for (name, change) in shelf.records::<Change>() {
        let is_decided =
            matches!(change.state, ChangeState::Approved | ChangeState::Rejected | ChangeState::Deferred);
        if is_decided && span.holds(change.decided_on) {
            found.push(Difference::ChangeDecided {
                change: stem("change", name),
                title: change.title.clone(),
                state: change.state,
                cost: change.effect.cost,
                days: change.effect.days,
            });
        }
    }
}

/// Decisions that were taken.
pub(super) fn decisions(shelf: &Shelf, span: &Span, found: &mut Vec<Difference>) {
    for (name, decision) in shelf.records::<Decision>() {
        if decision.state == DecisionState::Decided && span.holds(decision.decided_on) {
            found.push(Difference::DecisionTaken {
                decision: stem("decision", name),
                title: decision.title.clone(),
                outcome: decision.outcome.clone(),
            });
        }
    }
}

fn stem(kind: &'static str, name: &Name) -> String {
    RecordId { kind, home: String::new(), name: name.clone() }.stem()
}
