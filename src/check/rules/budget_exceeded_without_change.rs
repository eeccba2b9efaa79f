//! `budget-exceeded-without-change`: more money is needed than there is, and nobody has asked for it.

use rust_decimal::Decimal;

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::change::ChangeState;
use crate::model::scope::Reports;
use crate::model::{Change, Number};

pub const RULE: Rule = Rule {
    name: "budget-exceeded-without-change",
    weight: Weight::Promise,
    kinds: &["change", "actuals"],
    reports: Reports::Newest(1),
    page: include_str!("../pages/budget-exceeded-without-change.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for (at, id, _) in context.newest_reports() {
        let Some(budget) = at.charter.budget.approved.map(Number::from) else { continue };
        let reserve = at.charter.budget.contingency.map_or(Number::ZERO, Number::from);
        let Some(limit) = budget.0.checked_add(reserve.0) else { continue };
        let asked = at.shelf.records::<Change>().any(|(_, change)| {
            change.state == ChangeState::Submitted && change.effect.cost.is_some_and(|c| c.0 > Decimal::ZERO)
        });
        if asked {
            continue;
        }
        let with = if reserve == Number::ZERO { "" } else { " with its contingency" };
        let spent = at.earned.spent.map(|s| s.value).filter(|s| s.0 > limit);
        let (key, text) = if let Some(spent) = spent {
            ("actual_cost", format!("{spent} is spent, more than the budget{with} of {limit}"))
        } else if let Some(forecast) = at.cost.forecast.filter(|f| f.0 > limit) {
            ("forecast_cost", format!("{forecast} is forecast, more than the budget{with} of {limit}"))
        } else {
            continue;
        };
        let help = format!("ask for it: pmo change add {} --title …, with effect.cost, and submit it", at.id);
        out.push(
            finding(&id, key, format!("{text}, and no change asks for it"))
                .label("over the budget")
                .help(help),
        );
    }
}
