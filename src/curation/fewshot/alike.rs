//! How like each other candidates are.

use std::collections::{BTreeMap, HashMap};

use super::vector::Sparse;
use crate::curation::tway::At;

/// How like each other things are, one row at a time: of many a whole table would not fit into memory.
pub trait Similarity {
    /// How many things there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How like one of them is to each of them; `row` has a place for each.
    fn row(&self, of: usize, row: &mut [f64]);
}

/// Texts with the values of their facets: as like each other as their words, and a little more for each
/// value that both have.
#[derive(Debug, Clone, Default)]
pub struct Pool {
    vectors: Vec<Sparse>,
    values: Vec<Vec<At>>,
    bonus: f64,
    /// Which texts have a term, and with what weight.
    by_term: HashMap<u32, Vec<(usize, f64)>>,
    by_value: BTreeMap<At, Vec<usize>>,
}

impl Pool {
    /// What a value that both have adds, unless told otherwise.
    pub const BONUS: f64 = 0.2;

    /// Those texts, each by its vector and the values of its facets.
    pub fn new(texts: impl IntoIterator<Item = (Sparse, Vec<At>)>, bonus: f64) -> Self {
        let mut pool = Self { bonus, ..Self::default() };
        for (at, (vector, mut values)) in texts.into_iter().enumerate() {
            values.sort_unstable();
            values.dedup();
            for &(term, weight) in vector.entries() {
                pool.by_term.entry(term).or_default().push((at, weight));
            }
            for &value in &values {
                pool.by_value.entry(value).or_default().push(at);
            }
            pool.vectors.push(vector);
            pool.values.push(values);
        }
        pool
    }
}

impl Similarity for Pool {
    fn len(&self) -> usize {
        self.vectors.len()
    }

    fn row(&self, of: usize, row: &mut [f64]) {
        row.fill(0.0);
        let (Some(vector), Some(values)) = (self.vectors.get(of), self.values.get(of)) else { return };
        for (term, weight) in vector.entries() {
            let having = self.by_term.get(term).into_iter().flatten();
            having.for_each(|&(at, other)| row[at] += weight * other);
        }
        for value in values {
            let having = self.by_value.get(value).into_iter().flatten();
            having.for_each(|&at| row[at] += self.bonus);
        }
    }
}
