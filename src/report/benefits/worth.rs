//! What the projects are worth as investments, one line each.

use serde::Serialize;

use crate::document::{Cell, Column, Line, Table};
use crate::model::{Date, Number, Register};
use crate::report::project::Investment;
use crate::report::told::Told;
use crate::text;

use super::Benefits;

/// A project as an investment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Worth {
    /// The project.
    pub project: String,
    /// Its name.
    pub name: String,
    /// The currency of the net present value.
    pub currency: String,
    /// The year in which the net present value is reckoned.
    pub base_year: Option<i32>,
    /// What people call that year.
    pub base_year_name: Option<String>,
    /// The net present value.
    pub net_present_value: Told<Number>,
    /// The internal rate of return, in percent.
    pub internal_rate_of_return: Told<Number>,
    /// The payback period in years after the base year.
    pub payback_years: Told<Number>,
}

impl Worth {
    /// Appraises a project; nothing where no benefit of it is money.
    pub(super) fn of(register: &Register, id: &str, name: &str, day: Date) -> Option<Self> {
        let found = Investment::of(register, id, day)?;
        Some(Self {
            project: id.to_owned(),
            name: name.to_owned(),
            currency: found.currency,
            base_year: found.years.first().map(|year| year.year),
            base_year_name: found.years.first().map(|year| year.name.clone()),
            net_present_value: found.net_present_value,
            internal_rate_of_return: found.internal_rate_of_return,
            payback_years: found.payback_years,
        })
    }

    /// Why a figure is missing.
    fn lacks(&self) -> Option<&str> {
        let reasons = [
            &self.net_present_value.reason,
            &self.internal_rate_of_return.reason,
            &self.payback_years.reason,
        ];
        reasons.into_iter().flatten().map(String::as_str).next()
    }
}

pub(super) fn table(report: &Benefits) -> Table {
    let columns = vec![
        Column::new("project", "Project"),
        Column::new("name", "").priority(3).stretch(),
        Column::figures("base_year", "From").priority(2),
        Column::figures("net_present_value", "NPV"),
        Column::new("currency", "").priority(1),
        Column::figures("internal_rate_of_return", "IRR"),
        Column::figures("payback_years", "Payback"),
        Column::new("reason", "What is not known").priority(1).stretch(),
    ];
    let mut table = Table::new("investments", columns);
    for worth in &report.investments {
        let rate = |value: Number| Cell::Percent { value: value.0, decimals: 1, signed: false };
        let years =
            |value: Number| Cell::Number { value: value.0, decimals: 1, unit: Some("years".to_owned()) };
        table.row(vec![
            Cell::reference(&worth.project),
            Cell::text(&worth.name),
            worth.base_year_name.as_deref().map_or(Cell::Empty, Cell::text),
            Cell::of(worth.net_present_value.value, |value| Cell::money(value.0, "")),
            Cell::text(&worth.currency),
            Cell::of(worth.internal_rate_of_return.value, rate),
            Cell::of(worth.payback_years.value, years),
            worth.lacks().map_or(Cell::Empty, Cell::text),
        ]);
    }
    table.note = Some(note(report));
    table
}

/// At which rate, and for how many nothing is known.
fn note(report: &Benefits) -> Line {
    let line = match report.discount_rate {
        Some(rate) => Line::new().text(format!("discounted at {} % a year", rate.0.normalize())),
        None => Line::new().text("no net present value: pmo.toml has no discount_rate under [finance]"),
    };
    let without = report.investments.iter().filter(|worth| worth.net_present_value.value.is_none()).count();
    match (report.discount_rate, without) {
        (None, _) | (_, 0) => line,
        _ => line.text(format!("; {} without a net present value", text::count(without, "project"))),
    }
}
