//! Combinations that are tested and were never trained.

use super::grid::Cell;
use super::pairs::PairCounts;
use crate::curation::numbers::float;
use crate::text::count::thousands;
use crate::text::percent;

/// How many combinations are tested, and how many of these were never trained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Unseen {
    /// How many pairs of values are tested.
    pub tested: u64,
    /// How many of these were never trained.
    pub untrained: u64,
}

impl Unseen {
    /// The share of pairs tested that were never trained (set difference combinatorial coverage; Lanus,
    /// Freeman, Kuhn & Kacker 2021); 0 where nothing is tested.
    pub fn share(self) -> f64 {
        if self.tested == 0 { 0.0 } else { float(self.untrained) / float(self.tested) }
    }

    /// What it says.
    pub fn told(self) -> String {
        if self.tested == 0 {
            return "no combination of two values is tested".to_owned();
        }
        let share = percent::near(self.share());
        format!("{share} of the {} combinations tested were never trained", thousands(self.tested))
    }
}

/// How many pairs of values that are tested were never trained; `None` where both are not of the same facets.
pub fn unseen_pairs(test: &PairCounts, train: &PairCounts) -> Option<Unseen> {
    if test.grid() != train.grid() {
        return None;
    }
    let tested = test.cells().iter().zip(train.cells()).filter(|(tested, _)| **tested > 0);
    Some(tested.fold(Unseen::default(), |so_far, (_, &trained)| Unseen {
        tested: so_far.tested + 1,
        untrained: so_far.untrained + u64::from(trained == 0),
    }))
}

/// Pairs of values that are tested and were never trained, each with how often it is tested: at most so many,
/// the most frequent first. None where both are not of the same facets.
pub fn untrained_pairs(test: &PairCounts, train: &PairCounts, most: usize) -> Vec<(Cell, u32)> {
    if test.grid() != train.grid() {
        return Vec::new();
    }
    let counts = test.cells().iter().zip(train.cells());
    let untrained =
        test.grid().all().zip(counts).filter(|(_, (tested, trained))| **tested > 0 && **trained == 0);
    let mut pairs: Vec<(Cell, u32)> = untrained.map(|(cell, (tested, _))| (cell, *tested)).collect();
    pairs.sort_by_key(|(_, tested)| std::cmp::Reverse(*tested));
    pairs.truncate(most);
    pairs
}
