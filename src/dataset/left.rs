//! What is left to do, and how long it takes by how long it took so far.

use super::{Queue, Reader, Result};
use crate::curation::cost::{Labour, labour};
use crate::curation::coverage::Coverage;
use crate::example::Status;

/// Work of one kind that is left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Left {
    /// What is done: `write`, `rank`, `review`.
    pub what: &'static str,
    /// How many are left.
    pub count: u64,
    /// How long that takes; `None` where too few were done to tell.
    pub known: Option<Labour>,
}

impl Reader {
    /// What is left to write, to rank and to review.
    pub fn left(&self, annotator: &str) -> Result<[Left; 3]> {
        let (counts, own, took) = (self.counts()?, self.own(annotator)?, self.took()?);
        let missing = Coverage::of(&counts).examples_missing().unwrap_or(0);
        let waiting = counts.count(|count| count.status == Status::Submitted);
        let of = |what, count, seconds: &[f64]| Left { what, count, known: labour(count, seconds) };
        Ok([
            of("write", Queue::Write.len(&counts, &own).max(missing), &took.write),
            of("rank", Queue::Rank.len(&counts, &own), &took.rank),
            of("review", waiting, &took.review),
        ])
    }
}
