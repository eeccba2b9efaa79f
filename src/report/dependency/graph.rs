//! The graph of dependencies: as a tree for people, as a diagram for programs that draw.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::analysis::dependency::{Network, Point, State, Tie};
use crate::document::{
    Block, Cell, Column, Command, Diagram, DiagramEdge, DiagramGroup, Document, Stroke, Table,
};
use crate::model::Register;
use crate::model::audience::Section;
use crate::report::head::{Asked, Head};
use crate::report::incomplete::Incomplete;
use crate::report::selection::Selection;
use crate::text;

use super::line::TieLine;
use super::list::counted;
use super::tree::{Grower, Tree, Way};
use super::{circles, scope, selected, tell_circles};

/// Which part of the graph is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct GraphOptions {
    /// What these projects wait for, and what waits for them; every selected one unless given.
    pub projects: Vec<String>,
    /// Which projects.
    pub selection: Selection,
}

/// The graph of dependencies.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DependencyGraph {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// What was asked for.
    pub options: GraphOptions,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// The projects that wait for each other, each circle as its points.
    pub circles: Vec<Vec<String>>,
    /// The edges of the graph.
    pub dependencies: Vec<TieLine>,
    /// The same as trees.
    pub trees: Vec<Tree>,
    #[serde(skip)]
    diagram: Diagram,
}

/// Makes the graph.
pub fn graph(register: &Register, asked: &Asked, options: GraphOptions) -> DependencyGraph {
    let head = Head::new("dependency-graph", register, asked);
    let network = Network::of(register, asked.day);
    let mut trees = Vec::new();
    let mut shown = BTreeSet::new();
    let ways: &[Way] =
        if options.projects.is_empty() { &[Way::WaitsFor] } else { &[Way::WaitsFor, Way::WaitedForBy] };
    for way in ways {
        let mut grower = Grower::new(&network, *way);
        if options.projects.is_empty() {
            roots(&network, &selected(register, asked.day, &options.selection), &mut grower);
        } else {
            options.projects.iter().for_each(|project| grower.root(project));
        }
        shown.extend(grower.ties.iter().copied());
        if !grower.rows.is_empty() {
            trees.push(Tree { way: *way, rows: grower.rows });
        }
    }
    let consumers = shown.iter().filter_map(|tie: &usize| network.ties().get(*tie));
    let mut circles = circles(&network, consumers.map(|tie| tie.consumer.project.as_str()));
    if !head.shows(Section::Dependencies) {
        (trees, shown, circles) = (Vec::new(), BTreeSet::new(), Vec::new());
    }
    // Rows name their dependency by its place among those that are shown.
    let places: BTreeMap<usize, usize> = shown.iter().enumerate().map(|(place, tie)| (*tie, place)).collect();
    for row in trees.iter_mut().flat_map(|tree| &mut tree.rows) {
        row.dependency = row.dependency.and_then(|tie| places.get(&tie).copied());
    }
    let ties: Vec<&Tie<'_>> = shown.iter().filter_map(|at| network.ties().get(*at)).collect();
    let dependencies: Vec<TieLine> = ties.iter().map(|tie| TieLine::of(&network, tie)).collect();
    let diagram = diagram(&network, format!("{} dependencies", head.title()), &ties, &dependencies);
    let incomplete = Incomplete::of(register, &scope(asked));
    DependencyGraph { head, options, incomplete, circles, dependencies, trees, diagram }
}

/// Begins with the projects for which no other waits, and goes on with those that only stand in circles.
fn roots(network: &Network<'_>, kept: &BTreeSet<String>, grower: &mut Grower<'_, '_>) {
    let live = || network.ties().iter().enumerate().filter(|(_, tie)| tie.state != State::Past);
    let supplies = |project: &str| {
        let of_another = |tie: &Tie<'_>| tie.supplier.project == project && tie.consumer.project != project;
        live().any(|(_, tie)| kept.contains(&tie.consumer.project) && of_another(tie))
    };
    for project in kept.iter().filter(|project| !supplies(project)) {
        grower.root(project);
    }
    for project in kept {
        let has_more = live().any(|(at, tie)| tie.consumer.project == *project && !grower.ties.contains(&at));
        if has_more {
            grower.root(project);
        }
    }
}

/// The points by project, and an arrow from what is waited for to what waits.
fn diagram(network: &Network<'_>, title: String, ties: &[&Tie<'_>], lines: &[TieLine]) -> Diagram {
    let mut by_project: BTreeMap<&str, BTreeSet<&Point>> = BTreeMap::new();
    for point in ties.iter().flat_map(|tie| [&tie.supplier, &tie.consumer]) {
        by_project.entry(&point.project).or_default().insert(point);
    }
    let mut places: BTreeMap<&Point, usize> = BTreeMap::new();
    let mut groups = Vec::new();
    for (project, points) in by_project {
        let label = network.name(&Point::finish(project));
        let mut labels = Vec::new();
        for point in points {
            places.insert(point, places.len());
            labels.push(match point.milestone_id() {
                Some(_) => network.name(point),
                None if *point == Point::finish(project) => "finish".to_owned(),
                None => "start".to_owned(),
            });
        }
        groups.push(DiagramGroup { label, points: labels });
    }
    let place = |point: &Point| places.get(point).copied().unwrap_or_default();
    let edge = |(tie, line): (&&Tie<'_>, &TieLine)| DiagramEdge {
        from: place(&tie.supplier),
        to: place(&tie.consumer),
        label: said(line),
        stroke: match tie.state {
            State::Late => Stroke::Thick,
            State::Terminated | State::Closed | State::Missing => Stroke::Dashed,
            _ => Stroke::Plain,
        },
    };
    Diagram { title, groups, edges: ties.iter().zip(lines).map(edge).collect() }
}

/// What stands beside an arrow: `FS +5 d, 28 days late`.
fn said(line: &TieLine) -> String {
    let days = |days: i64| text::count(usize::try_from(days.unsigned_abs()).unwrap_or_default(), "day");
    let state = match line.float_days {
        Some(float) if float < 0 => format!("{} late", days(float)),
        Some(float) => format!("{} of float", days(float)),
        None => line.state.words().to_owned(),
    };
    format!("{}, {state}", line.tie())
}

impl DependencyGraph {
    /// The graph for programs that draw.
    pub fn diagram(&self) -> &Diagram {
        &self.diagram
    }

    /// The graph as a page.
    pub fn page(&self) -> Document {
        let mut page = self
            .head
            .page(format!("{} dependencies", self.head.title()))
            .subtitle(counted(self.dependencies.iter().map(|line| line.state)));
        self.incomplete.tell(&mut page);
        tell_circles(&self.circles, &mut page);
        if self.trees.is_empty() {
            page.paragraph("Nothing waits for anything here.");
            page.push(Block::Commands(vec![Command::new("pmo dependency list")]));
            return page;
        }
        for tree in &self.trees {
            page.heading(match tree.way {
                Way::WaitsFor => "Waits for",
                Way::WaitedForBy => "Is waited for by",
            });
            page.table(self.table(tree));
        }
        let next = ["pmo dependency list --late", "pmo dependency graph -O mermaid"].map(Command::new);
        page.push(Block::Commands(next.to_vec()));
        page
    }

    fn table(&self, tree: &Tree) -> Table {
        let mut columns = vec![
            Column::marker("mark").seen_only(),
            Column::new("tree", "Project, milestone").seen_only(),
            Column::new("name", "").priority(4).stretch(),
            Column::new("again", "").priority(1).seen_only(),
        ];
        columns.extend(TieLine::columns());
        columns.extend(["point", "depth", "in_a_circle", "shown_above", "waits", "on"].map(Column::data));
        columns.extend(TieLine::data_columns());
        let key = if tree.way == Way::WaitsFor { "waits_for" } else { "waited_for_by" };
        let mut table = Table::new(key, columns);
        if self.trees.len() == 1 {
            table = table.main();
        }
        let blank = |count: usize| std::iter::repeat_n(Cell::Empty, count);
        for row in &tree.rows {
            let line = row.dependency.and_then(|at| self.dependencies.get(at));
            let mut cells = vec![
                line.map_or(Cell::Empty, |line| line.mark().into()),
                Cell::text(format!("{}{}", row.lines, row.point)),
                Cell::text(&row.name),
                match (row.in_a_circle, row.shown_above) {
                    (true, _) => Cell::text("in a circle"),
                    (_, true) => Cell::text("as above"),
                    _ => Cell::Empty,
                },
            ];
            match line {
                Some(line) => cells.extend(line.cells()),
                None => cells.extend(blank(TieLine::columns().len())),
            }
            cells.extend([
                Cell::reference(&row.point),
                Cell::count(row.depth),
                Cell::text(row.in_a_circle.to_string()),
                Cell::text(row.shown_above.to_string()),
            ]);
            match line {
                Some(line) => {
                    cells.extend([Cell::reference(&line.waits), Cell::reference(&line.on)]);
                    cells.extend(line.data_cells());
                }
                None => cells.extend(blank(2 + TieLine::data_columns().len())),
            }
            table.row(cells);
        }
        table
    }
}
