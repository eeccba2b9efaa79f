//! What programmes hold back from the report: left out of it, and counted.

use std::collections::BTreeSet;

use crate::analysis::difference::Difference;
use crate::analysis::moderation;
use crate::model::{Date, RecordId, Register, Target};

use crate::report::project::ProjectReport;

use super::{Part, ProjectChange};

/// What programmes hold back in the current period.
#[derive(Debug, Default)]
pub(in crate::report) struct Held {
    /// Records and milestones, by reference.
    items: BTreeSet<String>,
    /// Whole projects.
    projects: BTreeSet<String>,
}

impl Held {
    pub fn of(register: &Register, day: Date) -> Self {
        let mut held = Self::default();
        for one in moderation::held_back(register, day) {
            let Some(id) = register.resolve(one.item, Some(one.programme)) else { continue };
            match one.item.target(Some(one.programme)) {
                Some(Target::Milestone { project, id }) => held.items.insert(format!("{project}#{id}")),
                _ if id == RecordId::project(&id.home) => held.projects.insert(id.home),
                _ => held.items.insert(id.to_string()),
            };
        }
        held
    }

    /// How many items are held back.
    pub fn count(&self) -> usize {
        self.items.len() + self.projects.len()
    }

    /// Whether all of a project is held back.
    pub fn has_project(&self, id: &str) -> bool {
        self.projects.contains(id)
    }

    /// Whether a record is held back, by itself or with its project.
    pub fn has(&self, reference: &str) -> bool {
        let home = reference.split(['/', '#']).next().unwrap_or(reference);
        self.items.contains(reference) || self.has_project(home)
    }

    /// Takes out of a project's part what is held back.
    pub(super) fn sift(&self, part: &mut Part) {
        part.decisions.retain(|one| !self.has(&one.record));
        part.waiting.retain(|one| !self.has(&one.risk));
        part.overdue.retain(|one| !self.has(&one.record));
        part.upcoming.retain(|one| !self.has(&format!("{}#{}", one.project, one.milestone)));
        part.change = part.change.take().and_then(|change| self.sifted(change));
    }

    /// Takes out of a project's sheet what is held back.
    pub fn sift_sheet(&self, sheet: &mut ProjectReport) {
        let id = sheet.standing.project.clone();
        let has = |name: &str| self.has(&format!("{id}/{name}"));
        sheet.decisions.retain(|one| !self.has(&one.record));
        sheet.threats.retain(|one| !self.has(&one.risk));
        sheet.opportunities.retain(|one| !self.has(&one.risk));
        sheet.milestones.retain(|one| !self.has(&format!("{id}#{}", one.id)));
        sheet.issues.retain(|one| !has(&one.issue));
        sheet.actions.retain(|one| !has(&one.action));
        sheet.changes.retain(|one| !has(&one.change));
        sheet.benefits.retain(|one| !has(&one.benefit));
        if sheet.standing.top_risk.as_ref().is_some_and(|top| self.has(&top.risk)) {
            sheet.standing.top_risk = None;
        }
    }

    fn sifted(&self, mut change: ProjectChange) -> Option<ProjectChange> {
        self.sift_differences(&change.project, &mut change.differences);
        (!change.differences.is_empty()).then_some(change)
    }

    /// Takes out of a project's changes what is held back.
    pub fn sift_differences(&self, id: &str, differences: &mut Vec<Difference>) {
        let is_held = |one: &Difference| match one {
            Difference::MilestoneMet { milestone, .. }
            | Difference::MilestoneMissed { milestone, .. }
            | Difference::MilestoneMoved { milestone, .. } => self.has(&format!("{id}#{milestone}")),
            Difference::RiskRaised { risk: record, .. }
            | Difference::RiskScored { risk: record, .. }
            | Difference::RiskEnded { risk: record, .. }
            | Difference::ChangeDecided { change: record, .. }
            | Difference::DecisionTaken { decision: record, .. } => self.has(&format!("{id}/{record}")),
            // The rest is told between two states only, which hold nothing back.
            _ => false,
        };
        differences.retain(|one| !is_held(one));
    }
}
