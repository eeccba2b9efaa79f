//! Money over several projects: each currency by itself, and every total with how many had no value.

use serde::Serialize;

use crate::analysis::conversion;
use crate::analysis::cost::percent_of;
pub use crate::analysis::sum::Sum;
use crate::document::{Cell, Facts, Line};
use crate::model::finance::minor_units;
use crate::model::{Date, Number, Register};
use crate::text;

use super::converted::{self, Converted};
use super::standing::Standing;

/// The money of all listed projects of one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// The currency.
    pub currency: String,
    /// Approved budgets.
    pub approved: Sum,
    /// Spent to date.
    pub spent: Sum,
    /// Forecasts at completion.
    pub forecast: Sum,
    /// Budgets of the projects that have a forecast too.
    pub compared_approved: Sum,
    /// Forecasts of the projects that have a budget too.
    pub compared_forecast: Sum,
    /// The forecasts over the budgets in percent, over the projects that have both.
    pub variance_percent: Option<Number>,
}

/// Adds up the money of the projects, by currency; the register's own comes first.
pub fn totals<'a>(standings: impl IntoIterator<Item = &'a Standing>, own: &str) -> Vec<Totals> {
    let mut all: Vec<Totals> = Vec::new();
    for standing in standings {
        let cost = &standing.cost;
        let at = all.iter().position(|total| total.currency == cost.currency).unwrap_or_else(|| {
            all.push(Totals::new(&cost.currency));
            all.len() - 1
        });
        all[at].add(standing, Some(1.into()));
    }
    all.sort_by(|a, b| (a.currency != own, &a.currency).cmp(&(b.currency != own, &b.currency)));
    all
}

/// Adds up the money of projects of several currencies in the register's own, at the rates of a day; nothing where
/// there is one currency only.
pub fn converted<'a>(
    register: &Register,
    standings: impl IntoIterator<Item = &'a Standing>,
    day: Date,
) -> Option<Converted<Totals>> {
    let standings: Vec<&Standing> = standings.into_iter().collect();
    let own = register.config.register.currency.as_str();
    let mut currencies = standings.iter().map(|standing| &standing.cost.currency);
    let first = currencies.next()?;
    currencies.any(|currency| currency != first).then(|| {
        Converted::of(register, day, |conversion| {
            let mut all = Totals::new(own);
            for standing in &standings {
                all.add(standing, conversion.rate(&standing.cost.currency));
            }
            all.rounded(minor_units(own))
        })
    })
}

/// Adds the money to a list of facts: a sentence for each currency, and one for all of them with the rates used.
pub fn tell(totals: &[Totals], converted: Option<&Converted<Totals>>, facts: &mut Facts) {
    for total in totals {
        let sentence = total.sentence();
        if !sentence.is_empty() {
            facts.add(&format!("money_{}", total.currency.to_lowercase()), "Money", sentence);
        }
    }
    let Some(converted) = converted else { return };
    let sentence = converted.sum().map(Totals::sentence).unwrap_or_default();
    if !sentence.is_empty() {
        facts.add("money_in_all", "In all", sentence);
    }
    if !facts.items.is_empty() {
        facts.add("rates", "Rates", converted::line(&converted.rates));
    }
}

impl Totals {
    fn new(currency: &str) -> Self {
        Self {
            currency: currency.to_owned(),
            approved: Sum::default(),
            spent: Sum::default(),
            forecast: Sum::default(),
            compared_approved: Sum::default(),
            compared_forecast: Sum::default(),
            variance_percent: None,
        }
    }

    /// Adds a project, its amounts taken at a rate; without one it is only counted as missing.
    fn add(&mut self, standing: &Standing, rate: Option<Number>) {
        let cost = &standing.cost;
        let at = |amount| conversion::at(amount, rate);
        self.approved.add(at(cost.approved));
        self.spent.add(at(cost.spent));
        self.forecast.add(at(cost.forecast));
        let both = cost.approved.zip(cost.forecast);
        self.compared_approved.add(at(both.map(|(approved, _)| approved)));
        self.compared_forecast.add(at(both.map(|(_, forecast)| forecast)));
        let both = self.compared_approved.value.zip(self.compared_forecast.value);
        self.variance_percent = both.and_then(|(approved, forecast)| {
            percent_of(forecast.0.checked_sub(approved.0)?, approved.0).map(Number)
        });
    }

    fn rounded(self, decimals: u32) -> Self {
        let round = |sum: Sum| sum.rounded(decimals);
        Self {
            approved: round(self.approved),
            spent: round(self.spent),
            forecast: round(self.forecast),
            compared_approved: round(self.compared_approved),
            compared_forecast: round(self.compared_forecast),
            ..self
        }
    }

    /// The totals in a sentence: `approved 14.2 M EUR · spent 8.90 M · forecast 6.4 % over the approved
    /// budgets of the 14 projects that have both figures`.
    pub fn sentence(&self) -> Line {
        // The currency is said once.
        let money = |sum: &Sum, word: &str, line: Line| match sum.value {
            Some(value) => {
                let currency = if line.is_empty() { self.currency.as_str() } else { "" };
                line.dot().text(format!("{word} ")).value(Cell::money(value.0, currency))
            }
            None => line,
        };
        let mut line = money(&self.approved, "approved", Line::new());
        line = money(&self.spent, "spent", line);
        if let Some(percent) = self.variance_percent {
            let change = Cell::Percent { value: percent.0.abs(), decimals: 1, signed: false };
            let way = match percent.0.round_dp(1) {
                even if even.is_zero() => "on",
                under if under.is_sign_negative() => "under",
                _ => "over",
            };
            line = line.dot().text("forecast ");
            line = if way == "on" { line } else { line.value(change).text(" ") };
            line = line.text(format!("{way} the approved budgets"));
            let (counted, missing) = (self.compared_forecast.counted, self.compared_forecast.missing);
            line = match missing {
                0 => line,
                _ => line.text(match counted {
                    1 => " of the one project that has both figures".to_owned(),
                    _ => format!(" of the {} that have both figures", text::count(counted, "project")),
                }),
            };
        }
        line
    }
}
