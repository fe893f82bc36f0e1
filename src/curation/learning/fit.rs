//! The curve that comes nearest to what was measured.

use thiserror::Error;

use super::curve::Curve;
use crate::curation::numbers::float;

/// The grid of c: from, to, and how far apart.
const GRID: (f64, f64, f64) = (0.05, 1.5, 0.01);
/// How often the grid is made ten times finer around the best c.
const FINER: u32 = 6;
/// What c is taken to be where points are too few to tell.
const USUAL: [f64; 3] = [0.2, 0.35, 0.5];
/// So many points tell all three numbers.
const ENOUGH: usize = 4;

/// An error that was measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// With how many examples the model was trained.
    pub examples: u64,
    /// The share of tests that failed.
    pub error: f64,
    /// How many tests there were; `None` where nobody knows.
    pub tested: Option<u64>,
}

/// Why there is no curve.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum CurveError {
    /// Too few points.
    #[error(
        "too few different numbers of examples were tried ({0}): train on 4 at least, such as ⅛, ¼, ½ and all of them"
    )]
    TooFew(usize),
    /// Something that is no error.
    #[error("the error with {examples} examples is {error}: give the share that failed, from 0 to 1")]
    Error {
        /// With how many.
        examples: u64,
        /// What was given.
        error: f64,
    },
    /// Trained with nothing.
    #[error("an error of a model trained with 0 examples is none of a learning curve: leave it out")]
    Untrained,
}

/// The curve of least weighted squares. A point weighs as much as its tests make it sure, n / p(1 − p), where
/// the number of tests is known of all, else all weigh the same.
///
/// # Errors
/// Where fewer than four different numbers of examples were tried, or something is no error.
pub fn fit(points: &[Point]) -> Result<Curve, CurveError> {
    let weighted = weighted(points)?;
    match different(points) {
        few if few < ENOUGH => Err(CurveError::TooFew(few)),
        _ => Ok(best(&weighted)),
    }
}

/// The curves of two points or three, one for each usual c, as they can't tell c: the truth may lie
/// anywhere between them.
///
/// # Errors
/// Where fewer than two different numbers of examples were tried, or something is no error.
pub fn curves_of_few(points: &[Point]) -> Result<[Curve; 3], CurveError> {
    let weighted = weighted(points)?;
    match different(points) {
        few if few < 2 => Err(CurveError::TooFew(few)),
        _ => Ok(USUAL.map(|c| at_speed(&weighted, c).0)),
    }
}

/// A point with its weight.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weighted {
    pub(super) examples: f64,
    pub(super) error: f64,
    pub(super) weight: f64,
}

fn different(points: &[Point]) -> usize {
    let mut examples: Vec<u64> = points.iter().map(|point| point.examples).collect();
    examples.sort_unstable();
    examples.dedup();
    examples.len()
}

pub(super) fn weighted(points: &[Point]) -> Result<Vec<Weighted>, CurveError> {
    let is_known = points.iter().all(|point| point.tested.is_some_and(|tested| tested > 0));
    let weigh = |point: &Point| {
        if !(0.0..=1.0).contains(&point.error) {
            return Err(CurveError::Error { examples: point.examples, error: point.error });
        }
        if point.examples == 0 {
            return Err(CurveError::Untrained);
        }
        let weight = match point.tested.filter(|_| is_known) {
            Some(tested) => {
                // As if half a test more had failed and half a one passed, so that none weighs endlessly.
                let p = (point.error * float(tested) + 0.5) / (float(tested) + 1.0);
                float(tested) / (p * (1.0 - p))
            }
            None => 1.0,
        };
        Ok(Weighted { examples: float(point.examples), error: point.error, weight })
    };
    points.iter().map(weigh).collect()
}

/// The best curve: on the grid first, then on finer ones around what was best.
pub(super) fn best(points: &[Weighted]) -> Curve {
    let (from, to, mut step) = GRID;
    let mut best = nearest(points, from, to, step);
    for _ in 0..FINER {
        let c = best.c;
        step /= 10.0;
        best = nearest(points, (c - 10.0 * step).max(from), (c + 10.0 * step).min(to), step);
    }
    best
}

fn nearest(points: &[Weighted], from: f64, to: f64, step: f64) -> Curve {
    let (mut best, mut least) = at_speed(points, from);
    let mut steps = 0_u32;
    loop {
        steps += 1;
        let c = from + f64::from(steps) * step;
        if c > to + step / 2.0 {
            return best;
        }
        let (curve, far) = at_speed(points, c.min(to));
        if far < least {
            (best, least) = (curve, far);
        }
    }
}

/// The best a and b, neither below 0, for a given c, and the sum of weighted squares.
fn at_speed(points: &[Weighted], c: f64) -> (Curve, f64) {
    let (mut w, mut wx, mut wy, mut wxx, mut wxy) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for point in points {
        let x = point.examples.powf(-c);
        w += point.weight;
        wx += point.weight * x;
        wy += point.weight * point.error;
        wxx += point.weight * x * x;
        wxy += point.weight * x * point.error;
    }
    let b = (w * wxy - wx * wy) / (w * wxx - wx * wx);
    let a = (wy - b * wx) / w;
    let curve = if !b.is_finite() || b < 0.0 {
        Curve { a: wy / w, b: 0.0, c }
    } else if a < 0.0 {
        Curve { a: 0.0, b: wxy / wxx, c }
    } else {
        Curve { a, b, c }
    };
    let far = points.iter().map(|point| point.weight * (point.error - curve.at(point.examples)).powi(2));
    (curve, far.sum())
}
