//! The coverage of a whole dataset: the one number that every face tells.

use super::facet::{FacetCoverage, share};
use super::fewest::fewest;
use crate::curation::numbers::{at_least, float};
use crate::store::{CellCount, Counts, FacetCount};

/// What is said of shares that are wanted where there is nothing to take them of.
pub const SHARES_OF_NOTHING: &str =
    "no example is usable yet, so shares have nothing to be shares of: set a goal, or write";

/// How far all targets are reached.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// The facets of which some values have targets.
    pub facets: Vec<FacetCoverage>,
    /// The cells of which some examples are wanted.
    pub cells: Vec<CellCount>,
    /// The names of the facets of which an example may carry several values.
    pub several: Vec<String>,
    /// Whether shares are wanted and there is nothing to take them of: then they ask for nothing, and are not met.
    pub has_shares_of_nothing: bool,
}

impl Coverage {
    /// The coverage of a dataset with these counts.
    pub fn of(counts: &Counts) -> Self {
        Self {
            facets: counts.facets.iter().filter_map(FacetCoverage::of).collect(),
            cells: counts.cells.iter().filter(|there| there.wanted() > 0).cloned().collect(),
            several: counts
                .facets
                .iter()
                .filter(|facet| facet.several)
                .map(|facet| facet.name.clone())
                .collect(),
            has_shares_of_nothing: counts.basis().is_nothing()
                && counts.facets.iter().any(FacetCount::wants_shares),
        }
    }

    /// Σ t.
    pub fn wanted(&self) -> u64 {
        let facets: u64 = self.facets.iter().map(FacetCoverage::wanted).sum();
        facets + self.cells.iter().map(CellCount::wanted).sum::<u64>()
    }

    /// Σ min(n, t).
    pub fn reached(&self) -> u64 {
        let facets: u64 = self.facets.iter().map(FacetCoverage::reached).sum();
        facets + self.cells.iter().map(|there| there.usable.min(there.wanted())).sum::<u64>()
    }

    /// Σ min(n, t) / Σ t; `None` without targets.
    pub fn share(&self) -> Option<f64> {
        let wanted = self.wanted();
        (wanted > 0).then(|| share(self.reached(), wanted))
    }

    /// How many new examples it takes at the least until such a share of all targets is reached, from 0 to 1:
    /// one fills gaps of several facets, so this is a bound that no plan can do with less than (how it is found
    /// is told in `fewest.rs`).
    pub fn examples_to(&self, share: f64) -> u64 {
        fewest(self, at_least(share * float(self.wanted())).saturating_sub(self.reached()))
    }

    /// How many new examples it takes at the least until all targets are reached; `None` without targets.
    pub fn examples_missing(&self) -> Option<u64> {
        (self.wanted() > 0).then(|| self.examples_to(1.0))
    }

    /// How many values have not reached their target.
    pub fn short_values(&self) -> usize {
        self.facets.iter().map(FacetCoverage::short_values).sum()
    }

    /// How many cells have not reached theirs.
    pub fn short_cells(&self) -> usize {
        self.cells.iter().filter(|there| there.missing() > 0).count()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::num::NonZeroU32;

    use crate::example::{CellTarget, CellWish, Goal, Kind, Share, Status, Tag};
    use crate::store::{ExampleCount, ValueCount};

    fn cell(value: &str, wish: u32, usable: u64) -> CellCount {
        let (one, other) = (Tag::new("intent", value), Tag::new("lang", "tr"));
        CellCount { cell: CellTarget::new(one, other, CellWish::from_number(wish)).unwrap(), usable }
    }

    #[test]
    fn cells_count_like_values_and_those_that_are_never_count_not_at_all() {
        let none = Coverage::of(&Counts::default());
        assert!(!none.has_shares_of_nothing, "nothing is wanted");
        assert_eq!((none.wanted(), none.share()), (0, None));
        let cells = vec![cell("refund", 10, 4), cell("cancel", 5, 50), cell("lost", 0, 3)];
        let covered = Coverage::of(&Counts { cells, ..Counts::default() });
        assert_eq!((covered.reached(), covered.wanted()), (9, 15));
        assert_eq!(covered.share(), Some(0.6));
        assert_eq!((covered.short_values(), covered.short_cells(), covered.cells.len()), (0, 1, 2));
    }

    #[test]
    fn shares_of_no_examples_are_told_and_never_met() {
        let value = |usable| ValueCount {
            name: "refund".to_owned(),
            target: Some(0),
            share: Some(Share::WHOLE),
            by_status: vec![(Status::Approved, usable)],
        };
        let facet = |usable| FacetCount {
            name: "intent".to_owned(),
            several: false,
            open: false,
            values: vec![value(usable)],
        };
        let told = |goal, usable| {
            let example = ExampleCount {
                status: Status::Approved,
                kind: Kind::Sft,
                split: None,
                answered: 1,
                n: usable,
            };
            let counts =
                Counts { facets: vec![facet(usable)], examples: vec![example], goal, ..Counts::default() };
            Coverage::of(&counts).has_shares_of_nothing
        };
        assert!(told(None, 0));
        assert!(!told(None, 1), "a share of one example asks for it");
        assert!(!told(NonZeroU32::new(10).map(Goal), 0), "a share of a goal asks for some of it");
    }
}
