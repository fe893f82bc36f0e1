//! What the examples of one facet taught: counts of words by value, and what follows from them.

#![allow(clippy::cast_precision_loss)] // counts stay far below 2^52

use std::collections::HashMap;

use super::{BECAUSE, FACET_EXAMPLES, LEAST_ODDS, LEAST_PROBABILITY, LEAST_SEEN, Suggestion, VALUE_EXAMPLES};

/// What is added to every count, so that a word that is new to a value doesn't exclude it.
const ALPHA: f64 = 0.1;

/// The words of examples of a facet.
#[derive(Debug)]
pub(super) struct FacetCounts {
    name: String,
    several: bool,
    /// Examples that carry some value.
    examples: u32,
    /// Words of all of them.
    total: u64,
    values: Vec<ValueCounts>,
    by_name: HashMap<String, u32>,
    words: HashMap<u32, Word>,
}

#[derive(Debug)]
struct ValueCounts {
    name: String,
    examples: u32,
    total: u64,
}

#[derive(Debug, Default)]
struct Word {
    /// Examples of the facet that have it.
    examples: u32,
    /// Of these the examples of each value, by the value's number.
    of: Vec<(u32, u32)>,
}

/// What the example that is judged taught itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Own<'a> {
    /// Its words when it was learned, ascending.
    pub words: &'a [u32],
    /// Its values.
    pub values: &'a [u32],
}

impl Own<'_> {
    fn has(self, value: u32) -> bool {
        self.values.contains(&value)
    }
}

/// A word of the text that is judged, as it was met before.
struct Met<'a> {
    hash: u32,
    word: Option<&'a Word>,
    /// Examples that have it, but for the judged one.
    examples: u32,
    /// Whether the judged example taught it.
    is_own: bool,
}

/// Counts without what the judged example taught.
struct Left {
    examples: u32,
    total: u64,
}

impl FacetCounts {
    pub fn new(name: String, several: bool) -> Self {
        let (values, by_name, words) = (Vec::new(), HashMap::new(), HashMap::new());
        Self { name, several, examples: 0, total: 0, values, by_name, words }
    }

    /// The number of a value, which is made where it is new.
    pub fn value(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.by_name.get(name) {
            return number;
        }
        // No facet has four billion values.
        let number = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.values.push(ValueCounts { name: name.to_owned(), examples: 0, total: 0 });
        self.by_name.insert(name.to_owned(), number);
        number
    }

    /// Counts an example.
    pub fn add(&mut self, words: &[u32], values: &[u32]) {
        self.examples += 1;
        self.total += words.len() as u64;
        for &value in values {
            if let Some(counts) = self.values.get_mut(value as usize) {
                counts.examples += 1;
                counts.total += words.len() as u64;
            }
        }
        for &hash in words {
            let word = self.words.entry(hash).or_default();
            word.examples += 1;
            for &value in values {
                match word.of.iter_mut().find(|(other, _)| *other == value) {
                    Some((_, n)) => *n += 1,
                    None => word.of.push((value, 1)),
                }
            }
        }
    }

    /// Takes an example out again that was counted with the same words and values.
    pub fn take(&mut self, words: &[u32], values: &[u32]) {
        self.examples = self.examples.saturating_sub(1);
        self.total = self.total.saturating_sub(words.len() as u64);
        for &value in values {
            if let Some(counts) = self.values.get_mut(value as usize) {
                counts.examples = counts.examples.saturating_sub(1);
                counts.total = counts.total.saturating_sub(words.len() as u64);
            }
        }
        for hash in words {
            let Some(word) = self.words.get_mut(hash) else { continue };
            word.examples = word.examples.saturating_sub(1);
            for (value, n) in &mut word.of {
                *n -= u32::from(values.contains(value) && *n > 0);
            }
            word.of.retain(|(_, n)| *n > 0);
            if word.examples == 0 {
                self.words.remove(hash);
            }
        }
    }

    /// Adds what the words suggest, where the facet has learned enough and the words are decisive.
    pub fn suggest(&self, words: &[u32], own: Option<Own<'_>>, found: &mut Vec<Suggestion>) {
        let all = self.left(own);
        if all.examples < FACET_EXAMPLES || words.is_empty() {
            return;
        }
        // A word that no other example has tells nothing. Counted, many of them would speak for the
        // value that has taught least, which is the one that misses them least.
        let mut met = self.met(words, own);
        met.retain(|met| met.examples > 0);
        let mut offer = |value: usize, probability: f64| {
            let suggestion = self.offer(value, probability, words.len(), &met, own);
            found.extend(suggestion);
        };
        if self.several {
            let least = LEAST_ODDS / (LEAST_ODDS + 1.0);
            for (value, probability) in self.each(&met, own).into_iter().enumerate() {
                if probability >= least {
                    offer(value, probability);
                }
            }
            return;
        }
        let probabilities = self.among(&met, own);
        let (mut first, mut second) = ((0, 0.0), 0.0);
        for (value, &probability) in probabilities.iter().enumerate() {
            if probability > first.1 {
                second = first.1;
                first = (value, probability);
            } else if probability > second {
                second = probability;
            }
        }
        if first.1 >= LEAST_PROBABILITY && first.1 >= LEAST_ODDS * second {
            offer(first.0, first.1);
        }
    }

    /// The suggestion, where the value has taught enough and the text's words are words of its.
    fn offer(
        &self,
        value: usize,
        probability: f64,
        words: usize,
        met: &[Met<'_>],
        own: Option<Own<'_>>,
    ) -> Option<Suggestion> {
        let number = u32::try_from(value).ok()?;
        let counts = self.values.get(value)?;
        let (all, of_value) = (self.left(own), self.left_of(number, own));
        // Against what was hardly ever otherwise nothing can be told.
        let others = all.examples.saturating_sub(of_value.examples);
        if of_value.examples < VALUE_EXAMPLES || others < VALUE_EXAMPLES {
            return None;
        }
        let seen = met.iter().filter(|met| met.of(number, own) > 0).count();
        if (seen as f64) < LEAST_SEEN * words as f64 {
            return None;
        }
        let because = self.because(number, met, own);
        (!because.is_empty()).then(|| Suggestion {
            facet: self.name.clone(),
            value: counts.name.clone(),
            // Of a share the single precision is enough.
            #[allow(clippy::cast_possible_truncation)]
            probability: probability as f32,
            n: of_value.examples,
            because,
        })
    }

    /// The words that are most more frequent in examples of the value than in the others: twice as
    /// frequent at least.
    fn because(&self, value: u32, met: &[Met<'_>], own: Option<Own<'_>>) -> Vec<u32> {
        let (all, of_value) = (self.left(own), self.left_of(value, own));
        let within = self.smoothed(of_value.total);
        let without = self.smoothed(all.total.saturating_sub(of_value.total));
        let mut speaking: Vec<(f64, u32)> = met
            .iter()
            .filter_map(|met| {
                let n = met.of(value, own);
                let others = met.examples.saturating_sub(n);
                let weight =
                    (f64::from(n) + ALPHA).ln() - within - (f64::from(others) + ALPHA).ln() + without;
                (n > 0 && weight >= std::f64::consts::LN_2).then_some((weight, met.hash))
            })
            .collect();
        speaking.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        speaking.truncate(BECAUSE);
        speaking.into_iter().map(|(_, hash)| hash).collect()
    }

    /// How probable each value is where an example has one of them.
    fn among(&self, met: &[Met<'_>], own: Option<Own<'_>>) -> Vec<f64> {
        let words = met.len() as f64;
        let mut scores: Vec<f64> = (0..)
            .zip(&self.values)
            .map(|(value, _)| {
                let left = self.left_of(value, own);
                words * (ALPHA.ln() - self.smoothed(left.total)) + (f64::from(left.examples) + 1.0).ln()
            })
            .collect();
        for met in met {
            for &(value, n) in met.values() {
                if let Some(score) = scores.get_mut(value as usize) {
                    *score += (f64::from(met.without_own(value, n, own)) + ALPHA).ln() - ALPHA.ln();
                }
            }
        }
        let greatest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        for (value, score) in (0..).zip(&mut scores) {
            // Values that nothing carries any more are no choice.
            let is_left = self.left_of(value, own).examples > 0;
            *score = if is_left { ((*score - greatest) / words.max(1.0).sqrt()).exp() } else { 0.0 };
        }
        let sum: f64 = scores.iter().sum();
        for score in &mut scores {
            *score /= sum.max(f64::MIN_POSITIVE);
        }
        scores
    }

    /// How probable each value is where an example may have several, each beside its absence.
    fn each(&self, met: &[Met<'_>], own: Option<Own<'_>>) -> Vec<f64> {
        let words = met.len() as f64;
        let all = self.left(own);
        // As if no example with these words had the value; then those that have are moved over.
        let absent: f64 = met.iter().map(|met| (f64::from(met.examples) + ALPHA).ln()).sum();
        let mut odds: Vec<f64> = (0..)
            .zip(&self.values)
            .map(|(value, _)| {
                let left = self.left_of(value, own);
                let others = all.examples.saturating_sub(left.examples);
                let with = words * (ALPHA.ln() - self.smoothed(left.total));
                let without = absent - words * self.smoothed(all.total.saturating_sub(left.total));
                with + (f64::from(left.examples) + 1.0).ln() - without - (f64::from(others) + 1.0).ln()
            })
            .collect();
        for met in met {
            for &(value, n) in met.values() {
                if let Some(odds) = odds.get_mut(value as usize) {
                    let n = met.without_own(value, n, own);
                    let others = f64::from(met.examples.saturating_sub(n));
                    *odds += (f64::from(n) + ALPHA).ln() - ALPHA.ln();
                    *odds -= (others + ALPHA).ln() - (f64::from(met.examples) + ALPHA).ln();
                }
            }
        }
        odds.iter().map(|odds| 1.0 / (1.0 + (-odds / words.max(1.0).sqrt()).exp())).collect()
    }

    fn met(&self, words: &[u32], own: Option<Own<'_>>) -> Vec<Met<'_>> {
        let meet = |&hash: &u32| {
            let word = self.words.get(&hash);
            let is_own = own.is_some_and(|own| own.words.binary_search(&hash).is_ok());
            let examples = word.map_or(0, |word| word.examples).saturating_sub(u32::from(is_own));
            Met { hash, word, examples, is_own }
        };
        words.iter().map(meet).collect()
    }

    fn left(&self, own: Option<Own<'_>>) -> Left {
        let (examples, words) = own.map_or((0, 0), |own| (1, own.words.len() as u64));
        Left { examples: self.examples.saturating_sub(examples), total: self.total.saturating_sub(words) }
    }

    fn left_of(&self, value: u32, own: Option<Own<'_>>) -> Left {
        let (examples, words) =
            own.filter(|own| own.has(value)).map_or((0, 0), |own| (1, own.words.len() as u64));
        let counts = self.values.get(value as usize);
        Left {
            examples: counts.map_or(0, |counts| counts.examples).saturating_sub(examples),
            total: counts.map_or(0, |counts| counts.total).saturating_sub(words),
        }
    }

    /// The logarithm of what counts of words are divided by.
    fn smoothed(&self, total: u64) -> f64 {
        (total as f64 + ALPHA * self.words.len() as f64).ln()
    }
}

impl Met<'_> {
    fn values(&self) -> &[(u32, u32)] {
        self.word.map_or(&[], |word| &word.of)
    }

    /// Examples of the value that have the word, but for the judged one.
    fn of(&self, value: u32, own: Option<Own<'_>>) -> u32 {
        let n = self.values().iter().find(|(other, _)| *other == value).map_or(0, |(_, n)| *n);
        self.without_own(value, n, own)
    }

    fn without_own(&self, value: u32, n: u32, own: Option<Own<'_>>) -> u32 {
        n.saturating_sub(u32::from(self.is_own && own.is_some_and(|own| own.has(value))))
    }
}

#[cfg(test)]
impl FacetCounts {
    /// The probabilities of the values with every word counted, as the vectors have them.
    pub fn posterior(&self, words: &[u32], own: Option<Own<'_>>) -> Vec<(&str, f64)> {
        let probabilities = self.among(&self.met(words, own), own);
        self.values.iter().map(|value| value.name.as_str()).zip(probabilities).collect()
    }
}
