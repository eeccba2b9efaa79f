//! Who waits for whom, as a tree: circles are marked and not followed, what was shown is referred to.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::analysis::dependency::{Network, Point, State, Tie};

/// Which way a tree is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// Below each point what it waits for.
    WaitsFor,
    /// Below each point what waits for it.
    WaitedForBy,
}

/// A tree of points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tree {
    /// Which way it is read.
    pub way: Way,
    /// Its rows, from the top.
    pub rows: Vec<TreeRow>,
}

/// A point of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TreeRow {
    /// How deep it stands; a root stands at 0.
    pub depth: usize,
    /// The point.
    pub point: String,
    /// What people call it.
    pub name: String,
    /// The dependency that leads to it from the row above it, by its place among those of the graph; null for a root.
    pub dependency: Option<usize>,
    /// Whether it stands above itself: it waits for itself in a circle, which is not followed.
    pub in_a_circle: bool,
    /// Whether what lies below it was shown before.
    pub shown_above: bool,
    /// The lines that lead to it.
    #[serde(skip)]
    pub lines: String,
}

/// Grows trees over one network; what one tree has shown the next refers to.
pub(super) struct Grower<'n, 'a> {
    network: &'n Network<'a>,
    way: Way,
    /// The points whose branches were shown.
    shown: BTreeSet<Point>,
    /// The ties that were shown.
    pub(super) ties: BTreeSet<usize>,
    pub(super) rows: Vec<TreeRow>,
}

impl<'n, 'a> Grower<'n, 'a> {
    pub(super) fn new(network: &'n Network<'a>, way: Way) -> Self {
        Self { network, way, shown: BTreeSet::new(), ties: BTreeSet::new(), rows: Vec::new() }
    }

    /// Adds a project with what hangs on it, unless nothing does.
    pub(super) fn root(&mut self, project: &str) {
        let point = match self.way {
            Way::WaitsFor => Point::finish(project),
            Way::WaitedForBy => Point::start(project),
        };
        if self.branches(&point).is_empty() {
            return;
        }
        // People speak of the project, not of its first or last day.
        self.rows.push(TreeRow {
            depth: 0,
            point: project.to_owned(),
            name: self.network.name(&Point::finish(project)),
            dependency: None,
            in_a_circle: false,
            shown_above: false,
            lines: String::new(),
        });
        self.grow(&point, &mut vec![point.clone()], "");
    }

    /// The ties below a point, with the point that each leads to.
    fn branches(&self, point: &Point) -> Vec<(usize, Point)> {
        let feeding = match self.way {
            Way::WaitsFor => self.network.feeding(point),
            Way::WaitedForBy => self.network.fed_by(point),
        };
        let ends = |tie: &Tie<'_>| match self.way {
            Way::WaitsFor => (tie.consumer.clone(), tie.supplier.clone()),
            Way::WaitedForBy => (tie.supplier.clone(), tie.consumer.clone()),
        };
        let ties = self.network.ties().iter().enumerate().filter(|(_, tie)| tie.state != State::Past);
        let ends = ties.map(|(at, tie)| (at, ends(tie)));
        ends.filter(|(_, (from, _))| feeding.contains(from)).map(|(at, (_, to))| (at, to)).collect()
    }

    fn grow(&mut self, point: &Point, above: &mut Vec<Point>, lines: &str) {
        let branches = self.branches(point);
        let last = branches.len().saturating_sub(1);
        for (at, (tie, next)) in branches.into_iter().enumerate() {
            let in_a_circle = above.contains(&next);
            let has_more = !in_a_circle && !self.branches(&next).is_empty();
            let shown_above = has_more && self.shown.contains(&next);
            // Spaces that do not break stay where pages squeeze others.
            let (fork, on) =
                if at == last { ("└\u{a0}", "\u{a0}\u{a0}") } else { ("├\u{a0}", "│\u{a0}") };
            self.rows.push(TreeRow {
                depth: above.len(),
                point: next.to_string(),
                name: self.network.name(&next),
                dependency: Some(tie),
                in_a_circle,
                shown_above,
                lines: format!("{lines}{fork}"),
            });
            self.ties.insert(tie);
            if has_more && !shown_above {
                self.shown.insert(next.clone());
                above.push(next.clone());
                self.grow(&next, above, &format!("{lines}{on}"));
                above.pop();
            }
        }
    }
}
