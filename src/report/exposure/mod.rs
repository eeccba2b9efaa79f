//! What open risks may cost and save, now and after the responses, against the contingency that is left.

mod page;

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::Serialize;

use crate::analysis::risk_worth::Exposed;
use crate::analysis::sum::Sum;
use crate::document::Document;
use crate::model::audience::{Section, Withhold};
use crate::model::finance::minor_units;
use crate::model::risk::RiskKind;
use crate::model::{Number, Register};

use super::converted::Converted;
use super::head::{Asked, Head};
use super::incomplete::Incomplete;
use super::risks::{self, Entry, Held};
use super::selection::{Selection, UnknownWord};

/// By what exposure is added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// The project.
    #[default]
    Project,
    /// The risk's owner.
    Owner,
    /// The risk's category.
    Category,
    /// The supplier that the risk hangs on.
    Supplier,
    /// The project's programme.
    Programme,
    /// The division that owns the project.
    Division,
}

impl By {
    /// The words that name the groupings.
    pub const WORDS: [&'static str; 6] =
        ["project", "owner", "category", "supplier", "programme", "division"];

    /// The word that names it.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// Whether a project belongs to one group as a whole, so that its contingency does too.
    fn is_of_project(self) -> bool {
        matches!(self, Self::Project | Self::Programme | Self::Division)
    }

    /// What the group of a risk is called; nothing where the record does not say.
    fn of(self, entry: &Entry, held: &Held) -> Option<String> {
        match self {
            Self::Owner => entry.owner_name.clone(),
            Self::Category => entry.category.clone(),
            Self::Supplier => entry.supplier.clone(),
            _ => self.of_project(held),
        }
    }

    fn of_project(self, held: &Held) -> Option<String> {
        let standing = &held.standing;
        match self {
            Self::Programme => standing.programme_name.clone().or_else(|| standing.programme.clone()),
            Self::Division => standing.division.clone(),
            _ => Some(standing.project.clone()),
        }
    }
}

impl FromStr for By {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        let all =
            [Self::Project, Self::Owner, Self::Category, Self::Supplier, Self::Programme, Self::Division];
        let unknown = || UnknownWord { word: word.to_owned(), known: Self::WORDS.to_vec() };
        all.into_iter().find(|by| by.word() == word).ok_or_else(unknown)
    }
}

/// What exposure is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Options {
    /// Which projects.
    pub selection: Selection,
    /// By what.
    pub by: By,
}

/// What open risks may cost and save.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Exposure {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// What was asked for.
    pub options: Options,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// How many projects are listed.
    pub projects: usize,
    /// How many are not.
    pub left_out: usize,
    /// The sums by currency; the register's own first.
    pub totals: Vec<Total>,
    /// The sums over all currencies in the register's own, where there are several.
    pub converted: Option<Converted<Total>>,
    /// The sums of each group and currency, the most threatened first.
    pub groups: Vec<Group>,
    /// Projects whose threats may cost more than is left of their contingency, the most first.
    pub over: Vec<Over>,
}

/// Sums in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Total {
    /// The currency.
    pub currency: String,
    /// What risks come to.
    #[serde(flatten)]
    pub exposed: Exposed,
    /// What is left of the contingency, over projects; nothing where a group is not one of whole projects.
    pub contingency_left: Option<Sum>,
    /// What would be left of it after the threats as expected now, over projects that state it.
    pub headroom: Option<Sum>,
}

/// The sums of one group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// What it is called; nothing for risks that do not say.
    pub title: Option<String>,
    /// Its sums.
    #[serde(flatten)]
    pub total: Total,
}

/// A project whose threats may cost more than is left of its contingency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Over {
    /// The project.
    pub project: String,
    /// What its threats may cost.
    pub threatened: Number,
    /// What is left of its contingency.
    pub contingency_left: Number,
    /// The currency.
    pub currency: String,
}

impl Total {
    fn new(currency: &str, is_of_projects: bool) -> Self {
        let sum = is_of_projects.then(Sum::default);
        Self {
            currency: currency.to_owned(),
            exposed: Exposed::default(),
            contingency_left: sum,
            headroom: sum,
        }
    }

    /// The same rounded to so many decimals.
    fn rounded(self, decimals: u32) -> Self {
        Self {
            exposed: self.exposed.rounded(decimals),
            contingency_left: self.contingency_left.map(|sum| sum.rounded(decimals)),
            headroom: self.headroom.map(|sum| sum.rounded(decimals)),
            ..self
        }
    }

    fn add(&mut self, entry: &Entry, rate: Option<Number>) {
        self.exposed.add(entry.kind, &entry.worth.at(rate));
    }

    fn add_project(&mut self, held: &Held, rate: Option<Number>) {
        let by = |value: Number| rate.and_then(|rate| value.0.checked_mul(rate.0)).map(Number);
        if let Some(sum) = &mut self.contingency_left {
            sum.add(held.contingency_left.and_then(by));
        }
        if let Some(sum) = &mut self.headroom {
            sum.add(headroom(held).and_then(by));
        }
    }
}

/// What open threats of a project may cost, of those that state it; zero where it has none.
fn threatened(held: &Held) -> Option<Number> {
    let mut exposed = Exposed::default();
    open(held).for_each(|entry| exposed.add(entry.kind, &entry.worth));
    if exposed.threats.risks == 0 { Some(Number::ZERO) } else { exposed.threats.now.value }
}

fn headroom(held: &Held) -> Option<Number> {
    let (left, threatened) = held.contingency_left.zip(threatened(held))?;
    left.0.checked_sub(threatened.0).map(Number)
}

fn open(held: &Held) -> impl Iterator<Item = &Entry> {
    held.risks.iter().filter(|entry| entry.is_open)
}

/// Makes the report of the projects that are held.
pub fn exposure(register: &Register, held: Vec<Held>, asked: &Asked, options: Options) -> Exposure {
    let head = Head::new("exposure", register, asked);
    let before = held.len();
    let is_shown = head.shows(Section::Risks) && !head.withholds(Withhold::Money);
    let mut kept: Vec<Held> =
        held.into_iter().filter(|held| options.selection.keeps(&held.standing)).collect();
    let projects = kept.len();
    if !is_shown {
        kept.clear();
    }
    let own = head.currency.as_str();
    let totals = totals(&kept, own);
    Exposure {
        converted: (totals.len() > 1).then(|| converted(register, &kept, own, asked)),
        groups: groups(&kept, options.by),
        over: over(&kept),
        incomplete: Incomplete::of(register, &risks::scope(asked)),
        totals,
        projects,
        left_out: before - projects,
        head,
        options,
    }
}

/// The sums by currency; the register's own comes first.
pub(super) fn totals(kept: &[Held], own: &str) -> Vec<Total> {
    let mut all: BTreeMap<(bool, &str), Total> = BTreeMap::new();
    for held in kept {
        let currency = held.standing.cost.currency.as_str();
        let total = all.entry((currency != own, currency)).or_insert_with(|| Total::new(currency, true));
        total.add_project(held, Some(1.into()));
        open(held).for_each(|entry| total.add(entry, Some(1.into())));
    }
    all.into_values().collect()
}

/// The sums over all currencies, at the rates of the day.
fn converted(register: &Register, kept: &[Held], own: &str, asked: &Asked) -> Converted<Total> {
    Converted::of(register, asked.day, |conversion| {
        let mut all = Total::new(own, true);
        for held in kept {
            let rate = conversion.rate(&held.standing.cost.currency);
            all.add_project(held, rate);
            open(held).for_each(|entry| all.add(entry, rate));
        }
        all.rounded(minor_units(own))
    })
}

fn groups(kept: &[Held], by: By) -> Vec<Group> {
    let mut all: BTreeMap<(Option<String>, &str), Total> = BTreeMap::new();
    for held in kept {
        let currency = held.standing.cost.currency.as_str();
        let new = || Total::new(currency, by.is_of_project());
        if by.is_of_project() {
            all.entry((by.of_project(held), currency)).or_insert_with(new).add_project(held, Some(1.into()));
        }
        for entry in open(held) {
            all.entry((by.of(entry, held), currency)).or_insert_with(new).add(entry, Some(1.into()));
        }
    }
    let mut groups: Vec<Group> = all.into_iter().map(|((title, _), total)| Group { title, total }).collect();
    // A project without open risks still has its contingency, which is part of the sum.
    let has_contingency = |total: &Total| total.contingency_left.is_some_and(|left| left.value.is_some());
    groups.retain(|Group { total, .. }| {
        total.exposed.threats.risks + total.exposed.opportunities.risks > 0 || has_contingency(total)
    });
    // Stable, so that equal ones stay in the order of their names.
    groups.sort_by_key(|group| std::cmp::Reverse(group.total.exposed.threats.now.value));
    groups
}

/// Projects whose threats may cost more than is left, the most over it first.
fn over(kept: &[Held]) -> Vec<Over> {
    let mut over: Vec<Over> = kept
        .iter()
        .filter_map(|held| {
            let (threatened, contingency_left) = threatened(held).zip(held.contingency_left)?;
            (threatened > contingency_left).then(|| Over {
                project: held.standing.project.clone(),
                threatened,
                contingency_left,
                currency: held.standing.cost.currency.clone(),
            })
        })
        .collect();
    over.sort_by_key(|one| std::cmp::Reverse(one.threatened.0.saturating_sub(one.contingency_left.0)));
    over
}

impl Exposure {
    /// How many open risks of a kind are listed.
    pub(super) fn count(&self, kind: RiskKind) -> usize {
        let of = |total: &Total| match kind {
            RiskKind::Threat => total.exposed.threats.risks,
            RiskKind::Opportunity => total.exposed.opportunities.risks,
        };
        self.totals.iter().map(of).sum()
    }

    /// The report as a page.
    pub fn page(&self) -> Document {
        page::page(self)
    }
}
