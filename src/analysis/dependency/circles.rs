//! Projects that wait for each other in a circle.

use std::collections::VecDeque;
use std::collections::btree_map::{BTreeMap, Entry};

use petgraph::Direction::Incoming;
use petgraph::algo::tarjan_scc;
use petgraph::graph::NodeIndex;
use petgraph::visit::{EdgeFiltered, EdgeRef};

use super::network::{Edge, Network};
use super::point::Point;

/// A step of a circle: what waits, and which of its project's dependencies says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What waits.
    pub waits: Point,
    /// Which of `[[dependency]]`, counted from 0.
    pub index: usize,
}

/// Finds the circles of dependencies among projects that are not over: one shortest circle for each group
/// of points that wait for each other, beginning at the first by name.
///
/// A project's finish waits for its own milestones and they for its start, so that a circle through a finish is
/// found, and two projects that need an early milestone of each other are none. The groups are the strongly
/// connected components of the graph (Tarjan, 1972).
pub fn cycles(network: &Network<'_>) -> Vec<Vec<Step>> {
    // That a milestone comes later than another is no promise that it waits for it.
    let certain = EdgeFiltered::from_fn(&network.graph, |edge| *edge.weight() != Edge::Later);
    let mut cycles: Vec<Vec<Step>> =
        tarjan_scc(&certain).into_iter().filter_map(|group| shortest(network, &group)).collect();
    cycles.sort_by(|a, b| a.first().map(|s| &s.waits).cmp(&b.first().map(|s| &s.waits)));
    cycles
}

/// The shortest circle within a group, from its first point by name, as the steps between projects.
fn shortest(network: &Network<'_>, group: &[NodeIndex]) -> Option<Vec<Step>> {
    let graph = &network.graph;
    let start = *group.iter().min_by_key(|n| &graph[**n])?;
    // Breadth first, against the edges, back to the start.
    let mut came: BTreeMap<NodeIndex, (NodeIndex, Edge)> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    'search: while let Some(at) = queue.pop_front() {
        let waits_for = graph.edges_directed(at, Incoming).filter(|edge| *edge.weight() != Edge::Later);
        for edge in waits_for.filter(|edge| group.contains(&edge.source())) {
            if let Entry::Vacant(first) = came.entry(edge.source()) {
                first.insert((at, *edge.weight()));
                queue.push_back(edge.source());
            }
            if edge.source() == start {
                break 'search;
            }
        }
    }
    let mut steps = Vec::new();
    let mut at = start;
    loop {
        let (from, edge) = *came.get(&at)?;
        if let Edge::Tie(tie) = edge {
            steps.push(Step { waits: graph[from].clone(), index: network.ties()[tie].index });
        }
        at = from;
        if at == start {
            break;
        }
    }
    steps.reverse();
    (!steps.is_empty()).then_some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::{day, register};

    fn charter(more: &str) -> String {
        format!("name = 'x'\nmanager = 'j'\nstate = 'active'\n{more}\n")
    }

    fn circles(a: &str, b: &str, c: &str) -> Vec<String> {
        let (a, b, c) = (charter(a), charter(b), charter(c));
        let register = register(&[
            ("projects/a/project.toml", &a),
            ("projects/b/project.toml", &b),
            ("projects/c/project.toml", &c),
        ]);
        let path = |steps: Vec<Step>| steps.iter().map(|s| s.waits.to_string()).collect::<Vec<_>>().join(" ");
        cycles(&Network::of(&register, day("2026-11-20"))).into_iter().map(path).collect()
    }

    #[test]
    fn a_circle_is_named_whole() {
        let on = |what: &str| format!("dependency = [{{ on = '{what}' }}]");
        assert_eq!(circles(&on("b"), &on("c"), &on("a")), ["a b c"]);
        assert_eq!(circles(&on("b"), &on("c"), ""), [""; 0]);
        assert_eq!(circles(&on("a"), "", ""), ["a"]);
        let early = |what: &str| {
            format!(
                "milestone = [{{ id = 'm' }}, {{ id = 'n' }}]\ndependency = [{{ on = '{what}#m', milestone = 'n' }}]"
            )
        };
        assert_eq!(
            circles(&early("b"), &early("a"), ""),
            [""; 0],
            "each needs an early milestone of the other"
        );
        let through = "milestone = [{ id = 'm' }]\ndependency = [{ on = 'b', milestone = 'm' }]";
        assert_eq!(circles(through, &on("a"), ""), ["a#m b"]);
    }
}
