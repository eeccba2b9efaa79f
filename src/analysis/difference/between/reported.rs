//! What the newest reports of the two states say: ratings, forecasts, milestones, progress.

use crate::analysis::difference::progress;
use crate::analysis::standing::Standing;
use crate::model::status::Dimension;
use crate::model::{Date, Number, RecordId};

use super::{Difference, Finds};

/// The record of a state's newest report.
fn report(at: &Standing<'_>) -> Option<RecordId> {
    at.period().map(|period| RecordId::status(at.id, period))
}

/// Tells a difference that the newest report of the second state says.
fn tell(now: &Standing<'_>, finds: &mut Finds, difference: Difference, keys: &[&str]) {
    match report(now) {
        Some(record) => finds.of(&record, difference, keys),
        None => finds.agreed(difference, &[]),
    }
}

/// A newer report, and the ratings that it declares.
pub(super) fn ratings(then: &Standing<'_>, now: &Standing<'_>, finds: &mut Finds) {
    let Some((period, status)) = now.filing.newest else { return };
    let Some((earlier, before)) = then.filing.newest else {
        tell(now, finds, Difference::FirstReport { rating: status.rag.overall }, &[""]);
        return;
    };
    let (from, to) = (before.rag.overall, status.rag.overall);
    if from != to {
        tell(now, finds, Difference::Rating { from, to }, &["rag.overall"]);
    }
    for dimension in Dimension::ALL {
        let (from, to) = (before.rag.get(dimension), status.rag.get(dimension));
        if from != to {
            tell(now, finds, Difference::Dimension { dimension, from, to }, &[key(dimension)]);
        }
    }
    if period != earlier {
        tell(now, finds, Difference::Reported { period }, &[""]);
    }
}

fn key(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Schedule => "rag.schedule",
        Dimension::Cost => "rag.cost",
        Dimension::Scope => "rag.scope",
        Dimension::Risk => "rag.risk",
        Dimension::Benefits => "rag.benefits",
        Dimension::Resources => "rag.resources",
        Dimension::Quality => "rag.quality",
    }
}

/// Forecasts of finish and cost that moved; only where both states give one.
pub(super) fn forecasts(then: &Standing<'_>, now: &Standing<'_>, finds: &mut Finds) {
    let Some((before, status)) = then.status().zip(now.status()) else { return };
    if let (Some(from), Some(to)) = (before.forecast_finish, status.forecast_finish)
        && from != to
    {
        tell(now, finds, progress::finish(now.charter, from, to), &["forecast_finish"]);
    }
    if let (Some(from), Some(to)) = (before.forecast_cost, status.forecast_cost)
        && let Some(by) = to.0.checked_sub(from.0).filter(|by| !by.is_zero())
    {
        tell(now, finds, Difference::Cost { from, to, by: Number(by) }, &["forecast_cost"]);
    }
}

/// Milestones that were met, missed or moved, in the charter's order.
pub(super) fn milestones(
    (then, day_then): (&Standing<'_>, Date),
    (now, day_now): (&Standing<'_>, Date),
    finds: &mut Finds,
) {
    let seen = |at: &Standing<'_>, id: &str| {
        at.status().and_then(|status| status.milestone.get(id)).cloned().unwrap_or_default()
    };
    for milestone in &now.charter.milestone {
        let Some(old) = then.charter.milestone(&milestone.id) else { continue };
        let (was, is) = (seen(then, &milestone.id), seen(now, &milestone.id));
        let (id, name) = (milestone.id.clone(), milestone.title().to_owned());
        let key = format!("milestone.{id}");
        let keys = [key.as_str()];
        match (was.actual, is.actual) {
            (None, Some(on)) => {
                let slip_days = milestone.baseline.map(|baseline| on.days_since(baseline));
                tell(now, finds, Difference::MilestoneMet { milestone: id, name, on, slip_days }, &keys);
                continue;
            }
            (Some(_), None) => {
                tell(now, finds, Difference::MilestoneReopened { milestone: id, name }, &keys);
                continue;
            }
            (Some(_), Some(_)) => continue,
            (None, None) => {}
        }
        if now.charter.state.is_over() {
            continue;
        }
        let expected = (was.forecast.or(old.baseline), is.forecast.or(milestone.baseline));
        let (Some(from), Some(to)) = expected else { continue };
        // Where only the agreed day moved, that is what is told.
        if from != to && was.forecast != is.forecast {
            let key = format!("{key}.forecast");
            tell(now, finds, progress::moved(now.charter, milestone, from, to), &[&key]);
        } else if day_then <= to && to < day_now {
            tell(now, finds, Difference::MilestoneMissed { milestone: id, name, due: to }, &[]);
        }
    }
}

/// The share of the work that is done, and what was spent.
pub(super) fn progress(then: &Standing<'_>, now: &Standing<'_>, finds: &mut Finds) {
    let percent = |at: &Standing<'_>| at.status().and_then(|status| status.progress());
    if let (Some(from), Some(to)) = (percent(then), percent(now))
        && from != to
    {
        let keys = ["percent_complete", "agile.done_total", "agile.scope_total"];
        let is_stated = now.status().is_some_and(|status| status.percent_complete.is_some());
        tell(now, finds, Difference::Progress { from, to }, if is_stated { &keys[..1] } else { &keys });
    }
    let spent = |at: &Standing<'_>| at.earned.spent.map(|spent| spent.value);
    if let (Some(from), Some(to)) = (spent(then), spent(now))
        && let Some(by) = to.0.checked_sub(from.0).filter(|by| !by.is_zero())
    {
        tell(now, finds, Difference::Spent { from, to, by: Number(by) }, &["actual_cost"]);
    }
}
