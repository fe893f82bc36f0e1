//! How strong authors are: what rankings say of the models and people whose responses were ranked.

mod bradley_terry;
mod cycles;
mod davidson;
mod linear;
mod plackett_luce;

#[cfg(test)]
mod tests;

pub use bradley_terry::{bradley_terry, fit_bradley_terry};
pub use cycles::{Tournament, Triads, cycles};
pub use davidson::{Ties, davidson};
pub use plackett_luce::{fit_plackett_luce, plackett_luce};

use crate::curation::proportion::Interval;

/// The strength of somebody, on the scale of log odds: one who is stronger by `d` is preferred with
/// the chance `1 / (1 + e^−d)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Strength {
    /// The strength; the mean of all that were compared is 0.
    pub value: f64,
    /// Its standard error, by the curvature of the likelihood.
    pub error: f64,
}

impl Strength {
    /// The 95 % interval.
    pub fn interval(self) -> Interval {
        Interval { low: self.value - 1.96 * self.error, high: self.value + 1.96 * self.error }
    }

    /// The chance to be preferred to one of mean strength.
    pub fn chance(self) -> f64 {
        chance(self.value)
    }
}

/// The logistic function.
fn chance(difference: f64) -> f64 {
    1.0 / (1.0 + (-difference).exp())
}

/// Wins of each against each: `wins[a][b]` is how often `a` was preferred to `b`, a tie being half a
/// win of both, an unsure judgement a share.
pub type Wins = Vec<Vec<f64>>;

/// Which can be compared: numbers that are the same where a chain of comparisons leads from the one to
/// the other. Strengths of different groups mean nothing to each other.
pub fn groups(wins: &Wins) -> Vec<usize> {
    let n = wins.len();
    let met = |a: usize, b: usize| {
        let of = |a: usize, b: usize| wins.get(a).and_then(|row| row.get(b)).copied().unwrap_or(0.0);
        of(a, b) + of(b, a) > 0.0
    };
    let mut group = vec![usize::MAX; n];
    for start in 0..n {
        if group.get(start) != Some(&usize::MAX) {
            continue;
        }
        let mut open = vec![start];
        while let Some(a) = open.pop() {
            match group.get_mut(a) {
                Some(place) if *place == usize::MAX => *place = start,
                _ => continue,
            }
            open.extend((0..n).filter(|&b| met(a, b)));
        }
    }
    group
}
