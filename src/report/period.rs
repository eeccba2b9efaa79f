//! The report of a period: exceptions first, then what changed, then the rest; nothing is said twice.

mod ahead;
pub(super) mod changed;
mod escalated;
mod held;
mod page;
mod programmes;
mod shown;
mod silent;
pub(super) mod told;
mod troubled;
mod waiting;

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::Serialize;

use crate::analysis::calendar;
use crate::analysis::difference::{Past, Span};
use crate::document::Document;
use crate::model::audience::Section;
use crate::model::period_record::PeriodState;
use crate::model::{Date, Name, PeriodRecord, Register, Scope};

use super::converted::Converted;
use super::head::{Asked, Head};
use super::incomplete::Incomplete;
use super::portfolio::Summary;
use super::selection::{Selection, Sort};
use super::standing::{self, Standing};
use super::totals::{self, Totals, totals};
use super::wanted::{self, Wanted};

pub use ahead::{Overdue, Upcoming};
pub(super) use held::Held;
pub(super) use page::{exceptions, opening};

pub use changed::{Changed, Gone, ProjectChange, Tally};
pub use escalated::Escalated;
pub use programmes::ProgrammeWords;
pub use silent::NotReported;
pub use told::line as told;
pub use troubled::{Troubled, Watermelon};
pub use waiting::Waiting;

/// The register as it stood at the close of the period before, and where it was found.
pub struct Before {
    /// The register: charters, risks, and the names of everything else.
    pub register: Register,
    /// Where it was found: `tag report/2026-W46`, `commit 3f2c1a9`.
    pub source: String,
}

/// What a period's report is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The stretch of time.
    pub span: Span,
    /// Which projects.
    pub selection: Selection,
    /// Whether a newer period could be reported.
    pub is_past: bool,
}

/// The report of a period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PeriodReport {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// From which close to which day.
    pub span: Span,
    /// Whether a newer period could be reported: the register has moved on since.
    pub is_past: bool,
    /// That the period is closed, and why so.
    pub closed: Option<Closed>,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// Who has not reported.
    pub not_reported: Vec<NotReported>,
    /// How many projects, by rating.
    pub summary: Summary,
    /// Money, by currency.
    pub totals: Vec<Totals>,
    /// The same in the register's own currency, where there are several.
    pub converted: Option<Converted<Totals>>,
    /// What the programmes say.
    pub programmes: Vec<ProgrammeWords>,
    /// Those whose figures are beyond a tolerance.
    pub escalations: Vec<Escalated>,
    /// Risks that were escalated to a programme and wait for its answer.
    pub waiting: Vec<Waiting>,
    /// What waits for a decision.
    pub decisions: Vec<Wanted>,
    /// What changed since the period before.
    pub changed: Changed,
    /// Reds and ambers, with their path to green.
    pub troubled: Vec<Troubled>,
    /// Those that are reported green and whose figures are not.
    pub watermelons: Vec<Watermelon>,
    /// Milestones of the next four weeks that were not told among the changes.
    pub milestones: Vec<Upcoming>,
    /// How many milestones of the next four weeks were told among the changes.
    pub milestones_told: usize,
    /// Actions, issues and reviews whose day has passed.
    pub overdue: Vec<Overdue>,
    /// How many items and projects the programmes hold back; they are left out.
    pub held_back: usize,
    /// Projects of which nothing was said so far.
    pub rest: Vec<Standing>,
}

/// That a period is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Closed {
    /// The day.
    pub on: Option<Date>,
    /// Why it was closed as it was.
    pub reason: Option<String>,
}

/// What the report reads: charters, both ends of the span, and what the sections list.
pub fn scope(span: &Span) -> Scope {
    let kinds = [
        "project",
        "programme",
        "programme-status",
        "person",
        "period",
        "risk",
        "issue",
        "assumption",
        "action",
        "decision",
        "change",
        "review",
        "benefit",
        "actuals",
    ];
    Scope::kinds(&kinds).with_reports(span.reports()).on(span.until)
}

/// What is read of the register as it stood at the close of the period before.
pub fn scope_before() -> Scope {
    Scope::kinds(&["project", "risk"])
}

/// What one project adds to the sections.
struct Part {
    change: Option<ProjectChange>,
    had_reports: bool,
    escalated: Option<Escalated>,
    waiting: Vec<Waiting>,
    decisions: Vec<Wanted>,
    troubled: Option<Troubled>,
    watermelon: Option<Watermelon>,
    upcoming: Vec<Upcoming>,
    overdue: Vec<Overdue>,
}

/// Makes the report. Without `before` some changes are not known, which the report says.
pub fn period(
    register: &Register,
    before: Option<&Before>,
    asked: &Asked,
    question: &Question,
) -> PeriodReport {
    let Question { span, selection, is_past } = question;
    let past = before.map(|before| Past::new(register, &before.register));
    let all = standing::gather_all(register, span.until);
    let summary = Summary::of(&all, selection);
    let parts: Vec<Part> = all
        .par_iter()
        .with_min_len(16)
        .map(|standing| part(register, past.as_ref(), standing, question))
        .collect();
    let held = Held::of(register, span.until);
    let mut report = PeriodReport {
        head: Head { period: span.period, ..Head::new("period", register, asked) },
        span: *span,
        is_past: *is_past,
        closed: closed(register, span),
        incomplete: Incomplete::of(register, &scope(span)),
        not_reported: silent::of(&all, selection),
        summary,
        totals: Vec::new(),
        converted: None,
        programmes: programmes::of(register, span.period, selection, &held),
        escalations: Vec::new(),
        waiting: Vec::new(),
        decisions: Vec::new(),
        changed: Changed::new(before, past.as_ref(), &parts, selection),
        troubled: Vec::new(),
        watermelons: Vec::new(),
        milestones: Vec::new(),
        milestones_told: 0,
        overdue: Vec::new(),
        held_back: held.count(),
        rest: Vec::new(),
    };
    report.not_reported.retain(|one| !held.has_project(&one.project));
    for (standing, mut part) in all.iter().zip(parts) {
        if held.has_project(&standing.project) {
            continue;
        }
        held.sift(&mut part);
        shown::sift(&report.head, &mut part);
        report.add(standing, part, selection.keeps(standing));
    }
    report.finish(register, all, selection);
    report
}

/// Gathers what a project adds; of one that is not listed only what changed, so that its end is told.
fn part(register: &Register, past: Option<&Past<'_>>, standing: &Standing, question: &Question) -> Part {
    let Question { span, selection, .. } = question;
    let id = &standing.project;
    let day = span.until;
    let had_reports = calendar::up_to(register, id, span.previous).is_some();
    let listed = selection.keeps(standing);
    let change = changed::of_project(register, past, standing, span)
        .filter(|_| listed || selection.keeps_ended(standing));
    let waiting = waiting::of_project(register, id, day, selection, listed);
    if !listed {
        return Part {
            waiting,
            change,
            had_reports,
            escalated: None,
            decisions: Vec::new(),
            troubled: None,
            watermelon: None,
            upcoming: Vec::new(),
            overdue: Vec::new(),
        };
    }
    let troubled = troubled::of(register, standing, day);
    Part {
        waiting,
        // Whoever stands among the reds and ambers is told there what the figures say.
        watermelon: if troubled.is_none() { troubled::watermelon(register, standing, day) } else { None },
        troubled,
        escalated: escalated::of(standing),
        decisions: wanted::of_project(register, id, day),
        upcoming: ahead::milestones(register, id, day),
        overdue: ahead::overdue(register, id, day),
        had_reports,
        change,
    }
}

/// What the register says of the period's closing.
fn closed(register: &Register, span: &Span) -> Option<Closed> {
    let record: &PeriodRecord = register.own.get(&Name::Period(span.period))?;
    let closed = || Closed { on: record.closed_on, reason: record.reason.clone() };
    (record.state == PeriodState::Closed).then(closed)
}

impl PeriodReport {
    fn add(&mut self, standing: &Standing, part: Part, listed: bool) {
        let told: BTreeSet<String> = part
            .change
            .as_ref()
            .map(|change| change.milestones().map(str::to_owned).collect())
            .unwrap_or_default();
        let (said, fresh): (Vec<_>, Vec<_>) =
            part.upcoming.into_iter().partition(|one| told.contains(&one.milestone));
        self.milestones_told += said.len();
        self.milestones.extend(fresh);
        self.decisions.extend(part.decisions);
        self.overdue.extend(part.overdue);
        let is_named = part.change.as_ref().is_some_and(|change| !self.changed.drops(change))
            || part.troubled.is_some()
            || part.watermelon.is_some()
            || part.escalated.is_some()
            || (standing.is_silent() && self.head.shows(Section::Attention));
        self.escalations.extend(part.escalated);
        self.waiting.extend(part.waiting);
        self.troubled.extend(part.troubled);
        self.watermelons.extend(part.watermelon);
        if let Some(change) = part.change {
            self.changed.add(change);
        }
        if listed && !is_named {
            self.rest.push(standing.clone());
        }
    }

    /// Puts the sections in order.
    fn finish(&mut self, register: &Register, all: Vec<Standing>, selection: &Selection) {
        let listed: Vec<&Standing> = all.iter().filter(|standing| selection.keeps(standing)).collect();
        self.totals = totals(listed.iter().copied(), &self.head.currency);
        self.converted = totals::converted(register, listed, self.head.day);
        self.escalations.sort_by(|a, b| a.order().cmp(&b.order()));
        self.waiting.sort_by(|a, b| a.order().cmp(&b.order()));
        self.decisions.sort_by(|a, b| a.order().cmp(&b.order()));
        self.changed.sort();
        self.troubled.sort_by(|a, b| a.order().cmp(&b.order()));
        self.watermelons.sort_by(|a, b| a.order().cmp(&b.order()));
        self.milestones.sort_by(|a, b| a.order().cmp(&b.order()));
        self.overdue.sort_by(|a, b| a.order().cmp(&b.order()));
        self.rest.sort_by(|a, b| Sort::Attention.compare(a, b));
        shown::keep(self);
    }

    /// The report as a page.
    pub fn page(&self) -> Document {
        page::page(self)
    }
}
