//! What is withheld of what is agreed: charters, programmes, objectives, requests.

use crate::model::{Objective, Programme, Project, Ref, Request};

use super::cut::{Cut, Keeps, clear, drop_all, hide, link, name};

/// Whether a bare name, such as an objective's or a project's, may stay.
fn keeps_name(name: &str, keeps: Keeps<'_>) -> bool {
    keeps(&Ref::new(name))
}

impl Cut for Project {
    fn unlink(&mut self, keeps: Keeps<'_>) {
        link(&mut self.request, keeps);
        if let Some(baseline) = &mut self.baseline {
            link(&mut baseline.change, keeps);
            link(&mut baseline.decision, keeps);
        }
        self.dependency.retain(|dependency| keeps(&dependency.on));
        self.alignment.retain(|alignment| keeps_name(&alignment.objective, keeps));
    }

    fn people(&mut self) {
        hide(&mut self.manager);
        name(&mut self.sponsor);
        for allocation in &mut self.allocation {
            name(&mut allocation.person);
        }
        for stakeholder in &mut self.stakeholder {
            hide(&mut stakeholder.name);
        }
    }

    fn money(&mut self) {
        self.budget = crate::model::project::Budget::default();
        self.currency = None;
        self.cost = Vec::new();
        // A planned value is an amount, and the curve of them is a share of the budget.
        self.planned_value = Vec::new();
        for earlier in &mut self.superseded {
            earlier.budget = None;
        }
    }

    fn text(&mut self) {
        drop_all([&mut self.purpose, &mut self.scope]);
        for dependency in &mut self.dependency {
            dependency.note = None;
        }
        for stakeholder in &mut self.stakeholder {
            stakeholder.channel = None;
        }
    }

    fn custom(&mut self) {
        clear(&mut self.custom);
    }
}

impl Cut for Programme {
    fn unlink(&mut self, keeps: Keeps<'_>) {
        self.alignment.retain(|alignment| keeps_name(&alignment.objective, keeps));
    }

    fn people(&mut self) {
        name(&mut self.manager);
        name(&mut self.sponsor);
    }

    fn money(&mut self) {}

    fn text(&mut self) {
        self.purpose = None;
    }

    fn custom(&mut self) {
        clear(&mut self.custom);
    }
}

impl Cut for Objective {
    fn unlink(&mut self, _: Keeps<'_>) {}

    fn people(&mut self) {
        name(&mut self.owner);
    }

    fn money(&mut self) {
        // What an objective counts in may be money; only a unit that is plainly none stays.
        if super::items::may_be_money(self.unit.as_deref()) {
            (self.baseline, self.target) = (None, None);
        }
    }

    fn text(&mut self) {
        self.description = None;
    }

    fn custom(&mut self) {
        clear(&mut self.custom);
    }
}

impl Cut for Request {
    fn unlink(&mut self, keeps: Keeps<'_>) {
        self.links.retain(keeps);
        self.reviewed.retain(|reviewed| keeps(&reviewed.link));
        self.alignment.retain(|alignment| keeps_name(&alignment.objective, keeps));
    }

    fn people(&mut self) {
        name(&mut self.requested_by);
        name(&mut self.sponsor);
    }

    fn money(&mut self) {
        self.estimated_cost = None;
    }

    fn text(&mut self) {
        drop_all([&mut self.problem, &mut self.outcome, &mut self.reason]);
    }

    fn custom(&mut self) {
        clear(&mut self.custom);
    }
}
