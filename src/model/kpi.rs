//! Key performance indicators: which of them, and when they turn amber and red.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Number;

/// An indicator of the grid (`[[kpi]]`), in the order of the file; without any there are all, with built-in limits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Kpi {
    /// What is taken.
    pub metric: Indicator,
    /// What stands above it.
    pub name: Option<String>,
    /// Amber beyond this, in the indicator's unit.
    pub amber: Option<Number>,
    /// Red beyond this.
    pub red: Option<Number>,
}

/// What an indicator takes of a group of projects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Indicator {
    /// Projects that count as red, in percent of those with a rating.
    RedShare,
    /// Forecast cost over the approved budgets, in percent of these.
    CostVariance,
    /// The expected finish behind the agreed one, in days, the mean of the projects.
    Slip,
    /// Earned value over actual cost, both added up.
    Cpi,
    /// Earned value over planned value, both added up.
    Spi,
    /// What open threats are expected to cost, in percent of the contingency that is left.
    Exposure,
    /// Reports that are there, in percent of those that are owed.
    Reports,
    /// Benefits at or above their plan, in percent of those that can be compared with one.
    Benefits,
    /// Open decisions whose day has passed.
    DecisionsOverdue,
}

/// What an indicator is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Measure {
    Percent,
    Days,
    Index,
    Count,
}

impl Indicator {
    /// Every indicator, in the order of the grid.
    pub const ALL: [Self; 9] = [
        Self::RedShare,
        Self::CostVariance,
        Self::Slip,
        Self::Cpi,
        Self::Spi,
        Self::Exposure,
        Self::Reports,
        Self::Benefits,
        Self::DecisionsOverdue,
    ];

    /// The word as it stands in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::RedShare => "red-share",
            Self::CostVariance => "cost-variance",
            Self::Slip => "slip",
            Self::Cpi => "cpi",
            Self::Spi => "spi",
            Self::Exposure => "exposure",
            Self::Reports => "reports",
            Self::Benefits => "benefits",
            Self::DecisionsOverdue => "decisions-overdue",
        }
    }

    /// What stands above it unless the register names it otherwise.
    pub fn title(self) -> &'static str {
        match self {
            Self::RedShare => "Red",
            Self::CostVariance => "Cost",
            Self::Slip => "Slip d",
            Self::Cpi => "CPI",
            Self::Spi => "SPI",
            Self::Exposure => "Exposure",
            Self::Reports => "Reports",
            Self::Benefits => "Benefits",
            Self::DecisionsOverdue => "Decisions",
        }
    }

    /// What it is counted in.
    pub fn measure(self) -> Measure {
        match self {
            Self::Slip => Measure::Days,
            Self::Cpi | Self::Spi => Measure::Index,
            Self::DecisionsOverdue => Measure::Count,
            _ => Measure::Percent,
        }
    }

    /// Whether less is worse.
    pub fn is_more_better(self) -> bool {
        matches!(self, Self::Cpi | Self::Spi | Self::Reports | Self::Benefits)
    }

    /// Whether it is money, or follows from money alone.
    pub fn is_money(self) -> bool {
        matches!(self, Self::CostVariance | Self::Cpi | Self::Spi | Self::Exposure)
    }

    /// The limits unless the register sets others: amber beyond the first, red beyond the second.
    pub fn limits(self) -> (Number, Number) {
        let hundredths = |value: i64| Number(rust_decimal::Decimal::new(value, 2));
        match self {
            Self::RedShare => (10.into(), 25.into()),
            Self::CostVariance => (5.into(), 10.into()),
            Self::Slip => (14.into(), 30.into()),
            Self::Cpi | Self::Spi => (hundredths(95), hundredths(90)),
            Self::Exposure => (80.into(), 100.into()),
            Self::Reports => (95.into(), 80.into()),
            Self::Benefits => (90.into(), 75.into()),
            Self::DecisionsOverdue => (0.into(), 2.into()),
        }
    }
}

impl Kpi {
    /// The indicators of the grid: the register's, else all.
    pub fn of(declared: &[Self]) -> Vec<Self> {
        if !declared.is_empty() {
            return declared.to_vec();
        }
        let plain = |metric| Self { metric, name: None, amber: None, red: None };
        Indicator::ALL.map(plain).to_vec()
    }

    /// What stands above it.
    pub fn title(&self) -> &str {
        self.name.as_deref().unwrap_or(self.metric.title())
    }

    /// Its limits: amber beyond the first, red beyond the second.
    pub fn limits(&self) -> (Number, Number) {
        let (amber, red) = self.metric.limits();
        (self.amber.unwrap_or(amber), self.red.unwrap_or(red))
    }
}
