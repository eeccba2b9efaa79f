//! A record of a period, where it needs one: closed or reopened.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::record::{Place, Record, Spec};
use super::{Date, Ref};
/// That a period was closed or reopened, by whom and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodRecord {
    /// Where it stands.
    pub state: PeriodState,
    /// The day it was closed.
    pub closed_on: Option<Date>,
    /// Who closed it, a person's id.
    pub closed_by: Option<String>,
    /// The day it was reopened.
    pub reopened_on: Option<Date>,
    /// Who reopened it, a person's id.
    pub reopened_by: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// Where a period stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PeriodState {
    /// Takes reports.
    Open,
    /// Takes no new or changed reports.
    Closed,
}

impl PeriodState {
    /// The word as it stands in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }
}

impl Record for PeriodRecord {
    const SPEC: Spec = Spec {
        name: "period",
        plural: "periods",
        folder: "periods",
        in_project: false,
        prefix: "",
        place: Place::Period,
        states: &["open", "closed"],
        closing: None,
        columns: &["state", "closed_on", "closed_by", "reason"],
        about: "That a reporting period was closed or reopened, by whom and why.",
    };

    fn title(&self) -> &str {
        self.reason.as_deref().unwrap_or(self.state.word())
    }

    fn state(&self) -> Option<Cow<'static, str>> {
        Some(Cow::Borrowed(self.state.word()))
    }

    fn is_closed(&self) -> bool {
        self.state == PeriodState::Closed
    }

    fn links(&self, see: &mut dyn FnMut(&str, Ref)) {
        if let Some(person) = &self.closed_by {
            see("closed_by", Ref::person(person));
        }
        if let Some(person) = &self.reopened_by {
            see("reopened_by", Ref::person(person));
        }
    }
}
