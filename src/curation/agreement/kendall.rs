//! Kendall's tau-b (Kendall 1945) of two rankings and coefficient of concordance W (Kendall & Babington
//! Smith 1939) of three or more, both corrected for ties.
//!
//! τ_b = (C − D) / √((P − T₁)(P − T₂)): concordant less discordant pairs; P all pairs, T those that a ranking ties.
//! W = 12·S / (m²(n³ − n) − m·Σ(t³ − t)): S how far the sums of mid-ranks are from their mean, t the sizes of ties.

use std::cmp::Ordering;

use super::Undefined;

/// Tau-b of two rankings of the same things, by their scores or places.
pub fn tau_b<T: PartialOrd>(first: &[T], second: &[T]) -> Result<f64, Undefined> {
    let (mut balance, mut apart_first, mut apart_second) = (0.0, 0.0, 0.0);
    let things: Vec<_> = first.iter().zip(second).collect();
    for (at, (x, y)) in things.iter().enumerate() {
        for (other_x, other_y) in things.iter().skip(at + 1) {
            let (by_first, by_second) = (sign(x, other_x), sign(y, other_y));
            balance += by_first * by_second;
            apart_first += by_first.abs();
            apart_second += by_second.abs();
        }
    }
    let possible: f64 = apart_first * apart_second;
    if possible < 0.5 { Err(Undefined::NoOrder) } else { Ok(balance / possible.sqrt()) }
}

fn sign<T: PartialOrd>(a: &T, b: &T) -> f64 {
    match a.partial_cmp(b) {
        Some(Ordering::Greater) => 1.0,
        Some(Ordering::Less) => -1.0,
        _ => 0.0,
    }
}

/// W of rankings of the same things, a row a rater.
pub fn w<T: PartialOrd, R: AsRef<[T]>>(rankings: &[R]) -> Result<f64, Undefined> {
    let things = rankings.iter().map(|ranking| ranking.as_ref().len()).min().unwrap_or(0);
    if rankings.len() < 2 {
        return Err(Undefined::NoThree);
    }
    let mut sums = vec![0.0; things];
    let mut ties = 0.0;
    for ranking in rankings {
        let scores = ranking.as_ref().get(..things).unwrap_or_default();
        for (sum, score) in sums.iter_mut().zip(scores) {
            let (mut below, mut same) = (0.0_f64, 0.0_f64);
            for other in scores {
                match other.partial_cmp(score) {
                    Some(Ordering::Less) => below += 1.0,
                    Some(Ordering::Equal) => same += 1.0,
                    _ => {}
                }
            }
            *sum += below + f64::midpoint(same, 1.0);
            // t³ − t of a tie, a t-th of it for each of its things
            ties += same * same - 1.0;
        }
    }
    let (m, n) = (super::float(rankings.len()), super::float(things));
    let mean = m * (n + 1.0) / 2.0;
    let spread: f64 = sums.iter().map(|sum| (sum - mean).powi(2)).sum();
    let possible = m * m * (n * n * n - n) - m * ties;
    if possible < 1e-9 { Err(Undefined::NoOrder) } else { Ok(12.0 * spread / possible) }
}
