//! A decision: what is asked of whom by when, and what was decided.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::custom::Custom;
use super::record::{Closing, Place, Record, Spec};
use super::{Date, Ref};
/// What is asked of whom by when, and what was decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// What is to be decided.
    pub title: String,
    /// Where it stands.
    #[serde(default)]
    pub state: DecisionState,
    /// What it is about.
    pub background: Option<String>,
    /// The day it was asked for.
    pub raised: Option<Date>,
    /// The day by which it is wanted.
    pub wanted_by: Option<Date>,
    /// Who decides, a person's id.
    pub of: Option<String>,
    /// What could be decided.
    #[serde(default)]
    pub options: Vec<String>,
    /// What the project recommends.
    pub recommendation: Option<String>,
    /// What was decided.
    pub outcome: Option<String>,
    /// The day it was decided.
    pub decided_on: Option<Date>,
    /// Who decided, a person's id.
    pub decided_by: Option<String>,
    /// The forum that decided.
    pub forum: Option<String>,
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

/// Where a decision stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DecisionState {
    /// Wanted.
    #[default]
    Open,
    /// Put off.
    Deferred,
    /// Taken.
    Decided,
    /// No longer wanted.
    Withdrawn,
}

impl DecisionState {
    /// The word as it stands in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Deferred => "deferred",
            Self::Decided => "decided",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Record for Decision {
    const SPEC: Spec = Spec {
        name: "decision",
        plural: "decisions",
        folder: "decisions",
        in_project: true,
        prefix: "D",
        place: Place::Numbered { digits: 3 },
        states: &["open", "deferred", "decided", "withdrawn"],
        closing: Some(Closing {
            on: "decided_on",
            outcome: Some("outcome"),
            state: Some(("decided", "open")),
        }),
        columns: &["state", "of", "wanted_by", "decided_on", "outcome"],
        about: "What is asked of whom by when, and what was decided.",
    };

    fn title(&self) -> &str {
        &self.title
    }

    fn state(&self) -> Option<Cow<'static, str>> {
        Some(Cow::Borrowed(self.state.word()))
    }

    fn is_closed(&self) -> bool {
        matches!(self.state, DecisionState::Decided | DecisionState::Withdrawn)
    }

    fn owner(&self) -> Option<&str> {
        self.of.as_deref()
    }

    fn due(&self) -> Option<Date> {
        self.wanted_by
    }

    fn reviewable(&self) -> (&[Ref], &[super::Reviewed]) {
        (&self.links, &self.reviewed)
    }

    fn links(&self, see: &mut dyn FnMut(&str, Ref)) {
        if let Some(person) = &self.of {
            see("of", Ref::person(person));
        }
        if let Some(person) = &self.decided_by {
            see("decided_by", Ref::person(person));
        }
        for (i, link) in self.links.iter().enumerate() {
            see(&format!("links[{i}]"), link.clone());
        }
        for (i, reviewed) in self.reviewed.iter().enumerate() {
            see(&format!("reviewed[{i}].link"), reviewed.link.clone());
        }
    }
}
