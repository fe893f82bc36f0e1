//! Balance: whether some kinds drown the others.
//!
//! Shares pᵢ = nᵢ / N are taken over all declared values, those without examples included.
//! H = −Σ pᵢ ln pᵢ is Shannon's entropy; exp(H) is the effective number of kinds (Hill's number of
//! order 1; Hill 1973, Jost 2006): 90 % of one kind and a few of seven others are 1.6 kinds, not 8.
//! H / ln k is Pielou's evenness (1966).

use crate::store::{Counts, FacetCount};

/// Below this evenness one should look.
const LOOK: f64 = 0.80;
/// Below this evenness it is bad.
const BAD: f64 = 0.60;

/// The balance of one facet.
#[derive(Debug, Clone, PartialEq)]
pub struct FacetBalance {
    /// The facet.
    pub name: String,
    /// How many values are declared.
    pub kinds: usize,
    /// exp(H): how many equally frequent values would be as varied.
    pub effective: f64,
    /// H / ln k, from 0 to 1; 1 for fewer than two values.
    pub evenness: f64,
    /// The most frequent value and its share.
    pub largest: (String, f64),
    /// How many examples were counted.
    pub counted: u64,
}

/// What to make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Every kind has its share.
    Good,
    /// Some kinds are rare.
    Look,
    /// Few kinds drown the others.
    Bad,
}

impl FacetBalance {
    /// The balance of a facet's usable examples; `None` where there are none, or fewer than two
    /// values.
    pub fn of(facet: &FacetCount) -> Option<Self> {
        let counts: Vec<u64> = facet.values.iter().map(crate::store::ValueCount::usable).collect();
        let counted: u64 = counts.iter().sum();
        let (largest, &most) = facet.values.iter().zip(&counts).rev().max_by_key(|(_, n)| **n)?;
        (counted > 0 && counts.len() > 1).then(|| Self {
            name: facet.name.clone(),
            kinds: counts.len(),
            effective: effective_kinds(&counts),
            evenness: evenness(&counts),
            largest: (largest.name.clone(), ratio(most, counted)),
            counted,
        })
    }

    /// What to make of it.
    pub fn verdict(&self) -> Verdict {
        match self.evenness {
            even if even >= LOOK => Verdict::Good,
            even if even >= BAD => Verdict::Look,
            _ => Verdict::Bad,
        }
    }
}

/// The balance of every facet of which something is usable.
pub fn balance(counts: &Counts) -> Vec<FacetBalance> {
    counts.facets.iter().filter_map(FacetBalance::of).collect()
}

/// exp(H), at least 1; 0 where there is nothing.
pub fn effective_kinds(counts: &[u64]) -> f64 {
    if counts.iter().sum::<u64>() == 0 { 0.0 } else { entropy(counts).exp() }
}

/// H / ln k over all kinds, also those without examples.
pub fn evenness(counts: &[u64]) -> f64 {
    if counts.len() < 2 { 1.0 } else { entropy(counts) / ratio(counts.len() as u64, 1).ln() }
}

/// H in nats.
fn entropy(counts: &[u64]) -> f64 {
    let total = counts.iter().sum();
    let terms = counts.iter().filter(|&&n| n > 0).map(|&n| {
        let p = ratio(n, total);
        -p * p.ln()
    });
    terms.sum()
}

#[allow(clippy::cast_precision_loss)]
// Counts stay far below 2^52.
fn ratio(of: u64, whole: u64) -> f64 {
    of as f64 / whole.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-8, "{a} is not {b}");
    }

    /// Values by scikit-bio 0.6, and the spider data of iNEXT (Girdled).
    #[test]
    fn the_numbers_are_those_of_others() {
        let girdled = [46, 22, 17, 15, 15, 9, 8, 6, 6, 4, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
        close(effective_kinds(&girdled), 12.059_650_498_938_32);
        close(evenness(&girdled), 0.764_208_543_741_791_7);
        close(effective_kinds(&[900, 50, 30, 10, 5, 3, 1, 1]), 1.573_958_907_985_646_3);
        close(evenness(&[900, 50, 30, 10, 5, 3, 1, 1]), 0.218_132_625_428_096_03);
        close(effective_kinds(&[25, 25, 25, 25]), 4.0);
        close(evenness(&[25, 25, 25, 25]), 1.0);
    }

    #[test]
    fn values_without_examples_count() {
        close(evenness(&[10, 10]), 1.0);
        assert!(evenness(&[10, 10, 0, 0]) < 0.51);
        close(effective_kinds(&[10, 10, 0, 0]), 2.0);
        close(effective_kinds(&[0, 0]), 0.0);
    }
}
