//! Everything about one project on one sheet.

mod agile;
mod benefits;
mod dependencies;
pub(super) mod investment;
pub(super) mod milestones;
mod open;
mod page;
mod people;
pub(super) mod risks;
mod words;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::analysis::calendar;
use crate::document::Document;
use crate::model::audience::{Section, Withhold};
use crate::model::project::Method;
use crate::model::{Date, Name, Project, Register, Reports, Scope, Target};

use super::head::{Asked, Head};
use super::incomplete::Incomplete;
use super::standing::{self, Standing};
use super::wanted::{self, Wanted};

pub use agile::Agile;
pub use benefits::BenefitLine;
pub use dependencies::DependencyLine;
pub use investment::Investment;
pub use milestones::{Gates, MilestoneLine};
pub use open::{ActionLine, ChangeLine, IssueLine};
pub(super) use page::{facts, notices, verdict};
pub use people::{Place, Stake};
pub use risks::RiskLine;
pub use words::{Explained, Overridden, Words};

/// Everything about one project.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProjectReport {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// How the project stands.
    pub standing: Standing,
    /// Why each dimension is rated as it is.
    pub ratings: Vec<Explained>,
    /// Why the organisation does it.
    pub purpose: Option<String>,
    /// Its phase and gates.
    pub gates: Gates,
    /// What the manager says in the newest report.
    pub words: Option<Words>,
    /// Its milestones, in the charter's order.
    pub milestones: Vec<MilestoneLine>,
    /// What waits for a decision.
    pub decisions: Vec<Wanted>,
    /// Open threats, the highest first.
    pub threats: Vec<RiskLine>,
    /// Open opportunities, the highest first.
    pub opportunities: Vec<RiskLine>,
    /// Open issues, the worst first.
    pub issues: Vec<IssueLine>,
    /// Open actions, the earliest due first.
    pub actions: Vec<ActionLine>,
    /// Changes and what became of them.
    pub changes: Vec<ChangeLine>,
    /// What it needs of other projects.
    pub dependencies: Vec<DependencyLine>,
    /// What the organisation gains.
    pub benefits: Vec<BenefitLine>,
    /// What it is worth as an investment; only on the project's own sheet, where a benefit is money.
    pub investment: Option<Investment>,
    /// Its sprints; only on the project's own sheet, where it reports any.
    pub agile: Option<Agile>,
    /// Whom it has, or asks for.
    pub people: Vec<Place>,
    /// Who has a stake in it.
    pub stakeholders: Vec<Stake>,
}

/// What has to be read to know what else must be: the project's charter.
pub fn scope_of_charter(project: &str) -> Scope {
    Scope { projects: Some(BTreeSet::from([project.to_owned()])), ..Scope::kinds(&["project"]) }
}

/// What a project needs of others, and when they expect to have it.
pub fn dependency_lines(register: &Register, id: &str, day: Date) -> Vec<DependencyLine> {
    let Some(charter) = register.project(id).filter(|charter| !charter.dependency.is_empty()) else {
        return Vec::new();
    };
    let status = calendar::newest(register, id, day).map(|(_, status)| status);
    dependencies::lines(register, id, charter, status, day)
}

/// What the report reads: everything of the project, and of those that it depends on what their dates
/// follow from. `register` holds the project's charter.
pub fn scope(register: &Register, project: &str, asked: &Asked) -> Scope {
    let mut projects = BTreeSet::from([project.to_owned()]);
    if let Some(charter) = register.project(project) {
        projects.extend(charter.dependency.iter().filter_map(|dependency| {
            match dependency.on.target(Some(project))? {
                Target::Named(id) | Target::Milestone { project: id, .. } => Some(id),
                Target::Record(_) => None,
            }
        }));
    }
    let kinds = [
        "project",
        "programme",
        "person",
        "risk",
        "issue",
        "action",
        "decision",
        "change",
        "review",
        "benefit",
        "actuals",
        "programme-status",
    ];
    let reports = if works_in_sprints(register, project) { Reports::All } else { Reports::Newest(2) };
    let scope = Scope::kinds(&kinds).with_reports(reports).on(asked.day);
    Scope { projects: Some(projects), ..scope }
}

/// Whether the charter says that the project is run in sprints, so that all its reports tell how it goes.
fn works_in_sprints(register: &Register, id: &str) -> bool {
    let method = register.project(id).and_then(|charter| charter.method);
    matches!(method, Some(Method::Agile | Method::Hybrid))
}

/// Makes the report; nothing when the project has no charter that could be read.
pub fn project(register: &Register, id: &str, asked: &Asked) -> Option<ProjectReport> {
    let mut report = sheet(register, id, asked, Incomplete::of(register, &scope(register, id, asked)))?;
    let head = &report.head;
    if head.shows(Section::Benefits) && !head.withholds(Withhold::Money) {
        report.investment = Investment::of(register, id, asked.day);
    }
    if works_in_sprints(register, id) && head.shows(Section::Milestones) {
        report.agile = Agile::of(register.projects.get(id)?, asked.day);
    }
    Some(report)
}

/// The sheet of one project, with what could not be used as it is given.
pub(super) fn sheet(
    register: &Register,
    id: &str,
    asked: &Asked,
    incomplete: Incomplete,
) -> Option<ProjectReport> {
    let shelf = register.projects.get(id)?;
    let charter: &Project = shelf.get(&Name::Sole)?;
    let standing = standing::gather(register, id, asked.day)?;
    let newest = calendar::newest(register, id, asked.day);
    let status = newest.map(|(_, status)| status);
    let (threats, opportunities) = risks::open(register, id, charter, shelf, status, asked.day);
    let mut report = ProjectReport {
        head: Head::new("project", register, asked),
        incomplete,
        ratings: words::explained(register, id, status, asked.day),
        purpose: charter.purpose.clone(),
        gates: milestones::gates(register, charter, shelf),
        words: newest.map(|(period, status)| Words::of(register, period, status, asked.day)),
        milestones: milestones::lines(charter, status, asked.day),
        decisions: wanted::of_project(register, id, asked.day),
        threats,
        opportunities,
        issues: open::issues(register, shelf, asked.day),
        actions: open::actions(register, shelf, asked.day),
        changes: open::changes(shelf, asked.day),
        dependencies: dependencies::lines(register, id, charter, status, asked.day),
        benefits: benefits::lines(register, shelf),
        investment: None,
        agile: None,
        people: people::places(register, charter),
        stakeholders: people::stakes(charter),
        standing,
    };
    report.keep();
    Some(report)
}

impl ProjectReport {
    /// Leaves out the sections that the readers do not see.
    fn keep(&mut self) {
        let head = &self.head;
        self.standing.keep(head);
        let hides = |section: Section| !head.shows(section);
        if hides(Section::Ratings) {
            self.ratings.clear();
        }
        if hides(Section::Words) {
            (self.words, self.purpose) = (None, None);
            self.ratings.iter_mut().for_each(|explained| explained.note = None);
        }
        if hides(Section::Milestones) {
            self.milestones.clear();
        }
        if hides(Section::Decisions) {
            self.decisions.clear();
        }
        if hides(Section::Risks) {
            self.threats.clear();
            self.opportunities.clear();
        }
        if hides(Section::Issues) {
            self.issues.clear();
        }
        if hides(Section::Actions) {
            self.actions.clear();
        }
        if hides(Section::Changes) {
            self.changes.clear();
        }
        if hides(Section::Dependencies) {
            self.dependencies.clear();
        }
        if hides(Section::Benefits) {
            self.benefits.clear();
        }
        if hides(Section::Team) {
            self.people.clear();
            self.stakeholders.clear();
        }
    }

    /// The report as a page.
    pub fn page(&self) -> Document {
        page::page(self)
    }
}
