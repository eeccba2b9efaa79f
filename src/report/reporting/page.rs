//! The reporting discipline as a page: the whole, period by period, then managers, programmes and projects.

use rust_decimal::Decimal;

use crate::document::{Block, Cell, Column, Command, Document, Facts, Line, Notice, Severity, Table};
use crate::model::filing::Unknown;
use crate::report::head::period_line;
use crate::text;

use super::{Figures, Group, PeriodLine, Reporting};

pub(super) fn page(report: &Reporting) -> Document {
    let window = &report.window;
    let mut page = report.head.page(report.head.title());
    let mut subtitle = Line::new().text("reporting discipline · ");
    subtitle = match window.oldest == window.newest {
        true => subtitle.line(period_line(window.newest)),
        false => subtitle
            .text(format!("{} to {}, ", window.oldest.spoken(), window.newest.spoken()))
            .value(Cell::Span(window.from.0, window.until.0)),
    };
    page = page.subtitle(subtitle);
    report.incomplete.tell(&mut page);
    tell_unknown(&mut page, report);
    if report.total.counts.due == 0 {
        page.paragraph("No report was due in this time.");
        return page;
    }
    page.push(Block::Facts(whole(report)));
    let count = report.projects.len();
    if report.periods.len() > 1 {
        page.heading("Period by period");
        page.table(periods(report));
    }
    if report.managers.len() > 1 {
        page.heading("By manager");
        page.table(groups("managers", "Manager", &report.managers, report));
    }
    if report.programmes.len() > 1 {
        page.heading("By programme");
        page.table(groups("programmes", "Programme", &report.programmes, report));
    }
    if count > 0 {
        page.heading("Projects");
        page.table(projects(report));
    }
    page.push(Block::Commands(vec![
        Command::noted("pmo status due", "what is wanted now"),
        Command::new("pmo status chase"),
    ]));
    page
}

/// Says why nobody can tell when some reports were filed.
fn tell_unknown(page: &mut Document, report: &Reporting) {
    for (why, projects) in &report.unknown {
        let of = text::count(*projects, "project");
        let (text, next) = match why {
            Unknown::NoHistory => (
                "Without git history nobody can tell when a report was filed: none counts as on time or late"
                    .to_owned(),
                None,
            ),
            Unknown::Shallow => (
                format!("This is a shallow clone: nobody can tell when the older reports of {of} were filed"),
                Some("git fetch --unshallow".to_owned()),
            ),
            Unknown::OnlyBots => (
                format!(
                    "Of {of} only programs that [reporting] bots lists have committed some reports, so nobody can tell when they were filed"
                ),
                Some("pmo explain status-late".to_owned()),
            ),
            Unknown::Unreadable(why) => (format!("git could not read its history: {why}"), None),
        };
        page.push(Block::Notice(Notice { severity: Severity::Warning, text: text.into(), next }));
    }
}

/// Everything together.
fn whole(report: &Reporting) -> Facts {
    let Figures { counts, on_time_percent, mean_days_late, red_percent } = report.total;
    let mut facts = Facts::new("total", 1);
    let came = [
        (counts.on_time, "on time"),
        (counts.late, "late"),
        (counts.missing, "missing"),
        (counts.unknown, "not known when"),
    ];
    let came = came.into_iter().filter(|(count, _)| *count > 0);
    let came: Vec<String> = came.map(|(count, word)| format!("{count} {word}")).collect();
    facts.add("reports", "Reports", format!("{} due: {}", counts.due, came.join(" · ")));
    if let Some(share) = on_time_percent {
        let mut line = Line::new().value(Cell::percent(share.0));
        let shares: Vec<Option<Decimal>> =
            report.periods.iter().map(|line| line.figures.on_time_percent.map(|share| share.0)).collect();
        if shares.iter().flatten().count() > 1 {
            line = line.text("  ").value(Cell::Spark(shares));
        }
        facts.add("on_time_percent", "On time", line);
    }
    if let Some(days) = mean_days_late {
        let days = Cell::Number { value: days.0, decimals: 1, unit: Some("d".to_owned()) };
        facts.add("mean_days_late", "Late by", Line::new().value(days).text(" on average"));
    }
    if let Some(share) = red_percent {
        let line = Line::new().value(Cell::percent(share.0)).text(" of the time");
        facts.add("red_percent", "In red", line);
    }
    let flaps = format!(
        "{} that turned and turned back within {}",
        text::count(counts.flaps, "rating"),
        text::count(usize::try_from(report.flap_periods).unwrap_or(0), "period")
    );
    if counts.flaps > 0 {
        facts.add("flaps", "Flapping", flaps);
    }
    if counts.stale > 0 {
        facts.add(
            "stale",
            "Stale",
            format!("{} with old data or unmoved figures", text::count(counts.stale, "report")),
        );
    }
    facts
}

/// The columns that every table of this page has.
fn columns(report: &Reporting) -> Vec<Column> {
    let mut columns = vec![
        Column::figures("due", "Due"),
        Column::figures("on_time", "On time"),
        Column::figures("late", "Late"),
        Column::figures("missing", "Missing"),
    ];
    if report.total.counts.unknown > 0 {
        columns.push(Column::figures("unknown", "Unknown"));
    }
    columns.extend([
        Column::figures("on_time_percent", "%").priority(1),
        Column::figures("mean_days_late", "Late by").priority(5),
        Column::figures("red", "In red").priority(2),
        Column::figures("stale", "Stale").priority(3),
    ]);
    columns
}

fn cells(report: &Reporting, figures: &Figures) -> Vec<Cell> {
    let counts = &figures.counts;
    let mut cells = vec![
        Cell::count(counts.due),
        Cell::count(counts.on_time),
        Cell::count(counts.late),
        Cell::count(counts.missing),
    ];
    if report.total.counts.unknown > 0 {
        cells.push(Cell::count(counts.unknown));
    }
    cells.extend([
        Cell::of(figures.on_time_percent, |share| Cell::percent(share.0)),
        figures.mean_days_late.map_or(Cell::Empty, |days| Cell::Number {
            value: days.0,
            decimals: 1,
            unit: Some("d".to_owned()),
        }),
        Cell::count(counts.red),
        Cell::count(counts.stale),
    ]);
    cells
}

fn periods(report: &Reporting) -> Table {
    let all = [Column::new("period", "Period")].into_iter().chain(columns(report)).collect();
    let mut table = Table::new("periods", all);
    for PeriodLine { period, figures } in &report.periods {
        let mut row = vec![Cell::text(period.to_string())];
        row.extend(cells(report, figures));
        table.row(row);
    }
    table
}

fn groups(key: &str, title: &str, groups: &[Group], report: &Reporting) -> Table {
    let mut all = vec![
        Column::data("id"),
        Column::new("name", title).stretch(),
        Column::figures("projects", "Projects").priority(4),
    ];
    all.extend(columns(report));
    all.push(Column::figures("flaps", "Flaps").priority(4));
    let mut table = Table::new(key, all);
    for group in groups {
        let id = group.id.as_deref().map_or(Cell::Empty, Cell::text);
        let mut row = vec![id, Cell::text(group.name.as_str()), Cell::count(group.projects)];
        row.extend(cells(report, &group.figures));
        row.push(Cell::count(group.figures.counts.flaps));
        table.row(row);
    }
    table
}

fn projects(report: &Reporting) -> Table {
    let mut all = vec![
        Column::new("project", "Project"),
        Column::data("name"),
        Column::data("manager"),
        Column::new("manager_name", "Manager").priority(4).stretch(),
        Column::data("programme"),
        Column::data("state"),
    ];
    all.extend(columns(report));
    all.push(Column::figures("flaps", "Flaps").priority(4));
    let mut table = Table::new("projects", all).main();
    for line in &report.projects {
        let mut row = vec![
            Cell::reference(line.project.as_str()),
            Cell::text(line.name.as_str()),
            Cell::text(line.manager.as_str()),
            Cell::text(line.manager_name.as_str()),
            line.programme.as_deref().map_or(Cell::Empty, Cell::text),
            Cell::text(line.state.word()),
        ];
        row.extend(cells(report, &line.figures));
        row.push(Cell::count(line.figures.counts.flaps));
        table.row(row);
    }
    table
}
