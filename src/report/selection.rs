//! Which projects a report lists, in which groups and order: the same words as `list`.

use std::cmp::{Ordering, Reverse};
use std::str::FromStr;

use serde::Serialize;

use crate::model::lifecycle::ProjectState;

use super::standing::Standing;

/// Which projects are listed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Selection {
    /// Only these states; all but the ended ones unless given.
    pub state: Vec<String>,
    /// Only projects of these programmes.
    pub programme: Vec<String>,
    /// Only projects of these divisions.
    pub division: Vec<String>,
    /// Only projects of these managers, by id or name.
    pub manager: Vec<String>,
    /// Only projects that count under these ratings.
    pub rag: Vec<String>,
}

impl Selection {
    /// Whether the project would be listed, had it not ended.
    pub fn keeps_ended(&self, standing: &Standing) -> bool {
        let ended = ProjectState::ALL.into_iter().filter(|state| state.is_over());
        let state = ended.map(|state| state.word().to_owned()).collect();
        self.state.is_empty() && Self { state, ..self.clone() }.keeps(standing)
    }

    /// Whether the project is listed.
    pub fn keeps(&self, standing: &Standing) -> bool {
        let any = |wanted: &[String], has: &[Option<&str>]| {
            wanted.is_empty()
                || wanted.iter().any(|word| has.iter().flatten().any(|own| own.eq_ignore_ascii_case(word)))
        };
        let state = standing.state;
        let in_state =
            if self.state.is_empty() { !state.is_over() } else { any(&self.state, &[Some(state.word())]) };
        let manager = [Some(standing.manager.as_str()), Some(standing.manager_name.as_str())];
        let programme = [standing.programme.as_deref(), standing.programme_name.as_deref()];
        in_state
            && any(&self.programme, &programme)
            && any(&self.division, &[standing.division.as_deref()])
            && any(&self.manager, &manager)
            && any(&self.rag, &[Some(standing.rating.counted.map_or("grey", |rag| rag.word()))])
    }
}

/// By what the lines of a report are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum GroupBy {
    /// The programme.
    Programme,
    /// The division.
    Division,
    /// The manager.
    Manager,
    /// The state of the lifecycle.
    State,
}

impl GroupBy {
    /// The words that name the groupings.
    pub const WORDS: [&'static str; 4] = ["programme", "division", "manager", "state"];

    /// The word that names it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Programme => "programme",
            Self::Division => "division",
            Self::Manager => "manager",
            Self::State => "state",
        }
    }

    /// The key that orders the project's group, and its title.
    pub fn title(self, standing: &Standing) -> (String, String) {
        let named = |name: Option<&str>, none: &str| match name {
            Some(name) => (name.to_lowercase(), name.to_owned()),
            // After every name.
            None => ("\u{10ffff}".to_owned(), none.to_owned()),
        };
        match self {
            Self::Programme => {
                let name = standing.programme_name.as_deref().or(standing.programme.as_deref());
                named(name, "Without a programme")
            }
            Self::Division => named(standing.division.as_deref(), "Without a division"),
            Self::Manager => named(Some(&standing.manager_name), ""),
            Self::State => {
                let place = ProjectState::ALL.iter().position(|state| *state == standing.state).unwrap_or(0);
                (place.to_string(), standing.state.word().to_owned())
            }
        }
    }
}

/// A word that names no grouping or order.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is none of {}", known.join(", "))]
pub struct UnknownWord {
    /// The word.
    pub word: String,
    /// The words that are known.
    pub known: Vec<&'static str>,
}

impl FromStr for GroupBy {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Ok(match word {
            "programme" => Self::Programme,
            "division" => Self::Division,
            "manager" => Self::Manager,
            "state" => Self::State,
            _ => return Err(UnknownWord { word: word.to_owned(), known: Self::WORDS.to_vec() }),
        })
    }
}

/// In which order projects are listed; equal ones by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// Those that need somebody first.
    #[default]
    Attention,
    /// By id.
    Project,
    /// By the manager's name.
    Manager,
    /// The most over budget first.
    Variance,
    /// The most behind first.
    Slip,
    /// The largest budget first.
    Budget,
    /// The earliest expected finish first.
    Finish,
    /// The highest risk first.
    Risk,
}

impl Sort {
    /// The words that name the orders.
    pub const WORDS: [&'static str; 8] =
        ["attention", "project", "manager", "variance", "slip", "budget", "finish", "risk"];

    /// Which of two projects comes first; one without the value comes last.
    pub fn compare(self, a: &Standing, b: &Standing) -> Ordering {
        fn largest<T: Ord>(a: Option<T>, b: Option<T>) -> Ordering {
            (a.is_none(), Reverse(a)).cmp(&(b.is_none(), Reverse(b)))
        }
        let order = match self {
            Self::Attention => a.urgency().cmp(&b.urgency()),
            Self::Project => Ordering::Equal,
            Self::Manager => a.manager_name.to_lowercase().cmp(&b.manager_name.to_lowercase()),
            Self::Variance => largest(a.cost.variance_percent, b.cost.variance_percent),
            Self::Slip => largest(a.finish.slip_days, b.finish.slip_days),
            Self::Budget => largest(a.cost.approved, b.cost.approved),
            Self::Finish => {
                let (a, b) = (a.finish.expected(), b.finish.expected());
                (a.is_none(), a).cmp(&(b.is_none(), b))
            }
            Self::Risk => {
                let score = |standing: &Standing| standing.top_risk.as_ref().map(|risk| risk.score);
                largest(score(a), score(b))
            }
        };
        order.then_with(|| a.project.cmp(&b.project))
    }
}

impl FromStr for Sort {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Ok(match word {
            "attention" | "rag" => Self::Attention,
            "project" | "id" => Self::Project,
            "manager" => Self::Manager,
            "variance" => Self::Variance,
            "slip" => Self::Slip,
            "budget" => Self::Budget,
            "finish" => Self::Finish,
            "risk" => Self::Risk,
            _ => return Err(UnknownWord { word: word.to_owned(), known: Self::WORDS.to_vec() }),
        })
    }
}
/// What a report with a line a project is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Grouping {
    /// Which projects.
    pub selection: Selection,
    /// In which groups.
    pub group_by: Option<GroupBy>,
}
