//! Who is asked for more than there is, and when.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::model::lifecycle::ProjectState;
use crate::model::project::Allocation;
use crate::model::{Date, Person, Register};

/// A span of days in which a person is asked for more than there is.
#[derive(Clone, Debug, PartialEq)]
pub struct Overload {
    /// The person, by id.
    pub person: String,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The share of full time that projects ask for together.
    pub asked: Decimal,
    /// The share that there is.
    pub capacity: Decimal,
    /// The projects that ask.
    pub projects: Vec<String>,
    /// Whether the person is on leave in these days.
    pub is_away: bool,
}

/// Whether a project in this state has its allocations; a proposed one only wishes for them.
pub fn counts(state: ProjectState) -> bool {
    matches!(state, ProjectState::Approved | ProjectState::Active | ProjectState::Closing)
}

/// The share of full time that a person has for projects on a day: 0 on leave and outside the time of
/// employment, else `capacity`, else all of it.
pub fn capacity(person: &Person, day: Date) -> Decimal {
    if is_away(person, day) || !person.is_active(day) {
        return Decimal::ZERO;
    }
    person.capacity.map_or(Decimal::ONE, |c| c.0)
}

fn is_away(person: &Person, day: Date) -> bool {
    person.leave.iter().any(|leave| leave.from <= day && day <= leave.to)
}

/// Finds the spans in which the allocations of a person add up to more than the capacity, by person and day.
///
/// Unit: shares of full time (FTE). Allocations of projects that are approved, active or closing count, from
/// their first to their last day. Who is nobody's file has no capacity and is left out.
pub fn overloads(register: &Register) -> Vec<Overload> {
    let mut by_person: BTreeMap<&str, Vec<(&str, &Allocation)>> = BTreeMap::new();
    for (project, charter, _) in register.charters().filter(|(_, c, _)| counts(c.state)) {
        for allocation in charter.allocation.iter().filter(|a| a.from <= a.to) {
            if let Some(person) = &allocation.person {
                by_person.entry(person).or_default().push((project, allocation));
            }
        }
    }
    let spans = by_person.into_iter().filter_map(|(id, asked)| Some((id, register.person(id)?, asked)));
    spans.flat_map(|(id, person, asked)| of_person(id, person, &asked)).collect()
}

fn of_person(id: &str, person: &Person, asked: &[(&str, &Allocation)]) -> Vec<Overload> {
    // Between two days on which anything begins or ends, nothing changes.
    let mut turns: BTreeSet<Date> = asked.iter().flat_map(|(_, a)| [a.from, a.to.plus_days(1)]).collect();
    turns.extend(person.leave.iter().flat_map(|leave| [leave.from, leave.to.plus_days(1)]));
    turns.extend(person.from);
    turns.extend(person.until.map(|until| until.plus_days(1)));
    let turns: Vec<Date> = turns.into_iter().collect();
    let mut spans: Vec<Overload> = Vec::new();
    for pair in turns.windows(2) {
        let (from, to) = (pair[0], pair[1].plus_days(-1));
        let on: Vec<_> = asked.iter().filter(|(_, a)| a.from <= from && from <= a.to).collect();
        let sum = on.iter().fold(Decimal::ZERO, |sum, (_, a)| sum.saturating_add(a.fte.0));
        let has = capacity(person, from);
        if sum <= has {
            continue;
        }
        let mut projects: Vec<String> = on.iter().map(|(project, _)| (*project).to_owned()).collect();
        projects.dedup();
        let is_away = is_away(person, from);
        match spans.last_mut() {
            Some(last)
                if last.to.plus_days(1) == from
                    && (last.asked, last.capacity, last.is_away) == (sum, has, is_away)
                    && last.projects == projects =>
            {
                last.to = to;
            }
            _ => spans.push(Overload {
                person: id.to_owned(),
                from,
                to,
                asked: sum,
                capacity: has,
                projects,
                is_away,
            }),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::register;

    #[test]
    fn spans_begin_and_end_where_anything_changes() {
        let charter = |state: &str, from: &str, to: &str, fte: &str| {
            format!(
                "name='x'\nmanager='j'\nstate='{state}'\nallocation=[{{person='amir', from={from}, to={to}, fte={fte}}}]"
            )
        };
        let a = charter("active", "2026-10-01", "2026-12-31", "0.6");
        let b = charter("approved", "2026-11-01", "2026-11-30", "0.5");
        let c = charter("proposed", "2026-10-01", "2026-12-31", "1");
        let register = register(&[
            ("people/amir.toml", "name='Amir'\nleave=[{from=2026-12-21, to=2026-12-24}]\ncapacity=1"),
            ("projects/a/project.toml", &a),
            ("projects/b/project.toml", &b),
            ("projects/c/project.toml", &c),
        ]);
        let spans: Vec<_> = overloads(&register)
            .into_iter()
            .map(|o| {
                format!(
                    "{} {} {} of {} {} {}",
                    o.from,
                    o.to,
                    o.asked,
                    o.capacity,
                    o.projects.join("+"),
                    o.is_away
                )
            })
            .collect();
        assert_eq!(
            spans,
            ["2026-11-01 2026-11-30 1.1 of 1 a+b false", "2026-12-21 2026-12-24 0.6 of 0 a true"]
        );
    }
}
