//! The grid of indicators as a page.

use crate::document::{self, Block, Cell, Command, Document, Line, Rating, Table};
use crate::model::kpi::Measure;
use crate::model::{Number, Rag};
use crate::report::converted;
use crate::report::head::period_line;
use crate::report::ratings::level;

use super::{By, Column, Grid, Row, Trend, Value};

pub(super) fn page(grid: &Grid) -> Document {
    let title = format!("{} indicators", grid.head.title());
    let mut page = grid.head.page(title).subtitle(period_line(grid.head.period));
    grid.incomplete.tell(&mut page);
    if grid.groups.is_empty() || grid.indicators.is_empty() {
        page.paragraph("There is no indicator to show.");
        page.push(Block::Commands(vec![Command::new("pmo report portfolio")]));
        return page;
    }
    page.heading("Indicators");
    page.table(table(grid));
    let rates = converted::line(&grid.converted);
    if !rates.is_empty() {
        page.paragraph(rates);
    }
    page.heading("Limits");
    page.table(limits(&grid.indicators));
    let other = if grid.group_by == By::Programme { "division" } else { "programme" };
    page.push(Block::Commands(vec![
        Command::new(format!("pmo report kpi --group-by {other}")),
        Command::new("pmo report portfolio"),
    ]));
    page
}

fn table(grid: &Grid) -> Table {
    let title = if grid.group_by == By::Programme { "Programme" } else { "Division" };
    let mut columns = vec![
        document::Column::new("group", title).stretch(),
        document::Column::figures("projects", "Projects").priority(1),
    ];
    for (at, indicator) in grid.indicators.iter().enumerate() {
        let key = key(grid, at);
        // Those to the left stay longest; the marker goes before its figure.
        let priority = u8::try_from(2 * at + 2).unwrap_or(u8::MAX);
        let mut marker =
            document::Column::marker(format!("{key}_rating")).priority(priority.saturating_add(1));
        marker.align = document::Align::Right;
        columns.push(marker);
        columns.push(document::Column::figures(key.as_str(), indicator.name.as_str()).priority(priority));
        columns.push(document::Column::data(format!("{key}_before")));
        columns.push(document::Column::data(format!("{key}_counted")));
        columns.push(document::Column::data(format!("{key}_missing")));
    }
    let mut table = Table::new("kpi", columns).main();
    for row in &grid.groups {
        let none = if grid.group_by == By::Programme { "Without a programme" } else { "Without a division" };
        table.row(cells(grid, row, row.group.as_deref().unwrap_or(none)));
    }
    table.footer.push(cells(grid, &grid.all, "All"));
    table.note = Some(note(grid));
    table
}

/// The stable name of a column; an indicator that stands there twice is told apart by its place.
fn key(grid: &Grid, at: usize) -> String {
    let metric = grid.indicators[at].metric;
    let word = metric.word().replace('-', "_");
    let earlier = grid.indicators[..at].iter().filter(|other| other.metric == metric).count();
    if earlier == 0 { word } else { format!("{word}_{}", earlier + 1) }
}

fn cells(grid: &Grid, row: &Row, name: &str) -> Vec<Cell> {
    let mut cells = vec![Cell::text(name), Cell::count(row.projects)];
    for (value, indicator) in row.values.iter().zip(&grid.indicators) {
        let figure = |value: Option<Number>| Cell::of(value, |value| figure(indicator.measure, value));
        cells.push(marker(value));
        cells.push(figure(value.value));
        cells.push(figure(value.before));
        cells.push(Cell::count(value.counted));
        cells.push(Cell::count(value.missing));
    }
    cells
}

fn marker(value: &Value) -> Cell {
    let trend = value.trend.map(|trend| match trend {
        Trend::Better => document::Trend::Better,
        Trend::Same => document::Trend::Same,
        Trend::Worse => document::Trend::Worse,
    });
    match value.rating {
        Some(rag) if rag != Rag::Grey => Rating::shape(level(rag)).moved(trend).into(),
        _ => Cell::Empty,
    }
}

fn figure(measure: Measure, value: Number) -> Cell {
    match measure {
        Measure::Percent => Cell::percent(value.0),
        Measure::Days => Cell::number(value.0, 0),
        Measure::Index => Cell::number(value.0, 2),
        Measure::Count => Cell::number(value.0, 0),
    }
}

/// How many figures are missing, and what the arrows compare with.
fn note(grid: &Grid) -> Line {
    let counted = grid.all.values.iter().zip(&grid.indicators).filter(|(value, _)| value.missing > 0);
    let missing: Vec<String> =
        counted.map(|(value, indicator)| format!("{} {}", indicator.name, value.missing)).collect();
    let mut words = format!("arrows: since {}", grid.before.spoken());
    if !missing.is_empty() {
        words.push_str(&format!("; without a figure: {}", missing.join(", ")));
    }
    Line::new().text(words)
}

fn limits(indicators: &[Column]) -> Table {
    let columns = vec![
        document::Column::new("name", "Indicator"),
        document::Column::new("metric", "Metric"),
        document::Column::figures("amber", "Amber beyond"),
        document::Column::figures("red", "Red beyond"),
        document::Column::new("worse", ""),
    ];
    let mut table = Table::new("limits", columns);
    for indicator in indicators {
        let worse = if indicator.metric.is_more_better() { "less is worse" } else { "more is worse" };
        table.row(vec![
            Cell::text(&indicator.name),
            Cell::text(indicator.metric.word()),
            figure(indicator.measure, indicator.amber),
            figure(indicator.measure, indicator.red),
            Cell::text(worse),
        ]);
    }
    table.note = Some(Line::new().code("[[kpi]]").text(" in pmo.toml chooses, names and orders them"));
    table
}
