//! Risks over projects: the highest, what changed, what lacks somebody, what repeats.

mod entry;
mod page;
mod repeats;
mod since;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::analysis::risk_matrix::Stage;
use crate::document::{Document, HeatMove};
use crate::model::audience::{Section, Withhold};
use crate::model::risk::RiskKind;
use crate::model::risk_scale::Band;
use crate::model::{Number, Register};

use super::exposure::{self, Total};
use super::head::{Asked, Head};
use super::incomplete::Incomplete;
use super::selection::Selection;

pub use entry::{Entry, Held, hold, hold_all, level, passing, scope};
pub use repeats::{Alike, Repeat};
pub use since::{Gone, Since};

/// How many risks the lists of the highest have unless told otherwise.
pub const TOP: usize = 10;

/// What the report is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Options {
    /// Which projects.
    pub selection: Selection,
    /// How many of the highest are listed.
    pub top: usize,
}

/// Risks over projects.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Risks {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// What was asked for.
    pub options: Options,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// With which earlier state it is compared.
    pub compared: Option<Since>,
    /// How many projects are listed.
    pub projects: usize,
    /// How many are not.
    pub left_out: usize,
    /// How many threats are open, by band.
    pub threats: Counts,
    /// How many opportunities are open, by band.
    pub opportunities: Counts,
    /// Expected values, by currency.
    pub exposure: Vec<Total>,
    /// What changed since then; nothing where there is no then.
    pub changes: Option<Changes>,
    /// The references of the threats with the highest scores.
    pub top_threats: Vec<String>,
    /// The references of the opportunities with the highest scores.
    pub top_opportunities: Vec<String>,
    /// Threats beyond the register's appetite.
    pub outside_appetite: Vec<String>,
    /// Those whose review date lies behind.
    pub review_overdue: Vec<String>,
    /// Those for which nobody answers.
    pub without_owner: Vec<String>,
    /// Those above the lowest band of which nothing says what is done about them.
    pub without_response: Vec<String>,
    /// Those without probability or impact.
    pub unassessed: Vec<String>,
    /// Categories, suppliers and causes that more than one project has.
    pub repeats: Vec<Repeat>,
    /// Risks that may be the same.
    pub alike: Vec<Alike>,
    /// Every open risk, the highest score first.
    pub risks: Vec<Entry>,
}

/// How many risks are in each band.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// All that are open.
    pub open: usize,
    /// In the highest band.
    pub high: usize,
    /// In the middle band.
    pub moderate: usize,
    /// In the lowest band.
    pub low: usize,
    /// Without probability or impact.
    pub unassessed: usize,
}

impl Counts {
    fn of<'a>(entries: impl Iterator<Item = &'a Entry>) -> Self {
        let mut counts = Self::default();
        for entry in entries {
            counts.open += 1;
            match entry.current.map(|judged| judged.band) {
                Some(Band::Red) => counts.high += 1,
                Some(Band::Amber) => counts.moderate += 1,
                Some(Band::Green) => counts.low += 1,
                None => counts.unassessed += 1,
            }
        }
        counts
    }
}

/// What changed since an earlier state.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changes {
    /// Open now and not then.
    pub new: Vec<String>,
    /// Whose score rose.
    pub raised: Vec<Moved>,
    /// Whose score fell.
    pub lowered: Vec<Moved>,
    /// Open then and not now.
    pub closed: Vec<Gone>,
}

/// A risk whose score is another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// Its reference.
    pub risk: String,
    /// Its score then.
    pub from: Option<u32>,
    /// Its score now.
    pub to: Option<u32>,
}

/// Makes the report of the projects that are held.
pub fn risks(
    register: &Register,
    held: Vec<Held>,
    since: Option<Since>,
    asked: &Asked,
    options: Options,
) -> Risks {
    let head = Head::new("risks", register, asked);
    let before = held.len();
    let mut kept: Vec<Held> =
        held.into_iter().filter(|held| options.selection.keeps(&held.standing)).collect();
    let projects = kept.len();
    if !head.shows(Section::Risks) {
        kept.clear();
    }
    let exposure =
        if head.withholds(Withhold::Money) { Vec::new() } else { exposure::totals(&kept, &head.currency) };
    let since = since.filter(|_| head.shows(Section::Risks));
    let changes = since.as_ref().map(|since| changes(since, &kept));
    let mut open: Vec<Entry> =
        kept.into_iter().flat_map(|held| held.risks).filter(|entry| entry.is_open).collect();
    open.sort_by(|a, b| b.order().cmp(&a.order()).then_with(|| a.risk.cmp(&b.risk)));
    let picked = |is: &dyn Fn(&Entry) -> bool| -> Vec<String> {
        open.iter().filter(|entry| is(entry)).map(|entry| entry.risk.clone()).collect()
    };
    let top = |kind: RiskKind| -> Vec<String> {
        let scored = open.iter().filter(|entry| entry.kind == kind && entry.current.is_some());
        scored.take(options.top).map(|entry| entry.risk.clone()).collect()
    };
    let counts = |kind: RiskKind| Counts::of(open.iter().filter(|entry| entry.kind == kind));
    Risks {
        incomplete: Incomplete::of(register, &scope(asked)),
        compared: since,
        projects,
        left_out: before - projects,
        threats: counts(RiskKind::Threat),
        opportunities: counts(RiskKind::Opportunity),
        exposure,
        changes,
        top_threats: top(RiskKind::Threat),
        top_opportunities: top(RiskKind::Opportunity),
        outside_appetite: picked(&|entry| entry.is_outside_appetite),
        review_overdue: picked(&|entry| entry.is_review_overdue),
        without_owner: picked(&Entry::lacks_owner),
        without_response: picked(&Entry::lacks_response),
        unassessed: picked(&|entry| entry.current.is_none()),
        repeats: repeats::repeats(&open),
        alike: repeats::alike(&open),
        risks: open,
        head,
        options,
    }
}

impl Entry {
    /// What brings it forward: its score, then what it is worth.
    fn order(&self) -> (Option<u32>, Option<Number>) {
        (self.score(), self.worth.now)
    }
}

fn changes(since: &Since, kept: &[Held]) -> Changes {
    let names: BTreeSet<&str> = kept.iter().map(|held| held.standing.project.as_str()).collect();
    let all = || kept.iter().flat_map(|held| &held.risks);
    let mut changes = Changes {
        new: Vec::new(),
        raised: Vec::new(),
        lowered: Vec::new(),
        closed: since.gone(|project| names.contains(project), all()),
    };
    let mut open: Vec<&Entry> = all().filter(|entry| entry.is_open).collect();
    open.sort_by(|a, b| b.order().cmp(&a.order()).then_with(|| a.risk.cmp(&b.risk)));
    for entry in open {
        let moved = || Moved { risk: entry.risk.clone(), from: since.score(&entry.risk), to: entry.score() };
        if !since.was_open(&entry.risk) {
            changes.new.push(entry.risk.clone());
            continue;
        }
        match since.moved(entry, Stage::Current) {
            // Assessed for the first time: it has a score where it had none.
            Some(HeatMove::Raised | HeatMove::New) => changes.raised.push(moved()),
            Some(HeatMove::Lowered) => changes.lowered.push(moved()),
            Some(HeatMove::Aside) | None => {}
        }
    }
    changes
}

impl Risks {
    /// The report as a page.
    pub fn page(&self) -> Document {
        page::page(self)
    }
}
