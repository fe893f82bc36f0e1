//! Dealing groups to splits such that every stratum comes as near to the shares as whole groups allow.
//!
//! In a stratum the largest groups are dealt first: each goes to the split that lacks most of those that
//! it fits into. Where it fits nowhere, it goes where the stratum and those before it together lack most,
//! so that what many small strata round away adds up to the shares all the same. Of groups of one size
//! those with the lowest places are for train and those with the highest for the test, as they would
//! be without strata. No split of a stratum misses what is wanted by as much as its largest group has,
//! unless more than is wanted stood there before.

use crate::example::Split;

/// A group of examples that are dealt together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Group {
    /// Its place ([`super::place::place`]).
    pub place: f64,
    /// How many examples it has.
    pub examples: u64,
}

/// Groups over which the shares hold.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stratum {
    /// How many examples stand in each split already, in the order of [`Split::ALL`].
    pub standing: [u64; 3],
    /// The groups to be dealt.
    pub groups: Vec<Group>,
}

impl Stratum {
    /// How many examples it has, dealt or not.
    pub fn examples(&self) -> u64 {
        self.standing.iter().sum::<u64>() + self.groups.iter().map(|group| group.examples).sum::<u64>()
    }
}

/// A lack below this is one of rounding.
const ROUNDING: f64 = 1e-9;

/// Deals the groups of each stratum. `wanted` is what all strata together are to have in each split; a
/// stratum wants its part of it. Answers for each stratum the splits of its groups, in their order.
pub fn deal(strata: &[Stratum], wanted: [f64; 3]) -> Vec<Vec<Split>> {
    let all: u64 = strata.iter().map(Stratum::examples).sum();
    let mut owed = [0.0; 3];
    let one = |stratum: &Stratum| {
        let part = float(stratum.examples()) / float(all.max(1));
        let mut lacking = wanted;
        for (lack, standing) in lacking.iter_mut().zip(stratum.standing) {
            *lack = *lack * part - float(standing);
        }
        let dealt = deal_stratum(&stratum.groups, &mut lacking, owed);
        for (owed, lack) in owed.iter_mut().zip(lacking) {
            *owed += lack;
        }
        dealt
    };
    strata.iter().map(one).collect()
}

/// `lacking` is what the stratum lacks, which goes down as groups are dealt; `owed` is what the strata
/// before it still lack.
fn deal_stratum(groups: &[Group], lacking: &mut [f64; 3], owed: [f64; 3]) -> Vec<Split> {
    let mut order: Vec<(usize, &Group)> = groups.iter().enumerate().collect();
    order.sort_by(|(_, a), (_, b)| b.examples.cmp(&a.examples).then(a.place.total_cmp(&b.place)));
    let mut dealt = vec![Split::Train; groups.len()];
    for alike in order.chunk_by(|(_, a), (_, b)| a.examples == b.examples) {
        let size = alike.first().map_or(0.0, |(_, group)| float(group.examples));
        let mut given = Vec::with_capacity(alike.len());
        for _ in alike {
            let to = next(size, *lacking, owed);
            if let Some(lack) = lacking.get_mut(to) {
                *lack -= size;
            }
            given.push(to);
        }
        // Train is the lowest number and gets the lowest places.
        given.sort_unstable();
        for ((at, _), to) in alike.iter().zip(given) {
            if let (Some(split), Some(&to)) = (dealt.get_mut(*at), Split::ALL.get(to)) {
                *split = to;
            }
        }
    }
    dealt
}

/// The place in [`Split::ALL`] of the split that a group of that size goes to.
fn next(size: f64, lacking: [f64; 3], owed: [f64; 3]) -> usize {
    let most = |scores: [Option<f64>; 3]| {
        let scored = scores.into_iter().enumerate().filter_map(|(at, score)| Some((at, score?)));
        // Of equals the first.
        scored.rev().max_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(at, _)| at)
    };
    let fits = lacking.map(|lack| Some(lack).filter(|lack| *lack >= size - ROUNDING));
    if let Some(at) = most(fits) {
        return at;
    }
    let mut lacks = lacking.map(|lack| Some(lack).filter(|lack| *lack > ROUNDING));
    for (lack, owed) in lacks.iter_mut().zip(owed) {
        *lack = lack.map(|lack| lack + owed);
    }
    // Something lacks while anything is to be dealt, but for rounding.
    most(lacks).unwrap_or_default()
}

#[allow(clippy::cast_precision_loss)] // counts of examples are far below 2^52
fn float(n: u64) -> f64 {
    n as f64
}
