//! Audiences: who reads a report, what they see, and what is withheld from them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::lifecycle::ProjectState;

/// A group of readers (`[[audience]]`): `--audience NAME` makes a report for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Audience {
    /// The word that `--audience` takes, such as `steering`, `sponsor`, `programme` or `public`.
    pub name: String,
    /// What people call them, as reports say it.
    pub title: Option<String>,
    /// Which projects they see: all, unless given. All given keys must fit.
    #[serde(default)]
    pub projects: Chosen,
    /// The sections of reports that they see; all, unless given.
    #[serde(default)]
    pub sections: Vec<Section>,
    /// What is withheld from them; what is confidential, unless given.
    #[serde(default = "confidential")]
    pub withhold: Vec<Withhold>,
}

fn confidential() -> Vec<Withhold> {
    vec![Withhold::Confidential]
}

/// Which projects an audience sees (`projects = { … }`); an empty list allows any.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Chosen {
    /// Projects, by id.
    pub project: Vec<String>,
    /// Projects of these programmes and of those below them, by id.
    pub programme: Vec<String>,
    /// Projects of these divisions.
    pub division: Vec<String>,
    /// Projects in these states.
    pub state: Vec<ProjectState>,
}

/// What may be withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Withhold {
    /// Projects and records that say `confidential = true`, and all that refers to them.
    Confidential,
    /// Who somebody is.
    People,
    /// Amounts, and every figure that follows from them.
    Money,
    /// What people write at length: summaries, notes, comments, plans. Titles stay.
    Text,
}

/// A section of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Section {
    /// What needs somebody.
    Attention,
    /// What waits for a decision.
    Decisions,
    /// What changed since the period before.
    Movements,
    /// Ratings, with what the figures say.
    Ratings,
    /// What project managers say.
    Words,
    /// Milestones.
    Milestones,
    /// What projects need of one another.
    Dependencies,
    /// Threats and opportunities.
    Risks,
    /// Issues.
    Issues,
    /// Actions and reviews.
    Actions,
    /// Change requests.
    Changes,
    /// Benefits.
    Benefits,
    /// Teams and stakeholders.
    Team,
    /// The table of projects.
    Projects,
}

impl Section {
    /// The word as it stands in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Attention => "attention",
            Self::Decisions => "decisions",
            Self::Movements => "movements",
            Self::Ratings => "ratings",
            Self::Words => "words",
            Self::Milestones => "milestones",
            Self::Dependencies => "dependencies",
            Self::Risks => "risks",
            Self::Issues => "issues",
            Self::Actions => "actions",
            Self::Changes => "changes",
            Self::Benefits => "benefits",
            Self::Team => "team",
            Self::Projects => "projects",
        }
    }
}

/// What was withheld from a register, without saying of whom or what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Withheld {
    /// The audience, by name.
    pub audience: String,
    /// What people call it.
    pub title: Option<String>,
    /// What is withheld.
    pub withhold: Vec<Withhold>,
    /// Projects that are confidential, or whose charter does not tell whether they are.
    pub projects: usize,
    /// Records of the other projects that are confidential, or whose file does not tell whether they are.
    pub records: usize,
    /// Projects that this audience is not meant to see.
    pub others: usize,
    /// The sections that are shown; all, when empty.
    pub sections: Vec<Section>,
}

impl Withheld {
    /// Whether this is withheld.
    pub fn has(&self, what: Withhold) -> bool {
        self.withhold.contains(&what)
    }

    /// Whether the section is shown.
    pub fn shows(&self, section: Section) -> bool {
        self.sections.is_empty() || self.sections.contains(&section)
    }
}
