//! Who has not reported.

use serde::Serialize;

use crate::analysis::withhold::WITHHELD;
use crate::document::{Attention, Cell, Line};
use crate::model::{Date, Period, Rag};
use crate::report::selection::Selection;
use crate::report::standing::Standing;

/// A project whose report is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotReported {
    /// The project.
    pub project: String,
    /// The period that is wanted.
    pub period: Period,
    /// Its deadline.
    pub due: Date,
    /// From whom, by name.
    pub from: String,
    /// Whether a draft is there.
    pub has_draft: bool,
    /// How many periods are missing.
    pub missed: i64,
    /// The rating under which it still counts.
    pub rating: Option<Rag>,
    /// The period of its newest report.
    pub newest: Option<Period>,
}

/// The listed projects that owe a report, the longest silent first.
pub(super) fn of(all: &[Standing], selection: &Selection) -> Vec<NotReported> {
    let silent = all.iter().filter(|standing| selection.keeps(standing) && standing.is_silent());
    let mut found: Vec<NotReported> = silent
        .map(|standing| NotReported {
            project: standing.project.clone(),
            period: standing.report.wanted,
            due: standing.report.due,
            from: standing.manager_name.clone(),
            has_draft: standing.report.has_draft,
            missed: standing.report.missed,
            rating: standing.rating.counted,
            newest: standing.report.newest,
        })
        .collect();
    found.sort_by(|a, b| (b.missed, &a.project).cmp(&(a.missed, &b.project)));
    found
}

impl NotReported {
    /// The line of a page; a closed period takes no more reports, so nothing is to be typed.
    pub(super) fn line(&self, is_closed: bool) -> Attention {
        let mut text = Line::new()
            .text(format!("no report for {}, due ", self.period.spoken()))
            .value(Cell::date(self.due.0));
        if self.from != WITHHELD {
            text = text.text(format!(" from {}", self.from));
        }
        text = match (self.has_draft, self.newest) {
            (true, _) => text.text("; a draft is there"),
            (false, Some(newest)) => text.text(format!("; the last one is of {}", newest.spoken())),
            (false, None) => text.text("; there was none so far"),
        };
        let verb = if self.has_draft { "submit" } else { "new" };
        Attention {
            mark: Some(crate::report::ratings::silent(self.rating)),
            subject: self.project.clone(),
            text,
            next: (!is_closed).then(|| format!("pmo status {verb} {}", self.project)),
        }
    }
}
