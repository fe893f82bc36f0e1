//! All measures of balance of one facet.

use super::divergence::{Divergence, TargetError, divergence, missing};
use super::{entropy, evenness, gini, hill, imbalance};
use crate::curation::balance::Verdict;
use crate::curation::numbers::float;
use crate::example::Share;
use crate::store::{FacetCount, ValueCount};

/// From these shares of examples in the wrong place on one should look, and it is bad.
const MISPLACED: [f64; 2] = [0.1, 0.25];
/// Below these evennesses one should look, and it is bad.
const EVEN: [f64; 2] = [0.8, 0.6];

/// A kind and its share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Member {
    /// Its place among the counts.
    pub at: usize,
    /// Its share.
    pub share: f64,
}

/// The balance of counts over declared kinds.
#[derive(Debug, Clone, PartialEq)]
pub struct Balance {
    /// How many kinds are declared.
    pub kinds: usize,
    /// How many examples were counted; one with several values counts for each.
    pub counted: u64,
    /// Shannon's entropy in nats.
    pub entropy: f64,
    /// Hill's numbers of order 0, 1 and 2: kinds that are there, and how many carry the weight.
    pub hill: [f64; 3],
    /// Pielou's evenness, from 0 to 1.
    pub evenness: f64,
    /// The largest kind; of equals the first. `None` of nothing.
    pub largest: Option<Member>,
    /// The smallest kind; of equals the first. `None` of nothing.
    pub smallest: Option<Member>,
    /// The largest by the smallest; infinite where one has nothing. `None` of nothing.
    pub imbalance: Option<f64>,
    /// Gini's coefficient, from 0 to 1.
    pub gini: f64,
    /// How far it is from the target; `None` without a target, and of nothing.
    pub divergence: Option<Divergence>,
    /// How many of each kind are missing to the target if nothing is taken away; empty without a target.
    pub missing: Vec<u64>,
}

/// What the values of a facet are to be to each other; `None` where that is not said of all.
fn targets(facet: &FacetCount) -> Option<Vec<f64>> {
    let given: u64 =
        facet.values.iter().filter_map(|value| value.share).map(|share| u64::from(share.millionths())).sum();
    let is_whole = given == u64::from(Share::WHOLE.millionths());
    let is_share = |value: &ValueCount| value.share.is_some() || (is_whole && value.target.is_none());
    if facet.values.iter().all(is_share) {
        return Some(facet.values.iter().map(|value| value.share.map_or(0.0, Share::fraction)).collect());
    }
    facet.values.iter().map(|value| value.target.map(f64::from)).collect()
}

impl Balance {
    /// The balance of the usable examples of a facet. Its values are compared with their targets where each
    /// has one, and exactly with their shares where those are given; where only some have a target, nobody
    /// said what share the others should have, unless the shares make up a whole without them.
    ///
    /// # Errors
    /// Never: targets are whole numbers from 0 on.
    pub fn of_facet(facet: &FacetCount) -> Result<Self, TargetError> {
        let counts: Vec<u64> = facet.values.iter().map(ValueCount::usable).collect();
        let targets = targets(facet).filter(|targets| targets.iter().any(|target| *target > 0.0));
        Self::of(&counts, targets.as_deref())
    }

    /// What to make of it: against the target a tenth in the wrong place is worth a look, a quarter is bad;
    /// without one an evenness below 0.8 is, and below 0.6. `None` of nothing, and of a single kind.
    pub fn verdict(&self) -> Option<Verdict> {
        if self.counted == 0 || self.kinds < 2 {
            return None;
        }
        Some(match &self.divergence {
            Some(far) if far.total_variation < MISPLACED[0] => Verdict::Good,
            Some(far) if far.total_variation < MISPLACED[1] => Verdict::Look,
            None if self.evenness >= EVEN[0] => Verdict::Good,
            None if self.evenness >= EVEN[1] => Verdict::Look,
            _ => Verdict::Bad,
        })
    }

    /// How good it is, from 0 to 1: what it shares with its target, or else how even it is. `None` of nothing.
    pub fn goodness(&self) -> Option<f64> {
        match &self.divergence {
            _ if self.counted == 0 => None,
            Some(far) => Some(1.0 - far.total_variation),
            None => Some(self.evenness),
        }
    }

    /// The balance of so many of each kind, against a target of shares where there is one. Shares need not
    /// add up to 1.
    ///
    /// # Errors
    /// Where the target isn't one share from 0 on for each kind, or all are 0.
    pub fn of(counts: &[u64], target: Option<&[f64]>) -> Result<Self, TargetError> {
        let counted: u64 = counts.iter().sum();
        let member = |(at, &n): (usize, &u64)| Member { at, share: float(n) / float(counted) };
        let all = || counts.iter().enumerate().filter(|_| counted > 0);
        Ok(Self {
            kinds: counts.len(),
            counted,
            entropy: entropy(counts),
            hill: hill(counts),
            evenness: evenness(counts),
            largest: all().rev().max_by_key(|(_, n)| **n).map(member),
            smallest: all().min_by_key(|(_, n)| **n).map(member),
            imbalance: imbalance(counts),
            gini: gini(counts),
            divergence: target.map(|target| divergence(counts, target)).transpose()?.flatten(),
            missing: target.map(|target| missing(counts, target)).transpose()?.unwrap_or_default(),
        })
    }
}
