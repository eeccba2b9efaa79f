//! A trend as a page: small charts, then one line a period, or one line a group.

use rust_decimal::Decimal;

use crate::analysis::trend::{Measure, Metric, Source, Unit};
use crate::document::{
    Block, Cell, Column, Command, Document, Facts, Line as Words, Notice, Severity, Table,
};
use crate::text;

use super::{By, Line, Point, Trend};

pub(super) fn page(trend: &Trend) -> Document {
    let head = &trend.head;
    let unit = trend.periods.first().map_or("period", |seen| seen.period.cadence().unit());
    let mut subtitle = text::count(trend.periods.len(), unit);
    if let Some(last) = trend.periods.last() {
        subtitle.push_str(&format!(" to {}", last.period.spoken()));
    }
    if let Some(project) = &trend.project {
        subtitle = format!("{project} · {subtitle}");
    }
    let mut page = head.page(trend.kind.title()).subtitle(subtitle);
    trend.incomplete.tell(&mut page);
    if !trend.is_shown {
        page.paragraph("This is not shown to these readers.");
        return page;
    }
    unknown(trend, &mut page);
    match trend.series.as_slice() {
        [] => {
            page.paragraph("No project was under way in these periods.");
        }
        [only] if trend.by.is_none() => one(trend, only, &mut page),
        all => {
            page.table(groups(trend, all));
            page.push(Block::Table(long(trend)));
        }
    }
    page.paragraph(Words::new().dim(meaning(trend)));
    page.push(Block::Commands(next(trend)));
    page
}

/// Periods at whose end the register is not known, by the reason.
fn unknown(trend: &Trend, page: &mut Document) {
    let mut told: Vec<&str> = Vec::new();
    for why in trend.periods.iter().filter_map(|seen| seen.unknown.as_deref()) {
        if told.contains(&why) {
            continue;
        }
        told.push(why);
        let of: Vec<String> = trend
            .periods
            .iter()
            .filter(|seen| seen.unknown.as_deref() == Some(why))
            .map(|seen| seen.period.to_string())
            .collect();
        let periods = match of.as_slice() {
            [first, .., last] if of.len() > 3 => format!("{first} to {last} ({})", of.len()),
            some => text::list(some, "and"),
        };
        let text = Words::new().text(format!("Not known for {periods}: {why}"));
        page.push(Block::Notice(Notice { severity: Severity::Warning, text, next: None }));
    }
}

fn meaning(trend: &Trend) -> String {
    let mut said = trend.about.to_owned();
    if let Some(first) = said.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    said.push('.');
    let is_silent = trend.series.iter().flat_map(|line| &line.points).any(|point| point.silent > 0);
    if is_silent && trend.kind != Metric::Reporting {
        said.push_str(" A project that did not report counts under its last report.");
    }
    if trend.read_from == Source::History {
        said.push_str(
            " Each period as the register stood at its end; projects that were over are not counted.",
        );
    }
    said
}

fn next(trend: &Trend) -> Vec<Command> {
    let metric = trend.metric;
    let command = |end: &str| Command::new(format!("pmo trend {metric}{end}"));
    let project = trend.project.as_deref().map(|id| format!(" {id}")).unwrap_or_default();
    let mut all = match (trend.by, &trend.project) {
        (Some(By::Programme), _) => vec![command(" --by manager")],
        (Some(_), _) => vec![command("")],
        (None, None) => vec![command(" --by programme")],
        (None, Some(id)) => vec![Command::new(format!("pmo trend milestones {id}")), command("")],
    };
    let by = trend.by.map(|by| format!(" --by {}", by.word())).unwrap_or_default();
    all.push(command(&format!("{project}{by} -O csv")));
    all.push(Command::new("pmo trend"));
    all
}

/// A figure as its unit is written.
fn cell(measure: Measure, value: Option<Decimal>, currency: &str) -> Cell {
    let Some(value) = value else { return Cell::Missing };
    match measure.unit {
        Unit::Count | Unit::Days => Cell::number(value, 0),
        Unit::Percent => {
            let signed = measure.key == "over_percent";
            Cell::Percent { value, decimals: u32::from(signed), signed }
        }
        Unit::Money => Cell::money(value, currency),
    }
}

/// The same in a sentence, where nothing else says its unit.
fn spoken(measure: Measure, value: Decimal, currency: &str) -> Cell {
    match measure.unit {
        Unit::Days => Cell::Number { value, decimals: 0, unit: Some("d".to_owned()) },
        _ => cell(measure, Some(value), currency),
    }
}

/// One series: its figures as small charts, then one line a period.
fn one(trend: &Trend, line: &Line, page: &mut Document) {
    let currency = line.series_currency.as_deref().unwrap_or_default();
    let mut facts = Facts::new("charts", 1);
    for (at, measure) in trend.measures.iter().enumerate() {
        let values = line.values(at);
        let mut known = values.iter().flatten().copied();
        // One value is no series.
        let (Some(first), Some(last)) = (known.next(), known.next_back()) else { continue };
        let words =
            Words::new().value(Cell::Spark(values)).text("  ").value(spoken(*measure, first, currency));
        facts.add(measure.key, measure.title, words.text(" → ").value(spoken(*measure, last, currency)));
    }
    if !facts.items.is_empty() {
        page.push(Block::Facts(facts));
    }
    page.table(periods(trend, line, currency));
}

fn periods(trend: &Trend, line: &Line, currency: &str) -> Table {
    let mut columns = vec![Column::new("period", "Period")];
    for measure in trend.measures {
        let column = Column::figures(measure.key, measure.title);
        columns.push(match measure.unit {
            Unit::Money => column.unit(currency),
            Unit::Days => column.unit("d"),
            _ => column,
        });
    }
    columns.extend([
        Column::figures("counted", "Projects"),
        Column::figures("missing", "No figure").priority(1),
        Column::figures("silent", "Silent").priority(2),
    ]);
    if trend.read_from == Source::History {
        columns.push(Column::new("source", "As of").priority(3));
    }
    columns.push(Column::data("currency"));
    let mut table = Table::new("trend", columns).main();
    let tells = |pick: fn(&Point) -> usize| line.points.iter().any(|point| pick(point) > 0);
    let (has_missing, has_silent) = (tells(|point| point.missing), tells(|point| point.silent));
    for (seen, point) in trend.periods.iter().zip(&line.points) {
        let is_known = seen.unknown.is_none();
        let count = |count: usize| if is_known { Cell::count(count) } else { Cell::Missing };
        let only = |is_told: bool, number: usize| if is_told { count(number) } else { Cell::Empty };
        let mut cells = vec![Cell::text(seen.period.to_string())];
        let values = point.values.0.iter().zip(trend.measures);
        cells.extend(values.map(|((_, value), measure)| cell(*measure, value.map(|n| n.0), currency)));
        cells.extend([
            count(point.counted),
            only(has_missing, point.missing),
            only(has_silent, point.silent),
        ]);
        if trend.read_from == Source::History {
            cells.push(seen.source.as_deref().map_or(Cell::Missing, Cell::text));
        }
        cells.push(Cell::text(currency));
        table.row(cells);
    }
    table
}

/// Several series: one line each, with the first measure as a small chart and all of them as they are now.
fn groups(trend: &Trend, all: &[Line]) -> Table {
    let currencies: std::collections::BTreeSet<_> = all.iter().map(|line| &line.series_currency).collect();
    let many = currencies.len() > 1;
    let shared =
        all.first().and_then(|line| line.series_currency.clone()).filter(|_| !many).unwrap_or_default();
    let title = trend.by.map_or("Currency", |by| match by {
        By::Programme => "Programme",
        By::Division => "Division",
        By::Manager => "Manager",
    });
    let mut columns = vec![Column::new("group", title).stretch()];
    let first = trend.measures.first().map_or("", |measure| measure.title);
    columns.push(Column::new("trend", first));
    columns.push(Column::figures("first", "Then").priority(3));
    for (at, measure) in trend.measures.iter().enumerate() {
        let column = Column::figures(measure.key, if at == 0 { "Now" } else { measure.title });
        let column = if at == 0 { column } else { column.priority(2) };
        columns.push(if measure.unit == Unit::Money && !many {
            column.unit(shared.as_str())
        } else {
            column
        });
    }
    columns.push(Column::figures("counted", "Projects").priority(1));
    let mut table = Table::new("groups", columns);
    for line in all {
        let own = line.series_currency.as_deref().unwrap_or_default();
        let name = match (&line.group_name, trend.by) {
            (Some(name), _) if many => format!("{name}, {own}"),
            (Some(name), _) => name.clone(),
            (None, Some(by)) => format!("Without a {}", by.word()),
            (None, None) => own.to_owned(),
        };
        let values = line.values(0);
        let then = values.iter().flatten().next().copied();
        let mut cells = vec![Cell::text(name), Cell::Spark(values.clone())];
        cells.push(trend.measures.first().map_or(Cell::Missing, |measure| cell(*measure, then, own)));
        let last = line.points.last();
        for (at, measure) in trend.measures.iter().enumerate() {
            let value = last.and_then(|point| point.values.0.get(at)).and_then(|(_, value)| *value);
            cells.push(cell(*measure, value.map(|number| number.0), own));
        }
        cells.push(Cell::count(last.map_or(0, |point| point.counted)));
        table.row(cells);
    }
    table
}

/// Every figure of every series, one line a period, for a spreadsheet.
fn long(trend: &Trend) -> Table {
    let mut columns = ["group", "group_name", "currency", "period"].map(Column::data).to_vec();
    columns.extend(trend.measures.iter().map(|measure| Column::data(measure.key)));
    columns.extend(["counted", "missing", "silent"].map(Column::data));
    let mut table = Table::new("trend", columns).main().for_data();
    let text = |text: &Option<String>| text.as_deref().map_or(Cell::Missing, Cell::text);
    for line in &trend.series {
        for point in &line.points {
            let mut cells = vec![text(&line.group), text(&line.group_name), text(&line.series_currency)];
            cells.push(Cell::text(point.period.to_string()));
            let own = line.series_currency.as_deref().unwrap_or_default();
            let values = point.values.0.iter().zip(trend.measures);
            cells.extend(values.map(|((_, value), measure)| cell(*measure, value.map(|n| n.0), own)));
            cells.extend([point.counted, point.missing, point.silent].map(Cell::count));
            table.row(cells);
        }
    }
    table
}
