//! The lifecycle of a project: its states, the moves between them, and the organisation's phases.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where a project stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProjectState {
    /// Put forward, not yet approved.
    Proposed,
    /// Approved, not yet started.
    Approved,
    /// Under way; reports.
    Active,
    /// Stopped for a time.
    OnHold,
    /// Delivered, being handed over and closed; reports.
    Closing,
    /// Ended as agreed.
    Closed,
    /// Ended before its time.
    Terminated,
}

impl ProjectState {
    /// Every state, in the order of a project's life.
    pub const ALL: [Self; 7] = [
        Self::Proposed,
        Self::Approved,
        Self::Active,
        Self::OnHold,
        Self::Closing,
        Self::Closed,
        Self::Terminated,
    ];

    /// The word as it stands in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Approved => "approved",
            Self::Active => "active",
            Self::OnHold => "on-hold",
            Self::Closing => "closing",
            Self::Closed => "closed",
            Self::Terminated => "terminated",
        }
    }

    /// Whether a project in this state owes status reports.
    pub fn reports(self) -> bool {
        matches!(self, Self::Active | Self::Closing)
    }

    /// Whether the project's life is over.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Closed | Self::Terminated)
    }

    /// The states that a project may move to from this one.
    pub fn moves(self) -> &'static [Self] {
        match self {
            Self::Proposed => &[Self::Approved, Self::Terminated],
            Self::Approved => &[Self::Active, Self::OnHold, Self::Terminated],
            Self::Active => &[Self::OnHold, Self::Closing, Self::Terminated],
            Self::OnHold => &[Self::Active, Self::Terminated],
            Self::Closing => &[Self::Closed, Self::Active, Self::Terminated],
            Self::Closed | Self::Terminated => &[],
        }
    }
}

impl fmt::Display for ProjectState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// A phase of the organisation's lifecycle (`[[phase]]` in `pmo.toml`, in order).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// The word used in `phase = "…"`.
    pub id: String,
    /// Its name in reports.
    pub name: Option<String>,
    /// The gate that ends it, such as `G3`.
    pub gate: Option<String>,
}
