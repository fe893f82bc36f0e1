//! Balance: whether some kinds drown the others.
//!
//! Shares pᵢ = nᵢ / N are taken over all declared values, those without examples included.
//! H = −Σ pᵢ ln pᵢ is Shannon's entropy; exp(H) is the effective number of kinds (Hill's number of
//! order 1; Hill 1973, Jost 2006): 90 % of one kind and a few of seven others are 1.6 kinds, not 8.
//! H / ln k is Pielou's evenness (1966).

use super::diversity::{Balance, effective_kinds, evenness};
use super::numbers::float;
use crate::store::{Counts, FacetCount};

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
    /// What to make of it: against the targets where all values have one, or else by the evenness.
    pub verdict: Verdict,
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
        let verdict = Balance::of_facet(facet).ok()?.verdict()?;
        (counted > 0 && counts.len() > 1).then(|| Self {
            name: facet.name.clone(),
            kinds: counts.len(),
            effective: effective_kinds(&counts),
            evenness: evenness(&counts),
            largest: (largest.name.clone(), float(most) / float(counted)),
            counted,
            verdict,
        })
    }
}

/// The balance of every facet of which something is usable.
pub fn balance(counts: &Counts) -> Vec<FacetBalance> {
    counts.facets.iter().filter_map(FacetBalance::of).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::example::Status;
    use crate::store::ValueCount;

    fn facet(usable: &[u64]) -> FacetCount {
        let value = |(at, &usable): (usize, &u64)| ValueCount {
            name: format!("value {at}"),
            target: None,
            share: None,
            by_status: vec![(Status::Approved, usable), (Status::Pending, 1_000)],
        };
        FacetCount {
            name: "intent".to_owned(),
            several: false,
            open: false,
            values: usable.iter().enumerate().map(value).collect(),
        }
    }

    #[test]
    fn few_that_drown_the_others_are_bad_and_values_without_examples_count() {
        let verdict = |usable: &[u64]| FacetBalance::of(&facet(usable)).unwrap().verdict;
        assert_eq!(verdict(&[900, 50, 30, 10, 5, 3, 1, 1]), Verdict::Bad);
        assert_eq!(verdict(&[10, 9, 8]), Verdict::Good);
        assert_eq!(verdict(&[80, 20]), Verdict::Look);
        assert_eq!(verdict(&[10, 10, 0, 0]), Verdict::Bad);
        let balance = FacetBalance::of(&facet(&[20, 20, 10])).unwrap();
        assert_eq!((balance.kinds, balance.counted, balance.largest), (3, 50, ("value 0".to_owned(), 0.4)));
    }

    #[test]
    fn nothing_usable_and_a_single_value_have_no_balance() {
        assert_eq!((FacetBalance::of(&facet(&[0, 0])), FacetBalance::of(&facet(&[5]))), (None, None));
    }
}
