//! What somebody has to do: risks, assumptions, issues, actions, decisions, reviews and their conditions, as one list.
//!
//! The list is the RAID log of a project (PMI's risks, assumptions or actions, issues, decisions), with what
//! each item waits for: its owner, the day it was raised, and the day by which something is due.

use serde::Serialize;

use super::{exposure, risk_life};
use crate::model::audience::Section;
use crate::model::decision::DecisionState;
use crate::model::{
    Action, Assumption, Date, Decision, Issue, Name, RecordId, Register, Review, Risk, Shelf,
};

/// What sort of item it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// A risk, to be reviewed.
    Risk,
    /// An assumption, to be validated.
    Assumption,
    /// An issue, to be resolved.
    Issue,
    /// An action, to be done.
    Action,
    /// A decision, to be taken.
    Decision,
    /// A review, to be held.
    Review,
    /// A condition that a review set, to be met.
    Condition,
}

impl What {
    /// The kinds of a RAID log, in its order.
    pub const LOG: [Self; 5] = [Self::Risk, Self::Assumption, Self::Issue, Self::Action, Self::Decision];

    /// The word that names one.
    pub fn word(self) -> &'static str {
        match self {
            Self::Risk => "risk",
            Self::Assumption => "assumption",
            Self::Issue => "issue",
            Self::Action => "action",
            Self::Decision => "decision",
            Self::Review => "review",
            Self::Condition => "condition",
        }
    }

    /// The section of a report that one belongs to.
    pub fn section(self) -> Section {
        match self {
            Self::Risk => Section::Risks,
            Self::Issue => Section::Issues,
            Self::Decision => Section::Decisions,
            _ => Section::Actions,
        }
    }

    /// What is due on its day: `risk review`, `action`.
    pub fn due(self) -> &'static str {
        match self {
            Self::Risk => "risk review",
            _ => self.word(),
        }
    }
}

/// When an item ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It has not.
    None,
    /// On this day.
    On(Date),
    /// Nobody wrote down when.
    Undated,
}

/// Something that somebody has to do, or had to.
#[derive(Clone, Debug, PartialEq)]
pub struct Item<'a> {
    /// The record.
    pub id: RecordId,
    /// What sort of item it is.
    pub what: What,
    /// What it is about.
    pub title: &'a str,
    /// Who answers for it, a person's id.
    pub owner: Option<&'a str>,
    /// The day it was raised.
    pub raised: Option<Date>,
    /// The day by which something is due of it.
    pub due: Option<Date>,
    /// When it ended.
    pub end: End,
}

impl Item<'_> {
    /// Whether it was known and not yet ended on a day.
    pub fn is_open(&self, day: Date) -> bool {
        let is_known = self.raised.is_none_or(|raised| raised <= day);
        is_known
            && match self.end {
                End::None => true,
                End::On(end) => end > day,
                End::Undated => false,
            }
    }

    /// How many days it has been open, or was.
    pub fn age(&self, day: Date) -> Option<i64> {
        let until = match self.end {
            End::On(end) if end <= day => end,
            End::Undated => return None,
            _ => day,
        };
        Some(until.days_since(self.raised?)).filter(|days| *days >= 0)
    }

    /// How many days its day has passed; negative while it is to come, nothing once it has ended.
    pub fn days_late(&self, day: Date) -> Option<i64> {
        self.due.filter(|_| self.is_open(day)).map(|due| day.days_since(due))
    }

    /// Whether its day has passed.
    pub fn is_overdue(&self, day: Date) -> bool {
        self.days_late(day).is_some_and(|days| days > 0)
    }
}

/// Lists the items of a project, open and ended, kind by kind.
pub fn of_project<'a>(register: &'a Register, project: &str) -> Vec<Item<'a>> {
    register.projects.get(project).map(|shelf| of_shelf(register, shelf, project)).unwrap_or_default()
}

fn of_shelf<'a>(register: &Register, shelf: &'a Shelf, project: &str) -> Vec<Item<'a>> {
    let mut items = Vec::new();
    let id =
        |kind: &'static str, name: &Name| RecordId { kind, home: project.to_owned(), name: name.clone() };
    let owner = |owner: &'a Option<String>| owner.as_deref().map(str::trim).filter(|owner| !owner.is_empty());
    let end = |is_over: bool, on: Option<Date>| match (on, is_over) {
        (Some(on), _) => End::On(on),
        (None, true) => End::Undated,
        (None, false) => End::None,
    };
    for (name, risk) in shelf.records::<Risk>() {
        // A risk that is open has not ended, whatever day stands in its file.
        items.push(Item {
            id: id("risk", name),
            what: What::Risk,
            title: &risk.title,
            owner: owner(&risk.owner),
            raised: risk.raised,
            due: risk_life::review_due(risk, &register.config.risk),
            end: if exposure::is_open(risk) { End::None } else { end(true, risk.closed_on) },
        });
    }
    for (name, assumption) in shelf.records::<Assumption>() {
        items.push(Item {
            id: id("assumption", name),
            what: What::Assumption,
            title: &assumption.title,
            owner: owner(&assumption.owner),
            raised: assumption.raised,
            due: assumption.validate_by,
            end: end(false, assumption.closed_on),
        });
    }
    for (name, issue) in shelf.records::<Issue>() {
        items.push(Item {
            id: id("issue", name),
            what: What::Issue,
            title: &issue.title,
            owner: owner(&issue.owner),
            raised: issue.raised,
            due: issue.due,
            end: end(false, issue.closed_on),
        });
    }
    for (name, action) in shelf.records::<Action>() {
        items.push(Item {
            id: id("action", name),
            what: What::Action,
            title: &action.title,
            owner: owner(&action.owner),
            raised: action.raised,
            due: action.due,
            end: end(false, action.done_on),
        });
    }
    for (name, decision) in shelf.records::<Decision>() {
        items.push(Item {
            id: id("decision", name),
            what: What::Decision,
            title: &decision.title,
            owner: owner(&decision.of),
            raised: decision.raised,
            due: decision.wanted_by,
            end: end(decision.state != DecisionState::Open, decision.decided_on),
        });
    }
    for (name, review) in shelf.records::<Review>() {
        items.push(Item {
            id: id("review", name),
            what: What::Review,
            title: review.title.as_deref().unwrap_or("to be held"),
            owner: None,
            raised: None,
            due: review.planned,
            end: end(false, review.held_on),
        });
        items.extend(review.conditions.iter().map(|condition| Item {
            id: id("review", name),
            what: What::Condition,
            title: &condition.text,
            owner: owner(&condition.owner),
            raised: review.held_on,
            due: condition.due,
            end: end(false, condition.met_on),
        }));
    }
    items
}

/// For how long items have been open: counts by age in days, in the order of [`Ages::LIMITS`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Ages {
    /// Open.
    pub open: usize,
    /// Whose day has passed.
    pub overdue: usize,
    /// That nobody answers for.
    pub without_owner: usize,
    /// Open for up to 30 days.
    pub to_30_days: usize,
    /// Open for 31 to 90 days.
    pub to_90_days: usize,
    /// Open for longer.
    pub over_90_days: usize,
    /// That nobody wrote a day of raising for.
    pub undated: usize,
    /// The age of the oldest, in days.
    pub oldest_days: Option<i64>,
}

impl Ages {
    /// The last day of the first and of the second band.
    pub const LIMITS: [i64; 2] = [30, 90];

    /// Counts the open ones of some items on a day.
    pub fn of<'a>(items: impl IntoIterator<Item = &'a Item<'a>>, day: Date) -> Self {
        let mut ages = Self::default();
        for item in items.into_iter().filter(|item| item.is_open(day)) {
            ages.open += 1;
            ages.overdue += usize::from(item.is_overdue(day));
            ages.without_owner += usize::from(item.owner.is_none());
            let age = item.age(day);
            match age {
                None => ages.undated += 1,
                Some(days) if days <= Self::LIMITS[0] => ages.to_30_days += 1,
                Some(days) if days <= Self::LIMITS[1] => ages.to_90_days += 1,
                Some(_) => ages.over_90_days += 1,
            }
            ages.oldest_days = ages.oldest_days.max(age);
        }
        ages
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::{day, register};

    fn items(files: &[(&str, &str)]) -> Vec<(String, bool, Option<i64>, Option<i64>)> {
        let charter = "name = 'x'\nmanager = 'j'\nstate = 'active'";
        let files: Vec<(&str, &str)> =
            std::iter::once(("projects/crm/project.toml", charter)).chain(files.iter().copied()).collect();
        let register = register(&files);
        let on = day("2026-11-20");
        let items = of_project(&register, "crm");
        items.iter().map(|i| (i.id.stem(), i.is_open(on), i.age(on), i.days_late(on))).collect()
    }

    #[test]
    fn an_item_is_open_from_the_day_it_was_raised_to_the_day_before_it_ended() {
        let issue = |raised: &str, closed: &str| {
            let text = format!("title = 'x'\nraised = {raised}\ndue = 2026-11-19\n{closed}");
            items(&[("projects/crm/issues/I-001.toml", &text)]).remove(0)
        };
        assert_eq!(issue("2026-11-20", ""), ("I-001".to_owned(), true, Some(0), Some(1)));
        assert_eq!(issue("2026-11-21", ""), ("I-001".to_owned(), false, None, None), "not known yet");
        let ended = issue("2026-11-01", "closed_on = 2026-11-20");
        assert_eq!(ended, ("I-001".to_owned(), false, Some(19), None));
        let ends_later = issue("2026-11-01", "closed_on = 2026-11-21");
        assert_eq!(ends_later, ("I-001".to_owned(), true, Some(19), Some(1)));
    }

    #[test]
    fn every_kind_is_in_the_log() {
        let found = items(&[
            ("projects/crm/risks/R-001.toml", "title = 'x'\nreview_by = 2026-11-19"),
            ("projects/crm/risks/R-002.toml", "title = 'x'\nstate = 'closed'"),
            ("projects/crm/assumptions/S-001.toml", "title = 'x'\nvalidate_by = 2026-11-21"),
            ("projects/crm/actions/A-001.toml", "title = 'x'\ndone_on = 2026-11-01"),
            ("projects/crm/decisions/D-001.toml", "title = 'x'\nstate = 'decided'"),
            (
                "projects/crm/reviews/G1-1.toml",
                "kind = 'gate'\nheld_on = 2026-11-01\nconditions = [{ text = 'x', due = 2026-11-10 }]",
            ),
        ]);
        let open: Vec<(&str, Option<i64>)> =
            found.iter().filter(|(_, open, ..)| *open).map(|(id, _, _, late)| (id.as_str(), *late)).collect();
        assert_eq!(open, [("R-001", Some(1)), ("S-001", Some(-1)), ("G1-1", Some(10))]);
        assert_eq!(found.len(), 7);
    }

    #[test]
    fn ages_fall_into_the_bands_at_their_limits() {
        let register = register(&[
            ("projects/crm/project.toml", "name = 'x'\nmanager = 'j'\nstate = 'active'"),
            ("projects/crm/issues/I-001.toml", "title = 'x'\nowner = 'j'\nraised = 2026-10-21"),
            ("projects/crm/issues/I-002.toml", "title = 'x'\nraised = 2026-10-20\ndue = 2026-11-19"),
            ("projects/crm/issues/I-003.toml", "title = 'x'\nowner = ' '\nraised = 2026-08-22"),
            ("projects/crm/issues/I-004.toml", "title = 'x'\nraised = 2026-08-21"),
            ("projects/crm/issues/I-005.toml", "title = 'x'"),
            ("projects/crm/issues/I-006.toml", "title = 'x'\nclosed_on = 2026-11-20"),
        ]);
        let items = of_project(&register, "crm");
        let ages = Ages {
            open: 5,
            overdue: 1,
            without_owner: 4,
            to_30_days: 1,
            to_90_days: 2,
            over_90_days: 1,
            undated: 1,
            oldest_days: Some(91),
        };
        assert_eq!(Ages::of(&items, day("2026-11-20")), ages);
    }
}
