//! A change request: what would alter the agreed baseline.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::custom::Custom;
use super::number::Money;
use super::record::{Place, Record, Spec};
use super::{Date, Ref};
/// What would alter the agreed baseline, and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// What is to be changed.
    pub title: String,
    /// Where it stands.
    #[serde(default)]
    pub state: ChangeState,
    /// Who asks, a person's id.
    pub requested_by: Option<String>,
    /// The day it was raised.
    pub raised: Option<Date>,
    /// The day it was submitted for decision.
    pub submitted_on: Option<Date>,
    /// Why.
    pub reason: Option<String>,
    /// What it would do to cost, dates and scope.
    #[serde(default)]
    pub effect: Effect,
    /// The decision that settled it.
    pub decision: Option<Ref>,
    /// The day it was settled.
    pub decided_on: Option<Date>,
    /// Whether it is withheld from every audience that does not see what is confidential.
    #[serde(default)]
    pub confidential: bool,
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

/// What a change would do; savings are negative.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Effect {
    /// More cost at completion.
    pub cost: Option<Money>,
    /// Days by which the finish moves.
    pub days: Option<i64>,
    /// What is added or taken out.
    pub scope: Option<String>,
}

/// Where a change request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeState {
    /// Being written.
    #[default]
    Draft,
    /// Waiting for a decision.
    Submitted,
    /// Put off.
    Deferred,
    /// To be carried out.
    Approved,
    /// Refused.
    Rejected,
}

impl ChangeState {
    /// The word as it stands in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Deferred => "deferred",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
        }
    }
}

impl Record for Change {
    const SPEC: Spec = Spec {
        name: "change",
        plural: "changes",
        folder: "changes",
        in_project: true,
        prefix: "C",
        place: Place::Numbered { digits: 3 },
        states: &["draft", "submitted", "deferred", "approved", "rejected"],
        closing: None,
        columns: &["state", "raised", "effect.cost", "effect.days", "decision"],
        about: "What would alter the agreed baseline, and what became of it.",
    };

    fn title(&self) -> &str {
        &self.title
    }

    fn state(&self) -> Option<Cow<'static, str>> {
        Some(Cow::Borrowed(self.state.word()))
    }

    fn is_closed(&self) -> bool {
        matches!(self.state, ChangeState::Approved | ChangeState::Rejected)
    }

    fn owner(&self) -> Option<&str> {
        self.requested_by.as_deref()
    }

    fn reviewable(&self) -> (&[Ref], &[super::Reviewed]) {
        (&self.links, &self.reviewed)
    }

    fn links(&self, see: &mut dyn FnMut(&str, Ref)) {
        if let Some(person) = &self.requested_by {
            see("requested_by", Ref::person(person));
        }
        if let Some(link) = &self.decision {
            see("decision", link.clone());
        }
        for (i, link) in self.links.iter().enumerate() {
            see(&format!("links[{i}]"), link.clone());
        }
        for (i, reviewed) in self.reviewed.iter().enumerate() {
            see(&format!("reviewed[{i}].link"), reviewed.link.clone());
        }
    }
}
