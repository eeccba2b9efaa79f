//! What was agreed on a day: the baseline that was in force then, as the charter keeps it.

use crate::model::number::Money;
use crate::model::{Date, Number, Project};

/// What is agreed of a project's finish and budget.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agreed {
    /// The first day.
    pub start: Option<Date>,
    /// The last day.
    pub finish: Option<Date>,
    /// The budget at completion.
    pub budget: Option<Money>,
}

/// The baseline that was in force on a day.
///
/// It is the newest whose day of approval has come. One that names no such day is taken to have held since the
/// one before it; before every approval the oldest holds. What a superseded baseline does not say of itself
/// did not change with the next one, so it is taken from there.
pub fn on(charter: &Project, day: Date) -> Agreed {
    let all = every(charter);
    let in_force = all.iter().find(|(approved, _)| approved.is_none_or(|approved| approved <= day));
    in_force.or(all.last()).map(|(_, agreed)| *agreed).unwrap_or_default()
}

/// What was agreed first.
pub fn first(charter: &Project) -> Agreed {
    every(charter).last().map(|(_, agreed)| *agreed).unwrap_or_default()
}

/// Every baseline with the day of its approval, the newest first.
fn every(charter: &Project) -> Vec<(Option<Date>, Agreed)> {
    let now = Agreed {
        start: charter.schedule.start,
        finish: charter.schedule.finish,
        budget: charter.budget.approved.map(Number::from),
    };
    let mut all = vec![(charter.baseline.as_ref().and_then(|baseline| baseline.approved_on), now)];
    let mut next = now;
    for earlier in &charter.superseded {
        next = Agreed {
            start: earlier.start.or(next.start),
            finish: earlier.finish.or(next.finish),
            budget: earlier.budget.map(Number::from).or(next.budget),
        };
        all.push((earlier.approved_on, next));
    }
    // The oldest held from the beginning; a newer one without a day says nothing of when it came.
    let oldest = all.len() - 1;
    let kept = all.into_iter().enumerate().filter(|(at, (approved, _))| *at == oldest || approved.is_some());
    let mut kept: Vec<_> = kept.map(|(_, one)| one).collect();
    if charter.baseline.as_ref().is_none_or(|baseline| baseline.approved_on.is_none()) {
        kept.insert(0, (None, now));
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::{day, register};

    fn finish(charter: &str, on_day: &str) -> String {
        let charter = format!("name = 'C'\nmanager = 'j'\nstate = 'active'\n{charter}");
        let register = register(&[("projects/crm/project.toml", &charter)]);
        on(register.project("crm").unwrap(), day(on_day)).finish.unwrap().to_string()
    }

    #[test]
    fn the_newest_baseline_approved_by_the_day_is_in_force() {
        let charter = "schedule.finish = 2027-03-31\nbaseline.approved_on = 2026-08-14\n\
                       superseded = [{ approved_on = 2026-05-01, finish = 2027-02-28 }, \
                       { approved_on = 2026-01-20, finish = 2027-01-31, budget = 100 }]\n";
        for (on_day, expected) in [
            ("2026-01-01", "2027-01-31"),
            ("2026-04-30", "2027-01-31"),
            ("2026-05-01", "2027-02-28"),
            ("2026-08-13", "2027-02-28"),
            ("2026-08-14", "2027-03-31"),
        ] {
            assert_eq!(finish(charter, on_day), expected, "{on_day}");
        }
    }

    #[test]
    fn without_a_day_of_approval_what_is_agreed_now_holds() {
        assert_eq!(finish("schedule.finish = 2027-03-31", "2020-01-01"), "2027-03-31");
        let undated = "schedule.finish = 2027-03-31\nsuperseded = [{ finish = 2027-01-31 }]\n";
        assert_eq!(finish(undated, "2026-01-01"), "2027-03-31");
    }

    #[test]
    fn the_first_agreement_is_the_oldest_and_takes_from_the_next_what_it_does_not_say() {
        let charter = "name = 'C'\nmanager = 'j'\nstate = 'active'\nschedule.finish = 2027-03-31\n\
                       budget.approved = 120\nsuperseded = [{ finish = 2027-01-31 }]\n";
        let register = register(&[("projects/crm/project.toml", charter)]);
        let agreed = first(register.project("crm").unwrap());
        assert_eq!((agreed.finish, agreed.budget), (Some(day("2027-01-31")), Some(120.into())));
    }
}
