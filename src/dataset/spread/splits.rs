//! How what is held out compares with what is trained on.

use super::super::{OnProgress, Reader, Result, Tagged};
use super::rows;
use crate::curation::diversity::{Divergence, divergence};
use crate::curation::spread::{TwoSamples, kolmogorov_smirnov};
use crate::curation::tway::{At, PairCounts, Unseen, unseen_pairs, untrained_pairs};
use crate::dataset::Error;
use crate::example::{Split, Status, Tag};

/// Combinations that are tested and were never trained, that are listed.
const LISTED: usize = 60;

/// A facet over the splits.
#[derive(Debug, Clone, PartialEq)]
pub struct FacetSplits {
    /// Its name.
    pub name: String,
    /// Its values, each with how many examples of each split carry it, in the order of [`Split::ALL`].
    pub values: Vec<(String, [u64; 3])>,
}

/// Two values of two facets that come together in what is held out, and never in training.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untrained {
    /// The values.
    pub tags: [Tag; 2],
    /// How many examples that are held out carry both.
    pub n: u64,
}

/// What is held out, against what is trained on.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldOut {
    /// Validation or test.
    pub split: Split,
    /// How far the shares of values are from those in training, facet by facet; `None` where a side has none.
    pub facets: Vec<Option<Divergence>>,
    /// Whether prompts are as long; `None` where a side has none.
    pub prompts: Option<TwoSamples>,
    /// Whether responses are.
    pub responses: Option<TwoSamples>,
    /// Combinations of two values that were never trained; `None` where nothing is trained on.
    pub unseen: Option<Unseen>,
    /// Some of those, the most frequent first.
    pub untrained: Vec<Untrained>,
}

/// How the splits compare, by their usable examples.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Splits {
    /// How many examples of each are usable, and how many others are kept, in the order of [`Split::ALL`].
    pub sizes: [(u64, u64); 3],
    /// How many are in no split: usable, and others.
    pub without: (u64, u64),
    /// The facets; none where nothing is held out.
    pub facets: Vec<FacetSplits>,
    /// Validation and test, as far as they have examples.
    pub held_out: Vec<HeldOut>,
}

/// What is read of a split.
#[derive(Default)]
struct Side {
    /// The rows of its examples in the columns of tags.
    rows: Vec<usize>,
    prompts: Vec<u32>,
    responses: Vec<u32>,
}

impl Reader {
    /// Reads how the splits compare; where nothing is held out there is nothing to read but the live counts.
    pub fn splits(&self, on_progress: OnProgress<'_>) -> Result<Splits> {
        let counts = self.counts()?;
        let of_split = |split: Option<Split>| {
            let of = |is_usable: bool| {
                let is_it = |status: Status| status.is_usable() == is_usable && status != Status::Discarded;
                counts.count(|count| count.split == split && is_it(count.status))
            };
            (of(true), of(false))
        };
        let sizes = [Split::Train, Split::Validation, Split::Test].map(|split| of_split(Some(split)));
        let without = of_split(None);
        let [_, (validation, _), (test, _)] = sizes;
        if validation + test == 0 {
            return Ok(Splits { sizes, without, ..Splits::default() });
        }
        let tagged = self.tagged()?;
        let mut read: [Side; 3] = Default::default();
        rows::each(self, on_progress, &mut |row| {
            if !row.is_usable {
                return;
            }
            let Some(side) = row.split.and_then(|split| read.get_mut(split as usize)) else { return };
            side.rows.extend(tagged.row(row.example));
            side.prompts.push(row.prompt);
            side.responses.extend(row.response);
        })?;
        let mut counts = Vec::with_capacity(read.len());
        for side in &read {
            let columns = tagged.columns().of_rows(&side.rows);
            counts.push(PairCounts::of(&columns).map_err(|error| Error::Uncountable(error.to_string()))?);
        }
        let facets = facets(&tagged, &counts);
        let [train, validation, test] = &mut read;
        let mut held_out = Vec::new();
        if let [of_train, of_validation, of_test] = counts.as_slice() {
            for (split, side, counts) in
                [(Split::Validation, validation, of_validation), (Split::Test, test, of_test)]
            {
                if !side.prompts.is_empty() {
                    let against = Against { tagged: &tagged, train: &mut *train, of_train, facets: &facets };
                    held_out.push(against.compare(split, side, counts));
                }
            }
        }
        Ok(Splits { sizes, without, facets, held_out })
    }
}

fn facets(tagged: &Tagged, counts: &[PairCounts]) -> Vec<FacetSplits> {
    let one = |(at, facet): (usize, &crate::example::Facet)| {
        let of = |(code, value): (u16, &crate::example::FacetValue)| {
            let mut by_split = [0; 3];
            for (n, counts) in by_split.iter_mut().zip(counts) {
                *n = counts.single(At::new(at, code)).into();
            }
            (value.name.clone(), by_split)
        };
        FacetSplits { name: facet.name.clone(), values: (0..).zip(&facet.values).map(of).collect() }
    };
    tagged.facets.iter().enumerate().map(one).collect()
}

/// What is trained on.
struct Against<'a> {
    tagged: &'a Tagged,
    train: &'a mut Side,
    of_train: &'a PairCounts,
    facets: &'a [FacetSplits],
}

impl Against<'_> {
    fn compare(self, split: Split, side: &mut Side, counts: &PairCounts) -> HeldOut {
        let is_trained = !self.train.prompts.is_empty();
        let name = |at: At| {
            let facet = self.tagged.facets.get(at.facet);
            let value = facet.and_then(|facet| facet.values.get(usize::from(at.value)));
            Some(Tag::new(facet?.name.as_str(), value?.name.as_str()))
        };
        let pairs = if is_trained { untrained_pairs(counts, self.of_train, LISTED) } else { Vec::new() };
        let untrained = pairs.into_iter().filter_map(|(cell, n)| {
            Some(Untrained { tags: [name(cell.first)?, name(cell.second)?], n: n.into() })
        });
        HeldOut {
            split,
            facets: self.facets.iter().map(|facet| apart(facet, split)).collect(),
            prompts: kolmogorov_smirnov(&mut self.train.prompts, &mut side.prompts),
            responses: kolmogorov_smirnov(&mut self.train.responses, &mut side.responses),
            unseen: if is_trained { unseen_pairs(counts, self.of_train) } else { None },
            untrained: untrained.collect(),
        }
    }
}

/// How far the shares of a facet's values are from those in training.
fn apart(facet: &FacetSplits, split: Split) -> Option<Divergence> {
    let of = |split: Split| facet.values.iter().map(move |(_, counts)| counts[split as usize]);
    #[allow(clippy::cast_precision_loss)] // counts of examples are far below 2^52
    let trained: Vec<f64> = of(Split::Train).map(|n| n as f64).collect();
    let held_out: Vec<u64> = of(split).collect();
    // refused only where nothing is trained on
    divergence(&held_out, &trained).ok().flatten()
}
