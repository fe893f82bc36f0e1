//! How numbers are spread: the least, the middle, the greatest.

use serde::Serialize;

/// How numbers are spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// How many there are.
    pub count: u64,
    /// The least.
    pub min: u64,
    /// The middle one; of two, the lower.
    pub median: u64,
    /// The one below or at which 95 of 100 are (nearest rank).
    pub p95: u64,
    /// The greatest.
    pub max: u64,
    /// All together.
    pub total: u64,
}

impl Spread {
    /// The spread of these numbers; `None` where there are none.
    pub fn of(mut numbers: Vec<u64>) -> Option<Self> {
        numbers.sort_unstable();
        let nearest =
            |percent: usize| numbers.get((numbers.len() * percent).div_ceil(100).saturating_sub(1)).copied();
        Some(Self {
            count: numbers.len() as u64,
            min: *numbers.first()?,
            median: nearest(50)?,
            p95: nearest(95)?,
            max: *numbers.last()?,
            total: numbers.iter().fold(0, |sum, &number| sum.saturating_add(number)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_is_that_of_the_sorted_numbers() {
        assert_eq!(Spread::of(Vec::new()), None);
        let one = Spread { count: 1, min: 7, median: 7, p95: 7, max: 7, total: 7 };
        assert_eq!(Spread::of(vec![7]), Some(one));
        let hundred = Spread { count: 100, min: 1, median: 50, p95: 95, max: 100, total: 5_050 };
        assert_eq!(Spread::of((1..=100).rev().collect()), Some(hundred));
    }
}
