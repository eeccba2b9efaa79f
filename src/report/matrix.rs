//! The matrix: risks in the cells of probability and impact.

mod page;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::analysis::risk_matrix::{Stage, ranks};
use crate::document::{Document, HeatMove};
use crate::model::audience::Section;
use crate::model::risk::RiskKind;
use crate::model::risk_scale::{Band, RiskConfig};
use crate::model::{Register, Scope};

use super::head::{Asked, Head};
use super::incomplete::Incomplete;
use super::risks::{self, Entry, Gone, Held, Since};
use super::selection::Selection;

/// What a matrix is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Options {
    /// The one project whose risks are shown.
    pub project: Option<String>,
    /// Which projects.
    pub selection: Selection,
    /// Threats or opportunities.
    #[serde(rename = "of")]
    pub kind: RiskKind,
    /// Of when assessments are.
    pub stage: Stage,
    /// Whether the page has the scales in words.
    pub scales: bool,
}

/// Risks in the cells of probability and impact.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Matrix {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// What was asked for.
    pub options: Options,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// With which earlier state it is compared.
    pub compared: Option<Since>,
    /// The register's scales.
    pub scales: RiskConfig,
    /// How many projects are listed.
    pub projects: usize,
    /// How many are not.
    pub left_out: usize,
    /// Every cell, the highest probability first.
    pub cells: Vec<MatrixCell>,
    /// The risks that have a cell, the highest score first.
    pub risks: Vec<MatrixLine>,
    /// Open risks without an assessment of this stage.
    pub unassessed: Vec<String>,
    /// Open risks whose levels the scales do not have.
    pub off_scale: Vec<String>,
    /// What was open then and is no more.
    pub gone: Vec<Gone>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MatrixCell {
    /// The level of probability.
    pub probability: u32,
    /// The level of impact.
    pub impact: u32,
    /// Probability × impact.
    pub score: u32,
    /// Its band.
    pub band: Band,
    /// What the band is called.
    pub level: String,
    /// Whether a threat in it, of a category without an appetite of its own, is outside appetite.
    pub is_outside_appetite: bool,
    /// The risks in it.
    pub risks: Vec<String>,
}

/// A risk that has a cell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MatrixLine {
    /// The risk.
    #[serde(flatten)]
    pub entry: Entry,
    /// Its rank as first raised, among those that are listed; 1 is the highest score.
    pub initial_rank: Option<usize>,
    /// Its rank now.
    pub current_rank: Option<usize>,
    /// Its rank after the response.
    pub target_rank: Option<usize>,
    /// How it came into its cell since then.
    pub moved: Option<HeatMove>,
}

/// What the matrix reads.
pub fn scope(asked: &Asked) -> Scope {
    risks::scope(asked)
}

/// Makes the matrix of the projects that are held.
pub fn matrix(
    register: &Register,
    held: Vec<Held>,
    since: Option<Since>,
    asked: &Asked,
    options: Options,
) -> Matrix {
    let head = Head::new("risk-matrix", register, asked);
    let before = held.len();
    let kept: Vec<Held> = held
        .into_iter()
        .filter(|held| options.project.is_some() || options.selection.keeps(&held.standing))
        .collect();
    let projects = kept.len();
    let names: BTreeSet<String> = kept.iter().map(|held| held.standing.project.clone()).collect();
    let is_kept = |project: &str| names.contains(project);
    let gone = match &since {
        Some(since) if head.shows(Section::Risks) => {
            let mut gone = since.gone(is_kept, kept.iter().flat_map(|held| &held.risks));
            gone.retain(|gone| gone.kind == options.kind);
            gone
        }
        _ => Vec::new(),
    };
    let is_shown = |entry: &Entry| entry.is_open && entry.kind == options.kind && head.shows(Section::Risks);
    let open: Vec<Entry> = kept.into_iter().flat_map(|held| held.risks).filter(is_shown).collect();
    let config = &register.config.risk;
    let mut made = Matrix {
        incomplete: Incomplete::of(register, &scope(asked)),
        head,
        compared: since,
        scales: config.clone(),
        projects,
        left_out: before - projects,
        cells: cells(config),
        risks: Vec::new(),
        unassessed: Vec::new(),
        off_scale: Vec::new(),
        gone,
        options,
    };
    made.place(open);
    made
}

/// Every cell of the scales, the highest probability first.
fn cells(config: &RiskConfig) -> Vec<MatrixCell> {
    let levels = |count: usize| 1..=u32::try_from(count).unwrap_or(0);
    let cell = |probability: u32, impact: u32| {
        let band = config.band_at(probability, impact);
        MatrixCell {
            probability,
            impact,
            score: probability.saturating_mul(impact),
            band,
            level: config.band.name(band).to_owned(),
            is_outside_appetite: config.is_outside_appetite(probability, impact, None),
            risks: Vec::new(),
        }
    };
    let row = |probability: u32| levels(config.impact.len()).map(move |impact| (probability, impact));
    levels(config.probability.len()).rev().flat_map(row).map(|(p, i)| cell(p, i)).collect()
}

impl Matrix {
    /// Puts each risk into its cell, or among those that have none.
    fn place(&mut self, mut open: Vec<Entry>) {
        let stage = self.options.stage;
        let score = |entry: &Entry| entry.at(stage).map(|judged| judged.score);
        open.sort_by(|a, b| score(b).cmp(&score(a)).then_with(|| a.risk.cmp(&b.risk)));
        let mut placed = Vec::new();
        for entry in open {
            match entry.at(stage) {
                None => self.unassessed.push(entry.risk),
                Some(judged) if judged.is_off_scale => self.off_scale.push(entry.risk),
                Some(judged) => {
                    let at = (judged.probability, judged.impact);
                    let cell = self.cells.iter_mut().find(|cell| (cell.probability, cell.impact) == at);
                    cell.into_iter().for_each(|cell| cell.risks.push(entry.risk.clone()));
                    placed.push(entry);
                }
            }
        }
        let [initial, current, target] = Stage::ALL.map(|stage| {
            ranks(&placed.iter().map(|entry| entry.at(stage).map(|one| one.score)).collect::<Vec<_>>())
        });
        let ranked = initial.into_iter().zip(current).zip(target);
        let line = |(entry, ((initial_rank, current_rank), target_rank)): (Entry, _)| MatrixLine {
            moved: self.compared.as_ref().and_then(|since| since.moved(&entry, stage)),
            entry,
            initial_rank,
            current_rank,
            target_rank,
        };
        self.risks = placed.into_iter().zip(ranked).map(line).collect();
    }

    /// The matrix as a page.
    pub fn page(&self) -> Document {
        page::page(self)
    }
}
