//! What a project is worth as an investment.

use serde::Serialize;

use crate::analysis::conversion::Rates;
use crate::analysis::investment::{self, CostFrom, Lack, YearFlow};
use crate::analysis::standing::Standing;
use crate::document::{Block, Cell, Column, Document, Facts, Line, Table};
use crate::model::{Date, Number, Register};
use crate::report::told::Told;
use crate::text;

/// Costs and benefits by year, and what follows from them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Investment {
    /// The currency of all amounts.
    pub currency: String,
    /// The discount rate in percent.
    pub discount_rate: Option<Number>,
    /// Where the costs come from.
    pub costs_from: Option<CostFrom>,
    /// The net present value, in the base year.
    pub net_present_value: Told<Number>,
    /// The internal rate of return, in percent.
    pub internal_rate_of_return: Told<Number>,
    /// The payback period in years after the base year.
    pub payback_years: Told<Number>,
    /// The same, discounted.
    pub discounted_payback_years: Told<Number>,
    /// Benefits that are money and could not be reckoned with.
    pub left_out: Vec<String>,
    /// The rates at which benefits of other currencies were taken.
    pub converted: Rates,
    /// The years, the base year first.
    pub years: Vec<YearFlow>,
}

impl Investment {
    /// Appraises a project; nothing where no benefit of it is money.
    pub(in crate::report) fn of(register: &Register, id: &str, day: Date) -> Option<Self> {
        let at = Standing::of(register, id, day)?;
        let found = investment::appraise(register, &at, day);
        if found.present_value == Err(Lack::Benefit) && found.left_out.is_empty() {
            return None;
        }
        Some(Self {
            currency: found.currency,
            discount_rate: found.rate,
            costs_from: found.costs,
            net_present_value: Told::of(found.present_value, Lack::say),
            internal_rate_of_return: Told::of(found.rate_of_return, Lack::say),
            payback_years: Told::of(found.payback, Lack::say),
            discounted_payback_years: Told::of(found.discounted_payback, Lack::say),
            left_out: found.left_out,
            converted: found.rates,
            years: found.years,
        })
    }

    /// Adds the section.
    pub(in crate::report) fn show(&self, page: &mut Document) {
        page.heading("Investment");
        let mut facts = Facts::new("investment", 1);
        let value = self.net_present_value.line(|value| Cell::money(value.0, self.currency.as_str()));
        let value = match (self.net_present_value.value, self.discount_rate, self.years.first()) {
            (Some(_), Some(rate), Some(base)) => {
                value.text(format!(" in {} at {} % a year", base.name, rate.0.normalize()))
            }
            _ => value,
        };
        facts.add("net_present_value", "Net present value", value);
        let rate = |value: &Number| Cell::Percent { value: value.0, decimals: 1, signed: false };
        facts.add("internal_rate_of_return", "Rate of return", self.internal_rate_of_return.line(rate));
        let years =
            |value: &Number| Cell::Number { value: value.0, decimals: 1, unit: Some("years".to_owned()) };
        facts.add("payback_years", "Payback", self.payback_years.line(years));
        if self.discount_rate.is_some() && self.payback_years.value.is_some() {
            facts.add("discounted_payback_years", "Discounted", self.discounted_payback_years.line(years));
        }
        page.push(Block::Facts(facts));
        page.table(self.table());
    }

    fn table(&self) -> Table {
        let money = |key: &str, title: &str| Column::figures(key, title).unit(self.currency.as_str());
        let columns = vec![
            Column::new("year", "Year"),
            money("cost", "Cost"),
            money("benefit", "Benefit"),
            money("net", "Net"),
            money("discounted", "Present value").priority(2),
            money("cumulative", "Cumulative").priority(1),
        ];
        let mut table = Table::new("investment_years", columns);
        let amount = |amount: Number| Cell::money(amount.0, self.currency.as_str());
        for year in &self.years {
            table.row(vec![
                Cell::text(&year.name),
                amount(year.cost),
                amount(year.benefit),
                amount(year.net),
                Cell::of(year.discounted, amount),
                amount(year.cumulative),
            ]);
        }
        let mut notes = vec!["benefits as planned, in proportion to what is forecast".to_owned()];
        if let Some(from) = self.costs_from {
            notes.push(
                match from {
                    CostFrom::Booked => "costs as booked, then what is left of the forecast",
                    CostFrom::Report => "costs as reported, then what is left of the forecast",
                    CostFrom::Plan => "costs as forecast or approved",
                }
                .to_owned(),
            );
        }
        if !self.left_out.is_empty() {
            let which = text::list(&self.left_out, "and");
            notes.push(format!("without {which}, whose baseline, plan or target is missing"));
        }
        table.note = Some(Line::new().text(notes.join("; ")).line(rates(&self.converted)));
        table
    }
}

/// The rates of benefits in other currencies, behind what stands there.
fn rates(rates: &Rates) -> Line {
    let mut line = Line::new();
    for used in &rates.rates {
        line = line.text(format!("; 1 {} = {} {} since ", used.currency, used.rate, rates.into));
        line = line.value(Cell::date(used.from.0)).text(", looked up for ").value(Cell::date(used.on.0));
    }
    line
}
