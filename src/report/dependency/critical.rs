//! The critical path of several projects: the chain that their last finish hangs on.

use serde::Serialize;

use crate::analysis::dependency::{Link, Network, Total};
use crate::document::{Block, Cell, Column, Command, Document, Line, Table};
use crate::model::audience::Section;
use crate::model::{Date, Register};
use crate::report::head::{Asked, Head};
use crate::report::incomplete::Incomplete;
use crate::report::selection::Selection;
use crate::text;

use super::line::TieLine;
use super::{circles, scope, selected, tell_circles};

/// The critical path of several projects.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CriticalPath {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// Which projects.
    pub selection: Selection,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// The project that finishes last.
    pub last: Option<String>,
    /// The day on which it is expected to.
    pub finish: Option<Date>,
    /// The path, from its first point to that finish.
    pub path: Vec<CriticalLink>,
    /// Points of other projects that can move that finish, the nearest first.
    pub others: Vec<TotalFloat>,
    /// How many more of them have more float than was asked for.
    pub left_out: usize,
    /// The projects that wait for each other.
    pub circles: Vec<Vec<String>>,
}

/// A point of the critical path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CriticalLink {
    /// The point, as a reference.
    pub point: String,
    /// What people call it.
    pub name: String,
    /// The day on which it is expected.
    pub expected: Option<Date>,
    /// The dependency on the point before; null where both are of one project.
    pub dependency: Option<TieLine>,
}

/// A point with its total float.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TotalFloat {
    /// The point, as a reference.
    pub point: String,
    /// What people call it.
    pub name: String,
    /// The day on which it is expected.
    pub expected: Option<Date>,
    /// Days by which it may slip before the last finish moves.
    pub float_days: i64,
}

/// Makes the report; `within` days of float are shown.
pub fn critical(register: &Register, asked: &Asked, selection: Selection, within: i64) -> CriticalPath {
    let head = Head::new("critical-path", register, asked);
    let network = Network::of(register, asked.day);
    let kept = selected(register, asked.day, &selection);
    let is_shown = head.shows(Section::Dependencies);
    let found = network.critical(kept.iter().map(String::as_str)).filter(|_| is_shown);
    let (chain, mut others) = found.map(|found| (found.chain, found.others)).unwrap_or_default();
    let before = others.len();
    others.retain(|total| total.float_days <= within);
    let left_out = before - others.len();
    let link = |link: &Link| CriticalLink {
        point: link.point.to_string(),
        name: network.name(&link.point),
        expected: link.day,
        dependency: link.tie.map(|tie| TieLine::of(&network, &network.ties()[tie])),
    };
    let total = |total: &Total| TotalFloat {
        point: total.point.to_string(),
        name: network.name(&total.point),
        expected: total.day,
        float_days: total.float_days,
    };
    let points = chain.iter().map(|link| &link.point).chain(others.iter().map(|total| &total.point));
    CriticalPath {
        selection,
        incomplete: Incomplete::of(register, &scope(asked)),
        last: chain.last().map(|link| link.point.project.clone()),
        finish: chain.last().and_then(|link| link.day),
        path: chain.iter().map(link).collect(),
        others: others.iter().map(total).collect(),
        left_out,
        circles: circles(&network, points.map(|point| point.project.as_str())),
        head,
    }
}

impl CriticalPath {
    /// The report as a page.
    pub fn page(&self) -> Document {
        let mut page = self.head.page(format!("{} critical path", self.head.title()));
        if let (Some(last), Some(finish)) = (&self.last, self.finish) {
            let line = Line::new().text(format!("{last} finishes last, on ")).value(Cell::date(finish.0));
            page = page.subtitle(line);
        }
        self.incomplete.tell(&mut page);
        tell_circles(&self.circles, &mut page);
        let Some(last) = &self.last else {
            page.paragraph("No open project here has a finish, so that there is no path to one.");
            page.push(Block::Commands(vec![Command::new("pmo dependency list")]));
            return page;
        };
        if self.path.iter().all(|link| link.dependency.is_none()) {
            page.paragraph(match self.others.first() {
                Some(near) => format!(
                    "The last finish hangs on no other project: the nearest, {}, has {} to spare.",
                    near.point,
                    text::count(usize::try_from(near.float_days).unwrap_or_default(), "day")
                ),
                None => "The last finish hangs on no other project.".to_owned(),
            });
        }
        page.heading("Critical path");
        page.table(self.chain_table());
        if !self.others.is_empty() {
            page.heading("What else can move it");
            page.table(self.others_table());
        }
        let first = self.path.first().map(|link| format!("pmo dependency impact {} --slip 4w", link.point));
        let next = first.into_iter().chain([format!("pmo dependency graph {last}")]).map(Command::new);
        page.push(Block::Commands(next.collect()));
        page
    }

    fn chain_table(&self) -> Table {
        let mut table = Table::new(
            "path",
            vec![
                Column::marker("mark").seen_only(),
                Column::new("point", "Point"),
                Column::new("name", "").priority(2).stretch(),
                Column::figures("expected", "Expected"),
                Column::new("tie", "Tie").priority(3).seen_only(),
                Column::figures("needed_by", "Needed").priority(4),
                Column::figures("float_days", "Float").priority(1),
            ],
        )
        .main();
        for link in &self.path {
            let tie = link.dependency.as_ref();
            table.row(vec![
                tie.map_or(Cell::Empty, |tie| tie.mark().into()),
                Cell::reference(&link.point),
                Cell::text(&link.name),
                Cell::of(link.expected, |day| Cell::date(day.0)),
                tie.map_or(Cell::Empty, |tie| Cell::text(tie.tie())),
                tie.map_or(Cell::Empty, |tie| Cell::of(tie.needed_by, |day| Cell::date(day.0))),
                tie.map_or(Cell::Empty, |tie| Cell::of(tie.float_days, Cell::Integer)),
            ]);
        }
        table.note = Some("a slip of any of these points moves the last finish by as much".into());
        table
    }

    fn others_table(&self) -> Table {
        let mut table = Table::new(
            "others",
            vec![
                Column::new("point", "Point"),
                Column::new("name", "").priority(2).stretch(),
                Column::figures("expected", "Expected").priority(1),
                Column::figures("float_days", "Total float"),
            ],
        );
        for total in &self.others {
            table.row(vec![
                Cell::reference(&total.point),
                Cell::text(&total.name),
                Cell::of(total.expected, |day| Cell::date(day.0)),
                Cell::Integer(total.float_days),
            ]);
        }
        let mut note = "total float: days by which it may slip before the last finish moves".to_owned();
        if self.left_out > 0 {
            note.push_str(&format!("; {} with more left out", text::count(self.left_out, "point")));
        }
        table.note = Some(note.into());
        table
    }
}
