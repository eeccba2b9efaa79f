//! Limits of the computed rating, and tolerances. FORMAT's table gives the defaults.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Number;

/// The limits beyond which the computed rating turns amber and red.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Thresholds {
    /// Limits of the schedule.
    pub schedule: ScheduleLimits,
    /// Limits of cost.
    pub cost: CostLimits,
    /// Limits of scope: changes submitted and undecided.
    pub scope: ScopeLimits,
    /// Limits of benefits: forecast below target.
    pub benefits: BenefitLimits,
    /// Limits of a report's age.
    pub age: AgeLimits,
}

/// Slip in days or percent of the baseline duration, whichever comes first, and SPI(t).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ScheduleLimits {
    /// Amber beyond this slip in days.
    pub amber_days: i64,
    /// Red beyond this slip in days.
    pub red_days: i64,
    /// Amber beyond this slip in percent of the baseline duration.
    pub amber_percent: Number,
    /// Red beyond this slip in percent of the baseline duration.
    pub red_percent: Number,
    /// Amber below this SPI(t).
    pub amber_spi: Number,
    /// Red below this SPI(t).
    pub red_spi: Number,
}

/// Forecast over budget, underspend, and CPI.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CostLimits {
    /// Amber beyond this percentage over the budget.
    pub amber_percent: Number,
    /// Red beyond this percentage over the budget.
    pub red_percent: Number,
    /// Amber beyond this percentage under the budget.
    pub underspend_percent: Number,
    /// Amber below this CPI.
    pub amber_cpi: Number,
    /// Red below this CPI.
    pub red_cpi: Number,
    /// CPI counts from this percentage of completion on.
    pub cpi_from_percent: Number,
}

/// Cost of undecided changes in percent of the budget, and how long one may wait.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ScopeLimits {
    /// Amber beyond this percentage of the budget.
    pub amber_percent: Number,
    /// Red beyond this percentage of the budget.
    pub red_percent: Number,
    /// Amber when one change has waited longer than this many working days.
    pub waiting_days: i64,
}

/// Benefit forecast below target, in percent of the target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BenefitLimits {
    /// Amber beyond this percentage below the target.
    pub amber_percent: Number,
    /// Red beyond this percentage below the target.
    pub red_percent: Number,
}

/// Periods without a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AgeLimits {
    /// No better than amber from this many missed periods.
    pub amber_periods: i64,
    /// Grey, unless red, from this many missed periods.
    pub grey_periods: i64,
}

fn hundredths(value: i64) -> Number {
    Number(Decimal::new(value, 2))
}

impl Default for ScheduleLimits {
    fn default() -> Self {
        Self {
            amber_days: 14,
            red_days: 30,
            amber_percent: 5.into(),
            red_percent: 10.into(),
            amber_spi: hundredths(95),
            red_spi: hundredths(90),
        }
    }
}

impl Default for CostLimits {
    fn default() -> Self {
        Self {
            amber_percent: 5.into(),
            red_percent: 10.into(),
            underspend_percent: 15.into(),
            amber_cpi: hundredths(95),
            red_cpi: hundredths(90),
            cpi_from_percent: 20.into(),
        }
    }
}

impl Default for ScopeLimits {
    fn default() -> Self {
        Self { amber_percent: 5.into(), red_percent: 10.into(), waiting_days: 20 }
    }
}

impl Default for BenefitLimits {
    fn default() -> Self {
        Self { amber_percent: 10.into(), red_percent: 20.into() }
    }
}

impl Default for AgeLimits {
    fn default() -> Self {
        Self { amber_periods: 1, grey_periods: 3 }
    }
}

/// How far a project may stray before it must escalate: beyond it red, beyond half of it amber.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tolerance {
    /// Forecast cost over the budget, in percent.
    pub cost_percent: Option<Number>,
    /// Slip of the finish or of a key milestone, in days.
    pub finish_days: Option<i64>,
    /// Changes submitted and undecided, in percent of the budget.
    pub scope_percent: Option<Number>,
    /// A benefit's forecast below its target, in percent of the target.
    pub benefits_percent: Option<Number>,
}
