//! How splits stand: what each has and should have, what leaks, how they compare.

use super::dealing::Counted;
use super::rows::Rows;
use super::{Leak, Splitting};
use crate::curation::splits::compare::{Comparison, compare};
use crate::example::Shares;

/// How the splits of the examples that are split stand.
#[derive(Debug, Clone, PartialEq)]
pub struct SplitReport {
    /// How many examples there are.
    pub examples: u64,
    /// How many of them are in each split, in the order of [`Split::ALL`](crate::example::Split::ALL).
    pub counts: [u64; 3],
    /// How many are wanted there; `None` where the counts that are wanted are more than there are.
    pub wanted: Option<[f64; 3]>,
    /// How many are in no split.
    pub without: u64,
    /// Of those that were dealt, how many went where like ones stand.
    pub joined: u64,
    /// How many stay without a split, because those like them stand in several.
    pub held: u64,
    /// How many groups of like prompts there are.
    pub groups: u64,
    /// How many examples are in such groups.
    pub grouped: u64,
    /// The largest group: its first example and how many it has.
    pub largest: Option<(i64, u64)>,
    /// Strata that have fewer groups than there are splits.
    pub small: Vec<SmallStratum>,
    /// How many leaks are mended.
    pub mended: u64,
    /// The leaks that stay, the likest first.
    pub leaks: Vec<Leak>,
    /// How the splits compare.
    pub comparison: Comparison,
}

/// A stratum that has fewer groups than there are splits, so that some split has nothing of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmallStratum {
    /// Its values: `intent:refund`.
    pub values: Vec<String>,
    /// How many groups it has, an example without its like being one.
    pub groups: u64,
    /// How many examples.
    pub examples: u64,
}

impl SplitReport {
    /// How many splits want something.
    pub(super) fn wanting(shares: &Shares) -> u64 {
        let parts = shares.shares().or_else(|| shares.wanted(u64::MAX).ok()).unwrap_or_default();
        parts.iter().filter(|part| **part > 0.0).count() as u64
    }
}

/// What a report is made of.
pub(super) struct Parts<'a> {
    pub components: &'a [Vec<i64>],
    pub dealt: Counted,
    pub small: Vec<SmallStratum>,
    pub mended: u64,
    pub leaks: Vec<Leak>,
}

impl Parts<'_> {
    pub fn told(self, rows: &Rows, splitting: &Splitting<'_>) -> SplitReport {
        let (counts, without) = rows.counts();
        let groups = || self.components.iter().filter(|component| component.len() > 1);
        let size = |group: &Vec<i64>| group.len() as u64;
        SplitReport {
            examples: rows.len(),
            counts,
            wanted: splitting.plan.shares.wanted(rows.len()).ok(),
            without,
            joined: self.dealt.joined,
            held: self.dealt.held,
            groups: groups().count() as u64,
            grouped: groups().map(size).sum(),
            // Of equals the first.
            largest: groups()
                .rev()
                .max_by_key(|group| group.len())
                .and_then(|group| Some((*group.first()?, size(group)))),
            comparison: compare(&rows.compared(), &rows.facets),
            small: self.small,
            mended: self.mended,
            leaks: self.leaks,
        }
    }
}
