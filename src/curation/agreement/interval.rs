//! How sure a coefficient is: resampled over examples, for pairs of one example are not independent.
//!
//! Up to ten thousand examples: the percentile bootstrap (Efron 1979) with a fixed seed, so that the
//! same dataset tells the same interval. Above: the delete-one-group jackknife (Quenouille 1956,
//! Tukey 1958) with 50 groups, whose work does not grow with the number of resamples.

use super::float;
use super::report::MEASURES;
use super::sums::Sums;
use crate::curation::proportion::{Interval, two_sided_z};

/// How many resamples.
const RESAMPLES: usize = 1_000;
/// Above so many examples the jackknife is used.
const MANY: usize = 10_000;
/// How many groups the jackknife deletes in turn.
const GROUPS: usize = 50;
/// Where the random numbers begin.
const SEED: u64 = 0x601D_5E7;

type Intervals = [Option<Interval>; MEASURES.len()];

/// The 95 % interval of each coefficient, in the order of [`MEASURES`]; `None` where it can't be told:
/// of one example, and where most resamples have no value.
pub(super) fn of(examples: &[Sums], two: bool) -> Intervals {
    match examples.len() {
        0 | 1 => [None; MEASURES.len()],
        2..=MANY => bootstrap(examples, two),
        _ => jackknife(examples, two),
    }
}

fn bootstrap(examples: &[Sums], two: bool) -> Intervals {
    let mut random = SplitMix64(SEED);
    let mut seen: [Vec<f64>; MEASURES.len()] = Default::default();
    for _ in 0..RESAMPLES {
        let mut sums = Sums::default();
        for _ in examples {
            if let Some(drawn) = examples.get(random.below(examples.len())) {
                sums += drawn;
            }
        }
        for (values, value) in seen.iter_mut().zip(sums.coefficients(two)) {
            values.extend(value);
        }
    }
    seen.map(|mut values| {
        if values.len() < RESAMPLES / 2 {
            return None;
        }
        values.sort_by(f64::total_cmp);
        let cut = values.len() / 40;
        Some(Interval { low: *values.get(cut)?, high: *values.get(values.len() - 1 - cut)? })
    })
}

fn jackknife(examples: &[Sums], two: bool) -> Intervals {
    let mut groups = vec![Sums::default(); GROUPS];
    let mut all = Sums::default();
    for (at, example) in shuffled(examples.len()).into_iter().enumerate() {
        if let (Some(sums), Some(group)) = (examples.get(example), groups.get_mut(at % GROUPS)) {
            all += sums;
            *group += sums;
        }
    }
    let mut without: [Vec<f64>; MEASURES.len()] = Default::default();
    for group in &groups {
        let mut rest = all;
        rest -= group;
        for (values, value) in without.iter_mut().zip(rest.coefficients(two)) {
            values.extend(value);
        }
    }
    let mut intervals = [None; MEASURES.len()];
    for ((interval, value), values) in intervals.iter_mut().zip(all.coefficients(two)).zip(without) {
        let Some(value) = value.ok().filter(|_| values.len() == GROUPS) else { continue };
        let mean = values.iter().sum::<f64>() / float(GROUPS);
        let spread: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        let half = two_sided_z(0.95) * (spread * float(GROUPS - 1) / float(GROUPS)).sqrt();
        *interval = Some(Interval { low: (value - half).max(-1.0), high: (value + half).min(1.0) });
    }
    intervals
}

/// The numbers below `n` by chance: work is often handed out in turns, and groups taken in turns too
/// would each be one person's or one subject's.
fn shuffled(n: usize) -> Vec<usize> {
    let mut random = SplitMix64(SEED);
    let mut order: Vec<_> = (0..n).collect();
    for at in (1..n).rev() {
        order.swap(at, random.below(at + 1));
    }
    order
}

/// `SplitMix64` (Steele, Lea, Flood 2014): small, quick, and the same everywhere.
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n` (Lemire's multiplication; the bias of one in 2^64 / n is nothing here).
    #[allow(clippy::cast_possible_truncation)] // the high half of a product with `n` is below `n`
    fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }
}

#[cfg(test)]
pub(super) fn both(examples: &[Sums]) -> (Intervals, Intervals) {
    (bootstrap(examples, false), jackknife(examples, false))
}
