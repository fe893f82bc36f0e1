//! What single examples would fill: the same worth by which cards are made.

use super::gap::Place;
use super::terms::Terms;
use super::wanted::{GapError, Wanted};
use crate::curation::tway::{At, Cell, PairCounts};

/// What examples are worth that would come to what is there.
pub struct Worths<'a>(Terms<'a>);

impl<'a> Worths<'a> {
    /// Against what is wanted and what is there; nothing counts as queued.
    ///
    /// # Errors
    /// Where what is wanted does not fit to what was counted.
    pub fn new(wanted: &'a Wanted, have: &'a PairCounts) -> Result<Self, GapError> {
        Ok(Self(Terms::new(wanted, have, None)?))
    }

    /// What one example with these values, facet by facet, is worth: 0 where it fills nothing. Values that
    /// aren't there are worth nothing. O(f²) for f values.
    pub fn of(&self, values: &[&[u16]]) -> f64 {
        let grid = self.0.grid();
        let is_there = |at: &At| grid.kinds().get(at.facet).is_some_and(|kinds| at.value < *kinds);
        let ats = values.iter().enumerate();
        let ats: Vec<At> = ats
            .flat_map(|(facet, values)| values.iter().map(move |value| At::new(facet, *value)))
            .filter(is_there)
            .collect();
        let single: f64 = ats.iter().map(|at| self.0.gap(Place::Value(*at)).weight).sum();
        let pairs = ats.iter().enumerate().flat_map(|(nth, first)| {
            ats.iter().skip(nth + 1).filter_map(|second| Cell::new(*first, *second).ok())
        });
        single + pairs.map(|cell| self.0.gap(Place::Pair(cell)).weight).sum::<f64>()
    }
}
