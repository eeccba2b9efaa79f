//! The forecast at completion over the approved budget.

use rust_decimal::Decimal;

use crate::model::number::Money;
use crate::model::{Number, Project, Register, Status};

/// The currency of a project's amounts: its own, else the register's.
pub fn currency<'a>(register: &'a Register, project: &'a Project) -> &'a str {
    project.currency.as_deref().unwrap_or(&register.config.register.currency)
}

/// The forecast beside the budget; the variance only where both are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CostView {
    /// The budget at completion (BAC), without contingency and management reserve.
    pub budget: Option<Money>,
    /// The estimate at completion (EAC), as the manager forecasts it.
    pub forecast: Option<Money>,
    /// Forecast − budget; positive is more than agreed.
    pub variance: Option<Money>,
    /// The variance in percent of the budget; unknown where the budget is zero.
    pub percent: Option<Number>,
}

/// Sets the newest forecast beside the budget.
///
/// Variance = EAC − BAC, in the project's currency; percent = variance ÷ BAC × 100. (The variance at
/// completion, VAC, of earned value practice has the opposite sign.)
pub fn view(charter: &Project, status: Option<&Status>) -> CostView {
    let budget = charter.budget.approved.map(Number::from);
    let forecast = status.and_then(|s| s.forecast_cost);
    let variance = budget.zip(forecast).and_then(|(b, f)| f.0.checked_sub(b.0)).map(Number);
    let percent = variance.zip(budget).and_then(|(v, b)| percent_of(v.0, b.0)).map(Number);
    CostView { budget, forecast, variance, percent }
}

/// `part` ÷ `whole` × 100, or nothing where the whole is zero.
pub fn percent_of(part: Decimal, whole: Decimal) -> Option<Decimal> {
    part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::{register, status};

    fn percent(budget: &str, forecast: &str) -> Option<String> {
        let charter = format!("name = 'CRM'\nmanager = 'jana'\nstate = 'active'\n{budget}");
        let report = format!("summary = 'x'\nrag.overall = 'green'\n{forecast}");
        let register = register(&[
            ("projects/crm/project.toml", &charter),
            ("projects/crm/status/2026-W47.toml", &report),
        ]);
        let view = view(register.project("crm").unwrap(), status(&register, "2026-11-20"));
        view.percent.map(|p| p.0.normalize().to_string())
    }

    #[test]
    fn a_variance_needs_both_sides() {
        for (budget, forecast, expected) in [
            ("budget.approved = 1_200_000", "forecast_cost = 1_260_000", Some("5")),
            ("budget.approved = 1_200_000", "forecast_cost = 1_260_000.12", Some("5.00001")),
            ("budget.approved = 400", "forecast_cost = 300", Some("-25")),
            ("budget.approved = 400", "", None),
            ("", "forecast_cost = 300", None),
            ("budget.approved = 0", "forecast_cost = 300", None),
        ] {
            assert_eq!(percent(budget, forecast).as_deref(), expected, "{budget} {forecast}");
        }
    }
}
