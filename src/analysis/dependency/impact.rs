//! What moves when a point slips.

use std::cmp::Reverse;

use petgraph::algo::spfa;
use petgraph::graph::NodeIndex;
use petgraph::visit::{EdgeFiltered, EdgeRef, NodeIndexable};

use super::network::{Edge, Network};
use super::point::Point;
use crate::model::Date;

/// What a slip moves.
#[derive(Clone, Debug, PartialEq)]
pub struct Impact {
    /// What slips.
    pub from: Point,
    /// By how many days; negative when it comes earlier.
    pub slip_days: i64,
    /// Everything that moves, the point itself first, then the soonest.
    pub moves: Vec<Move>,
    /// The ties that the slip meets, with their float before and after.
    pub crossings: Vec<Crossing>,
}

/// One point that moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The point.
    pub point: Point,
    /// By how many days.
    pub days: i64,
    /// The agreed day.
    pub agreed: Option<Date>,
    /// The day on which it was expected.
    pub before: Option<Date>,
    /// The day on which it is expected with the slip.
    pub after: Option<Date>,
    /// The points from the one that slips to this one, both included.
    pub path: Vec<Point>,
}

/// One tie that the slip meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crossing {
    /// The tie, by its place among those of the network.
    pub tie: usize,
    /// Days by which its supplier moves.
    pub supply_days: i64,
    /// Its float before.
    pub before: Option<i64>,
    /// Its float after.
    pub after: Option<i64>,
    /// Days that it passes on to its consumer.
    pub passed_days: i64,
}

impl Move {
    /// Whether it was expected by its agreed day, and is not any more.
    pub fn breaks(&self) -> bool {
        let after = |day: Option<Date>| day.zip(self.agreed).map(|(day, agreed)| day > agreed);
        after(self.after) == Some(true) && after(self.before) != Some(true)
    }

    /// Days from the agreed day to the one that it moves to; negative when early.
    pub fn past_agreed(&self) -> Option<i64> {
        Some(self.after?.days_since(self.agreed?))
    }
}

impl Network<'_> {
    /// What moves when a point slips by so many days; nothing where there is no such point.
    ///
    /// Formula: a point moves by max(0, slip − F), F being the least sum of float on any way to it; a tie's float is
    /// max(0, need − supply − lag), where unknown 0, and there is none between points of one project: its later
    /// milestones and its finish move as far as the milestone that moves. Nothing reached moves, and circles do no
    /// harm, since no way gains by going round. What is late already is not counted against the slip. An improvement
    /// moves nothing but the point itself: a supplier that comes earlier pulls nobody forward by itself.
    pub fn impact(&self, from: &Point, slip_days: i64) -> Option<Impact> {
        let source = self.index(from)?;
        let mut impact = Impact { from: from.clone(), slip_days, moves: Vec::new(), crossings: Vec::new() };
        if slip_days <= 0 {
            impact.moves.push(self.moved(from.clone(), slip_days, vec![from.clone()]));
            impact.crossings = self.crossings(&|node| if node == source { slip_days } else { 0 });
            return Some(impact);
        }
        let carrying = EdgeFiltered::from_fn(&self.graph, |edge| self.carries(edge.id()));
        // No edge is negative, so that there is no negative circle to complain of.
        let paths = spfa(&carrying, source, |edge| self.takes_up(*edge.weight())).ok()?;
        let to_index = |node: NodeIndex| NodeIndexable::to_index(&self.graph, node);
        let slip_of = |node: NodeIndex| {
            let taken = paths.distances.get(to_index(node)).copied().unwrap_or(i64::MAX);
            slip_days.saturating_sub(taken).max(0)
        };
        for node in self.graph.node_indices().filter(|node| slip_of(*node) > 0) {
            let mut path = vec![self.graph[node].clone()];
            let mut at = node;
            while let Some(before) = paths.predecessors.get(to_index(at)).copied().flatten() {
                path.push(self.graph[before].clone());
                at = before;
            }
            path.reverse();
            impact.moves.push(self.moved(self.graph[node].clone(), slip_of(node), path));
        }
        impact.moves.sort_by(|a, b| {
            let key = |m: &Move| (m.point != *from, m.before.is_none(), m.before, Reverse(m.days));
            key(a).cmp(&key(b)).then_with(|| a.point.cmp(&b.point))
        });
        impact.crossings = self.crossings(&slip_of);
        Some(impact)
    }

    fn moved(&self, point: Point, days: i64, path: Vec<Point>) -> Move {
        let known = self.days(&point).unwrap_or_default();
        let after = known.expected.map(|day| day.plus_days(days));
        Move { agreed: known.agreed, before: known.expected, after, point, days, path }
    }

    fn crossings(&self, slip_of: &dyn Fn(NodeIndex) -> i64) -> Vec<Crossing> {
        let carrying = self.graph.edge_references().filter(|edge| self.carries(edge.id()));
        let crossing = |(at, slip): (usize, i64)| {
            let before = self.ties()[at].float();
            Crossing {
                tie: at,
                supply_days: slip,
                before,
                after: before.map(|float| float.saturating_sub(slip)),
                passed_days: slip.saturating_sub(before.unwrap_or(0).max(0)).max(0),
            }
        };
        let met = carrying.filter_map(|edge| match edge.weight() {
            Edge::Tie(at) => Some((*at, slip_of(edge.source()))),
            Edge::Within | Edge::Later => None,
        });
        let mut crossings: Vec<Crossing> = met.filter(|(_, slip)| *slip != 0).map(crossing).collect();
        crossings.sort_by_key(|crossing| crossing.tie);
        crossings
    }
}
