//! Whether two samples of numbers are spread alike.

use crate::curation::numbers::{float, length};
use crate::text::percent;

/// How far two samples are from each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoSamples {
    /// How many numbers each has.
    pub sizes: (u64, u64),
    /// Kolmogorov and Smirnov's D: the largest difference between the shares of both that are not above
    /// some number. From 0 to 1.
    pub distance: f64,
    /// How likely a distance so large is by mere chance, by the limit for large samples (Smirnov 1948). Where
    /// numbers are equal, as lengths often are, it is rather too large.
    pub p: f64,
}

/// Below this chance two samples are told to differ.
const CHANCE: f64 = 0.05;
/// From this distance on a difference is worth a look, however sure it is.
const FAR: f64 = 0.1;

impl TwoSamples {
    /// Whether they differ by more than chance and by more than little.
    pub fn is_apart(self) -> bool {
        self.p < CHANCE && self.distance >= FAR
    }

    /// What it says.
    pub fn told(self) -> String {
        let apart = percent::near(self.distance);
        if self.is_apart() {
            format!("of another length: at some length the shares below it are {apart} apart")
        } else if self.p < CHANCE {
            format!("nearly of the same length: shares are at most {apart} apart")
        } else {
            "of the same length, as far as so few can tell".to_owned()
        }
    }
}

/// Compares two samples of numbers, which it sorts; `None` where one is empty.
pub fn kolmogorov_smirnov(one: &mut [u32], other: &mut [u32]) -> Option<TwoSamples> {
    if one.is_empty() || other.is_empty() {
        return None;
    }
    one.sort_unstable();
    other.sort_unstable();
    let (n, m) = (length(one.len()), length(other.len()));
    let (mut i, mut j, mut distance) = (0, 0, 0.0_f64);
    while let (Some(&a), Some(&b)) = (one.get(i), other.get(j)) {
        let number = a.min(b);
        // past all that are equal, in both
        i += one.iter().skip(i).take_while(|&&there| there == number).count();
        j += other.iter().skip(j).take_while(|&&there| there == number).count();
        distance = distance.max((length(i) / n - length(j) / m).abs());
    }
    let effective = (n * m / (n + m)).sqrt();
    let sizes = (one.len() as u64, other.len() as u64);
    Some(TwoSamples { sizes, distance, p: kolmogorov(effective * distance) })
}

/// The chance that Kolmogorov's limit is above λ: 2 Σ (−1)^(k−1) exp(−2 k² λ²).
fn kolmogorov(lambda: f64) -> f64 {
    if lambda < 0.2 {
        // there it is 1 but for 1e-12, and the sum converges slowly
        return 1.0;
    }
    let mut sum = 0.0;
    for k in 1..=100_u64 {
        let term = (-2.0 * float(k * k) * lambda * lambda).exp();
        sum += if k % 2 == 1 { term } else { -term };
        if term < 1e-16 {
            break;
        }
    }
    (2.0 * sum).clamp(0.0, 1.0)
}
