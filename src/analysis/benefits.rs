//! How far the forecast of a benefit falls short of its target, and what was realised of its plan.

mod realised;

use rust_decimal::Decimal;

pub(super) use realised::points;
pub use realised::{Realised, currency, planned, realised, worth};

use super::cost::percent_of;
use crate::model::benefit::BenefitKind;
use crate::model::{Benefit, Number};

/// Whether less is better: the target lies below the baseline. Of a loss that comes with the change
/// (a disbenefit) the way from the baseline to the target is the wrong one, and without both less is better.
pub fn is_less_better(benefit: &Benefit) -> bool {
    let is_loss = benefit.kind == Some(BenefitKind::Disbenefit);
    match (benefit.baseline, benefit.target) {
        (Some(baseline), Some(target)) if baseline != target => (target < baseline) != is_loss,
        _ => is_loss,
    }
}

/// What a value is worth against the baseline: positive where it is better, negative where it is worse.
///
/// Formula: value − baseline, with the sign turned where less is better, in the benefit's unit.
pub fn gain(benefit: &Benefit, value: Decimal) -> Option<Decimal> {
    let change = value.checked_sub(benefit.baseline?.0)?;
    if is_less_better(benefit) { Decimal::ZERO.checked_sub(change) } else { Some(change) }
}

/// The forecast's distance from the target on the wrong side, in percent of the target; negative when the
/// target is exceeded, unknown without both or where the target is zero.
///
/// Formula: (target − forecast) ÷ |target| × 100, with the sign turned where less is better.
pub fn shortfall(benefit: &Benefit) -> Option<Number> {
    let (target, forecast) = (benefit.target?.0, benefit.forecast?.0);
    let mut distance = target.checked_sub(forecast)?;
    if is_less_better(benefit) {
        distance = Decimal::ZERO.checked_sub(distance)?;
    }
    percent_of(distance, target.abs()).map(Number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::register;

    fn of(figures: &str) -> Option<String> {
        let text = format!("title = 'x'\n{figures}");
        let register = register(&[("projects/crm/benefits/B-001.toml", &text)]);
        let (_, benefit) = register.records::<Benefit>().next()?;
        shortfall(benefit).map(|n| n.0.normalize().to_string())
    }

    #[test]
    fn shortfall_knows_which_way_is_better() {
        for (figures, expected) in [
            ("target = 200\nforecast = 170", Some("15")),
            ("target = 200\nforecast = 230", Some("-15")),
            ("baseline = 14\ntarget = 10\nforecast = 12", Some("20")),
            ("baseline = 14\ntarget = 10\nforecast = 9", Some("-10")),
            ("kind = 'disbenefit'\ntarget = 50\nforecast = 60", Some("20")),
            ("kind = 'disbenefit'\nbaseline = 0\ntarget = 24\nforecast = 30", Some("25")),
            ("kind = 'disbenefit'\nbaseline = 80\ntarget = 70\nforecast = 77", Some("-10")),
            ("target = 0\nforecast = 5", None),
            ("target = 5", None),
        ] {
            assert_eq!(of(figures).as_deref(), expected, "{figures}");
        }
    }
}
