//! Variances, indices and estimates at completion, from the five figures that they follow from.
//!
//! The terms and formulas are those of PMI's *Practice Standard for Earned Value Management* and of
//! ANSI/EIA-748. Amounts are in the project's currency, indices have no unit. Where a formula would divide by
//! zero, or by what has no meaning there, the figure does not exist and says why.

use super::absent::{Absent, Known, less, over, plus, positive, times};
use crate::model::Number;

/// What everything else follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Basis {
    /// Budget at completion (BAC).
    pub bac: Known,
    /// Planned value (PV, BCWS).
    pub pv: Known,
    /// Earned value (EV, BCWP).
    pub ev: Known,
    /// Actual cost (AC, ACWP).
    pub ac: Known,
    /// The cost at completion that the manager expects.
    pub own: Known,
}

impl Basis {
    /// The same figures at a rate of exchange; without one none of them exists.
    pub fn at(&self, rate: Option<Number>) -> Self {
        let rate = rate.ok_or(Absent::NoRate);
        let Self { bac, pv, ev, ac, own } = *self;
        let [bac, pv, ev, ac, own] = [bac, pv, ev, ac, own].map(|figure| times(figure, rate));
        Self { bac, pv, ev, ac, own }
    }
}

/// One way to estimate the cost at completion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// Estimate at completion (EAC).
    pub eac: Known,
    /// Estimate to complete: ETC = EAC − AC.
    pub etc: Known,
    /// Variance at completion: VAC = BAC − EAC; negative is more than agreed.
    pub vac: Known,
}

/// Variances, indices and estimates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Indices {
    /// Schedule variance: SV = EV − PV; negative is behind.
    pub sv: Known,
    /// Cost variance: CV = EV − AC; negative is over cost.
    pub cv: Known,
    /// Schedule performance index: SPI = EV ÷ PV.
    pub spi: Known,
    /// Cost performance index: CPI = EV ÷ AC.
    pub cpi: Known,
    /// The rest costs as the work so far did: EAC = BAC ÷ CPI.
    pub by_cpi: Estimate,
    /// The rest costs what was budgeted: EAC = AC + (BAC − EV).
    pub at_budget: Estimate,
    /// Cost and schedule both press on the rest: EAC = AC + (BAC − EV) ÷ (CPI × SPI).
    pub by_cpi_and_spi: Estimate,
    /// The manager's own.
    pub own: Estimate,
    /// The cost performance that the rest needs to keep to the budget: TCPI = (BAC − EV) ÷ (BAC − AC).
    pub tcpi_bac: Known,
    /// The cost performance that the rest needs to keep to the manager's forecast:
    /// TCPI = (BAC − EV) ÷ (EAC − AC).
    pub tcpi_eac: Known,
}

impl Indices {
    /// Works out what follows from the five figures.
    pub fn of(basis: &Basis) -> Self {
        let Basis { bac, pv, ev, ac, own } = *basis;
        let planned = positive(pv, Absent::NothingPlanned, Absent::NothingPlanned);
        let spent = positive(ac, Absent::NothingSpent, Absent::Refunded);
        let earned = positive(ev, Absent::NothingEarned, Absent::NothingEarned);
        let left = less(bac, ev);
        // BAC ÷ CPI without rounding the index first: BAC × AC ÷ EV.
        let by_cpi = over(times(bac, spent), earned);
        let by_cpi_and_spi = earned.and_then(|_| {
            let at_cpi = over(times(left, spent), earned);
            plus(ac, over(times(at_cpi, planned), earned))
        });
        let undone = positive(left, Absent::WorkDone, Absent::WorkDone);
        let budget_left = positive(less(bac, ac), Absent::BudgetSpent, Absent::BudgetSpent);
        let forecast_left = positive(less(own, ac), Absent::ForecastSpent, Absent::ForecastSpent);
        let estimate = |eac| Estimate { eac, etc: less(eac, ac), vac: less(bac, eac) };
        Self {
            sv: less(ev, pv),
            cv: less(ev, ac),
            spi: over(ev, planned),
            cpi: over(ev, spent),
            by_cpi: estimate(by_cpi),
            at_budget: estimate(plus(ac, left)),
            by_cpi_and_spi: estimate(by_cpi_and_spi),
            own: estimate(own),
            tcpi_bac: over(undone, budget_left),
            tcpi_eac: over(undone, forecast_left),
        }
    }
}
