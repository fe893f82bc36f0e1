//! Plackett–Luce strengths (Luce 1959, Plackett 1975) of whole rankings: the best of those left is
//! chosen with a chance in proportion to `e^θ`, again and again. Fitted by minorisation (Hunter 2004).

use super::Strength;
use super::bradley_terry::{around_0, centred};
use super::linear::{Matrix, inverse};

const ROUNDS: usize = 100_000;

/// The strengths of `n` by their rankings, each from best to worst and of any of them. `prior` is how
/// many times each is taken to have won and lost against one of mean strength: 0 gives the likelihood
/// alone, and then nobody may have won or lost all. `None` where there is nobody, or no ranking of two.
pub fn plackett_luce(n: usize, rankings: &[Vec<usize>], prior: f64) -> Option<Vec<Strength>> {
    let theta = fit_plackett_luce(n, rankings, prior)?;
    let gamma: Vec<f64> = theta.iter().map(|strength| strength.exp()).collect();
    let variance = inverse(&information(&gamma, rankings, prior))?;
    Some(centred(&theta, &variance))
}

/// The same without the errors: the mean of the strengths is 0.
pub fn fit_plackett_luce(n: usize, rankings: &[Vec<usize>], prior: f64) -> Option<Vec<f64>> {
    if n == 0 || rankings.iter().all(|ranking| ranking.len() < 2) {
        return None;
    }
    let mut wins = vec![prior; n];
    for ranking in rankings {
        for &winner in ranking.split_last().map_or(&[][..], |(_, winners)| winners) {
            *wins.get_mut(winner)? += 1.0;
        }
    }
    let mut gamma = vec![1.0_f64; n];
    for _ in 0..ROUNDS {
        // Against one of strength 1, who is the mean.
        let mut denominators: Vec<f64> =
            gamma.iter().map(|strength| 2.0 * prior / (strength + 1.0)).collect();
        for ranking in rankings {
            let mut left: f64 = ranking.iter().filter_map(|&at| gamma.get(at)).sum();
            let mut chance = 0.0;
            for (place, &at) in ranking.iter().enumerate() {
                // The last one is chosen of itself alone.
                if place + 1 < ranking.len() {
                    chance += 1.0 / left;
                }
                *denominators.get_mut(at)? += chance;
                left -= gamma.get(at)?;
            }
        }
        let mut next: Vec<f64> = wins.iter().zip(&denominators).map(|(wins, sum)| wins / sum).collect();
        if prior == 0.0 {
            #[allow(clippy::cast_precision_loss)] // a few hundred
            let mean = (next.iter().map(|strength| strength.ln()).sum::<f64>() / n as f64).exp();
            for strength in &mut next {
                *strength /= mean;
            }
        }
        let change = next.iter().zip(&gamma).fold(0.0_f64, |most, (a, b)| most.max((a.ln() - b.ln()).abs()));
        gamma = next;
        if !change.is_finite() {
            return None;
        }
        if change < 1e-13 {
            break;
        }
    }
    around_0(gamma.iter().map(|strength| strength.ln()).collect())
}

/// The curvature of the likelihood, with the sum of all strengths held at 0.
#[allow(clippy::cast_precision_loss, clippy::indexing_slicing)] // a few hundred; every index names one of them
fn information(gamma: &[f64], rankings: &[Vec<usize>], prior: f64) -> Matrix {
    let n = gamma.len();
    let mut information = vec![vec![1.0 / n as f64; n]; n];
    for (at, strength) in gamma.iter().enumerate() {
        let p = strength / (strength + 1.0);
        information[at][at] += 2.0 * prior * p * (1.0 - p);
    }
    for ranking in rankings {
        for place in 0..ranking.len().saturating_sub(1) {
            let left = &ranking[place..];
            let sum: f64 = left.iter().map(|&at| gamma[at]).sum();
            for &a in left {
                let p = gamma[a] / sum;
                information[a][a] += p;
                for &b in left {
                    information[a][b] -= p * gamma[b] / sum;
                }
            }
        }
    }
    information
}
