//! Key performance indicators of a group of projects: sums over sums, never means of ratios.

use rust_decimal::Decimal;

use super::benefits::realised;
use super::conversion::{Conversion, at as at_rate};
use super::cost;
use super::standing::Standing;
use crate::model::decision::DecisionState;
use crate::model::kpi::{Indicator, Kpi};
use crate::model::{Benefit, Date, Decision, Number, Rag, Register};

/// An indicator of a group on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Taken {
    /// The value, in the indicator's unit; nothing where no project gives one.
    pub value: Option<Number>,
    /// Over how many projects it was taken; of benefits and decisions how many of those.
    pub counted: usize,
    /// How many should have given a figure and did not.
    pub missing: usize,
}

/// A part and the whole that it is taken of, added up over projects.
#[derive(Default)]
struct Ratio {
    part: Decimal,
    whole: Decimal,
    counted: usize,
    missing: usize,
}

impl Ratio {
    fn add(&mut self, both: Option<(Decimal, Decimal)>) -> Option<()> {
        match both {
            Some((part, whole)) => {
                self.part = self.part.checked_add(part)?;
                self.whole = self.whole.checked_add(whole)?;
                self.counted += 1;
            }
            None => self.missing += 1,
        }
        Some(())
    }

    fn taken(self, times: Decimal) -> Taken {
        let share = self.part.checked_mul(times).and_then(|part| part.checked_div(self.whole));
        let value = share.filter(|_| self.counted > 0).map(Number);
        Taken { value, counted: self.counted, missing: self.missing }
    }
}

/// Takes an indicator of a group of projects that are not over, on a day.
///
/// Money is added up in the register's own currency, at the rates of the day; projects whose currency has none
/// count as missing.
pub fn take(register: &Register, group: &[&Standing<'_>], indicator: Indicator, day: Date) -> Taken {
    let mut conversion = Conversion::new(register, day);
    let mut worth = |at: &Standing<'_>, part: Number, whole: Number| {
        let rate = conversion.rate(cost::currency(register, at.charter));
        Some((at_rate(Some(part), rate)?.0, at_rate(Some(whole), rate)?.0))
    };
    let hundred = Decimal::ONE_HUNDRED;
    let is_one = |yes: bool| if yes { Decimal::ONE } else { Decimal::ZERO };
    let over = |times: Decimal, of: &mut dyn FnMut(&Standing<'_>) -> Option<(Decimal, Decimal)>| {
        let mut ratio = Ratio::default();
        for at in group {
            if ratio.add(of(at)).is_none() {
                return Taken { missing: group.len(), ..Taken::default() };
            }
        }
        ratio.taken(times)
    };
    match indicator {
        Indicator::RedShare => over(hundred, &mut |at| {
            let rag = at.status()?.rag.overall;
            (rag != Rag::Grey).then(|| (is_one(rag == Rag::Red), Decimal::ONE))
        }),
        Indicator::CostVariance => over(hundred, &mut |at| worth(at, at.cost.variance?, at.cost.budget?)),
        Indicator::Slip => {
            over(Decimal::ONE, &mut |at| Some((Decimal::from(at.schedule.slip?), Decimal::ONE)))
        }
        Indicator::Cpi => {
            over(Decimal::ONE, &mut |at| worth(at, at.earned.earned?.value, at.earned.spent?.value))
        }
        Indicator::Spi => {
            over(Decimal::ONE, &mut |at| worth(at, at.earned.earned?.value, at.earned.planned?.value))
        }
        Indicator::Exposure => {
            over(hundred, &mut |at| worth(at, at.exposure.threatened.value()?, at.exposure.contingency?))
        }
        Indicator::Reports => {
            let mut ratio = Ratio::default();
            for at in group.iter().filter(|at| at.filing.reports) {
                let _ = ratio.add(Some((is_one(at.filing.is_current), Decimal::ONE)));
            }
            ratio.taken(hundred)
        }
        Indicator::Benefits => {
            let mut ratio = Ratio::default();
            for (_, benefit) in group.iter().flat_map(|at| at.shelf.records::<Benefit>()) {
                let behind = realised(benefit, day).behind_percent;
                let _ = ratio.add(behind.map(|behind| (is_one(behind <= Number::ZERO), Decimal::ONE)));
            }
            ratio.taken(hundred)
        }
        Indicator::DecisionsOverdue => {
            let all = group.iter().flat_map(|at| at.shelf.records::<Decision>());
            let overdue = all.filter(|(_, decision)| is_overdue(decision, day)).count();
            let counted = group.len();
            let value = Some(Number(Decimal::from(overdue))).filter(|_| counted > 0);
            Taken { value, counted, missing: 0 }
        }
    }
}

/// Whether a decision was wanted before the day, and not taken by then.
fn is_overdue(decision: &Decision, day: Date) -> bool {
    let is_open = match decision.state {
        DecisionState::Open => true,
        _ => decision.decided_on.is_some_and(|on| on > day),
    };
    let is_raised = decision.raised.is_none_or(|raised| raised <= day);
    is_open && is_raised && decision.wanted_by.is_some_and(|by| by < day)
}

/// The value as a rating by the indicator's limits; beyond means strictly beyond.
pub fn rate(kpi: &Kpi, value: Number) -> Rag {
    let (amber, red) = kpi.limits();
    let beyond = |limit: Number| if kpi.metric.is_more_better() { value < limit } else { value > limit };
    match () {
        () if beyond(red) => Rag::Red,
        () if beyond(amber) => Rag::Amber,
        () => Rag::Green,
    }
}

/// Whether the register can tell what the indicator was on an earlier day: risks are only known as they are now.
pub fn has_past(indicator: Indicator) -> bool {
    indicator != Indicator::Exposure
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::{day, register};

    fn taken(indicator: Indicator, files: &[(&str, &str)]) -> (String, usize, usize) {
        let register = register(files);
        let on = day("2026-11-20");
        let all: Vec<Standing<'_>> =
            register.projects.keys().filter_map(|id| Standing::of(&register, id, on)).collect();
        let group: Vec<&Standing<'_>> = all.iter().collect();
        let found = take(&register, &group, indicator, on);
        let value = found.value.map_or("·".to_owned(), |value| value.0.round_dp(2).normalize().to_string());
        (value, found.counted, found.missing)
    }

    const A: &str = "name = 'A'\nmanager = 'j'\nstate = 'active'\nbudget.approved = 1000\n";
    const B: &str = "name = 'B'\nmanager = 'j'\nstate = 'active'\nbudget.approved = 100\n";
    const RED: &str = "summary = 'x'\nrag.overall = 'red'\ndate = 2026-11-20\nforecast_cost = 1100\n\
        percent_complete = 50\nactual_cost = 1000\n";
    const GREEN: &str = "summary = 'x'\nrag.overall = 'green'\ndate = 2026-11-20\nforecast_cost = 90\n\
        percent_complete = 50\nactual_cost = 25\n";

    #[test]
    fn a_group_is_the_sum_of_its_parts_and_never_a_mean_of_ratios() {
        let both = [
            ("projects/a/project.toml", A),
            ("projects/b/project.toml", B),
            ("projects/a/status/2026-W47.toml", RED),
            ("projects/b/status/2026-W47.toml", GREEN),
        ];
        assert_eq!(taken(Indicator::RedShare, &both), ("50".into(), 2, 0));
        // (100 − 10) ÷ 1100, not the mean of +10 % and −10 %.
        assert_eq!(taken(Indicator::CostVariance, &both), ("8.18".into(), 2, 0));
        // (500 + 50) ÷ (1000 + 25), not the mean of 0.5 and 2.
        assert_eq!(taken(Indicator::Cpi, &both), ("0.54".into(), 2, 0));
        assert_eq!(taken(Indicator::Spi, &both), ("·".into(), 0, 2));
        assert_eq!(taken(Indicator::Reports, &both), ("100".into(), 2, 0));
        assert_eq!(taken(Indicator::DecisionsOverdue, &both), ("0".into(), 2, 0));
        assert_eq!(taken(Indicator::Benefits, &both), ("·".into(), 0, 0));
        // Money in another currency is added up at a rate, and is missing without one.
        let dollars = B.replace("state", "currency = 'USD'\nstate");
        let mixed = [both[0], ("projects/b/project.toml", dollars.as_str()), both[2], both[3]];
        assert_eq!(taken(Indicator::CostVariance, &mixed), ("10".into(), 1, 1));
        let rate =
            "[register]\nformat = 1\n[[finance.rate]]\ncurrency = 'USD'\nfrom = 2026-01-01\nrate = 2\n";
        let mixed = [mixed[0], mixed[1], mixed[2], mixed[3], ("pmo.toml", rate)];
        // (100 − 20) ÷ (1000 + 200).
        assert_eq!(taken(Indicator::CostVariance, &mixed), ("6.67".into(), 2, 0));
        assert_eq!(taken(Indicator::RedShare, &both[..2]), ("·".into(), 0, 2));
    }

    #[test]
    fn limits_are_beyond_on_the_bad_side() {
        let kpi = |metric| Kpi { metric, name: None, amber: None, red: Some(12.into()) };
        assert_eq!(rate(&kpi(Indicator::CostVariance), 5.into()), Rag::Green);
        assert_eq!(rate(&kpi(Indicator::CostVariance), 12.into()), Rag::Amber);
        assert_eq!(rate(&kpi(Indicator::CostVariance), 13.into()), Rag::Red);
        assert_eq!(rate(&kpi(Indicator::Reports), 94.into()), Rag::Amber);
        assert_eq!(rate(&kpi(Indicator::Reports), 11.into()), Rag::Red);
    }
}
