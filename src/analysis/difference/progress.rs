//! What the reports of the two periods say: ratings, forecasts, milestones.

use crate::analysis::{calendar, rating, schedule};
use crate::model::project::Milestone;
use crate::model::{Date, Name, Number, Period, Project, Rag, Register, Shelf, Status};

use super::past::Then;
use super::{Difference, Span};

/// The reports at both ends of a span.
pub(super) struct Reports<'a> {
    then: Option<(Period, &'a Status)>,
    now: Option<(Period, &'a Status)>,
}

impl<'a> Reports<'a> {
    /// The newest report that counted at the close, and the newest that counts now.
    pub fn of(register: &'a Register, id: &str, span: &Span) -> Self {
        Self {
            then: calendar::up_to(register, id, span.previous),
            now: calendar::newest(register, id, span.until),
        }
    }

    /// Both reports, where a new one came.
    fn both(&self) -> Option<(&'a Status, &'a Status)> {
        let ((earlier, then), (later, now)) = self.then.zip(self.now)?;
        (later > earlier).then_some((then, now))
    }
}

/// Declared and computed ratings that moved.
pub(super) fn ratings(
    register: &Register,
    then: Option<&Then<'_>>,
    id: &str,
    reports: &Reports<'_>,
    span: &Span,
    found: &mut Vec<Difference>,
) {
    if let (None, Some((_, now))) = (reports.then, reports.now) {
        found.push(Difference::FirstReport { rating: now.rag.overall });
    }
    let Some((before, now)) = reports.both() else { return };
    let (from, to) = (before.rag.overall, now.rag.overall);
    if from != to {
        found.push(Difference::Rating { from, to });
    }
    let earlier = computed_then(register, then, id, span);
    let later = rating::rate(register, id, span.until).map(|rating| rating.figures);
    if let (Some(from), Some(to)) = (earlier, later)
        && from != to
        && from != Rag::Grey
        && to != Rag::Grey
    {
        found.push(Difference::Figures { from, to });
    }
}

/// What the figures said at the close: by the charter and risks of then where they are known, else by those
/// of now.
fn computed_then(register: &Register, then: Option<&Then<'_>>, id: &str, span: &Span) -> Option<Rag> {
    let was = match then {
        Some(Then::Present { charter: Some(_), shelf, .. }) => Some(*shelf),
        _ => None,
    };
    let replaced = |kind: &str| was.is_some() && matches!(kind, "project" | "risk");
    let is_later = |name: &Name| matches!(name, Name::Period(period) if *period > span.previous);
    let mut shelf = Shelf::default();
    for (key, slot) in register.projects.get(id)?.all().filter(|(key, _)| !replaced(key.kind)) {
        if key.kind != "status" || !is_later(&key.name) {
            shelf.put(key.kind, key.name.clone(), slot.clone());
        }
    }
    for (key, slot) in was.iter().flat_map(|was| was.all()).filter(|(key, _)| replaced(key.kind)) {
        shelf.put(key.kind, key.name.clone(), slot.clone());
    }
    let mut own = Register { config: register.config.clone(), ..Register::default() };
    own.projects.insert(id.to_owned(), shelf);
    rating::rate(&own, id, span.after).map(|rating| rating.figures)
}

/// Forecasts of finish and cost that moved; only where both reports give one.
pub(super) fn forecasts(charter: &Project, reports: &Reports<'_>, found: &mut Vec<Difference>) {
    let Some((then, now)) = reports.both() else { return };
    if let (Some(from), Some(to)) = (then.forecast_finish, now.forecast_finish)
        && from != to
    {
        found.push(finish(charter, from, to));
    }
    if let (Some(from), Some(to)) = (then.forecast_cost, now.forecast_cost)
        && let Some(by) = to.0.checked_sub(from.0).filter(|by| !by.is_zero())
    {
        found.push(Difference::Cost { from, to, by: Number(by) });
    }
}

/// The forecast of the finish moved: by how much, and where that leaves it against what was agreed.
pub(super) fn finish(charter: &Project, from: Date, to: Date) -> Difference {
    let late = |agreed: Option<Date>| agreed.map(|agreed| to.days_since(agreed));
    let slip_days = late(charter.schedule.finish);
    let slip_from_original_days = late(schedule::original_finish(charter));
    Difference::Finish { from, to, days: to.days_since(from), slip_days, slip_from_original_days }
}

/// A milestone moved: by how much, and where that leaves it against what was agreed.
pub(super) fn moved(charter: &Project, milestone: &Milestone, from: Date, to: Date) -> Difference {
    let late = |agreed: Option<Date>| agreed.map(|agreed| to.days_since(agreed));
    Difference::MilestoneMoved {
        milestone: milestone.id.clone(),
        name: milestone.title().to_owned(),
        from,
        to,
        days: to.days_since(from),
        slip_days: late(milestone.baseline),
        slip_from_original_days: late(schedule::original_of(charter, &milestone.id)),
    }
}

/// Milestones that were met, missed or moved, in the charter's order.
///
/// Missed is one whose expected day (the forecast of the newest report, else the baseline) passed since the
/// close.
pub(super) fn milestones(charter: &Project, reports: &Reports<'_>, span: &Span, found: &mut Vec<Difference>) {
    let both = reports.both();
    for milestone in &charter.milestone {
        let in_report = |status: &Status| status.milestone.get(&milestone.id).cloned().unwrap_or_default();
        let now = reports.now.map(|(_, status)| in_report(status)).unwrap_or_default();
        let (id, name) = (milestone.id.clone(), milestone.title().to_owned());
        let was = both.map(|(then, _)| in_report(then));
        if let Some(on) = now.actual {
            let is_news = match &was {
                Some(was) => was.actual.is_none(),
                None => reports.then.is_none() && span.holds(Some(on)),
            };
            if is_news {
                let slip_days = milestone.baseline.map(|baseline| on.days_since(baseline));
                found.push(Difference::MilestoneMet { milestone: id, name, on, slip_days });
            }
            continue;
        }
        if charter.state.is_over() {
            continue;
        }
        let expected = |forecast: Option<Date>| forecast.or(milestone.baseline);
        let from = was.and_then(|was| expected(was.forecast).filter(|_| was.actual.is_none()));
        if let (Some(from), Some(to)) = (from, expected(now.forecast))
            && from != to
        {
            found.push(moved(charter, milestone, from, to));
        } else if let Some(due) = expected(now.forecast).filter(|due| span.after <= *due && *due < span.until)
        {
            found.push(Difference::MilestoneMissed { milestone: id, name, due });
        }
    }
}
