//! The draws of one risk, run by run, from streams that no other risk touches.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::model::{Percent, mark};

use super::Modelled;

/// The draws of one risk, from the first run on.
#[derive(Clone, Debug)]
pub struct Dice<'a> {
    risk: &'a Modelled,
    /// Below this a throw means that it occurs.
    below: u128,
    own: ChaCha8Rng,
    shared: Option<Shared>,
}

/// The throws of a group, which each of its members makes again for itself.
#[derive(Clone, Debug)]
struct Shared {
    throws: ChaCha8Rng,
    /// Below this a throw means that the run is one in which the group shares.
    below: u128,
}

/// What a risk came to in one run; nothing where it did not occur.
pub type Drawn = Option<(i64, i64)>;

impl<'a> Dice<'a> {
    /// The dice of a risk for a seed.
    pub fn new(risk: &'a Modelled, seed: u64) -> Self {
        let shared = risk.group.as_ref().map(|group| Shared {
            throws: stream(seed, &format!("group {}", group.name)),
            below: threshold(group.strength),
        });
        let own = stream(seed, &format!("risk {}", risk.id));
        Self { risk, below: threshold(risk.chance), own, shared }
    }

    /// Draws the next run: the cost in minor units and the days, an opportunity's with their signs turned.
    pub fn draw(&mut self) -> Drawn {
        let mut throw = self.own.next_u64();
        if let Some(shared) = &mut self.shared {
            let (whether, common) = (shared.throws.next_u64(), shared.throws.next_u64());
            if u128::from(whether) < shared.below {
                throw = common;
            }
        }
        if u128::from(throw) >= self.below {
            return None;
        }
        let cost = self.risk.cost.map_or(0, |effect| effect.draw(&mut self.own));
        let days = self.risk.days.map_or(0, |effect| effect.draw(&mut self.own));
        Some(if self.risk.is_opportunity { (-cost, -days) } else { (cost, days) })
    }
}

/// The number of 64-bit throws, out of 2^64, that fall within a chance.
fn threshold(chance: Percent) -> u128 {
    let scaled = chance.share().checked_mul(Decimal::from(u64::MAX)).and_then(|share| share.to_u128());
    // All of them for what is certain.
    if chance.0 >= Decimal::ONE_HUNDRED { 1 << 64 } else { scaled.unwrap_or(0) }
}

/// The stream of a name: ChaCha8 of the seed, at the stream that FNV-1a makes of the name.
fn stream(seed: u64, name: &str) -> ChaCha8Rng {
    let mut source = ChaCha8Rng::seed_from_u64(seed);
    source.set_stream(mark::over(mark::START, name.bytes()));
    source
}
