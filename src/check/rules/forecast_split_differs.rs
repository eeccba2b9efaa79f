//! `forecast-split-differs`: the forecasts by category do not add up to the forecast.

use rust_decimal::Decimal;

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "forecast-split-differs",
    weight: Weight::Advice,
    kinds: &[],
    reports: Reports::Newest(1),
    page: include_str!("../pages/forecast-split-differs.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for (_, id, status) in context.newest_reports() {
        let Some(forecast) = status.forecast_cost else { continue };
        let parts = status.forecast_by_category.values().map(|part| part.0);
        let Some(sum) = parts.reduce(Decimal::saturating_add).filter(|sum| *sum != forecast.0) else {
            continue;
        };
        let text = format!("the forecasts by category add up to {sum}, and the forecast is {forecast}");
        let help = "correct the one that is wrong; what belongs to no category may have one of its own";
        out.push(finding(&id, "forecast_by_category", text).label(format!("{sum} in all")).help(help));
    }
}
