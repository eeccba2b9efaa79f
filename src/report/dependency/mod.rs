//! Dependencies between projects: the list, the graph, what a slip moves, the critical path.

mod critical;
mod graph;
mod impact;
mod line;
mod list;
mod tree;

use std::collections::BTreeSet;

use crate::analysis::dependency::{self, Network};
use crate::document::{Block, Document, Line, Notice, Severity};
use crate::model::{Date, Register, Reports, Scope};

use super::head::Asked;
use super::selection::Selection;
use super::standing;

pub use critical::{CriticalLink, CriticalPath, TotalFloat, critical};
pub use graph::{DependencyGraph, GraphOptions, graph};
pub use impact::{BenefitMoved, CrossedTie, ImpactReport, PointMoved, impact};
pub use line::TieLine;
pub use list::{DependencyList, ListOptions, list};
pub use tree::{Tree, TreeRow};

/// What the reports on dependencies read: charters, the newest reports, benefits, and what a selection asks of a
/// project.
pub fn scope(asked: &Asked) -> Scope {
    let kinds =
        ["project", "programme", "person", "risk", "change", "benefit", "actuals", "programme-status"];
    Scope::kinds(&kinds).with_reports(Reports::Newest(2)).on(asked.day)
}

/// The projects that a selection keeps, by id.
fn selected(register: &Register, day: Date, selection: &Selection) -> BTreeSet<String> {
    if *selection == Selection::default() {
        let open = register.charters().filter(|(_, charter, _)| !charter.state.is_over());
        return open.map(|(id, ..)| id.to_owned()).collect();
    }
    let kept = standing::gather_all(register, day).into_iter().filter(|standing| selection.keeps(standing));
    kept.map(|standing| standing.project).collect()
}

/// The circles of the network in which one of these projects stands, each as its points, the first of them again at
/// the end.
fn circles<'p>(network: &Network<'_>, among: impl Iterator<Item = &'p str>) -> Vec<Vec<String>> {
    let among: BTreeSet<&str> = among.collect();
    let is_met =
        |steps: &Vec<dependency::Step>| steps.iter().any(|step| among.contains(step.waits.project.as_str()));
    let path = |steps: Vec<dependency::Step>| {
        let points: Vec<String> = steps.iter().map(|step| step.waits.to_string()).collect();
        points.iter().cloned().chain(points.first().cloned()).collect()
    };
    dependency::cycles(network).into_iter().filter(is_met).map(path).collect()
}

/// Says at the top of a page which projects wait for each other.
fn tell_circles(circles: &[Vec<String>], page: &mut Document) {
    for circle in circles {
        let text = Line::new().text("each waits for the next: ").strong(circle.join(" → "));
        let next = Some("pmo explain dependency-cycle".to_owned());
        page.push(Block::Notice(Notice { severity: Severity::Warning, text, next }));
    }
}
