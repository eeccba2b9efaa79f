//! Programmes and portfolios, and the words that are said about them each period.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::custom::Custom;
use super::project::Alignment;
use super::record::{Closing, Place, Record, Spec};
use super::{Date, Rag, Ref};
/// Projects that are run together for one aim; a portfolio is the same, wider.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// What people call it.
    pub name: String,
    /// Whether it is a programme or a portfolio.
    #[serde(default)]
    pub kind: ProgrammeKind,
    /// Who manages it, a person's id.
    pub manager: Option<String>,
    /// Who answers for it above the manager, a person's id.
    pub sponsor: Option<String>,
    /// The programme or portfolio it is part of, by id.
    pub parent: Option<String>,
    /// The division that owns it.
    pub division: Option<String>,
    /// What it is for.
    pub purpose: Option<String>,
    /// Where it stands.
    #[serde(default)]
    pub state: ProgrammeState,
    /// The first day.
    pub start: Option<Date>,
    /// The last day.
    pub finish: Option<Date>,
    /// The day it was closed.
    pub closed_on: Option<Date>,
    /// Which strategic objectives it serves.
    #[serde(default)]
    pub alignment: Vec<Alignment>,
    /// The organisation's own fields.
    #[serde(default)]
    pub custom: Custom,
}

/// What sort of grouping it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProgrammeKind {
    /// Projects run together for one aim.
    #[default]
    Programme,
    /// Programmes and projects watched together.
    Portfolio,
}

impl ProgrammeKind {
    /// The word as it stands in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Programme => "programme",
            Self::Portfolio => "portfolio",
        }
    }
}

/// Where a programme stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProgrammeState {
    /// Under way.
    #[default]
    Active,
    /// Ended.
    Closed,
}

impl ProgrammeState {
    /// The word as it stands in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Closed => "closed",
        }
    }
}

impl Record for Programme {
    const SPEC: Spec = Spec {
        name: "programme",
        plural: "programmes",
        folder: "programmes",
        in_project: false,
        prefix: "",
        place: Place::ProgrammeFile,
        states: &["active", "closed"],
        closing: Some(Closing { on: "closed_on", outcome: None, state: Some(("closed", "active")) }),
        columns: &["kind", "manager", "sponsor", "parent", "state"],
        about: "Projects that are run together for one aim, or a portfolio of them.",
    };

    fn title(&self) -> &str {
        &self.name
    }

    fn state(&self) -> Option<Cow<'static, str>> {
        Some(Cow::Borrowed(self.state.word()))
    }

    fn is_closed(&self) -> bool {
        self.state == ProgrammeState::Closed
    }

    fn owner(&self) -> Option<&str> {
        self.manager.as_deref()
    }

    fn due(&self) -> Option<Date> {
        self.finish
    }

    fn links(&self, see: &mut dyn FnMut(&str, Ref)) {
        if let Some(person) = &self.manager {
            see("manager", Ref::person(person));
        }
        if let Some(person) = &self.sponsor {
            see("sponsor", Ref::person(person));
        }
        if let Some(name) = &self.parent {
            see("parent", Ref::new(name.as_str()));
        }
        for (i, alignment) in self.alignment.iter().enumerate() {
            see(&format!("alignment[{i}].objective"), Ref::new(alignment.objective.as_str()));
        }
    }
}

/// The programme manager's or the PMO's own words on a period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeStatus {
    /// The template it was made from.
    pub template: Option<String>,
    /// Who says it, a person's id.
    pub by: Option<String>,
    /// The day up to which it holds.
    pub date: Option<Date>,
    /// What there is to say.
    pub summary: String,
    /// The rating of the programme as a whole.
    pub overall: Option<Rag>,
    /// Items of projects that deserve attention.
    #[serde(default)]
    pub raise: Vec<Ref>,
    /// Items held back from this report.
    #[serde(default)]
    pub hold_back: Vec<HeldBack>,
    /// An assessment of each project, by id.
    #[serde(default)]
    pub project: BTreeMap<String, Assessed>,
    /// The organisation's own fields.
    #[serde(default)]
    pub custom: Custom,
}

/// An item held back from a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HeldBack {
    /// Which.
    pub item: Ref,
    /// Why.
    pub reason: String,
}

/// What the programme says of a project, beside its own rating.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Assessed {
    /// The rating.
    pub assessed: Option<Rag>,
    /// Why.
    pub comment: Option<String>,
    /// Who says it, a person's id.
    pub by: Option<String>,
}

impl Record for ProgrammeStatus {
    const SPEC: Spec = Spec {
        name: "programme-status",
        plural: "programme-statuses",
        folder: "status",
        in_project: false,
        prefix: "",
        place: Place::ProgrammePeriod,
        states: &[],
        closing: None,
        columns: &["by", "date", "overall"],
        about: "The programme manager's or the PMO's own words on a period.",
    };

    fn title(&self) -> &str {
        &self.summary
    }

    fn owner(&self) -> Option<&str> {
        self.by.as_deref()
    }

    fn links(&self, see: &mut dyn FnMut(&str, Ref)) {
        if let Some(person) = &self.by {
            see("by", Ref::person(person));
        }
        for (i, link) in self.raise.iter().enumerate() {
            see(&format!("raise[{i}]"), link.clone());
        }
        for (i, held) in self.hold_back.iter().enumerate() {
            see(&format!("hold_back[{i}].item"), held.item.clone());
        }
        for id in self.project.keys() {
            see(&format!("key:project.{id}"), Ref::new(id.as_str()));
        }
    }
}
