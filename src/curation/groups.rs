//! Groups of prompts that are alike, found by their sketches.
//!
//! Sketches that have sixteen bits in common (a band) are compared; with 32 bands that are chosen
//! differently, two prompts that are alike by 0.8 meet in one of them 99.9 times of 100. What the
//! sketches say is then checked by whoever has the texts, so that a group holds no pair by chance.

use std::collections::HashSet;

use super::nearest::Sketches;
use crate::text::sketch::{Sketch, deviation, distance_at};

/// Bits of a band, and how many sets of bands are made, where prompts are to be so alike or less.
const BANDS: [(f32, usize, usize); 2] = [(1.0, 16, 2), (0.72, 12, 3)];
/// Sketches in one band are compared with so many that follow, at most: those that begin alike
/// stand together.
const WITHIN_BAND: usize = 400;
/// The estimate may be off by so many standard deviations.
const DOUBT: f32 = 2.5;

/// Finds the groups of two and more that are alike by `at_least`: each is alike to another one of
/// its group. `similarity` compares two of them exactly; `go_on` hears of the share that is done,
/// and answers `false` to stop, which gives `None`. Groups and their members are in order.
pub fn groups<E>(
    sketches: &Sketches,
    at_least: f32,
    similarity: &mut dyn FnMut(i64, i64) -> Result<f32, E>,
    go_on: &mut dyn FnMut(f32) -> bool,
) -> Result<Option<Vec<Vec<i64>>>, E> {
    // A prompt that says nothing is like no other.
    let all: Vec<(i64, Sketch)> =
        sketches.iter().filter(|(_, sketch)| *sketch != Sketch::default()).collect();
    let (bits, sets) = BANDS
        .iter()
        .rev()
        .find(|(most, ..)| at_least <= *most)
        .map_or((16, 2), |(_, bits, sets)| (*bits, *sets));
    let per_set = 256 / bits;
    let mut search = Search {
        sets: (0..all.len()).collect(),
        unlike: HashSet::new(),
        #[allow(clippy::cast_possible_truncation)] // less than 1
        farthest: distance_at(at_least - DOUBT * deviation(f64::from(at_least)) as f32),
        at_least,
        all,
    };
    let mut order: Vec<usize> = (0..search.all.len()).collect();
    for band in 0..sets * per_set {
        #[allow(clippy::cast_precision_loss)] // a hundred
        if !go_on(band as f32 / (sets * per_set) as f32) {
            return Ok(None);
        }
        // An odd step visits each of the 256 bits once.
        let (step, first) = (2 * (band / per_set) + 1, band % per_set * bits);
        let key = |at: &usize| {
            let sketch = search.all.get(*at).map(|(_, sketch)| *sketch).unwrap_or_default();
            (piece(sketch, first, step, bits), sketch)
        };
        order.sort_by_cached_key(key);
        let keys: Vec<u32> = order.iter().map(|at| key(at).0).collect();
        let mut start = 0;
        for run in keys.chunk_by(|a, b| a == b) {
            let end = start + run.len();
            search.compare(order.get(start..end).unwrap_or_default(), similarity)?;
            start = end;
        }
    }
    Ok(Some(search.groups()))
}

/// The bits of a band.
fn piece(sketch: Sketch, first: usize, step: usize, bits: usize) -> u32 {
    let words = sketch.words();
    (first..first + bits).fold(0, |piece, place| {
        let bit = place * step % 256;
        let word = words.get(bit / 64).copied().unwrap_or_default();
        piece << 1 | u32::from(word >> (bit % 64) & 1 == 1)
    })
}

/// A search for groups: those that are known to be alike are in one set.
struct Search {
    all: Vec<(i64, Sketch)>,
    /// For each of `all` another of its set with a smaller place, or itself where it is the first.
    sets: Vec<usize>,
    /// Pairs that were compared and found unlike.
    unlike: HashSet<(usize, usize)>,
    farthest: u32,
    at_least: f32,
}

impl Search {
    /// Compares those that share a band.
    fn compare<E>(
        &mut self,
        band: &[usize],
        similarity: &mut dyn FnMut(i64, i64) -> Result<f32, E>,
    ) -> Result<(), E> {
        for (place, &a) in band.iter().enumerate() {
            for &b in band.iter().skip(place + 1).take(WITHIN_BAND) {
                let (Some(&(one, its)), Some(&(other, others))) = (self.all.get(a), self.all.get(b)) else {
                    continue;
                };
                if its.distance(others) > self.farthest {
                    continue;
                }
                let (first, second) = (self.first_of(a), self.first_of(b));
                let pair = (a.min(b), a.max(b));
                if first == second || self.unlike.contains(&pair) {
                    continue;
                }
                if similarity(one, other)? < self.at_least {
                    self.unlike.insert(pair);
                } else if let Some(set) = self.sets.get_mut(first.max(second)) {
                    *set = first.min(second);
                }
            }
        }
        Ok(())
    }

    fn first_of(&mut self, mut at: usize) -> usize {
        while let Some(&next) = self.sets.get(at).filter(|next| **next != at) {
            let after = self.sets.get(next).copied().unwrap_or(next);
            if let Some(set) = self.sets.get_mut(at) {
                *set = after;
            }
            at = next;
        }
        at
    }

    /// The groups of two and more, each begun by its first example.
    fn groups(mut self) -> Vec<Vec<i64>> {
        let mut members: Vec<Vec<i64>> = vec![Vec::new(); self.all.len()];
        for at in 0..self.all.len() {
            let first = self.first_of(at);
            if let (Some(group), Some(&(id, _))) = (members.get_mut(first), self.all.get(at)) {
                group.push(id);
            }
        }
        members.retain(|group| group.len() > 1);
        members
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::convert::Infallible;

    use super::*;
    use crate::text::shingles::Shingles;

    fn of(texts: &[String], at_least: f32) -> Vec<Vec<i64>> {
        let all: HashMap<i64, &String> = (1..).zip(texts).collect();
        let mut sketches = Sketches::default();
        sketches.put(all.iter().map(|(id, text)| (*id, Sketch::of_text(text))));
        let mut exact =
            |a: i64, b: i64| Ok::<_, Infallible>(Shingles::of(all[&a]).similarity(&Shingles::of(all[&b])));
        groups(&sketches, at_least, &mut exact, &mut |_| true).unwrap().unwrap()
    }

    /// A question about a number and a thing, long enough that the politeness before it is little.
    fn question(number: usize, polite: &str) -> String {
        let thing = ["parcel", "invoice", "kettle", "bicycle", "umbrella", "guitar", "lantern"][number % 7];
        let place = ["Oslo", "Lagos", "Quito", "Hanoi", "Perth", "Minsk", "Turin", "Cork"][number / 7 % 8];
        let words = format!("{thing} {:x} {place}", number * 2_654_435_761 % 4_294_967_291);
        format!("{polite}tell me all that you know of the {words}, of the {words}, and of {words} again")
    }

    #[test]
    fn likes_are_grouped_and_others_left_alone() {
        let mut texts: Vec<String> = (0..150).map(|number| question(number, "")).collect();
        texts.extend((0..20).map(|number| question(number * 5, "Please ")));
        texts.extend(["?!", "…"].map(str::to_owned));
        let found = of(&texts, 0.8);
        let expected: Vec<Vec<i64>> = (0..20).map(|number| vec![number * 5 + 1, 151 + number]).collect();
        for pair in &expected {
            assert!(
                found.iter().any(|group| pair.iter().all(|id| group.contains(id))),
                "{pair:?}: {found:?}"
            );
        }
        assert!(found.iter().flatten().all(|id| *id <= 170));
    }

    #[test]
    fn a_chain_of_likes_is_one_group_and_the_bound_is_kept() {
        let chain =
            ["where is my refund for the broken kettle", "where is my refund for the broken kettle now"]
                .map(str::to_owned);
        assert_eq!(of(&chain, 0.8), [[1, 2]]);
        assert_eq!(of(&chain, 0.95), [[0; 2]; 0]);
        let same = vec!["the very same question".to_owned(); 1_500];
        assert_eq!(of(&same, 1.0).iter().map(Vec::len).collect::<Vec<_>>(), [1_500]);
    }

    #[test]
    fn it_can_be_stopped() {
        let mut exact = |_, _| Ok::<_, Infallible>(1.0);
        assert_eq!(groups(&Sketches::default(), 0.8, &mut exact, &mut |_| false), Ok(None));
    }
}
