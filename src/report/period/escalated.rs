//! Projects whose figures are beyond a tolerance: what somebody above their managers must decide.

use serde::Serialize;

use crate::document::{Attention, Mark, Rating};
use crate::model::Rag;
use crate::report::exceptions::escalation;
use crate::report::ratings::{self, level};
use crate::report::standing::{Beyond, Standing};

/// A project beyond a tolerance.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Escalated {
    /// The project.
    pub project: String,
    /// The rating under which it counts.
    pub rating: Option<Rag>,
    /// Whether a newer report is missing.
    pub is_silent: bool,
    /// Whether it is declared better than the figures say, and no override explains it.
    pub is_greener: bool,
    /// Where its figures are beyond a tolerance, and what was accepted.
    pub beyond: Vec<Beyond>,
    /// Who decides: its sponsor's name.
    pub to: Option<String>,
}

/// The project, where its figures are beyond a tolerance.
pub(super) fn of(standing: &Standing) -> Option<Escalated> {
    let beyond = standing.rating.beyond.clone();
    (!beyond.is_empty()).then(|| Escalated {
        project: standing.project.clone(),
        rating: standing.rating.counted,
        is_silent: standing.is_silent(),
        is_greener: standing.rating.is_greener,
        beyond,
        to: standing.sponsor_name.clone(),
    })
}

impl Escalated {
    /// Those that nobody has accepted first, then the worst.
    pub(super) fn order(&self) -> (bool, std::cmp::Reverse<Option<u8>>, &str) {
        let severity = self.rating.and_then(Rag::severity);
        (self.is_accepted(), std::cmp::Reverse(severity), &self.project)
    }

    fn is_accepted(&self) -> bool {
        self.beyond.iter().all(|one| one.accepted_by.is_some())
    }

    /// What was said of the figures here, so that no other section need say it.
    pub(super) fn reasons(standing: &Standing) -> impl Fn(&String) -> bool {
        let said: Vec<String> =
            standing.rating.beyond.iter().flat_map(|one| one.reasons.iter().cloned()).collect();
        move |reason| said.contains(reason)
    }

    /// The line of a page: what is beyond which tolerance, and who decides.
    pub(super) fn line(&self) -> Attention {
        let shape = Rating::shape(level(self.rating.unwrap_or(Rag::Grey)));
        let shape = match () {
            () if self.is_silent => ratings::silent(self.rating),
            () if self.is_greener && self.rating != Some(Rag::Red) => shape.marked(Mark::GreenerThanFigures),
            () => shape,
        };
        Attention {
            mark: Some(shape),
            subject: self.project.clone(),
            text: escalation(&self.beyond, self.to.as_deref()),
            next: (!self.is_accepted()).then(|| format!("pmo explain rag {}", self.project)),
        }
    }
}
