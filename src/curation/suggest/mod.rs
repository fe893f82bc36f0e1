//! Tags that the words of a prompt suggest, learned from the examples that people tagged.
//!
//! Multinomial naive Bayes over the presence of words, one model a facet. Everything is counts, so an
//! example is learned, relearned and forgotten in a moment, and what an example itself taught is
//! left out where its own words are judged (leave-one-out). The scores are tempered by the root of
//! the number of words: without that the posteriors of naive Bayes are all nearly 0 or 1.
//!
//! Of facets with one value the values compete with each other; of facets with several each value
//! competes with its absence, in examples that carry some value of the facet.
//!
//! A model of 50,000 prompts of thirty words costs about 40 MB, two thirds of that for the words of
//! each example, by which they can be forgotten; nothing is pruned.

mod facet;
mod words;

use std::collections::HashMap;

use facet::FacetCounts;
pub use words::{asked, hashes_of, words_of};

use crate::example::{Facet, Tag};

/// Examples that a facet must have taught before anything of it is offered.
pub const FACET_EXAMPLES: u32 = 30;
/// Examples that a value must have taught before it is offered.
pub const VALUE_EXAMPLES: u32 = 5;
/// How many times as probable as the next value (or as its absence, where a facet has several) a
/// value must be to be offered.
///
/// Measured, with the two bounds below: learned from the 10,003 questions of banking77 (77 values),
/// asked of its other 3,080, a value is offered for 60 % of them and is right in 98 %. Learned from
/// 1,000 of the questions: 32 %, right in 94 %. With twice as probable 79 % are offered and 95 %
/// right; but of the four moods of 2,671 Thai messages, which words tell badly, twice is right in
/// 71 % and four times in 88 %.
pub const LEAST_ODDS: f64 = 4.0;
/// How probable a value must be to be offered, however unlikely the others are.
pub const LEAST_PROBABILITY: f64 = 0.3;
/// The share of a text's words that examples of a value must have had. Of 805 instructions that have
/// nothing to do with banks, 1.5 % were offered a value of banking77 without this bound, 0.7 % with.
pub const LEAST_SEEN: f64 = 0.6;
/// Words that are named for a suggestion, at most.
const BECAUSE: usize = 3;

/// A tag that the words suggest.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The facet.
    pub facet: String,
    /// The value.
    pub value: String,
    /// How probable it is, from 0 to 1.
    pub probability: f32,
    /// How many examples of the value it was learned from.
    pub n: u32,
    /// The words that speak most for it, as [`words_of`] numbers them; the first speaks most.
    pub because: Vec<u32>,
}

/// What one example taught.
#[derive(Debug)]
struct Lesson {
    words: Box<[u32]>,
    /// The facets, by number, each with the values that the example carries.
    of: Box<[(u32, Box<[u32]>)]>,
}

/// What the tagged examples taught.
#[derive(Debug, Default)]
pub struct Suggester {
    facets: Vec<FacetCounts>,
    by_name: HashMap<String, u32>,
    lessons: HashMap<i64, Lesson>,
}

impl Suggester {
    /// A suggester for these facets that has learned nothing. A facet that is not among them is taken
    /// to have one value an example when it is first met.
    pub fn new(facets: &[Facet]) -> Self {
        let mut suggester = Self::default();
        for facet in facets {
            suggester.facet(&facet.name, facet.several);
        }
        suggester
    }

    /// How many examples it has learned.
    pub fn examples(&self) -> usize {
        self.lessons.len()
    }

    /// Learns an example by its words, which ascend ([`hashes_of`]), and its tags. What it taught
    /// before is replaced; an example without words or tags teaches nothing.
    pub fn learn(&mut self, id: i64, words: &[u32], tags: &[Tag]) {
        self.forget(id);
        if words.is_empty() || tags.is_empty() {
            return;
        }
        let mut of: Vec<(u32, Vec<u32>)> = Vec::new();
        for tag in tags {
            let number = self.facet(&tag.facet, false);
            let Some(facet) = self.facets.get_mut(number as usize) else { continue };
            let value = facet.value(&tag.value);
            match of.iter_mut().find(|(other, _)| *other == number) {
                Some((_, values)) if !values.contains(&value) => values.push(value),
                Some(_) => {}
                None => of.push((number, vec![value])),
            }
        }
        for (number, values) in &of {
            if let Some(facet) = self.facets.get_mut(*number as usize) {
                facet.add(words, values);
            }
        }
        let of = of.into_iter().map(|(number, values)| (number, values.into())).collect();
        self.lessons.insert(id, Lesson { words: words.into(), of });
    }

    /// Forgets what an example taught; says whether it had taught anything.
    pub fn forget(&mut self, id: i64) -> bool {
        let Some(lesson) = self.lessons.remove(&id) else { return false };
        for (number, values) in &lesson.of {
            if let Some(facet) = self.facets.get_mut(*number as usize) {
                facet.take(&lesson.words, values);
            }
        }
        true
    }

    /// What these words, which ascend, suggest; the most probable first. What the example `of` taught
    /// is left out. Tags that the example carries already are suggested like all others.
    pub fn suggest(&self, words: &[u32], of: Option<i64>) -> Vec<Suggestion> {
        let own = of.and_then(|id| self.lessons.get(&id));
        let mut found = Vec::new();
        for (number, facet) in (0_u32..).zip(&self.facets) {
            let taught = own.and_then(|lesson| {
                let (_, values) = lesson.of.iter().find(|(other, _)| *other == number)?;
                Some(facet::Own { words: &lesson.words, values })
            });
            facet.suggest(words, taught, &mut found);
        }
        found.sort_by(|a: &Suggestion, b| {
            let names = || (&a.facet, &a.value).cmp(&(&b.facet, &b.value));
            b.probability.total_cmp(&a.probability).then_with(names)
        });
        found
    }

    /// The number of a facet, which is made where it is new.
    fn facet(&mut self, name: &str, several: bool) -> u32 {
        if let Some(&number) = self.by_name.get(name) {
            return number;
        }
        // No dataset has four billion facets.
        let number = u32::try_from(self.facets.len()).unwrap_or(u32::MAX);
        self.facets.push(FacetCounts::new(name.to_owned(), several));
        self.by_name.insert(name.to_owned(), number);
        number
    }
}

#[cfg(test)]
mod tests;
