//! A project's life: it came, started, was held, ended; it has another name or programme.

use super::past::Then;
use super::{Difference, Span};
use crate::model::Project;
use crate::model::lifecycle::ProjectState;

/// What changed in the charter's own words.
pub(super) fn differences(now: &Project, id: &str, then: Option<&Then<'_>>, span: &Span) -> Vec<Difference> {
    let mut found = Vec::new();
    let on = effective(now).filter(|on| span.holds(Some(*on)));
    match then {
        Some(Then::Absent) => found.push(Difference::Added { state: now.state }),
        Some(Then::Present { id: was, charter: Some(charter), .. }) => {
            let from_id = (*was != id).then(|| (*was).to_owned());
            let from_name = (charter.name != now.name).then(|| charter.name.clone());
            if from_id.is_some() || from_name.is_some() {
                found.push(Difference::Renamed { from_id, from_name });
            }
            if charter.state != now.state {
                found.push(Difference::State { from: Some(charter.state), to: now.state, on });
            }
            if charter.programme != now.programme {
                let (from, to) = (charter.programme.clone(), now.programme.clone());
                found.push(Difference::Programme { from, to });
            }
        }
        // Nothing but dates tells.
        _ if on.is_some() => found.push(Difference::State { from: None, to: now.state, on }),
        _ => {}
    }
    found
}

/// The day since which the project is in its state, where the charter says.
fn effective(project: &Project) -> Option<crate::model::Date> {
    match project.state {
        ProjectState::Active => project.started_on,
        state if state.is_over() => project.closed_on,
        _ => None,
    }
}
