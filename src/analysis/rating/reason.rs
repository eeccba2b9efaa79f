//! Why a rating is what it is, as data and as a short phrase.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::model::number::Money;
use crate::model::status::Dimension;
use crate::model::{Date, Number, Rag};

/// The computed rating of one dimension, with its reasons.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reading {
    /// Which dimension.
    pub dimension: Dimension,
    /// The worst of the reasons; grey when nothing is known.
    pub rag: Rag,
    /// What was looked at, and what it gave; worst first.
    pub reasons: Vec<Reason>,
}

impl Reading {
    /// Makes a reading of its reasons.
    pub(super) fn of(dimension: Dimension, mut reasons: Vec<Reason>) -> Self {
        let rag = reasons.iter().fold(Rag::Grey, |worst, reason| worst.worse(reason.rag));
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.rag.severity()));
        Self { dimension, rag, reasons }
    }

    /// The reasons that give the rating its colour.
    pub fn deciding(&self) -> impl Iterator<Item = &Reason> {
        self.reasons.iter().filter(|reason| reason.rag == self.rag)
    }
}

/// One thing that was looked at, and the rating that it gives.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// The rating that it gives; grey when it does not count.
    pub rag: Rag,
    /// What was found.
    pub fact: Fact,
    /// What it was measured against, where that is a number.
    pub limit: Option<Limit>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "fact", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each variant says what its fields hold")]
pub enum Fact {
    /// Days from the agreed finish to the expected one.
    FinishSlip { days: i64, baseline: Date, expected: Date, overdue: bool },
    /// Days from a key milestone's baseline to the day on which it is expected.
    MilestoneSlip { milestone: String, days: i64, baseline: Date, expected: Date, overdue: bool },
    /// The schedule performance index by time.
    SpiT { value: Number, straight_line: bool },
    /// Forecast over budget, in percent.
    CostVariance { percent: Number, budget: Money, forecast: Money },
    /// The cost performance index, with the percentage of work done.
    Cpi { value: Number, percent_done: Option<Number> },
    /// The cost of undecided changes in percent of the budget.
    UndecidedCost { percent: Number, changes: usize },
    /// Undecided changes whose share of the budget cannot be told.
    UndecidedUnknown { changes: usize },
    /// The change that has waited longest, in working days.
    ChangeWaiting { change: String, days: i64 },
    /// No change waits.
    NothingUndecided,
    /// An open threat in the red band.
    RedThreat { risk: String, score: u32 },
    /// An open threat in the red band that lacks something.
    UntendedThreat { risk: String, score: u32, lack: Lack },
    /// Threats are open, none of them in the red band.
    NoRedThreat { open: usize, unscored: usize },
    /// The expected value of the threats, with what is left of the contingency.
    ExpectedValue { expected: Money, contingency: Money },
    /// A benefit's forecast below its target, in percent.
    Shortfall { benefit: String, percent: Number },
    /// As the project says itself.
    Declared { dimension: Dimension, rag: Rag },
    /// It cannot be told.
    Unknown { lacking: &'static str },
}

/// What an open threat in the red band lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lack {
    /// Nobody owns it.
    Owner,
    /// Nothing is said about what is done.
    Response,
    /// Its review date has passed.
    Review,
}

/// The limits that a figure was measured against; beyond means strictly beyond.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Limit {
    /// Amber beyond this.
    pub amber: Option<Number>,
    /// Red beyond this.
    pub red: Option<Number>,
    /// Whether "beyond" is below.
    pub below: bool,
    /// In what unit.
    pub unit: Unit,
    /// Who set them.
    pub from: LimitFrom,
}

/// The unit of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Unit {
    Days,
    WorkingDays,
    Percent,
    Index,
    Money,
}

impl Unit {
    /// What stands behind a figure.
    fn suffix(self) -> &'static str {
        match self {
            Self::Days => " days",
            Self::WorkingDays => " working days",
            Self::Percent => " %",
            Self::Index | Self::Money => "",
        }
    }
}

/// Who set a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LimitFrom {
    /// `[thresholds]` of the register, or its defaults.
    Register,
    /// The tolerance that the register has for every project.
    Everyone,
    /// The tolerance of the project's class.
    Class,
    /// The project's own tolerance.
    Project,
}

impl Limit {
    /// The rating of a figure: red beyond the red limit, amber beyond the amber one, else green.
    pub(super) fn judge(&self, figure: Decimal) -> Rag {
        let beyond = |limit: Option<Number>| {
            limit.is_some_and(|l| if self.below { figure < l.0 } else { figure > l.0 })
        };
        match (beyond(self.red), beyond(self.amber)) {
            (true, _) => Rag::Red,
            (false, true) => Rag::Amber,
            (false, false) => Rag::Green,
        }
    }

    /// The limits in words: `amber beyond 14, red beyond 30 days`.
    pub fn say(&self) -> String {
        let side = if self.below { "below" } else { "beyond" };
        let unit = self.unit.suffix();
        let part = |word: &str, limit: Option<Number>| limit.map(|l| format!("{word} {side} {}", plain(l.0)));
        let parts: Vec<String> =
            [part("amber", self.amber), part("red", self.red)].into_iter().flatten().collect();
        let from = match self.from {
            LimitFrom::Register => "",
            LimitFrom::Everyone => " (tolerance of every project)",
            LimitFrom::Class => " (tolerance of its class)",
            LimitFrom::Project => " (its own tolerance)",
        };
        format!("{}{unit}{from}", parts.join(", "))
    }
}

impl Reason {
    /// Whether a tolerance is breached.
    pub fn is_breach(&self) -> bool {
        self.rag == Rag::Red && self.limit.is_some_and(|limit| limit.from != LimitFrom::Register)
    }

    /// The tolerance that it was measured against, in words: `its own tolerance: 15 days`.
    pub fn tolerance(&self) -> Option<String> {
        let limit = self.limit?;
        let whose = match limit.from {
            LimitFrom::Register => return None,
            LimitFrom::Everyone => "tolerance",
            LimitFrom::Class => "tolerance of its class",
            LimitFrom::Project => "its own tolerance",
        };
        Some(format!("{whose}: {}{}", plain(limit.red?.0), limit.unit.suffix()))
    }

    /// The fact as a short phrase: `go-live 34 days late`, `cost +14 %`.
    pub fn say(&self) -> String {
        let near = |value: Decimal, places: u32| {
            let rounded = value.round_dp(places);
            // A figure just beyond its limit must not read as if it were on it.
            let on_limit = self
                .limit
                .iter()
                .flat_map(|l| [l.amber, l.red])
                .flatten()
                .any(|l| l.0.abs() == rounded.abs() && rounded != value);
            plain(if on_limit { value.round_dp(places + 3) } else { rounded })
        };
        match &self.fact {
            Fact::FinishSlip { days, overdue, .. } => format!("finish {}", late(*days, *overdue)),
            Fact::MilestoneSlip { milestone, days, overdue, .. } => {
                format!("{milestone} {}", late(*days, *overdue))
            }
            Fact::SpiT { value, straight_line } => {
                let how = if *straight_line { " on a straight line" } else { "" };
                format!("SPI(t) {}{how}", near(value.0, 2))
            }
            Fact::CostVariance { percent, .. } => match percent.0.is_zero() {
                true => "cost as budgeted".to_owned(),
                false => {
                    let sign = if percent.0.is_sign_negative() { "−" } else { "+" };
                    format!("cost {sign}{} %", near(percent.0.abs(), 1))
                }
            },
            Fact::Cpi { value, .. } if self.rag == Rag::Grey => {
                format!("CPI {}, too early to count", near(value.0, 2))
            }
            Fact::Cpi { value, .. } => format!("CPI {}", near(value.0, 2)),
            Fact::UndecidedCost { percent, changes } => {
                format!("{} worth {} % of the budget undecided", changes_of(*changes), near(percent.0, 1))
            }
            Fact::UndecidedUnknown { changes } => {
                format!("{} of unknown cost undecided", changes_of(*changes))
            }
            Fact::ChangeWaiting { change, days } => {
                format!(
                    "{} undecided for {} working {}",
                    stem(change),
                    days,
                    if *days == 1 { "day" } else { "days" }
                )
            }
            Fact::NothingUndecided => "no change waits for a decision".to_owned(),
            Fact::RedThreat { risk, score } => format!("{} in the red band ({score})", stem(risk)),
            Fact::UntendedThreat { risk, score, lack } => {
                let lack = match lack {
                    Lack::Owner => "has no owner",
                    Lack::Response => "has no response",
                    Lack::Review => "is past its review date",
                };
                format!("{} in the red band ({score}) {lack}", stem(risk))
            }
            Fact::NoRedThreat { unscored: 0, .. } => "no threat in the red band".to_owned(),
            Fact::NoRedThreat { unscored, .. } => {
                format!("no threat in the red band, {unscored} not assessed")
            }
            Fact::ExpectedValue { expected, contingency } => {
                let than = if expected > contingency { "above" } else { "within" };
                format!(
                    "threats worth {} {than} the {} of contingency left",
                    short(*expected),
                    short(*contingency)
                )
            }
            Fact::Shortfall { benefit, percent } => match percent.0 > Decimal::ZERO {
                true => format!("{} {} % below target", stem(benefit), near(percent.0, 1)),
                false => format!("{} on target", stem(benefit)),
            },
            Fact::Declared { dimension, rag } => format!("{} reported {rag}", dimension.word()),
            Fact::Unknown { lacking } => format!("unknown: {lacking}"),
        }
    }
}

fn late(days: i64, overdue: bool) -> String {
    let noun = if days.abs() == 1 { "day" } else { "days" };
    match days {
        0 => "on time".to_owned(),
        1.. if overdue => format!("{days} {noun} overdue"),
        1.. => format!("{days} {noun} late"),
        _ => format!("{} {noun} early", -days),
    }
}

fn changes_of(count: usize) -> String {
    if count == 1 { "1 change".to_owned() } else { format!("{count} changes") }
}

/// The part of a reference after the project.
fn stem(reference: &str) -> &str {
    reference.split_once('/').map_or(reference, |(_, stem)| stem)
}

fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

/// An amount as people say it: `1.26 M`, `80 k`, `950`.
fn short(amount: Money) -> String {
    let (million, thousand) = (Decimal::from(1_000_000), Decimal::from(1_000));
    let value = amount.0;
    if value.abs() >= million {
        return format!("{} M", (value / million).round_dp(2));
    }
    if value.abs() >= thousand {
        return format!("{} k", (value / thousand).round_dp(0));
    }
    plain(value.round_dp(0))
}
