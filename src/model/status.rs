//! A status report, `status/<period>.toml`: how it is going, as the project manager sees it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::custom::Custom;
use super::number::Money;
use super::record::{Place, Record, Spec};
use super::{ByName, Date, Percent, Rag, Ref};

/// One report of a project, complete in itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// The template it was made from, such as `status/1`.
    pub template: Option<String>,
    /// Who reports, a person's id.
    pub by: Option<String>,
    /// The day up to which the figures hold.
    pub date: Option<Date>,
    /// The two lines that a sponsor reads.
    pub summary: String,
    /// What was achieved.
    #[serde(default)]
    pub achieved: Vec<String>,
    /// What comes next.
    #[serde(default)]
    pub next: Vec<String>,
    /// The decisions that are wanted, by reference.
    #[serde(default)]
    pub decisions_needed: Vec<Ref>,
    /// How the project gets back to green.
    pub path_to_green: Option<String>,
    /// Physical work done, in percent.
    pub percent_complete: Option<Percent>,
    /// The value of the work done, where the project states it.
    pub earned_value: Option<Money>,
    /// Spent to date, where booked costs are not kept.
    pub actual_cost: Option<Money>,
    /// Drawn from the contingency to date.
    pub contingency_drawn: Option<Money>,
    /// Drawn from the management reserve to date.
    pub reserve_drawn: Option<Money>,
    /// The cost at completion that the manager expects.
    pub forecast_cost: Option<Money>,
    /// The same by category of cost.
    #[serde(default)]
    pub forecast_by_category: BTreeMap<String, Money>,
    /// The last day that the manager expects.
    pub forecast_finish: Option<Date>,
    /// How sure the manager is to meet both forecasts, in percent.
    pub confidence: Option<Percent>,
    /// The ratings.
    pub rag: Ratings,
    /// Why, for each rating that is not green.
    #[serde(default)]
    pub note: Notes,
    /// Where the declared rating is better than the computed one, on purpose.
    #[serde(rename = "override")]
    pub override_: Option<Override>,
    /// Milestones: reached ones with `actual`, open ones with `forecast`, by id.
    #[serde(default)]
    pub milestone: ByName<MilestoneStatus>,
    /// Figures of the sprint, for agile and hybrid projects.
    pub agile: Option<Agile>,
    /// The organisation's own fields.
    #[serde(default)]
    pub custom: Custom,
}

/// The ratings, overall and by dimension (`[rag]`).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the dimensions are the field's own words")]
pub struct Ratings {
    pub overall: Rag,
    pub schedule: Option<Rag>,
    pub cost: Option<Rag>,
    pub scope: Option<Rag>,
    pub risk: Option<Rag>,
    pub benefits: Option<Rag>,
    pub resources: Option<Rag>,
    pub quality: Option<Rag>,
}

/// Why a rating is not green (`[note]`).
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the dimensions are the field's own words")]
pub struct Notes {
    pub overall: Option<String>,
    pub schedule: Option<String>,
    pub cost: Option<String>,
    pub scope: Option<String>,
    pub risk: Option<String>,
    pub benefits: Option<String>,
    pub resources: Option<String>,
    pub quality: Option<String>,
}

/// Ratings that are better than the figures, on purpose (`[override]`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the dimensions are the field's own words")]
pub struct Override {
    pub overall: Option<Rag>,
    pub schedule: Option<Rag>,
    pub cost: Option<Rag>,
    pub scope: Option<Rag>,
    pub risk: Option<Rag>,
    pub benefits: Option<Rag>,
    /// Why.
    pub reason: String,
    /// Who accepted it, a person's id.
    pub accepted_by: Option<String>,
    /// The last day on which it holds.
    pub until: Option<Date>,
}

/// A milestone as the report sees it (`[milestone.<id>]`).
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MilestoneStatus {
    /// The day it was reached.
    pub actual: Option<Date>,
    /// The day on which it is expected.
    pub forecast: Option<Date>,
    /// What there is to say.
    pub note: Option<String>,
}

/// Figures of a sprint (`[agile]`); counted by sprint, not by week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Agile {
    /// The sprint's number.
    pub sprint: Option<u32>,
    /// Its last day.
    pub sprint_end: Option<Date>,
    /// Points taken in.
    pub committed: Option<u32>,
    /// Points done.
    pub completed: Option<u32>,
    /// Points in the whole backlog.
    pub scope_total: Option<u32>,
    /// Points done since the start.
    pub done_total: Option<u32>,
}

/// A dimension of a rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the dimensions are the field's own words")]
pub enum Dimension {
    Schedule,
    Cost,
    Scope,
    Risk,
    Benefits,
    Resources,
    Quality,
}

impl Dimension {
    /// Every dimension, in the order of the format.
    pub const ALL: [Self; 7] =
        [Self::Schedule, Self::Cost, Self::Scope, Self::Risk, Self::Benefits, Self::Resources, Self::Quality];

    /// The word as it stands in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Schedule => "schedule",
            Self::Cost => "cost",
            Self::Scope => "scope",
            Self::Risk => "risk",
            Self::Benefits => "benefits",
            Self::Resources => "resources",
            Self::Quality => "quality",
        }
    }
}

impl Status {
    /// Physical work done, in percent: as stated, else the share of the backlog's points that is done.
    pub fn progress(&self) -> Option<Percent> {
        self.percent_complete.or_else(|| self.agile?.progress())
    }
}

impl Agile {
    /// The points done of the whole backlog, in percent, at most 100; nothing without a backlog.
    pub fn progress(self) -> Option<Percent> {
        let done = rust_decimal::Decimal::from(self.done_total?);
        let share =
            done.checked_mul(rust_decimal::Decimal::ONE_HUNDRED)?.checked_div(self.scope_total?.into())?;
        Some(Percent(share.min(rust_decimal::Decimal::ONE_HUNDRED)))
    }
}

impl Ratings {
    /// The rating of a dimension, if it was given.
    pub fn get(&self, dimension: Dimension) -> Option<Rag> {
        match dimension {
            Dimension::Schedule => self.schedule,
            Dimension::Cost => self.cost,
            Dimension::Scope => self.scope,
            Dimension::Risk => self.risk,
            Dimension::Benefits => self.benefits,
            Dimension::Resources => self.resources,
            Dimension::Quality => self.quality,
        }
    }
}

impl Notes {
    /// The note on a dimension, if it was given.
    pub fn get(&self, dimension: Dimension) -> Option<&str> {
        match dimension {
            Dimension::Schedule => self.schedule.as_deref(),
            Dimension::Cost => self.cost.as_deref(),
            Dimension::Scope => self.scope.as_deref(),
            Dimension::Risk => self.risk.as_deref(),
            Dimension::Benefits => self.benefits.as_deref(),
            Dimension::Resources => self.resources.as_deref(),
            Dimension::Quality => self.quality.as_deref(),
        }
    }
}

impl Override {
    /// The overridden rating of a dimension, if there is one.
    pub fn get(&self, dimension: Dimension) -> Option<Rag> {
        match dimension {
            Dimension::Schedule => self.schedule,
            Dimension::Cost => self.cost,
            Dimension::Scope => self.scope,
            Dimension::Risk => self.risk,
            Dimension::Benefits => self.benefits,
            Dimension::Resources | Dimension::Quality => None,
        }
    }

    /// Whether it holds on the day.
    pub fn in_force(&self, day: Date) -> bool {
        self.until.is_none_or(|until| day <= until)
    }
}

impl Record for Status {
    const SPEC: Spec = Spec {
        name: "status",
        plural: "statuses",
        folder: "status",
        in_project: true,
        prefix: "",
        place: Place::Period,
        states: &[],
        closing: None,
        columns: &["by", "date", "rag.overall", "percent_complete", "forecast_finish", "forecast_cost"],
        about: "One report of a project for a period: ratings, progress, forecasts.",
    };

    fn title(&self) -> &str {
        &self.summary
    }

    fn owner(&self) -> Option<&str> {
        self.by.as_deref()
    }

    fn links(&self, see: &mut dyn FnMut(&str, Ref)) {
        if let Some(by) = &self.by {
            see("by", Ref::person(by));
        }
        for (i, decision) in self.decisions_needed.iter().enumerate() {
            see(&format!("decisions_needed[{i}]"), decision.clone());
        }
        if let Some(person) = self.override_.as_ref().and_then(|o| o.accepted_by.as_ref()) {
            see("override.accepted_by", Ref::person(person));
        }
        for id in self.milestone.keys() {
            see(&format!("key:milestone.{id}"), Ref::new(format!("#{id}")));
        }
    }
}
