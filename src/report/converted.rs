//! A sum over several currencies, with the rates that it was taken at.

use serde::Serialize;

use crate::analysis::conversion::{Conversion, Rates};
use crate::document::{Cell, Line};
use crate::model::{Date, Register};
use crate::text;

/// A sum in the register's currency over amounts of several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Converted<T> {
    /// The sum; its amounts are rounded to what the currency divides into, after they were added up.
    pub total: T,
    /// The rates used, and the currencies that have none.
    #[serde(flatten)]
    pub rates: Rates,
}

impl<T> Converted<T> {
    /// Takes a sum at the rates of a day.
    pub(super) fn of(register: &Register, day: Date, sum: impl FnOnce(&mut Conversion<'_>) -> T) -> Self {
        let mut conversion = Conversion::new(register, day);
        let total = sum(&mut conversion);
        Self { total, rates: conversion.rates() }
    }
}

impl<T> Converted<T> {
    /// The sum where a rate was used in it; without any it would be that of the register's own currency again.
    pub(super) fn sum(&self) -> Option<&T> {
        Some(&self.total).filter(|_| !self.rates.rates.is_empty())
    }
}

/// `1 USD = 0.92 EUR since 1 Oct, looked up for 20 Nov · GBP has no rate in pmo.toml, so …`.
pub(super) fn line(rates: &Rates) -> Line {
    let own = &rates.into;
    let mut line = Line::new();
    for used in &rates.rates {
        line = line.dot().text(format!("1 {} = {} {own} since ", used.currency, used.rate));
        line = line.value(Cell::date(used.from.0)).text(", looked up for ").value(Cell::date(used.on.0));
    }
    if !rates.without_rate.is_empty() {
        let without: Vec<&String> = rates.without_rate.iter().collect();
        let verb = if without.len() == 1 { "has" } else { "have" };
        line = line.dot().text(format!(
            "{} {verb} no rate in pmo.toml, so the sum in {own} lacks those amounts",
            text::list(&without, "and")
        ));
    }
    line
}
