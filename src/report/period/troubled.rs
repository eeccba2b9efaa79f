//! Reds and ambers with their path to green, and those that are reported greener than they are.

use serde::Serialize;

use crate::analysis::calendar;
use crate::analysis::withhold::WITHHELD;
use crate::document::{Attention, Line, Rating};
use crate::model::status::Dimension;
use crate::model::{Date, Period, Rag, Register, Status};
use crate::report::exceptions::greener;
use crate::report::project::{Overridden, Words};
use crate::report::ratings::{self, level};
use crate::report::standing::{Assessment, Standing};

use super::Escalated;

/// A project that counts under amber or worse, or that its programme assesses so.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Troubled {
    /// The project.
    pub project: String,
    /// The rating under which it counts.
    pub rating: Rag,
    /// The period of the report that says so.
    pub period: Period,
    /// Whether a newer report is missing.
    pub is_silent: bool,
    /// What its programme says of it.
    pub assessed: Option<Assessment>,
    /// What the figures say.
    pub figures: Rag,
    /// Whether it is declared better than the figures say, and no override explains it.
    pub is_greener: bool,
    /// Why the figures say so, in words, but for what is beyond a tolerance, which is told there.
    pub reasons: Vec<String>,
    /// Whether figures are beyond a tolerance.
    pub is_beyond_tolerance: bool,
    /// Why the manager rates it so, of the worst rated dimension.
    pub note: Option<String>,
    /// Why it is rated better than the figures, on purpose.
    pub override_: Option<Overridden>,
    /// How it gets back to green.
    pub path_to_green: Option<String>,
}

/// A project that is reported green and whose figures say otherwise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Watermelon {
    /// The project.
    pub project: String,
    /// What is declared.
    pub declared: Rag,
    /// What the figures say.
    pub figures: Rag,
    /// Why they say so, in words, but for what is beyond a tolerance, which is told there.
    pub reasons: Vec<String>,
    /// Whether a newer report is missing.
    pub is_silent: bool,
    /// Why it is rated so on purpose.
    pub override_: Option<Overridden>,
}

/// The project, where it counts under amber or worse, or its programme assesses it so.
pub(super) fn of(register: &Register, standing: &Standing, day: Date) -> Option<Troubled> {
    let rated = &standing.rating;
    let assessed = standing.moderation.clone();
    let is_assessed = assessed.as_ref().is_some_and(|said| said.assessed.is_troubled());
    let rating = rated.counted.filter(|rag| rag.is_troubled() || is_assessed)?;
    let (period, status) = calendar::newest(register, &standing.project, day)?;
    let words = Words::of(register, period, status, day);
    Some(Troubled {
        project: standing.project.clone(),
        rating,
        period,
        is_silent: standing.is_silent(),
        assessed,
        figures: rated.figures,
        is_greener: rated.is_greener,
        reasons: untold(standing),
        is_beyond_tolerance: !standing.rating.beyond.is_empty(),
        note: note(status),
        override_: words.override_.filter(|_| rated.is_overridden),
        path_to_green: words.path_to_green.filter(|path| !path.is_empty()),
    })
}

/// Why the figures say what they say, but for what is beyond a tolerance.
fn untold(standing: &Standing) -> Vec<String> {
    let is_told = Escalated::reasons(standing);
    standing.rating.reasons.iter().filter(|reason| !is_told(reason)).cloned().collect()
}

/// The note on the overall rating, else on the worst rated dimension that has one.
fn note(status: &Status) -> Option<String> {
    let noted = Dimension::ALL.iter().filter_map(|dimension| {
        Some((status.rag.get(*dimension).and_then(Rag::severity), status.note.get(*dimension)?))
    });
    // Of equals the first in the order of the format.
    let worst = noted.rev().max_by_key(|(severity, _)| *severity).map(|(_, note)| note);
    let note = status.note.overall.as_deref().or(worst)?.trim();
    (!note.is_empty()).then(|| note.to_owned())
}

/// The project, where it is reported green and the figures say otherwise, explained or not.
pub(super) fn watermelon(register: &Register, standing: &Standing, day: Date) -> Option<Watermelon> {
    let rated = &standing.rating;
    let declared = rated.declared.filter(|rag| !rag.is_troubled())?;
    if !rated.is_greener && !rated.is_overridden {
        return None;
    }
    let (period, status) = calendar::newest(register, &standing.project, day)?;
    Some(Watermelon {
        project: standing.project.clone(),
        declared,
        figures: rated.figures,
        reasons: untold(standing),
        is_silent: standing.is_silent(),
        override_: Words::of(register, period, status, day).override_,
    })
}

impl Troubled {
    /// The worst first.
    pub(super) fn order(&self) -> (std::cmp::Reverse<Option<u8>>, &str) {
        let assessed = self.assessed.as_ref().and_then(|said| said.assessed.severity());
        (std::cmp::Reverse(self.rating.severity().max(assessed)), &self.project)
    }

    /// The line of a page: why, and how it gets back to green.
    pub(super) fn line(&self) -> Attention {
        let mut text = Line::new();
        if self.is_silent {
            text = text.text(format!("as of {}: ", self.period.spoken()));
        }
        // What only repeats a rating is no reason.
        let own = |reason: &&String| !reason.contains(" reported ");
        let reasons: Vec<&str> = self.reasons.iter().filter(own).map(String::as_str).collect();
        let is_better = self.figures.severity() < self.rating.severity();
        text = match &self.note {
            _ if self.is_greener || self.override_.is_some() => {
                text.text(greener(self.rating, self.figures, &self.reasons))
            }
            // What is worst in the figures is told under the tolerances.
            Some(note) if self.is_beyond_tolerance && note != WITHHELD => {
                text.text(note.trim_end_matches('.'))
            }
            _ if !is_better && !reasons.is_empty() => text.text(reasons.join(", ")),
            Some(note) if note != WITHHELD => text.text(note.trim_end_matches('.')),
            _ if !is_better && !self.reasons.is_empty() => text.text(self.reasons.join(", ")),
            _ if self.is_beyond_tolerance => text.text("beyond tolerance"),
            _ if self.figures == Rag::Grey => text.text(format!("rated {}", self.rating)),
            _ => text.text(format!("rated {}; the figures say {}", self.rating, self.figures)),
        };
        if let Some(given) = &self.override_ {
            text = text.text("; ").line(given.line());
        }
        if let Some(said) = &self.assessed {
            let why = said.comment.as_deref().map(|why| format!(": {}", why.trim().trim_end_matches('.')));
            text = text.text("; ").strong(format!("assessed {}", said.assessed));
            text = text.text(format!(" {}{}", said.source(), why.unwrap_or_default()));
        }
        let (text, next) = match &self.path_to_green {
            // Its manager sees nothing to get back from.
            None if !self.rating.is_troubled() => (text, None),
            // There is one, for others to read.
            Some(path) if path == WITHHELD => (text, None),
            Some(path) => (text.text(". ").strong("To green:").text(format!(" {path}")), None),
            None => {
                let next = format!("pmo edit {}/{}", self.project, self.period);
                (text.text(". ").strong("No path to green."), Some(next))
            }
        };
        let shape = if self.is_silent {
            ratings::silent(Some(self.rating))
        } else {
            Rating::shape(level(self.rating))
        };
        Attention { mark: Some(shape), subject: self.project.clone(), text, next }
    }
}

impl Watermelon {
    /// Those that nothing explains first, then the worst.
    pub(super) fn order(&self) -> (bool, std::cmp::Reverse<Option<u8>>, &str) {
        let is_explained = self.override_.as_ref().is_some_and(|given| given.in_force);
        (is_explained, std::cmp::Reverse(self.figures.severity()), &self.project)
    }

    /// The line of a page.
    pub(super) fn line(&self) -> Attention {
        let mut text = Line::new().text(greener(self.declared, self.figures, &self.reasons));
        if let Some(given) = &self.override_ {
            text = text.text("; ").line(given.line());
        }
        Attention {
            mark: Some(Rating::shape(level(self.declared)).marked(crate::document::Mark::GreenerThanFigures)),
            subject: self.project.clone(),
            text,
            next: Some(format!("pmo explain rag {}", self.project)),
        }
    }
}
