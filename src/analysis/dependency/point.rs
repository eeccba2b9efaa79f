//! Points of the network, and the two that a dependency ties.

use std::fmt;

use crate::model::Target;
use crate::model::project::{Dependency, DependencyKind};

/// A point in a project that others can wait for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// The project.
    pub project: String,
    /// Where in the project.
    pub at: At,
}

/// Where in a project a point lies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// Its finish.
    Finish,
    /// Its start.
    Start,
    /// A milestone, by its id.
    Milestone(String),
}

impl Point {
    /// A project's finish.
    pub fn finish(project: &str) -> Self {
        Self { project: project.to_owned(), at: At::Finish }
    }

    /// A project's start.
    pub fn start(project: &str) -> Self {
        Self { project: project.to_owned(), at: At::Start }
    }

    /// A milestone of a project.
    pub fn milestone(project: &str, id: &str) -> Self {
        Self { project: project.to_owned(), at: At::Milestone(id.to_owned()) }
    }

    /// The milestone's id, where it is one.
    pub fn milestone_id(&self) -> Option<&str> {
        match &self.at {
            At::Milestone(id) => Some(id),
            At::Finish | At::Start => None,
        }
    }

    /// The point that a dependency in the charter of `home` waits for.
    ///
    /// Without a milestone it is the other project's start for `start-to-start` and `start-to-finish`, else its
    /// finish. A milestone has one day only, whatever the kind.
    pub fn supplying(dependency: &Dependency, home: &str) -> Option<Self> {
        match dependency.on.target(Some(home))? {
            Target::Named(project) => Some(match dependency.kind {
                DependencyKind::FinishToStart | DependencyKind::FinishToFinish => Self::finish(&project),
                DependencyKind::StartToStart | DependencyKind::StartToFinish => Self::start(&project),
            }),
            Target::Milestone { project, id } => Some(Self::milestone(&project, &id)),
            Target::Record(_) => None,
        }
    }

    /// The point that waits: the milestone that the dependency names, else the start for `start-to-start`, else
    /// the finish.
    pub fn waiting(dependency: &Dependency, home: &str) -> Self {
        match (&dependency.milestone, dependency.kind) {
            (Some(id), _) => Self::milestone(home, id),
            (None, DependencyKind::StartToStart) => Self::start(home),
            (None, _) => Self::finish(home),
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.at {
            At::Finish => f.write_str(&self.project),
            At::Start => write!(f, "{} (start)", self.project),
            At::Milestone(id) => write!(f, "{}#{id}", self.project),
        }
    }
}
