//! Bradley–Terry strengths (Bradley & Terry 1952): `a` is preferred to `b` with the chance
//! `1 / (1 + e^(θ_b − θ_a))`. Fitted by Newton's method.

use super::linear::{Matrix, inverse, solve};
use super::{Strength, Wins, chance};

/// Steps after which the fit is as good as it gets.
const STEPS: usize = 200;

/// The strengths with the greatest posterior, given a prior of `precision / 2 · Σθ²`: with a little of
/// it those who always win stay finite. With none it is the likelihood alone; then everybody must
/// have won and lost. `None` where there is nobody or the fit fails.
pub fn bradley_terry(wins: &Wins, precision: f64) -> Option<Vec<Strength>> {
    let theta = fit_bradley_terry(wins, precision)?;
    let (_, information) = derivatives(wins, &theta, precision);
    Some(centred(&theta, &inverse(&fixed(&information))?))
}

/// The same without the errors, which are most of the work: the mean of the strengths is 0.
pub fn fit_bradley_terry(wins: &Wins, precision: f64) -> Option<Vec<f64>> {
    let n = wins.len();
    if n == 0 {
        return None;
    }
    let mut theta = vec![0.0; n];
    for _ in 0..STEPS {
        let (gradient, information) = derivatives(wins, &theta, precision);
        let step = solve(&fixed(&information), &gradient)?;
        // Half steps where the whole one would go too far: the objective is concave.
        let before = objective(wins, &theta, precision);
        let mut scale = 1.0;
        let mut next = moved(&theta, &step, scale);
        while objective(wins, &next, precision) < before - 1e-12 && scale > 1e-6 {
            scale /= 2.0;
            next = moved(&theta, &step, scale);
        }
        let change = step.iter().fold(0.0_f64, |most, step| most.max((step * scale).abs()));
        theta = next;
        if change < 1e-12 {
            break;
        }
    }
    around_0(theta)
}

/// Strengths with a mean of 0; `None` where one is no number.
#[allow(clippy::cast_precision_loss)] // a few hundred
pub(super) fn around_0(strengths: Vec<f64>) -> Option<Vec<f64>> {
    let mean = strengths.iter().sum::<f64>() / strengths.len() as f64;
    mean.is_finite().then(|| strengths.into_iter().map(|strength| strength - mean).collect())
}

fn moved(theta: &[f64], step: &[f64], scale: f64) -> Vec<f64> {
    theta.iter().zip(step).map(|(strength, step)| strength + scale * step).collect()
}

fn objective(wins: &Wins, theta: &[f64], precision: f64) -> f64 {
    let mut sum = -precision / 2.0 * theta.iter().map(|strength| strength * strength).sum::<f64>();
    for (row, a) in wins.iter().zip(theta) {
        for (&n, b) in row.iter().zip(theta) {
            if n > 0.0 {
                sum += n * chance(a - b).ln();
            }
        }
    }
    sum
}

#[allow(clippy::needless_range_loop, clippy::indexing_slicing)] // every index is below the number of strengths
fn derivatives(wins: &Wins, theta: &[f64], precision: f64) -> (Vec<f64>, Matrix) {
    let n = theta.len();
    let mut gradient: Vec<f64> = theta.iter().map(|strength| -precision * strength).collect();
    let mut information = vec![vec![0.0; n]; n];
    for a in 0..n {
        information[a][a] += precision;
        for b in 0..n {
            let met = wins[a][b] + wins[b][a];
            if a == b || met <= 0.0 {
                continue;
            }
            let p = chance(theta[a] - theta[b]);
            gradient[a] += wins[a][b] - met * p;
            let weight = met * p * (1.0 - p);
            information[a][a] += weight;
            information[a][b] -= weight;
        }
    }
    (gradient, information)
}

/// The information with the sum of all strengths held at 0, which the likelihood leaves open.
#[allow(clippy::cast_precision_loss)] // a few hundred
fn fixed(information: &Matrix) -> Matrix {
    let n = information.len() as f64;
    information.iter().map(|row| row.iter().map(|cell| cell + 1.0 / n).collect()).collect()
}

/// Strengths around a mean of 0, with the errors of what they are above that mean.
#[allow(clippy::cast_precision_loss)] // a few hundred
pub(super) fn centred(theta: &[f64], variance: &Matrix) -> Vec<Strength> {
    let n = theta.len() as f64;
    let mean = theta.iter().sum::<f64>() / n;
    let all: f64 = variance.iter().flatten().sum::<f64>() / (n * n);
    theta
        .iter()
        .enumerate()
        .map(|(at, strength)| {
            let row: f64 = variance.get(at).map_or(0.0, |row| row.iter().sum::<f64>() / n);
            let own = variance.get(at).and_then(|row| row.get(at)).copied().unwrap_or(0.0);
            Strength { value: strength - mean, error: (own - 2.0 * row + all).max(0.0).sqrt() }
        })
        .collect()
}
