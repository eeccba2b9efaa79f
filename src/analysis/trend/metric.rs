//! What can be followed over periods, what each of it means, and where it is read.

use serde::Serialize;

/// What can be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// How many projects are rated red, amber and green.
    Rag,
    /// The expected cost over the agreed budget.
    Cost,
    /// The expected finish after the agreed one.
    Slip,
    /// Physical work done.
    Progress,
    /// Which reports came.
    Reporting,
    /// Open threats.
    Risks,
    /// What open threats may cost.
    Exposure,
    /// Changes that wait for a decision.
    Scope,
    /// The approved budget.
    Budget,
}

/// Where a metric is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// From status reports, as they stand now.
    Reports,
    /// From the register as git has it at the end of each period.
    History,
}

/// What a measure is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Things.
    Count,
    /// Calendar days.
    Days,
    /// Percent.
    Percent,
    /// Money, of the series' currency.
    Money,
}

/// One figure of a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Measure {
    /// Its stable name.
    pub key: &'static str,
    /// What people read above it.
    pub title: &'static str,
    /// What it is counted in.
    pub unit: Unit,
}

const fn measure(key: &'static str, title: &'static str, unit: Unit) -> Measure {
    Measure { key, title, unit }
}

impl Metric {
    /// Every metric, in the order in which people meet them.
    pub const ALL: [Self; 9] = [
        Self::Rag,
        Self::Slip,
        Self::Cost,
        Self::Progress,
        Self::Reporting,
        Self::Risks,
        Self::Exposure,
        Self::Scope,
        Self::Budget,
    ];

    /// The word that names it on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Rag => "rag",
            Self::Cost => "cost",
            Self::Slip => "slip",
            Self::Progress => "progress",
            Self::Reporting => "reporting",
            Self::Risks => "risks",
            Self::Exposure => "exposure",
            Self::Scope => "scope",
            Self::Budget => "budget",
        }
    }

    /// The metric of that name.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.word() == word)
    }

    /// What a page about it is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::Rag => "Ratings",
            Self::Cost => "Cost forecast",
            Self::Slip => "Slip of the finish",
            Self::Progress => "Progress",
            Self::Reporting => "Reports that came",
            Self::Risks => "Open risks",
            Self::Exposure => "Exposure",
            Self::Scope => "Changes that wait",
            Self::Budget => "Approved budget",
        }
    }

    /// What it means, in a line.
    pub fn about(self) -> &'static str {
        match self {
            Self::Rag => "projects declared red, amber (with its neighbours) and green",
            Self::Cost => "forecast cost over the budget agreed then, where both are known",
            Self::Slip => "how far the expected finish lies behind the one agreed then",
            Self::Progress => "physical work done, the mean of the projects",
            Self::Reporting => "status reports that are there, of those that were due",
            Self::Risks => "open threats, and those in the red band",
            Self::Exposure => "expected cost of the open threats: chance times effect",
            Self::Scope => "changes submitted and undecided, and what they cost or save",
            Self::Budget => "budget at completion, as approved",
        }
    }

    /// Where it is read.
    pub fn source(self) -> Source {
        match self {
            Self::Rag | Self::Cost | Self::Slip | Self::Progress | Self::Reporting => Source::Reports,
            Self::Risks | Self::Exposure | Self::Scope | Self::Budget => Source::History,
        }
    }

    /// Its figures, the one that tells most first.
    pub fn measures(self) -> &'static [Measure] {
        use Unit::{Count, Days, Money, Percent};
        const RAG: &[Measure] = &[
            measure("red", "Red", Count),
            measure("amber", "Amber", Count),
            measure("green", "Green", Count),
        ];
        const COST: &[Measure] = &[
            measure("over_percent", "Over", Percent),
            measure("forecast", "Forecast", Money),
            measure("budget", "Budget", Money),
        ];
        const SLIP: &[Measure] = &[
            measure("mean_days", "Mean", Days),
            measure("median_days", "Median", Days),
            measure("worst_days", "Worst", Days),
            measure("late", "Late", Count),
        ];
        const PROGRESS: &[Measure] = &[measure("mean_percent", "Done", Percent)];
        const REPORTING: &[Measure] = &[
            measure("percent", "Came", Percent),
            measure("filed", "Reports", Count),
            measure("owed", "Due", Count),
        ];
        const RISKS: &[Measure] = &[measure("open", "Open", Count), measure("red", "Red", Count)];
        const EXPOSURE: &[Measure] =
            &[measure("expected", "Expected", Money), measure("unvalued", "No value", Count)];
        const SCOPE: &[Measure] = &[
            measure("waiting", "Waiting", Count),
            measure("cost", "Cost", Money),
            measure("uncosted", "No cost", Count),
        ];
        const BUDGET: &[Measure] = &[measure("approved", "Approved", Money)];
        match self {
            Self::Rag => RAG,
            Self::Cost => COST,
            Self::Slip => SLIP,
            Self::Progress => PROGRESS,
            Self::Reporting => REPORTING,
            Self::Risks => RISKS,
            Self::Exposure => EXPOSURE,
            Self::Scope => SCOPE,
            Self::Budget => BUDGET,
        }
    }

    /// Whether it speaks of money, so that each currency stands by itself.
    pub fn is_money(self) -> bool {
        self.measures().iter().any(|measure| measure.unit == Unit::Money)
    }
}
