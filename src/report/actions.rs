//! What people have to do, soonest first: actions, issues, decisions, assumptions, reviews of risks, conditions, reports.

use serde::Serialize;

use crate::analysis::open_items;
use crate::document::{Block, Cell, Column, Command, Document, Line, Table};
use crate::model::audience::Section;
use crate::model::{Date, Register, Reports, Scope};
use crate::text;

use super::glance::{AHEAD, next_step, report_due};
use super::head::{Asked, Head, period_line};
use super::incomplete::Incomplete;
use super::standing;

/// What the list is asked for; an empty list allows any.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Options {
    /// Only of these projects; of all that are not over unless given.
    pub project: Vec<String>,
    /// Only what these people have to do, by id.
    pub owner: Vec<String>,
    /// Only what is past its day.
    pub overdue: bool,
}

/// What people have to do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Actions {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// What was asked for.
    pub options: Options,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// What there is to do, the soonest due first.
    pub items: Vec<ToDo>,
}

/// Something that somebody has to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ToDo {
    /// Whether it has no day.
    pub is_undated: bool,
    /// The day by which it is to be done.
    pub due: Option<Date>,
    /// Its reference.
    pub record: String,
    /// What is to be done: `action`, `issue`, `decision`, `assumption`, `risk review`, `review`, `condition`, `report`.
    pub what: &'static str,
    /// What it is about.
    pub title: String,
    /// Who has to do it, a person's id.
    pub owner: Option<String>,
    /// That person's name.
    pub owner_name: Option<String>,
    /// Days past its day; negative while it is to come.
    pub days_late: Option<i64>,
    /// What to type about it.
    pub next: String,
}

/// What the list reads.
pub fn scope(asked: &Asked) -> Scope {
    let kinds = [
        "project",
        "programme",
        "person",
        "risk",
        "assumption",
        "issue",
        "action",
        "decision",
        "review",
        "change",
        "benefit",
        "actuals",
    ];
    Scope::kinds(&kinds).with_reports(Reports::Newest(1)).on(asked.day)
}

/// Makes the list.
pub fn actions(register: &Register, asked: &Asked, options: Options) -> Actions {
    let (head, day) = (Head::new("actions", register, asked), asked.day);
    let mut items = Vec::new();
    for standing in standing::gather_all(register, day) {
        let is_asked_for = options.project.contains(&standing.project);
        if !is_asked_for && (!options.project.is_empty() || standing.state.is_over()) {
            continue;
        }
        let found = open_items::of_project(register, &standing.project);
        let open = found.iter().filter(|item| item.is_open(day) && head.shows(item.what.section()));
        items.extend(open.map(|item| to_do(register, item, day)));
        if standing.is_silent() && head.shows(Section::Attention) {
            let report = report_due(&standing);
            items.push(ToDo {
                is_undated: false,
                due: Some(report.by),
                record: report.record,
                what: "report",
                title: report.what,
                owner: Some(standing.manager.clone()),
                owner_name: Some(standing.manager_name.clone()),
                days_late: Some(day.days_since(report.by)),
                next: report.next,
            });
        }
    }
    items.retain(|item| options.keeps(item));
    items.sort();
    Actions { incomplete: Incomplete::of(register, &scope(asked)), head, options, items }
}

fn to_do(register: &Register, item: &open_items::Item<'_>, day: Date) -> ToDo {
    ToDo {
        is_undated: item.due.is_none(),
        due: item.due,
        record: item.id.to_string(),
        what: item.what.due(),
        title: item.title.to_owned(),
        owner: item.owner.map(str::to_owned),
        owner_name: item.owner.map(|owner| register.person_name(owner).to_owned()),
        days_late: item.days_late(day),
        next: next_step(item),
    }
}

impl Options {
    fn keeps(&self, item: &ToDo) -> bool {
        (!self.overdue || item.is_overdue())
            && (self.owner.is_empty() || item.owner.as_ref().is_some_and(|owner| self.owner.contains(owner)))
    }
}

impl ToDo {
    fn is_overdue(&self) -> bool {
        self.days_late.is_some_and(|days| days > 0)
    }

    /// Under which heading it stands.
    fn when(&self) -> &'static str {
        match self.days_late {
            Some(1..) => "Overdue",
            Some(days) if days >= -AHEAD => "In the next four weeks",
            Some(_) => "Later",
            None => "Without a day",
        }
    }
}

impl Actions {
    /// The list as a page.
    pub fn page(&self) -> Document {
        let overdue = self.items.iter().filter(|item| item.is_overdue()).count();
        let mut counted = text::count(self.items.len(), "item");
        if overdue > 0 && !self.options.overdue {
            counted.push_str(&format!(", {overdue} overdue"));
        }
        let subtitle = Line::new().text(format!("{counted} · ")).line(period_line(self.head.period));
        let mut page = self.head.page(self.title()).subtitle(subtitle);
        self.incomplete.tell(&mut page);
        if self.items.is_empty() {
            page.paragraph(if self.options.overdue {
                "Nothing is overdue."
            } else {
                "There is nothing to do."
            });
            page.push(Block::Commands(vec![Command::new("pmo status due"), Command::new("pmo report raid")]));
            return page;
        }
        page.table(self.table());
        let first = self.items.first().map(|item| Command::new(item.next.clone()));
        page.push(Block::Commands(first.into_iter().chain([Command::new("pmo report raid")]).collect()));
        page
    }

    fn title(&self) -> String {
        let mut names: Vec<&str> = self.items.iter().filter_map(|item| item.owner_name.as_deref()).collect();
        names.dedup();
        match (self.options.owner.as_slice(), names.first()) {
            ([_], Some(name)) => format!("What {name} has to do"),
            _ => format!("{}: what there is to do", self.head.title()),
        }
    }

    fn table(&self) -> Table {
        let mut columns = vec![
            Column::new("record", "Record"),
            Column::new("what", "").priority(2),
            Column::new("title", "What").stretch(),
        ];
        // One person's list need not name that person in each line.
        let owner = Column::new("owner_name", "Owner").priority(1).stretch();
        columns.push(if self.options.owner.len() == 1 { Column::data("owner_name") } else { owner });
        columns.extend([
            Column::figures("due", "Due"),
            Column::figures("days_late", "Late").priority(1),
            Column::new("next", "Next").priority(3),
            Column::data("owner"),
        ]);
        let mut table = Table::new("actions", columns).main();
        let mut open = "";
        for item in &self.items {
            if item.when() != open {
                open = item.when();
                table.group(open);
            }
            table.row(vec![
                Cell::reference(&item.record),
                Cell::text(item.what),
                Cell::text(&item.title),
                Cell::of(item.owner_name.as_deref(), Cell::text),
                item.due.map_or(Cell::Empty, |due| Cell::date(due.0)),
                item.days_late.filter(|days| *days > 0).map_or(Cell::Empty, Cell::Days),
                Cell::text(&item.next),
                Cell::of(item.owner.as_deref(), Cell::text),
            ]);
        }
        table
    }
}
