//! How much of a register is needed: every report and every rule says so, and the loader reads no more.

use std::collections::BTreeSet;

use super::record::KINDS;
use super::{Date, Period};

/// A set of kinds of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct KindSet(u32);

impl KindSet {
    /// No kind.
    pub const NONE: Self = Self(0);
    /// Every kind.
    pub const ALL: Self = Self(u32::MAX);

    /// The kinds of these names; names that no kind has are ignored.
    pub fn of(names: &[&str]) -> Self {
        let bits =
            KINDS.iter().enumerate().filter(|(_, k)| names.contains(&k.spec.name)).map(|(i, _)| 1 << i);
        Self(bits.fold(0, |all, bit: u32| all | bit))
    }

    /// Whether the kind is in the set.
    pub fn has(self, name: &str) -> bool {
        KINDS.iter().position(|k| k.spec.name == name).is_some_and(|i| self.0 & (1 << i) != 0)
    }

    /// What is in either.
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// How many of a project's status reports are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Reports {
    /// None: the names of the files will do.
    #[default]
    None,
    /// The newest ones that count, not after the day; drafts and broken files are read on the way to them.
    Newest(usize),
    /// All of them.
    All,
}

/// Of which reports it is needed to know when they were filed.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct FilingScope {
    /// The newest report of each project that counts on the day.
    pub newest: bool,
    /// The reports of these periods.
    pub periods: BTreeSet<Period>,
    /// The reports that each project owed with a deadline between these days.
    pub deadlines: Option<(Date, Date)>,
}

impl FilingScope {
    /// Whether git need not be asked.
    pub fn is_empty(&self) -> bool {
        !self.newest && self.periods.is_empty() && self.deadlines.is_none()
    }
}

/// How much of a register is needed.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Scope {
    /// The kinds whose files are read; `status` is governed by `reports` instead.
    pub kinds: KindSet,
    /// How many status reports of each project are read.
    pub reports: Reports,
    /// The day, for the newest reports: what begins later is not counted among them.
    pub day: Option<Date>,
    /// The projects whose folders are read; every one unless given. Names of files are known all the same.
    pub projects: Option<BTreeSet<String>>,
    /// The projects and programmes that are known at all; every one unless given. Programmes have no folder of
    /// status words then, unless they are among these, but their files are read as `kinds` says.
    pub homes: Option<BTreeSet<String>>,
    /// The reports of which git is asked when they were filed.
    pub filings: FilingScope,
    /// Whether to look for what is legal but unwise in a file.
    pub advice: bool,
    /// Whether git is asked which reports came or changed after their period was closed.
    pub closings: bool,
    /// Whether git is asked which agreed figures moved since they were last approved.
    pub baselines: bool,
}

impl Scope {
    /// Everything there is.
    pub fn all() -> Self {
        Self { kinds: KindSet::ALL, reports: Reports::All, ..Self::default() }
    }

    /// The names of the files only.
    pub fn names() -> Self {
        Self::default()
    }

    /// These kinds, whole.
    pub fn kinds(names: &[&str]) -> Self {
        let reports = if names.contains(&"status") { Reports::All } else { Reports::None };
        Self { kinds: KindSet::of(names), reports, ..Self::default() }
    }

    /// What stands around a record: all in the folder of its project or programme, and nothing of other projects.
    ///
    /// Of programmes and of what is the register's own the names are known; `others` are read, too.
    pub fn around(home: &str, others: &[&str]) -> Self {
        let in_homes = KINDS.iter().map(|kind| kind.spec).filter(|spec| spec.in_project);
        let names: Vec<&str> = in_homes.map(|spec| spec.name).chain(["programme-status"]).collect();
        Self {
            kinds: KindSet::of(&names).union(KindSet::of(others)),
            reports: Reports::All,
            homes: Some([home.to_owned()].into()),
            ..Self::default()
        }
    }

    /// With more projects and programmes that are known.
    pub fn and_homes(mut self, more: impl IntoIterator<Item = String>) -> Self {
        if let Some(homes) = &mut self.homes {
            homes.extend(more);
        }
        self
    }

    /// With so many reports of each project.
    pub fn with_reports(mut self, reports: Reports) -> Self {
        self.reports = reports;
        self
    }

    /// With the day after which reports do not count among the newest.
    pub fn on(mut self, day: Date) -> Self {
        self.day = Some(day);
        self
    }

    /// What either needs.
    pub fn union(self, other: Self) -> Self {
        Self {
            kinds: self.kinds.union(other.kinds),
            reports: self.reports.max(other.reports),
            day: self.day.max(other.day),
            projects: either(self.projects, other.projects),
            homes: either(self.homes, other.homes),
            filings: FilingScope {
                newest: self.filings.newest || other.filings.newest,
                periods: self.filings.periods.into_iter().chain(other.filings.periods).collect(),
                deadlines: match (self.filings.deadlines, other.filings.deadlines) {
                    (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
                    (a, b) => a.or(b),
                },
            },
            advice: self.advice || other.advice,
            closings: self.closings || other.closings,
            baselines: self.baselines || other.baselines,
        }
    }

    /// Whether this project's folder is read.
    pub fn wants_project(&self, id: &str) -> bool {
        self.projects.as_ref().is_none_or(|wanted| wanted.contains(id))
    }

    /// Whether this project, or this programme's folder, is known.
    pub fn knows(&self, id: &str) -> bool {
        self.homes.as_ref().is_none_or(|known| known.contains(id))
    }
}

/// What is in either; everything where one of them is everything.
fn either(one: Option<BTreeSet<String>>, other: Option<BTreeSet<String>>) -> Option<BTreeSet<String>> {
    Some(one?.union(&other?).cloned().collect())
}

/// What says how much of a register it needs.
pub trait Needs {
    /// How much.
    fn needs(&self) -> Scope;
}
