//! A strategic objective that projects serve.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::custom::Custom;
use super::record::{Place, Record, Spec};
use super::{Date, Number, Ref};
/// What the organisation wants to reach.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Objective {
    /// What people call it.
    pub name: String,
    /// Who answers for it, a person's id.
    pub owner: Option<String>,
    /// What it means.
    pub description: Option<String>,
    /// What is measured.
    pub measure: Option<String>,
    /// In what unit.
    pub unit: Option<String>,
    /// The value before.
    pub baseline: Option<Number>,
    /// The value to be reached.
    pub target: Option<Number>,
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
    /// How much it counts among the objectives.
    pub weight: Option<Number>,
    /// The objective it is part of, by id.
    pub parent: Option<String>,
    /// The organisation's own fields.
    #[serde(default)]
    pub custom: Custom,
}

impl Record for Objective {
    const SPEC: Spec = Spec {
        name: "objective",
        plural: "objectives",
        folder: "objectives",
        in_project: false,
        prefix: "",
        place: Place::Slug,
        states: &[],
        closing: None,
        columns: &["owner", "measure", "target", "until"],
        about: "What the organisation wants to reach, and which projects serve.",
    };

    fn title(&self) -> &str {
        &self.name
    }

    fn owner(&self) -> Option<&str> {
        self.owner.as_deref()
    }

    fn due(&self) -> Option<Date> {
        self.until
    }

    fn links(&self, see: &mut dyn FnMut(&str, Ref)) {
        if let Some(person) = &self.owner {
            see("owner", Ref::person(person));
        }
        if let Some(name) = &self.parent {
            see("parent", Ref::new(name.as_str()));
        }
    }
}
