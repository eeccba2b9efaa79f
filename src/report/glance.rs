//! The portfolio at a glance: `pmo` alone, on one screen.

mod mine;
mod page;

use serde::Serialize;

use crate::analysis::schedule;
use crate::document::Document;
use crate::model::{Action, Date, Register, Reports, Scope, Status};

use super::converted::Converted;
use super::exceptions::{Exception, exceptions};
use super::head::{Asked, Head};
use super::incomplete::Incomplete;
use super::portfolio::Summary;
use super::selection::{Selection, Sort};
use super::standing::{self, Standing};
use super::totals::{self, Totals, totals};
use super::wanted;

pub(super) use mine::report_due;
pub use mine::{Due, Mine, next_step};

/// How many days ahead a glance looks.
pub const AHEAD: i64 = 28;

/// The portfolio at a glance.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Glance {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// How many projects, by rating.
    pub summary: Summary,
    /// How many programmes.
    pub programmes: usize,
    /// What needs somebody.
    pub exceptions: Vec<Exception>,
    /// Money, by currency.
    pub totals: Vec<Totals>,
    /// The same in the register's own currency, where there are several.
    pub converted: Option<Converted<Totals>>,
    /// What is to come.
    pub ahead: Ahead,
    /// How many findings `pmo check` has, where they were counted.
    pub findings: Option<usize>,
    /// What is due from the person who asks, where the register knows them.
    pub mine: Option<Mine>,
}

/// What is to come within four weeks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Ahead {
    /// Milestones that are expected by then and not reached.
    pub milestones: usize,
    /// Of them, how many should have been reached already.
    pub milestones_late: usize,
    /// Decisions that are wanted by then.
    pub decisions: usize,
    /// Actions whose day has passed.
    pub actions_overdue: usize,
}

/// What a glance reads.
pub fn scope(asked: &Asked) -> Scope {
    Scope::kinds(&[
        "project",
        "programme",
        "person",
        "risk",
        "issue",
        "change",
        "benefit",
        "actuals",
        "decision",
        "action",
        "assumption",
        "review",
        "programme-status",
    ])
    .with_reports(Reports::Newest(2))
    .on(asked.day)
}

/// Looks at the register; `email` is the address of the person who asks, `findings` how many findings there
/// are, where somebody counted them.
pub fn glance(register: &Register, asked: &Asked, email: Option<&str>, findings: Option<usize>) -> Glance {
    let all = standing::gather_all(register, asked.day);
    let selection = Selection::default();
    let summary = Summary::of(&all, &selection);
    let mut listed: Vec<Standing> = all.into_iter().filter(|standing| selection.keeps(standing)).collect();
    listed.sort_by(|a, b| Sort::Attention.compare(a, b));
    let head = Head::new("glance", register, asked);
    Glance {
        incomplete: Incomplete::of(register, &scope(asked)),
        programmes: summary.programme.iter().filter(|share| share.id.is_some()).count(),
        exceptions: exceptions(register, &listed, asked.day),
        totals: totals(&listed, &head.currency),
        converted: totals::converted(register, &listed, asked.day),
        findings,
        ahead: ahead(register, &listed, asked.day),
        mine: email.and_then(|email| mine::of(register, &listed, email, asked.day)),
        summary,
        head,
    }
}

fn ahead(register: &Register, listed: &[Standing], day: Date) -> Ahead {
    let mut found = Ahead::default();
    for standing in listed {
        let id = &standing.project;
        let (Some(charter), Some(shelf)) = (register.project(id), register.projects.get(id)) else {
            continue;
        };
        let newest: Option<&Status> =
            crate::analysis::calendar::newest(register, id, day).map(|(_, status)| status);
        let view = schedule::view(charter, newest, day);
        let next = view.next(day, AHEAD);
        found.milestones += next.len();
        found.milestones_late += next.iter().filter(|milestone| milestone.is_overdue).count();
        let soon = |one: &wanted::Wanted| one.wanted_by.is_none_or(|by| by <= day.plus_days(AHEAD));
        found.decisions += wanted::of_project(register, id, day).iter().filter(|one| soon(one)).count();
        let overdue = |action: &Action| action.done_on.is_none() && action.due.is_some_and(|due| due < day);
        found.actions_overdue += shelf.records::<Action>().filter(|(_, action)| overdue(action)).count();
    }
    found
}

impl Glance {
    /// The glance as a page.
    pub fn page(&self) -> Document {
        page::page(self)
    }
}
