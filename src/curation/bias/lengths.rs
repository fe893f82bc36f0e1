//! How long the chosen and the rejected responses of decided pairs are.

use std::cmp::Ordering;

use crate::curation::judged::Judgements;
use crate::curation::spread::{Histogram, Quantiles};

/// The lengths of decided pairs, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PairLengths {
    /// How many pairs are decided: those of each annotator who ranked by themselves.
    pub decided: u64,
    /// Of the better responses; `None` without any.
    pub chosen: Option<Quantiles>,
    /// Of the worse ones.
    pub rejected: Option<Quantiles>,
}

impl PairLengths {
    /// Those of usable examples.
    pub fn of(judgements: &Judgements) -> Self {
        let (mut chosen, mut rejected) = (Vec::new(), Vec::new());
        for example in judgements.examples.iter().filter(|example| example.is_usable) {
            for judgement in example.independent() {
                for (a, &of_a) in example.lengths.iter().enumerate() {
                    for (b, &of_b) in example.lengths.iter().enumerate().skip(a + 1) {
                        let (better, worse) = match judgement.relation(a, b) {
                            Some(Ordering::Greater) => (of_a, of_b),
                            Some(Ordering::Less) => (of_b, of_a),
                            Some(Ordering::Equal) | None => continue,
                        };
                        chosen.push(better);
                        rejected.push(worse);
                    }
                }
            }
        }
        let quantiles = |lengths: &[u32]| Histogram::of(lengths, &[]).quantiles;
        Self { decided: chosen.len() as u64, chosen: quantiles(&chosen), rejected: quantiles(&rejected) }
    }
}
