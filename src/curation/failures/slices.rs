//! Slices of one value and of two values that fail more than the rest.

use thiserror::Error;

use super::super::numbers::float;
use super::super::proportion::{Interval, wilson};
use super::super::tway::{At, Names, PairCounts};
use super::evidence::{benjamini_hochberg, fisher, newcombe};
use crate::text::count::thousands;
use crate::text::percent;

const CONFIDENCE: f64 = 0.95;

/// What slices are looked at, and which are told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// The fewest tests in a slice.
    pub tests: u64,
    /// The fewest failures in a slice.
    pub failures: u64,
    /// The share of what is told that may be chance.
    pub false_share: f64,
    /// How much failing counts beside size in the score of a slice.
    pub alpha: f64,
    /// How many are told at most.
    pub at_most: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { tests: 10, failures: 3, false_share: 0.1, alpha: 0.95, at_most: 50 }
    }
}

/// Why slices can't be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SliceError {
    /// Tests and failures were counted over other facets.
    #[error("tests and failures were counted over different facets: count both anew")]
    Facets,
    /// There are failures that were no tests.
    #[error("{failures} failures in {tests} tests: count both anew")]
    Counts {
        /// Failures.
        failures: u64,
        /// Tests.
        tests: u64,
    },
}

/// Tests that have one or two values in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Slice {
    /// The values.
    pub values: Vec<At>,
    /// How many tests have them.
    pub tests: u64,
    /// How many of these fail.
    pub failures: u64,
    /// The share that fails.
    pub rate: f64,
    /// Its 95 % interval (Wilson).
    pub interval: Interval,
    /// How many times as often it fails as all do.
    pub lift: f64,
    /// The 95 % interval of how much more of it fails than of the rest (Newcombe).
    pub difference: Interval,
    /// How likely a difference so large is by mere chance (Fisher).
    pub p: f64,
    /// The same for as many slices as were looked at (Benjamini & Hochberg).
    pub q: f64,
    /// The score of `SliceLine`.
    pub score: f64,
    /// What mending it promises: the least difference by the share of tests that it has.
    pub promise: f64,
}

impl Slice {
    /// What it says, such as `tr × refund fails 45 % (18 of 40), 2.6 times as often as all`.
    pub fn told(&self, names: &Names) -> String {
        let (name, rate) = (names.together(&self.values), percent::near(self.rate));
        let (failures, tests, lift) = (thousands(self.failures), thousands(self.tests), self.lift);
        format!("{name} fails {rate} ({failures} of {tests}), {lift:.1} times as often as all")
    }
}

/// The slices that fail more than the rest.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// Those, what promises most first.
    pub slices: Vec<Slice>,
    /// How many were large enough to be looked at.
    pub looked_at: usize,
    /// Tests in all.
    pub tests: u64,
    /// Failures in all.
    pub failures: u64,
}

/// α (e/ē − 1) − (1 − α)(N/n − 1): how much more a slice of n tests fails than all N do, and how small it
/// is (Sagadeeva & Boehm 2021). Not a number where nothing fails, or of nothing.
pub fn slice_score(failures: u64, tests: u64, all_failures: u64, all_tests: u64, alpha: f64) -> f64 {
    let lift = (float(failures) / float(tests)) / (float(all_failures) / float(all_tests));
    alpha * (lift - 1.0) - (1.0 - alpha) * (float(all_tests) / float(tests) - 1.0)
}

/// The slices of one value and of two values that fail more than the rest, what promises most first. Those
/// of two values are only told where they are surely worse, at least, than both of the slices that they are
/// part of.
///
/// # Errors
/// Where tests and failures do not fit together.
pub fn slices(tests: &PairCounts, failures: &PairCounts, options: &Options) -> Result<Found, SliceError> {
    if tests.grid() != failures.grid() {
        return Err(SliceError::Facets);
    }
    let counts = Counts { tests, failures };
    let too_many = |n: u64, x: u64| x > n;
    if too_many(tests.examples(), failures.examples()) || counts.all().any(|(_, n, x)| too_many(n, x)) {
        return Err(SliceError::Counts { failures: failures.examples(), tests: tests.examples() });
    }
    let is_large = |&(_, n, x): &(Vec<At>, u64, u64)| {
        n >= options.tests.max(1) && x >= options.failures && n < tests.examples()
    };
    let mut looked_at: Vec<Slice> = counts
        .all()
        .filter(is_large)
        .map(|(values, n, x)| counts.slice(values, n, x, options.alpha))
        .collect();
    let chances: Vec<f64> = looked_at.iter().map(|slice| slice.p).collect();
    for (slice, q) in looked_at.iter_mut().zip(benjamini_hochberg(&chances)) {
        slice.q = q;
    }
    let many = looked_at.len();
    looked_at.retain(|slice| slice.q <= options.false_share && slice.difference.low > 0.0);
    looked_at.retain(|slice| slice.values.len() < 2 || counts.is_worse_than_parents(slice));
    looked_at.sort_by(|one, other| {
        other
            .promise
            .total_cmp(&one.promise)
            .then(one.values.len().cmp(&other.values.len()))
            .then(one.values.cmp(&other.values))
    });
    looked_at.truncate(options.at_most);
    Ok(Found { slices: looked_at, looked_at: many, tests: tests.examples(), failures: failures.examples() })
}

struct Counts<'a> {
    tests: &'a PairCounts,
    failures: &'a PairCounts,
}

impl Counts<'_> {
    /// All values and pairs of values with their tests and failures.
    fn all(&self) -> impl Iterator<Item = (Vec<At>, u64, u64)> + '_ {
        let grid = self.tests.grid();
        let kinds = grid.kinds().iter().enumerate();
        let values = kinds.flat_map(|(facet, &kinds)| (0..kinds).map(move |value| At::new(facet, value)));
        let singles =
            values.map(|at| (vec![at], self.tests.single(at).into(), self.failures.single(at).into()));
        let counted = self.tests.cells().iter().zip(self.failures.cells());
        let filled = grid.all().zip(counted).filter(|(_, (n, x))| **n > 0 || **x > 0);
        let pairs = filled.map(|(cell, (&n, &x))| (vec![cell.first, cell.second], n.into(), x.into()));
        singles.chain(pairs)
    }

    fn difference(&self, n: u64, x: u64) -> Interval {
        newcombe(x, n, self.failures.examples() - x, self.tests.examples() - n, CONFIDENCE)
    }

    fn slice(&self, values: Vec<At>, n: u64, x: u64, alpha: f64) -> Slice {
        let (all, failing) = (self.tests.examples(), self.failures.examples());
        let rate = float(x) / float(n);
        let difference = self.difference(n, x);
        Slice {
            values,
            tests: n,
            failures: x,
            rate,
            interval: wilson(float(x), float(n), CONFIDENCE),
            lift: rate / (float(failing) / float(all)),
            difference,
            p: fisher(x, n, failing - x, all - n).two_sided,
            q: 1.0,
            score: slice_score(x, n, failing, all, alpha),
            promise: difference.low * float(n) / float(all),
        }
    }

    /// Whether the least difference of a slice is larger than those of its values alone.
    fn is_worse_than_parents(&self, slice: &Slice) -> bool {
        slice.values.iter().all(|&at| {
            let parent = self.difference(self.tests.single(at).into(), self.failures.single(at).into());
            slice.difference.low > parent.low
        })
    }
}
