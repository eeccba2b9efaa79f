//! Earned value of one project as a page.

use crate::analysis::earned_value::{Absent, PlannedFrom};
use crate::analysis::finance::Reserve;
use crate::document::{Block, Cell, Column, Command, Document, Line, Notice, Severity, Table};
use crate::report::head::period_line;

use super::figures::{Datum, name};
use super::{EvmLine, EvmSheet};

pub(super) fn page(sheet: &EvmSheet) -> Document {
    let line = &sheet.line;
    let subtitle =
        Line::new().text(format!("{} · earned value · ", line.project)).line(period_line(sheet.head.period));
    let mut page = sheet.head.page(line.name.clone()).subtitle(subtitle);
    sheet.incomplete.tell(&mut page);
    notices(line, &mut page);
    page.paragraph(summary(line));
    page.heading("Value and cost");
    page.table(figures(line, "value", &["bac", "pv", "ev", "ac"]));
    let both = [("contingency", &sheet.contingency), ("management reserve", &sheet.management_reserve)];
    let told = both.into_iter().filter_map(|(name, reserve)| drawn(name, reserve, &line.currency));
    let words = told.fold(Line::new(), |words, one| words.dot().line(one));
    if !words.is_empty() {
        page.paragraph(Line::new().text("Not in BAC: ").line(words));
    }
    page.heading("Variances and indices");
    page.table(figures(line, "indices", &["sv", "cv", "spi", "cpi"]));
    page.heading("At completion");
    page.table(estimates(line));
    page.heading("Cost performance that the rest needs");
    page.table(figures(line, "to_complete", &["tcpi_bac", "tcpi_eac"]));
    page.heading(match line.sources.time_unit {
        Some(unit) => format!("Time, in {unit}"),
        None => "Time".to_owned(),
    });
    let mut time = figures(line, "time", &["es", "at", "pd", "sv_t", "spi_t", "ieac_t"]);
    finishes(line, &mut time);
    page.table(time);
    page.push(Block::Commands(vec![
        Command::new(format!("pmo explain rag {}", line.project)),
        Command::new("pmo report evm"),
    ]));
    page
}

fn notices(line: &EvmLine, page: &mut Document) {
    let mut tell = |severity: Severity, text: Line, next: Option<String>| {
        page.push(Block::Notice(Notice { severity, text, next }));
    };
    if line.report.is_none() {
        let next = Some(format!("pmo status new {}", line.project));
        tell(Severity::Warning, "no report yet, so nothing is known of what is done".into(), next);
    }
    if let Some(first) = line.original_budget {
        let text = Line::new()
            .text("the figures are against the budget as it is agreed now; it first was ")
            .value(Cell::money(first.0, &line.currency));
        tell(Severity::Info, text, None);
    }
    if line.sources.planned == Some(PlannedFrom::StraightLine) {
        let text =
            "planned value is a straight line over working days: the charter has neither a curve nor weights";
        tell(Severity::Info, text.into(), None);
    }
}

/// `58 % done · EV 696 k of 1.20 M EUR · CPI 0.94 · SPI(t) 0.91 (figures of 20 Nov)`.
fn summary(line: &EvmLine) -> Line {
    let mut words = Line::new();
    if let Some(done) = line.percent_done {
        words = words.value(Cell::percent(done.0)).text(" done");
    }
    if let (Ok(Datum::Money(ev)), Ok(Datum::Money(bac))) = (line.figures.get("ev"), line.figures.get("bac")) {
        words = words.dot().text("EV ").value(Cell::money(ev.0, "")).text(" of ");
        words = words.value(Cell::money(bac.0, &line.currency));
    }
    for key in ["spi", "cpi", "spi_t"] {
        if let Ok(datum) = line.figures.get(key) {
            words = words.dot().text(format!("{} ", name(key).symbol)).value(datum.cell(""));
        }
    }
    words.dot().text("figures of ").value(Cell::date(line.date.0))
}

/// `contingency of 90 k EUR, 20 k drawn, 70 k left`.
fn drawn(name: &str, reserve: &Reserve, currency: &str) -> Option<Line> {
    let line = Line::new().text(format!("{name} of ")).value(Cell::money(reserve.agreed?.0, currency));
    Some(match (reserve.drawn, reserve.left) {
        (Some(drawn), Some(left)) => {
            let line = line.text(", ").value(Cell::money(drawn.0, "")).text(" drawn, ");
            line.value(Cell::money(left.0, "")).text(" left")
        }
        _ => line.text(", nothing said to be drawn"),
    })
}

/// One figure a row, with its formula or source, or why it does not exist.
fn figures(line: &EvmLine, key: &str, keys: &[&str]) -> Table {
    let columns = vec![
        Column::data("figure"),
        Column::new("symbol", ""),
        Column::new("name", "").priority(1),
        Column::figures("value", ""),
        Column::new("formula", "").stretch(),
        Column::data("absent"),
    ];
    let mut table = Table::new(key, columns);
    for named in keys.iter().map(|key| name(key)) {
        let value = line.figures.get(named.key);
        let formula = match (value, source(line, named.key)) {
            (Err(why), _) => format!("n/a: {}", why.phrase()),
            (_, Some(source)) => source.to_owned(),
            _ => named.formula.to_owned(),
        };
        table.row(vec![
            Cell::text(named.key),
            Cell::text(named.symbol),
            Cell::text(named.name),
            line.figures.cell(named.key, &line.currency),
            Cell::text(formula),
            value.err().map_or(Cell::Empty, |why| Cell::text(why.word())),
        ]);
    }
    table
}

/// Where a figure comes from that is not reckoned from others.
fn source(line: &EvmLine, key: &str) -> Option<&'static str> {
    match key {
        "pv" => Some(line.sources.planned?.long()),
        "ev" => Some(line.sources.earned?.long()),
        "ac" => Some(line.sources.spent?.long()),
        _ => None,
    }
}

/// The ways to estimate, one a row.
fn estimates(line: &EvmLine) -> Table {
    let currency = &line.currency;
    let money = |key: &str, title: &str| Column::figures(key, title).unit(currency).group(currency);
    let columns = vec![
        Column::new("assumption", "If…").stretch(),
        Column::new("formula", "EAC is").priority(2),
        money("eac", "EAC"),
        money("etc", "ETC").priority(1),
        money("vac", "VAC"),
        Column::new("absent", "").stretch(),
    ];
    let mut table = Table::new("at_completion", columns);
    for way in ["by_cpi", "at_budget", "by_cpi_and_spi", "own"] {
        let named = name(&format!("eac_{way}"));
        let cell = |what: &str| line.figures.cell(&format!("{what}_{way}"), currency);
        let reasons = ["eac", "etc", "vac"].map(|what| line.figures.get(&format!("{what}_{way}")).err());
        let why: Option<Absent> = reasons.into_iter().flatten().next();
        table.row(vec![
            Cell::text(named.name),
            Cell::text(named.formula),
            cell("eac"),
            cell("etc"),
            cell("vac"),
            why.map_or(Cell::Empty, |why| Cell::text(format!("n/a: {}", why.phrase()))),
        ]);
    }
    table
}

/// The finish as agreed, as the manager expects it, and at this pace.
fn finishes(line: &EvmLine, table: &mut Table) {
    let pace = line.figures.get("finish_by_ieac_t");
    for (key, value, why) in [
        ("finish_agreed", Cell::of(line.finish_baseline, |date| Cell::date(date.0)), None),
        ("finish_expected", Cell::of(line.finish_forecast, |date| Cell::date(date.0)), None),
        ("finish_by_ieac_t", line.figures.cell("finish_by_ieac_t", ""), pace.err()),
    ] {
        let named = name(key);
        let formula = why.map_or(named.formula.to_owned(), |why| format!("n/a: {}", why.phrase()));
        table.row(vec![
            Cell::text(key),
            Cell::Empty,
            Cell::text(named.name),
            value,
            Cell::text(formula),
            why.map_or(Cell::Empty, |why| Cell::text(why.word())),
        ]);
    }
}
