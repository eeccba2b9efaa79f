//! Amounts of several currencies in the register's own, at its rates of a day, which are named with the sum.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::model::{Date, Number, Register};

/// A rate that was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RateUsed {
    /// The currency.
    pub currency: String,
    /// What one unit of it is worth.
    pub rate: Number,
    /// Since when the rate holds.
    pub from: Date,
    /// The day for which it was looked up.
    pub on: Date,
}

/// The rates behind a sum.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Rates {
    /// The currency that amounts are turned into, the register's own.
    pub into: String,
    /// The rates used, by currency.
    pub rates: Vec<RateUsed>,
    /// Currencies without a rate for the day, whose amounts are not in the sum.
    pub without_rate: BTreeSet<String>,
}

/// Turns amounts into the register's currency, and remembers the rates that it used.
pub struct Conversion<'a> {
    register: &'a Register,
    on: Date,
    used: BTreeMap<String, Option<RateUsed>>,
}

impl<'a> Conversion<'a> {
    /// At the rates that hold on a day.
    pub fn new(register: &'a Register, on: Date) -> Self {
        Self { register, on, used: BTreeMap::new() }
    }

    /// What one unit of a currency is worth in the register's own; nothing where no rate holds.
    pub fn rate(&mut self, currency: &str) -> Option<Number> {
        let (register, on) = (self.register, self.on);
        if currency == register.config.register.currency {
            return Some(1.into());
        }
        let used = self.used.entry(currency.to_owned()).or_insert_with(|| {
            let found = register.config.finance.rate_on(currency, on)?;
            Some(RateUsed { currency: currency.to_owned(), rate: found.rate, from: found.from, on })
        });
        used.as_ref().map(|used| used.rate)
    }

    /// What one unit of a currency is worth in another: the quotient of what both are worth in the register's own.
    pub fn between(&mut self, from: &str, to: &str) -> Option<Number> {
        if from == to {
            return Some(1.into());
        }
        let (from, to) = (self.rate(from)?, self.rate(to)?);
        from.0.checked_div(to.0).map(Number)
    }

    /// The rates that were used so far.
    pub fn rates(self) -> Rates {
        let into = self.register.config.register.currency.clone();
        let mut all = Rates { into, ..Rates::default() };
        for (currency, used) in self.used {
            match used {
                Some(used) => all.rates.push(used),
                None => drop(all.without_rate.insert(currency)),
            }
        }
        all
    }
}

/// An amount at a rate; nothing where either is missing.
pub fn at(amount: Option<Number>, rate: Option<Number>) -> Option<Number> {
    amount.zip(rate).and_then(|(amount, rate)| amount.0.checked_mul(rate.0)).map(Number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::{day, register};

    const SETTINGS: &str = "[register]\nformat = 1\ncurrency = 'EUR'\n\
        [[finance.rate]]\ncurrency = 'USD'\nfrom = 2026-01-01\nrate = 0.9\n\
        [[finance.rate]]\ncurrency = 'GBP'\nfrom = 2026-06-01\nrate = 1.2\n";

    #[test]
    fn rates_are_named_once_and_those_that_lack_are_too() {
        let register = register(&[("pmo.toml", SETTINGS)]);
        let mut conversion = Conversion::new(&register, day("2026-11-20"));
        assert_eq!(conversion.rate("EUR"), Some(1.into()));
        assert_eq!(conversion.rate("USD"), Some("0.9".parse().unwrap()));
        assert_eq!(conversion.rate("USD"), conversion.rate("USD"));
        assert_eq!(conversion.rate("CHF"), None);
        assert_eq!(conversion.between("USD", "GBP"), Some("0.75".parse().unwrap()));
        let Rates { rates, without_rate, .. } = conversion.rates();
        let told: Vec<_> = rates.iter().map(|used| (used.currency.as_str(), used.from)).collect();
        assert_eq!(told, [("GBP", day("2026-06-01")), ("USD", day("2026-01-01"))]);
        assert_eq!(without_rate, ["CHF".to_owned()].into());
        let mut early = Conversion::new(&register, day("2026-05-31"));
        assert_eq!(early.rate("GBP"), None, "its rate begins in June");
        assert_eq!(at(Some(100.into()), None), None);
    }
}
