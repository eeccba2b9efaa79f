//! `pmo.toml`: the organisation, its calendar, vocabularies, thresholds, scales and policy.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::audience::Audience;
use super::custom::Field;
use super::finance::Finance;
use super::kpi::Kpi;
use super::lifecycle::Phase;
use super::locale::LocaleConfig;
use super::policy::{Exception, OfficeKind, Strictness};
use super::risk_scale::RiskConfig;
use super::thresholds::{Thresholds, Tolerance};

pub use super::reporting::{Reporting, Weekday};

/// The format that this program reads and writes.
pub const FORMAT: i64 = 1;

/// The register's own settings, `pmo.toml`.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// What the register is.
    pub register: Identity,
    /// When reports are due.
    #[serde(default)]
    pub reporting: Reporting,
    /// How dates, money and figures are written for people.
    #[serde(default)]
    pub locale: LocaleConfig,
    /// Fiscal years, and what other currencies are worth.
    #[serde(default)]
    pub finance: Finance,
    /// The words that records may use; an empty list allows any.
    #[serde(default)]
    pub vocabulary: Vocabulary,
    /// The phases of a project's life, in order.
    #[serde(default)]
    pub phase: Vec<Phase>,
    /// Complexity classes, by the word used in `class = "…"`.
    #[serde(default)]
    pub class: BTreeMap<String, Class>,
    /// The rating scale.
    #[serde(default)]
    pub rag: RagConfig,
    /// The risk scales and matrix.
    #[serde(default)]
    pub risk: RiskConfig,
    /// Limits of the computed rating.
    #[serde(default)]
    pub thresholds: Thresholds,
    /// The indicators of the grid.
    #[serde(default)]
    pub kpi: Vec<Kpi>,
    /// How far any project may stray before it must escalate, where neither it nor its class says so.
    #[serde(default)]
    pub tolerance: Tolerance,
    /// What a status report must have.
    #[serde(default)]
    pub status: StatusConfig,
    /// How strictly each rule is held, by the rule's name.
    #[serde(default)]
    pub policy: BTreeMap<String, Strictness>,
    /// Findings that are tolerated for a while.
    #[serde(default)]
    pub exception: Vec<Exception>,
    /// The organisation's own fields.
    #[serde(default)]
    pub field: Vec<Field>,
    /// Who reads reports, and what is withheld from them.
    #[serde(default)]
    pub audience: Vec<Audience>,
    /// On how much past a forecast rests.
    #[serde(default)]
    pub forecast: ForecastConfig,
    /// How far commands go with git.
    #[serde(default)]
    pub git: GitConfig,
}

/// What the register is (`[register]`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// The format of the files; this program knows 1.
    pub format: i64,
    /// The organisation, as reports name it.
    #[serde(default)]
    pub name: String,
    /// What sort of PMO keeps it.
    #[serde(default)]
    pub kind: OfficeKind,
    /// The currency of all amounts that name none, an ISO 4217 code.
    #[serde(default = "euro")]
    pub currency: String,
}

fn euro() -> String {
    "EUR".to_owned()
}

impl Default for Identity {
    fn default() -> Self {
        Self { format: FORMAT, name: String::new(), kind: OfficeKind::default(), currency: euro() }
    }
}

/// The words that records may use (`[vocabulary]`); an empty list allows any.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Vocabulary {
    /// Divisions that own projects.
    pub division: Vec<String>,
    /// Categories of risks.
    pub risk_category: Vec<String>,
    /// Categories of lessons.
    pub lesson_category: Vec<String>,
    /// Categories of cost.
    pub cost_category: Vec<String>,
    /// Forums that decide.
    pub forum: Vec<String>,
}

/// A complexity class (`[class.B]`): what is asked of its projects, and how far they may stray.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Class {
    /// Its name in reports.
    pub name: Option<String>,
    /// Keys that a charter of this class must have once it is approved, such as `sponsor` or `budget.approved`.
    pub charter_required: Vec<String>,
    /// Keys that a status report of this class must have.
    pub status_required: Vec<String>,
    /// How far a project of this class may stray before it must escalate.
    pub tolerance: Tolerance,
}

/// The rating scale (`[rag]`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RagConfig {
    /// Three levels or five.
    pub scale: RagScale,
}

/// How many levels ratings have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RagScale {
    /// Red, amber, green.
    #[default]
    Three,
    /// Red, amber-red, amber, amber-green, green.
    Five,
}

/// What a status report must have (`[status]`), beside what the format itself requires.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct StatusConfig {
    /// Keys that every status report must have, such as `forecast_finish` or `rag.cost`.
    pub required: Vec<String>,
}

/// On how much past a forecast rests (`[forecast]`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ForecastConfig {
    /// The least number of past projects that `pmo forecast` reads a range from.
    pub minimum: usize,
}

impl Default for ForecastConfig {
    /// Five: with fewer, the P80 lies beyond what was ever seen.
    fn default() -> Self {
        Self { minimum: 5 }
    }
}

/// How far commands go with git (`[git]`).
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct GitConfig {
    /// What `pmo status submit` does with a complete report.
    pub submit: Submit,
    /// Whether every command that writes commits what it wrote.
    pub commit: bool,
    /// The remote that `submit` pushes to; the branch's own upstream unless given.
    pub remote: Option<String>,
}

/// What `pmo status submit` does with a complete report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Submit {
    /// Commits it.
    #[default]
    Commit,
    /// Commits it and pushes the branch.
    Push,
    /// Pushes it to a branch of its own, for a request to merge.
    Branch,
}

impl Config {
    /// The class of that name.
    pub fn class(&self, name: Option<&str>) -> Option<&Class> {
        self.class.get(name?)
    }

    /// Where the phase stands in the lifecycle.
    pub fn phase_index(&self, id: &str) -> Option<usize> {
        self.phase.iter().position(|phase| phase.id == id)
    }
}
