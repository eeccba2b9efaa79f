//! The RAID log as a page: how much is open and for how long, then the items, sort by sort.

use crate::analysis::exposure::Band;
use crate::analysis::open_items::What;
use crate::document::{Block, Cell, Column, Command, Document, Level, Line, Rating, Table};
use crate::report::head::period_line;
use crate::text;

use super::{Raid, RaidItem};

pub(super) fn page(report: &Raid) -> Document {
    let head = &report.head;
    let whose = match &report.options.project {
        Some(project) => format!("RAID log of {project}"),
        None => format!("{} RAID log", head.title()),
    };
    let open = report.items.iter().filter(|item| item.is_open).count();
    let mut subtitle = Line::new();
    if report.options.project.is_none() {
        subtitle = subtitle.text(format!("{} · ", text::count(report.projects, "project")));
    }
    let counted = format!("{} open · ", text::count(open, "item"));
    let mut page = head.page(whose).subtitle(subtitle.text(counted).line(period_line(head.period)));
    report.incomplete.tell(&mut page);
    if report.items.is_empty() {
        page.paragraph(if report.options.overdue { "Nothing is overdue." } else { "Nothing is on the log." });
        page.push(Block::Commands(commands(report)));
        return page;
    }
    page.table(ages(report));
    for (title, what, opportunity) in SECTIONS {
        let of_kind = |item: &&RaidItem| item.what == what && item.is_opportunity == opportunity;
        let lines: Vec<&RaidItem> = report.items.iter().filter(of_kind).collect();
        if !lines.is_empty() {
            page.heading(title);
            page.table(log(&title.to_lowercase(), what, &lines, report.options.ended));
        }
    }
    page.table(items(report));
    page.push(Block::Commands(commands(report)));
    page
}

/// All items in one table, for spreadsheets.
fn items(report: &Raid) -> Table {
    let keys = [
        "record",
        "what",
        "project",
        "programme",
        "title",
        "kind",
        "score",
        "band",
        "level",
        "owner_id",
        "owner",
        "raised",
        "age_days",
        "due",
        "days_late",
        "open",
        "ended_on",
        "answer",
    ];
    let mut table = Table::new("items", keys.map(Column::data).to_vec()).main().for_data();
    for line in &report.items {
        let cells = keys.iter().map(|key| match *key {
            "what" => Cell::text(line.what.word()),
            "kind" if line.what == What::Risk => {
                Cell::text(if line.is_opportunity { "opportunity" } else { "threat" })
            }
            "kind" => Cell::Empty,
            "band" => line.band.map_or(Cell::Empty, |band| Cell::text(band.word())),
            "score" if line.score.is_none() => Cell::Empty,
            "level" if line.level.is_none() => Cell::Empty,
            "owner_id" => Cell::of(line.owner.as_deref(), Cell::text),
            "days_late" => line.days_late.map_or(Cell::Empty, Cell::Days),
            key => cell(line, key),
        });
        table.row(cells.collect());
    }
    table
}

const SECTIONS: [(&str, What, bool); 6] = [
    ("Risks", What::Risk, false),
    ("Opportunities", What::Risk, true),
    ("Assumptions", What::Assumption, false),
    ("Issues", What::Issue, false),
    ("Actions", What::Action, false),
    ("Decisions", What::Decision, false),
];

/// How many are open of each sort, and for how long.
fn ages(report: &Raid) -> Table {
    let days = |key: &str, title: &str| Column::figures(key, title).group("open for days").priority(2);
    let columns = vec![
        Column::new("what", "Open"),
        Column::figures("open", ""),
        Column::figures("overdue", "Overdue"),
        Column::figures("without_owner", "No owner").priority(1),
        days("to_30_days", "to 30"),
        days("to_90_days", "31–90"),
        days("over_90_days", "over 90"),
        days("undated", "undated").priority(3),
        Column::figures("oldest_days", "oldest").group("open for days").priority(1),
    ];
    let mut table = Table::new("open_items", columns);
    let some = |count: usize| if count == 0 { Cell::Empty } else { Cell::count(count) };
    for aged in report.ages.iter().filter(|aged| aged.ages.open > 0) {
        let counts = &aged.ages;
        table.row(vec![
            Cell::text(text::plural(2, aged.what.word())),
            Cell::count(counts.open),
            some(counts.overdue),
            some(counts.without_owner),
            some(counts.to_30_days),
            some(counts.to_90_days),
            some(counts.over_90_days),
            some(counts.undated),
            counts.oldest_days.map_or(Cell::Empty, Cell::Integer),
        ]);
    }
    table
}

/// The items of one sort.
fn log(key: &str, what: What, lines: &[&RaidItem], ended: bool) -> Table {
    let (level, due, answer) = match what {
        What::Risk => ("Score", "Review by", "Response"),
        What::Assumption => ("Sure", "Check by", "If wrong"),
        What::Issue => ("Severity", "Due", "Plan"),
        What::Decision => ("", "Wanted by", "Recommended"),
        _ => ("", "Due", ""),
    };
    let mut columns = vec![Column::new("record", "Record")];
    match what {
        // Of an opportunity a high score is good: its band is no alarm.
        What::Risk if key == "risks" => {
            columns.insert(0, Column::marker("band"));
            columns.push(Column::figures("score", level));
        }
        What::Risk => columns.push(Column::figures("score", level)),
        _ if !level.is_empty() => columns.push(Column::new("level", level)),
        _ => {}
    }
    columns.extend([
        Column::new("title", "What").stretch(),
        Column::new("owner", "Owner").priority(1).stretch(),
    ]);
    columns.extend([
        Column::figures("raised", "Raised").priority(5),
        Column::figures("age_days", "Age").priority(3),
        Column::figures("due", due).priority(2),
        Column::figures("days_late", "Late").priority(1),
    ]);
    if ended {
        columns.push(Column::figures("ended_on", "Ended").priority(2));
    }
    if !answer.is_empty() {
        columns.push(Column::new("answer", if ended { "Answer" } else { answer }).priority(4).stretch());
    }
    columns.extend(["project", "programme", "open"].map(Column::data));
    let mut table = Table::new(key, columns);
    for line in lines {
        let cells = table.columns.iter().map(|column| cell(line, &column.key)).collect();
        table.row(cells);
    }
    table
}

fn cell(line: &RaidItem, key: &str) -> Cell {
    let text = |text: Option<&str>| Cell::of(text, Cell::text);
    match key {
        "record" => Cell::reference(&line.record),
        "band" => line.band.map_or(Cell::Empty, |band| {
            let level = match band {
                Band::Red => Level::Red,
                Band::Amber => Level::Amber,
                Band::Green => Level::Green,
            };
            Rating::shape(level).into()
        }),
        "score" => Cell::of(line.score, |score| Cell::Integer(score.into())),
        "level" => text(line.level),
        "title" => Cell::text(&line.title),
        "owner" => text(line.owner_name.as_deref()),
        "raised" => Cell::of(line.raised, |date| Cell::date(date.0)),
        "age_days" => Cell::of(line.age_days, Cell::Integer),
        "due" => line.due.map_or(Cell::Empty, |date| Cell::date(date.0)),
        "days_late" => line.days_late.filter(|days| *days > 0).map_or(Cell::Empty, Cell::Days),
        "ended_on" => line.ended_on.map_or(Cell::Empty, |date| Cell::date(date.0)),
        "answer" => line.answer.as_deref().map_or(Cell::Empty, Cell::text),
        "project" => Cell::text(&line.project),
        "programme" => text(line.programme.as_deref()),
        _ => Cell::text(if line.is_open { "yes" } else { "no" }),
    }
}

fn commands(report: &Raid) -> Vec<Command> {
    let mut commands = Vec::new();
    if let Some(first) = report.items.first() {
        commands.push(Command::new(format!("pmo show {}", first.record)));
    }
    commands.extend([Command::new("pmo actions --me"), Command::new("pmo report risks")]);
    commands
}
