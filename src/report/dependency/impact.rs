//! What moves when a point slips: points, finishes, benefits, and the ties on the way.

use serde::Serialize;

use crate::analysis::dependency::{self, At, Impact, Network, Point};
use crate::document::{Block, Cell, Column, Command, Document, Level, Line, Notice, Rating, Severity, Table};
use crate::model::audience::Section;
use crate::model::{Date, Register};
use crate::report::head::{Asked, Head};
use crate::report::incomplete::Incomplete;
use crate::text;

use super::line::TieLine;
use super::{circles, scope};

/// What a slip moves.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImpactReport {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// What slips, as a reference.
    pub point: String,
    /// What people call it.
    pub name: String,
    /// By how many days; negative when it comes earlier.
    pub slip_days: i64,
    /// The day on which it is expected now.
    pub expected: Option<Date>,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// Everything that moves, the point itself first.
    pub moves: Vec<PointMoved>,
    /// The benefits that come later.
    pub benefits: Vec<BenefitMoved>,
    /// The benefits of which it cannot be told: what they wait for moves, and their plan begins before that or has no
    /// day.
    pub unclear_benefits: Vec<String>,
    /// The dependencies that the slip meets.
    pub dependencies: Vec<CrossedTie>,
    /// The circles that points which move stand in.
    pub circles: Vec<Vec<String>>,
}

/// A point that moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PointMoved {
    /// The point, as a reference.
    pub point: String,
    /// What sort of point it is: milestone, start, finish.
    pub sort: &'static str,
    /// What people call it.
    pub name: String,
    /// Its project.
    pub project: String,
    /// Days by which it moves.
    pub days: i64,
    /// The agreed day.
    pub agreed: Option<Date>,
    /// The day on which it was expected.
    pub before: Option<Date>,
    /// The day on which it is expected with the slip.
    pub after: Option<Date>,
    /// Days from the agreed day to the one with the slip.
    pub past_agreed_days: Option<i64>,
    /// Whether it was in time and is not any more.
    pub breaks: bool,
    /// The points from the one that slips to this one.
    pub path: Vec<String>,
}

/// A benefit that comes later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BenefitMoved {
    /// The benefit.
    pub benefit: String,
    /// What is gained.
    pub title: String,
    /// The point that it waits for.
    pub follows: String,
    /// The day from which it was planned.
    pub planned: Date,
    /// The day from which it comes with the slip.
    pub after: Date,
    /// Days between.
    pub days: i64,
}

/// A dependency that the slip meets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CrossedTie {
    /// The dependency.
    #[serde(flatten)]
    pub line: TieLine,
    /// Days by which its supplier moves.
    pub supply_days: i64,
    /// Its float with the slip.
    pub float_after_days: Option<i64>,
    /// Days that it passes on; the rest it takes up.
    pub passed_days: i64,
}

/// Makes the report; nothing where the network has no such point.
pub fn impact(register: &Register, asked: &Asked, point: &Point, slip_days: i64) -> Option<ImpactReport> {
    let head = Head::new("dependency-impact", register, asked);
    let network = Network::of(register, asked.day);
    let impact = network.impact(point, slip_days)?;
    let benefits = dependency::benefits(register, &network, &impact);
    let moves: Vec<PointMoved> = impact.moves.iter().map(|moved| point_moved(&network, moved)).collect();
    let moved: Vec<&str> = moves.iter().map(|moved| moved.point.as_str()).collect();
    let circles = circles(&network, moves.iter().map(|moved| moved.project.as_str()));
    let circles =
        circles.into_iter().filter(|c| c.iter().any(|point| moved.contains(&point.as_str()))).collect();
    let mut report = ImpactReport {
        point: point.to_string(),
        name: network.name(point),
        slip_days,
        expected: network.days(point).and_then(|days| days.expected),
        incomplete: Incomplete::of(register, &scope(asked)),
        dependencies: crossed(&network, &impact),
        benefits: benefits.late.into_iter().map(benefit_moved).collect(),
        unclear_benefits: benefits.unclear.iter().map(ToString::to_string).collect(),
        moves,
        circles,
        head,
    };
    if !report.head.shows(Section::Dependencies) {
        (report.moves, report.dependencies, report.circles) = (Vec::new(), Vec::new(), Vec::new());
    }
    if !report.head.shows(Section::Benefits) {
        report.benefits.clear();
        report.unclear_benefits.clear();
    }
    Some(report)
}

fn point_moved(network: &Network<'_>, moved: &dependency::Move) -> PointMoved {
    PointMoved {
        point: moved.point.to_string(),
        sort: match moved.point.at {
            At::Milestone(_) => "milestone",
            At::Start => "start",
            At::Finish => "finish",
        },
        name: network.name(&moved.point),
        project: moved.point.project.clone(),
        days: moved.days,
        agreed: moved.agreed,
        before: moved.before,
        after: moved.after,
        past_agreed_days: moved.past_agreed(),
        breaks: moved.breaks(),
        path: moved.path.iter().map(Point::to_string).collect(),
    }
}

fn benefit_moved(late: dependency::LateBenefit) -> BenefitMoved {
    BenefitMoved {
        benefit: late.id.to_string(),
        title: late.title,
        follows: late.follows.to_string(),
        planned: late.planned,
        after: late.planned.plus_days(late.days),
        days: late.days,
    }
}

fn crossed(network: &Network<'_>, impact: &Impact) -> Vec<CrossedTie> {
    let one = |crossing: &dependency::Crossing| CrossedTie {
        line: TieLine::of(network, &network.ties()[crossing.tie]),
        supply_days: crossing.supply_days,
        float_after_days: crossing.after,
        passed_days: crossing.passed_days,
    };
    impact.crossings.iter().map(one).collect()
}

/// `20 days later`, `1 day earlier`.
fn way(days: i64) -> String {
    let count = text::count(usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX), "day");
    format!("{count} {}", if days < 0 { "earlier" } else { "later" })
}

impl ImpactReport {
    /// The report as a page.
    pub fn page(&self) -> Document {
        let subtitle = match self.slip_days {
            0 => Line::new().text("as expected"),
            days => Line::new().text(way(days)),
        };
        let mut page = self.head.page(format!("If {} comes", self.point)).subtitle(subtitle);
        self.incomplete.tell(&mut page);
        self.circle_notices(&mut page);
        page.paragraph(self.summary());
        if self.slip_days > 0 {
            page.heading("What moves");
            page.table(self.moves_table());
        }
        if !self.benefits.is_empty() {
            page.heading("Benefits that come later");
            page.table(self.benefits_table());
        }
        if !self.unclear_benefits.is_empty() {
            page.paragraph(Line::new().dim(format!(
                "Not told of {}: planned from before the day on which the project delivers, or without a day. Link a benefit to the \
                 milestone that it waits for.",
                text::list(&self.unclear_benefits, "and")
            )));
        }
        if !self.dependencies.is_empty() {
            page.heading("Dependencies on the way");
            page.table(self.ties_table());
        }
        page.push(Block::Commands(vec![
            Command::new(format!(
                "pmo dependency graph {}",
                self.point.split(['#', ' ']).next().unwrap_or_default()
            )),
            Command::new("pmo dependency critical"),
        ]));
        page
    }

    fn circle_notices(&self, page: &mut Document) {
        for circle in &self.circles {
            let text =
                Line::new().text("in a circle, which is gone through once: ").strong(circle.join(" → "));
            let next = Some("pmo explain dependency-cycle".to_owned());
            page.push(Block::Notice(Notice { severity: Severity::Warning, text, next }));
        }
    }

    /// One sentence: from when to when, how much moves, how much of it breaks.
    fn summary(&self) -> Line {
        let mut line = Line::new().strong(self.name.clone());
        if let Some(day) = self.expected {
            line = line.text(", expected on ").value(Cell::date(day.0));
            if self.slip_days != 0 {
                line = line.text(", would come on ").value(Cell::date(day.plus_days(self.slip_days).0));
            }
        }
        if self.slip_days == 0 {
            return line.text(". That is when it is expected, so that nothing moves.");
        }
        if self.slip_days < 0 && self.dependencies.is_empty() {
            return line.text(". Nothing waits for it.");
        }
        if self.slip_days < 0 {
            return line.text(
                ". Nobody is pulled forward by a supply that comes earlier: what waits for it only has more days to spare.",
            );
        }
        let others: Vec<&PointMoved> = self.moves.iter().filter(|moved| moved.point != self.point).collect();
        if others.is_empty() {
            let held = self.dependencies.len();
            return line.text(match held {
                0 => ". Nothing waits for it.".to_owned(),
                _ => format!(". Nothing else moves: {} the slip up.", takes(held)),
            });
        }
        let mut projects: Vec<&str> = others.iter().map(|moved| moved.project.as_str()).collect();
        projects.sort_unstable();
        projects.dedup();
        let of = |sort: &str| self.moves.iter().filter(|moved| moved.breaks && moved.sort == sort).count();
        let mut broken = Vec::new();
        for sort in ["milestone", "finish"] {
            if of(sort) > 0 {
                broken.push(text::count(of(sort), sort));
            }
        }
        let broken = match broken.as_slice() {
            [] => "none passes its agreed day anew".to_owned(),
            words => format!(
                "{} {} the agreed day",
                text::list(words, "and"),
                if of("milestone") + of("finish") == 1 { "passes" } else { "pass" }
            ),
        };
        let points = text::count(others.len(), "more point");
        let verb = if others.len() == 1 { "moves" } else { "move" };
        let benefits = match self.benefits.len() {
            0 => String::new(),
            1 => "; 1 benefit comes later".to_owned(),
            many => format!("; {many} benefits come later"),
        };
        line.text(format!(
            ". {points} of {} {verb}; {broken}{benefits}.",
            text::count(projects.len(), "project")
        ))
    }

    fn moves_table(&self) -> Table {
        let mut table = Table::new(
            "moves",
            vec![
                Column::marker("mark").seen_only(),
                Column::new("point", "What"),
                Column::new("name", "").priority(5).stretch(),
                Column::figures("days", "Moves"),
                Column::figures("agreed", "Agreed").priority(4),
                Column::figures("before", "Expected").priority(3),
                Column::figures("after", "Then").priority(1),
                Column::figures("past_agreed_days", "Past agreed").priority(2),
                Column::new("by", "By way of").priority(6).stretch().seen_only(),
                Column::data("sort"),
                Column::data("project"),
                Column::data("breaks"),
                Column::data("path"),
            ],
        )
        .main();
        let date = |day: Option<Date>| Cell::of(day, |day| Cell::date(day.0));
        for moved in &self.moves {
            let level = match (moved.breaks, moved.past_agreed_days) {
                (true, _) => Level::Red,
                (_, Some(days)) if days > 0 => Level::Amber,
                (_, Some(_)) => Level::Green,
                (_, None) => Level::Grey,
            };
            let between = moved.path.get(1..moved.path.len().saturating_sub(1)).unwrap_or_default();
            table.row(vec![
                Rating::shape(level).into(),
                Cell::reference(&moved.point),
                Cell::text(&moved.name),
                Cell::Days(moved.days),
                date(moved.agreed),
                date(moved.before),
                date(moved.after),
                Cell::of(moved.past_agreed_days, Cell::Days),
                if between.is_empty() { Cell::Empty } else { Cell::text(between.join(" → ")) },
                Cell::text(moved.sort),
                Cell::reference(&moved.project),
                Cell::text(moved.breaks.to_string()),
                Cell::text(moved.path.join(" > ")),
            ]);
        }
        let undated = self.moves.iter().filter(|moved| moved.after.is_none()).count();
        let mut note = "red: passes its agreed day with the slip; amber: was past it before".to_owned();
        if undated > 0 {
            note.push_str(&format!("; {} without a day", text::count(undated, "point")));
        }
        table.note = Some(note.into());
        table
    }

    fn benefits_table(&self) -> Table {
        let mut table = Table::new(
            "benefits",
            vec![
                Column::new("benefit", "Benefit"),
                Column::new("title", "").priority(2).stretch(),
                Column::figures("days", "Moves"),
                Column::figures("planned", "Planned from").priority(1),
                Column::figures("after", "Then"),
                Column::new("follows", "After").priority(3),
            ],
        );
        for late in &self.benefits {
            table.row(vec![
                Cell::reference(&late.benefit),
                Cell::text(&late.title),
                Cell::Days(late.days),
                Cell::date(late.planned.0),
                Cell::date(late.after.0),
                Cell::reference(&late.follows),
            ]);
        }
        table
    }

    fn ties_table(&self) -> Table {
        let mut table = Table::new(
            "dependencies",
            vec![
                Column::new("waits", "Waits"),
                Column::new("on", "For"),
                Column::new("tie", "Tie").priority(3).seen_only(),
                Column::figures("supply_days", "Slip").priority(1),
                Column::figures("float_days", "Now").group("float").priority(2),
                Column::figures("float_after_days", "Then").group("float").priority(2),
                Column::figures("passed_days", "Passed on"),
            ],
        );
        for tie in &self.dependencies {
            table.row(vec![
                Cell::reference(&tie.line.waits),
                Cell::reference(&tie.line.on),
                Cell::text(tie.line.tie()),
                Cell::Days(tie.supply_days),
                Cell::of(tie.line.float_days, Cell::Integer),
                Cell::of(tie.float_after_days, Cell::Integer),
                if tie.passed_days == 0 { Cell::text("taken up") } else { Cell::Days(tie.passed_days) },
            ]);
        }
        table
    }
}

/// `1 dependency takes`, `2 dependencies take`.
fn takes(count: usize) -> String {
    format!("{} {}", text::count(count, "dependency"), if count == 1 { "takes" } else { "take" })
}
