//! The graph of points and ties, with the days of each point.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::Direction::{self, Incoming, Outgoing};
use petgraph::algo::has_path_connecting;
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::visit::{EdgeFiltered, EdgeRef};

use super::point::{At, Point};
use super::tie::Tie;
use crate::analysis::schedule::ScheduleView;
use crate::analysis::{calendar, schedule};
use crate::model::lifecycle::ProjectState;
use crate::model::{Date, Project, Register};

/// The days of a point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Days {
    /// The agreed day.
    pub agreed: Option<Date>,
    /// The day on which it came or is expected: the forecast, else the agreed day, and never before today while
    /// it is open.
    pub expected: Option<Date>,
    /// Whether it is behind us.
    pub is_reached: bool,
}

/// Why one point waits for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// A project's milestones come after its start, and its finish after both.
    Within,
    /// A milestone is expected after another of its project: what follows is taken to move with it.
    Later,
    /// A dependency, by its place among the ties.
    Tie(usize),
}

/// A charter with its days.
#[derive(Debug)]
struct Plan<'a> {
    charter: &'a Project,
    schedule: ScheduleView<'a>,
}

/// Who waits for whom. Edges lead from what is waited for to what waits, as a slip does.
#[derive(Debug)]
pub struct Network<'a> {
    plans: BTreeMap<&'a str, Plan<'a>>,
    ties: Vec<Tie<'a>>,
    pub(super) graph: DiGraph<Point, Edge>,
    nodes: BTreeMap<Point, NodeIndex>,
    day: Date,
}

impl<'a> Network<'a> {
    /// Builds the graph from every charter that was read, with the newest reports that count on the day.
    pub fn of(register: &'a Register, day: Date) -> Self {
        let plan = |(id, charter, _): (&'a str, &'a Project, _)| {
            let status = calendar::newest(register, id, day).map(|(_, status)| status);
            (id, Plan { charter, schedule: schedule::view(charter, status, day) })
        };
        let plans = register.charters().map(plan).collect();
        let mut network =
            Self { plans, ties: Vec::new(), graph: DiGraph::new(), nodes: BTreeMap::new(), day };
        network.ties = network.read_ties();
        let open: Vec<&str> = network
            .plans
            .iter()
            .filter(|(_, plan)| !plan.charter.state.is_over())
            .map(|(id, _)| *id)
            .collect();
        for id in &open {
            network.add_project(id);
        }
        let open: BTreeSet<&str> = open.into_iter().collect();
        for at in 0..network.ties.len() {
            let (supplier, consumer) = (network.ties[at].supplier.clone(), network.ties[at].consumer.clone());
            if open.contains(consumer.project.as_str()) {
                let (from, to) = (network.node(supplier), network.node(consumer));
                network.graph.add_edge(from, to, Edge::Tie(at));
            }
        }
        network
    }

    fn read_ties(&self) -> Vec<Tie<'a>> {
        let mut ties = Vec::new();
        for (id, plan) in &self.plans {
            for (index, dependency) in plan.charter.dependency.iter().enumerate() {
                let Some(supplier) = Point::supplying(dependency, id) else { continue };
                let consumer = Point::waiting(dependency, id);
                let other = self.plans.get(supplier.project.as_str()).map(|plan| plan.charter);
                let (waiting, supplying) = (self.days(&consumer), self.days(&supplier));
                ties.push(Tie::new(
                    (consumer, waiting),
                    (supplier, supplying),
                    (index, dependency),
                    plan.charter,
                    other,
                ));
            }
        }
        ties
    }

    fn add_project(&mut self, id: &str) {
        let ids: Vec<String> = self.plans[id].charter.milestone.iter().map(|m| m.id.clone()).collect();
        let (start, finish) = (self.node(Point::start(id)), self.node(Point::finish(id)));
        self.graph.add_edge(start, finish, Edge::Within);
        let mut by_day: BTreeMap<Date, Vec<NodeIndex>> = BTreeMap::new();
        for milestone in ids {
            let point = Point::milestone(id, &milestone);
            let days = self.days(&point).unwrap_or_default();
            let node = self.node(point);
            self.graph.add_edge(start, node, Edge::Within);
            self.graph.add_edge(node, finish, Edge::Within);
            if let Some(day) = days.expected.filter(|_| !days.is_reached) {
                by_day.entry(day).or_default().push(node);
            }
        }
        let in_order: Vec<Vec<NodeIndex>> = by_day.into_values().collect();
        for pair in in_order.windows(2) {
            for (earlier, later) in pair[0].iter().flat_map(|a| pair[1].iter().map(move |b| (*a, *b))) {
                self.graph.add_edge(earlier, later, Edge::Later);
            }
        }
    }

    fn node(&mut self, point: Point) -> NodeIndex {
        *self.nodes.entry(point.clone()).or_insert_with(|| self.graph.add_node(point))
    }

    /// The day for which it was built.
    pub fn day(&self) -> Date {
        self.day
    }

    /// Every dependency, by consumer, in the order of its charter.
    pub fn ties(&self) -> &[Tie<'a>] {
        &self.ties
    }

    /// The ties that wait for a point.
    pub fn waiting_for(&self, point: &Point) -> impl Iterator<Item = &Tie<'a>> {
        self.ties.iter().filter(move |tie| tie.supplier == *point)
    }

    /// The charter of a project.
    pub fn charter(&self, project: &str) -> Option<&'a Project> {
        self.plans.get(project).map(|plan| plan.charter)
    }

    /// What people call a point: the project's or the milestone's name.
    pub fn name(&self, point: &Point) -> String {
        let Some(charter) = self.charter(&point.project) else { return point.to_string() };
        match &point.at {
            At::Finish => charter.name.clone(),
            At::Start => format!("{} (start)", charter.name),
            At::Milestone(id) => charter.milestone(id).map_or_else(|| id.clone(), |m| m.title().to_owned()),
        }
    }

    /// The days of a point; nothing where there is no such project or milestone.
    pub fn days(&self, point: &Point) -> Option<Days> {
        let Plan { charter, schedule } = self.plans.get(point.project.as_str())?;
        Some(match &point.at {
            At::Finish => Days {
                agreed: schedule.finish,
                expected: schedule.expected.or(schedule.finish),
                is_reached: charter.state == ProjectState::Closed,
            },
            At::Start => Days {
                agreed: schedule.start,
                expected: charter
                    .started_on
                    .or_else(|| schedule::expected(None, schedule.start, self.day))
                    .or(schedule.start),
                is_reached: charter.started_on.is_some()
                    || matches!(charter.state, ProjectState::Active | ProjectState::Closing),
            },
            At::Milestone(id) => {
                let view = schedule.milestones.iter().find(|view| view.milestone.id == *id)?;
                Days {
                    agreed: view.milestone.baseline,
                    expected: view.expected.or(view.milestone.baseline),
                    is_reached: view.is_reached(),
                }
            }
        })
    }

    /// The point's place in the graph; a project that is over and supplies nobody has none.
    pub(super) fn index(&self, point: &Point) -> Option<NodeIndex> {
        self.nodes.get(point).copied()
    }

    /// Whether the edge carries a slip: nothing moves that is reached, and a tie must bind.
    pub(super) fn carries(&self, edge: EdgeIndex) -> bool {
        let Some((from, to)) = self.graph.edge_endpoints(edge) else { return false };
        let is_open = |node: NodeIndex| !self.days(&self.graph[node]).is_some_and(|days| days.is_reached);
        let binds = match self.graph[edge] {
            Edge::Tie(at) => self.ties[at].state.binds(),
            Edge::Within | Edge::Later => true,
        };
        binds && is_open(from) && is_open(to)
    }

    /// How many days of a slip the edge takes up before it passes on: a tie's float, which is not less than 0, and
    /// 0 where it is not known.
    pub(super) fn takes_up(&self, edge: Edge) -> i64 {
        match edge {
            Edge::Tie(at) => self.ties[at].float().unwrap_or(0).max(0),
            Edge::Within | Edge::Later => 0,
        }
    }

    /// Whether the second point waits for the first, directly or round about.
    pub fn leads(&self, from: &Point, to: &Point) -> bool {
        let (Some(from), Some(to)) = (self.index(from), self.index(to)) else { return false };
        let certain = EdgeFiltered::from_fn(&self.graph, |edge| *edge.weight() != Edge::Later);
        has_path_connecting(&certain, from, to, None)
    }

    /// The points that come before a point in its own project and must: its start, and for the finish every
    /// milestone; the point itself too.
    pub fn feeding(&self, point: &Point) -> Vec<Point> {
        self.within(point, Incoming)
    }

    /// The points that come after a point in its own project and must: its finish, and for the start every milestone;
    /// the point itself too.
    pub fn fed_by(&self, point: &Point) -> Vec<Point> {
        self.within(point, Outgoing)
    }

    fn within(&self, point: &Point, way: Direction) -> Vec<Point> {
        let mut points = vec![point.clone()];
        if let Some(node) = self.index(point) {
            let within = self.graph.edges_directed(node, way).filter(|edge| *edge.weight() == Edge::Within);
            points.extend(within.map(|edge| {
                let other = if way == Incoming { edge.source() } else { edge.target() };
                self.graph[other].clone()
            }));
        }
        points.sort();
        points
    }
}
