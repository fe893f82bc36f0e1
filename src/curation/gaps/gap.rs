//! Single places that lack examples.

use std::cmp::Ordering;

use super::terms::Terms;
use super::wanted::{GapError, Wanted};
use crate::curation::tway::{At, Cell, Names, PairCounts};
use crate::text::count::thousands;

/// A value, or a pair of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A value.
    Value(At),
    /// A pair of values.
    Pair(Cell),
}

impl Place {
    /// Its name, such as `tr × refund`.
    pub fn told(self, names: &Names) -> String {
        match self {
            Self::Value(at) => names.value(at),
            Self::Pair(cell) => names.together(&[cell.first, cell.second]),
        }
    }
}

/// A place that lacks examples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// Where.
    pub place: Place,
    /// How many are there.
    pub have: u32,
    /// How many are open in the queues: they fill it once they are done.
    pub queued: u32,
    /// How many were proposed before it in the same list.
    pub proposed: u32,
    /// How many are wanted.
    pub wanted: u32,
    /// What it counts.
    pub weight: f64,
}

impl Gap {
    /// How many are missing.
    pub fn missing(&self) -> u32 {
        self.wanted.saturating_sub(self.have.saturating_add(self.queued).saturating_add(self.proposed))
    }

    /// The share of what is wanted that is missing.
    pub(super) fn lacking(&self) -> f64 {
        if self.wanted == 0 { 0.0 } else { f64::from(self.missing()) / f64::from(self.wanted) }
    }

    /// What it says, such as `tr × refund has 1 of 3, 1 queued, 1 proposed above`.
    pub fn told(&self, names: &Names) -> String {
        let number = |n: u32| thousands(n.into());
        let besides = [(self.queued, "queued"), (self.proposed, "proposed above")];
        let besides = besides.into_iter().filter(|(n, _)| *n > 0);
        let has = format!("{} has {} of {}", self.place.told(names), number(self.have), number(self.wanted));
        besides.fold(has, |told, (n, what)| format!("{told}, {} {what}", number(n)))
    }

    /// The one that counts most first; of equals the one of which most are missing.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        let by_weight = other.weight.total_cmp(&self.weight);
        by_weight.then(other.missing().cmp(&self.missing())).then(self.place.cmp(&other.place))
    }
}

/// The places that lack most, at most so many: values against their targets, and pairs of values. What is
/// queued counts as if it were there; what can't be is not listed.
///
/// # Errors
/// Where what is wanted does not fit to what was counted.
pub fn open_gaps(
    wanted: &Wanted,
    have: &PairCounts,
    queued: Option<&PairCounts>,
    at_most: usize,
) -> Result<Vec<Gap>, GapError> {
    let terms = Terms::new(wanted, have, queued)?;
    let mut gaps: Vec<Gap> = Vec::new();
    // Only the best are kept on the way, as there may be millions.
    let enough = at_most.saturating_mul(2).saturating_add(1_024);
    for (place, _) in terms.open() {
        gaps.push(terms.gap(place));
        if gaps.len() >= enough {
            gaps.sort_by(Gap::order);
            gaps.truncate(at_most);
        }
    }
    gaps.sort_by(Gap::order);
    gaps.truncate(at_most);
    Ok(gaps)
}
