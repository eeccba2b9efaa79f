//! A risk as it is drawn: its chance, its effects in whole units, the group it occurs with.

use iso_currency::Currency;
use rand_chacha::rand_core::Rng;
use rand_distr::{Distribution as _, Pert, Triangular};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

use crate::model::risk::{RiskKind, ThreePoint};
use crate::model::risk_scale::RiskConfig;
use crate::model::{Name, NumberOr, Percent, RecordId, Risk};

use super::Distribution;

/// The largest effect on cost that is drawn, in minor units: beyond it a binary fraction no longer tells units apart.
const MOST_UNITS: i64 = 1_000_000_000_000_000;

/// The largest effect on the finish that is drawn, in days: a hundred years.
const MOST_DAYS: i64 = 36_525;

/// A risk that can be drawn.
#[derive(Clone, Debug)]
pub struct Modelled {
    /// Which.
    pub id: RecordId,
    /// What it is about.
    pub title: String,
    /// Whether it takes away from cost and days.
    pub is_opportunity: bool,
    /// How likely it is.
    pub chance: Percent,
    /// Where its chance comes from.
    pub chance_from: ChanceFrom,
    /// What it costs when it occurs, in minor units.
    pub cost: Option<Effect>,
    /// By how many days it moves the finish when it occurs.
    pub days: Option<Effect>,
    /// With which others it tends to occur.
    pub group: Option<Group>,
}

/// Where the chance of a risk comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChanceFrom {
    /// It is stated in percent.
    Stated,
    /// Only a level of probability is stated: the middle of its band is taken.
    Level,
}

/// A group of risks that tend to occur together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What it is called.
    pub name: String,
    /// In how many of a hundred runs its members share one throw of the dice.
    pub strength: Percent,
}

/// An open risk that cannot be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Undrawn {
    /// Which.
    pub risk: String,
    /// Why.
    pub reason: LeftOut,
}

/// Why a risk cannot be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeftOut {
    /// Neither a chance nor a level of probability on the scale is stated.
    NoChance,
    /// It states no effect on cost or days.
    NoEffect,
    /// The three points are not in order: low, likely, high.
    OutOfOrder,
    /// The effect is larger than can be drawn.
    TooLarge,
}

/// How large an effect is, in whole units.
#[derive(Clone, Copy, Debug)]
pub enum Effect {
    /// Always the same.
    Fixed(i64),
    /// PERT.
    Pert(Pert<f64>),
    /// Triangular.
    Triangular(Triangular<f64>),
}

impl Effect {
    /// An effect of these points, in whole units.
    ///
    /// # Errors
    ///
    /// When the points are out of order.
    pub fn of(low: i64, likely: i64, high: i64, distribution: Distribution) -> Result<Self, LeftOut> {
        if !(low <= likely && likely <= high) {
            return Err(LeftOut::OutOfOrder);
        }
        if low == high {
            return Ok(Self::Fixed(low));
        }
        // Whole units below 2^53 are the same as binary fractions.
        let (low, likely, high) = (low as f64, likely as f64, high as f64);
        match distribution {
            Distribution::Pert => Pert::new(low, high).with_mode(likely).map(Self::Pert).ok(),
            Distribution::Triangular => Triangular::new(low, high, likely).map(Self::Triangular).ok(),
        }
        .ok_or(LeftOut::OutOfOrder)
    }

    /// Draws once, in whole units.
    pub fn draw(&self, source: &mut impl Rng) -> i64 {
        match self {
            Self::Fixed(units) => *units,
            // The points are bounded, so that what is drawn between them fits.
            Self::Pert(pert) => pert.sample(source).round() as i64,
            Self::Triangular(triangular) => triangular.sample(source).round() as i64,
        }
    }
}

impl Modelled {
    /// The risk as it is drawn, or why it cannot be.
    pub fn of(
        project: &str,
        name: &Name,
        risk: &Risk,
        currency: &str,
        config: &RiskConfig,
        distribution: Distribution,
    ) -> Result<Self, Undrawn> {
        let id = RecordId { kind: "risk", home: project.to_owned(), name: name.clone() };
        let undrawn = |reason| Undrawn { risk: id.to_string(), reason };
        let (chance, chance_from) = chance(risk, config).ok_or_else(|| undrawn(LeftOut::NoChance))?;
        let effect = |points: &Option<NumberOr<ThreePoint>>, decimals, most| {
            points.as_ref().map(|points| in_units(points, decimals, most, distribution)).transpose()
        };
        let cost = effect(&risk.cost_effect, minor_digits(currency), MOST_UNITS).map_err(undrawn)?;
        let days = effect(&risk.days_effect, 0, MOST_DAYS).map_err(undrawn)?;
        if cost.is_none() && days.is_none() {
            return Err(undrawn(LeftOut::NoEffect));
        }
        let group = risk.correlation.as_ref().and_then(|name| {
            let strength = *config.correlation.get(name)?;
            Some(Group { name: name.clone(), strength })
        });
        let is_opportunity = risk.kind == RiskKind::Opportunity;
        Ok(Self { title: risk.title.clone(), is_opportunity, chance, chance_from, cost, days, group, id })
    }
}

/// The chance as stated, else the middle of the band of its level.
fn chance(risk: &Risk, config: &RiskConfig) -> Option<(Percent, ChanceFrom)> {
    if let Some(chance) = risk.chance {
        return Some((chance, ChanceFrom::Stated));
    }
    let level = usize::from(risk.probability?).checked_sub(1)?;
    let band = config.probability.get(level)?;
    let middle = band.from.0.checked_add(band.to.0)? / Decimal::TWO;
    Some((Percent(middle), ChanceFrom::Level))
}

/// How many decimals amounts of a currency have: two, unless it is known to have others.
pub fn minor_digits(currency: &str) -> u32 {
    Currency::from_code(currency).and_then(Currency::exponent).map_or(2, u32::from)
}

fn in_units(
    effect: &NumberOr<ThreePoint>,
    decimals: u32,
    most: i64,
    distribution: Distribution,
) -> Result<Effect, LeftOut> {
    let units = |amount: Decimal| {
        let scaled = amount.checked_mul(Decimal::from(10_i64.pow(decimals))).ok_or(LeftOut::TooLarge)?;
        let whole = scaled.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        whole.to_i64().filter(|units| units.abs() <= most).ok_or(LeftOut::TooLarge)
    };
    match effect {
        NumberOr::Number(amount) => Ok(Effect::Fixed(units(amount.0)?)),
        NumberOr::Table(points) => {
            Effect::of(units(points.low.0)?, units(points.likely.0)?, units(points.high.0)?, distribution)
        }
    }
}
