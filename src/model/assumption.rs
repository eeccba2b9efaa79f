//! An assumption: what the plan takes for true until it is checked.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::custom::Custom;
use super::record::{Closing, Place, Record, Spec, open_or_closed};
use super::{Date, Ref};
/// What the plan takes for true until it is checked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Assumption {
    /// What is assumed.
    pub title: String,
    /// Who checks it, a person's id.
    pub owner: Option<String>,
    /// How sure it is.
    pub confidence: Option<Confidence>,
    /// The day it was written down.
    pub raised: Option<Date>,
    /// The day by which it is to be checked.
    pub validate_by: Option<Date>,
    /// What would follow if it is wrong.
    pub effect: Option<String>,
    /// What the check showed.
    pub outcome: Option<String>,
    /// The day it was checked.
    pub closed_on: Option<Date>,
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

/// How sure an assumption is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// A guess.
    Low,
    /// Likely.
    Medium,
    /// As good as known.
    High,
}

impl Confidence {
    /// The word as it stands in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

impl Record for Assumption {
    const SPEC: Spec = Spec {
        name: "assumption",
        plural: "assumptions",
        folder: "assumptions",
        in_project: true,
        prefix: "S",
        place: Place::Numbered { digits: 3 },
        states: &["open", "closed"],
        closing: Some(Closing { on: "closed_on", outcome: Some("outcome"), state: None }),
        columns: &["confidence", "owner", "validate_by", "state"],
        about: "What the plan takes for true until it is checked.",
    };

    fn title(&self) -> &str {
        &self.title
    }

    fn state(&self) -> Option<Cow<'static, str>> {
        open_or_closed(self.is_closed())
    }

    fn is_closed(&self) -> bool {
        self.closed_on.is_some()
    }

    fn owner(&self) -> Option<&str> {
        self.owner.as_deref()
    }

    fn due(&self) -> Option<Date> {
        self.validate_by
    }

    fn reviewable(&self) -> (&[Ref], &[super::Reviewed]) {
        (&self.links, &self.reviewed)
    }

    fn links(&self, see: &mut dyn FnMut(&str, Ref)) {
        if let Some(person) = &self.owner {
            see("owner", Ref::person(person));
        }
        for (i, link) in self.links.iter().enumerate() {
            see(&format!("links[{i}]"), link.clone());
        }
        for (i, reviewed) in self.reviewed.iter().enumerate() {
            see(&format!("reviewed[{i}].link"), reviewed.link.clone());
        }
    }
}
