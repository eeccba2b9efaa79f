//! A person who works on projects or answers for them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::custom::Custom;
use super::record::{Place, Record, Spec};
use super::{Date, Number};
/// Who works on projects or answers for them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The e-mail address, as in git.
    pub email: Option<String>,
    /// What the person does.
    #[serde(default)]
    pub roles: Vec<String>,
    /// What the person can do.
    #[serde(default)]
    pub skills: Vec<String>,
    /// The division the person belongs to.
    pub division: Option<String>,
    /// The share of full time available to projects: 1 is all of it.
    pub capacity: Option<Number>,
    /// The first day.
    pub from: Option<Date>,
    /// The last day, for who has left.
    pub until: Option<Date>,
    /// Days away.
    #[serde(default)]
    pub leave: Vec<Leave>,
    /// Certificates.
    #[serde(default)]
    pub certificate: Vec<Certificate>,
    /// The organisation's own fields.
    #[serde(default)]
    pub custom: Custom,
}

/// Days away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Leave {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// Why.
    pub reason: Option<String>,
}

/// A certificate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Which.
    pub name: String,
    /// The day it was earned.
    pub earned_on: Option<Date>,
    /// The last day on which it holds.
    pub until: Option<Date>,
}

impl Person {
    /// Whether the person is there on the day.
    pub fn is_active(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

impl Record for Person {
    const SPEC: Spec = Spec {
        name: "person",
        plural: "people",
        folder: "people",
        in_project: false,
        prefix: "",
        place: Place::Slug,
        states: &[],
        closing: None,
        columns: &["email", "roles", "division", "capacity", "until"],
        about: "Who works on projects or answers for them.",
    };

    fn title(&self) -> &str {
        &self.name
    }
}

/// Fields that hold a person's id.
const PEOPLE: [&str; 11] = [
    "owner",
    "manager",
    "sponsor",
    "by",
    "of",
    "decided_by",
    "accepted_by",
    "closed_by",
    "reopened_by",
    "requested_by",
    "person",
];

/// Whether a field holds a person's id, by its key. In a file the id stands as it is, elsewhere with an `@`.
pub fn is_person(path: &str) -> bool {
    PEOPLE.contains(&path.rsplit('.').next().unwrap_or(path))
}
