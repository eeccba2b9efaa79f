//! A project's charter, `project.toml`: what is agreed.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::custom::Custom;
use super::lifecycle::ProjectState;
use super::number::Amount;
use super::record::{Place, Record, Spec};
use super::thresholds::Tolerance;
use super::{Date, Number, Ref};

pub use super::reporting::ProjectReporting;

/// What is agreed about a project: who, when, how much, and on what it depends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// What people call it.
    pub name: String,
    /// Who manages it, a person's id.
    pub manager: String,
    /// Who answers for it above the manager, a person's id.
    pub sponsor: Option<String>,
    /// The programme it belongs to, by id.
    pub programme: Option<String>,
    /// The division that owns it.
    pub division: Option<String>,
    /// Where it stands in its life.
    pub state: ProjectState,
    /// The phase of the lifecycle it is in.
    pub phase: Option<String>,
    /// How it is run.
    pub method: Option<Method>,
    /// Its complexity class.
    pub class: Option<String>,
    /// Why the organisation does it.
    pub purpose: Option<String>,
    /// What it will deliver, and what not.
    pub scope: Option<String>,
    /// The currency of its amounts, where it is not the register's.
    pub currency: Option<String>,
    /// Whether it is withheld from every audience that does not see what is confidential.
    #[serde(default)]
    pub confidential: bool,
    /// Labels to filter by.
    #[serde(default)]
    pub tags: Vec<String>,
    /// The request it came from.
    pub request: Option<Ref>,
    /// The day it really started.
    pub started_on: Option<Date>,
    /// The day it was closed or terminated.
    pub closed_on: Option<Date>,
    /// The agreed dates.
    #[serde(default)]
    pub schedule: Schedule,
    /// The agreed money.
    #[serde(default)]
    pub budget: Budget,
    /// Where the agreed figures come from.
    pub baseline: Option<Baseline>,
    /// Earlier baselines, newest first.
    #[serde(default)]
    pub superseded: Vec<Superseded>,
    /// A split of the budget by category.
    #[serde(default)]
    pub cost: Vec<CostLine>,
    /// The cumulative curve of planned value, from (start, 0) to (finish, budget).
    #[serde(default)]
    pub planned_value: Vec<CurvePoint>,
    /// The milestones.
    #[serde(default)]
    pub milestone: Vec<Milestone>,
    /// What it needs of other projects.
    #[serde(default)]
    pub dependency: Vec<Dependency>,
    /// Which strategic objectives it serves.
    #[serde(default)]
    pub alignment: Vec<Alignment>,
    /// Whom it has, or asks for.
    #[serde(default)]
    pub allocation: Vec<Allocation>,
    /// Who has a stake in it.
    #[serde(default)]
    pub stakeholder: Vec<Stakeholder>,
    /// How far it may stray before it must escalate.
    #[serde(default)]
    pub tolerance: Tolerance,
    /// How often it reports, where not as the register says.
    pub reporting: Option<ProjectReporting>,
    /// The organisation's own fields.
    #[serde(default)]
    pub custom: Custom,
}

/// How a project is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// In phases, planned ahead.
    Waterfall,
    /// In sprints.
    Agile,
    /// Both.
    Hybrid,
}

impl Method {
    /// The word as it stands in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waterfall => "waterfall",
            Self::Agile => "agile",
            Self::Hybrid => "hybrid",
        }
    }
}

/// The agreed dates (`[schedule]`).
#[derive(Clone, Copy, Debug, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// The first day.
    pub start: Option<Date>,
    /// The last day.
    pub finish: Option<Date>,
}

/// The agreed money (`[budget]`).
#[derive(Clone, Copy, Debug, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// The budget at completion (BAC), without the two reserves below.
    pub approved: Option<Amount>,
    /// The project's own reserve for known risks.
    pub contingency: Option<Amount>,
    /// The organisation's reserve for what nobody foresaw.
    pub management_reserve: Option<Amount>,
}

/// Where the agreed figures come from (`[baseline]`).
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// The day they were approved.
    pub approved_on: Option<Date>,
    /// The approved change that set them.
    pub change: Option<Ref>,
    /// The decision that set them.
    pub decision: Option<Ref>,
}

/// An earlier baseline (`[[superseded]]`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Superseded {
    /// The day it had been approved.
    pub approved_on: Option<Date>,
    /// Its first day.
    pub start: Option<Date>,
    /// Its last day.
    pub finish: Option<Date>,
    /// Its budget at completion.
    pub budget: Option<Amount>,
    /// Its milestones' dates, by id.
    #[serde(default)]
    pub milestones: BTreeMap<String, Date>,
}

/// A share of the budget (`[[cost]]`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CostLine {
    /// What it is spent on.
    pub category: String,
    /// How much is agreed.
    pub approved: Option<Amount>,
}

/// A point of the planned value curve (`[[planned_value]]`).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CurvePoint {
    /// The day.
    pub date: Date,
    /// The value of the work planned until then.
    pub value: Amount,
}

/// A milestone (`[[milestone]]`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// Its id, unique in the project.
    pub id: String,
    /// What people call it.
    pub name: Option<String>,
    /// The agreed date.
    pub baseline: Option<Date>,
    /// Whether it counts for the schedule rating.
    #[serde(default)]
    pub key: bool,
    /// Its share of the work, where earned value comes from milestones.
    pub weight: Option<Number>,
    /// The gate that it stands for.
    pub gate: Option<String>,
}

impl Milestone {
    /// The name, or the id where there is none.
    pub fn title(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }
}

/// What the project needs of another (`[[dependency]]`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dependency {
    /// A project or a milestone of one.
    pub on: Ref,
    /// The milestone of this project that needs it; the finish unless given.
    pub milestone: Option<String>,
    /// The day by which it is needed.
    pub needed_by: Option<Date>,
    /// How the two are tied.
    #[serde(default)]
    pub kind: DependencyKind,
    /// Days that must lie between.
    #[serde(default)]
    pub lag_days: i64,
    /// What exactly is needed.
    pub note: Option<String>,
}

/// How two pieces of work are tied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DependencyKind {
    /// This can only finish or start after the other has finished.
    #[default]
    FinishToStart,
    /// This can only start once the other has started.
    StartToStart,
    /// This can only finish once the other has finished.
    FinishToFinish,
    /// This can only finish once the other has started.
    StartToFinish,
}

/// Which objective the project serves (`[[alignment]]`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Alignment {
    /// The objective's id.
    pub objective: String,
    /// How much it contributes, from 1 to 5.
    pub contribution: Option<u8>,
}

/// Whom the project has, or asks for (`[[allocation]]`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Allocation {
    /// A person's id.
    pub person: Option<String>,
    /// A role, where the person is not known yet.
    pub role: Option<String>,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The share of full time: 0.5 is half.
    pub fte: Number,
}

/// Who has a stake (`[[stakeholder]]`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stakeholder {
    /// A person or a group.
    pub name: String,
    /// Their influence, from 1 to 5.
    pub influence: Option<u8>,
    /// Their interest, from 1 to 5.
    pub interest: Option<u8>,
    /// How they are kept informed.
    pub channel: Option<String>,
}

impl Project {
    /// The milestone of that id.
    pub fn milestone(&self, id: &str) -> Option<&Milestone> {
        self.milestone.iter().find(|m| m.id == id)
    }
}

impl Record for Project {
    const SPEC: Spec = Spec {
        name: "project",
        plural: "projects",
        folder: "projects",
        in_project: true,
        prefix: "",
        place: Place::Sole,
        states: &["proposed", "approved", "active", "on-hold", "closing", "closed", "terminated"],
        closing: None,
        columns: &["state", "phase", "manager", "programme", "division", "schedule.finish"],
        about: "What is agreed about a project: people, dates, money, milestones, dependencies.",
    };

    fn title(&self) -> &str {
        &self.name
    }

    fn state(&self) -> Option<Cow<'static, str>> {
        Some(Cow::Borrowed(self.state.word()))
    }

    fn is_closed(&self) -> bool {
        self.state.is_over()
    }

    fn owner(&self) -> Option<&str> {
        Some(&self.manager)
    }

    fn due(&self) -> Option<Date> {
        self.schedule.finish
    }

    fn links(&self, see: &mut dyn FnMut(&str, Ref)) {
        see("manager", Ref::person(&self.manager));
        if let Some(id) = &self.sponsor {
            see("sponsor", Ref::person(id));
        }
        if let Some(id) = &self.programme {
            see("programme", Ref::new(id.as_str()));
        }
        if let Some(request) = &self.request {
            see("request", request.clone());
        }
        for (key, link) in
            self.baseline.iter().flat_map(|b| [("change", &b.change), ("decision", &b.decision)])
        {
            if let Some(link) = link {
                see(&format!("baseline.{key}"), link.clone());
            }
        }
        for (i, dependency) in self.dependency.iter().enumerate() {
            see(&format!("dependency[{i}].on"), dependency.on.clone());
            if let Some(milestone) = &dependency.milestone {
                see(&format!("dependency[{i}].milestone"), Ref::new(format!("#{milestone}")));
            }
        }
        for (i, alignment) in self.alignment.iter().enumerate() {
            see(&format!("alignment[{i}].objective"), Ref::new(alignment.objective.as_str()));
        }
        for (i, person) in
            self.allocation.iter().enumerate().filter_map(|(i, a)| Some((i, a.person.as_ref()?)))
        {
            see(&format!("allocation[{i}].person"), Ref::person(person));
        }
    }
}
