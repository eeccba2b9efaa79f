//! The five dimensions that the register's own figures can rate.

use rust_decimal::Decimal;

use super::reason::{Fact, Lack, Limit, LimitFrom, Reading, Reason, Unit};
use crate::analysis::benefits::shortfall;
use crate::analysis::earned_value::PlannedFrom;
use crate::analysis::exposure::{Band, has_response};
use crate::analysis::risk_life::is_review_overdue;
use crate::analysis::standing::Standing;
use crate::analysis::tolerance;
use crate::model::status::Dimension;
use crate::model::thresholds::Tolerance;
use crate::model::{Benefit, Config, Date, Number, Rag, RecordId};

fn grey(lacking: &'static str) -> Reason {
    Reason { rag: Rag::Grey, fact: Fact::Unknown { lacking }, limit: None }
}

fn measured(figure: Decimal, limit: Limit, fact: Fact) -> Reason {
    Reason { rag: limit.judge(figure), fact, limit: Some(limit) }
}

/// The limits of a tolerance in force: red beyond it, amber beyond half of it.
fn in_force<T>(
    config: &Config,
    at: &Standing<'_>,
    unit: Unit,
    of: impl Fn(&Tolerance) -> Option<T>,
) -> Option<Limit>
where
    Decimal: From<T>,
{
    let (tolerance, from) = tolerance::in_force(config, at.charter, of)?;
    let tolerance = Decimal::from(tolerance);
    let half = tolerance.checked_div(Decimal::TWO).map(Number);
    Some(Limit { amber: half, red: Some(Number(tolerance)), below: false, unit, from })
}

/// Slip of the finish and of key milestones not yet reached, and SPI(t).
pub(super) fn schedule(config: &Config, at: &Standing<'_>) -> Reading {
    let limits = &config.thresholds.schedule;
    let limit = match in_force(config, at, Unit::Days, |t| t.finish_days) {
        Some(limit) => limit,
        None => {
            // Days or percent of the baseline duration, whichever comes first.
            let first = |days: i64, percent: Number| {
                let share = at
                    .schedule
                    .duration
                    .and_then(|d| percent.0.checked_mul(d.into())?.checked_div(Decimal::ONE_HUNDRED));
                Some(Number(share.map_or(days.into(), |share| share.min(days.into()))))
            };
            Limit {
                amber: first(limits.amber_days, limits.amber_percent),
                red: first(limits.red_days, limits.red_percent),
                below: false,
                unit: Unit::Days,
                from: LimitFrom::Register,
            }
        }
    };
    let mut reasons = Vec::new();
    let view = &at.schedule;
    if let (Some(days), Some(baseline), Some(expected)) = (view.slip, view.finish, view.expected) {
        let fact = Fact::FinishSlip { days, baseline, expected, overdue: view.is_overdue };
        reasons.push(measured(days.into(), limit, fact));
    }
    for m in view.milestones.iter().filter(|m| m.milestone.key && !m.is_reached()) {
        if let (Some(days), Some(baseline), Some(expected)) = (m.slip, m.milestone.baseline, m.expected) {
            let milestone = m.milestone.id.clone();
            let fact = Fact::MilestoneSlip { milestone, days, baseline, expected, overdue: m.is_overdue };
            reasons.push(measured(days.into(), limit, fact));
        }
    }
    if let Some(earned) = at.earned.earned_schedule {
        let straight_line = at.earned.curve == Some(PlannedFrom::StraightLine);
        let limit = Limit {
            amber: Some(limits.amber_spi),
            // A straight line is a guess at the plan: it may warn, not condemn.
            red: (!straight_line).then_some(limits.red_spi),
            below: true,
            unit: Unit::Index,
            from: LimitFrom::Register,
        };
        let fact = Fact::SpiT { value: Number(earned.spi_t), straight_line };
        reasons.push(measured(earned.spi_t, limit, fact));
    }
    if reasons.is_empty() {
        reasons.push(grey("no forecast of finish or key milestones, no progress"));
    }
    Reading::of(Dimension::Schedule, reasons)
}

/// Forecast over budget, underspend, and CPI.
pub(super) fn cost(config: &Config, at: &Standing<'_>) -> Reading {
    let limits = &config.thresholds.cost;
    let mut reasons = Vec::new();
    if let (Some(percent), Some(budget), Some(forecast)) = (at.cost.percent, at.cost.budget, at.cost.forecast)
    {
        let over = in_force(config, at, Unit::Percent, |t| t.cost_percent.map(|n| n.0)).unwrap_or(Limit {
            amber: Some(limits.amber_percent),
            red: Some(limits.red_percent),
            below: false,
            unit: Unit::Percent,
            from: LimitFrom::Register,
        });
        let under = Limit {
            amber: Some(Number(-limits.underspend_percent.0)),
            red: None,
            below: true,
            unit: Unit::Percent,
            from: LimitFrom::Register,
        };
        let limit = if percent.0.is_sign_negative() && !percent.0.is_zero() { under } else { over };
        reasons.push(measured(percent.0, limit, Fact::CostVariance { percent, budget, forecast }));
    }
    if let Some(cpi) = at.earned.cpi {
        let done = at.earned.percent_done;
        let limit = Limit {
            amber: Some(limits.amber_cpi),
            red: Some(limits.red_cpi),
            below: true,
            unit: Unit::Index,
            from: LimitFrom::Register,
        };
        let mut reason = measured(cpi.0, limit, Fact::Cpi { value: cpi, percent_done: done });
        if done.is_none_or(|done| done < limits.cpi_from_percent) {
            reason.rag = Rag::Grey;
        }
        reasons.push(reason);
    }
    if reasons.is_empty() {
        reasons.push(grey("no budget with a forecast, no cost to date with progress"));
    }
    Reading::of(Dimension::Cost, reasons)
}

/// Changes submitted and undecided: their share of the budget, and how long the oldest waits.
pub(super) fn scope(config: &Config, at: &Standing<'_>) -> Reading {
    let limits = &config.thresholds.scope;
    let found = &at.undecided;
    let limit = |amber: Number, red: Option<Number>, unit: Unit| Limit {
        amber: Some(amber),
        red,
        below: false,
        unit,
        from: LimitFrom::Register,
    };
    if found.broken > 0 && found.count == 0 {
        return Reading::of(Dimension::Scope, vec![grey("a change request could not be read")]);
    }
    if found.count == 0 {
        let reason = Reason { rag: Rag::Green, fact: Fact::NothingUndecided, limit: None };
        return Reading::of(Dimension::Scope, vec![reason]);
    }
    let mut reasons = Vec::new();
    let complete = found.without_cost == 0 && found.broken == 0 && found.percent.is_some();
    if let Some(percent) = found.percent.filter(|_| found.without_cost < found.count) {
        let limit = in_force(config, at, Unit::Percent, |t| t.scope_percent.map(|n| n.0))
            .unwrap_or_else(|| limit(limits.amber_percent, Some(limits.red_percent), Unit::Percent));
        let fact = Fact::UndecidedCost { percent, changes: found.count - found.without_cost };
        reasons.push(measured(percent.0, limit, fact));
    }
    if let Some((change, days)) = &found.longest {
        let limit = limit(limits.waiting_days.into(), None, Unit::WorkingDays);
        let fact = Fact::ChangeWaiting { change: change.to_string(), days: *days };
        reasons.push(measured((*days).into(), limit, fact));
    }
    if !complete {
        // What is known may be amber or red, but with something unknown it is never green.
        for reason in reasons.iter_mut().filter(|r| r.rag == Rag::Green) {
            reason.rag = Rag::Grey;
        }
        let changes = if found.percent.is_none() { found.count } else { found.without_cost };
        let fact = Fact::UndecidedUnknown { changes };
        reasons.push(Reason { rag: Rag::Grey, fact, limit: None });
    }
    Reading::of(Dimension::Scope, reasons)
}

/// Open threats in the red band, and the expected value of all against the contingency; opportunities never count.
pub(super) fn risk(config: &Config, at: &Standing<'_>, day: Date) -> Reading {
    let exposure = &at.exposure;
    let mut reasons = Vec::new();
    for view in exposure.threats.iter().filter(|v| v.band == Some(Band::Red)) {
        let (risk, score) = (view.id.to_string(), view.score.unwrap_or_default());
        let lack = if view.risk.owner.as_deref().is_none_or(|o| o.trim().is_empty()) {
            Some(Lack::Owner)
        } else if !has_response(view.risk) {
            Some(Lack::Response)
        } else if is_review_overdue(view.risk, &config.risk, day) {
            Some(Lack::Review)
        } else {
            None
        };
        reasons.push(match lack {
            Some(lack) => {
                Reason { rag: Rag::Red, fact: Fact::UntendedThreat { risk, score, lack }, limit: None }
            }
            None => Reason { rag: Rag::Amber, fact: Fact::RedThreat { risk, score }, limit: None },
        });
    }
    let unscored = exposure.threats.iter().filter(|v| v.score.is_none()).count();
    let open = exposure.threats.len();
    if reasons.is_empty() && exposure.recorded > 0 && (open == 0 || unscored < open) {
        let fact = Fact::NoRedThreat { open, unscored };
        reasons.push(Reason { rag: Rag::Green, fact, limit: None });
    }
    if let (Some(expected), Some(contingency)) = (exposure.threatened.value(), exposure.contingency) {
        let limit = Limit {
            amber: Some(contingency),
            red: None,
            below: false,
            unit: Unit::Money,
            from: LimitFrom::Register,
        };
        reasons.push(measured(expected.0, limit, Fact::ExpectedValue { expected, contingency }));
    }
    if reasons.is_empty() {
        reasons.push(grey(if open > 0 { "no open threat is assessed" } else { "no threat is recorded" }));
    }
    Reading::of(Dimension::Risk, reasons)
}

/// The worst benefit: forecast below target.
pub(super) fn benefits(config: &Config, at: &Standing<'_>) -> Reading {
    let limits = &config.thresholds.benefits;
    let limit = in_force(config, at, Unit::Percent, |t| t.benefits_percent.map(|n| n.0)).unwrap_or(Limit {
        amber: Some(limits.amber_percent),
        red: Some(limits.red_percent),
        below: false,
        unit: Unit::Percent,
        from: LimitFrom::Register,
    });
    let mut reasons: Vec<Reason> = at
        .shelf
        .records::<Benefit>()
        .filter_map(|(name, benefit)| {
            let percent = shortfall(benefit)?;
            let id = RecordId { kind: "benefit", home: at.id.to_owned(), name: name.clone() };
            let fact = Fact::Shortfall { benefit: id.to_string(), percent };
            Some(measured(percent.0, limit, fact))
        })
        .collect();
    if reasons.is_empty() {
        reasons.push(grey("no benefit has a target and a forecast"));
    }
    Reading::of(Dimension::Benefits, reasons)
}
