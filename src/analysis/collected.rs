//! What was collected for a period: the reports that came, and those that are still owed.
//!
//! A file says nothing of who owed a report in the past, so what is missing is told by how projects stand now.

use super::calendar::{self, Unusable};
use crate::model::{Name, Period, Project, Register, Slot, Status};

/// The reports of a period.
#[derive(Clone, Debug, Default)]
pub struct Collected<'a> {
    /// Projects whose report is there and counts, by id.
    pub filed: Vec<&'a str>,
    /// Projects that owe a report which is not there, or does not count, by id.
    pub missing: Vec<Missing<'a>>,
}

/// A report that is owed.
#[derive(Clone, Copy, Debug)]
pub struct Missing<'a> {
    /// The project's id.
    pub project: &'a str,
    /// Its charter.
    pub charter: &'a Project,
    /// Why the file that is there does not count; nothing where there is none.
    pub unusable: Option<Unusable>,
}

/// Says what was collected for a period.
///
/// Missing is the report of a project that owes reports now, at this cadence, and had started by then.
pub fn of(register: &Register, period: Period) -> Collected<'_> {
    let mut found = Collected::default();
    for (id, charter, shelf) in register.charters() {
        let unusable = match shelf.slot(<Status as crate::model::Record>::SPEC.name, &Name::Period(period)) {
            Some(Slot::Read(_) | Slot::Unread) => {
                found.filed.push(id);
                continue;
            }
            Some(Slot::Draft(_)) => Some(Unusable::Draft),
            Some(Slot::Broken) => Some(Unusable::Broken),
            None => None,
        };
        if owes(register, id, charter, period) {
            found.missing.push(Missing { project: id, charter, unusable });
        }
    }
    found
}

/// Whether the project owes a report for the period.
fn owes(register: &Register, id: &str, charter: &Project, period: Period) -> bool {
    let terms = calendar::terms(&register.config, id, Some(charter));
    terms.cadence == Some(period.cadence()) && terms.first_owed(charter).is_none_or(|first| first <= period)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::register;

    #[test]
    fn what_is_missing_is_what_is_owed_and_does_not_count() {
        let charter = |state: &str, more: &str| {
            format!("name = 'X'\nmanager = 'jana'\nstate = '{state}'\nschedule.start = 2026-11-02\n{more}")
        };
        let (active, held) = (charter("active", ""), charter("on-hold", ""));
        let monthly = charter("active", "reporting.cadence = 'monthly'\n");
        let later = charter("active", "started_on = 2026-11-16\n");
        let mut register = register(&[
            ("projects/a-filed/project.toml", &active),
            ("projects/a-filed/status/2026-W46.toml", "summary = 'x'\nrag.overall = 'green'\n"),
            ("projects/b-draft/project.toml", &active),
            ("projects/c-silent/project.toml", &active),
            ("projects/d-held/project.toml", &held),
            ("projects/e-monthly/project.toml", &monthly),
            ("projects/f-later/project.toml", &later),
        ]);
        let period: Period = "2026-W46".parse().unwrap();
        let draft = register.projects.get_mut("b-draft").unwrap();
        draft.put("status", Name::Period(period), Slot::Draft(None));
        let found = of(&register, period);
        assert_eq!(found.filed, ["a-filed"]);
        let missing: Vec<_> = found.missing.iter().map(|one| (one.project, one.unusable)).collect();
        assert_eq!(missing, [("b-draft", Some(Unusable::Draft)), ("c-silent", None)]);
    }
}
