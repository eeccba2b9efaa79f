//! What differs between two states of the register: project by project in words, and key by key beneath.

mod effect;
mod page;
pub(super) mod words;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;

use crate::analysis::difference::between::{self, Moves, Side, Told};
use crate::analysis::difference::files::{self, Fate, RecordChange};
use crate::analysis::difference::{Difference, renames};
use crate::document::{Document, Level, Rating};
use crate::model::field::Differing;
use crate::model::{Date, Rag, Register, Reports, Scope};

use super::head::{Asked, Head};
use super::incomplete::Incomplete;
use super::period::Tally;
use super::period::changed::gravity;
use super::ratings::level;
use super::standing::{Standing, gather_all};

pub use effect::{Effect, MoneyEffect, Sum};

/// A state of the register, and how it is called.
pub struct State<'a> {
    /// The register.
    pub register: &'a Register,
    /// The day on which it is looked at.
    pub day: Date,
    /// Where it is from: `work tree on 3f2c1a9`, `commit 3f2c1a9 (branch main)`.
    pub source: &'a str,
}

/// What differs between two states.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DifferenceReport {
    /// What it is, of which day, from which source: those of the second state.
    #[serde(flatten)]
    pub head: Head,
    /// The first state.
    pub before: StateLine,
    /// The second state.
    pub after: StateLine,
    /// What all differences come to.
    pub effect: Effect,
    /// How often what differs.
    pub tally: Tally,
    /// How many projects there are in the second state.
    pub projects_in_all: usize,
    /// The projects that differ, the gravest first.
    pub projects: Vec<ProjectDifference>,
    /// Records of the register itself that differ, and `pmo.toml`.
    pub elsewhere: Vec<RecordChange>,
    /// Files that are no records and differ, by path.
    pub other_files: Vec<String>,
}

/// A state, as the report names it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StateLine {
    /// Where it is from.
    pub source: String,
    /// The day on which it is looked at.
    pub day: Date,
    /// What could not be used in it.
    pub incomplete: Incomplete,
}

/// What differs in a project.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProjectDifference {
    /// Its id in the second state, or in the first where it is gone.
    pub project: String,
    /// Its id in the first state, where that is another.
    pub was: Option<String>,
    /// What people call it.
    pub name: Option<String>,
    /// The rating under which it counted in the first state.
    pub rating_before: Option<Rag>,
    /// The rating under which it counts in the second.
    pub rating: Option<Rag>,
    /// The currency of its amounts.
    pub currency: String,
    /// What differs, in words of the register, the gravest first.
    pub differences: Vec<Difference>,
    /// Every record of it that differs, key by key.
    pub records: Vec<RecordChange>,
    #[serde(skip)]
    mark: Rating,
    /// The keys that the differences say, by record.
    #[serde(skip)]
    said: BTreeSet<(String, String)>,
}

/// What is read of either state.
pub fn scope(day: Date) -> Scope {
    Scope { reports: Reports::Newest(2), ..Scope::all() }.on(day)
}

/// Which projects and records are told of; all unless any is named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrowing {
    /// Ids of projects and programmes, in either state.
    pub homes: BTreeSet<String>,
    /// Records, by reference.
    pub records: BTreeSet<String>,
}

impl Narrowing {
    fn is_all(&self) -> bool {
        self.homes.is_empty() && self.records.is_empty()
    }

    fn has(&self, change: &RecordChange) -> bool {
        let names = [Some(&change.record), change.was.as_ref()];
        self.is_all()
            || self.homes.contains(&change.home)
            || names.into_iter().flatten().any(|name| self.records.contains(name))
    }

    fn has_project(&self, is: Option<&str>, was: Option<&str>, records: &[RecordChange]) -> bool {
        let named = [is, was].into_iter().flatten().any(|id| self.homes.contains(id));
        self.is_all() || named || records.iter().any(|record| self.has(record))
    }
}

/// Sets two states beside each other. `differing` has every file that is not the same in both.
pub fn difference(
    before: &State<'_>,
    after: &State<'_>,
    differing: &Differing,
    narrowing: &Narrowing,
) -> DifferenceReport {
    let renamed = renames::projects(before.register, after.register);
    let records = files::of(&differing.files, &renamed);
    let moves = Moves::of(&records, &renamed);
    let [mut then, mut now] = [before, after].map(|state| gather_all(state.register, state.day));
    let (mut of_projects, elsewhere) = by_project(records, before, after);
    let pairs = pairs(before.register, after.register, &renamed);
    let work: Vec<(Pair, Vec<RecordChange>)> = pairs
        .into_iter()
        .map(|pair| {
            let records = pair.ids().flat_map(|id| of_projects.remove(id).unwrap_or_default()).collect();
            (pair, records)
        })
        .collect();
    // Where both states are looked at on one day, a project whose files are the same is the same.
    let same_day = before.day == after.day;
    let sides = [before, after].map(|state| Side { register: state.register, day: state.day });
    let mut projects: Vec<ProjectDifference> = work
        .into_par_iter()
        .filter(|(_, records)| !same_day || !records.is_empty())
        .filter_map(|(pair, records)| {
            let (was, is) = (pair.was.as_deref(), pair.is.as_deref());
            if !narrowing.has_project(is, was, &records) {
                return None;
            }
            let told = between::of(sides[0], sides[1], was, is, &moves);
            project(pair, told, records, narrowing, [&then, &now])
        })
        .collect();
    projects.sort_by(|a, b| (a.gravity(), &a.project).cmp(&(b.gravity(), &b.project)));
    if !narrowing.is_all() {
        // What others come to was not asked for.
        let told = |id: &str| projects.iter().any(|one| one.project == id || one.was.as_deref() == Some(id));
        then.retain(|standing| told(&standing.project));
        now.retain(|standing| told(&standing.project));
    }
    let asked = Asked::new(after.day, after.source);
    let head = Head::new("diff", after.register, &asked);
    let mut tally = Tally::default();
    let stands = [&before.register.projects, &after.register.projects];
    projects.iter().flat_map(|one| &one.differences).for_each(|one| tally.add(one));
    let line = |state: &State<'_>| StateLine {
        source: state.source.to_owned(),
        day: state.day,
        incomplete: Incomplete::of(state.register, &scope(state.day)),
    };
    DifferenceReport {
        effect: effect::of(&then, &now, &renamed, &projects, stands, &head.currency),
        before: line(before),
        after: line(after),
        tally,
        projects_in_all: after.register.projects.len(),
        projects,
        elsewhere: elsewhere.into_iter().filter(|record| narrowing.has(record)).collect(),
        other_files: if narrowing.is_all() { differing.others.clone() } else { Vec::new() },
        head,
    }
}

/// A project by its ids in the two states.
struct Pair {
    was: Option<String>,
    is: Option<String>,
}

impl Pair {
    /// Its ids, each once.
    fn ids(&self) -> impl Iterator<Item = &str> {
        let is = self.is.as_deref();
        is.into_iter().chain(self.was.as_deref().filter(move |was| Some(*was) != is))
    }
}

fn pairs(before: &Register, after: &Register, renamed: &BTreeMap<String, String>) -> Vec<Pair> {
    let old: BTreeMap<&str, &str> = renamed.iter().map(|(was, is)| (is.as_str(), was.as_str())).collect();
    let mut pairs: Vec<Pair> = Vec::new();
    for is in after.projects.keys() {
        let was = match old.get(is.as_str()) {
            Some(was) => Some((*was).to_owned()),
            None => before.projects.contains_key(is).then(|| is.clone()),
        };
        pairs.push(Pair { was, is: Some(is.clone()) });
    }
    let gone =
        before.projects.keys().filter(|id| !after.projects.contains_key(*id) && !renamed.contains_key(*id));
    pairs.extend(gone.map(|was| Pair { was: Some(was.clone()), is: None }));
    pairs
}

/// Records by the project in whose folder they stand, and those of none.
fn by_project(
    records: Vec<RecordChange>,
    before: &State<'_>,
    after: &State<'_>,
) -> (BTreeMap<String, Vec<RecordChange>>, Vec<RecordChange>) {
    let mut projects: BTreeMap<String, Vec<RecordChange>> = BTreeMap::new();
    let mut elsewhere = Vec::new();
    let is_project = |id: &str| [before, after].iter().any(|state| state.register.projects.contains_key(id));
    for record in records {
        if record.file.starts_with("projects/") && is_project(&record.home) {
            projects.entry(record.home.clone()).or_default().push(record);
        } else {
            elsewhere.push(record);
        }
    }
    (projects, elsewhere)
}

fn project(
    pair: Pair,
    told: Vec<Told>,
    records: Vec<RecordChange>,
    narrowing: &Narrowing,
    [then, now]: [&[Standing]; 2],
) -> Option<ProjectDifference> {
    let find = |all: &'_ [Standing], id: &Option<String>| {
        let id = id.as_deref()?;
        let at = all.binary_search_by(|one| one.project.as_str().cmp(id)).ok()?;
        all.get(at).cloned()
    };
    let (before, after) = (find(then, &pair.was), find(now, &pair.is));
    let whole = narrowing.is_all() || pair.ids().any(|id| narrowing.homes.contains(id));
    let about = |told: &Told| whole || told.says.iter().any(|(record, _)| narrowing.records.contains(record));
    let mut told: Vec<Told> = told.into_iter().filter(about).collect();
    told.sort_by_key(|told| gravity(&told.difference));
    let records: Vec<RecordChange> =
        records.into_iter().filter(|record| whole || narrowing.has(record)).collect();
    if told.is_empty() && records.is_empty() {
        return None;
    }
    let shown = after.as_ref().or(before.as_ref());
    Some(ProjectDifference {
        name: shown.map(|standing| standing.name.clone()),
        rating_before: before.as_ref().and_then(|standing| standing.rating.counted),
        rating: after.as_ref().and_then(|standing| standing.rating.counted),
        currency: shown.map(|standing| standing.cost.currency.clone()).unwrap_or_default(),
        mark: shown.map_or(Rating::shape(Level::Grey), |standing| {
            standing.rating.counted.map_or(Rating::shape(Level::Grey), |rag| Rating::shape(level(rag)))
        }),
        said: told.iter().flat_map(|told| told.says.iter().cloned()).collect(),
        differences: told.into_iter().map(|told| told.difference).collect(),
        was: pair.was.clone().filter(|was| pair.is.as_ref().is_some_and(|is| is != was)),
        project: pair.is.or(pair.was)?,
        records,
    })
}

impl ProjectDifference {
    fn gravity(&self) -> u8 {
        self.differences.iter().map(gravity).min().unwrap_or(u8::MAX)
    }

    /// Whether the words say the key already.
    fn says(&self, record: &str, key: &str) -> bool {
        let covers = |said: &str| {
            said.is_empty()
                || key == said
                || key.strip_prefix(said).is_some_and(|rest| rest.starts_with(['.', '[']))
        };
        self.said.iter().any(|(of, said)| of == record && covers(said))
    }
}

impl DifferenceReport {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.projects.is_empty() && self.elsewhere.is_empty() && self.other_files.is_empty()
    }

    /// The records that differ, of projects and of the register itself.
    fn records(&self) -> impl Iterator<Item = (Option<&ProjectDifference>, &RecordChange)> {
        let of_projects =
            self.projects.iter().flat_map(|one| one.records.iter().map(move |r| (Some(one), r)));
        of_projects.chain(self.elsewhere.iter().map(|record| (None, record)))
    }

    /// The records whose files only look different.
    fn layout(&self) -> impl Iterator<Item = &RecordChange> {
        self.records().map(|(_, record)| record).filter(|record| record.fate == Fate::Layout)
    }

    /// The report as a page; a short one folds what is long.
    pub fn page(&self, short: bool) -> Document {
        page::page(self, short)
    }

    /// Every key that differs, as a page for a spreadsheet.
    pub fn keys(&self) -> Document {
        page::keys(self)
    }
}
