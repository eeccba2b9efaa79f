//! Risks, issues, actions, decisions, changes, benefits and lessons, as documents list them.

use std::cmp::Reverse;

use serde::Serialize;

use crate::analysis::exposure;
use crate::model::issue::Severity;
use crate::model::number::Money;
use crate::model::place::{Name, file_stem};
use crate::model::{self, Date, Issue, Lesson, Number, Record, Register, Risk, Shelf};

/// An item of a register in a document.
#[derive(Clone, Debug, PartialEq, Default, Serialize)]
#[expect(missing_docs, reason = "as in the records")]
pub struct Item {
    pub id: String,
    pub title: String,
    pub owner: Option<String>,
    pub due: Option<Date>,
    pub overdue: bool,
    /// Of a risk.
    pub score: Option<u32>,
    pub effect: Option<String>,
    pub response: Option<&'static str>,
    pub outcome: Option<String>,
    /// Of an issue.
    pub severity: Option<&'static str>,
    pub resolution: Option<String>,
    /// Of a lesson.
    pub advice: Option<String>,
}

/// A change of the baseline.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "as in the records")]
pub struct Change {
    pub id: String,
    pub title: String,
    pub state: &'static str,
    pub cost: Option<Money>,
    pub days: Option<i64>,
}

/// A benefit.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "as in the records")]
pub struct Benefit {
    pub id: String,
    pub title: String,
    pub kind: Option<&'static str>,
    pub measure: Option<String>,
    pub unit: Option<String>,
    pub baseline: Option<Number>,
    pub target: Option<Number>,
    pub forecast: Option<Number>,
    /// The last measured value.
    pub measured: Option<Number>,
    pub from: Option<Date>,
    pub owner: Option<String>,
}

/// An item with what every kind has.
fn item<T: Record>(register: &Register, name: &Name, record: &T) -> Item {
    Item {
        id: file_stem(&T::SPEC, name),
        title: record.title().to_owned(),
        owner: record.owner().map(|id| register.person_name(id).to_owned()),
        due: record.due(),
        ..Item::default()
    }
}

/// The open records of a kind, those due first at the top.
pub(super) fn open<T: Record>(register: &Register, shelf: &Shelf, day: Date) -> Vec<Item> {
    let open = shelf.records::<T>().filter(|(_, record)| !record.is_closed());
    let mut items: Vec<Item> = open.map(|(name, record)| item(register, name, record)).collect();
    for item in &mut items {
        item.overdue = item.due.is_some_and(|due| due < day);
    }
    items.sort_by_key(|item| (item.due.is_none(), item.due));
    items
}

/// The risks that pass, the highest score first.
pub(super) fn risks(register: &Register, shelf: &Shelf, wanted: fn(&Risk) -> bool) -> Vec<Item> {
    let with_score = |(name, risk): (&Name, &Risk)| Item {
        score: exposure::score(risk.probability, risk.impact.as_ref()),
        effect: risk.effect.clone(),
        response: risk.response.map(model::risk::Response::word),
        outcome: risk.outcome.clone(),
        ..item(register, name, risk)
    };
    let mut risks: Vec<Item> =
        shelf.records::<Risk>().filter(|(_, risk)| wanted(risk)).map(with_score).collect();
    risks.sort_by_key(|risk| Reverse(risk.score));
    risks
}

/// The issues, the worst first.
pub(super) fn issues(register: &Register, shelf: &Shelf, day: Date, closed_too: bool) -> Vec<Item> {
    let rank = |issue: &Issue| match issue.severity {
        Some(Severity::Critical) => 0,
        Some(Severity::High) => 1,
        Some(Severity::Medium) => 2,
        Some(Severity::Low) => 3,
        None => 4,
    };
    let mut issues: Vec<(&Name, &Issue)> =
        shelf.records::<Issue>().filter(|(_, issue)| closed_too || !issue.is_closed()).collect();
    issues.sort_by_key(|(_, issue)| rank(issue));
    let with_words = |(name, issue): (&Name, &Issue)| Item {
        severity: issue.severity.map(Severity::word),
        resolution: issue.resolution.clone(),
        overdue: !issue.is_closed() && issue.due.is_some_and(|due| due < day),
        ..item(register, name, issue)
    };
    issues.into_iter().map(with_words).collect()
}

/// The lessons.
pub(super) fn lessons(register: &Register, shelf: &Shelf) -> Vec<Item> {
    let lessons = shelf.records::<Lesson>();
    lessons
        .map(|(name, lesson)| Item { advice: lesson.advice.clone(), ..item(register, name, lesson) })
        .collect()
}

/// The changes, all of them.
pub(super) fn changes(shelf: &Shelf) -> Vec<Change> {
    let changes = shelf.records::<model::Change>();
    changes
        .map(|(name, change)| Change {
            id: file_stem(&<model::Change as Record>::SPEC, name),
            title: change.title.clone(),
            state: change.state.word(),
            cost: change.effect.cost,
            days: change.effect.days,
        })
        .collect()
}

/// The benefits, with their last measurements.
pub(super) fn benefits(register: &Register, shelf: &Shelf) -> Vec<Benefit> {
    let benefits = shelf.records::<model::Benefit>();
    benefits
        .map(|(name, benefit)| Benefit {
            id: file_stem(&<model::Benefit as Record>::SPEC, name),
            title: benefit.title.clone(),
            kind: benefit.kind.map(model::benefit::BenefitKind::word),
            measure: benefit.measure.clone(),
            unit: benefit.unit.clone(),
            baseline: benefit.baseline,
            target: benefit.target,
            forecast: benefit.forecast,
            measured: benefit.measurement.iter().max_by_key(|point| point.date).map(|point| point.value),
            from: benefit.from,
            owner: benefit.owner.as_deref().map(|id| register.person_name(id).to_owned()),
        })
        .collect()
}
