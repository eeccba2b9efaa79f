//! What benefits come to: money by currency, everything else counted by unit and never added up.

use serde::Serialize;

use crate::analysis::conversion;
use crate::analysis::cost::percent_of;
use crate::model::benefit::BenefitKind;
use crate::model::finance::minor_units;
use crate::model::{Date, Number, Register};
use crate::report::converted::Converted;
use crate::report::totals::Sum;

use super::line::{BenefitRow, Delivery};

/// How many benefits are listed, and what is known of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counted {
    /// All that are listed.
    pub listed: usize,
    /// Those that were measured.
    pub measured: usize,
    /// Those whose target is reached.
    pub reached: usize,
    /// Those whose measurement is due and was not taken.
    pub overdue: usize,
    /// Those without baseline or target, so that nothing can be said of their attainment.
    pub without_baseline_or_target: usize,
}

/// The benefits of one currency: amounts of a year, but for those that are gained once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Money {
    /// The currency.
    pub currency: String,
    /// Cashable benefits, of a year.
    pub cashable: Gains,
    /// Cashable benefits that are gained once, in all.
    pub once: Gains,
    /// Disbenefits, which come out negative.
    pub disbenefits: Gains,
}

/// Gains of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Gains {
    /// At the targets.
    pub at_target: Sum,
    /// Planned by the day.
    pub planned: Sum,
    /// Measured.
    pub realised: Sum,
    /// Planned, of those that were measured too.
    pub compared_planned: Sum,
    /// Measured, of those that have a plan too.
    pub compared_realised: Sum,
    /// What was measured in percent of what was planned, over those that have both.
    pub realised_percent: Option<Number>,
}

/// The benefits that are counted in one unit and are not money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unit {
    /// The unit; nothing of those that name none.
    pub unit: Option<String>,
    /// How many.
    pub listed: usize,
    /// How many were measured.
    pub measured: usize,
    /// How many have reached their target.
    pub reached: usize,
    /// How many are at least as good as planned for the day.
    pub on_plan: usize,
    /// How many cannot be compared with a plan.
    pub without_comparison: usize,
}

impl Counted {
    pub(super) fn of(rows: &[BenefitRow]) -> Self {
        let count = |what: &dyn Fn(&BenefitRow) -> bool| rows.iter().filter(|row| what(row)).count();
        Self {
            listed: rows.len(),
            measured: count(&|row| row.measured.is_some()),
            reached: count(&|row| row.delivery == Delivery::Reached),
            overdue: count(&|row| row.measurement_due_since.is_some()),
            without_baseline_or_target: count(&|row| row.gain_at_target.is_none()),
        }
    }
}

impl Gains {
    fn rounded(self, decimals: u32) -> Self {
        let round = |sum: Sum| sum.rounded(decimals);
        Self {
            at_target: round(self.at_target),
            planned: round(self.planned),
            realised: round(self.realised),
            compared_planned: round(self.compared_planned),
            compared_realised: round(self.compared_realised),
            ..self
        }
    }

    /// Adds a benefit, its amounts taken at a rate.
    fn add(&mut self, row: &BenefitRow, rate: Option<Number>) {
        // A gain a piece counts as often as there are pieces in a year.
        let rate = match row.times_a_year {
            Some(times) => conversion::at(rate, Some(times)),
            None => rate,
        };
        let at = |amount| conversion::at(amount, rate);
        self.at_target.add(at(row.gain_at_target));
        self.planned.add(at(row.gain_planned));
        self.realised.add(at(row.gain_measured));
        let both = at(row.gain_planned).zip(at(row.gain_measured));
        self.compared_planned.add(both.map(|(planned, _)| planned));
        self.compared_realised.add(both.map(|(_, realised)| realised));
        let both = self.compared_planned.value.zip(self.compared_realised.value);
        self.realised_percent =
            both.and_then(|(planned, realised)| percent_of(realised.0, planned.0)).map(Number);
    }
}

/// Adds up what is money, by currency; the register's own comes first.
pub(super) fn money(rows: &[BenefitRow], own: &str) -> Vec<Money> {
    let mut all: Vec<Money> = Vec::new();
    for row in rows {
        let Some(currency) = &row.currency else { continue };
        let at = all.iter().position(|money| money.currency == *currency).unwrap_or_else(|| {
            all.push(Money::new(currency));
            all.len() - 1
        });
        all[at].add(row, Some(1.into()));
    }
    all.sort_by(|a, b| (a.currency != own, &a.currency).cmp(&(b.currency != own, &b.currency)));
    all
}

/// Adds up what is money in the register's own currency, at the rates of a day; nothing where there is one only.
pub(super) fn converted(register: &Register, rows: &[BenefitRow], day: Date) -> Option<Converted<Money>> {
    let own = register.config.register.currency.as_str();
    let mut currencies = rows.iter().filter_map(|row| row.currency.as_ref());
    let first = currencies.next()?;
    currencies.any(|currency| currency != first).then(|| {
        Converted::of(register, day, |conversion| {
            let mut all = Money::new(own);
            for row in rows {
                if let Some(currency) = &row.currency {
                    all.add(row, conversion.rate(currency));
                }
            }
            let decimals = minor_units(own);
            Money {
                cashable: all.cashable.rounded(decimals),
                once: all.once.rounded(decimals),
                disbenefits: all.disbenefits.rounded(decimals),
                ..all
            }
        })
    })
}

impl Money {
    fn new(currency: &str) -> Self {
        Self {
            currency: currency.to_owned(),
            cashable: Gains::default(),
            once: Gains::default(),
            disbenefits: Gains::default(),
        }
    }

    fn add(&mut self, row: &BenefitRow, rate: Option<Number>) {
        let is_loss = row.kind == Some(BenefitKind::Disbenefit);
        let gains = match (is_loss, row.once) {
            (true, _) => &mut self.disbenefits,
            (false, true) => &mut self.once,
            (false, false) => &mut self.cashable,
        };
        gains.add(row, rate);
    }
}

/// Counts what is not money, by unit.
pub(super) fn units(rows: &[BenefitRow]) -> Vec<Unit> {
    let mut all: Vec<Unit> = Vec::new();
    for row in rows.iter().filter(|row| row.currency.is_none()) {
        let at = all.iter().position(|unit| unit.unit == row.unit).unwrap_or_else(|| {
            let unit = row.unit.clone();
            all.push(Unit { unit, listed: 0, measured: 0, reached: 0, on_plan: 0, without_comparison: 0 });
            all.len() - 1
        });
        let unit = &mut all[at];
        unit.listed += 1;
        unit.measured += usize::from(row.measured.is_some());
        unit.reached += usize::from(row.delivery == Delivery::Reached);
        match row.behind_plan_percent {
            Some(behind) => unit.on_plan += usize::from(behind <= Number::ZERO),
            None => unit.without_comparison += 1,
        }
    }
    all.sort_by(|a, b| (a.unit.is_none(), &a.unit).cmp(&(b.unit.is_none(), &b.unit)));
    all
}
