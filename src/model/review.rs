//! A gate review or a post-implementation review; gates repeat.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::custom::Custom;
use super::record::{Closing, Place, Record, Spec, open_or_closed};
use super::{Date, Ref};
/// What a forum saw at a gate, and what it decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// What was reviewed.
    pub title: Option<String>,
    /// What sort of review it is.
    #[serde(default)]
    pub kind: ReviewKind,
    /// The day it is planned for.
    pub planned: Option<Date>,
    /// The day it was held.
    pub held_on: Option<Date>,
    /// The forum that held it.
    pub forum: Option<String>,
    /// What was shown: documents and references.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// What the forum decided.
    pub outcome: Option<GateOutcome>,
    /// What was said.
    pub summary: Option<String>,
    /// What must be done, by whom and when.
    #[serde(default)]
    pub conditions: Vec<Condition>,
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

/// Something the project must do after a gate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// What.
    pub text: String,
    /// By whom, a person's id.
    pub owner: Option<String>,
    /// By when.
    pub due: Option<Date>,
    /// The day it was met.
    pub met_on: Option<Date>,
}

/// What sort of review it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReviewKind {
    /// At the end of a phase.
    #[default]
    Gate,
    /// After the project has closed: what came of it.
    PostImplementation,
}

impl ReviewKind {
    /// The word as it stands in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Gate => "gate",
            Self::PostImplementation => "post-implementation",
        }
    }
}

/// What a forum decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GateOutcome {
    /// Go on.
    Go,
    /// Go on, with conditions.
    Conditional,
    /// Come back.
    Recycle,
    /// End the project.
    Stop,
}

impl GateOutcome {
    /// The word as it stands in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Go => "go",
            Self::Conditional => "conditional",
            Self::Recycle => "recycle",
            Self::Stop => "stop",
        }
    }
}

impl Record for Review {
    const SPEC: Spec = Spec {
        name: "review",
        plural: "reviews",
        folder: "reviews",
        in_project: true,
        prefix: "",
        place: Place::Gate,
        states: &["open", "closed"],
        closing: Some(Closing { on: "held_on", outcome: Some("summary"), state: None }),
        columns: &["kind", "held_on", "forum", "outcome"],
        about: "A gate or post-implementation review: evidence, outcome, conditions.",
    };

    fn title(&self) -> &str {
        self.title.as_deref().unwrap_or("review")
    }

    fn state(&self) -> Option<Cow<'static, str>> {
        open_or_closed(self.is_closed())
    }

    fn is_closed(&self) -> bool {
        self.held_on.is_some()
    }

    fn due(&self) -> Option<Date> {
        self.planned
    }

    fn reviewable(&self) -> (&[Ref], &[super::Reviewed]) {
        (&self.links, &self.reviewed)
    }

    fn links(&self, see: &mut dyn FnMut(&str, Ref)) {
        for (i, person) in
            self.conditions.iter().enumerate().filter_map(|(i, c)| Some((i, c.owner.as_ref()?)))
        {
            see(&format!("conditions[{i}].owner"), Ref::person(person));
        }
        for (i, link) in self.links.iter().enumerate() {
            see(&format!("links[{i}]"), link.clone());
        }
        for (i, reviewed) in self.reviewed.iter().enumerate() {
            see(&format!("reviewed[{i}].link"), reviewed.link.clone());
        }
    }
}
