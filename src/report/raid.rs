//! The RAID log of a project or of the portfolio: risks, assumptions, issues, actions and decisions, and for how
//! long they have been open.

mod page;

use serde::Serialize;

use crate::analysis::exposure::{self, Band};
use crate::analysis::open_items::{self, Ages, End, What};
use crate::document::Document;
use crate::model::issue::Severity;
use crate::model::{Action, Assumption, Date, Decision, Issue, RecordId, Register, Reports, Risk, Scope};

use super::head::{Asked, Head};
use super::incomplete::Incomplete;
use super::selection::Selection;
use super::standing::{self, Standing};

/// What a log is asked for; an empty list allows any.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Options {
    /// Only this project.
    pub project: Option<String>,
    /// Which projects.
    pub selection: Selection,
    /// Only items of these sorts.
    pub what: Vec<What>,
    /// Only what these people answer for, by id.
    pub owner: Vec<String>,
    /// Only what is past its day.
    pub overdue: bool,
    /// What has ended, too.
    pub ended: bool,
}

/// The log.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Raid {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// What was asked for.
    pub options: Options,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// How many projects were looked at.
    pub projects: usize,
    /// How many are open of each sort, and for how long.
    pub ages: Vec<Aged>,
    /// The items, sort by sort, those that need somebody first.
    pub items: Vec<RaidItem>,
}

/// How many items of a sort are open, and for how long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Aged {
    /// Of which sort.
    pub what: What,
    /// The counts.
    #[serde(flatten)]
    pub ages: Ages,
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RaidItem {
    /// Its reference.
    pub record: String,
    /// What sort of item it is.
    pub what: What,
    /// The project.
    pub project: String,
    /// The project's programme.
    pub programme: Option<String>,
    /// What it is about.
    pub title: String,
    /// Whether it is a risk that would help.
    pub is_opportunity: bool,
    /// Probability times impact, of a risk.
    pub score: Option<u32>,
    /// The band of the score.
    pub band: Option<Band>,
    /// How bad it is, of an issue; how sure, of an assumption.
    pub level: Option<&'static str>,
    /// Who answers for it, a person's id.
    pub owner: Option<String>,
    /// That person's name.
    pub owner_name: Option<String>,
    /// The day it was raised.
    pub raised: Option<Date>,
    /// For how many days it has been open, or was.
    pub age_days: Option<i64>,
    /// The day by which something is due of it.
    pub due: Option<Date>,
    /// Days past that day; negative while it is to come.
    pub days_late: Option<i64>,
    /// Whether it is open.
    pub is_open: bool,
    /// The day it ended.
    pub ended_on: Option<Date>,
    /// What is done about it, or what became of it.
    pub answer: Option<String>,
    #[serde(skip)]
    gravity: u32,
}

/// What the log reads.
pub fn scope(asked: &Asked) -> Scope {
    let kinds = [
        "project",
        "programme",
        "person",
        "risk",
        "assumption",
        "issue",
        "action",
        "decision",
        "change",
        "benefit",
        "actuals",
    ];
    Scope::kinds(&kinds).with_reports(Reports::Newest(1)).on(asked.day)
}

/// What the log of one project reads.
pub fn scope_of(project: &str, asked: &Asked) -> Scope {
    Scope { projects: Some([project.to_owned()].into()), ..scope(asked) }
}

/// Makes the log.
pub fn raid(register: &Register, asked: &Asked, options: Options) -> Raid {
    let head = Head::new("raid", register, asked);
    let standings: Vec<Standing> = match &options.project {
        Some(id) => standing::gather(register, id, asked.day).into_iter().collect(),
        None => standing::gather_all(register, asked.day)
            .into_iter()
            .filter(|standing| options.selection.keeps(standing))
            .collect(),
    };
    let mut all = Vec::new();
    for standing in &standings {
        let found = open_items::of_project(register, &standing.project).into_iter();
        all.extend(found.filter(|item| options.keeps(item, asked.day)).map(|item| (standing, item)));
    }
    let mut ages = Vec::new();
    let mut items = Vec::new();
    for what in What::LOG.into_iter().filter(|what| options.wants(*what) && head.shows(what.section())) {
        let kept: Vec<_> = all.iter().filter(|(_, item)| item.what == what).collect();
        ages.push(Aged { what, ages: Ages::of(kept.iter().map(|(_, item)| item), asked.day) });
        let lines = kept.iter().map(|(standing, item)| line(register, standing, item, asked.day));
        let mut lines: Vec<RaidItem> = lines.collect();
        lines.sort_by_cached_key(RaidItem::order);
        items.extend(lines);
    }
    let read = match &options.project {
        Some(id) => scope_of(id, asked),
        None => scope(asked),
    };
    let incomplete = Incomplete::of(register, &read);
    Raid { head, options, incomplete, projects: standings.len(), ages, items }
}

impl Options {
    fn wants(&self, what: What) -> bool {
        self.what.is_empty() || self.what.contains(&what)
    }

    fn keeps(&self, item: &open_items::Item<'_>, day: Date) -> bool {
        let has_owner = |owner: &String| item.owner == Some(owner.as_str());
        (item.is_open(day) || self.ended && item.raised.is_none_or(|raised| raised <= day))
            && (!self.overdue || item.is_overdue(day))
            && (self.owner.is_empty() || self.owner.iter().any(has_owner))
    }
}

fn line(register: &Register, standing: &Standing, item: &open_items::Item<'_>, day: Date) -> RaidItem {
    let mut line = RaidItem {
        record: item.id.to_string(),
        what: item.what,
        project: standing.project.clone(),
        programme: standing.programme.clone(),
        title: item.title.to_owned(),
        is_opportunity: false,
        score: None,
        band: None,
        level: None,
        owner: item.owner.map(str::to_owned),
        owner_name: item.owner.map(|owner| register.person_name(owner).to_owned()),
        raised: item.raised,
        age_days: item.age(day),
        due: item.due,
        days_late: item.days_late(day),
        is_open: item.is_open(day),
        ended_on: match item.end {
            End::On(day) => Some(day),
            _ => None,
        },
        answer: None,
        gravity: 0,
    };
    line.fill(register, &item.id);
    line.answer = line.answer.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    line
}

impl RaidItem {
    /// Fills in what only one kind of record has.
    fn fill(&mut self, register: &Register, id: &RecordId) {
        let is_open = self.is_open;
        let now =
            |plan: &Option<String>, end: &Option<String>| if is_open { plan.clone() } else { end.clone() };
        if let Some(risk) = register.get::<Risk>(id) {
            self.is_opportunity = risk.kind == crate::model::risk::RiskKind::Opportunity;
            self.score = exposure::current_score(risk);
            self.band = exposure::band(risk.probability, risk.impact.as_ref(), &register.config.risk);
            self.gravity = self.score.unwrap_or_default();
            let response = risk.response.map(|response| response.word().to_owned());
            self.answer = match (response, now(&risk.plan, &risk.outcome)) {
                (Some(response), Some(plan)) if is_open => Some(format!("{response}: {plan}")),
                (response, None) if is_open => response,
                (_, text) => text,
            };
        } else if let Some(issue) = register.get::<Issue>(id) {
            self.level = issue.severity.map(Severity::word);
            self.gravity = issue.severity.map_or(0, |severity| severity as u32 + 1);
            self.answer = now(&issue.plan, &issue.resolution);
        } else if let Some(assumption) = register.get::<Assumption>(id) {
            self.level = assumption.confidence.map(|confidence| confidence.word());
            // The least sure first.
            self.gravity = assumption.confidence.map_or(0, |confidence| 3 - confidence as u32);
            self.answer = now(&assumption.effect, &assumption.outcome);
        } else if let Some(decision) = register.get::<Decision>(id) {
            self.answer = now(&decision.recommendation, &decision.outcome);
        } else if let Some(action) = register.get::<Action>(id) {
            self.answer = action.outcome.clone();
        }
    }

    /// Open ones first, of these the gravest, then the soonest due, then the oldest.
    fn order(&self) -> impl Ord + use<> {
        let due = self.due.filter(|_| self.is_open);
        (!self.is_open, std::cmp::Reverse(self.gravity), due.is_none(), due, self.raised, self.record.clone())
    }
}

impl Raid {
    /// The log as a page.
    pub fn page(&self) -> Document {
        page::page(self)
    }
}
