//! What falls on which day: milestones, reviews, deadlines of reports, decisions wanted, whatever is due.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::analysis::{calendar, schedule};
use crate::document::{Cell, Column, Document, Table};
use crate::model::{Date, Decision, Name, Period, Project, RecordId, Register, Review, Shelf, Slot};

use super::{Asked, Head};

/// For how many days to come the deadlines of reports are told.
const AHEAD: i64 = 91;

/// What sort of day it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Occasion {
    /// A milestone is to be reached, or was.
    Milestone,
    /// A project is to end.
    Finish,
    /// A review is to be held, or was.
    Review,
    /// A status report is due.
    Report,
    /// A decision is wanted.
    Decision,
    /// An action is due.
    Action,
    /// An issue is to be resolved.
    Issue,
    /// A risk is to be looked at again.
    Risk,
    /// An assumption is to be validated.
    Assumption,
    /// A condition of a review is to be met.
    Condition,
}

impl Occasion {
    /// The word that people read.
    pub fn word(self) -> &'static str {
        match self {
            Self::Milestone => "milestone",
            Self::Finish => "finish",
            Self::Review => "review",
            Self::Report => "status report",
            Self::Decision => "decision",
            Self::Action => "action",
            Self::Issue => "issue",
            Self::Risk => "risk",
            Self::Assumption => "assumption",
            Self::Condition => "condition",
        }
    }
}

/// A day on which something falls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dated {
    /// What it is, by a reference that stays the same when the day moves.
    pub reference: String,
    /// What sort of day it is.
    pub occasion: Occasion,
    /// The project, by id.
    pub project: String,
    /// The day.
    pub day: Date,
    /// What people read.
    pub title: String,
    /// What else there is to say, a sentence a line.
    pub about: Vec<String>,
}

/// Whose days are told; everybody's unless something is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whose {
    /// These people's, by id: of projects that they manage, and of what they answer for elsewhere.
    pub person: Vec<String>,
}

impl Whose {
    fn takes(&self, people: &[Option<&str>]) -> bool {
        let is_asked = |id: &&str| self.person.iter().any(|own| own == id);
        self.person.is_empty() || people.iter().flatten().any(is_asked)
    }
}

/// The days of a register's projects, the earliest first. What is over or done is told only of milestones and
/// reviews.
pub fn dates(register: &Register, whose: &Whose, day: Date) -> Vec<Dated> {
    let mut found = Vec::new();
    for (id, charter, shelf) in register.charters().filter(|(_, charter, _)| !charter.state.is_over()) {
        let project = Of { register, whose, id, charter, shelf, day };
        project.schedule(&mut found);
        project.reports(&mut found);
        project.records(&mut found);
    }
    found.sort_by(|a, b| (a.day, a.occasion, &a.reference).cmp(&(b.day, b.occasion, &b.reference)));
    found
}

/// One project.
struct Of<'a> {
    register: &'a Register,
    whose: &'a Whose,
    id: &'a str,
    charter: &'a Project,
    shelf: &'a Shelf,
    day: Date,
}

impl Of<'_> {
    fn dated(&self, reference: String, occasion: Occasion, day: Date, title: &str) -> Dated {
        let title = format!("{}: {title}", self.charter.name);
        Dated { reference, occasion, project: self.id.to_owned(), day, title, about: Vec::new() }
    }

    fn takes(&self, owner: Option<&str>) -> bool {
        self.whose.takes(&[Some(self.charter.manager.as_str()), owner])
    }

    fn answers(&self, who: Option<&str>) -> Option<String> {
        who.map(|id| format!("{} answers for it.", self.register.person_name(id)))
    }

    fn schedule(&self, found: &mut Vec<Dated>) {
        if !self.takes(None) {
            return;
        }
        let newest = calendar::newest(self.register, self.id, self.day).map(|(_, status)| status);
        let view = schedule::view(self.charter, newest, self.day);
        for milestone in &view.milestones {
            let forecast = milestone.reported.and_then(|own| own.forecast);
            let agreed = milestone.milestone.baseline;
            let Some(day) = milestone.actual.or(forecast).or(agreed) else { continue };
            let reference = format!("{}#{}", self.id, milestone.milestone.id);
            let mut dated = self.dated(reference, Occasion::Milestone, day, milestone.milestone.title());
            dated.about.extend(agreed.map(|day| format!("Agreed for {day}.")));
            match milestone.actual {
                Some(day) => dated.about.push(format!("Reached on {day}.")),
                None => dated.about.extend(forecast.map(|day| format!("Expected on {day}."))),
            }
            dated.about.extend(milestone.reported.and_then(|own| own.note.clone()));
            found.push(dated);
        }
        if let Some(day) = view.forecast.or(view.finish) {
            let mut dated = self.dated(self.id.to_owned(), Occasion::Finish, day, "finish");
            dated.about.extend(view.finish.map(|day| format!("Agreed for {day}.")));
            dated.about.extend(view.forecast.map(|day| format!("Expected on {day}.")));
            found.push(dated);
        }
    }

    /// The deadlines of the current report and of those of the next quarter, but for what is there already.
    fn reports(&self, found: &mut Vec<Dated>) {
        let terms = calendar::terms_of(self.register, self.id);
        if !terms.reports() || !self.takes(None) {
            return;
        }
        let mut period: Period = terms.current(self.day);
        while terms.deadline(period) <= self.day.plus_days(AHEAD) {
            let is_there = matches!(
                self.shelf.slot("status", &Name::Period(period)),
                Some(Slot::Read(_) | Slot::Unread)
            );
            if !is_there {
                let reference = RecordId::status(self.id, period).to_string();
                let title = format!("status report {period} is due");
                let mut dated = self.dated(reference, Occasion::Report, terms.deadline(period), &title);
                dated.about.extend(self.answers(Some(&self.charter.manager)));
                found.push(dated);
            }
            let next = period.next();
            if next <= period {
                break;
            }
            period = next;
        }
    }

    fn records(&self, found: &mut Vec<Dated>) {
        for (key, slot) in self.shelf.all() {
            let Some(record) = slot.record() else { continue };
            let id = RecordId { kind: key.kind, home: self.id.to_owned(), name: key.name.clone() };
            if let Some(review) = record.as_any().downcast_ref::<Review>() {
                self.review(&id, review, found);
                continue;
            }
            let occasion = match key.kind {
                "decision" => Occasion::Decision,
                "action" => Occasion::Action,
                "issue" => Occasion::Issue,
                "risk" => Occasion::Risk,
                "assumption" => Occasion::Assumption,
                _ => continue,
            };
            let (Some(day), false) = (record.due(), record.is_closed()) else { continue };
            let decider = record.as_any().downcast_ref::<Decision>().and_then(|own| own.of.as_deref());
            let owner = record.owner().or(decider);
            if !self.takes(owner) {
                continue;
            }
            let what = match occasion {
                Occasion::Decision => format!("decision wanted: {}", record.title()),
                Occasion::Risk => format!("look at risk again: {}", record.title()),
                Occasion::Assumption => format!("validate: {}", record.title()),
                _ => record.title().to_owned(),
            };
            let mut dated = self.dated(id.to_string(), occasion, day, &what);
            dated.about.extend(self.answers(owner));
            found.push(dated);
        }
    }

    fn review(&self, id: &RecordId, review: &Review, found: &mut Vec<Dated>) {
        let title = review.title.clone().unwrap_or_else(|| format!("review {}", id.stem()));
        if let Some(day) = review.held_on.or(review.planned)
            && self.takes(None)
        {
            let mut dated = self.dated(id.to_string(), Occasion::Review, day, &title);
            dated.about.extend(review.held_on.map(|day| format!("Held on {day}.")));
            dated.about.extend(review.forum.as_ref().map(|forum| format!("Before {forum}.")));
            found.push(dated);
        }
        let open = review.conditions.iter().enumerate().filter(|(_, own)| own.met_on.is_none());
        for (at, condition) in open {
            let Some(day) = condition.due else { continue };
            if self.takes(condition.owner.as_deref()) {
                let reference = format!("{id}/condition-{}", at + 1);
                let mut dated = self.dated(reference, Occasion::Condition, day, &condition.text);
                dated.about.extend(self.answers(condition.owner.as_deref()));
                found.push(dated);
            }
        }
    }
}

/// The milestones and finishes of a register's projects as a page, the earliest first.
pub fn page(register: &Register, asked: &Asked) -> Document {
    let head = Head::new("dates", register, asked);
    let columns = vec![
        Column::new("day", "Day"),
        Column::new("project", "Project"),
        Column::new("what", "What"),
        Column::new("reference", "Reference"),
        Column::new("title", "Title").stretch(),
        Column::new("about", "About").stretch(),
    ];
    let mut table = Table::new("milestones", columns).main();
    for dated in dates(register, &Whose::default(), asked.day) {
        if !matches!(dated.occasion, Occasion::Milestone | Occasion::Finish) {
            continue;
        }
        table.row(vec![
            Cell::Date(dated.day.0),
            Cell::reference(dated.project.as_str()),
            Cell::text(dated.occasion.word()),
            Cell::reference(dated.reference.as_str()),
            Cell::text(dated.title.as_str()),
            Cell::text(dated.about.join(" ")),
        ]);
    }
    let mut page = Document::new(head.register, asked.day.0).source(asked.source.as_str());
    page.table(table);
    page
}

/// The ids of the projects on which something falls.
pub fn projects_of(dates: &[Dated]) -> BTreeSet<&str> {
    dates.iter().map(|dated| dated.project.as_str()).collect()
}
