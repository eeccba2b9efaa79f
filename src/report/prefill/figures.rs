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
        if let Some(cost) = actuals.total() {
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

    // Where points are counted and no percentage was stated, the points say what is done.
    let points = last.filter(|s| s.percent_complete.is_none()).and_then(|s| s.progress());
    let by_points =
        points.map(|p| format!("{} % by the points done, which count without it", p.0.round_dp(0)));
    let mut figures = vec![Figure {
        key: "percent_complete",
        wanted: points.is_none() && known.asks("percent_complete", percent.is_some()),
        carried: percent,
        comment: by_points
            .map(|words| format!("{} {words}", known.last_spoken))
            .or_else(|| known.last_said(percent))
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
    for (key, agreed, drawn) in [
        ("contingency_drawn", budget.contingency, last.and_then(|s| s.contingency_drawn)),
        ("reserve_drawn", budget.management_reserve, last.and_then(|s| s.reserve_drawn)),
    ] {
        if drawn.is_none() && agreed.is_none() {
            continue;
        }
        let of = agreed.map(|agreed| format!("of {}", underscored(agreed)));
        figures.push(Figure {
            key,
            wanted: drawn.is_some() || known.required.contains(&key),
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

/// A category of cost whose forecast is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CategoryDraft {
    /// The category.
    pub key: String,
    /// Whether the manager is asked for it, because the last report had it; otherwise it stands in a comment.
    pub wanted: bool,
    /// What stands beside it.
    pub comment: String,
}

/// The categories of the charter, then those of the last report only.
pub(super) fn categories(known: &Known<'_>) -> Vec<CategoryDraft> {
    let last = known.last.map(|status| &status.forecast_by_category);
    let agreed = known.charter.cost.iter().map(|line| (line.category.as_str(), line.approved));
    let mut all: Vec<_> = agreed.collect();
    for name in last.iter().flat_map(|last| last.keys()) {
        if all.iter().all(|(known, _)| known != name) {
            all.push((name, None));
        }
    }
    let draft = |(name, approved): (&str, Option<crate::model::number::Amount>)| {
        let said = last.and_then(|last| last.get(name)).copied();
        let approved = approved.map(|approved| format!("approved {}", underscored(approved)));
        CategoryDraft {
            key: name.to_owned(),
            wanted: said.is_some(),
            comment: comment([known.last_said(said.map(underscored)), approved], ": "),
        }
    };
    all.into_iter().map(draft).collect()
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
