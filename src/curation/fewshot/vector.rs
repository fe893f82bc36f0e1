//! Texts as vectors of their words.

use std::collections::HashMap;

/// A vector of unit length of which most entries are 0, or one without any.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sparse(Vec<(u32, f64)>);

impl Sparse {
    /// The vector in the direction of these entries, by the numbers of their terms; entries of the same
    /// term add up, and what is no number stays away.
    pub fn new(mut entries: Vec<(u32, f64)>) -> Self {
        entries.retain(|(_, weight)| weight.is_finite());
        entries.sort_by_key(|(term, _)| *term);
        entries.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            if is_same {
                kept.1 += next.1;
            }
            is_same
        });
        entries.retain(|(_, weight)| *weight != 0.0);
        let length = entries.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
        for (_, weight) in &mut entries {
            *weight /= length;
        }
        Self(entries)
    }

    /// Its entries, by ascending numbers of terms.
    pub fn entries(&self) -> &[(u32, f64)] {
        &self.0
    }

    /// The cosine of the angle between both; 0 where one has no entries.
    pub fn cosine(&self, other: &Self) -> f64 {
        let (mut ours, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut sum = 0.0;
        while let (Some((one, weight)), Some((another, factor))) = (ours.peek(), theirs.peek()) {
            match one.cmp(another) {
                std::cmp::Ordering::Less => drop(ours.next()),
                std::cmp::Ordering::Greater => drop(theirs.next()),
                std::cmp::Ordering::Equal => {
                    sum += weight * factor;
                    ours.next();
                    theirs.next();
                }
            }
        }
        sum
    }
}

/// What words weigh: the rarer, the more. tf · (ln((1 + N) / (1 + df)) + 1), where df of N texts have the
/// word and this one has it tf times (Salton & Buckley 1988, smoothed).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TfIdf {
    terms: HashMap<String, (u32, f64)>,
}

impl TfIdf {
    /// The weights of the words of texts, each a list of its words.
    #[allow(clippy::cast_precision_loss)] // numbers of texts are far below 2^52
    pub fn of<Word: AsRef<str>>(texts: &[Vec<Word>]) -> Self {
        // A word with its number, in how many texts it was, and in which of them last.
        let mut seen: HashMap<&str, (u32, usize, usize)> = HashMap::new();
        for (at, text) in texts.iter().enumerate() {
            for word in text {
                let number = u32::try_from(seen.len()).unwrap_or(u32::MAX);
                let word = seen.entry(word.as_ref()).or_insert((number, 0, usize::MAX));
                if word.2 != at {
                    (word.1, word.2) = (word.1 + 1, at);
                }
            }
        }
        let all = texts.len() as f64;
        let weight = |texts: usize| ((1.0 + all) / (1.0 + texts as f64)).ln() + 1.0;
        let terms =
            seen.into_iter().map(|(word, (number, texts, _))| (word.to_owned(), (number, weight(texts))));
        Self { terms: terms.collect() }
    }

    /// The vector of a text; words that the texts did not have are left out.
    pub fn vector<Word: AsRef<str>>(&self, text: &[Word]) -> Sparse {
        Sparse::new(text.iter().filter_map(|word| self.terms.get(word.as_ref()).copied()).collect())
    }
}
