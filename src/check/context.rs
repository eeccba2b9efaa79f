//! What rules look at: the register on a day, with the figures of each project gathered once.

use std::sync::OnceLock;

use rayon::prelude::*;

use crate::analysis::dependency::Network;
use crate::analysis::standing::Standing;
use crate::model::{Date, Name, RecordId, Register, Status};

/// A register on a day.
pub struct Context<'a> {
    /// The register.
    pub register: &'a Register,
    /// The day.
    pub day: Date,
    /// The figures of each project whose charter was read, by id.
    pub standings: Vec<Standing<'a>>,
    network: OnceLock<Network<'a>>,
}

impl<'a> Context<'a> {
    /// Gathers the figures of every project.
    pub fn new(register: &'a Register, day: Date) -> Self {
        let ids: Vec<&String> = register.projects.keys().collect();
        let standings = ids.into_par_iter().filter_map(|id| Standing::of(register, id, day)).collect();
        Self { register, day, standings, network: OnceLock::new() }
    }

    /// Who waits for whom, drawn once for all rules that look at it.
    pub fn network(&self) -> &Network<'a> {
        self.network.get_or_init(|| Network::of(self.register, self.day))
    }

    /// The projects that are not over.
    pub fn live(&self) -> impl Iterator<Item = &Standing<'a>> {
        self.standings.iter().filter(|at| !at.charter.state.is_over())
    }

    /// The newest report that counts of each project that owes reports, with the report's identity.
    pub fn newest_reports(&self) -> impl Iterator<Item = (&Standing<'a>, RecordId, &'a Status)> {
        self.live().filter(|at| at.filing.reports).filter_map(|at| {
            at.filing.newest.map(|(period, status)| (at, RecordId::status(at.id, period), status))
        })
    }

    /// The figures of a project.
    pub fn standing(&self, project: &str) -> Option<&Standing<'a>> {
        // They stand in the order of their ids.
        self.standings.binary_search_by(|at| at.id.cmp(project)).ok().map(|index| &self.standings[index])
    }

    /// Whether the record stands in a project that is not over, or in none.
    pub fn is_live(&self, id: &RecordId) -> bool {
        self.standing(&id.home).is_none_or(|at| !at.charter.state.is_over())
    }

    /// Whether the record is a report older than the newest that counts, or of a project that owes none:
    /// what it said was true in its day.
    pub fn is_past_report(&self, id: &RecordId) -> bool {
        match (id.kind, &id.name) {
            ("status", Name::Period(period)) => self
                .standing(&id.home)
                .is_none_or(|at| !at.filing.reports || at.period().is_some_and(|newest| *period < newest)),
            _ => false,
        }
    }
}

/// The identity of a project's charter.
pub fn charter(project: &str) -> RecordId {
    RecordId::project(project)
}

/// The identity of a record in a project's folder.
pub fn in_project(kind: &'static str, project: &str, name: &Name) -> RecordId {
    RecordId { kind, home: project.to_owned(), name: name.clone() }
}
