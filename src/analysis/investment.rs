//! Whether a project is worth its money: net present value, internal rate of return, payback.
//!
//! Amounts are those of whole years, the first of them, in which costs begin, the base year, in which nothing is discounted; an
//! amount of year *t* counts as if it fell due *t* years later (end-of-year discounting from the base year, as in
//! HM Treasury's Green Book, whose standard rate is 3.5 %). Spreadsheets' `NPV` begins discounting with the
//! first amount: theirs is ours with a base year of 0 before.
//!
//! Everything is reckoned in exact decimals of 28 digits. No kept library does that: `financial` and
//! `rfinancial`, which follow the functions of spreadsheets, take binary floating point only.

mod flows;
mod gains;
#[cfg(test)]
mod tests;

use rust_decimal::Decimal;
use serde::Serialize;

pub use flows::{Appraisal, CostFrom, YearFlow, appraise};

/// Why a figure of an investment cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "lacks")]
pub enum Lack {
    /// The charter says no start.
    Start,
    /// Nothing says what the project costs.
    Cost,
    /// No benefit is money and has a baseline and a plan or target.
    Benefit,
    /// Benefits are kept in another currency than the costs, and there is no rate between the two.
    Currency {
        /// The benefit.
        benefit: String,
        /// Its currency.
        currency: String,
    },
    /// `pmo.toml` says no discount rate.
    Rate,
    /// All amounts have one sign: nothing is invested, or nothing comes back.
    SignChange,
    /// The amounts change their sign more than once, so that more than one rate may fit.
    SignChanges {
        /// How often.
        times: usize,
    },
    /// The rate lies below −99 % or above 100,000 %.
    OutOfRange,
    /// The costs are not made up for within the years that are looked at.
    PaybackLater {
        /// How many years are looked at.
        years: usize,
    },
    /// The amounts are too large to be reckoned with exactly.
    TooLarge,
}

impl Lack {
    /// The reason in words.
    pub fn say(&self) -> String {
        match self {
            Self::Start => "the charter has no schedule.start".to_owned(),
            Self::Cost => "neither costs nor a budget are known".to_owned(),
            Self::Benefit => "no benefit is money with a baseline and a plan or target".to_owned(),
            Self::Currency { benefit, currency } => {
                format!("{benefit} is in {currency}, the costs are not, and no rate holds")
            }
            Self::Rate => "pmo.toml has no [finance] discount_rate".to_owned(),
            Self::SignChange => "there is nothing to set against each other".to_owned(),
            Self::SignChanges { times } => {
                format!("the yearly amounts change sign {times} times, so more than one rate may fit")
            }
            Self::OutOfRange => "the rate is below -99 % or above 100,000 %".to_owned(),
            Self::PaybackLater { years } => format!("not within the {years} years that are looked at"),
            Self::TooLarge => "the amounts are too large".to_owned(),
        }
    }
}

/// How close to the true rate [`rate_of_return`] comes: 0.000 000 000 1, a hundred-millionth of a percent.
pub const TOLERANCE: Decimal = Decimal::from_parts(1, 0, 0, false, 10);

/// The net present value: Σ amount of year t ÷ (1 + rate)^t, with t = 0 for the first.
///
/// `rate` is a share (0.035 for 3.5 %) above −1. Nothing where it is not, or where an amount is too large.
pub fn present_value(rate: Decimal, amounts: &[Decimal]) -> Option<Decimal> {
    let growth = Decimal::ONE.checked_add(rate).filter(|growth| *growth > Decimal::ZERO)?;
    // By Horner's rule, so that no power is taken and each step is rounded once, in the 28th digit.
    amounts
        .iter()
        .rev()
        .try_fold(Decimal::ZERO, |later, amount| later.checked_div(growth)?.checked_add(*amount))
}

/// The internal rate of return: the rate, as a share, at which the net present value is 0.
///
/// It is told only where the amounts change their sign once, because then there is exactly one (Descartes' rule of
/// signs). The root is bracketed and halved until the bracket is no wider than [`TOLERANCE`].
pub fn rate_of_return(amounts: &[Decimal]) -> Result<Decimal, Lack> {
    let signs: Vec<bool> =
        amounts.iter().filter(|amount| !amount.is_zero()).map(Decimal::is_sign_positive).collect();
    match signs.windows(2).filter(|pair| pair[0] != pair[1]).count() {
        0 => return Err(Lack::SignChange),
        1 => {}
        times => return Err(Lack::SignChanges { times }),
    }
    let is_first_positive = signs[0];
    let (mut low, mut high) = (Decimal::new(-99, 2), Decimal::ONE_THOUSAND);
    // With costs first the value falls as the rate rises; below the root it has the sign of what comes later.
    let is_below = |rate: Decimal| -> Result<bool, Lack> {
        Ok(value_by_sign(rate, amounts).ok_or(Lack::TooLarge)?.is_sign_positive() != is_first_positive)
    };
    if !is_below(low)? || is_below(high)? {
        return Err(Lack::OutOfRange);
    }
    while high - low > TOLERANCE {
        let middle = (low + high) / Decimal::TWO;
        if is_below(middle)? { low = middle } else { high = middle }
    }
    Ok((low + high) / Decimal::TWO)
}

/// A number with the sign of the net present value, which does not grow beyond bounds at a negative rate.
fn value_by_sign(rate: Decimal, amounts: &[Decimal]) -> Option<Decimal> {
    if !rate.is_sign_negative() {
        return present_value(rate, amounts);
    }
    // Times (1 + rate)^n: the amounts are compounded to the end instead.
    let growth = Decimal::ONE.checked_add(rate)?;
    amounts.iter().try_fold(Decimal::ZERO, |so_far, amount| so_far.checked_mul(growth)?.checked_add(*amount))
}

/// The payback period in years after the base year: when what has come back makes up for what was spent, for good.
///
/// Formula: the years before the one in which the cumulative amount turns, and of that one the share that is needed:
/// with −100 in the base year and 60 in each that follows, that is 1 + 40 ÷ 60 = 1.67 years.
pub fn payback(amounts: &[Decimal]) -> Result<Decimal, Lack> {
    let is_owing = |amount: Decimal| amount < Decimal::ZERO;
    let (mut so_far, mut found) = (Decimal::ZERO, None);
    for (year, amount) in amounts.iter().enumerate() {
        let before = so_far;
        so_far = so_far.checked_add(*amount).ok_or(Lack::TooLarge)?;
        if is_owing(so_far) {
            found = None;
        } else if is_owing(before) {
            let share = before.abs().checked_div(*amount).ok_or(Lack::TooLarge)?;
            found = Decimal::from(year.saturating_sub(1)).checked_add(share);
        }
    }
    let is_spent = amounts.iter().any(|amount| is_owing(*amount));
    found.ok_or(if is_spent { Lack::PaybackLater { years: amounts.len() } } else { Lack::SignChange })
}
