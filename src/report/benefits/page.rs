//! The report on benefits as a page.

use crate::document::{Attention, Block, Cell, Column, Command, Document, Facts, Line, Table};
use crate::model::Number;
use crate::report::converted::{self, Converted};
use crate::report::head::period_line;
use crate::report::standing::shape;
use crate::report::totals::Sum;
use crate::text;

use super::line::BenefitRow;
use super::sums::{Gains, Unit};
use super::{Benefits, Group, worth};

/// How many overdue measurements are named.
const ROWS: usize = 12;

pub(super) fn page(report: &Benefits) -> Document {
    let title = format!("{} benefits", report.head.title());
    let mut page = report.head.page(title).subtitle(period_line(report.head.period));
    report.incomplete.tell(&mut page);
    if report.benefits.is_empty() {
        page.paragraph("There is no benefit to report on.");
        page.push(Block::Commands(vec![Command::new("pmo benefit add"), Command::new("pmo benefit list")]));
        return page;
    }
    page.paragraph(counts(report));
    money(report, &mut page);
    overdue(report, &mut page);
    page.heading("Benefits");
    page.table(benefits(report));
    let investments = worth::table(report);
    if !investments.rows.is_empty() {
        page.heading("Investments");
        page.table(investments);
    }
    let units = units(&report.units);
    if !units.rows.is_empty() {
        page.heading("What is not money, by unit");
        page.table(units);
    }
    page.push(Block::Commands(commands(report)));
    page
}

/// How many benefits there are, and what is known of them.
fn counts(report: &Benefits) -> Line {
    let counts = &report.counts;
    let line = Line::new().text(text::count(counts.listed, "benefit"));
    let line = line.dot().text(format!("{} measured, {} at the target", counts.measured, counts.reached));
    match counts.without_baseline_or_target {
        0 => line,
        lacking => line.dot().text(format!("{lacking} without baseline or target")),
    }
}

fn money(report: &Benefits, page: &mut Document) {
    let mut facts = Facts::new("money", 1);
    let in_all = report.converted.iter().filter_map(Converted::sum).map(|total| (total, true));
    for (money, is_all) in report.money.iter().map(|money| (money, false)).chain(in_all) {
        for (gains, key, label) in [
            (&money.cashable, "cashable", "Cashable"),
            (&money.once, "once", "Gained once"),
            (&money.disbenefits, "disbenefits", "Disbenefits"),
        ] {
            if gains.at_target.counted + gains.at_target.missing > 0 {
                let is_once = key == "once";
                let key = match is_all {
                    true => format!("{key}_in_all"),
                    false => format!("{key}_{}", money.currency.to_lowercase()),
                };
                let label = if is_all { format!("{label}, in all") } else { label.to_owned() };
                facts.add(&key, &label, sentence(&money.currency, gains, is_once));
            }
        }
    }
    if let Some(converted) = &report.converted {
        facts.add("rates", "Rates", converted::line(&converted.rates));
    }
    if !facts.items.is_empty() {
        page.push(Block::Facts(facts));
    }
}

/// `0.94 M EUR a year at the targets · 0.21 M planned by now · 0.18 M measured, 86 % of the plan of 3`.
fn sentence(currency: &str, gains: &Gains, is_once: bool) -> Line {
    let mut line = Line::new();
    let parts = [
        (
            &gains.at_target,
            if is_once { " at the targets" } else { " a year at the targets" },
            "baseline or target",
        ),
        (&gains.planned, " planned by now", "plan"),
        (&gains.realised, " measured", "measurement"),
    ];
    for (sum, words, lacking) in parts {
        let currency = if line.is_empty() { currency } else { "" };
        line = line.dot();
        line = match sum.value {
            Some(value) => line.value(Cell::money(value.0, currency)).text(words),
            None => line.text(format!("no {lacking}")),
        };
        line = without(line, sum, lacking);
    }
    match gains.realised_percent {
        Some(percent) => {
            let of = text::count(gains.compared_planned.counted, "benefit");
            line.dot()
                .value(Cell::percent(percent.0))
                .text(format!(" of what was planned of the {of} measured"))
        }
        None => line,
    }
}

fn without(line: Line, sum: &Sum, lacking: &str) -> Line {
    match (sum.value, sum.missing) {
        (None, _) | (_, 0) => line,
        (Some(_), missing) => line.text(format!(" ({missing} without {lacking})")),
    }
}

/// Measurements that are due and were not taken, the longest first.
fn overdue(report: &Benefits, page: &mut Document) {
    let mut due: Vec<&BenefitRow> =
        report.benefits.iter().filter(|row| row.measurement_due_since.is_some()).collect();
    due.sort_by_key(|row| (row.measurement_due_since, &row.benefit));
    if due.is_empty() {
        return;
    }
    page.heading("To be measured");
    let line = |row: &&BenefitRow| Attention {
        mark: None,
        subject: row.benefit.clone(),
        text: {
            let since = Cell::of(row.measurement_due_since, |date| Cell::date(date.0));
            let mut line = Line::new().text(format!("{}: due since ", row.title)).value(since);
            if let Some(owner) = &row.owner {
                line = line.text(format!(" from {owner}"));
            }
            match row.measured_on {
                Some(on) => line.text(", last measured ").value(Cell::date(on.0)),
                None => line.text(", never measured"),
            }
        },
        next: Some(format!("pmo benefit measure {} VALUE", row.benefit)),
    };
    page.push(Block::Attention(due.iter().take(ROWS).map(line).collect()));
    if due.len() > ROWS {
        page.paragraph(Line::new().text(format!("and {} more", due.len() - ROWS)));
    }
}

fn benefits(report: &Benefits) -> Table {
    let columns = vec![
        Column::marker("rating"),
        Column::new("benefit", "Benefit"),
        Column::data("project"),
        Column::data("programme"),
        Column::data("objective"),
        Column::new("title", "").stretch(),
        Column::new("kind", "Kind").priority(4),
        Column::new("owner", "Owner").priority(3).stretch(),
        Column::figures("baseline", "Before").priority(2),
        Column::figures("target", "Target"),
        Column::figures("forecast", "Forecast").priority(4),
        Column::figures("planned", "Planned").priority(1),
        Column::figures("measured", "Measured"),
        Column::new("unit", "Unit").priority(1).stretch(),
        Column::figures("measured_on", "On").priority(1),
        Column::figures("attainment_percent", "Reached"),
        Column::data("behind_plan_percent"),
        Column::data("currency"),
        Column::data("gain_at_target"),
        Column::data("gain_planned"),
        Column::data("gain_measured"),
        Column::data("measurement_due_since"),
    ];
    let mut table = Table::new("benefits", columns).main();
    let mut group = None;
    for row in &report.benefits {
        let (_, title) = row.group(report.options.group_by);
        if group.as_ref() != Some(&title) {
            table.group(title.clone());
            group = Some(title);
        }
        table.row(cells(row));
    }
    let unplanned = report.benefits.iter().filter(|row| row.planned.is_none()).count();
    if unplanned > 0 {
        let have = if unplanned == 1 { "has" } else { "have" };
        let count = text::count(unplanned, "benefit");
        table.note = Some(format!("{count} {have} neither plan nor target with its day").into());
    }
    table
}

fn cells(row: &BenefitRow) -> Vec<Cell> {
    // As exact as the values that people gave: a planned value in between is a quotient.
    let given = [row.baseline, row.target, row.forecast, row.measured];
    let decimals = given.iter().flatten().map(|value| value.0.normalize().scale()).max().unwrap_or(0).min(2);
    let amount = |value: Option<Number>| {
        Cell::of(value, |value| match &row.currency {
            Some(_) if decimals == 0 => Cell::money(value.0, ""),
            _ => Cell::number(value.0, decimals),
        })
    };
    let date = |date: Option<crate::model::Date>| Cell::of(date, |date| Cell::date(date.0));
    let words = |words: Option<&str>| Cell::of(words, Cell::text);
    let percent = |value: Option<Number>| Cell::of(value, |value| Cell::percent(value.0));
    vec![
        shape(row.rating),
        Cell::reference(&row.benefit),
        Cell::reference(&row.project),
        words(row.programme.as_deref()),
        words(row.objective.as_deref()),
        Cell::text(&row.title),
        words(row.kind.map(|kind| kind.word())),
        words(row.owner.as_deref()),
        amount(row.baseline),
        amount(row.target),
        amount(row.forecast),
        amount(row.planned),
        amount(row.measured),
        row.unit.as_deref().or(row.currency.as_deref()).map_or(Cell::Empty, Cell::text),
        date(row.measured_on),
        percent(row.attainment_percent),
        percent(row.behind_plan_percent),
        words(row.currency.as_deref()),
        amount(row.gain_at_target),
        amount(row.gain_planned),
        amount(row.gain_measured),
        date(row.measurement_due_since),
    ]
}

fn units(units: &[Unit]) -> Table {
    let columns = vec![
        Column::new("unit", "Unit").stretch(),
        Column::figures("listed", "Benefits"),
        Column::figures("measured", "Measured"),
        Column::figures("on_plan", "On plan"),
        Column::figures("reached", "At target"),
        Column::figures("without_comparison", "Not comparable").priority(1),
    ];
    let mut table = Table::new("units", columns);
    for unit in units {
        table.row(vec![
            Cell::of(unit.unit.as_deref(), Cell::text),
            Cell::count(unit.listed),
            Cell::count(unit.measured),
            Cell::count(unit.on_plan),
            Cell::count(unit.reached),
            Cell::count(unit.without_comparison),
        ]);
    }
    table
}

fn commands(report: &Benefits) -> Vec<Command> {
    let mut commands = Vec::new();
    let due = report.benefits.iter().find(|row| row.measurement_due_since.is_some());
    match (due, report.benefits.first()) {
        (Some(due), _) => commands.push(Command::new(format!("pmo benefit measure {} VALUE", due.benefit))),
        (None, Some(first)) => commands.push(Command::new(format!("pmo show {}", first.benefit))),
        _ => {}
    }
    if report.options.group_by == Group::Project {
        commands.push(Command::new("pmo report benefits --group-by objective"));
    }
    commands.push(Command::new("pmo benefit list"));
    commands
}
