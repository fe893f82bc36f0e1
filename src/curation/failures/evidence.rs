//! Tests of shares against each other.

use statrs::function::factorial::ln_binomial;

use super::super::numbers::{float, length};
use super::super::proportion::{Interval, wilson};

/// The interval of the difference of two shares, x₁/n₁ − x₂/n₂, from Wilson's intervals of both (Newcombe
/// 1998, method 10). From −1 to 1 where one of them is of nothing.
pub fn newcombe(x1: u64, n1: u64, x2: u64, n2: u64, confidence: f64) -> Interval {
    if n1 == 0 || n2 == 0 {
        return Interval { low: -1.0, high: 1.0 };
    }
    let of = |x: u64, n: u64| (float(x) / float(n), wilson(float(x), float(n), confidence));
    let ((one, around_one), (two, around_two)) = (of(x1, n1), of(x2, n2));
    let difference = one - two;
    Interval {
        low: difference - (one - around_one.low).hypot(around_two.high - two),
        high: difference + (around_one.high - one).hypot(two - around_two.low),
    }
}

/// Fisher's exact test of two shares (1922).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fisher {
    /// How likely what is as unlikely, or more so, is by mere chance.
    pub two_sided: f64,
    /// How likely so many in the first, or more, are.
    pub greater: f64,
}

/// Fisher's exact test of `x1` of `n1` against `x2` of `n2`. Numbers that can't be count as all.
pub fn fisher(x1: u64, n1: u64, x2: u64, n2: u64) -> Fisher {
    let (x1, x2) = (x1.min(n1), x2.min(n2));
    let (hits, all) = (x1 + x2, n1 + n2);
    let (low, high) = (hits.saturating_sub(n2), hits.min(n1));
    // The chances, by that of the most likely: from there they fall to both sides.
    let most_likely = whole_mode(n1, hits, all).clamp(low, high);
    let step = |x: u64| {
        float(hits - x) * float(n1 - x) / (float(x + 1) * float((n2 + x + 1).saturating_sub(hits).max(1)))
    };
    let ln_chance = |x: u64| ln_binomial(n1, x) + ln_binomial(n2, hits - x);
    let seen = (ln_chance(x1) - ln_chance(most_likely)).exp();
    let enough = seen.min(1.0) * 1e-18;
    let (mut total, mut unlikely, mut greater) = (0.0, 0.0, 0.0);
    let mut count = |x: u64, chance: f64| {
        total += chance;
        unlikely += if chance <= seen * (1.0 + 1e-7) { chance } else { 0.0 };
        greater += if x >= x1 { chance } else { 0.0 };
    };
    let (mut x, mut chance) = (most_likely, 1.0);
    while x <= high && chance > enough {
        count(x, chance);
        chance *= if x < high { step(x) } else { 0.0 };
        x += 1;
    }
    let (mut x, mut chance) = (most_likely, 1.0);
    while x > low && chance > enough {
        x -= 1;
        chance /= step(x);
        count(x, chance);
    }
    Fisher { two_sided: (unlikely / total).min(1.0), greater: (greater / total).min(1.0) }
}

/// The most likely number of hits in the first: (n₁ + 1)(hits + 1) / (all + 2).
fn whole_mode(n1: u64, hits: u64, all: u64) -> u64 {
    let mode = (u128::from(n1) + 1) * (u128::from(hits) + 1) / (u128::from(all) + 2);
    u64::try_from(mode).unwrap_or(u64::MAX)
}

/// What chances come to where many are looked at: of those kept below a limit about that share are false
/// (Benjamini & Hochberg 1995). In the order in which they were given.
pub fn benjamini_hochberg(chances: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..chances.len()).collect();
    order.sort_by(|&one, &other| chances[other].total_cmp(&chances[one]));
    let all = length(chances.len());
    let mut adjusted = vec![1.0; chances.len()];
    let mut least = 1.0_f64;
    for (behind, &at) in order.iter().enumerate() {
        least = least.min(chances[at] * all / (all - length(behind)));
        adjusted[at] = least;
    }
    adjusted
}
