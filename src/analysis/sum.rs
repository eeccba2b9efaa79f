//! Sums that say over how many they were taken.

use serde::Serialize;

use crate::model::Number;

/// A sum over those that have the value; what is missing is counted and never zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Sum {
    /// The sum; nothing when no project has the value.
    pub value: Option<Number>,
    /// How many projects have the value.
    pub counted: usize,
    /// How many have none.
    pub missing: usize,
}

impl Sum {
    /// The same rounded to so many decimals, half to even; to be called on a sum that is complete.
    pub fn rounded(self, decimals: u32) -> Self {
        Self { value: self.value.map(|value| Number(value.0.round_dp(decimals))), ..self }
    }

    /// Adds one value, or counts that there is none.
    pub fn add(&mut self, value: Option<Number>) {
        let Some(value) = value else {
            self.missing += 1;
            return;
        };
        // A sum beyond 28 digits is not known rather than wrong, and stays so.
        let begun = self.counted > 0;
        self.counted += 1;
        self.value = match self.value {
            Some(sum) => sum.0.checked_add(value.0).map(Number),
            None if begun => None,
            None => Some(value),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_counted_and_what_is_too_large_is_unknown() {
        let mut sum = Sum::default();
        [Some(2.into()), None, Some(3.into())].into_iter().for_each(|value| sum.add(value));
        assert_eq!(sum, Sum { value: Some(5.into()), counted: 2, missing: 1 });
        let mut sum = Sum::default();
        let most = Some(Number(rust_decimal::Decimal::MAX));
        [most, most, Some(3.into())].into_iter().for_each(|value| sum.add(value));
        assert_eq!(sum, Sum { value: None, counted: 3, missing: 0 });
    }
}
