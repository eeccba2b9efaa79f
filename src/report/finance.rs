//! Budget control over the portfolio and of one project: agreed, drawn, committed, spent, expected, fiscal years.

mod category;
mod page;
mod sheet;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::analysis::conversion;
use crate::analysis::cost::percent_of;
use crate::analysis::earned_value::{Absent, Known, SpentFrom};
use crate::analysis::finance::{self, FinanceView};
use crate::analysis::sum::Sum;
use crate::document::Document;
use crate::model::audience::{Section, Withhold};
use crate::model::finance::minor_units;
use crate::model::{Date, Number, Register, Reports, Scope};

use super::converted::Converted;
use super::head::{Asked, Head};
use super::incomplete::Incomplete;
use super::selection::{GroupBy, Grouping, Sort};
use super::standing::{self, Standing};

pub use category::CategoryLine;
pub use sheet::{AgreedLine, FinanceSheet, YearLine, sheet};

/// Budget control over the portfolio.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finance {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// What was asked for.
    pub options: Grouping,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// The first day of the fiscal year.
    pub year_first: Date,
    /// The last day of the fiscal year.
    pub year_last: Date,
    /// How many projects are not listed.
    pub left_out: usize,
    /// The sums by currency.
    pub totals: Vec<FinanceTotal>,
    /// The sums over all currencies in the register's own, where there are several and rates between them.
    pub converted: Option<Converted<FinanceTotal>>,
    /// The sums of each group, by currency.
    pub groups: Vec<FinanceGroup>,
    /// Categories of cost, by currency.
    pub categories: Vec<CategoryLine>,
    /// The listed projects, in order.
    pub projects: Vec<FinanceLine>,
}

/// The sums over projects of one currency.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FinanceTotal {
    /// The currency.
    pub currency: String,
    /// How many projects.
    pub projects: usize,
    /// The sum of each column.
    pub sums: BTreeMap<&'static str, Sum>,
    /// Forecasts over budgets in percent, over the projects that have both.
    pub variance_percent: Option<Number>,
}

/// The sums of one group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FinanceGroup {
    /// What the group is called.
    pub title: String,
    /// Its sums, by currency.
    pub totals: Vec<FinanceTotal>,
}

/// The money of one project.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FinanceLine {
    /// The project's id.
    pub project: String,
    /// What people call it.
    pub name: String,
    /// The manager's name.
    pub manager_name: String,
    /// The programme's id.
    pub programme: Option<String>,
    /// The division that owns it.
    pub division: Option<String>,
    /// The currency of the amounts.
    pub currency: String,
    /// The day for which the figures hold.
    pub date: Date,
    /// Where the actual cost comes from.
    pub spent_from: Option<SpentFrom>,
    /// The amounts by their names; one that is missing is null.
    pub amounts: BTreeMap<&'static str, Option<Number>>,
    /// Forecast over budget in percent.
    pub variance_percent: Option<Number>,
    /// For how many months the budget lasts at the run rate.
    pub months_left: Option<Number>,
    /// Why, for each reckoned figure that does not exist.
    pub absent: BTreeMap<&'static str, Absent>,
    #[serde(skip)]
    standing: Standing,
    #[serde(skip)]
    view: FinanceView,
}

/// What the report reads: charters, every report, booked costs, changes, and what ratings follow from.
pub fn scope(asked: &Asked) -> Scope {
    let kinds =
        ["project", "programme", "person", "risk", "change", "benefit", "actuals", "programme-status"];
    Scope::kinds(&kinds).with_reports(Reports::All).on(asked.day)
}

/// What the sheet of one project reads.
pub fn scope_of(project: &str, asked: &Asked) -> Scope {
    Scope { projects: Some([project.to_owned()].into()), ..scope(asked) }
}

/// Makes the report.
pub fn finance(register: &Register, asked: &Asked, options: Grouping) -> Finance {
    let head = Head::new("finance", register, asked);
    let all = standing::gather_all(register, asked.day);
    let before = all.len();
    let kept = all.into_iter().filter(|standing| options.selection.keeps(standing));
    let mut projects: Vec<FinanceLine> =
        kept.filter_map(|standing| line(register, standing, &head, asked.day)).collect();
    projects.sort_by(|a, b| {
        let group = |line: &FinanceLine| options.group_by.map(|by| by.title(&line.standing));
        group(a).cmp(&group(b)).then_with(|| Sort::Project.compare(&a.standing, &b.standing))
    });
    let own = head.currency.as_str();
    let totals = totals(projects.iter(), own);
    let groups = options.group_by.map(|by| groups(&projects, by, own)).unwrap_or_default();
    let (year_first, year_last) = register.config.finance.year_of(asked.day);
    let left_out = before - projects.len();
    let converted = (totals.len() > 1).then(|| {
        Converted::of(register, asked.day, |conversion| {
            let mut all = FinanceTotal::new(own);
            projects.iter().for_each(|line| all.add(line, conversion.rate(&line.currency)));
            all.rounded(minor_units(own))
        })
    });
    let categories = CategoryLine::of(&projects);
    if !head.shows(Section::Projects) {
        projects.clear();
    }
    let incomplete = Incomplete::of(register, &scope(asked));
    Finance {
        head,
        options,
        incomplete,
        year_first,
        year_last,
        left_out,
        totals,
        converted,
        groups,
        categories,
        projects,
    }
}

fn line(register: &Register, mut standing: Standing, head: &Head, day: Date) -> Option<FinanceLine> {
    let view = finance::view(register, &standing.project, day)?;
    standing.keep(head);
    let is_withheld = head.withholds(Withhold::Money);
    let mut absent = BTreeMap::new();
    let mut amounts = BTreeMap::new();
    let reckoned: [(&'static str, Known); 5] = [
        ("year_baseline", view.year.baseline),
        ("year_actual", view.year.actual),
        ("year_forecast", view.year.forecast),
        ("run_rate", view.run_rate),
        ("months_left", view.months_left),
    ];
    for (key, figure) in reckoned {
        let figure = if is_withheld { Err(Absent::Withheld) } else { figure };
        absent.extend(figure.err().map(|why| (key, why)));
        if key != "months_left" {
            amounts.insert(key, figure.ok());
        }
    }
    amounts.extend([
        ("original", view.original),
        ("approved", view.approved),
        ("changes", view.changes),
        ("contingency", view.contingency.agreed),
        ("contingency_drawn", view.contingency.drawn),
        ("contingency_left", view.contingency.left),
        ("management_reserve", view.management_reserve.agreed),
        ("reserve_drawn", view.management_reserve.drawn),
        ("reserve_left", view.management_reserve.left),
        ("committed", view.committed),
        ("actual", view.actual),
        ("forecast", view.forecast),
        ("variance", view.variance),
    ]);
    Some(FinanceLine {
        project: standing.project.clone(),
        name: standing.name.clone(),
        manager_name: standing.manager_name.clone(),
        programme: standing.programme.clone(),
        division: standing.division.clone(),
        currency: standing.cost.currency.clone(),
        date: view.date,
        spent_from: view.spent_from,
        amounts,
        variance_percent: view.variance_percent,
        months_left: if is_withheld { None } else { view.months_left.ok() },
        absent,
        standing,
        view,
    })
}

impl FinanceTotal {
    fn new(currency: &str) -> Self {
        Self { currency: currency.to_owned(), projects: 0, sums: BTreeMap::new(), variance_percent: None }
    }

    /// Adds a project, its amounts taken at a rate; without one it is only counted.
    fn add(&mut self, line: &FinanceLine, rate: Option<Number>) {
        self.projects += 1;
        for (key, amount) in &line.amounts {
            self.sums.entry(key).or_default().add(conversion::at(*amount, rate));
        }
        // The budgets of the projects whose variance is known.
        let compared = line.amounts.get("variance").copied().flatten().and(line.view.approved);
        let budgets = self.sums.entry("compared_approved").or_default();
        budgets.add(conversion::at(compared, rate));
        let budgets = budgets.value;
        let variance = self.sums.get("variance").and_then(|sum| sum.value);
        self.variance_percent =
            variance.zip(budgets).and_then(|(over, of)| percent_of(over.0, of.0)).map(Number);
    }

    fn rounded(mut self, decimals: u32) -> Self {
        self.sums.values_mut().for_each(|sum| *sum = sum.rounded(decimals));
        self
    }
}

/// The sums by currency; the register's own comes first.
fn totals<'a>(lines: impl Iterator<Item = &'a FinanceLine>, own: &str) -> Vec<FinanceTotal> {
    let mut by_currency: BTreeMap<(bool, &str), FinanceTotal> = BTreeMap::new();
    for line in lines {
        let key = (line.currency != own, line.currency.as_str());
        by_currency.entry(key).or_insert_with(|| FinanceTotal::new(key.1)).add(line, Some(1.into()));
    }
    by_currency.into_values().collect()
}

/// The sums of each group; the lines are in the order of their groups.
fn groups(lines: &[FinanceLine], by: GroupBy, own: &str) -> Vec<FinanceGroup> {
    lines
        .chunk_by(|a, b| by.title(&a.standing) == by.title(&b.standing))
        .map(|chunk| FinanceGroup {
            title: by.title(&chunk[0].standing).1,
            totals: totals(chunk.iter(), own),
        })
        .collect()
}

impl Finance {
    /// The report as a page.
    pub fn page(&self) -> Document {
        page::page(self)
    }
}
