//! The dependencies of several projects, those in trouble first.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::analysis::dependency::{AT_RISK_DAYS, Network, State};
use crate::document::{Block, Cell, Column, Command, Document, Line, Table};
use crate::model::Register;
use crate::model::audience::Section;
use crate::report::head::{Asked, Head};
use crate::report::incomplete::Incomplete;
use crate::report::selection::Selection;
use crate::text;

use super::line::TieLine;
use super::{circles, scope, selected, tell_circles};

/// Which dependencies are listed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ListOptions {
    /// Those of these projects, on either side; of all that are selected unless given.
    pub projects: Vec<String>,
    /// Those of which projects, as consumers.
    pub selection: Selection,
    /// Only what will not come, or not in time.
    pub late: bool,
}

/// The dependencies of several projects.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DependencyList {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// What was asked for.
    pub options: ListOptions,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// With fewer days of float than this a dependency is at risk.
    pub at_risk_days: i64,
    /// The projects that wait for each other, each circle as its points.
    pub circles: Vec<Vec<String>>,
    /// The dependencies, the worst first.
    pub dependencies: Vec<TieLine>,
    /// How many more there are that were not asked for.
    pub left_out: usize,
}

/// Makes the list.
pub fn list(register: &Register, asked: &Asked, options: ListOptions) -> DependencyList {
    let head = Head::new("dependencies", register, asked);
    let network = Network::of(register, asked.day);
    let named: BTreeSet<&str> = options.projects.iter().map(String::as_str).collect();
    let kept = selected(register, asked.day, &options.selection);
    let mut left_out = 0;
    let mut dependencies: Vec<TieLine> = Vec::new();
    for tie in network.ties() {
        let is_named = match named.is_empty() {
            true => kept.contains(&tie.consumer.project),
            false => {
                named.contains(tie.consumer.project.as_str()) || named.contains(tie.supplier.project.as_str())
            }
        };
        if is_named && (!options.late || tie.state.is_trouble()) {
            dependencies.push(TieLine::of(&network, tie));
        } else {
            left_out += 1;
        }
    }
    dependencies.sort_by(|a, b| {
        let key = |line: &TieLine| (line.state, line.float_days, line.waits.clone(), line.index);
        key(a).cmp(&key(b))
    });
    let mut circles = circles(&network, dependencies.iter().map(|line| line.consumer.as_str()));
    if !head.shows(Section::Dependencies) {
        dependencies.clear();
        circles.clear();
    }
    let incomplete = Incomplete::of(register, &scope(asked));
    DependencyList { head, options, incomplete, at_risk_days: AT_RISK_DAYS, circles, dependencies, left_out }
}

impl DependencyList {
    /// The list as a page.
    pub fn page(&self) -> Document {
        let mut page = self
            .head
            .page(format!("{} dependencies", self.head.title()))
            .subtitle(counted(self.dependencies.iter().map(|line| line.state)));
        self.incomplete.tell(&mut page);
        tell_circles(&self.circles, &mut page);
        if self.dependencies.is_empty() {
            page.paragraph(self.nothing());
            let next = match self.left_out {
                0 => Command::new("pmo dependency add --help"),
                _ => Command::new("pmo dependency list"),
            };
            page.push(Block::Commands(vec![next]));
            return page;
        }
        page.table(self.table());
        let worst =
            self.dependencies.first().map(|line| format!("pmo dependency impact {} --slip 4w", line.on));
        let next = worst.into_iter().chain(["pmo dependency graph".to_owned()]).map(Command::new);
        page.push(Block::Commands(next.collect()));
        page
    }

    fn nothing(&self) -> String {
        match (self.left_out, self.options.late) {
            (0, _) => "No project says that it depends on another.".to_owned(),
            (left, true) => {
                format!("None of {} is late or cut off.", text::count(left, "dependency"))
            }
            (left, false) => {
                format!("No dependency is listed; {} left out by the filter.", text::count(left, "other"))
            }
        }
    }

    fn table(&self) -> Table {
        let mut columns =
            vec![Column::marker("mark").seen_only(), Column::new("waits", "Waits"), Column::new("on", "For")];
        columns.extend(TieLine::columns());
        columns.extend(TieLine::data_columns());
        let mut table = Table::new("dependencies", columns).main();
        for line in &self.dependencies {
            let mut cells = vec![line.mark().into(), Cell::reference(&line.waits), Cell::reference(&line.on)];
            cells.extend(line.cells());
            cells.extend(line.data_cells());
            table.row(cells);
        }
        let unknown = self.dependencies.iter().filter(|line| line.state == State::Unknown).count();
        let mut note = Line::new().text(format!(
            "float: days from the supply, with its lag, to the need; at risk below {}",
            self.at_risk_days
        ));
        if unknown > 0 {
            note = note.text(format!("; {} without a day on one side", unknown));
        }
        table.note = Some(note);
        table
    }
}

/// How many there are in each state: `9 dependencies: 1 late, 2 at risk, 6 in time`.
pub(super) fn counted(states: impl Iterator<Item = State>) -> Line {
    let mut counts: BTreeMap<State, usize> = BTreeMap::new();
    for state in states {
        *counts.entry(state).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    let parts: Vec<String> =
        counts.iter().map(|(state, count)| format!("{count} {}", state.words())).collect();
    let colon = if parts.is_empty() { "" } else { ": " };
    Line::new().text(format!("{}{colon}{}", text::count(all, "dependency"), parts.join(", ")))
}
