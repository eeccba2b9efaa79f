//! A lesson: what happened, and what to do differently.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::custom::Custom;
use super::record::{Place, Record, Spec};
use super::{Date, Ref};
/// What happened, and what to do differently.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// What people call it.
    pub title: String,
    /// What happened.
    pub happened: Option<String>,
    /// What to do next time.
    pub advice: Option<String>,
    /// What sort of lesson it is.
    pub category: Option<String>,
    /// The day it was learnt.
    pub raised: Option<Date>,
    /// Who brought it up, a person's id.
    pub owner: Option<String>,
    /// Phases, methods or classes it applies to.
    #[serde(default)]
    pub applies_to: Vec<String>,
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

impl Record for Lesson {
    const SPEC: Spec = Spec {
        name: "lesson",
        plural: "lessons",
        folder: "lessons",
        in_project: true,
        prefix: "L",
        place: Place::Numbered { digits: 3 },
        states: &[],
        closing: None,
        columns: &["category", "raised", "owner", "applies_to"],
        about: "What happened, and what to do differently.",
    };

    fn title(&self) -> &str {
        &self.title
    }

    fn owner(&self) -> Option<&str> {
        self.owner.as_deref()
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
