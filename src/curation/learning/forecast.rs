//! What a curve tells of more examples, how sure that is, and where it stops telling.

use statrs::distribution::{ContinuousCDF, Normal};
use thiserror::Error;

use super::curve::Curve;
use super::fit::{CurveError, Point, Weighted, best, fit, weighted};
use crate::curation::dice::Dice;
use crate::curation::numbers::{at_least, float, length, whole};
use crate::curation::proportion::Interval;

/// Nothing is told beyond so many times the largest number that was tried.
const FARTHEST: u64 = 4;
/// How often what was measured is drawn again.
const DRAWS: usize = 200;
const SEED: u64 = 0x1ea2_4c0e;
/// Up to so many tests each is drawn by itself; of more their sum is near enough to a normal distribution.
const BY_ONE: u64 = 1_000;

/// Why a curve does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Too far away.
    #[error(
        "that is beyond {most} examples, and a curve measured with up to {largest} tells nothing of more than 4 times as many: train on more first"
    )]
    TooFar {
        /// The largest number that was tried.
        largest: u64,
        /// How far the curve tells.
        most: u64,
    },
    /// Never so small.
    #[error(
        "by this curve no number of examples makes the error so small: mend what is wrong with them instead"
    )]
    Never,
}

/// A curve with what it may be used for.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// The curve.
    pub curve: Curve,
    /// The largest number of examples that was tried.
    pub largest: u64,
    /// The curves of what might have been measured as well; empty where nobody knows how many tests there
    /// were.
    others: Vec<Curve>,
}

impl Forecast {
    /// The curve of what was measured.
    ///
    /// # Errors
    /// Where fewer than four different numbers of examples were tried, or something is no error.
    pub fn of(points: &[Point]) -> Result<Self, CurveError> {
        let curve = fit(points)?;
        let weighted = weighted(points)?;
        let tests: Option<Vec<u64>> = points.iter().map(|point| point.tested.filter(|&n| n > 0)).collect();
        let mut dice = Dice::new(SEED);
        let others =
            tests.map(|tests| (0..DRAWS).map(|_| again(curve, &weighted, &tests, &mut dice)).collect());
        let largest = points.iter().map(|point| point.examples).max().unwrap_or(0);
        Ok(Self { curve, largest, others: others.unwrap_or_default() })
    }

    /// How many examples the curve tells of at most.
    pub fn farthest(&self) -> u64 {
        self.largest.saturating_mul(FARTHEST)
    }

    /// The error with so many examples, and its 95 % interval where the numbers of tests are known.
    ///
    /// # Errors
    /// Where so many are beyond what the curve tells.
    pub fn error_with(&self, examples: u64) -> Result<(f64, Option<Interval>), Refusal> {
        if examples > self.farthest() {
            return Err(self.too_far());
        }
        let n = float(examples.max(1));
        Ok((self.curve.at(n), self.interval(|curve| curve.at(n))))
    }

    /// How many examples there have to be for the error to be so small.
    ///
    /// # Errors
    /// Where it never is, or only beyond what the curve tells.
    pub fn needed(&self, error: f64) -> Result<u64, Refusal> {
        let needed = self.curve.needed(error).ok_or(Refusal::Never)?;
        if needed > float(self.farthest()) { Err(self.too_far()) } else { Ok(at_least(needed)) }
    }

    /// The 95 % interval of something that a curve tells.
    fn interval(&self, tells: impl Fn(Curve) -> f64) -> Option<Interval> {
        let mut told: Vec<f64> = self.others.iter().map(|&curve| tells(curve)).collect();
        told.sort_by(f64::total_cmp);
        let at = |share: f64| told.get(usize::try_from(whole(share * length(told.len()))).ok()?).copied();
        Some(Interval { low: at(0.025)?, high: at(0.974_999)? })
    }

    fn too_far(&self) -> Refusal {
        Refusal::TooFar { largest: self.largest, most: self.farthest() }
    }
}

/// The curve of what might have been measured, if this one were true.
fn again(curve: Curve, points: &[Weighted], tests: &[u64], dice: &mut Dice) -> Curve {
    let drawn = |(point, &n): (&Weighted, &u64)| Weighted {
        error: share_that_fails(curve.at(point.examples).clamp(0.0, 1.0), n, dice),
        ..*point
    };
    let drawn: Vec<Weighted> = points.iter().zip(tests).map(drawn).collect();
    best(&drawn)
}

/// The share that fails of so many tests that fail with chance p.
fn share_that_fails(p: f64, tests: u64, dice: &mut Dice) -> f64 {
    if tests <= BY_ONE {
        return float((0..tests).filter(|_| dice.share() < p).count() as u64) / float(tests);
    }
    let z = Normal::standard().inverse_cdf(dice.share().max(1e-12));
    (p + z * (p * (1.0 - p) / float(tests)).sqrt()).clamp(0.0, 1.0)
}
