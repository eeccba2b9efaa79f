//! Milestone trend analysis of a project: what each report forecast of each milestone.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::analysis::milestone_trend::{self, MilestoneTrend, Sight};
use crate::document::{Block, Cell, Column, Command, DateChart, DateLine, Document, Table};
use crate::model::audience::Section;
use crate::model::{Date, Period, Register, Reports, Scope};
use crate::report::head::{Asked, Head};
use crate::report::incomplete::Incomplete;
use crate::text;

/// The milestones of a project over its reports.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Milestones {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// The project.
    pub project: String,
    /// What people call it.
    pub name: String,
    /// Its milestones, in the charter's order.
    pub milestones: Vec<Milestone>,
    #[serde(skip)]
    is_shown: bool,
}

/// A milestone over the reports.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Milestone {
    /// Its id.
    pub milestone: String,
    /// What people call it.
    pub name: String,
    /// Whether it counts for the schedule rating.
    pub is_key: bool,
    /// The agreed date.
    pub baseline: Option<Date>,
    /// The day for which the first of these reports expected it.
    pub first: Option<Date>,
    /// The day for which the last one expects it, or on which it was reached.
    pub expected: Option<Date>,
    /// The day on which it was reached.
    pub actual: Option<Date>,
    /// The expected day less the first one, in days.
    pub moved_days: Option<i64>,
    /// How often a report named another day than the one before.
    pub moves: usize,
    /// The expected day less the agreed one, in days.
    pub slip_days: Option<i64>,
    /// What each report said, up to the one that has it as reached.
    pub sights: Vec<Sight>,
}

/// What the report reads.
pub fn scope(project: &str, count: usize, day: Date) -> Scope {
    let projects = Some([project.to_owned()].into());
    Scope { projects, ..Scope::kinds(&["project"]).with_reports(Reports::Newest(count)).on(day) }
}

/// Makes the report; nothing when the project has no charter that could be read.
pub fn milestones(register: &Register, id: &str, count: usize, asked: &Asked) -> Option<Milestones> {
    let charter = register.project(id)?;
    let head = Head::new("milestone-trend", register, asked);
    let is_shown = head.shows(Section::Milestones);
    let all = milestone_trend::of(register, id, count, asked.day);
    Some(Milestones {
        incomplete: Incomplete::of(register, &scope(id, count, asked.day)),
        project: id.to_owned(),
        name: charter.name.clone(),
        milestones: if is_shown { all.into_iter().map(Milestone::of).collect() } else { Vec::new() },
        head,
        is_shown,
    })
}

impl Milestone {
    fn of(trend: MilestoneTrend) -> Self {
        let (first, expected) = trend.ends().unzip();
        let slip = expected.zip(trend.baseline);
        Self {
            first,
            expected,
            actual: trend.actual(),
            moved_days: trend.moved(),
            moves: trend.moves(),
            slip_days: slip.map(|(to, from)| to.days_since(from)),
            milestone: trend.milestone,
            name: trend.name,
            is_key: trend.is_key,
            baseline: trend.baseline,
            sights: trend.sights,
        }
    }
}

impl Milestone {
    /// When a forecast was given, and for which day; one that was reached ends on the day on which it was.
    fn points(&self) -> Vec<(chrono::NaiveDate, chrono::NaiveDate)> {
        let mut before = None;
        let point = |sight: &Sight| {
            let at = match sight.actual {
                Some(actual) => sight.date.min(actual.max(before.unwrap_or(sight.date))),
                None => sight.date,
            };
            before = Some(sight.date);
            Some((at.0, sight.expected()?.0))
        };
        self.sights.iter().filter_map(point).collect()
    }
}

impl Milestones {
    /// The report as a page: the chart, one line a milestone, one line a report.
    pub fn page(&self) -> Document {
        let reports: BTreeSet<Period> =
            self.milestones.iter().flat_map(|one| one.sights.iter().map(|sight| sight.period)).collect();
        let subtitle = format!("milestones over {}", text::count(reports.len(), "report"));
        let mut page = self.head.page(self.name.clone()).subtitle(subtitle);
        self.incomplete.tell(&mut page);
        if !self.is_shown {
            page.paragraph("This is not shown to these readers.");
            return page;
        }
        if reports.is_empty() {
            page.paragraph("No report says anything about a milestone yet.");
            page.push(Block::Commands(vec![Command::new(format!("pmo status new {}", self.project))]));
            return page;
        }
        page.push(Block::Chart(self.chart()));
        page.paragraph(
            "To the right the day of the report, upward the day that was expected. Level is on course, rising slips, \
             and what meets the dots was reached. A small letter is the agreed day.",
        );
        page.table(self.lines());
        page.heading("What each report expected");
        page.table(self.grid(&reports));
        page.push(Block::Table(self.long()));
        page.push(Block::Commands(vec![
            Command::new(format!("pmo report project {}", self.project)),
            Command::new(format!("pmo trend milestones {} -O csv", self.project)),
        ]));
        page
    }

    /// Those of which a report said something, each with its letter.
    fn seen(&self) -> impl Iterator<Item = (char, &Milestone)> {
        // Beyond the alphabet a letter stands for several, which the tables tell apart.
        let letters = ('A'..='Z').chain(std::iter::repeat('Z'));
        letters.zip(self.milestones.iter().filter(|one| !one.sights.is_empty()))
    }

    fn chart(&self) -> DateChart {
        let line = |(mark, one): (char, &Milestone)| DateLine {
            mark,
            name: one.name.clone(),
            baseline: one.baseline.map(|day| day.0),
            points: one.points(),
        };
        // What was reached before the first of these reports would only push the others together.
        let first = self.seen().filter_map(|(_, one)| Some(one.sights.first()?.date)).min();
        let is_old = |one: &Milestone| one.actual < first && one.sights.len() == 1;
        let lines = self.seen().filter(|(_, one)| one.actual.is_none() || !is_old(one));
        DateChart {
            key: "chart".to_owned(),
            title: format!("Forecast dates of the milestones of {} over its reports", self.name),
            lines: lines.map(line).collect(),
        }
    }

    fn lines(&self) -> Table {
        let columns = vec![
            Column::new("letter", ""),
            Column::new("milestone", "Milestone").stretch(),
            Column::figures("baseline", "Agreed").priority(1),
            Column::figures("first", "First").priority(3),
            Column::figures("expected", "Expected"),
            Column::figures("moved_days", "Moved").unit("d"),
            Column::figures("moves", "Times").priority(4),
            Column::figures("slip_days", "Slip").unit("d").priority(2),
            Column::new("state", ""),
        ];
        let mut table = Table::new("milestones", columns);
        for (letter, one) in self.seen() {
            let date = |date: Option<Date>| Cell::of(date, |date| Cell::date(date.0));
            table.row(vec![
                Cell::text(letter.to_string()),
                Cell::text(&one.name),
                date(one.baseline),
                date(one.first),
                date(one.expected),
                Cell::of(one.moved_days, Cell::Days),
                Cell::count(one.moves),
                Cell::of(one.slip_days, Cell::Days),
                if one.actual.is_some() { Cell::text("reached") } else { Cell::Empty },
            ]);
        }
        let unseen = self.milestones.len() - self.seen().count();
        table.note = (unseen > 0).then(|| {
            format!("no report says anything about {}", text::count(unseen, "other milestone")).into()
        });
        table
    }

    /// One line a report, one column a milestone; the last milestones drop first.
    fn grid(&self, reports: &BTreeSet<Period>) -> Table {
        let mut columns = vec![Column::new("period", "Period")];
        for (at, (letter, one)) in self.seen().enumerate() {
            let priority = u8::try_from(at).unwrap_or(u8::MAX);
            columns.push(Column::figures(one.milestone.clone(), letter.to_string()).priority(priority));
        }
        let mut table = Table::new("reports", columns);
        for period in reports {
            let mut cells = vec![Cell::text(period.to_string())];
            for (_, one) in self.seen() {
                let sight = one.sights.iter().find(|sight| sight.period == *period);
                let was_reached =
                    one.actual.is_some() && one.sights.last().is_some_and(|last| last.period < *period);
                cells.push(match sight.and_then(Sight::expected) {
                    Some(day) => Cell::date(day.0),
                    None if was_reached => Cell::text("reached"),
                    None => Cell::Missing,
                });
            }
            table.row(cells);
        }
        table
    }

    fn long(&self) -> Table {
        let columns =
            ["milestone", "name", "period", "date", "baseline", "forecast", "actual"].map(Column::data);
        let mut table = Table::new("sights", columns.to_vec()).main().for_data();
        for one in &self.milestones {
            for sight in &one.sights {
                let date = |date: Option<Date>| Cell::of(date, |date| Cell::date(date.0));
                table.row(vec![
                    Cell::text(&one.milestone),
                    Cell::text(&one.name),
                    Cell::text(sight.period.to_string()),
                    Cell::date(sight.date.0),
                    date(one.baseline),
                    date(sight.forecast),
                    date(sight.actual),
                ]);
            }
        }
        table
    }
}
