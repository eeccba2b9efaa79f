//! Budget control as a page.

use std::collections::BTreeMap;

use crate::analysis::earned_value::{Absent, SpentFrom};
use crate::document::{Block, Cell, Column, Command, Document, Line, Table};
use crate::model::Number;
use crate::model::audience::Withhold;
use crate::report::converted::{self, Converted};
use crate::report::selection::Selection;
use crate::text;

use super::category;
use super::{Finance, FinanceLine, FinanceTotal};

pub(super) fn page(report: &Finance) -> Document {
    let head = &report.head;
    let count: usize = report.totals.iter().map(|total| total.projects).sum();
    let subtitle = Line::new()
        .text(format!("{} · fiscal year ", text::count(count, "project")))
        .value(Cell::Span(report.year_first.0, report.year_last.0));
    let mut page = head.page(format!("{} finance", head.title())).subtitle(subtitle);
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
        page.heading(format!("By {}", report.options.group_by.map_or("", |by| by.word())));
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
    if !report.categories.is_empty() {
        page.heading("Categories of cost");
        page.table(category::table(&report.categories, &head.currency));
    }
    let first = report.projects.first().map(|line| format!("pmo report finance {}", line.project));
    let rest = ["pmo report evm", "pmo report portfolio"].map(str::to_owned);
    page.push(Block::Commands(first.into_iter().chain(rest).map(Command::new).collect()));
    page
}

const COLUMNS: [(&str, &str, &str, u8); 15] = [
    ("approved", "Budget", "", 1),
    ("changes", "Changes", "", 8),
    ("contingency", "Agreed", "contingency", 9),
    ("contingency_left", "Left", "contingency", 5),
    ("committed", "Committed", "", 7),
    ("actual", "Actual", "", 1),
    ("forecast", "Forecast", "", 2),
    ("variance", "±", "", 3),
    ("year_baseline", "Plan", "this year", 4),
    ("year_actual", "Actual", "this year", 4),
    ("year_forecast", "Forecast", "this year", 4),
    ("run_rate", "a month", "run rate", 6),
    ("management_reserve", "Agreed", "reserve", 10),
    ("reserve_left", "Left", "reserve", 10),
    ("original", "First", "", 11),
];

/// The columns that lines, groups and totals share.
fn shared(own: &str) -> Vec<Column> {
    let mut columns = Vec::new();
    for (key, title, group, priority) in COLUMNS {
        let group = if group.is_empty() { own } else { group };
        columns.push(Column::figures(key, title).group(group).unit(own).priority(priority));
        if key == "variance" {
            columns.push(Column::figures("variance_percent", "± %").group(own));
        }
        if key == "run_rate" {
            columns.push(Column::figures("months_left", "months left").group("run rate").priority(6));
        }
    }
    columns.extend(["contingency_drawn", "reserve_drawn"].map(Column::data));
    columns
}

fn projects(report: &Finance) -> Table {
    let mut columns = vec![Column::marker("mark"), Column::new("project", "Project")];
    columns.extend(shared(&report.head.currency));
    let rest = ["name", "manager", "programme", "division", "currency", "date", "spent_from", "absent"];
    columns.extend(rest.map(Column::data));
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
    for total in &report.totals {
        table.footer.push(table.columns.iter().map(|column| sum_cell(total, &column.key, "total")).collect());
    }
    if let Some(total) = report.converted.as_ref().and_then(Converted::sum) {
        let title = format!("all in {}", total.currency);
        table.footer.push(table.columns.iter().map(|column| sum_cell(total, &column.key, &title)).collect());
    }
    table.note = note(report);
    table
}

fn amount(key: &str, value: Option<Number>, currency: &str) -> Cell {
    match (key, value) {
        // Most projects have none of these, and are not the poorer for it.
        (
            "changes" | "original" | "committed" | "contingency" | "contingency_left" | "management_reserve"
            | "contingency_drawn" | "reserve_drawn" | "reserve_left",
            None,
        ) => Cell::Empty,
        (_, None) => Cell::Missing,
        ("variance", Some(value)) => Cell::money_change(value.0, currency),
        (_, Some(value)) => Cell::money(value.0, currency),
    }
}

fn cell(line: &FinanceLine, key: &str) -> Cell {
    let optional = |text: Option<&str>| Cell::of(text, Cell::text);
    match key {
        "mark" => line.standing.mark().into(),
        "project" => Cell::reference(&line.project),
        "variance_percent" => Cell::of(line.variance_percent, |percent| Cell::percent_change(percent.0)),
        "months_left" => Cell::of(line.months_left, |months| Cell::number(months.0, 1)),
        "name" => Cell::text(&line.name),
        "manager" => Cell::text(&line.manager_name),
        "programme" => optional(line.programme.as_deref()),
        "division" => optional(line.division.as_deref()),
        "currency" => Cell::text(&line.currency),
        "date" => Cell::date(line.date.0),
        "spent_from" => optional(line.spent_from.map(SpentFrom::phrase)),
        "absent" => {
            let reasons = line.absent.iter().map(|(key, why)| format!("{key}: {}", why.word()));
            Cell::text(reasons.collect::<Vec<_>>().join("; "))
        }
        key => amount(key, line.amounts.get(key).copied().flatten(), &line.currency),
    }
}

/// The sum that stands in the column of that name.
fn sum_cell(total: &FinanceTotal, key: &str, title: &str) -> Cell {
    match key {
        "project" | "group" => Cell::text(title),
        "projects" => Cell::count(total.projects),
        "currency" => Cell::text(&total.currency),
        // First budgets of some beside the budgets of all would be compared.
        "original" => Cell::Empty,
        "variance_percent" => Cell::of(total.variance_percent, |percent| Cell::percent_change(percent.0)),
        key => match total.sums.get(key) {
            Some(sum) => amount(key, sum.value, &total.currency),
            None => Cell::Empty,
        },
    }
}

/// The sums of each group, one a row.
fn groups(report: &Finance) -> Table {
    let mut columns =
        vec![Column::new("group", "Group").stretch(), Column::figures("projects", "Projects").priority(6)];
    columns.extend(shared(&report.head.currency).into_iter().filter(|column| column.key != "months_left"));
    columns.push(Column::data("currency"));
    let mut table = Table::new("groups", columns);
    for group in &report.groups {
        for total in &group.totals {
            table
                .row(table.columns.iter().map(|column| sum_cell(total, &column.key, &group.title)).collect());
        }
    }
    table
}

/// What the totals lack, and who is not listed.
fn note(report: &Finance) -> Option<Line> {
    let mut parts: Vec<String> = Vec::new();
    if !report.head.withholds(Withhold::Money) {
        for total in &report.totals {
            let of = if report.totals.len() > 1 { format!("{}: ", total.currency) } else { String::new() };
            let lacks = |key: &str, what: &str| {
                let missing = total.sums.get(key).map_or(0, |sum| sum.missing);
                (missing > 0).then(|| format!("{} without {what}", text::count(missing, "project")))
            };
            let lacking = [
                lacks("approved", "a budget"),
                lacks("actual", "actual cost"),
                lacks("forecast", "a forecast"),
                lacks("year_actual", "the actual cost of the year"),
            ];
            let lacking: Vec<String> = lacking.into_iter().flatten().collect();
            if !lacking.is_empty() {
                parts.push(format!("{of}not in the totals: {}", text::list(&lacking, "and")));
            }
        }
        parts.push("± is over the projects with both a budget and a forecast".to_owned());
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

/// `no actual cost: ai-pilot, branch-wifi`.
fn reasons(report: &Finance) -> Vec<Line> {
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
