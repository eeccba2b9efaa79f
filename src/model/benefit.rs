//! A benefit: what the organisation gains, measured.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::custom::Custom;
use super::record::{Place, Record, Spec};
use super::{Date, Number, Ref};
/// What the organisation gains, how it is measured, and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Benefit {
    /// What is gained.
    pub title: String,
    /// Who answers for it, a person's id.
    pub owner: Option<String>,
    /// What sort of gain it is.
    pub kind: Option<BenefitKind>,
    /// What is measured.
    pub measure: Option<String>,
    /// In what unit.
    pub unit: Option<String>,
    /// How often a year the unit occurs, where it is money a piece, such as `EUR an invoice`.
    pub times_a_year: Option<Number>,
    /// Whether it is gained once, so that its values are amounts in all and not of a year.
    #[serde(default)]
    pub once: bool,
    /// The value before.
    pub baseline: Option<Number>,
    /// The value to be reached.
    pub target: Option<Number>,
    /// The value that is now expected.
    pub forecast: Option<Number>,
    /// The day from which it is expected.
    pub from: Option<Date>,
    /// The objective it serves, by id.
    pub objective: Option<String>,
    /// Planned values by date.
    #[serde(default)]
    pub plan: Vec<Point>,
    /// Measured values by date.
    #[serde(default)]
    pub measurement: Vec<Point>,
    /// What it concerns.
    #[serde(default)]
    pub links: Vec<Ref>,
    /// What was linked when its owner last looked.
    #[serde(default)]
    pub reviewed: Vec<super::Reviewed>,
    /// The organisation's own fields.
    #[serde(default)]
    pub custom: Custom,
}

/// A value on a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// The day.
    pub date: Date,
    /// The value, in the benefit's unit.
    pub value: Number,
    /// What there is to say.
    pub note: Option<String>,
}

/// What sort of gain it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BenefitKind {
    /// Money that can be taken out of a budget.
    Cashable,
    /// Time, quality or safety.
    NonCashable,
    /// A loss that comes with the change.
    Disbenefit,
}

impl BenefitKind {
    /// The word as it stands in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Cashable => "cashable",
            Self::NonCashable => "non-cashable",
            Self::Disbenefit => "disbenefit",
        }
    }
}

impl Record for Benefit {
    const SPEC: Spec = Spec {
        name: "benefit",
        plural: "benefits",
        folder: "benefits",
        in_project: true,
        prefix: "B",
        place: Place::Numbered { digits: 3 },
        states: &[],
        closing: None,
        columns: &["kind", "owner", "measure", "unit", "baseline", "target", "forecast"],
        about: "What the organisation gains, how it is measured, and what came of it.",
    };

    fn title(&self) -> &str {
        &self.title
    }

    fn owner(&self) -> Option<&str> {
        self.owner.as_deref()
    }

    fn due(&self) -> Option<Date> {
        self.from
    }

    fn reviewable(&self) -> (&[Ref], &[super::Reviewed]) {
        (&self.links, &self.reviewed)
    }

    fn links(&self, see: &mut dyn FnMut(&str, Ref)) {
        if let Some(person) = &self.owner {
            see("owner", Ref::person(person));
        }
        if let Some(name) = &self.objective {
            see("objective", Ref::new(name.as_str()));
        }
        for (i, link) in self.links.iter().enumerate() {
            see(&format!("links[{i}]"), link.clone());
        }
        for (i, reviewed) in self.reviewed.iter().enumerate() {
            see(&format!("reviewed[{i}].link"), reviewed.link.clone());
        }
    }
}
