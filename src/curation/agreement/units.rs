//! From rankings to units: what is compared is which of two responses is the better.
//!
//! A unit is an unordered pair of responses of an example, its answers what the independent
//! annotators who placed both say of it. Which of the two is called the first is arbitrary, and a
//! hash of the pair decides it: were it the order of the responses, then in a dataset where response
//! 1 is always the better nearly all answers would be "the first", chance agreement would be high
//! and every coefficient low, however well people agree.

use std::cmp::Ordering;

use xxhash_rust::xxh3::xxh3_64;

use crate::curation::judged::{JudgedExample, Judgement, Judgements};

/// What an annotator says of a pair. In this order they are ordered categories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// The second is the better.
    Second,
    /// Neither is: they are tied.
    Same,
    /// The first is the better.
    First,
}

/// How many [`Value`]s there are.
pub const VALUES: usize = 3;

impl Value {
    /// Its number among the categories.
    pub fn category(self) -> usize {
        match self {
            Self::Second => 0,
            Self::Same => 1,
            Self::First => 2,
        }
    }
}

/// A pair of responses of an example, and what annotators say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The example.
    pub example: i64,
    /// The response that is called the first, from 0.
    pub first: usize,
    /// The response that is called the second, from 0.
    pub second: usize,
    /// Who says what; annotators in the order of their numbers, those who didn't place both left out.
    pub values: Vec<(usize, Value)>,
}

/// All pairs that somebody compared, example by example.
pub fn units(judgements: &Judgements) -> Vec<Unit> {
    let pairs = judgements.examples.iter().flat_map(|example| {
        let judges = judges(example);
        pairs(example.responses())
            .filter_map(move |(a, b)| unit(example.id, a, b, &judges))
            .collect::<Vec<_>>()
    });
    pairs.collect()
}

/// The independent judgements of an example in the order of their annotators, abstentions left out.
pub(super) fn judges(example: &JudgedExample) -> Vec<&Judgement> {
    let mut judges: Vec<_> = example.independent().filter(|judgement| !judgement.is_abstention()).collect();
    judges.sort_by_key(|judgement| judgement.annotator);
    judges
}

/// All unordered pairs of so many.
pub(in crate::curation) fn pairs(responses: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..responses).flat_map(move |a| (a + 1..responses).map(move |b| (a, b)))
}

/// The pair as a unit; `None` where nobody compared it.
pub(super) fn unit(example: i64, a: usize, b: usize, judges: &[&Judgement]) -> Option<Unit> {
    let (first, second) = oriented(example, a, b);
    let said = |judge: &&Judgement| {
        let value = match judge.relation(first, second)? {
            Ordering::Less => Value::Second,
            Ordering::Equal => Value::Same,
            Ordering::Greater => Value::First,
        };
        Some((judge.annotator, value))
    };
    let values: Vec<_> = judges.iter().filter_map(said).collect();
    (!values.is_empty()).then_some(Unit { example, first, second, values })
}

/// Which of the two is called the first.
fn oriented(example: i64, a: usize, b: usize) -> (usize, usize) {
    let mut key = [0; 24];
    let parts = [example.to_le_bytes(), (a as u64).to_le_bytes(), (b as u64).to_le_bytes()];
    key.iter_mut().zip(parts.into_iter().flatten()).for_each(|(to, from)| *to = from);
    if xxh3_64(&key) & 1 == 0 { (a, b) } else { (b, a) }
}
