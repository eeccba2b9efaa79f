//! The simulation as a page: the sum, the projects, what drives them, what could not be drawn.

use std::collections::BTreeSet;

use crate::analysis::simulation::LeftOut;
use crate::document::{Block, Cell, Column, Command, Document, Line, Notice, Severity, Table};
use crate::model::{Date, Number};
use crate::text;

use super::lines::{CostSpread, DriverLine, ProjectLine, Reserve, Share, TotalLine};
use super::{Counted, Simulation};

/// How many references of risks that were not drawn are listed for each reason.
const LISTED: usize = 6;

pub(super) fn page(report: &Simulation) -> Document {
    let title = format!("{} risk simulation", report.head.title());
    let mut page = report.head.page(title).subtitle(subtitle(report));
    report.incomplete.tell(&mut page);
    if !report.is_shown {
        page.paragraph("Risks are not shown to these readers.");
        return page;
    }
    notices(report, &mut page);
    if report.risks.open == 0 {
        page.paragraph("No open risk: there is nothing to simulate.");
        page.push(Block::Commands(vec![Command::new("pmo risk list"), Command::new("pmo risk add --help")]));
        return page;
    }
    if report.projects.len() != 1 && !report.totals.is_empty() {
        page.heading("Cost of all risks together");
        page.table(totals(report));
    }
    if let Some(last) = report.last_finish.filter(|_| report.projects.len() != 1) {
        let date = |date: Date| Cell::date(date.0);
        let mut line = Line::new().text("The last project finishes on ").value(date(last.without_risks));
        line = line.text(" without risks");
        for (word, on) in [("P10", last.p10), ("P50", last.p50), ("P80", last.p80), ("P90", last.p90)] {
            line = line.dot().text(format!("{word} ")).value(date(on));
        }
        page.paragraph(line);
    }
    if report.projects.iter().any(|line| line.drawn > 0) {
        page.heading(if report.projects.len() == 1 { "Project" } else { "Projects" });
        page.table(projects(report));
    }
    if report.totals.iter().any(|total| !total.drivers.is_empty()) {
        page.heading("What drives the cost");
        page.table(cost_drivers(report));
    }
    if !report.days_drivers.is_empty() {
        page.heading("What drives the finish");
        page.table(days_drivers(report));
    }
    let undrawn = undrawn(report);
    if !undrawn.is_empty() {
        page.heading("Open risks that could not be drawn");
        page.push(Block::List(undrawn));
    }
    page.paragraph(Line::new().dim(method(report)));
    page.push(Block::Commands(next(report)));
    page
}

fn subtitle(report: &Simulation) -> String {
    let settings = &report.options.settings;
    let Counted { open, drawn, .. } = report.risks;
    let risks = if open == drawn {
        text::count(open, "open risk")
    } else {
        format!("{drawn} of {} drawn", text::count(open, "open risk"))
    };
    let runs = format!("{} {}", thousands(settings.runs), text::plural(settings.runs, "run"));
    format!("{risks} · {runs} · {} · seed {}", settings.distribution.word(), settings.seed)
}

/// A count with a comma at the thousands: `10,000`.
fn thousands(count: usize) -> String {
    let digits = count.to_string();
    let grouped = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy);
    grouped.collect::<Vec<_>>().join(",")
}

fn notices(report: &Simulation, page: &mut Document) {
    if report.risks.by_level > 0 {
        let text = match report.risks.by_level {
            1 => "1 risk states a level of probability and no chance: the middle of its band was taken"
                .to_owned(),
            many => format!(
                "{many} risks state a level of probability and no chance: the middle of its band was taken"
            ),
        };
        page.push(Block::Notice(Notice { severity: Severity::Info, text: text.into(), next: None }));
    }
    for group in &report.unknown_groups {
        let text = Line::new()
            .text("the group ")
            .code(group)
            .text(" is not in [risk.correlation] of pmo.toml: its risks were drawn independently");
        let next = Some("pmo explain word-outside-vocabulary".to_owned());
        page.push(Block::Notice(Notice { severity: Severity::Warning, text, next }));
    }
    if report.options.settings.runs < 1_000 && report.risks.drawn > 0 {
        let runs = report.options.settings.runs;
        let text = format!(
            "{} are few: the percentiles would be others with another seed",
            text::count(runs, "run")
        );
        let text = if runs == 1 {
            "one run tells nothing of what is likely: take 1,000 or more".to_owned()
        } else {
            text
        };
        page.push(Block::Notice(Notice { severity: Severity::Warning, text: text.into(), next: None }));
    }
}

/// The columns of a cost and of the contingency beside it.
fn spread_columns(report: &Simulation, unit: Option<&str>) -> Vec<Column> {
    let confidence = report.options.settings.confidence;
    let money = |key: &str, title: &str, group: &str| {
        let column = Column::figures(key, title).group(group);
        unit.map_or(column.clone(), |unit| column.unit(unit))
    };
    let cost = match unit {
        Some(unit) => format!("cost, {unit}"),
        None => "cost".to_owned(),
    };
    vec![
        money("mean", "Mean", &cost).priority(5),
        money("p10", "P10", &cost).priority(7),
        money("p50", "P50", &cost).priority(1),
        money("p80", "P80", &cost),
        money("p90", "P90", &cost).priority(4),
        money("contingency_left", "Left", "contingency").priority(2),
        money("contingency_needed", &format!("For {confidence} %"), "contingency").priority(6),
        money("contingency_balance", "±", "contingency").priority(2),
        Column::figures("covered_percent", "Enough in").group("contingency").priority(3),
    ]
}

fn spread_cell(cost: Option<&CostSpread>, reserve: &Reserve, key: &str, currency: &str) -> Option<Cell> {
    let money = |amount: Option<Number>| Cell::of(amount, |amount| Cell::money(amount.0, currency));
    Some(match key {
        "mean" => money(cost.map(|cost| cost.mean)),
        "p10" => money(cost.map(|cost| cost.p10)),
        "p50" => money(cost.map(|cost| cost.p50)),
        "p80" => money(cost.map(|cost| cost.p80)),
        "p90" => money(cost.map(|cost| cost.p90)),
        "at_confidence" => money(cost.map(|cost| cost.at_confidence)),
        "contingency_left" => money(reserve.left),
        "contingency_needed" => money(reserve.needed),
        "contingency_balance" => Cell::of(reserve.balance, |amount| Cell::money_change(amount.0, currency)),
        "covered_percent" => Cell::of(reserve.covered_percent, |percent| Cell::percent(percent.0)),
        _ => return None,
    })
}

/// The currency of all lines, where it is one.
fn shared_currency<'a>(currencies: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let all: BTreeSet<&str> = currencies.collect();
    all.first().copied().filter(|_| all.len() == 1)
}

fn totals(report: &Simulation) -> Table {
    let unit = shared_currency(report.totals.iter().map(|total| total.currency.as_str()));
    let mut columns = vec![Column::figures("projects", "Projects")];
    if unit.is_none() {
        columns.insert(0, Column::new("currency", "Currency"));
    } else {
        columns.push(Column::data("currency"));
    }
    columns.extend(spread_columns(report, unit));
    columns.push(Column::data("at_confidence"));
    let mut table = Table::new("totals", columns);
    for total in &report.totals {
        let cells = table.columns.iter().map(|column| total_cell(total, &column.key));
        table.row(cells.collect());
    }
    let without: usize = report.totals.iter().map(|total| total.without_contingency).sum();
    table.note = (without > 0).then(|| {
        let have = text::plural(without, "has");
        format!(
            "{} {have} no contingency on record, so the sum of contingencies is not known",
            text::count(without, "project")
        )
        .into()
    });
    table
}

fn total_cell(total: &TotalLine, key: &str) -> Cell {
    match key {
        "currency" => Cell::text(&total.currency),
        "projects" => Cell::count(total.projects),
        key => {
            spread_cell(Some(&total.cost), &total.contingency, key, &total.currency).unwrap_or(Cell::Empty)
        }
    }
}

fn projects(report: &Simulation) -> Table {
    let unit = shared_currency(report.projects.iter().map(|line| line.currency.as_str()));
    let mut columns = vec![Column::new("project", "Project"), Column::figures("drawn", "Risks").priority(8)];
    columns.extend(spread_columns(report, unit));
    let finish = |key: &str, title: &str| Column::figures(key, title).group("finish");
    columns.extend([
        finish("finish_without", "No risk").priority(4),
        finish("finish_p10", "P10").priority(10),
        finish("finish_p50", "P50").priority(9),
        finish("finish_p80", "P80").priority(1),
        finish("finish_p90", "P90").priority(9),
        Column::new("main_driver", "Main driver").priority(7),
    ]);
    let data = [
        "name",
        "currency",
        "left_out",
        "at_confidence",
        "days_mean",
        "days_p10",
        "days_p50",
        "days_p80",
        "days_p90",
        "days_at_confidence",
        "finish_at_confidence",
        "main_cost_driver",
        "main_cost_share",
        "main_days_driver",
        "main_days_share",
    ];
    columns.extend(data.map(Column::data));
    let mut table = Table::new("projects", columns).main();
    for line in &report.projects {
        let cells = table.columns.iter().map(|column| project_cell(line, &column.key));
        table.row(cells.collect());
    }
    table.note = note(report);
    table
}

fn project_cell(line: &ProjectLine, key: &str) -> Cell {
    let date = |pick: fn(&super::FinishSpread) -> Date| {
        Cell::of(line.finish.as_ref(), |finish| Cell::date(pick(finish).0))
    };
    let days =
        |pick: fn(&super::DaysSpread) -> i64| Cell::of(line.days.as_ref(), |days| Cell::Integer(pick(days)));
    let risk = |share: &Option<Share>| Cell::of(share.as_ref(), |share| Cell::text(&share.risk));
    let percent = |share: &Option<Share>| {
        Cell::of(share.as_ref().and_then(|share| share.share_percent), |percent| Cell::number(percent.0, 1))
    };
    match key {
        "project" => Cell::reference(&line.project),
        "name" => Cell::text(&line.name),
        "currency" => Cell::text(&line.currency),
        "drawn" => Cell::count(line.drawn),
        "left_out" => Cell::count(line.left_out),
        "finish_without" => date(|finish| finish.without_risks),
        "finish_p10" => date(|finish| finish.p10),
        "finish_p50" => date(|finish| finish.p50),
        "finish_p80" => date(|finish| finish.p80),
        "finish_p90" => date(|finish| finish.p90),
        "finish_at_confidence" => date(|finish| finish.at_confidence),
        "days_mean" => days(|days| days.mean),
        "days_p10" => days(|days| days.p10),
        "days_p50" => days(|days| days.p50),
        "days_p80" => days(|days| days.p80),
        "days_p90" => days(|days| days.p90),
        "days_at_confidence" => days(|days| days.at_confidence),
        "main_driver" => main_driver(line),
        "main_cost_driver" => risk(&line.main_cost_driver),
        "main_cost_share" => percent(&line.main_cost_driver),
        "main_days_driver" => risk(&line.main_days_driver),
        "main_days_share" => percent(&line.main_days_driver),
        key => spread_cell(line.cost.as_ref(), &line.contingency, key, &line.currency).unwrap_or(Cell::Empty),
    }
}

/// The risk that the project's line names: of the cost, else of the days.
fn main_driver(line: &ProjectLine) -> Cell {
    let Some(share) = line.main_cost_driver.as_ref().or(line.main_days_driver.as_ref()) else {
        return Cell::Missing;
    };
    let short = share.risk.rsplit('/').next().unwrap_or(&share.risk);
    Cell::text(match share.share_percent {
        Some(percent) => format!("{short} {} %", percent.0.round()),
        None => short.to_owned(),
    })
}

fn note(report: &Simulation) -> Option<Line> {
    let mut parts = Vec::new();
    let undrawn = report.projects.iter().filter(|line| line.drawn == 0).count();
    if undrawn > 0 {
        parts.push(format!(
            "{} {} open risks without figures only",
            text::count(undrawn, "project"),
            text::plural(undrawn, "has")
        ));
    }
    if report.without_risks > 0 {
        let verb = text::plural(report.without_risks, "has");
        parts.push(format!("{} {verb} no open risk", text::count(report.without_risks, "project")));
    }
    (!parts.is_empty()).then(|| parts.join("; ").into())
}

fn driver_table(key: &str, swing: Column) -> Table {
    let columns = vec![
        Column::new("risk", "Risk"),
        Column::new("title", "Title").stretch().priority(1),
        swing,
        Column::figures("share_percent", "Share of spread").priority(2),
    ];
    Table::new(key, columns)
}

fn driver_row(driver: &DriverLine, swing: Cell) -> Vec<Cell> {
    let share = Cell::of(driver.share_percent, |percent| Cell::percent(percent.0));
    vec![Cell::reference(&driver.risk), Cell::text(&driver.title), swing, share]
}

fn cost_drivers(report: &Simulation) -> Table {
    let unit = shared_currency(report.totals.iter().map(|total| total.currency.as_str()));
    let swing = Column::figures("swing", format!("Adds to P{}", report.options.settings.confidence));
    let swing = unit.map_or(swing.clone(), |unit| swing.unit(unit));
    let mut table = driver_table("cost_drivers", swing);
    for total in report.totals.iter().filter(|total| !total.drivers.is_empty()) {
        if unit.is_none() {
            table.group(format!("In {}", total.currency));
        }
        for driver in &total.drivers {
            table.row(driver_row(driver, Cell::money_change(driver.swing.0, total.currency.as_str())));
        }
    }
    table.note = Some(
        format!(
            "how much lower the P{} of the cost would be without the risk, all other draws being the same",
            report.options.settings.confidence
        )
        .into(),
    );
    table
}

fn days_drivers(report: &Simulation) -> Table {
    let swing =
        Column::figures("swing", format!("Adds to P{}", report.options.settings.confidence)).unit("days");
    let mut table = driver_table("days_drivers", swing);
    for driver in &report.days_drivers {
        let days = rust_decimal::prelude::ToPrimitive::to_i64(&driver.swing.0);
        table.row(driver_row(driver, Cell::of(days, Cell::Days)));
    }
    table
}

/// The risks that could not be drawn, by the reason.
fn undrawn(report: &Simulation) -> Vec<Line> {
    let reasons = [
        (LeftOut::NoEffect, "without an effect on cost or days", "cost_effect=…"),
        (LeftOut::NoChance, "without a chance and without a level of probability", "chance=…"),
        (LeftOut::OutOfOrder, "whose three points are not in order: low, likely, high", ""),
        (LeftOut::TooLarge, "whose effect is too large to be drawn", ""),
    ];
    let mut lines = Vec::new();
    for (reason, words, key) in reasons {
        let risks: Vec<&str> =
            report.left_out.iter().filter(|one| one.reason == reason).map(|one| one.risk.as_str()).collect();
        let Some(first) = risks.first() else { continue };
        let more =
            if risks.len() > LISTED { format!(" and {} more", risks.len() - LISTED) } else { String::new() };
        let named = risks.iter().take(LISTED).copied().collect::<Vec<_>>().join(", ");
        let line =
            Line::new().text(format!("{} {words}: {named}{more}   ", text::count(risks.len(), "risk")));
        lines.push(line.code(match key {
            "" => format!("pmo edit {first}"),
            key => format!("pmo set {first} {key}"),
        }));
    }
    lines
}

fn method(report: &Simulation) -> String {
    let together = match report.risks.grouped {
        0 => "Risks occur independently of one another".to_owned(),
        count => format!(
            "{} to a group that tends to occur together; the others occur independently",
            match count {
                1 => "1 risk belongs".to_owned(),
                many => format!("{many} risks belong"),
            }
        ),
    };
    format!(
        "P80: in four of five runs it was no more. {together}. Costs add up, and so do the days of a project, as if all \
         of them lay on its one critical path. What a plan costs is not in it. The method: docs/simulation.md."
    )
}

fn next(report: &Simulation) -> Vec<Command> {
    let most = report.totals.first().and_then(|total| total.drivers.first());
    let mut next: Vec<Command> =
        most.map(|driver| Command::new(format!("pmo show {}", driver.risk))).into_iter().collect();
    match report.projects.as_slice() {
        [_] => next.push(Command::new("pmo risk simulate")),
        lines => {
            next.extend(lines.first().map(|line| Command::new(format!("pmo risk simulate {}", line.project))))
        }
    }
    next.push(Command::new("pmo risk simulate -O csv"));
    next
}
