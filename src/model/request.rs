//! A request: an idea before it is a project.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::custom::Custom;
use super::number::Money;
use super::project::Alignment;
use super::record::{Closing, Place, Record, Spec};
use super::{Date, Ref};
/// An idea before it is a project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// What people call it.
    pub title: String,
    /// Where it stands.
    #[serde(default)]
    pub state: RequestState,
    /// Who asks: a person's id or a name.
    pub requested_by: Option<String>,
    /// Who would pay, a person's id.
    pub sponsor: Option<String>,
    /// The division it comes from.
    pub division: Option<String>,
    /// The day it was raised.
    pub raised: Option<Date>,
    /// What is wrong today.
    pub problem: Option<String>,
    /// What would be better.
    pub outcome: Option<String>,
    /// What it would cost, roughly.
    pub estimated_cost: Option<Money>,
    /// How long it would take, in days.
    pub estimated_days: Option<i64>,
    /// By when it is wanted.
    pub wanted_by: Option<Date>,
    /// How urgent it is, from 1 to 5.
    pub urgency: Option<u8>,
    /// How much it is worth, from 1 to 5.
    pub value: Option<u8>,
    /// Which strategic objectives it serves.
    #[serde(default)]
    pub alignment: Vec<Alignment>,
    /// Why it was settled as it was.
    pub reason: Option<String>,
    /// The day it was settled.
    pub decided_on: Option<Date>,
    /// The project it became.
    pub project: Option<String>,
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

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RequestState {
    /// Being written.
    Draft,
    /// Waiting to be looked at.
    #[default]
    Submitted,
    /// Being looked at.
    Assessing,
    /// Put off.
    Deferred,
    /// To become a project, or one already.
    Accepted,
    /// Refused.
    Rejected,
    /// No longer wanted.
    Withdrawn,
}

impl RequestState {
    /// The word as it stands in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Assessing => "assessing",
            Self::Deferred => "deferred",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Record for Request {
    const SPEC: Spec = Spec {
        name: "request",
        plural: "requests",
        folder: "requests",
        in_project: false,
        prefix: "REQ",
        place: Place::Numbered { digits: 4 },
        states: &["draft", "submitted", "assessing", "deferred", "accepted", "rejected", "withdrawn"],
        closing: Some(Closing {
            on: "decided_on",
            outcome: Some("reason"),
            state: Some(("withdrawn", "submitted")),
        }),
        columns: &["state", "division", "sponsor", "raised", "estimated_cost", "urgency", "value", "project"],
        about: "An idea before it is a project: problem, estimate, alignment, what became of it.",
    };

    fn title(&self) -> &str {
        &self.title
    }

    fn state(&self) -> Option<Cow<'static, str>> {
        Some(Cow::Borrowed(self.state.word()))
    }

    fn is_closed(&self) -> bool {
        matches!(self.state, RequestState::Accepted | RequestState::Rejected | RequestState::Withdrawn)
    }

    fn owner(&self) -> Option<&str> {
        self.sponsor.as_deref()
    }

    fn due(&self) -> Option<Date> {
        self.wanted_by
    }

    fn reviewable(&self) -> (&[Ref], &[super::Reviewed]) {
        (&self.links, &self.reviewed)
    }

    fn links(&self, see: &mut dyn FnMut(&str, Ref)) {
        if let Some(person) = self.requested_by.as_ref().filter(|p| super::place::is_slug(p)) {
            see("requested_by", Ref::person(person));
        }
        if let Some(person) = &self.sponsor {
            see("sponsor", Ref::person(person));
        }
        if let Some(name) = &self.project {
            see("project", Ref::new(name.as_str()));
        }
        for (i, alignment) in self.alignment.iter().enumerate() {
            see(&format!("alignment[{i}].objective"), Ref::new(alignment.objective.as_str()));
        }
        for (i, link) in self.links.iter().enumerate() {
            see(&format!("links[{i}]"), link.clone());
        }
        for (i, reviewed) in self.reviewed.iter().enumerate() {
            see(&format!("reviewed[{i}].link"), reviewed.link.clone());
        }
    }
}
