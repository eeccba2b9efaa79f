//! What is withheld of people and periods.

use crate::model::{PeriodRecord, Person};

use super::cut::{Cut, Keeps, clear, hide, name};

impl Cut for Person {
    fn unlink(&mut self, _: Keeps<'_>) {}

    // Whoever withholds people withholds their files whole; this is for a caller who would not.
    fn people(&mut self) {
        hide(&mut self.name);
        self.email = None;
        (self.leave, self.certificate) = (Vec::new(), Vec::new());
    }

    fn money(&mut self) {}

    fn text(&mut self) {
        for leave in &mut self.leave {
            leave.reason = None;
        }
    }

    fn custom(&mut self) {
        clear(&mut self.custom);
    }
}

impl Cut for PeriodRecord {
    fn unlink(&mut self, _: Keeps<'_>) {}

    fn people(&mut self) {
        name(&mut self.closed_by);
        name(&mut self.reopened_by);
    }

    fn money(&mut self) {}

    fn text(&mut self) {
        name(&mut self.reason);
    }

    fn custom(&mut self) {}
}
