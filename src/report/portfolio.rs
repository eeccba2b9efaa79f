//! The consolidated report: what is missing, what needs somebody, then one line a project.

mod page;
mod summary;

use serde::Serialize;

use crate::document::Document;
use crate::model::audience::{Section, Withhold};
use crate::model::{KindSet, Register, Reports, Scope};

use super::converted::Converted;
use super::exceptions::{Exception, exceptions};
use super::head::{Asked, Head};
use super::incomplete::Incomplete;
use super::selection::{GroupBy, Selection, Sort};
use super::standing::{self, Standing};
use super::totals::{self, Totals, totals};
use super::wanted::{self, Wanted};

pub(super) use page::counts;
pub use summary::{Share, Summary};

/// What a portfolio report is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Options {
    /// Which projects.
    pub selection: Selection,
    /// In which groups.
    pub group_by: Option<GroupBy>,
    /// In which order.
    pub sort: Sort,
}

/// The consolidated report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Portfolio {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// What was asked for.
    pub options: Options,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// What programmes say of projects that are not in them, which was passed over.
    pub passed_over: Vec<String>,
    /// How many projects, by rating, state, programme and division.
    pub summary: Summary,
    /// Money, by currency.
    pub totals: Vec<Totals>,
    /// The same in the register's own currency, where there are several.
    pub converted: Option<Converted<Totals>>,
    /// What needs somebody.
    pub exceptions: Vec<Exception>,
    /// What waits for a decision.
    pub decisions: Vec<Wanted>,
    /// The listed projects, in order.
    pub projects: Vec<Standing>,
}

/// What the report reads: charters, the newest two reports, and what the figures follow from.
pub fn scope(asked: &Asked) -> Scope {
    Scope::kinds(&[
        "project",
        "programme",
        "person",
        "risk",
        "change",
        "benefit",
        "actuals",
        "decision",
        "programme-status",
    ])
    .with_reports(Reports::Newest(2))
    .on(asked.day)
}

/// The kinds of record that the report needs only to see how each project stands.
pub fn passing() -> KindSet {
    KindSet::of(&["risk", "benefit", "actuals"])
}

/// Makes the report.
pub fn portfolio(register: &Register, asked: &Asked, options: Options) -> Portfolio {
    of_standings(register, standing::gather_all(register, asked.day), asked, options)
}

/// Makes the report of projects whose standings are known already, by id; the register need not hold what
/// is only [`passing`].
pub fn of_standings(register: &Register, all: Vec<Standing>, asked: &Asked, options: Options) -> Portfolio {
    let summary = Summary::of(&all, &options.selection);
    let mut projects: Vec<Standing> =
        all.into_iter().filter(|standing| options.selection.keeps(standing)).collect();
    projects.sort_by(|a, b| {
        let group = |standing: &Standing| options.group_by.map(|by| by.title(standing));
        group(a).cmp(&group(b)).then_with(|| options.sort.compare(a, b))
    });
    let mut decisions = Vec::new();
    for standing in projects.iter().filter(|standing| !standing.state.is_over()) {
        decisions.extend(wanted::of_project(register, &standing.project, asked.day));
    }
    decisions.sort_by(|a, b| a.order().cmp(&b.order()));
    let head = Head::new("portfolio", register, asked);
    let exceptions = exceptions(register, &projects, asked.day);
    // Where money is withheld there is none to add up, and none to miss.
    let is_priced = !head.withholds(Withhold::Money);
    let converted = if is_priced { totals::converted(register, &projects, asked.day) } else { None };
    let totals = if is_priced { totals(&projects, &head.currency) } else { Vec::new() };
    projects.iter_mut().for_each(|standing| standing.keep(&head));
    if !head.shows(Section::Projects) {
        projects.clear();
    }
    if !head.shows(Section::Decisions) {
        decisions.clear();
    }
    Portfolio {
        exceptions: if head.shows(Section::Attention) { exceptions } else { Vec::new() },
        totals,
        converted,
        incomplete: Incomplete::of(register, &scope(asked)),
        passed_over: super::standing::passed_over(register, asked.day),
        head,
        options,
        summary,
        decisions,
        projects,
    }
}

impl Portfolio {
    /// The report as a page.
    pub fn page(&self) -> Document {
        page::page(self)
    }
}
