//! What the last finish of several projects hangs on.

use std::collections::BTreeSet;

use petgraph::Direction::Incoming;
use petgraph::algo::spfa;
use petgraph::graph::NodeIndex;
use petgraph::visit::{EdgeFiltered, EdgeRef, NodeIndexable, Reversed};

use super::network::{Edge, Network};
use super::point::{At, Point};
use crate::model::Date;

/// The chain that the last finish hangs on, and what else could move it.
#[derive(Clone, Debug, PartialEq)]
pub struct Critical {
    /// The critical path, from its first point to the last finish.
    pub chain: Vec<Link>,
    /// The points of other projects that can move the last finish and are not on the chain, the nearest first.
    pub others: Vec<Total>,
}

/// A point of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The point.
    pub point: Point,
    /// The day on which it is expected.
    pub day: Option<Date>,
    /// The tie that leads to it from the one before, by its place among those of the network; none within a project.
    pub tie: Option<usize>,
}

/// A point with its total float.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// The point.
    pub point: Point,
    /// The day on which it is expected.
    pub day: Option<Date>,
    /// Days by which it may slip before the last finish moves.
    pub float_days: i64,
}

impl Network<'_> {
    /// The critical path to the last finish of these projects; nothing where none of them is open and has a day.
    ///
    /// The last finish is the latest expected one, of equal ones the first by id. The total float of a point is the
    /// least sum of the float of ties on any way from it to the last finish: as many days may it slip before that
    /// moves. The critical path runs through points without total float, begins at the earliest of them and goes on to
    /// the earliest next, so that of all such chains it is the longest in time.
    pub fn critical<'p>(&self, projects: impl Iterator<Item = &'p str>) -> Option<Critical> {
        let open = projects.map(Point::finish).filter_map(|point| {
            let days = self.days(&point)?;
            let is_open = self.charter(&point.project).is_some_and(|charter| !charter.state.is_over());
            is_open.then_some((days.expected?, point))
        });
        let (_, end) = open.max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1)))?;
        let end_node = self.index(&end)?;
        let carrying = EdgeFiltered::from_fn(&self.graph, |edge| self.carries(edge.id()));
        let back = Reversed(&carrying);
        let paths = spfa(back, end_node, |edge| self.takes_up(*edge.weight())).ok()?;
        let float = |node: NodeIndex| {
            let float = paths.distances.get(NodeIndexable::to_index(&self.graph, node)).copied();
            float.filter(|float| *float < i64::MAX)
        };
        let chain = self.chain(end_node, &float);
        let on_chain: BTreeSet<&Point> = chain.iter().map(|link| &link.point).collect();
        let others = self.graph.node_indices().filter_map(|node| {
            let point = &self.graph[node];
            let float_days = float(node)?;
            // A start tells less than the milestones that follow it, and its own finish than the chain itself.
            let tells = point.at != At::Start && point.project != end.project && !on_chain.contains(point);
            tells.then(|| Total { point: point.clone(), day: self.day_of(node), float_days })
        });
        let mut others: Vec<Total> = others.collect();
        others.sort_by(|a, b| (a.float_days, a.day, &a.point).cmp(&(b.float_days, b.day, &b.point)));
        Some(Critical { chain, others })
    }

    fn day_of(&self, node: NodeIndex) -> Option<Date> {
        self.days(&self.graph[node]).and_then(|days| days.expected)
    }

    /// The chain of points without total float, from the earliest of them to the end.
    fn chain(&self, end: NodeIndex, float: &dyn Fn(NodeIndex) -> Option<i64>) -> Vec<Link> {
        let is_critical = |node: NodeIndex| float(node) == Some(0) && self.day_of(node).is_some();
        let open = |node: &NodeIndex| !self.days(&self.graph[*node]).is_some_and(|days| days.is_reached);
        let key = |node: &NodeIndex| (self.day_of(*node), self.graph[*node].clone());
        let critical = self.graph.node_indices().filter(|node| is_critical(*node)).filter(open);
        let mut at = critical.min_by_key(key).unwrap_or(end);
        // Of several on that day, one that waits for none of the others.
        let mut behind = BTreeSet::from([at]);
        while let Some(edge) = self.graph.edges_directed(at, Incoming).find(|edge| {
            self.carries(edge.id())
                && self.takes_up(*edge.weight()) == 0
                && is_critical(edge.source())
                && self.day_of(edge.source()) == self.day_of(at)
                && !behind.contains(&edge.source())
        }) {
            at = edge.source();
            behind.insert(at);
        }
        let link =
            |node: NodeIndex, tie| Link { point: self.graph[node].clone(), day: self.day_of(node), tie };
        let mut chain = vec![link(at, None)];
        let mut seen = BTreeSet::from([at]);
        while at != end {
            let next = self.graph.edges(at).filter(|edge| {
                self.carries(edge.id())
                    && self.takes_up(*edge.weight()) == 0
                    && is_critical(edge.target())
                    && !seen.contains(&edge.target())
            });
            // In a circle the way may end: then what is left is said, and that it leads on to the end.
            let Some(edge) = next.min_by_key(|edge| key(&edge.target())) else {
                chain.push(link(end, None));
                break;
            };
            let tie = match edge.weight() {
                Edge::Tie(at) => Some(*at),
                Edge::Within | Edge::Later => None,
            };
            chain.push(link(edge.target(), tie));
            seen.insert(edge.target());
            at = edge.target();
        }
        chain
    }
}
