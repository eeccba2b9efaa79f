//! Categories of cost, with the same columns as the whole.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::analysis::cost::percent_of;
use crate::analysis::finance::Category;
use crate::analysis::sum::Sum;
use crate::document::{Cell, Column, Line, Table};
use crate::model::Number;

use super::FinanceLine;

/// A category of cost over all listed projects of one currency.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct CategoryLine {
    /// The category.
    pub category: String,
    /// The currency.
    pub currency: String,
    /// What is agreed for it.
    pub approved: Sum,
    /// What was booked on it.
    pub actual: Sum,
    /// What is ordered and not yet booked.
    pub committed: Sum,
    /// What the managers expect it to cost at completion.
    pub forecast: Sum,
    /// Forecast − approved, over the projects that have both.
    pub variance: Sum,
    /// The same in percent of what is agreed, over the same projects.
    pub variance_percent: Option<Number>,
    #[serde(skip)]
    compared: Sum,
}

impl CategoryLine {
    /// The categories of these projects, by currency and name.
    pub(super) fn of(lines: &[FinanceLine]) -> Vec<Self> {
        let mut all: BTreeMap<(&str, &str), Self> = BTreeMap::new();
        for line in lines {
            for (name, category) in &line.view.categories {
                all.entry((line.currency.as_str(), name.as_str())).or_default().add(category);
            }
        }
        let named = |((currency, category), line): ((&str, &str), Self)| Self {
            category: category.to_owned(),
            currency: currency.to_owned(),
            ..line
        };
        all.into_iter().map(named).collect()
    }

    fn add(&mut self, category: &Category) {
        let variance = category.variance();
        self.approved.add(category.approved);
        self.actual.add(category.actual);
        self.committed.add(category.committed);
        self.forecast.add(category.forecast);
        self.variance.add(variance);
        self.compared.add(variance.and(category.approved));
        let both = self.variance.value.zip(self.compared.value);
        self.variance_percent = both.and_then(|(over, of)| percent_of(over.0, of.0)).map(Number);
    }
}

/// One category a row; columns for which nothing is known anywhere are left to programs.
pub(super) fn table(lines: &[CategoryLine], own: &str) -> Table {
    let known = |pick: fn(&CategoryLine) -> &Sum| lines.iter().any(|line| pick(line).counted > 0);
    let money = |key: &str, title: &str, is_known: bool| match is_known {
        true => Column::figures(key, title).unit(own).group(own),
        false => Column::data(key),
    };
    let has_forecast = known(|line| &line.forecast);
    let columns = vec![
        Column::new("category", "Category").stretch(),
        money("approved", "Budget", true),
        money("committed", "Committed", known(|line| &line.committed)).priority(3),
        money("actual", "Booked", true).priority(1),
        money("forecast", "Forecast", has_forecast).priority(1),
        money("variance", "±", has_forecast).priority(2),
        match has_forecast {
            true => Column::figures("variance_percent", "± %").group(own),
            false => Column::data("variance_percent"),
        },
        Column::data("currency"),
    ];
    let mut table = Table::new("categories", columns);
    for line in lines {
        let money = |sum: &Sum| Cell::of(sum.value, |value| Cell::money(value.0, &line.currency));
        let change = |sum: &Sum| Cell::of(sum.value, |value| Cell::money_change(value.0, &line.currency));
        table.row(vec![
            Cell::text(&line.category),
            money(&line.approved),
            money(&line.committed),
            money(&line.actual),
            money(&line.forecast),
            change(&line.variance),
            Cell::of(line.variance_percent, |percent| Cell::percent_change(percent.0)),
            Cell::text(&line.currency),
        ]);
    }
    if !has_forecast {
        let note = Line::new().text("a report may split its forecast: ").code("[forecast_by_category]");
        table.note = Some(note);
    }
    table
}
