//! A risk: a threat or an opportunity. The top-level assessment is the current one.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::custom::Custom;
use super::number::Money;
use super::record::{Closing, Place, Record, Spec};
pub use super::risk_life::{Acceptance, Answer};
use super::{ByName, Date, NumberOr, Percent, Ref};

/// Something uncertain that would matter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Risk {
    /// What people call it.
    pub title: String,
    /// Whether it would harm or help.
    #[serde(default)]
    pub kind: RiskKind,
    /// What sort of risk it is.
    pub category: Option<String>,
    /// The supplier that it hangs on, by name.
    pub supplier: Option<String>,
    /// Who answers for it, a person's id.
    pub owner: Option<String>,
    /// Because of this …
    pub cause: Option<String>,
    /// … this may happen …
    pub event: Option<String>,
    /// … which would lead to that.
    pub effect: Option<String>,
    /// How likely it is now, on the register's scale from 1.
    pub probability: Option<u8>,
    /// How much it would matter now: one number, or one for each dimension.
    pub impact: Option<NumberOr<ByName<u8>>>,
    /// How likely it is, in percent.
    pub chance: Option<Percent>,
    /// What it would cost, or for an opportunity save.
    pub cost_effect: Option<NumberOr<ThreePoint>>,
    /// By how many days it would move the finish, or for an opportunity bring it forward.
    pub days_effect: Option<NumberOr<ThreePoint>>,
    /// The group of risks that tend to occur together, of `[risk.correlation]` in pmo.toml.
    pub correlation: Option<String>,
    /// What is done about it.
    pub response: Option<Response>,
    /// How exactly.
    pub plan: Option<String>,
    /// What the plan costs.
    pub plan_cost: Option<Money>,
    /// When the plan is to be carried out.
    pub plan_due: Option<Date>,
    /// When it could happen.
    pub window: Option<Window>,
    /// Where it stands.
    #[serde(default)]
    pub state: RiskState,
    /// The day it was raised.
    pub raised: Option<Date>,
    /// When it is to be looked at again.
    pub review_by: Option<Date>,
    /// The day it was last looked at.
    pub reviewed_on: Option<Date>,
    /// The day it was closed or occurred.
    pub closed_on: Option<Date>,
    /// What really happened.
    pub outcome: Option<String>,
    /// What it really cost, or for an opportunity saved.
    pub actual_cost: Option<Money>,
    /// By how many days it really moved the finish, or for an opportunity brought it forward.
    pub actual_days: Option<i64>,
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
    /// The assessment as first raised.
    pub initial: Option<Box<Assessment>>,
    /// The assessment expected after the response.
    pub target: Option<Box<Assessment>>,
    /// That it is lived with, by whose word and until when.
    pub acceptance: Option<Box<Acceptance>>,
    /// What those decided to whom it was escalated.
    pub answer: Option<Box<Answer>>,
    /// The organisation's own fields.
    #[serde(default)]
    pub custom: Custom,
}

/// Whether a risk would harm or help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RiskKind {
    /// It would harm.
    #[default]
    Threat,
    /// It would help.
    Opportunity,
}

/// What is done about a risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the responses are the field's own words")]
pub enum Response {
    Avoid,
    Mitigate,
    Transfer,
    Accept,
    Escalate,
    Exploit,
    Enhance,
    Share,
}

impl Response {
    /// The word as it stands in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Avoid => "avoid",
            Self::Mitigate => "mitigate",
            Self::Transfer => "transfer",
            Self::Accept => "accept",
            Self::Escalate => "escalate",
            Self::Exploit => "exploit",
            Self::Enhance => "enhance",
            Self::Share => "share",
        }
    }
}

/// Where a risk stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RiskState {
    /// Watched and treated.
    #[default]
    Open,
    /// Lived with, on purpose.
    Accepted,
    /// It happened.
    Occurred,
    /// It can no longer happen.
    Closed,
}

impl RiskState {
    /// The word as it stands in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Occurred => "occurred",
            Self::Closed => "closed",
        }
    }
}

/// A lowest, most likely and highest value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ThreePoint {
    /// The lowest.
    pub low: Money,
    /// The most likely.
    pub likely: Money,
    /// The highest.
    pub high: Money,
}

/// When a risk could happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
}

/// An assessment at another time: `[initial]` or `[target]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// How likely, on the register's scale.
    pub probability: Option<u8>,
    /// How much it would matter.
    pub impact: Option<NumberOr<ByName<u8>>>,
    /// How likely, in percent.
    pub chance: Option<Percent>,
    /// What it would cost or save.
    pub cost_effect: Option<NumberOr<ThreePoint>>,
    /// By how many days it would move the finish.
    pub days_effect: Option<NumberOr<ThreePoint>>,
}

impl Record for Risk {
    const SPEC: Spec = Spec {
        name: "risk",
        plural: "risks",
        folder: "risks",
        in_project: true,
        prefix: "R",
        place: Place::Numbered { digits: 3 },
        states: &["open", "accepted", "occurred", "closed"],
        closing: Some(Closing { on: "closed_on", outcome: Some("outcome"), state: Some(("closed", "open")) }),
        columns: &["kind", "category", "owner", "probability", "impact", "response", "state", "review_by"],
        about: "A threat or an opportunity: cause, event, effect, assessment, response.",
    };

    fn title(&self) -> &str {
        &self.title
    }

    fn state(&self) -> Option<Cow<'static, str>> {
        Some(Cow::Borrowed(self.state.word()))
    }

    fn is_closed(&self) -> bool {
        matches!(self.state, RiskState::Closed | RiskState::Occurred)
    }

    fn owner(&self) -> Option<&str> {
        self.owner.as_deref()
    }

    fn due(&self) -> Option<Date> {
        self.review_by
    }

    fn reviewable(&self) -> (&[Ref], &[super::Reviewed]) {
        (&self.links, &self.reviewed)
    }

    fn links(&self, see: &mut dyn FnMut(&str, Ref)) {
        if let Some(owner) = &self.owner {
            see("owner", Ref::person(owner));
        }
        if let Some(programme) = &self.escalated_to {
            see("escalated_to", programme.clone());
        }
        if let Some(acceptance) = &self.acceptance {
            see("acceptance.by", Ref::person(&acceptance.by));
        }
        if let Some(answer) = &self.answer {
            see("answer.by", Ref::person(&answer.by));
        }
        for (i, link) in self.links.iter().enumerate() {
            see(&format!("links[{i}]"), link.clone());
        }
        for (i, reviewed) in self.reviewed.iter().enumerate() {
            see(&format!("reviewed[{i}].link"), reviewed.link.clone());
        }
    }
}
