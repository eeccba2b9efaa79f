//! What became of risks since an earlier state of the register.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::analysis::exposure::is_open;
use crate::analysis::risk_matrix::{Judged, Stage, judged};
use crate::document::HeatMove;
use crate::model::risk::RiskKind;
use crate::model::{Date, Register, Risk};

use super::entry::Entry;

/// The risks of an earlier state.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Since {
    /// What was asked for, such as `2026-W46`.
    pub since: String,
    /// The day of that state, where it has one.
    pub day: Option<Date>,
    /// Where it came from: `commit 3f2c1a9`.
    pub source: String,
    /// The risks that were open then, by reference.
    #[serde(skip)]
    open: BTreeMap<String, Then>,
}

/// A risk as it was.
#[derive(Debug, Clone, PartialEq)]
struct Then {
    title: String,
    kind: RiskKind,
    project: String,
    stages: [Option<Judged>; 3],
}

/// A risk that was open then and is no more.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gone {
    /// Its reference.
    pub risk: String,
    /// What it was about.
    pub title: String,
    /// Whether it would have harmed or helped.
    pub kind: RiskKind,
    /// Its score then.
    pub score: Option<u32>,
    /// What it is now: `closed` or `occurred`; nothing where it is no longer in the register.
    pub state: Option<&'static str>,
}

impl Since {
    /// The open risks of that state; scores by its own scales.
    pub fn of(register: &Register, since: &str, day: Option<Date>, source: &str) -> Self {
        let config = &register.config.risk;
        let open = register.records::<Risk>().filter(|(_, risk)| is_open(risk)).map(|(id, risk)| {
            let then = Then {
                title: risk.title.clone(),
                kind: risk.kind,
                project: id.home.clone(),
                stages: Stage::ALL.map(|stage| judged(risk, stage, config)),
            };
            (id.to_string(), then)
        });
        Self { since: since.to_owned(), day, source: source.to_owned(), open: open.collect() }
    }

    fn judged(&self, risk: &str, stage: Stage) -> Option<Judged> {
        self.open.get(risk)?.stages[stage as usize]
    }

    /// How an open risk came to where it stands at a stage; nothing where it stands as it did.
    pub fn moved(&self, entry: &Entry, stage: Stage) -> Option<HeatMove> {
        if !self.open.contains_key(&entry.risk) {
            return Some(HeatMove::New);
        }
        let now = entry.at(stage)?;
        let Some(then) = self.judged(&entry.risk, stage) else { return Some(HeatMove::New) };
        match now.score.cmp(&then.score) {
            std::cmp::Ordering::Greater => Some(HeatMove::Raised),
            std::cmp::Ordering::Less => Some(HeatMove::Lowered),
            std::cmp::Ordering::Equal if (now.probability, now.impact) != (then.probability, then.impact) => {
                Some(HeatMove::Aside)
            }
            std::cmp::Ordering::Equal => None,
        }
    }

    /// Whether the risk was open then.
    pub fn was_open(&self, risk: &str) -> bool {
        self.open.contains_key(risk)
    }

    /// The score that an open risk had.
    pub fn score(&self, risk: &str) -> Option<u32> {
        self.judged(risk, Stage::Current).map(|judged| judged.score)
    }

    /// What was open in these projects then and is no more, the highest score first.
    pub fn gone<'a>(
        &self,
        projects: impl Fn(&str) -> bool,
        now: impl Iterator<Item = &'a Entry>,
    ) -> Vec<Gone> {
        let known: BTreeMap<&str, &Entry> = now.map(|entry| (entry.risk.as_str(), entry)).collect();
        let mut gone: Vec<Gone> = Vec::new();
        for (risk, then) in self.open.iter().filter(|(_, then)| projects(&then.project)) {
            let entry = known.get(risk.as_str());
            if entry.is_some_and(|entry| entry.is_open) {
                continue;
            }
            gone.push(Gone {
                risk: risk.clone(),
                title: entry.map_or(&then.title, |entry| &entry.title).clone(),
                kind: then.kind,
                score: self.score(risk),
                state: entry.map(|entry| entry.state.word()),
            });
        }
        gone.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.risk.cmp(&b.risk)));
        gone
    }
}
