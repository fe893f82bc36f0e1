//! What is wanted of values and pairs.

use thiserror::Error;

use super::super::tway::{Cell, Forbidden, Grid, PairCounts};
use crate::curation::numbers::at_least;

/// So many examples of a value are wanted where nobody said anything else.
const FEWEST: u64 = 30;

/// What counts how much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// w₁: of a value that has none of its target.
    pub single: f64,
    /// w₂: of a pair that has none of what it wants.
    pub pair: f64,
    /// λ: of failures.
    pub lift: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self { single: 1.0, pair: 0.5, lift: 1.0 }
    }
}

/// What is known of a pair of values from elsewhere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairWeight {
    /// Which.
    pub cell: Cell,
    /// How often it is asked for, by what is usual: 1 unless told.
    pub traffic: f64,
    /// How often it fails, by what is usual: 0 unless told.
    pub lift: f64,
}

/// What is wanted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Wanted {
    /// How many of each value of each facet; 0 where nothing is said.
    pub targets: Vec<Vec<u32>>,
    /// How many of each pair of values; 0 where pairs don't matter.
    pub per_pair: u32,
    /// Pairs of which another number is wanted, whether or not their facets' pairs matter.
    pub cells: Vec<(Cell, u32)>,
    /// The facets whose pairs matter.
    pub paired: Vec<usize>,
    /// Pairs that matter more or less than others.
    pub known: Vec<PairWeight>,
    /// Pairs that can't be.
    pub forbidden: Forbidden,
    /// What counts how much.
    pub weights: Weights,
}

/// Why gaps can't be told.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum GapError {
    /// Not a target for each value.
    #[error("targets of facet {facet}: {targets}, for {kinds} values: give one for each, 0 for none")]
    Targets {
        /// Which facet, counted from 1.
        facet: usize,
        /// Its values.
        kinds: usize,
        /// The targets given.
        targets: usize,
    },
    /// What is queued was counted over other facets.
    #[error("what is queued was counted over other facets than what is there: count both anew")]
    Queued,
    /// A weight that is none.
    #[error("{what} is {value}: give a number from 0 on")]
    Weight {
        /// Which.
        what: &'static str,
        /// What was given.
        value: f64,
    },
    /// A pair with a weight or a number of its own that isn't there.
    #[error(
        "a weight or a number is given for a pair of values that the facets don't have: read the facets anew"
    )]
    Pair,
}

/// The target of a value of which nobody said one: its share of the goal, and not too few.
pub fn default_target(goal: u64, share: f64) -> u64 {
    at_least(crate::curation::numbers::float(goal) * share).max(FEWEST)
}

impl Wanted {
    /// Whether it fits to what was counted.
    pub(super) fn check(&self, have: &PairCounts, queued: Option<&PairCounts>) -> Result<(), GapError> {
        let grid = have.grid();
        if queued.is_some_and(|queued| queued.grid() != grid) {
            return Err(GapError::Queued);
        }
        self.check_targets(grid)?;
        let weights = [("w1", self.weights.single), ("w2", self.weights.pair), ("lambda", self.weights.lift)];
        let known =
            self.known.iter().flat_map(|known| [("a traffic", known.traffic), ("a lift", known.lift)]);
        let is_bad = |value: f64| !value.is_finite() || value < 0.0;
        if let Some((what, value)) = weights.into_iter().chain(known).find(|(_, value)| is_bad(*value)) {
            return Err(GapError::Weight { what, value });
        }
        let named = self.known.iter().map(|known| known.cell).chain(self.cells.iter().map(|(cell, _)| *cell));
        let is_there = |cell: Cell| grid.index(cell).is_some();
        if named.into_iter().all(is_there) { Ok(()) } else { Err(GapError::Pair) }
    }

    fn check_targets(&self, grid: &Grid) -> Result<(), GapError> {
        for (facet, &kinds) in grid.kinds().iter().enumerate() {
            let (kinds, targets) = (usize::from(kinds), self.targets.get(facet).map_or(0, Vec::len));
            if kinds != targets {
                return Err(GapError::Targets { facet: facet + 1, kinds, targets });
            }
        }
        Ok(())
    }
}
