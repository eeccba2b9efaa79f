//! What is withheld of what is reported: status reports, programmes' words, booked costs.

use crate::model::{Actuals, ProgrammeStatus, Ref, Status};

use super::cut::{Cut, Keeps, clear, hide, name};

impl Cut for Status {
    fn unlink(&mut self, keeps: Keeps<'_>) {
        self.decisions_needed.retain(keeps);
    }

    fn people(&mut self) {
        name(&mut self.by);
        if let Some(given) = &mut self.override_ {
            name(&mut given.accepted_by);
        }
    }

    fn money(&mut self) {
        (self.earned_value, self.actual_cost) = (None, None);
        (self.contingency_drawn, self.reserve_drawn, self.forecast_cost) = (None, None, None);
        clear(&mut self.forecast_by_category);
    }

    fn text(&mut self) {
        hide(&mut self.summary);
        (self.achieved, self.next) = (Vec::new(), Vec::new());
        // That there is a way back to green is a fact that the report reckons with.
        name(&mut self.path_to_green);
        self.note = crate::model::status::Notes::default();
        if let Some(given) = &mut self.override_ {
            hide(&mut given.reason);
        }
        for milestone in self.milestone.values_mut() {
            milestone.note = None;
        }
    }

    fn custom(&mut self) {
        clear(&mut self.custom);
    }
}

impl Cut for ProgrammeStatus {
    fn unlink(&mut self, keeps: Keeps<'_>) {
        self.raise.retain(keeps);
        self.hold_back.retain(|held| keeps(&held.item));
        self.project.retain(|id, _| keeps(&Ref::new(id.as_str())));
    }

    fn people(&mut self) {
        name(&mut self.by);
        for assessed in self.project.values_mut() {
            name(&mut assessed.by);
        }
    }

    fn money(&mut self) {}

    fn text(&mut self) {
        hide(&mut self.summary);
        for held in &mut self.hold_back {
            hide(&mut held.reason);
        }
        for assessed in self.project.values_mut() {
            assessed.comment = None;
        }
    }

    fn custom(&mut self) {
        clear(&mut self.custom);
    }
}

impl Cut for Actuals {
    fn unlink(&mut self, _: Keeps<'_>) {}

    fn people(&mut self) {}

    fn money(&mut self) {
        (self.cost, self.committed) = (None, None);
        clear(&mut self.category);
        clear(&mut self.committed_by_category);
    }

    fn text(&mut self) {
        self.source = None;
    }

    fn custom(&mut self) {
        clear(&mut self.custom);
    }
}
