//! What changed since the period before, project by project, and how often.

use serde::Serialize;

use crate::analysis::difference::{self, Difference, Past, Span};
use crate::document::{Attention, Line, Rating};
use crate::model::lifecycle::ProjectState;
use crate::model::{Rag, Register};
use crate::report::selection::Selection;
use crate::report::standing::Standing;
use crate::text;

use super::{Before, Part, told};

/// What changed since the period before.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changed {
    /// Where the register of then was found; without it, changes that have no date are not known.
    pub against: Option<String>,
    /// Whether no project had a report before.
    pub is_first: bool,
    /// How often what changed.
    pub tally: Tally,
    /// The projects in which something changed.
    pub projects: Vec<ProjectChange>,
    /// Projects that were taken off the register.
    pub gone: Vec<Gone>,
}

/// What changed in a project.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProjectChange {
    /// The project.
    pub project: String,
    /// What people call it.
    pub name: String,
    /// The rating under which it counts.
    pub rating: Option<Rag>,
    /// The currency of its amounts.
    pub currency: String,
    /// What changed.
    pub differences: Vec<Difference>,
    #[serde(skip)]
    mark: Rating,
}

/// A project that was taken off the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gone {
    /// The project.
    pub project: String,
    /// What people called it.
    pub name: Option<String>,
}

/// How often what changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Tally {
    /// Projects that are rated worse.
    pub worse: usize,
    /// Projects that are rated better.
    pub better: usize,
    /// Milestones that were reached.
    pub milestones_met: usize,
    /// Milestones whose day passed without them.
    pub milestones_missed: usize,
    /// Milestones that are expected on another day.
    pub milestones_moved: usize,
    /// Risks that were raised.
    pub risks_raised: usize,
    /// Risks with a higher score.
    pub risks_higher: usize,
    /// Risks with a lower score.
    pub risks_lower: usize,
    /// Risks that were closed or happened.
    pub risks_ended: usize,
    /// Changes and decisions that were settled.
    pub decided: usize,
    /// Projects that came onto the register or started.
    pub started: usize,
    /// Projects that were put on hold.
    pub held: usize,
    /// Projects that ended.
    pub ended: usize,
}

/// What changed in a project; nothing where nothing did.
pub(super) fn of_project(
    register: &Register,
    past: Option<&Past<'_>>,
    standing: &Standing,
    span: &Span,
) -> Option<ProjectChange> {
    let differences = difference::of(register, past, &standing.project, span);
    (!differences.is_empty()).then(|| ProjectChange {
        project: standing.project.clone(),
        name: standing.name.clone(),
        rating: standing.rating.counted,
        currency: standing.cost.currency.clone(),
        differences,
        mark: standing.mark(),
    })
}

impl Changed {
    /// Nothing yet, but for what is known of all projects together.
    pub(super) fn new(
        before: Option<&Before>,
        past: Option<&Past<'_>>,
        parts: &[Part],
        selection: &Selection,
    ) -> Self {
        let gone = past.into_iter().flat_map(Past::gone).filter(|(_, charter)| {
            let programme = charter.and_then(|charter| charter.programme.as_deref());
            selection.programme.is_empty()
                || programme.is_some_and(|id| selection.programme.iter().any(|wanted| wanted == id))
        });
        Self {
            against: before.map(|before| before.source.clone()),
            is_first: !parts.iter().any(|part| part.had_reports),
            tally: Tally::default(),
            projects: Vec::new(),
            gone: gone
                .map(|(id, charter)| Gone {
                    project: id.to_owned(),
                    name: charter.map(|charter| charter.name.clone()),
                })
                .collect(),
        }
    }

    /// Whether a project's changes are no news: where nobody reported before, every report is a first one.
    pub(super) fn drops(&self, change: &ProjectChange) -> bool {
        let is_first = |one: &Difference| matches!(one, Difference::FirstReport { .. });
        self.is_first && change.differences.iter().all(is_first)
    }

    pub(super) fn add(&mut self, mut change: ProjectChange) {
        if self.drops(&change) {
            return;
        }
        if self.is_first {
            change.differences.retain(|one| !matches!(one, Difference::FirstReport { .. }));
        }
        change.differences.iter().for_each(|one| self.tally.add(one));
        self.projects.push(change);
    }

    /// Puts the gravest changes first.
    pub(super) fn sort(&mut self) {
        self.projects.sort_by(|a, b| (a.gravity(), &a.project).cmp(&(b.gravity(), &b.project)));
    }

    /// Whether there is anything to tell.
    pub fn is_empty(&self) -> bool {
        self.projects.is_empty() && self.gone.is_empty()
    }
}

impl ProjectChange {
    /// The milestones that are told here.
    pub(super) fn milestones(&self) -> impl Iterator<Item = &str> {
        self.differences.iter().filter_map(|one| match one {
            Difference::MilestoneMoved { milestone, .. } | Difference::MilestoneMissed { milestone, .. } => {
                Some(milestone.as_str())
            }
            _ => None,
        })
    }

    fn gravity(&self) -> u8 {
        self.differences.iter().map(gravity).min().unwrap_or(u8::MAX)
    }

    /// The line of a page.
    pub(super) fn line(&self) -> Attention {
        let lines = self.differences.iter().map(|one| told::line(one, &self.currency));
        Attention {
            mark: Some(self.mark),
            subject: self.project.clone(),
            text: lines.fold(Line::new(), |all, one| all.dot().line(one)),
            next: None,
        }
    }
}

/// How soon a reader wants to know it; the gravest is 0.
pub(in crate::report) fn gravity(difference: &Difference) -> u8 {
    let worse = |from: Rag, to: Rag| to.severity() > from.severity();
    match difference {
        Difference::Rating { from, to } if worse(*from, *to) => 0,
        Difference::State { .. } | Difference::Added { .. } | Difference::Removed { .. } => 1,
        Difference::Figures { from, to } if worse(*from, *to) => 2,
        Difference::MilestoneMissed { .. } => 2,
        Difference::Finish { days, .. } | Difference::MilestoneMoved { days, .. } if *days > 0 => 3,
        Difference::Cost { by, .. } if by.0.is_sign_positive() => 3,
        Difference::Baseline { .. } | Difference::Budget { .. } => 3,
        Difference::MilestoneRebaselined { .. } | Difference::MilestoneRemoved { .. } => 3,
        Difference::MilestoneReopened { .. } => 3,
        Difference::Dimension { from: Some(from), to: Some(to), .. } if worse(*from, *to) => 4,
        Difference::RiskReopened { .. } => 4,
        Difference::RiskRaised { .. } => 4,
        Difference::RiskScored { from, to, .. } if to > from => 4,
        Difference::RiskEnded { occurred: true, .. } => 4,
        Difference::Rating { .. } | Difference::MilestoneMet { .. } => 5,
        Difference::Reported { .. } | Difference::Progress { .. } | Difference::Spent { .. } => 8,
        Difference::Opened { .. } | Difference::Closed { .. } | Difference::Reopened { .. } => 7,
        Difference::Allocation { .. } | Difference::Reworded { .. } | Difference::Moved { .. } => 7,
        _ => 6,
    }
}

impl Tally {
    pub(in crate::report) fn add(&mut self, difference: &Difference) {
        let count = match difference {
            Difference::Rating { from, to } => match (from.severity(), to.severity()) {
                (Some(from), Some(to)) if to > from => &mut self.worse,
                (Some(_), Some(_)) => &mut self.better,
                _ => return,
            },
            Difference::MilestoneMet { .. } => &mut self.milestones_met,
            Difference::MilestoneMissed { .. } => &mut self.milestones_missed,
            Difference::MilestoneMoved { .. } => &mut self.milestones_moved,
            Difference::RiskRaised { .. } | Difference::RiskReopened { .. } => &mut self.risks_raised,
            Difference::RiskScored { from, to, .. } if to > from => &mut self.risks_higher,
            Difference::RiskScored { .. } => &mut self.risks_lower,
            Difference::RiskEnded { .. } => &mut self.risks_ended,
            Difference::ChangeDecided { .. } | Difference::DecisionTaken { .. } => &mut self.decided,
            Difference::State { to, .. } if to.is_over() => &mut self.ended,
            Difference::Removed { .. } => &mut self.ended,
            Difference::State { to: ProjectState::OnHold, .. } => &mut self.held,
            Difference::State { to: ProjectState::Active, .. } | Difference::Added { .. } => {
                &mut self.started
            }
            _ => return,
        };
        *count += 1;
    }

    /// The tally in words: `2 projects rated worse, 1 better · 1 milestone met, 3 moved · 1 new risk`.
    pub fn words(&self) -> String {
        let group = |noun: &str, counts: &[(usize, &str)]| {
            let mut words: Vec<String> = Vec::new();
            for (count, word) in counts.iter().filter(|(count, _)| *count > 0) {
                // The noun is said once, with the first count.
                words.push(match words.is_empty() {
                    true => format!("{} {word}", text::count(*count, noun)),
                    false => format!("{count} {word}"),
                });
            }
            words.join(", ")
        };
        let parts = [
            group("project", &[(self.worse, "rated worse"), (self.better, "rated better")]),
            group(
                "project",
                &[(self.started, "new or started"), (self.held, "on hold"), (self.ended, "ended")],
            ),
            group(
                "milestone",
                &[
                    (self.milestones_met, "met"),
                    (self.milestones_missed, "missed"),
                    (self.milestones_moved, "moved"),
                ],
            ),
            group(
                "risk",
                &[
                    (self.risks_raised, "new"),
                    (self.risks_higher, "higher"),
                    (self.risks_lower, "lower"),
                    (self.risks_ended, "closed"),
                ],
            ),
            group("decision", &[(self.decided, "taken")]),
        ];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tally_reads_well_with_none_one_and_many() {
        assert_eq!(Tally::default().words(), "");
        let one = Tally { worse: 1, milestones_missed: 1, ended: 1, decided: 1, ..Tally::default() };
        assert_eq!(
            one.words(),
            "1 project rated worse · 1 project ended · 1 milestone missed · 1 decision taken"
        );
        let many = Tally {
            worse: 2,
            better: 1,
            milestones_met: 3,
            milestones_moved: 1,
            risks_raised: 2,
            risks_ended: 2,
            ..one
        };
        assert_eq!(
            many.words(),
            "2 projects rated worse, 1 rated better · 1 project ended · 3 milestones met, 1 missed, 1 moved · \
             2 risks new, 2 closed · 1 decision taken"
        );
    }
}
