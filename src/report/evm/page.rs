//! Earned value over the portfolio as a page.

use std::collections::BTreeMap;

use crate::analysis::earned_value::total::{Ratio, Sources, Total};
use crate::analysis::earned_value::{Absent, EarnedFrom, PlannedFrom, SpentFrom};
use crate::analysis::sum::Sum;
use crate::document::{Block, Cell, Column, Command, Document, Line, Table};
use crate::model::audience::Withhold;
use crate::report::converted::{self, Converted};
use crate::report::head::period_line;
use crate::report::selection::Selection;
use crate::text;

use super::{CurrencyTotal, Evm, EvmLine};

pub(super) fn page(report: &Evm) -> Document {
    let head = &report.head;
    let count: usize = report.totals.iter().map(|total| total.total.projects).sum();
    let listed = text::count(count, "project");
    let mut page = head
        .page(format!("{} earned value", head.title()))
        .subtitle(Line::new().text(format!("{listed} · ")).line(period_line(head.period)));
    report.incomplete.tell(&mut page);
    if count == 0 {
        let words = match report.left_out {
            0 => "There is no project yet.".to_owned(),
            left => format!("No project is listed; {} left out by the filter.", text::count(left, "project")),
        };
        page.paragraph(words);
        page.push(Block::Commands(vec![Command::new("pmo report portfolio")]));
        return page;
    }
    if let Some(converted) = &report.converted {
        page.paragraph(converted::line(&converted.rates));
    }
    if !report.groups.is_empty() {
        let by = report.options.group_by.map_or("", |by| by.word());
        page.heading(format!("By {by}"));
        page.table(groups(report));
    }
    if !report.projects.is_empty() {
        page.heading("Projects");
        page.table(projects(report));
        let reasons = reasons(report);
        if !reasons.is_empty() {
            page.heading("Figures that do not exist, and why");
            page.push(Block::List(reasons));
        }
    }
    let first = report.projects.first().map(|line| Command::new(format!("pmo report evm {}", line.project)));
    page.push(Block::Commands(first.into_iter().chain([Command::new("pmo report portfolio")]).collect()));
    page
}

/// The columns that lines, groups and totals share.
fn shared(own: &str) -> Vec<Column> {
    let money = |key: &str, title: &str| Column::figures(key, title).group(own).unit(own);
    let index = |key: &str, title: &str| Column::figures(key, title).group("index");
    vec![
        money("bac", "BAC").priority(1),
        money("pv", "PV").priority(4),
        money("ev", "EV").priority(2),
        money("ac", "AC").priority(2),
        money("sv", "SV").priority(6),
        money("cv", "CV").priority(5),
        index("spi", "SPI").priority(3),
        index("cpi", "CPI"),
        index("tcpi_bac", "TCPI").priority(7),
        Column::figures("eac_by_cpi", "EAC").group("at completion").unit(own).priority(3),
        Column::figures("vac_by_cpi", "VAC").group("at completion").unit(own).priority(2),
        Column::figures("eac_own", "Manager's").group("at completion").unit(own).priority(5),
    ]
}

const DATA: [&str; 10] = [
    "etc_by_cpi",
    "eac_at_budget",
    "etc_at_budget",
    "vac_at_budget",
    "eac_by_cpi_and_spi",
    "etc_by_cpi_and_spi",
    "vac_by_cpi_and_spi",
    "etc_own",
    "vac_own",
    "tcpi_eac",
];

fn projects(report: &Evm) -> Table {
    let own = &report.head.currency;
    let mut columns = vec![Column::marker("mark"), Column::new("project", "Project")];
    columns.extend([Column::figures("percent_done", "Done").priority(4)]);
    columns.extend(shared(own));
    columns.extend([
        Column::figures("spi_t", "SPI(t)").group("time").priority(1),
        Column::figures("finish_by_ieac_t", "Finish").group("time").priority(4),
        Column::new("planned_from", "PV from").priority(8),
        Column::new("earned_from", "EV from").priority(8),
        Column::new("spent_from", "AC from").priority(8),
    ]);
    columns.extend(["es", "at", "pd", "sv_t", "ieac_t"].map(Column::data));
    columns.extend(DATA.map(Column::data));
    let rest = ["time_unit", "original_budget", "name", "manager", "programme", "division", "currency"];
    columns.extend(rest.map(Column::data));
    columns.extend(["report", "date", "absent"].map(Column::data));
    let mut table = Table::new("projects", columns).main();
    let mut open: Option<String> = None;
    for line in &report.projects {
        let group = report.options.group_by.map(|by| by.title(&line.standing).1);
        if group.is_some() && group != open {
            table.group(group.clone().unwrap_or_default());
            open = group;
        }
        let cells = table.columns.iter().map(|column| cell(line, &column.key)).collect();
        table.row(cells);
    }
    table.footer.extend(report.totals.iter().map(|total| footer(total, &table.columns, "total")));
    if let Some(total) = report.converted.as_ref().and_then(Converted::sum) {
        let title = format!("all in {}", total.currency);
        table.footer.push(footer(total, &table.columns, &title));
    }
    table.note = note(report);
    table
}

fn cell(line: &EvmLine, key: &str) -> Cell {
    let optional = |text: Option<&str>| Cell::of(text, Cell::text);
    match key {
        "mark" => line.standing.mark().into(),
        "project" => Cell::reference(&line.project),
        "percent_done" => Cell::of(line.percent_done, |done| Cell::percent(done.0)),
        "planned_from" => optional(line.sources.planned.map(PlannedFrom::phrase)),
        "earned_from" => optional(line.sources.earned.map(EarnedFrom::phrase)),
        "spent_from" => optional(line.sources.spent.map(SpentFrom::phrase)),
        "time_unit" => optional(line.sources.time_unit),
        "original_budget" => line.original_budget.map_or(Cell::Empty, |b| Cell::money(b.0, &line.currency)),
        "name" => Cell::text(&line.name),
        "manager" => Cell::text(&line.manager_name),
        "programme" => optional(line.programme.as_deref()),
        "division" => optional(line.division.as_deref()),
        "currency" => Cell::text(&line.currency),
        "report" => Cell::of(line.report, |period| Cell::text(period.to_string())),
        "date" => Cell::date(line.date.0),
        "absent" => {
            let reasons = line.absent.iter().map(|(key, why)| format!("{key}: {}", why.word()));
            Cell::text(reasons.collect::<Vec<_>>().join("; "))
        }
        key => line.figures.cell(key, &line.currency),
    }
}

/// The sums of each group, one a row.
fn groups(report: &Evm) -> Table {
    let mut columns =
        vec![Column::new("group", "Group").stretch(), Column::figures("projects", "Projects").priority(4)];
    columns.extend(shared(&report.head.currency));
    columns.extend(DATA.map(Column::data));
    columns.push(Column::data("currency"));
    let mut table = Table::new("groups", columns);
    for group in &report.groups {
        for total in &group.totals {
            let cells = table.columns.iter().map(|column| match column.key.as_str() {
                "group" => Cell::text(&group.title),
                key => sum_cell(total, key),
            });
            table.row(cells.collect());
        }
    }
    table
}

/// The sum that stands in the column of that name.
fn sum_cell(total: &CurrencyTotal, key: &str) -> Cell {
    let CurrencyTotal { currency, total } = total;
    let sum = |sum: &Sum| Cell::of(sum.value, |value| Cell::money(value.0, currency));
    let change = |sum: &Sum| Cell::of(sum.value, |value| Cell::money_change(value.0, currency));
    let ratio = |ratio: &Ratio| Cell::of(ratio.value, |value| Cell::number(value.0, 2));
    let estimate = key.split_once('_').and_then(|(what, way)| {
        let way = match way {
            "by_cpi" => &total.by_cpi,
            "at_budget" => &total.at_budget,
            "by_cpi_and_spi" => &total.by_cpi_and_spi,
            "own" => &total.own,
            _ => return None,
        };
        match what {
            "eac" => Some(sum(&way.eac)),
            "etc" => Some(sum(&way.etc)),
            "vac" => Some(change(&way.vac)),
            _ => None,
        }
    });
    match key {
        "projects" => Cell::count(total.projects),
        "currency" => Cell::text(currency),
        "bac" => sum(&total.bac),
        "pv" => sum(&total.pv),
        "ev" => sum(&total.ev),
        "ac" => sum(&total.ac),
        "sv" => change(&total.sv),
        "cv" => change(&total.cv),
        "spi" => ratio(&total.spi),
        "cpi" => ratio(&total.cpi),
        "tcpi_bac" => ratio(&total.tcpi_bac),
        "tcpi_eac" => ratio(&total.tcpi_eac),
        _ => estimate.unwrap_or(Cell::Empty),
    }
}

fn footer(total: &CurrencyTotal, columns: &[Column], title: &str) -> Vec<Cell> {
    let cell = |column: &Column| match column.key.as_str() {
        "project" => Cell::text(title),
        key => sum_cell(total, key),
    };
    columns.iter().map(cell).collect()
}

/// What the totals lack and mix, and who is not listed.
fn note(report: &Evm) -> Option<Line> {
    let mut parts: Vec<String> = Vec::new();
    if !report.head.withholds(Withhold::Money) {
        for CurrencyTotal { currency, total } in &report.totals {
            let of = if report.totals.len() > 1 { format!("{currency}: ") } else { String::new() };
            parts.extend(missing(total).map(|words| format!("{of}{words}")));
            parts.extend(mixed(&total.sources).map(|words| format!("{of}{words}")));
        }
        if let Some(all) = report.converted.as_ref().filter(|_| report.totals.len() > 1) {
            parts.extend(
                mixed(&all.total.total.sources)
                    .map(|words| format!("all in {}: {words}", report.head.currency)),
            );
        }
        parts.push("SPI and CPI are quotients of sums over the projects that have both sides".to_owned());
    }
    if report.left_out > 0 {
        let words = if report.options.selection == Selection::default() {
            let verb = if report.left_out == 1 { "is" } else { "are" };
            format!("{} that {verb} closed or terminated", text::count(report.left_out, "project"))
        } else {
            text::count(report.left_out, "other project")
        };
        parts.push(format!("{words} not listed"));
    }
    (!parts.is_empty()).then(|| parts.join("; ").into())
}

/// `not in the totals: 2 projects without a budget and 1 project without actual cost`.
fn missing(total: &Total) -> Option<String> {
    let lacks = |sum: &Sum, what: &str| {
        (sum.missing > 0).then(|| format!("{} without {what}", text::count(sum.missing, "project")))
    };
    let parts = [
        lacks(&total.bac, "BAC"),
        lacks(&total.pv, "PV"),
        lacks(&total.ev, "EV"),
        lacks(&total.ac, "AC"),
        lacks(&total.by_cpi.eac, "EAC by CPI"),
        lacks(&total.own.eac, "the manager's EAC"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("not in the totals: {}", text::list(&parts, "and")))
}

/// `the totals mix sources: PV from curve 3, straight line 9; EV from stated 1, percent complete 11`.
fn mixed(sources: &Sources) -> Option<String> {
    fn counted<From: Copy + Ord>(
        what: &str,
        counts: &BTreeMap<From, usize>,
        phrase: fn(From) -> &'static str,
    ) -> Option<String> {
        let parts: Vec<String> =
            counts.iter().map(|(from, count)| format!("{} ({count})", phrase(*from))).collect();
        (counts.len() > 1).then(|| format!("{what} from {}", text::list(&parts, "and")))
    }
    let parts = [
        counted("PV", &sources.planned, PlannedFrom::phrase),
        counted("EV", &sources.earned, EarnedFrom::phrase),
        counted("AC", &sources.spent, SpentFrom::phrase),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    sources.is_mixed().then(|| format!("the totals mix sources: {}", parts.join(", ")))
}

/// `no actual cost: ai-pilot, branch-wifi`.
fn reasons(report: &Evm) -> Vec<Line> {
    let mut found: BTreeMap<Absent, Vec<&str>> = BTreeMap::new();
    for line in &report.projects {
        let mut reasons: Vec<Absent> = line.absent.values().copied().collect();
        reasons.sort();
        reasons.dedup();
        for why in reasons.into_iter().filter(|why| *why != Absent::Withheld) {
            found.entry(why).or_default().push(&line.project);
        }
    }
    let line = |(why, projects): (Absent, Vec<&str>)| {
        Line::new().text(format!("{}: ", why.phrase())).strong(projects.join(", "))
    };
    found.into_iter().map(line).collect()
}
