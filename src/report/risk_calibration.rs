//! How well risks were judged: stated chance against what happened, stated effect against what it was.

mod page;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::analysis::cost;
use crate::analysis::risk_calibration::{self, Compared, Ended};
use crate::document::Document;
use crate::model::audience::{Section, Withhold};
use crate::model::{Date, Number, Percent, RecordId, Register, Reports, Risk, Scope};

use super::head::{Asked, Head};
use super::incomplete::Incomplete;
use super::selection::Selection;
use super::standing;

/// How well risks were judged.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RiskCalibration {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// Which projects.
    pub selection: Selection,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// Whether the readers see risks at all.
    pub is_shown: bool,
    /// How many risks ended.
    pub ended: usize,
    /// How many of them happened.
    pub occurred: usize,
    /// Of how many neither a chance nor a level of probability was stated.
    pub without_chance: usize,
    /// Of how many the chance is the middle of the band of their level.
    pub by_level: usize,
    /// The Brier score: 0 is perfect, 0.25 is what one scores who always says 50 %.
    pub brier_score: Option<Number>,
    /// By level of chance.
    pub levels: Vec<LevelLine>,
    /// What the risks that happened were to cost and did cost, by currency.
    pub cost: Vec<EffectLine>,
    /// By how many days they were to move the finish and did.
    pub days: EffectLine,
}

/// The risks of a level of chance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LevelLine {
    /// What the level is called.
    pub name: String,
    /// Its band, in percent.
    pub from: Percent,
    /// Its upper end.
    pub to: Percent,
    /// How many risks ended whose chance lay in it.
    pub risks: usize,
    /// How many of them happened.
    pub occurred: usize,
    /// The mean of the stated chances, in percent.
    pub stated_percent: Option<Number>,
    /// The share that happened, in percent.
    pub occurred_percent: Option<Number>,
    /// Whether they are too few for the share to say much.
    pub is_few: bool,
}

/// Stated effects against what they were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EffectLine {
    /// The currency of amounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Over how many risks that happened.
    pub risks: usize,
    /// How many that happened lack what was stated, or what it was.
    pub missing: usize,
    /// The sum of what was stated, three points by the mean of PERT.
    pub stated: Option<Number>,
    /// The sum of what it was.
    pub actual: Option<Number>,
    /// The actual over the stated, less one, in percent.
    pub over_percent: Option<Number>,
    /// How many stated three points.
    pub ranged: usize,
    /// How many of those lay between the lowest and the highest.
    pub within: usize,
}

/// What the report reads.
pub fn scope(day: Date) -> Scope {
    let kinds =
        ["project", "programme", "person", "risk", "change", "benefit", "actuals", "programme-status"];
    Scope::kinds(&kinds).with_reports(Reports::Newest(2)).on(day)
}

/// Makes the report, over projects that are over too.
pub fn calibration(register: &Register, asked: &Asked, selection: Selection) -> RiskCalibration {
    let head = Head::new("risk-calibration", register, asked);
    let is_shown = head.shows(Section::Risks);
    let config = &register.config.risk;
    let mut ended: Vec<Ended> = Vec::new();
    let mut by_currency: BTreeMap<String, Vec<Ended>> = BTreeMap::new();
    let all = if is_shown { standing::gather_all(register, asked.day) } else { Vec::new() };
    for one in all.iter().filter(|one| selection.keeps(one) || selection.keeps_ended(one)) {
        let Some((shelf, charter)) = register.projects.get(&one.project).zip(register.project(&one.project))
        else {
            continue;
        };
        for (name, risk) in shelf.records::<Risk>() {
            let id = RecordId { kind: "risk", home: one.project.clone(), name: name.clone() };
            let Some(risk) = risk_calibration::ended(id, risk, config) else { continue };
            let currency = cost::currency(register, charter).to_owned();
            by_currency.entry(currency).or_default().push(risk.clone());
            ended.push(risk);
        }
    }
    let happened = || ended.iter().filter(|one| one.occurred);
    let days = risk_calibration::compared(happened().map(|one| (one.stated_days.as_ref(), one.actual_days)));
    let costs = by_currency.iter().map(|(currency, risks)| {
        let happened = risks.iter().filter(|one| one.occurred);
        let compared =
            risk_calibration::compared(happened.map(|one| (one.stated_cost.as_ref(), one.actual_cost)));
        EffectLine::new(Some(currency.clone()), compared)
    });
    RiskCalibration {
        cost: if head.withholds(Withhold::Money) { Vec::new() } else { costs.collect() },
        days: EffectLine::new(None, days),
        ended: ended.len(),
        occurred: happened().count(),
        without_chance: ended.iter().filter(|one| one.chance.is_none()).count(),
        by_level: ended.iter().filter(|one| one.is_by_level).count(),
        brier_score: risk_calibration::brier(&ended).map(|score| Number(score.round_dp(4).normalize())),
        levels: risk_calibration::levels(&ended, config).into_iter().map(LevelLine::new).collect(),
        incomplete: Incomplete::of(register, &scope(asked.day)),
        head,
        selection,
        is_shown,
    }
}

impl LevelLine {
    fn new(level: risk_calibration::Level) -> Self {
        let rounded = |percent: rust_decimal::Decimal| Number(percent.round_dp(2).normalize());
        Self {
            name: level.name,
            from: level.from,
            to: level.to,
            risks: level.risks,
            occurred: level.occurred,
            stated_percent: level.stated.map(rounded),
            occurred_percent: level.share.map(rounded),
            is_few: level.risks < risk_calibration::FEW,
        }
    }
}

impl EffectLine {
    fn new(currency: Option<String>, compared: Compared) -> Self {
        let known = |sum: Number| (compared.risks > 0).then_some(sum);
        let over = compared.actual.0.checked_sub(compared.stated.0);
        Self {
            currency,
            risks: compared.risks,
            missing: compared.missing,
            stated: known(compared.stated),
            actual: known(compared.actual),
            over_percent: over
                .and_then(|over| cost::percent_of(over, compared.stated.0))
                .map(|percent| Number(percent.round_dp(2).normalize())),
            ranged: compared.ranged,
            within: compared.within,
        }
    }
}

impl RiskCalibration {
    /// The report as a page.
    pub fn page(&self) -> Document {
        page::page(self)
    }
}
