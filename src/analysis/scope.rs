//! Changes that were submitted and wait for a decision.

use rust_decimal::Decimal;

use super::{cost, working_days};
use crate::model::change::ChangeState;
use crate::model::number::Money;
use crate::model::{Change, Date, Name, Number, Project, RecordId, Shelf};

/// What waits for a decision in one project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undecided {
    /// How many changes are submitted and undecided.
    pub count: usize,
    /// How many of them state no cost.
    pub without_cost: usize,
    /// The sum of the amounts that they state; a saving alters the scope as much as an addition.
    pub cost: Money,
    /// The sum in percent of the budget at completion, where there is a budget.
    pub percent: Option<Number>,
    /// The change that has waited longest, and for how many working days.
    pub longest: Option<(RecordId, i64)>,
    /// How many change requests could not be read.
    pub broken: usize,
}

/// Adds up the changes in state `submitted`.
///
/// Percent = Σ |cost effect| ÷ BAC × 100. Waiting is counted in working days after the day on which the
/// change was submitted, or else raised.
pub fn undecided(project: &str, charter: &Project, shelf: &Shelf, day: Date, holidays: &[Date]) -> Undecided {
    let mut found = Undecided { broken: shelf.unusable("change").1, ..Undecided::default() };
    let mut sum = Decimal::ZERO;
    for (name, change) in shelf.records::<Change>().filter(|(_, c)| c.state == ChangeState::Submitted) {
        found.count += 1;
        match change.effect.cost {
            Some(cost) => sum = sum.saturating_add(cost.0.abs()),
            None => found.without_cost += 1,
        }
        if let Some(since) = change.submitted_on.or(change.raised) {
            let days = working_days::since(since, day, holidays);
            if found.longest.as_ref().is_none_or(|(_, longest)| days > *longest) {
                found.longest = Some((record(project, name), days));
            }
        }
    }
    found.cost = Number(sum);
    found.percent = charter.budget.approved.and_then(|bac| cost::percent_of(sum, bac.0)).map(Number);
    found
}

fn record(project: &str, name: &Name) -> RecordId {
    RecordId { kind: "change", home: project.to_owned(), name: name.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::{day, register};

    #[test]
    fn only_submitted_changes_wait() {
        let register = register(&[
            ("projects/crm/project.toml", "name='C'\nmanager='j'\nstate='active'\nbudget.approved = 1000"),
            (
                "projects/crm/changes/C-001.toml",
                "title='a'\nstate='submitted'\nraised=2026-11-02\neffect.cost=60",
            ),
            (
                "projects/crm/changes/C-002.toml",
                "title='b'\nstate='submitted'\nraised=2026-10-01\nsubmitted_on=2026-11-06\neffect.cost=-15.5",
            ),
            ("projects/crm/changes/C-003.toml", "title='c'\nstate='approved'\neffect.cost=500"),
            ("projects/crm/changes/C-004.toml", "title='d'\nstate='submitted'"),
        ]);
        let (charter, shelf) = (register.project("crm").unwrap(), &register.projects["crm"]);
        let found = undecided("crm", charter, shelf, day("2026-11-20"), &[day("2026-11-17")]);
        assert_eq!((found.count, found.without_cost), (3, 1));
        assert_eq!(found.percent.unwrap().0, Decimal::new(755, 2));
        let (longest, days) = found.longest.unwrap();
        assert_eq!((longest.to_string().as_str(), days), ("crm/C-001", 13));
    }
}
