//! Progress, money and forecasts of a status file that is being filled in.

use serde::Serialize;

use super::{Known, comment, slip, underscored};
use crate::model::{Actuals, Number, Period, Shelf};

/// A figure of the report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// The key.
    pub key: &'static str,
    /// Whether the manager is asked for it; otherwise it stands in a comment.
    pub wanted: bool,
    /// The value that is carried over; a judgement has none.
    pub carried: Option<Number>,
    /// What stands beside it.
    pub comment: String,
}

/// What was booked so far, where booked costs are kept.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Booked {
    /// The sum of all months.
    pub total: Number,
    /// The newest month.
    pub until: Period,
}

/// Adds up `actuals/`.
pub(super) fn booked(shelf: &Shelf) -> Option<Booked> {
    let mut total = None;
    let mut until = None;
    for (period, actuals) in shelf.series::<Actuals>() {
        if let Some(cost) = actuals.cost {
            total = Some(total.unwrap_or(Number::ZERO).0.checked_add(cost.0).map(Number)?);
            until = Some(period);
        }
    }
    Some(Booked { total: total?, until: until? })
}

/// Every figure, in the order of the format.
pub(super) fn all(known: &Known<'_>, shelf: &Shelf) -> Vec<Figure> {
    let last = known.last;
    let budget = &known.charter.budget;
    let percent = last.and_then(|s| s.percent_complete).map(|p| Number(p.0));
    let money = |value: Option<Number>| known.last_said(value.map(underscored));
    let approved = budget.approved.map(|a| format!("approved {}", underscored(a)));

    let mut figures = vec![Figure {
        key: "percent_complete",
        wanted: known.asks("percent_complete", percent.is_some()),
        carried: percent,
        comment: known
            .last_said(percent)
            .unwrap_or_else(|| "physical work done, 0 to 100; not time or money".into()),
    }];

    let earned = last.and_then(|s| s.earned_value);
    if earned.is_some() || known.required.contains(&"earned_value") {
        let comment = comment([money(earned), approved.clone()], ", ");
        figures.push(Figure { key: "earned_value", wanted: true, carried: earned, comment });
    }
    // Spent to date stands in the report only where booked costs are not kept.
    if shelf.slots("actuals").next().is_none() {
        let spent = last.and_then(|s| s.actual_cost);
        figures.push(Figure {
            key: "actual_cost",
            wanted: known.asks("actual_cost", spent.is_some()),
            carried: spent,
            comment: comment([money(spent).or_else(|| Some("spent to date".into())), approved.clone()], ", "),
        });
    }
    let drawn = last.and_then(|s| s.contingency_drawn);
    if drawn.is_some() || budget.contingency.is_some() {
        let of = budget.contingency.map(|c| format!("of {}", underscored(c)));
        figures.push(Figure {
            key: "contingency_drawn",
            wanted: drawn.is_some() || known.required.contains(&"contingency_drawn"),
            carried: drawn,
            comment: comment([money(drawn).or_else(|| Some("to date".into())), of], ", "),
        });
    }
    figures.extend([forecast_cost(known), forecast_finish(known)]);
    let confidence = last.and_then(|s| s.confidence);
    figures.push(Figure {
        key: "confidence",
        wanted: confidence.is_some() || known.required.contains(&"confidence"),
        carried: None,
        comment: comment(
            [Some("percent, of meeting both forecasts".into()), known.last_said(confidence)],
            "; ",
        ),
    });
    figures
}

fn forecast_cost(known: &Known<'_>) -> Figure {
    let last = known.last.and_then(|s| s.forecast_cost);
    let approved = known.charter.budget.approved.map(Number::from);
    let over = last.zip(approved).and_then(|(f, a)| f.0.checked_sub(a.0)).map(|difference| {
        let sign = if difference.is_sign_negative() { "" } else { "+" };
        format!("{sign}{}", underscored(difference))
    });
    let agreed = approved.map(|a| format!("approved {}", underscored(a)));
    let beside = comment([agreed, over], ", ");
    let said =
        known.last_said(last.map(underscored)).or_else(|| Some("at completion, as you expect it".into()));
    Figure {
        key: "forecast_cost",
        wanted: known.asks("forecast_cost", last.is_some()),
        carried: None,
        comment: comment([said, Some(beside)], ": "),
    }
}

fn forecast_finish(known: &Known<'_>) -> Figure {
    let last = known.last.and_then(|s| s.forecast_finish);
    let finish = known.charter.schedule.finish;
    let late = last.zip(finish).map(|(forecast, finish)| slip(forecast.days_since(finish)));
    let beside = comment([finish.map(|f| format!("baseline {f}")), late], ", ");
    let said = known.last_said(last).or_else(|| Some("the day it ends, as you expect it".into()));
    Figure {
        key: "forecast_finish",
        wanted: known.asks("forecast_finish", last.is_some()),
        carried: None,
        comment: comment([said, Some(beside)], ": "),
    }
}
