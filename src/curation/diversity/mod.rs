//! How evenly counts are spread over the kinds that were declared, and how far that is from a target.
//!
//! Shares pᵢ = nᵢ / N are taken over all declared kinds, those without examples included: who leaves them
//! out sees a facet in balance of which half is missing. All are plain functions of counts; [`Balance`]
//! gathers them and tells each in a sentence.

mod balance;
mod divergence;
mod told;
mod weighed;

pub use balance::{Balance, Member};
pub use divergence::{Divergence, Fit, TargetError, divergence, missing, shares};
pub use told::{Measure, Told};
pub use weighed::{Weighed, weighed, worst};

use super::numbers::{float, length};

/// Shannon's entropy H = −Σ pᵢ ln pᵢ in nats (Shannon 1948); 0 of nothing.
pub fn entropy(counts: &[u64]) -> f64 {
    let total: u64 = counts.iter().sum();
    if total == 0 {
        return 0.0;
    }
    let terms = counts.iter().filter(|&&n| n > 0).map(|&n| {
        let p = float(n) / float(total);
        p * p.recip().ln()
    });
    terms.sum()
}

/// The effective number of kinds of order 0, 1 and 2 (Hill 1973, Jost 2006): how many there are, exp(H),
/// and 1 / Σ pᵢ². So many kinds of equal size would be as varied; the higher the order the less do rare
/// kinds count. All 0 of nothing.
pub fn hill(counts: &[u64]) -> [f64; 3] {
    let total: u64 = counts.iter().sum();
    if total == 0 {
        return [0.0; 3];
    }
    let seen = counts.iter().filter(|&&n| n > 0).count();
    let squares: f64 = counts.iter().map(|&n| (float(n) / float(total)).powi(2)).sum();
    [length(seen), entropy(counts).exp(), 1.0 / squares]
}

/// exp(H), at least 1; 0 where there is nothing.
pub fn effective_kinds(counts: &[u64]) -> f64 {
    hill(counts)[1]
}

/// Pielou's evenness H / ln k (1966) over all k declared kinds: from 0 to 1; 1 of fewer than two.
pub fn evenness(counts: &[u64]) -> f64 {
    if counts.len() < 2 { 1.0 } else { entropy(counts) / length(counts.len()).ln() }
}

/// How often as many the largest kind has as the smallest: max n / min n; infinite where one has nothing.
/// `None` where all have nothing.
pub fn imbalance(counts: &[u64]) -> Option<f64> {
    let (most, fewest) = (counts.iter().max()?, counts.iter().min()?);
    (*most > 0).then(|| float(*most) / float(*fewest))
}

/// Gini's coefficient by trapezoids, Σ (2i − k − 1) x₍ᵢ₎ / (k Σ x) with x in ascending order: 0 where all
/// kinds have the same, near to 1 where one has all. 0 of nothing.
pub fn gini(counts: &[u64]) -> f64 {
    let total: u64 = counts.iter().sum();
    if total == 0 {
        return 0.0;
    }
    let mut sorted = counts.to_vec();
    sorted.sort_unstable();
    let kinds = length(sorted.len());
    let weighed = sorted.iter().enumerate().map(|(at, &n)| (2.0 * length(at + 1) - kinds - 1.0) * float(n));
    weighed.sum::<f64>() / (kinds * float(total))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
