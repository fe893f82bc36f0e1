//! Lexical neighbours: the examples that share the rarest words of a question.

use std::collections::{HashMap, HashSet};

use rusqlite::Connection;

use super::Result;
use crate::store;
use crate::text::words::words;

/// A question is read as far as this.
const READ_BYTES: usize = 16 * 1024;
/// Words whose frequency is looked up: the longest ones, which are rare the most often.
const LOOKED_UP: usize = 24;
/// Where all words are common, so many of them must be there.
const TOGETHER: usize = 8;
/// Examples that are found.
const FOUND: usize = 20;
/// A word that more examples have than one of twenty says little; in a large dataset, more than so
/// many, because each of them costs time.
const COMMON_SHARE: u64 = 20;
const COMMON: std::ops::RangeInclusive<u64> = 20..=2_000;

/// The examples that share the most of a question's rarest words, the rarer counting more, without
/// the example `but`. Where the dataset, which has `examples`, knows common words only, those that
/// have them together.
pub(super) fn lexical(
    connection: &Connection,
    question: &str,
    but: Option<i64>,
    examples: u64,
) -> Result<Vec<i64>> {
    let question = question.get(..question.floor_char_boundary(READ_BYTES)).unwrap_or(question);
    let mut seen = HashSet::new();
    let mut words: Vec<String> = words(question);
    words.retain(|word| seen.insert(word.clone()));
    // Stable: of equally long ones the first.
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words.truncate(LOOKED_UP);
    let common = (examples / COMMON_SHARE).clamp(*COMMON.start(), *COMMON.end());
    let common = usize::try_from(common).unwrap_or(usize::MAX);
    let (mut rare, mut frequent) = (Vec::new(), Vec::new());
    for word in words {
        let of_word = store::examples_with_words(connection, &[&word], common + 1)?;
        if of_word.len() > common {
            frequent.push(word);
        } else if of_word.iter().any(|id| Some(*id) != but) {
            rare.push(of_word);
        }
    }
    if rare.is_empty() {
        frequent.truncate(TOGETHER);
        let frequent: Vec<&str> = frequent.iter().map(String::as_str).collect();
        let mut found = store::examples_with_words(connection, &frequent, FOUND + 1)?;
        found.retain(|id| Some(*id) != but);
        found.truncate(FOUND);
        return Ok(found);
    }
    let mut scores: HashMap<i64, f64> = HashMap::new();
    for of_word in rare {
        let weight = rarity(examples, of_word.len());
        for id in of_word.into_iter().filter(|id| Some(*id) != but) {
            *scores.entry(id).or_default() += weight;
        }
    }
    let mut found: Vec<(i64, f64)> = scores.into_iter().collect();
    found.sort_by(|(a, x), (b, y)| y.total_cmp(x).then(a.cmp(b)));
    Ok(found.into_iter().take(FOUND).map(|(id, _)| id).collect())
}

/// How much a word says that so many of the examples have (inverse document frequency).
#[allow(clippy::cast_precision_loss)] // nobody has so many
fn rarity(examples: u64, with_word: usize) -> f64 {
    (1.0 + examples as f64 / with_word.max(1) as f64).ln()
}
