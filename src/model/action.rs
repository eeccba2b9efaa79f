//! An action: something that somebody promised to do by a day.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::custom::Custom;
use super::record::{Closing, Place, Record, Spec, open_or_closed};
use super::{Date, Ref};
/// Something that somebody promised to do by a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// What is to be done.
    pub title: String,
    /// Who does it, a person's id.
    pub owner: Option<String>,
    /// The day it was agreed.
    pub raised: Option<Date>,
    /// The day by which it is due.
    pub due: Option<Date>,
    /// The day it was done.
    pub done_on: Option<Date>,
    /// What came of it.
    pub outcome: Option<String>,
    /// Where it comes from: a meeting, or a reference to a risk or decision.
    pub from: Option<String>,
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

impl Record for Action {
    const SPEC: Spec = Spec {
        name: "action",
        plural: "actions",
        folder: "actions",
        in_project: true,
        prefix: "A",
        place: Place::Numbered { digits: 3 },
        states: &["open", "closed"],
        closing: Some(Closing { on: "done_on", outcome: Some("outcome"), state: None }),
        columns: &["owner", "due", "done_on", "from", "state"],
        about: "Something that somebody promised to do by a day.",
    };

    fn title(&self) -> &str {
        &self.title
    }

    fn state(&self) -> Option<Cow<'static, str>> {
        open_or_closed(self.is_closed())
    }

    fn is_closed(&self) -> bool {
        self.done_on.is_some()
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
        // A meeting is free text; only what reads as a reference is one.
        if let Some(from) = self.from.as_ref().filter(|f| Ref::new(f.as_str()).looks_numbered()) {
            see("from", Ref::new(from.as_str()));
        }
        for (i, link) in self.links.iter().enumerate() {
            see(&format!("links[{i}]"), link.clone());
        }
        for (i, reviewed) in self.reviewed.iter().enumerate() {
            see(&format!("reviewed[{i}].link"), reviewed.link.clone());
        }
    }
}
