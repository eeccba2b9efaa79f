//! Budget control of one project as a page.

use crate::analysis::earned_value::Absent;
use crate::analysis::finance::Reserve;
use crate::analysis::sum::Sum;
use crate::document::{Block, Cell, Column, Command, Document, Line, Notice, Severity, Table};
use crate::model::Number;
use crate::model::audience::Withhold;
use crate::report::finance::category;
use crate::report::head::period_line;

use super::FinanceSheet;

pub(super) fn page(sheet: &FinanceSheet) -> Document {
    let line = &sheet.line;
    let subtitle =
        Line::new().text(format!("{} · finance · ", line.project)).line(period_line(sheet.head.period));
    let mut page = sheet.head.page(line.name.clone()).subtitle(subtitle);
    sheet.incomplete.tell(&mut page);
    if sheet.head.withholds(Withhold::Money) {
        page.paragraph("There is no money to show.");
        return page;
    }
    if sheet.line.spent_from.is_none() {
        let text = "nothing says what was spent: neither a report nor actuals/".into();
        let next = Some(format!("pmo status new {}", line.project));
        page.push(Block::Notice(Notice { severity: Severity::Warning, text, next }));
    }
    page.paragraph(summary(sheet));
    page.heading("Budget");
    page.table(budget(sheet));
    if sheet.contingency != Reserve::default() || sheet.management_reserve != Reserve::default() {
        page.heading("Reserves");
        page.table(reserves(sheet));
    }
    if !sheet.categories.is_empty() {
        page.heading("Categories of cost");
        page.table(category::table(&sheet.categories, &line.currency));
    }
    if !sheet.years.is_empty() {
        page.heading("Fiscal years");
        page.table(years(sheet));
    }
    if sheet.agreed.len() > 1 {
        page.heading("What was agreed");
        page.table(agreed(sheet));
    }
    if let Some(investment) = &sheet.investment {
        investment.show(&mut page);
    }
    page.push(Block::Commands(vec![
        Command::new(format!("pmo report evm {}", line.project)),
        Command::new("pmo report finance"),
    ]));
    page
}

/// `spent 0.79 M of 1.20 M EUR · forecast 1.26 M, +5 % · the budget lasts 5.2 months · figures of 20 Nov`.
fn summary(sheet: &FinanceSheet) -> Line {
    let line = &sheet.line;
    let amount = |key: &str| line.amounts.get(key).copied().flatten();
    let mut words = Line::new();
    if let Some(spent) = amount("actual") {
        words = words.text("spent ").value(Cell::money(spent.0, ""));
    }
    if let Some(budget) = amount("approved") {
        words = if words.is_empty() { words.text("budget ") } else { words.text(" of ") };
        words = words.value(Cell::money(budget.0, &line.currency));
    }
    if let Some(forecast) = amount("forecast") {
        words = words.dot().text("forecast ").value(Cell::money(forecast.0, ""));
        if let Some(percent) = line.variance_percent {
            words = words.text(", ").value(Cell::percent_change(percent.0));
        }
    }
    if let Some(months) = line.months_left {
        words = words.dot().text("the budget lasts ").value(Cell::number(months.0, 1)).text(" months");
    }
    words.dot().text("figures of ").value(Cell::date(line.date.0))
}

/// Names of the amounts, and what they are.
const ROWS: [(&str, &str, &str); 10] = [
    ("original", "First agreed", "the oldest of [[superseded]]"),
    ("changes", "Approved changes", "effect.cost of approved changes, in the budget or not"),
    ("approved", "Budget", "at completion, without reserves"),
    ("actual", "Spent", ""),
    ("committed", "Committed", "ordered, not yet booked"),
    ("to_spend", "Still to be spent", "forecast − spent"),
    ("forecast", "Forecast", "at completion, as the manager expects it"),
    ("variance", "Variance", "forecast − budget"),
    ("run_rate", "Run rate", "a month"),
    ("months_left", "Months left", "of the budget at the run rate"),
];

fn budget(sheet: &FinanceSheet) -> Table {
    let line = &sheet.line;
    let columns = vec![
        Column::data("figure"),
        Column::new("name", ""),
        Column::figures("value", "Amount").unit(&line.currency).group(&line.currency),
        Column::figures("percent", "Of budget").priority(1),
        Column::new("meaning", "").stretch(),
        Column::data("absent"),
    ];
    let mut table = Table::new("budget", columns);
    let budget = line.amounts.get("approved").copied().flatten();
    for (key, name, meaning) in ROWS {
        let amount = match key {
            "to_spend" => sheet.to_spend,
            _ => line.amounts.get(key).copied().flatten(),
        };
        // What most projects do not have is no gap.
        if amount.is_none() && matches!(key, "original" | "changes" | "committed") {
            continue;
        }
        let why = line.absent.get(key).copied();
        let value = match (key, amount) {
            ("months_left", _) => Cell::of(line.months_left, |months| Cell::number(months.0, 1)),
            ("variance" | "changes", Some(amount)) => Cell::money_change(amount.0, &line.currency),
            (_, amount) => Cell::of(amount, |amount| Cell::money(amount.0, &line.currency)),
        };
        let meaning = match (why, key, line.spent_from) {
            (Some(why), ..) => format!("n/a: {}", why.phrase()),
            (None, "actual", Some(from)) => from.long().to_owned(),
            _ => meaning.to_owned(),
        };
        table.row(vec![
            Cell::text(key),
            Cell::text(name),
            value,
            percent(key, amount, budget),
            Cell::text(meaning),
            why.map_or(Cell::Empty, |why| Cell::text(why.word())),
        ]);
    }
    table
}

/// An amount in percent of the budget, where that says something.
fn percent(key: &str, amount: Option<Number>, budget: Option<Number>) -> Cell {
    let share =
        amount.zip(budget).and_then(|(amount, budget)| crate::analysis::cost::percent_of(amount.0, budget.0));
    match (key, share) {
        ("approved" | "run_rate" | "months_left" | "original", _) | (_, None) => Cell::Empty,
        ("variance" | "changes", Some(share)) => Cell::percent_change(share),
        (_, Some(share)) => Cell::percent(share),
    }
}

fn reserves(sheet: &FinanceSheet) -> Table {
    let own = sheet.line.currency.as_str();
    let money = |key: &str, title: &str| Column::figures(key, title).unit(own).group(own);
    let columns = vec![
        Column::data("reserve"),
        Column::new("name", ""),
        money("agreed", "Agreed"),
        money("drawn", "Drawn"),
        money("left", "Left"),
        Column::new("for", "").stretch(),
    ];
    let mut table = Table::new("reserves", columns);
    for (key, name, reserve, meant) in [
        ("contingency", "Contingency", &sheet.contingency, "for known risks, the project's own"),
        (
            "management_reserve",
            "Management reserve",
            &sheet.management_reserve,
            "for what nobody foresaw, the organisation's",
        ),
    ] {
        if *reserve == Reserve::default() {
            continue;
        }
        let amount = |value: Option<Number>| Cell::of(value, |value| Cell::money(value.0, own));
        table.row(vec![
            Cell::text(key),
            Cell::text(name),
            amount(reserve.agreed),
            amount(reserve.drawn),
            amount(reserve.left),
            Cell::text(meant),
        ]);
    }
    table
}

fn years(sheet: &FinanceSheet) -> Table {
    let own = sheet.line.currency.as_str();
    let money = |key: &str, title: &str| Column::figures(key, title).unit(own).group(own);
    let columns = vec![
        Column::new("name", "Year"),
        Column::figures("days", "Days").priority(2).seen_only(),
        Column::data("first"),
        Column::data("last"),
        money("baseline", "Plan"),
        money("actual", "Actual"),
        money("forecast", "Forecast"),
        Column::new("absent", "").stretch().priority(1),
    ];
    let mut table = Table::new("years", columns);
    let amount = |value: Option<Number>| Cell::of(value, |value| Cell::money(value.0, own));
    let (mut baseline, mut actual, mut forecast) = (Sum::default(), Sum::default(), Sum::default());
    for year in &sheet.years {
        baseline.add(year.baseline);
        actual.add(year.actual);
        forecast.add(year.forecast);
        // That nothing was spent in a year to come needs no word.
        let reasons: Vec<&str> =
            year.absent.iter().filter(|why| **why != Absent::YearAhead).map(|why| why.phrase()).collect();
        table.row(vec![
            Cell::text(&year.name),
            Cell::Span(year.first.0, year.last.0),
            Cell::date(year.first.0),
            Cell::date(year.last.0),
            amount(year.baseline),
            if year.absent.contains(&Absent::YearAhead) { Cell::Empty } else { amount(year.actual) },
            amount(year.forecast),
            Cell::text(reasons.join("; ")),
        ]);
    }
    if sheet.years.len() > 1 {
        let whole = |sum: &Sum, ahead: usize| match sum.missing > ahead {
            // A sum without a year would be read as the whole.
            true => Cell::Missing,
            false => amount(sum.value),
        };
        let ahead = sheet.years.iter().filter(|year| year.absent.contains(&Absent::YearAhead)).count();
        let cell = |column: &Column| match column.key.as_str() {
            "name" => Cell::text("total"),
            "baseline" => whole(&baseline, 0),
            "actual" => whole(&actual, ahead),
            "forecast" => whole(&forecast, 0),
            _ => Cell::Empty,
        };
        let cells = table.columns.iter().map(cell).collect();
        table.footer.push(cells);
    }
    table
}

fn agreed(sheet: &FinanceSheet) -> Table {
    let own = sheet.line.currency.as_str();
    let columns = vec![
        Column::new("approved_on", "On"),
        Column::new("by", "By"),
        Column::figures("budget", "Budget").unit(own).group(own),
        Column::figures("change", "±").unit(own).group(own),
        Column::figures("finish", "Finish"),
        Column::new("is_in_force", "").seen_only(),
    ];
    let mut table = Table::new("agreed", columns);
    for (at, agreed) in sheet.agreed.iter().enumerate() {
        let before = sheet.agreed.get(at + 1).and_then(|earlier| earlier.budget);
        let change = agreed
            .budget
            .zip(before)
            .and_then(|(now, then)| now.0.checked_sub(then.0))
            .filter(|by| !by.is_zero());
        table.row(vec![
            Cell::of(agreed.approved_on, |on| Cell::date(on.0)),
            agreed.by.as_deref().map_or(Cell::Empty, Cell::reference),
            Cell::of(agreed.budget, |budget| Cell::money(budget.0, own)),
            change.map_or(Cell::Empty, |by| Cell::money_change(by, own)),
            Cell::of(agreed.finish, |finish| Cell::date(finish.0)),
            if agreed.is_in_force { Cell::text("in force") } else { Cell::Empty },
        ]);
    }
    table
}
