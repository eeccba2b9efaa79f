//! What the records of a project come to in a register as it stood.

use crate::model::{Date, Number, Project, Register};

use super::super::{exposure, scope};
use super::{By, Entry, Held, Member, Reading};

/// What every project that was not over holds in a register as it stood at the end of a period, the `at`-th.
///
/// `only` is the one project that was asked for. A project belongs to the group that its charter named then.
pub fn held(register: &Register, at: usize, by: Option<By>, only: Option<&str>, day: Date) -> Vec<Entry> {
    let wanted = register.charters().filter(|(id, ..)| only.is_none_or(|only| only == *id));
    let live = wanted.filter(|(_, charter, _)| !charter.state.is_over());
    let entry = |(id, charter, _): (&str, &Project, _)| {
        Some(Entry {
            member: Member::of(register, charter, by),
            at,
            reading: Reading::Held(of(register, id, charter, day)?),
        })
    };
    live.filter_map(entry).collect()
}

fn of(register: &Register, id: &str, charter: &Project, day: Date) -> Option<Held> {
    let shelf = register.projects.get(id)?;
    let config = &register.config;
    let exposed = exposure::of(id, Some(charter), shelf, None, &config.risk);
    let undecided = scope::undecided(id, charter, shelf, day, &config.reporting.holidays);
    let is_red = |view: &&exposure::RiskView<'_>| view.band == Some(exposure::Band::Red);
    let nothing = exposed.threats.is_empty().then_some(Number::ZERO);
    let is_costed = undecided.count == 0 || undecided.without_cost < undecided.count;
    Some(Held {
        threats: exposed.threats.len(),
        red: exposed.threats.iter().filter(is_red).count(),
        expected: exposed.threatened.value().or(nothing),
        unvalued: exposed.threatened.missing,
        undecided: undecided.count,
        cost: is_costed.then_some(undecided.cost),
        uncosted: undecided.without_cost,
        budget: charter.budget.approved.map(Number::from),
        lacks_risks: shelf.unusable("risk").1 > 0,
        lacks_changes: undecided.broken > 0,
    })
}
