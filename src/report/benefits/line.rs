//! One benefit with what was realised of it.

use serde::Serialize;

use crate::analysis::benefits::{currency, realised};
use crate::analysis::cost;
use crate::model::benefit::BenefitKind;
use crate::model::lifecycle::ProjectState;
use crate::model::thresholds::BenefitLimits;
use crate::model::{Benefit, Date, Name, Number, Project, Rag, RecordId, Register};

use super::{Group, objective_name};

/// How a benefit comes along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Delivery {
    /// Nothing was measured yet.
    Unmeasured,
    /// Something was measured; the target is not reached.
    Underway,
    /// The target is reached; a disbenefit is as large as was expected, or larger.
    Reached,
}

/// A benefit with what was realised of it by the day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BenefitRow {
    /// Its reference.
    pub benefit: String,
    /// The project that brings it.
    pub project: String,
    /// The project's name.
    pub project_name: String,
    /// Where the project stands in its life.
    pub project_state: ProjectState,
    /// The project's programme, by id.
    pub programme: Option<String>,
    /// The programme's name.
    pub programme_name: Option<String>,
    /// The objective that it serves, by id: its own, else the only one that its project serves.
    pub objective: Option<String>,
    /// The objective's name.
    pub objective_name: Option<String>,
    /// What is gained.
    pub title: String,
    /// What sort of gain it is.
    pub kind: Option<BenefitKind>,
    /// Who answers for it, by name.
    pub owner: Option<String>,
    /// What is measured.
    pub measure: Option<String>,
    /// The unit of its values.
    pub unit: Option<String>,
    /// The currency, where it is money: a year's, or in all where it is gained once.
    pub currency: Option<String>,
    /// How often a year the unit occurs, where it is money a piece.
    pub times_a_year: Option<Number>,
    /// Whether it is gained once, and not every year.
    pub once: bool,
    /// The value before.
    pub baseline: Option<Number>,
    /// The value that is wanted.
    pub target: Option<Number>,
    /// The value that is expected.
    pub forecast: Option<Number>,
    /// The value that was planned for the day.
    pub planned: Option<Number>,
    /// The newest measured value.
    pub measured: Option<Number>,
    /// The day of that measurement.
    pub measured_on: Option<Date>,
    /// How far the way from the baseline to the target was gone, in percent.
    pub attainment_percent: Option<Number>,
    /// How far the measured gain is behind the planned one, in percent of that; negative when ahead.
    pub behind_plan_percent: Option<Number>,
    /// The same as a rating, by the register's limits for benefits.
    pub rating: Option<Rag>,
    /// The gain at the target: target less baseline, turned where less is better.
    pub gain_at_target: Option<Number>,
    /// The gain that was planned by the day.
    pub gain_planned: Option<Number>,
    /// The gain that was measured.
    pub gain_measured: Option<Number>,
    /// How it comes along.
    pub delivery: Delivery,
    /// The day since which a measurement is due.
    pub measurement_due_since: Option<Date>,
}

impl BenefitRow {
    pub(super) fn of(
        register: &Register,
        (id, charter): (&str, &Project),
        (name, benefit): (&Name, &Benefit),
        day: Date,
    ) -> Self {
        let found = realised(benefit, day);
        let programme = charter.programme.as_deref();
        let objective = benefit.objective.as_deref().or(match charter.alignment.as_slice() {
            [only] => Some(only.objective.as_str()),
            _ => None,
        });
        let own = cost::currency(register, charter);
        let delivery = match (found.measured, found.attainment) {
            (None, _) => Delivery::Unmeasured,
            (Some(_), Some(share)) if share >= Number::from(100) => Delivery::Reached,
            _ => Delivery::Underway,
        };
        let reference = RecordId { kind: "benefit", home: id.to_owned(), name: name.clone() };
        Self {
            benefit: reference.to_string(),
            project: id.to_owned(),
            project_name: charter.name.clone(),
            project_state: charter.state,
            programme: charter.programme.clone(),
            programme_name: programme.and_then(|id| Some(register.programme(id)?.name.clone())),
            objective: objective.map(str::to_owned),
            objective_name: objective.map(|id| objective_name(register, id)),
            title: benefit.title.clone(),
            kind: benefit.kind,
            owner: benefit.owner.as_deref().map(|owner| register.person_name(owner).to_owned()),
            measure: benefit.measure.clone(),
            unit: benefit.unit.clone(),
            currency: currency(benefit, own).map(str::to_owned),
            times_a_year: benefit.times_a_year,
            once: benefit.once,
            baseline: benefit.baseline,
            target: benefit.target,
            forecast: benefit.forecast,
            planned: found.planned,
            measured: found.measured.map(|point| point.value),
            measured_on: found.measured.map(|point| point.date),
            attainment_percent: found.attainment,
            behind_plan_percent: found.behind_percent,
            rating: found.behind_percent.map(|behind| rate(behind, &register.config.thresholds.benefits)),
            gain_at_target: found.gain_at_target,
            gain_planned: found.gain_planned,
            gain_measured: found.gain_measured,
            delivery,
            measurement_due_since: found.due_since,
        }
    }

    /// The key that orders the row's group, and its title.
    pub(super) fn group(&self, by: Group) -> (String, String) {
        let named = |name: Option<&str>, none: &str| match name {
            Some(name) => (name.to_lowercase(), name.to_owned()),
            // After every name.
            None => ("\u{10ffff}".to_owned(), none.to_owned()),
        };
        match by {
            Group::Project => {
                let over = if self.project_state.is_over() { " (closed)" } else { "" };
                (self.project_name.to_lowercase(), format!("{}{over}", self.project_name))
            }
            Group::Programme => {
                named(self.programme_name.as_deref().or(self.programme.as_deref()), "Without a programme")
            }
            Group::Objective => named(self.objective_name.as_deref(), "Without an objective"),
            Group::Kind => {
                let place = self.kind.map_or(9, |kind| kind as u8);
                (place.to_string(), self.kind.map_or("Of no stated kind", kind_title).to_owned())
            }
        }
    }
}

fn kind_title(kind: BenefitKind) -> &'static str {
    match kind {
        BenefitKind::Cashable => "Cashable",
        BenefitKind::NonCashable => "Non-cashable",
        BenefitKind::Disbenefit => "Disbenefits",
    }
}

/// The distance from the plan as a rating; beyond a limit means strictly beyond.
fn rate(behind: Number, limits: &BenefitLimits) -> Rag {
    if behind > limits.red_percent {
        Rag::Red
    } else if behind > limits.amber_percent {
        Rag::Amber
    } else {
        Rag::Green
    }
}
