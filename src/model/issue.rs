//! An issue: something that has happened and must be dealt with.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::custom::Custom;
use super::record::{Closing, Place, Record, Spec, open_or_closed};
use super::{Date, Ref};
/// Something that has happened and must be dealt with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// What people call it.
    pub title: String,
    /// What happened, and what follows from it.
    pub description: Option<String>,
    /// Who answers for it, a person's id.
    pub owner: Option<String>,
    /// How bad it is.
    pub severity: Option<Severity>,
    /// The day it was raised.
    pub raised: Option<Date>,
    /// The day by which it is to be resolved.
    pub due: Option<Date>,
    /// What is being done.
    pub plan: Option<String>,
    /// How it was resolved.
    pub resolution: Option<String>,
    /// The day it was closed.
    pub closed_on: Option<Date>,
    /// The risk it came from.
    pub from: Option<Ref>,
    /// The programme it was escalated to.
    pub escalated_to: Option<Ref>,
    /// The day it was escalated.
    pub escalated_on: Option<Date>,
    /// Whether the status report shows it.
    #[serde(default)]
    pub report: bool,
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

/// How bad an issue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Annoying.
    Low,
    /// Costs time or money within tolerance.
    Medium,
    /// Threatens a milestone or the budget.
    High,
    /// Threatens the project.
    Critical,
}

impl Severity {
    /// The word as it stands in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

impl Record for Issue {
    const SPEC: Spec = Spec {
        name: "issue",
        plural: "issues",
        folder: "issues",
        in_project: true,
        prefix: "I",
        place: Place::Numbered { digits: 3 },
        states: &["open", "closed"],
        closing: Some(Closing { on: "closed_on", outcome: Some("resolution"), state: None }),
        columns: &["severity", "owner", "raised", "due", "state"],
        about: "Something that has happened and must be dealt with.",
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
        self.due
    }

    fn reviewable(&self) -> (&[Ref], &[super::Reviewed]) {
        (&self.links, &self.reviewed)
    }

    fn links(&self, see: &mut dyn FnMut(&str, Ref)) {
        if let Some(person) = &self.owner {
            see("owner", Ref::person(person));
        }
        if let Some(link) = &self.from {
            see("from", link.clone());
        }
        if let Some(link) = &self.escalated_to {
            see("escalated_to", link.clone());
        }
        for (i, link) in self.links.iter().enumerate() {
            see(&format!("links[{i}]"), link.clone());
        }
        for (i, reviewed) in self.reviewed.iter().enumerate() {
            see(&format!("reviewed[{i}].link"), reviewed.link.clone());
        }
    }
}
