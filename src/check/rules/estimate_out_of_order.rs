//! `estimate-out-of-order`: a lowest, likely and highest value that do not rise.

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::scope::Reports;
use crate::model::{NumberOr, Risk};

pub const RULE: Rule = Rule {
    name: "estimate-out-of-order",
    weight: Weight::Broken,
    kinds: &["risk"],
    reports: Reports::None,
    page: include_str!("../pages/estimate-out-of-order.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for (id, risk) in context.register.records::<Risk>() {
        let now = ("", &risk.cost_effect, &risk.days_effect);
        let others = [("initial.", &risk.initial), ("target.", &risk.target)];
        let others =
            others.into_iter().filter_map(|(at, a)| a.as_ref().map(|a| (at, &a.cost_effect, &a.days_effect)));
        for (at, cost, days) in std::iter::once(now).chain(others) {
            for (key, effect) in [("cost_effect", cost), ("days_effect", days)] {
                let Some(NumberOr::Table(points)) = effect else { continue };
                let points = [points.low, points.likely, points.high].map(|point| point.0);
                if !points.is_sorted() {
                    let [low, likely, high] = points.map(|point| point.normalize());
                    let text = format!("low {low}, likely {likely} and high {high} do not rise");
                    let help =
                        "write the lowest value as `low`, the most likely as `likely`, the highest as `high`";
                    out.push(finding(&id, &format!("{at}{key}"), text).help(help));
                }
            }
        }
    }
}
