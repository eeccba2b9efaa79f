//! What is withheld of a project's numbered records and reviews.

use crate::model::benefit::BenefitKind;
use crate::model::{Action, Assumption, Benefit, Change, Decision, Issue, Lesson, Ref, Review, Risk};

use super::cut::{Cut, Keeps, clear, drop_all, hide, link, name};

impl Cut for Risk {
    fn unlink(&mut self, keeps: Keeps<'_>) {
        link(&mut self.escalated_to, keeps);
        self.links.retain(keeps);
        self.reviewed.retain(|reviewed| keeps(&reviewed.link));
    }

    fn people(&mut self) {
        name(&mut self.owner);
        if let Some(acceptance) = &mut self.acceptance {
            hide(&mut acceptance.by);
        }
        if let Some(answer) = &mut self.answer {
            hide(&mut answer.by);
        }
    }

    fn money(&mut self) {
        (self.cost_effect, self.plan_cost, self.actual_cost) = (None, None, None);
        for assessment in [&mut self.initial, &mut self.target].into_iter().flatten() {
            assessment.cost_effect = None;
        }
    }

    fn text(&mut self) {
        drop_all([&mut self.cause, &mut self.event, &mut self.effect, &mut self.plan, &mut self.outcome]);
        if let Some(acceptance) = &mut self.acceptance {
            acceptance.reason = None;
        }
        if let Some(answer) = &mut self.answer {
            hide(&mut answer.decision);
        }
    }

    fn custom(&mut self) {
        clear(&mut self.custom);
    }
}

impl Cut for Issue {
    fn unlink(&mut self, keeps: Keeps<'_>) {
        link(&mut self.from, keeps);
        link(&mut self.escalated_to, keeps);
        self.links.retain(keeps);
        self.reviewed.retain(|reviewed| keeps(&reviewed.link));
    }

    fn people(&mut self) {
        name(&mut self.owner);
    }

    fn money(&mut self) {}

    fn text(&mut self) {
        drop_all([&mut self.description, &mut self.plan, &mut self.resolution]);
    }

    fn custom(&mut self) {
        clear(&mut self.custom);
    }
}

impl Cut for Assumption {
    fn unlink(&mut self, keeps: Keeps<'_>) {
        self.links.retain(keeps);
        self.reviewed.retain(|reviewed| keeps(&reviewed.link));
    }

    fn people(&mut self) {
        name(&mut self.owner);
    }

    fn money(&mut self) {}

    fn text(&mut self) {
        drop_all([&mut self.effect, &mut self.outcome]);
    }

    fn custom(&mut self) {
        clear(&mut self.custom);
    }
}

impl Cut for Action {
    fn unlink(&mut self, keeps: Keeps<'_>) {
        // A meeting is free text; what reads as a reference is one.
        if self.from.as_ref().is_some_and(|from| !keeps(&Ref::new(from.as_str()))) {
            self.from = None;
        }
        self.links.retain(keeps);
        self.reviewed.retain(|reviewed| keeps(&reviewed.link));
    }

    fn people(&mut self) {
        name(&mut self.owner);
    }

    fn money(&mut self) {}

    fn text(&mut self) {
        self.outcome = None;
        if self.from.as_ref().is_some_and(|from| !Ref::new(from.as_str()).looks_numbered()) {
            self.from = None;
        }
    }

    fn custom(&mut self) {
        clear(&mut self.custom);
    }
}

impl Cut for Decision {
    fn unlink(&mut self, keeps: Keeps<'_>) {
        self.links.retain(keeps);
        self.reviewed.retain(|reviewed| keeps(&reviewed.link));
    }

    fn people(&mut self) {
        name(&mut self.of);
        name(&mut self.decided_by);
    }

    fn money(&mut self) {}

    fn text(&mut self) {
        drop_all([&mut self.background, &mut self.recommendation, &mut self.outcome]);
        self.options = Vec::new();
    }

    fn custom(&mut self) {
        clear(&mut self.custom);
    }
}

impl Cut for Change {
    fn unlink(&mut self, keeps: Keeps<'_>) {
        link(&mut self.decision, keeps);
        self.links.retain(keeps);
        self.reviewed.retain(|reviewed| keeps(&reviewed.link));
    }

    fn people(&mut self) {
        name(&mut self.requested_by);
    }

    fn money(&mut self) {
        self.effect.cost = None;
    }

    fn text(&mut self) {
        drop_all([&mut self.reason, &mut self.effect.scope]);
    }

    fn custom(&mut self) {
        clear(&mut self.custom);
    }
}

impl Cut for Review {
    fn unlink(&mut self, keeps: Keeps<'_>) {
        self.links.retain(keeps);
        self.reviewed.retain(|reviewed| keeps(&reviewed.link));
    }

    fn people(&mut self) {
        for condition in &mut self.conditions {
            name(&mut condition.owner);
        }
    }

    fn money(&mut self) {}

    fn text(&mut self) {
        self.summary = None;
        self.evidence = Vec::new();
        for condition in &mut self.conditions {
            hide(&mut condition.text);
        }
    }

    fn custom(&mut self) {
        clear(&mut self.custom);
    }
}

/// Whether what is counted in this unit may be money; an unnamed unit may.
pub(super) fn may_be_money(unit: Option<&str>) -> bool {
    let Some(unit) = unit.map(str::trim).filter(|unit| !unit.is_empty()) else { return true };
    let is_currency = |word: &str| {
        let signs = ['€', '$', '£', '¥'];
        word.contains(signs) || iso_currency::Currency::from_code(&word.to_ascii_uppercase()).is_some()
    };
    unit.split(|c: char| !c.is_alphanumeric() && !"€$£¥".contains(c)).any(is_currency)
}

impl Cut for Benefit {
    fn unlink(&mut self, keeps: Keeps<'_>) {
        self.links.retain(keeps);
        self.reviewed.retain(|reviewed| keeps(&reviewed.link));
    }

    fn people(&mut self) {
        name(&mut self.owner);
    }

    fn money(&mut self) {
        if self.kind == Some(BenefitKind::NonCashable) && !may_be_money(self.unit.as_deref()) {
            return;
        }
        (self.baseline, self.target, self.forecast, self.times_a_year) = (None, None, None, None);
        (self.plan, self.measurement) = (Vec::new(), Vec::new());
    }

    fn text(&mut self) {
        for point in self.plan.iter_mut().chain(&mut self.measurement) {
            point.note = None;
        }
    }

    fn custom(&mut self) {
        clear(&mut self.custom);
    }
}

impl Cut for Lesson {
    fn unlink(&mut self, keeps: Keeps<'_>) {
        self.links.retain(keeps);
        self.reviewed.retain(|reviewed| keeps(&reviewed.link));
    }

    fn people(&mut self) {
        name(&mut self.owner);
    }

    fn money(&mut self) {}

    fn text(&mut self) {
        drop_all([&mut self.happened, &mut self.advice]);
    }

    fn custom(&mut self) {
        clear(&mut self.custom);
    }
}
