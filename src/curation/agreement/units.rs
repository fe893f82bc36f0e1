//! What is counted: a pair of responses, and what each annotator says of it.

use std::cmp::Ordering;

use xxhash_rust::xxh3::xxh3_64;

use crate::curation::judged::JudgedExample;

/// What somebody says of a pair of responses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// The second is better.
    Second,
    /// They are the same.
    Same,
    /// The first is better.
    First,
}

impl Value {
    /// All, in their order.
    pub const ALL: [Self; 3] = [Self::Second, Self::Same, Self::First];

    /// The word in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Same => "same",
            Self::First => "first",
        }
    }
}

/// A pair of responses of an example, and what each annotator who placed both says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The example's number.
    pub example: i64,
    /// One response, by its place in the example from 0.
    pub first: usize,
    /// The other.
    pub second: usize,
    /// Annotators (indices) and what they say.
    pub values: Vec<(usize, Value)>,
}

/// The pairs of an example on which independent annotators say something.
pub fn units(example: &JudgedExample) -> Vec<Unit> {
    let n = example.responses();
    let mut units = Vec::with_capacity(n * n.saturating_sub(1) / 2);
    for a in 0..n {
        for b in a + 1..n {
            let (first, second) = if is_turned(example.id, a, b) { (b, a) } else { (a, b) };
            let said = example.independent().filter_map(|judgement| {
                let value = match judgement.relation(first, second)? {
                    Ordering::Greater => Value::First,
                    Ordering::Equal => Value::Same,
                    Ordering::Less => Value::Second,
                };
                Some((judgement.annotator, value))
            });
            let values: Vec<(usize, Value)> = said.collect();
            if !values.is_empty() {
                units.push(Unit { example: example.id, first, second, values });
            }
        }
    }
    units
}

/// Which of two responses is called the first: by a hash, so that it has nothing to do with the order
/// in which they came.
fn is_turned(example: i64, a: usize, b: usize) -> bool {
    let mut bytes = [0_u8; 24];
    for (place, number) in bytes.chunks_exact_mut(8).zip([example.unsigned_abs(), a as u64, b as u64]) {
        place.copy_from_slice(&number.to_le_bytes());
    }
    xxh3_64(&bytes) & 1 == 1
}
