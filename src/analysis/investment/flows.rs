//! A project's costs and benefits by year, and what follows from them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;

use super::gains::gains;
use super::{Lack, payback, present_value, rate_of_return};
use crate::analysis::conversion::{Conversion, Rates};
use crate::analysis::cost;
use crate::analysis::earned_value::SpentFrom;
use crate::analysis::standing::Standing;
use crate::model::lifecycle::ProjectState;
use crate::model::number::Money;
use crate::model::{Actuals, Date, Finance, Number, Register};

/// Where a project's costs by year come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CostFrom {
    /// The booked costs of each month, and what is left of the forecast, spread evenly over the days to the finish.
    Booked,
    /// What the report says was spent, spread evenly over the days since the start, and what is left likewise.
    Report,
    /// The forecast or budget, spread evenly over the days from start to finish.
    Plan,
}

/// The amounts of one year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct YearFlow {
    /// The fiscal year: the calendar year in which it begins.
    pub year: i32,
    /// What people call it: `2026`, or `2026/27`.
    pub name: String,
    /// What the project costs.
    pub cost: Money,
    /// What its benefits bring, less its disbenefits.
    pub benefit: Money,
    /// Benefit − cost.
    pub net: Money,
    /// The same in the base year's worth, where the discount rate is known.
    pub discounted: Option<Money>,
    /// All that was earned less all that was spent, to the end of the year, not discounted.
    pub cumulative: Money,
}

/// What a project is worth as an investment.
#[derive(Clone, Debug, PartialEq)]
pub struct Appraisal {
    /// The currency of all amounts.
    pub currency: String,
    /// The discount rate in percent.
    pub rate: Option<Number>,
    /// Where the costs come from.
    pub costs: Option<CostFrom>,
    /// The years, the base year first.
    pub years: Vec<YearFlow>,
    /// Benefits that are money and could not be reckoned with, by reference.
    pub left_out: Vec<String>,
    /// The rates at which benefits of other currencies were taken, those of the day.
    pub rates: Rates,
    /// The net present value in the base year.
    pub present_value: Result<Money, Lack>,
    /// The internal rate of return, in percent.
    pub rate_of_return: Result<Number, Lack>,
    /// The payback period in years after the base year, not discounted.
    pub payback: Result<Number, Lack>,
    /// The same, discounted.
    pub discounted_payback: Result<Number, Lack>,
}

/// Appraises a project over the years that `[finance] appraisal_years` says, from the year in which it begins.
///
/// - **Costs**: what was booked, in the years of the months; else what the report says was spent, evenly by day from the
///   start to the report. What is left of the forecast (else of the budget) follows evenly by day to the expected
///   finish. A project that is over costs what was spent.
/// - **Benefits**: the planned gains of the benefits that are money (see [`planned`](crate::analysis::benefits::planned)), by calendar day, in
///   proportion to the forecast where there is one; values are amounts of a year, but of benefits that are gained once.
///   A benefit in another currency is taken at the rate of the day.
///
/// Years are fiscal years (`[finance] fiscal_year_start`).
pub fn appraise(register: &Register, at: &Standing<'_>, day: Date) -> Appraisal {
    let finance = &register.config.finance;
    let currency = cost::currency(register, at.charter);
    let rate = finance.discount_rate.map(|percent| Number(percent.0));
    let mut left_out = Vec::new();
    let mut conversion = Conversion::new(register, day);
    let mut found = Appraisal {
        currency: currency.to_owned(),
        rate,
        costs: None,
        years: Vec::new(),
        left_out: Vec::new(),
        rates: Rates::default(),
        present_value: Err(Lack::Cost),
        rate_of_return: Err(Lack::Cost),
        payback: Err(Lack::Cost),
        discounted_payback: Err(Lack::Cost),
    };
    let flows = costs(at, finance, day).and_then(|(costs, from)| {
        found.costs = Some(from);
        let base = costs.keys().next().copied().ok_or(Lack::Cost)?;
        let last = costs.keys().next_back().copied().unwrap_or(base);
        let planned = i32::try_from(finance.appraisal_years.unwrap_or(APPRAISED).max(1)).unwrap_or(i32::MAX);
        let years = base..=last.max(base.saturating_add(planned.min(MOST_YEARS) - 1));
        let gains = gains(at, finance, currency, years.clone(), (&mut conversion, &mut left_out))?;
        years_of(years, finance, &costs, &gains, rate).ok_or(Lack::TooLarge)
    });
    found.left_out = left_out;
    found.rates = conversion.rates();
    match flows {
        Err(lack) => found.say(lack),
        Ok(years) => found.reckon(years),
    }
    found
}

/// How many years are looked at unless the register says otherwise.
const APPRAISED: u32 = 10;

/// However long a register wants to look ahead.
const MOST_YEARS: i32 = 100;

impl Appraisal {
    fn say(&mut self, lack: Lack) {
        self.present_value = Err(lack.clone());
        self.rate_of_return = Err(lack.clone());
        self.payback = Err(lack.clone());
        self.discounted_payback = Err(lack);
    }

    fn reckon(&mut self, years: Vec<YearFlow>) {
        let net: Vec<Decimal> = years.iter().map(|year| year.net.0).collect();
        let share = self.rate.and_then(|rate| rate.0.checked_div(Decimal::ONE_HUNDRED)).ok_or(Lack::Rate);
        self.present_value =
            share.and_then(|share| present_value(share, &net).map(Number).ok_or(Lack::TooLarge));
        self.rate_of_return = rate_of_return(&net).map(|rate| Number(rate * Decimal::ONE_HUNDRED));
        self.payback = payback(&net).map(Number);
        let discounted: Option<Vec<Decimal>> =
            years.iter().map(|year| year.discounted.map(|amount| amount.0)).collect();
        self.discounted_payback =
            discounted.ok_or(Lack::Rate).and_then(|amounts| payback(&amounts)).map(Number);
        self.years = years;
    }
}

fn years_of(
    years: std::ops::RangeInclusive<i32>,
    finance: &Finance,
    costs: &BTreeMap<i32, Decimal>,
    gains: &BTreeMap<i32, Decimal>,
    rate: Option<Number>,
) -> Option<Vec<YearFlow>> {
    let growth = match rate {
        Some(rate) => Some(rate.0.checked_div(Decimal::ONE_HUNDRED)?.checked_add(Decimal::ONE)?),
        None => None,
    };
    let (mut cumulative, mut factor) = (Decimal::ZERO, Decimal::ONE);
    let mut all = Vec::new();
    for year in years {
        let of = |amounts: &BTreeMap<i32, Decimal>| amounts.get(&year).copied().unwrap_or_default();
        let (cost, benefit) = (of(costs), of(gains));
        let net = benefit.checked_sub(cost)?;
        cumulative = cumulative.checked_add(net)?;
        let discounted = match growth {
            Some(_) => Some(Number(net.checked_div(factor)?)),
            None => None,
        };
        all.push(YearFlow {
            year,
            name: finance.year_name(year),
            cost: Number(cost),
            benefit: Number(benefit),
            net: Number(net),
            discounted,
            cumulative: Number(cumulative),
        });
        factor = growth.map_or(Some(factor), |growth| factor.checked_mul(growth))?;
    }
    Some(all)
}

/// Costs by year, and where they come from.
fn costs(
    at: &Standing<'_>,
    finance: &Finance,
    day: Date,
) -> Result<(BTreeMap<i32, Decimal>, CostFrom), Lack> {
    let start = at.charter.schedule.start.ok_or(Lack::Start)?;
    let total = at.cost.forecast.or(at.cost.budget).map(|total| total.0);
    let spent = at.earned.spent;
    let is_over = matches!(at.charter.state, ProjectState::Closed | ProjectState::Terminated);
    let mut years = BTreeMap::new();
    // What follows begins after the day up to which costs are known.
    let mut from = start;
    let mut left = total;
    let source = match spent {
        None => CostFrom::Plan,
        Some(spent) => {
            let until = at.earned.date.min(day).max(start);
            from = until.plus_days(1);
            left = if is_over {
                Some(Decimal::ZERO)
            } else {
                total.and_then(|total| total.checked_sub(spent.value.0))
            };
            if spent.from == SpentFrom::Booked {
                booked(at, finance, &mut years).ok_or(Lack::TooLarge)?;
                CostFrom::Booked
            } else {
                spread(finance, spent.value.0, start, until, &mut years).ok_or(Lack::TooLarge)?;
                CostFrom::Report
            }
        }
    };
    match left {
        // Where more was spent than is forecast there is nothing left to spend.
        Some(left) if left > Decimal::ZERO => {
            let finish = at.schedule.expected.or(at.charter.schedule.finish).unwrap_or(from).max(from);
            spread(finance, left, from, finish, &mut years).ok_or(Lack::TooLarge)?;
        }
        Some(_) => {}
        None if spent.is_none() => return Err(Lack::Cost),
        None => {}
    }
    if years.is_empty() {
        years.insert(finance.year_number(start), Decimal::ZERO);
    }
    Ok((years, source))
}

/// The booked costs of the months begun by the date of the figures, in their years.
fn booked(at: &Standing<'_>, finance: &Finance, years: &mut BTreeMap<i32, Decimal>) -> Option<()> {
    let date = at.earned.date;
    for (period, month) in at.shelf.series::<Actuals>().filter(|(period, _)| period.first() <= date) {
        let parts = month.category.values().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.0))?;
        let cost = month.cost.map_or(parts, |cost| cost.0);
        let year = years.entry(finance.year_number(period.first())).or_default();
        *year = year.checked_add(cost)?;
    }
    Some(())
}

/// Spreads an amount evenly over the days from one to another, both of them counted; the parts add up to it.
pub(super) fn spread(
    finance: &Finance,
    amount: Decimal,
    from: Date,
    to: Date,
    years: &mut BTreeMap<i32, Decimal>,
) -> Option<()> {
    let days = Decimal::from(to.days_since(from) + 1);
    let mut left = amount;
    let newest = finance.year_number(to);
    for year in finance.year_number(from)..=newest {
        let (first, last) = finance.year_span(year)?;
        let (first, last) = (from.max(first), to.min(last));
        let part = if year == newest {
            left
        } else {
            // Cut where the sum stays exact; the last year takes the rest.
            amount.checked_mul(Decimal::from(last.days_since(first) + 1))?.checked_div(days)?.round_dp(10)
        };
        left = left.checked_sub(part)?;
        let sum = years.entry(year).or_default();
        *sum = sum.checked_add(part)?;
    }
    Some(())
}
