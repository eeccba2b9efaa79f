//! What needs somebody: the exceptions that stand first on a page, as data and as lines.

use serde::Serialize;

use crate::document::{Attention, Cell, Line, Mark, Rating};
use crate::model::{Date, Period, Rag, Register};

use super::project::dependency_lines;
use super::standing::{Beyond, Standing};

/// Why a project needs somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Why {
    /// A report is wanted and was not filed.
    NotReported {
        /// The period that is wanted.
        period: Period,
        /// Its deadline.
        due: Date,
        /// From whom, by name.
        from: String,
        /// Whether a draft is there.
        has_draft: bool,
    },
    /// It is declared better than its figures say.
    GreenerThanFigures {
        /// What is declared.
        declared: Rag,
        /// What the figures say.
        figures: Rag,
        /// Why they say so, in words.
        reasons: Vec<String>,
    },
    /// Its programme rates it worse than it rates itself.
    AssessedWorse {
        /// What the programme says.
        assessed: Rag,
        /// What the project declares; nothing where it never reported.
        declared: Option<Rag>,
        /// Who says so and since when, in words.
        source: String,
        /// Why.
        comment: Option<String>,
    },
    /// It is red, and nothing says how it gets back to green.
    RedWithoutPath {
        /// The report's period.
        period: Period,
    },
    /// Its figures are beyond a tolerance, and nobody has accepted that.
    BeyondTolerance {
        /// Where, and how far.
        beyond: Vec<Beyond>,
        /// To whom it is to be escalated: the sponsor's name.
        to: Option<String>,
    },
    /// It delivers later than another project needs.
    NeededEarlier {
        /// What is needed.
        on: String,
        /// When it is expected.
        expected: Date,
        /// When it is needed.
        needed_by: Date,
        /// By which project.
        by: String,
    },
}

/// A project that needs somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exception {
    /// The project.
    pub project: String,
    /// Under which rating it counts.
    pub rating: Option<Rag>,
    /// Why it needs somebody.
    #[serde(flatten)]
    pub why: Why,
    /// What to type about it.
    pub next: Option<String>,
}

/// The exceptions of the projects: the reds first, then those beyond a tolerance, those assessed worse, the greener ones, the silent ones, the late suppliers.
pub fn exceptions<'a>(
    register: &Register,
    standings: impl IntoIterator<Item = &'a Standing>,
    day: Date,
) -> Vec<Exception> {
    let mut all = Vec::new();
    let standings: Vec<&Standing> =
        standings.into_iter().filter(|standing| !standing.state.is_over()).collect();
    let counted = |id: &str| standings.iter().find(|standing| standing.project == id)?.rating.counted;
    for standing in &standings {
        let id = &standing.project;
        let mut add = |why: Why, project: &str, rating: Option<Rag>, next: Option<String>| {
            all.push(Exception { project: project.to_owned(), rating, why, next });
        };
        let rating = standing.rating.counted;
        if let (Some(Rag::Red), false, Some(period)) =
            (rating, standing.report.has_path_to_green, standing.report.newest)
        {
            add(Why::RedWithoutPath { period }, id, rating, Some(format!("pmo edit {id}/{period}")));
        }
        if let (true, Some(declared)) = (standing.rating.is_greener, rating) {
            let (figures, reasons) = (standing.rating.figures, standing.rating.reasons.clone());
            let next = Some(format!("pmo report project {id}"));
            add(Why::GreenerThanFigures { declared, figures, reasons }, id, rating, next);
        }
        // What the figures say of a project that is greener than they are is told there.
        let beyond = || standing.rating.beyond.iter().filter(|beyond| beyond.accepted_by.is_none());
        if !standing.rating.is_greener && beyond().next().is_some() {
            let (beyond, to) = (beyond().cloned().collect(), standing.sponsor_name.clone());
            let next = Some(format!("pmo explain rag {id}"));
            add(Why::BeyondTolerance { beyond, to }, id, rating, next);
        }
        if let Some(said) = &standing.moderation
            && said.assessed.severity() > rating.and_then(Rag::severity)
        {
            let (assessed, source, comment) = (said.assessed, said.source(), said.comment.clone());
            let next = Some(format!("pmo show {}/{}", said.programme, said.period));
            add(Why::AssessedWorse { assessed, declared: rating, source, comment }, id, rating, next);
        }
        if standing.is_silent() {
            let report = &standing.report;
            let (period, due) = (report.wanted, report.due);
            let from = standing.manager_name.clone();
            let next = Some(format!("pmo status {} {id}", if report.has_draft { "submit" } else { "new" }));
            add(Why::NotReported { period, due, from, has_draft: report.has_draft }, id, rating, next);
        }
        for line in dependency_lines(register, id, day) {
            let late = line.late_days.is_some_and(|days| days > 0) && !line.is_met;
            let (true, Some(expected), Some(needed_by)) = (late, line.expected, line.needed_by) else {
                continue;
            };
            let supplier = line.on.split('#').next().unwrap_or(&line.on).to_owned();
            let supplier = if supplier.is_empty() { id.clone() } else { supplier };
            let next = Some(format!("pmo show {supplier}"));
            let rating = counted(&supplier);
            add(
                Why::NeededEarlier { on: line.on, expected, needed_by, by: id.clone() },
                &supplier,
                rating,
                next,
            );
        }
    }
    all.sort_by(|a, b| (a.order(), &a.project).cmp(&(b.order(), &b.project)));
    all
}

impl Exception {
    fn order(&self) -> u8 {
        match self.why {
            Why::RedWithoutPath { .. } => 0,
            Why::BeyondTolerance { .. } => 1,
            Why::AssessedWorse { .. } => 2,
            Why::GreenerThanFigures { .. } => 3,
            Why::NotReported { .. } => 4,
            Why::NeededEarlier { .. } => 5,
        }
    }

    /// The exception as a line of a page.
    pub fn line(&self) -> Attention {
        let (mark, text) = match &self.why {
            Why::RedWithoutPath { .. } => (Mark::Level, Line::new().text("red without a path to green")),
            Why::GreenerThanFigures { declared, figures, reasons } => {
                (Mark::GreenerThanFigures, Line::new().text(greener(*declared, *figures, reasons)))
            }
            Why::BeyondTolerance { beyond, to } => (Mark::Level, escalation(beyond, to.as_deref())),
            Why::AssessedWorse { assessed, declared, source, comment } => {
                let reported =
                    declared.map_or_else(|| "never reported".to_owned(), |rag| format!("reported {rag}"));
                let why = comment.as_deref().map(|comment| format!(": {comment}")).unwrap_or_default();
                (Mark::Level, Line::new().text(format!("{reported}; assessed {assessed} {source}{why}")))
            }
            Why::NotReported { period, due, from, has_draft } => {
                let draft = if *has_draft { ", a draft is there" } else { "" };
                let words = Line::new()
                    .text(format!("no report for {}, due ", period.spoken()))
                    .value(Cell::date(due.0))
                    .text(format!(" from {from}{draft}"));
                (Mark::NotReported, words)
            }
            Why::NeededEarlier { on, expected, needed_by, by } => {
                let what = on.split_once('#').map_or("the end of the project", |(_, milestone)| milestone);
                let words = Line::new()
                    .text(format!("{what} expected "))
                    .value(Cell::date(expected.0))
                    .text(format!(", {by} needs it by "))
                    .value(Cell::date(needed_by.0));
                (Mark::Level, words)
            }
        };
        let level = super::level(self.rating.unwrap_or(Rag::Grey));
        Attention {
            mark: Some(Rating::shape(level).marked(mark)),
            subject: self.project.clone(),
            text,
            next: self.next.clone(),
        }
    }
}

/// What is beyond which tolerance, and who is to be asked or has accepted it.
pub(super) fn escalation(beyond: &[Beyond], to: Option<&str>) -> Line {
    let mut text = Line::new();
    for (i, one) in beyond.iter().enumerate() {
        let join = if i == 0 { "" } else { "; " };
        text = text.text(format!("{join}{} ({})", one.reasons.join(", "), one.tolerance));
        if let Some(by) = &one.accepted_by {
            text = text.text(format!(", accepted by {by}"));
            if let Some(until) = one.accepted_until {
                text = text.text(" until ").value(Cell::date(until.0));
            }
        }
    }
    match to {
        _ if beyond.iter().all(|one| one.accepted_by.is_some()) => text,
        Some(to) => text.text(format!(": {to} decides")),
        None => text.text(": it has no sponsor to decide"),
    }
}

/// That a rating is declared better than the figures say, and why they say so.
pub(super) fn greener(declared: Rag, figures: Rag, reasons: &[String]) -> String {
    let why = if reasons.is_empty() { String::new() } else { format!(": {}", reasons.join(", ")) };
    format!("reported {declared}; the figures say {figures}{why}")
}
