//! A project's series as a page: small charts, then one line a period.

use rust_decimal::Decimal;

use crate::document::{Block, Cell, Column, Command, Document, Facts, Line, Mark, Rating, Table};
use crate::model::status::Dimension;
use crate::model::{Number, Rag};
use crate::report::ratings::{self, Movement, level};
use crate::report::standing::shape;
use crate::text;

use super::{Declared, Point, Series};

pub(super) fn page(series: &Series) -> Document {
    let head = &series.head;
    let reported = series.points.iter().filter(|point| point.is_reported).count();
    let mut page = head.page(series.name.clone()).subtitle(format!(
        "{} · {}",
        series.project,
        text::count(reported, "report")
    ));
    series.incomplete.tell(&mut page);
    if reported == 0 {
        page.paragraph("There is no report yet.");
        page.push(Block::Commands(vec![Command::new(format!("pmo status new {}", series.project))]));
        return page;
    }
    if reported > 1 {
        page.push(Block::Facts(charts(series)));
    }
    page.table(table(series));
    page.push(Block::Commands(vec![
        Command::new(format!("pmo report project {}", series.project)),
        Command::new(format!("pmo status series {} --csv", series.project)),
    ]));
    page
}

/// How each figure went, in a line; figures that were never given are left out.
fn charts(series: &Series) -> Facts {
    let mut facts = Facts::new("charts", 1);
    let ratings = series.points.iter().map(|point| match point.rag {
        Some(rag) => Rating::shape(level(rag.overall)),
        None => ratings::silent(None).marked(Mark::NotReported),
    });
    facts.add("rating", "Rating", ratings.fold(Line::new(), Line::rating));
    let currency = &series.project_currency;
    let money = |value: Decimal| Cell::money(value, currency.as_str());
    let mut chart =
        |key: &str, label: &str, pick: &dyn Fn(&Point) -> Option<Decimal>, cell: &dyn Fn(Decimal) -> Cell| {
            let values: Vec<Option<Decimal>> = series.points.iter().map(pick).collect();
            let mut known = values.iter().flatten().copied();
            // One value is no series.
            let (Some(first), Some(last)) = (known.next(), known.next_back()) else { return };
            let line = Line::new().value(Cell::Spark(values)).text("  ").value(cell(first));
            let line = line.text(" → ").value(cell(last));
            facts.add(key, label, line);
        };
    let number = |number: Option<Number>| number.map(|number| number.0);
    chart("percent_complete", "Done", &|point| point.percent_complete.map(|done| done.0), &|value| {
        Cell::percent(value)
    });
    chart("spent", "Spent", &|point| number(point.spent), &money);
    chart("forecast_cost", "Forecast cost", &|point| number(point.forecast_cost), &money);
    let days = |value: Decimal| Cell::Number { value, decimals: 0, unit: Some("d".to_owned()) };
    chart("slip_days", "Slip", &|point| point.slip_days.map(Decimal::from), &days);
    chart("confidence", "Confidence", &|point| point.confidence.map(|sure| sure.0), &|value| {
        Cell::percent(value)
    });
    facts
}

fn table(series: &Series) -> Table {
    let currency = &series.project_currency;
    let money = |key: &str, title: &str| Column::figures(key, title).unit(currency);
    let dimension = |dimension: Dimension, title: &str, priority: u8| {
        Column::ratings(dimension.word(), title).priority(priority)
    };
    let columns = vec![
        Column::marker("mark"),
        Column::new("period", "Period"),
        Column::new("overall", "Overall"),
        dimension(Dimension::Schedule, "Sched", 5),
        dimension(Dimension::Cost, "Cost", 5),
        dimension(Dimension::Scope, "Scope", 6),
        dimension(Dimension::Risk, "Risk", 6),
        dimension(Dimension::Benefits, "Benef", 7),
        dimension(Dimension::Resources, "Res", 7),
        dimension(Dimension::Quality, "Qual", 7),
        Column::figures("percent_complete", "Done"),
        money("spent", "Spent").priority(3),
        money("forecast_cost", "Forecast").priority(1),
        Column::figures("forecast_finish", "Finish").priority(2),
        Column::figures("slip_days", "Slip").priority(1),
        Column::figures("confidence", "Sure").priority(4),
        Column::data("currency"),
    ];
    let mut table = Table::new("series", columns).main();
    let mut before: Option<Rag> = None;
    for point in &series.points {
        table.row(cells(point, before, currency));
        before = point.rag.map(|rag| rag.overall).or(before);
    }
    let silent = series.points.iter().filter(|point| !point.is_reported).count();
    table.note = (silent > 0).then(|| format!("{} without a report", text::count(silent, "period")).into());
    table
}

fn cells(point: &Point, before: Option<Rag>, currency: &str) -> Vec<Cell> {
    let Some(rag) = point.rag else {
        let mut cells = vec![ratings::silent(None).into(), Cell::text(point.period.to_string())];
        cells.push(Cell::text("no report"));
        cells.resize(16, Cell::Empty);
        cells.push(Cell::text(currency));
        return cells;
    };
    let trend = Movement::between(before, Some(rag.overall)).map(Movement::trend);
    let mut cells = vec![
        Rating::shape(level(rag.overall)).into(),
        Cell::text(point.period.to_string()),
        Rating::word(level(rag.overall)).moved(trend).into(),
    ];
    cells.extend(Dimension::ALL.map(|dimension| shape(of(&rag, dimension))));
    let money = |amount: Option<Number>| Cell::of(amount, |amount| Cell::money(amount.0, currency));
    cells.extend([
        Cell::of(point.percent_complete, |done| Cell::percent(done.0)),
        money(point.spent),
        money(point.forecast_cost),
        Cell::of(point.forecast_finish, |finish| Cell::date(finish.0)),
        Cell::of(point.slip_days, Cell::Days),
        Cell::of(point.confidence, |sure| Cell::percent(sure.0)),
        Cell::text(currency),
    ]);
    cells
}

fn of(rag: &Declared, dimension: Dimension) -> Option<Rag> {
    match dimension {
        Dimension::Schedule => rag.schedule,
        Dimension::Cost => rag.cost,
        Dimension::Scope => rag.scope,
        Dimension::Risk => rag.risk,
        Dimension::Benefits => rag.benefits,
        Dimension::Resources => rag.resources,
        Dimension::Quality => rag.quality,
    }
}
