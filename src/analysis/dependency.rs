//! Who waits for whom: circles, and suppliers that come too late.

use std::collections::VecDeque;
use std::collections::btree_map::{BTreeMap, Entry};
use std::fmt;

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use super::schedule;
use super::standing::Standing;
use crate::model::lifecycle::ProjectState;
use crate::model::project::{Dependency, DependencyKind};
use crate::model::{Date, Register, Target};

/// A point in a project that others can wait for: a milestone, or the finish.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// The project.
    pub project: String,
    /// The milestone; the finish where there is none.
    pub milestone: Option<String>,
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.project)?;
        self.milestone.iter().try_for_each(|m| write!(f, "#{m}"))
    }
}

/// A step of a circle: what waits, and which of its project's dependencies says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What waits.
    pub waits: Point,
    /// Which of `[[dependency]]`, counted from 0.
    pub index: usize,
}

/// The point that a dependency waits for.
fn supplier(dependency: &Dependency, home: &str) -> Option<Point> {
    match dependency.on.target(Some(home))? {
        Target::Named(project) => Some(Point { project, milestone: None }),
        Target::Milestone { project, id } => Some(Point { project, milestone: Some(id) }),
        Target::Record(_) => None,
    }
}

/// Finds the circles of dependencies among projects that are not over: one shortest circle for each group
/// of points that wait for each other, beginning at the first by name.
///
/// A project's finish waits for its own milestones, so that a circle through a finish is found, and two
/// projects that need an early milestone of each other are none. The groups are the strongly connected
/// components of the graph (Tarjan, 1972).
pub fn cycles(register: &Register) -> Vec<Vec<Step>> {
    let mut graph: DiGraph<Point, Option<usize>> = DiGraph::new();
    let mut nodes: BTreeMap<Point, NodeIndex> = BTreeMap::new();
    let mut node = |graph: &mut DiGraph<Point, Option<usize>>, point: Point| {
        *nodes.entry(point.clone()).or_insert_with(|| graph.add_node(point))
    };
    for (id, charter, _) in register.charters().filter(|(_, c, _)| !c.state.is_over()) {
        let own = |milestone: Option<String>| Point { project: id.to_owned(), milestone };
        let finish = node(&mut graph, own(None));
        for milestone in &charter.milestone {
            let milestone = node(&mut graph, own(Some(milestone.id.clone())));
            graph.add_edge(finish, milestone, None);
        }
        for (index, dependency) in charter.dependency.iter().enumerate() {
            let Some(on) = supplier(dependency, id) else { continue };
            let waits = node(&mut graph, own(dependency.milestone.clone()));
            let on = node(&mut graph, on);
            graph.add_edge(waits, on, Some(index));
        }
    }
    let mut cycles: Vec<Vec<Step>> =
        tarjan_scc(&graph).into_iter().filter_map(|group| shortest(&graph, &group)).collect();
    cycles.sort_by(|a, b| a.first().map(|s| &s.waits).cmp(&b.first().map(|s| &s.waits)));
    cycles
}

/// The shortest circle within a group, from its first point by name, as the steps between projects.
fn shortest(graph: &DiGraph<Point, Option<usize>>, group: &[NodeIndex]) -> Option<Vec<Step>> {
    let start = *group.iter().min_by_key(|n| &graph[**n])?;
    // Breadth first, back to the start.
    let mut came: BTreeMap<NodeIndex, (NodeIndex, Option<usize>)> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    'search: while let Some(at) = queue.pop_front() {
        for edge in graph.edges(at).filter(|e| group.contains(&e.target())) {
            if let Entry::Vacant(first) = came.entry(edge.target()) {
                first.insert((at, *edge.weight()));
                queue.push_back(edge.target());
            }
            if edge.target() == start {
                break 'search;
            }
        }
    }
    let mut steps = Vec::new();
    let mut at = start;
    loop {
        let (from, index) = *came.get(&at)?;
        if let Some(index) = index {
            steps.push(Step { waits: graph[from].clone(), index });
        }
        at = from;
        if at == start {
            break;
        }
    }
    steps.reverse();
    (!steps.is_empty()).then_some(steps)
}

/// What is wrong with a dependency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The supplier ended before its time.
    Terminated,
    /// It is expected after it is needed.
    Late {
        /// The day on which the supplier is expected.
        expected: Date,
        /// The day on which it is needed.
        needed: Date,
        /// Days from the need to the supply, lag included.
        days: i64,
    },
}

/// A dependency in trouble.
#[derive(Clone, Debug, PartialEq)]
pub struct Troubled<'a> {
    /// The project that waits.
    pub consumer: &'a str,
    /// Which of its `[[dependency]]`, counted from 0.
    pub index: usize,
    /// As agreed.
    pub dependency: &'a Dependency,
    /// What it waits for.
    pub supplier: Point,
    /// What is wrong.
    pub trouble: Trouble,
}

/// Finds the dependencies of projects that are not over whose supplier was terminated or comes too late.
///
/// Too late: expected day + lag > day of need. The expected day is the supplier's forecast, else its agreed
/// date, and never before today while it is open; for a dependency on a start it is the supplier's start. The
/// day of need is `needed_by`, else the expected or agreed day of the milestone that needs it.
pub fn troubles<'a>(standings: &'a [Standing<'a>], day: Date) -> Vec<Troubled<'a>> {
    let by_id: BTreeMap<&str, &Standing<'_>> = standings.iter().map(|at| (at.id, at)).collect();
    let mut found = Vec::new();
    for at in standings.iter().filter(|at| !at.charter.state.is_over()) {
        for (index, dependency) in at.charter.dependency.iter().enumerate() {
            let Some(point) = supplier(dependency, at.id) else { continue };
            let Some(other) = by_id.get(point.project.as_str()) else { continue };
            if let Some(trouble) = trouble(at, dependency, other, &point, day) {
                found.push(Troubled { consumer: at.id, index, dependency, supplier: point, trouble });
            }
        }
    }
    found
}

fn trouble(
    at: &Standing<'_>,
    dependency: &Dependency,
    other: &Standing<'_>,
    point: &Point,
    day: Date,
) -> Option<Trouble> {
    let expected = match &point.milestone {
        Some(id) => {
            let m = other.schedule.milestones.iter().find(|m| m.milestone.id == *id)?;
            if m.is_reached() {
                return None;
            }
            m.expected.or(m.milestone.baseline)
        }
        None if other.charter.state.is_over() => None,
        None => match dependency.kind {
            DependencyKind::FinishToStart | DependencyKind::FinishToFinish => {
                other.schedule.expected.or(other.schedule.finish)
            }
            DependencyKind::StartToStart | DependencyKind::StartToFinish => {
                if other.charter.started_on.is_some() {
                    return None;
                }
                let start = other.schedule.start;
                schedule::expected(None, start, day).or(start)
            }
        },
    };
    if other.charter.state == ProjectState::Terminated {
        return Some(Trouble::Terminated);
    }
    let expected = expected?;
    let needed = dependency.needed_by.or_else(|| {
        let id = dependency.milestone.as_ref()?;
        let m = at.schedule.milestones.iter().find(|m| m.milestone.id == *id)?;
        if m.is_reached() { None } else { m.expected.or(m.milestone.baseline) }
    })?;
    let days = expected.days_since(needed).saturating_add(dependency.lag_days);
    (days > 0).then_some(Trouble::Late { expected, needed, days })
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
        cycles(&register).into_iter().map(path).collect()
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

    #[test]
    fn a_supplier_is_late_from_the_day_after_the_need() {
        let late = |needed: &str, supplier: &str| {
            let a = charter(&format!("dependency = [{{ on = 'b#m', needed_by = {needed}, lag_days = 5 }}]"));
            let b = charter("milestone = [{ id = 'm', baseline = 2026-12-01 }]");
            let report = format!("summary = 'x'\nrag.overall = 'green'\n{supplier}");
            let register = register(&[
                ("projects/a/project.toml", &a),
                ("projects/b/project.toml", &b),
                ("projects/b/status/2026-W47.toml", &report),
            ]);
            let on = day("2026-11-20");
            let standings: Vec<_> =
                register.projects.keys().filter_map(|id| Standing::of(&register, id, on)).collect();
            troubles(&standings, on).first().map(|t| t.trouble)
        };
        let expected = |days| match days {
            Some(Trouble::Late { days, .. }) => Some(days),
            _ => None,
        };
        assert_eq!(expected(late("2026-12-06", "")), None, "as agreed: 1 December and five days of lag");
        assert_eq!(expected(late("2026-12-05", "")), Some(1));
        assert_eq!(expected(late("2026-12-06", "milestone.m.forecast = 2026-12-31")), Some(30));
        assert_eq!(expected(late("2026-11-01", "milestone.m.actual = 2026-11-10")), None, "it is there");
    }
}
