//! What risks are worth: expected value now and after the response, and what the response brings and costs.

use serde::Serialize;

use super::exposure::expected_value;
use super::sum::Sum;
use crate::model::number::Money;
use crate::model::risk::{Response, RiskKind, RiskState};
use crate::model::{Number, Risk};

/// What one risk is worth, in the project's currency; positive for a threat's cost and an opportunity's saving alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize)]
pub struct Worth {
    /// Expected value now: chance × effect.
    pub now: Option<Money>,
    /// Expected value after the response. What `[target]` does not state stays as it is now.
    pub after: Option<Money>,
    /// What the response costs.
    pub plan_cost: Option<Money>,
    /// What the response brings: of a threat now − after, of an opportunity after − now; nothing where `[target]`
    /// states neither chance nor effect, unless the risk is accepted.
    pub gain: Option<Money>,
    /// What the response brings beyond its cost: gain − plan cost.
    pub net: Option<Money>,
}

impl Worth {
    /// What the risk is worth.
    pub fn of(risk: &Risk) -> Self {
        let now = expected_value(risk.chance, risk.cost_effect.as_ref());
        let is_accepted = risk.state == RiskState::Accepted || risk.response == Some(Response::Accept);
        let target = risk.target.as_ref().filter(|to| to.chance.is_some() || to.cost_effect.is_some());
        let after = match target {
            Some(target) => expected_value(
                target.chance.or(risk.chance),
                target.cost_effect.as_ref().or(risk.cost_effect.as_ref()),
            ),
            None => now,
        };
        let is_known = target.is_some() || (is_accepted && risk.target.is_none());
        let minus = |from: Money, what: Money| from.0.checked_sub(what.0).map(Number);
        let gain = now.zip(after).filter(|_| is_known).and_then(|(now, after)| match risk.kind {
            RiskKind::Threat => minus(now, after),
            RiskKind::Opportunity => minus(after, now),
        });
        let net = gain.zip(risk.plan_cost).and_then(|(gain, cost)| minus(gain, cost));
        Self { now, after, plan_cost: risk.plan_cost, gain, net }
    }

    /// The same at a rate; without one nothing is known.
    pub fn at(self, rate: Option<Number>) -> Self {
        let by = |amount: Option<Money>| {
            amount.zip(rate).and_then(|(amount, rate)| amount.0.checked_mul(rate.0)).map(Number)
        };
        Self {
            now: by(self.now),
            after: by(self.after),
            plan_cost: by(self.plan_cost),
            gain: by(self.gain),
            net: by(self.net),
        }
    }
}

/// Sums over several risks of one kind; what is missing is counted and never zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize)]
pub struct Worths {
    /// How many risks.
    pub risks: usize,
    /// Expected values now.
    pub now: Sum,
    /// Expected values after the response.
    pub after: Sum,
    /// What responses cost.
    pub plan_cost: Sum,
    /// What responses bring, of the risks whose value is known both now and after.
    pub gain: Sum,
    /// What responses bring beyond their cost, of the risks that state that too.
    pub net: Sum,
}

impl Worths {
    /// The same rounded to so many decimals.
    fn rounded(self, decimals: u32) -> Self {
        Self {
            risks: self.risks,
            now: self.now.rounded(decimals),
            after: self.after.rounded(decimals),
            plan_cost: self.plan_cost.rounded(decimals),
            gain: self.gain.rounded(decimals),
            net: self.net.rounded(decimals),
        }
    }

    fn add(&mut self, worth: &Worth) {
        self.risks += 1;
        self.now.add(worth.now);
        self.after.add(worth.after);
        self.plan_cost.add(worth.plan_cost);
        self.gain.add(worth.gain);
        self.net.add(worth.net);
    }
}

/// Threats and opportunities, apart and together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize)]
pub struct Exposed {
    /// Threats.
    pub threats: Worths,
    /// Opportunities.
    pub opportunities: Worths,
    /// Threats less opportunities, now.
    pub together: Sum,
    /// Threats less opportunities, after the responses.
    pub together_after: Sum,
}

impl Exposed {
    /// The same rounded to so many decimals; to be called on sums that are complete.
    pub fn rounded(self, decimals: u32) -> Self {
        Self {
            threats: self.threats.rounded(decimals),
            opportunities: self.opportunities.rounded(decimals),
            together: self.together.rounded(decimals),
            together_after: self.together_after.rounded(decimals),
        }
    }

    /// Adds one risk.
    pub fn add(&mut self, kind: RiskKind, worth: &Worth) {
        let minus = |value: Money| Number(-value.0);
        match kind {
            RiskKind::Threat => {
                self.threats.add(worth);
                self.together.add(worth.now);
                self.together_after.add(worth.after);
            }
            RiskKind::Opportunity => {
                self.opportunities.add(worth);
                self.together.add(worth.now.map(minus));
                self.together_after.add(worth.after.map(minus));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn risk(text: &str) -> Risk {
        let file = format!("title = 'x'\n{text}");
        let register = crate::analysis::tests::register(&[("projects/crm/risks/R-001.toml", &file)]);
        let (_, risk) = register.records::<Risk>().next().unwrap();
        risk.clone()
    }

    fn worth(text: &str) -> [Option<i64>; 5] {
        use rust_decimal::prelude::ToPrimitive;
        let worth = Worth::of(&risk(text));
        [worth.now, worth.after, worth.plan_cost, worth.gain, worth.net]
            .map(|value| value.and_then(|value| value.0.to_i64()))
    }

    #[test]
    fn a_response_brings_the_difference_less_its_cost() {
        let now = "chance = 40\ncost_effect = 100_000\n";
        assert_eq!(worth(now), [Some(40_000), Some(40_000), None, None, None]);
        let answered = format!("{now}plan_cost = 12_000\ntarget = {{ chance = 10, cost_effect = 80_000 }}");
        assert_eq!(worth(&answered), [40_000, 8_000, 12_000, 32_000, 20_000].map(Some));
        let rarer = format!("{now}target = {{ chance = 10 }}");
        assert_eq!(worth(&rarer), [Some(40_000), Some(10_000), None, Some(30_000), None], "the effect stays");
        let lived_with = format!("{now}state = 'accepted'");
        assert_eq!(worth(&lived_with), [Some(40_000), Some(40_000), None, Some(0), None]);
        let hoped = format!("kind = 'opportunity'\n{now}plan_cost = 5_000\ntarget = {{ chance = 60 }}");
        assert_eq!(worth(&hoped), [40_000, 60_000, 5_000, 20_000, 15_000].map(Some));
        assert_eq!(worth("probability = 5\nimpact = 5"), [None; 5]);
    }

    #[test]
    fn published_examples_come_out_as_published() {
        use rust_decimal::prelude::ToPrimitive;
        let sum = |kind: RiskKind, all: &[(&str, &str)]| {
            let mut exposed = Exposed::default();
            for (chance, effect) in all {
                exposed.add(kind, &Worth::of(&risk(&format!("chance = {chance}\ncost_effect = {effect}"))));
            }
            exposed
        };
        let value = |sum: Sum| sum.value.and_then(|value| value.0.to_i64());
        // "Use Expected Monetary Value (EMV) to Create a Risk Contingency Budget", TenStep,
        // https://tenstep.com/use-expected-monetary-value-emv-to-create-a-risk-contingency-budget: risks A to F
        // of 8,000, 9,000, 4,000, 4,000, 6,000 and 2,500 make a contingency of 33,500 for impacts of 118,000.
        let tenstep = [
            ("80", "10_000"),
            ("30", "30_000"),
            ("50", "8_000"),
            ("10", "40_000"),
            ("30", "20_000"),
            ("25", "10_000"),
        ];
        assert_eq!(value(sum(RiskKind::Threat, &tenstep).threats.now), Some(33_500));
        // https://freepmptests.com/formulas/risk-management-formulas-pmp.html: 20 % of 50,000 is 10,000.
        assert_eq!(value(sum(RiskKind::Threat, &[("20", "50_000")]).threats.now), Some(10_000));
        // The exercise of https://mystudenthelp.com/project-risks-calculation/ asks for the net of three threats and
        // two opportunities: 15,000 + 875 + 250 less 2,000 + 750.
        let mut exposed = sum(RiskKind::Threat, &[("30", "50_000"), ("25", "3_500"), ("5", "5_000")]);
        for (chance, effect) in [("20", "10_000"), ("30", "2_500")] {
            let text = format!("kind = 'opportunity'\nchance = {chance}\ncost_effect = {effect}");
            exposed.add(RiskKind::Opportunity, &Worth::of(&risk(&text)));
        }
        assert_eq!(value(exposed.threats.now), Some(16_125));
        assert_eq!(value(exposed.opportunities.now), Some(2_750));
        assert_eq!(value(exposed.together), Some(13_375));
    }

    proptest! {
        #[test]
        fn the_sums_of_any_grouping_are_the_whole(
            risks in prop::collection::vec(
                (any::<bool>(), prop::option::of(0i64..101), prop::option::of(0i64..1_000_000), 0usize..5), 0..40)
        ) {
            let (mut whole, mut groups) = (Exposed::default(), [Exposed::default(); 5]);
            for (is_threat, chance, effect, group) in &risks {
                let now = chance.zip(*effect).map(|(chance, effect)| Number::from(chance * effect));
                let worth = Worth { now, after: now.filter(|_| *group > 2), ..Worth::default() };
                let kind = if *is_threat { RiskKind::Threat } else { RiskKind::Opportunity };
                whole.add(kind, &worth);
                groups[*group].add(kind, &worth);
            }
            let pick: [fn(&Exposed) -> Sum; 5] = [
                |e| e.threats.now, |e| e.opportunities.now, |e| e.threats.after, |e| e.together, |e| e.together_after,
            ];
            for pick in pick {
                let parts = groups.iter().map(pick);
                let value = parts.clone().filter_map(|sum| sum.value).map(|value| value.0).sum::<rust_decimal::Decimal>();
                prop_assert_eq!(value, pick(&whole).value.unwrap_or_default().0);
                prop_assert_eq!(parts.clone().map(|sum| sum.counted).sum::<usize>(), pick(&whole).counted);
                prop_assert_eq!(parts.map(|sum| sum.missing).sum::<usize>(), pick(&whole).missing);
            }
            let count = |e: &Exposed| e.threats.risks + e.opportunities.risks;
            prop_assert_eq!(groups.iter().map(count).sum::<usize>(), risks.len());
        }
    }
}
