//! Neighbours: the examples whose prompts are like the one being written, and what was answered there.
//!
//! Prompts of like text are found by their sketches, of which all are in memory, and then compared
//! exactly; those about the same things in other words are found by their rarest words. Either way
//! the work is bounded, whatever the length of the texts and the size of the dataset.

use std::collections::HashSet;

use super::lexical::lexical;
use super::{OnProgress, Progress, Reader, Result, StoreError};
use crate::curation::contradiction::{Relation, relation};
use crate::curation::nearest::{CLOSE, DUPLICATE, Sketches};
use crate::example::{Example, Prompt, Response, Status};
use crate::store;
use crate::text::shingles::Shingles;
use crate::text::sketch::Sketch;

/// Sketches that are read, or made, at a time.
const PORTION: usize = 4_096;
/// The likest by their sketches, which are compared exactly.
const CANDIDATES: usize = 50;
/// A prompt is sketched as far as this, and compared exactly as far as that.
const SKETCHED_BYTES: usize = 256 * 1024;
const COMPARED_BYTES: usize = 64 * 1024;
/// All texts that one search compares, together: about 40 ms of work.
const COMPARED_IN_ALL: usize = 1024 * 1024;
/// Searches in which so many examples turn out to be gone begin anew, so often.
const MANY_GONE: usize = CANDIDATES / 2;
const TRIES: usize = 3;

/// How near a neighbour is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// It asks about the same words: alike by [`DUPLICATE`] or more.
    Duplicate,
    /// It is worth a look: alike by [`CLOSE`] or more.
    Close,
    /// It shares rare words.
    Lexical,
}

impl Nearness {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Duplicate => "duplicate",
            Self::Close => "close",
            Self::Lexical => "lexical",
        }
    }

    fn of(similarity: f32) -> Self {
        if similarity >= DUPLICATE {
            Self::Duplicate
        } else if similarity >= CLOSE {
            Self::Close
        } else {
            Self::Lexical
        }
    }
}

/// A neighbour.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// The example.
    pub id: i64,
    /// The share of their shingles that the two prompts have in common, from 0 to 1.
    pub similarity: f32,
    /// How near that is.
    pub kind: Nearness,
    /// What is asked there: the last user turn.
    pub question: String,
    /// What is answered there, by the best response or else the first that says something; empty
    /// where none does.
    pub answer: String,
    /// Its status.
    pub status: Status,
    /// Its tags, `facet:value`.
    pub tags: Vec<String>,
    /// How the response sought for stands to that answer; of duplicates that are not discarded.
    pub relation: Option<Relation>,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// The neighbours, the likest first.
    pub near: Vec<Near>,
    /// How many examples could be found by their likeness.
    pub sketched: u64,
    /// How many there are.
    pub of: u64,
}

/// The sketches of a dataset in memory. Each search first reads those that are new.
#[derive(Debug, Clone, Default)]
pub struct Neighbours {
    sketches: Sketches,
    /// The last one that was read.
    seq: i64,
    /// Whether those that the file lacks were made here.
    whole: bool,
}

impl Neighbours {
    /// Nothing in memory yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The examples most like a prompt, at most `most`, without the `example` that it is of; and how
    /// the `response` stands to theirs.
    pub fn find(
        &mut self,
        reader: &Reader,
        example: Option<i64>,
        prompt: &Prompt,
        response: &str,
        most: usize,
    ) -> Result<Found> {
        let of = reader.counts()?.total();
        let snapshot = reader.connection.unchecked_transaction().map_err(store::Error::from)?;
        self.catch_up(reader)?;
        let waiting = if self.whole { 0 } else { store::waiting_for_sketch(&reader.connection)? };
        let mut found = Found { near: Vec::new(), sketched: of.saturating_sub(waiting), of };
        let text = prompt.conversation();
        let sought = Shingles::of(beginning(&text, SKETCHED_BYTES));
        if sought.is_empty() || most == 0 {
            return Ok(found);
        }
        let sketch = Sketch::of(&sought);
        let sought =
            if text.len() > COMPARED_BYTES { Shingles::of(beginning(&text, COMPARED_BYTES)) } else { sought };
        let mut comparison = Comparison::new(reader, sought, example);
        self.compare_nearest(&mut comparison, sketch)?;
        for id in lexical(&reader.connection, &prompt.question(), example, of)? {
            comparison.take(id, 0.0)?;
        }
        found.near = comparison.best(response, most)?;
        drop(snapshot);
        Ok(found)
    }

    /// Makes the sketches that the file lacks, in memory: for a file that can't be written.
    pub fn make_missing(&mut self, reader: &Reader, on_progress: OnProgress<'_>) -> Result<()> {
        self.catch_up(reader)?;
        let total = store::waiting_for_sketch(&reader.connection)?;
        let (mut after, mut done) = (i64::MIN, 0);
        loop {
            let made = store::waiting_sketches(&reader.connection, after, PORTION)?;
            let Some(&(last, _)) = made.last() else { break };
            done += made.len() as u64;
            after = last;
            self.sketches.put(made);
            let progress = Progress { step: "comparing prompts", done, total: Some(total.max(done)) };
            if !on_progress(progress) {
                return Err(super::Error::Stopped);
            }
        }
        self.whole = true;
        Ok(())
    }

    /// All that are in memory.
    pub(super) fn sketches(&self) -> &Sketches {
        &self.sketches
    }

    /// Reads what was written since the last time.
    pub(super) fn catch_up(&mut self, reader: &Reader) -> Result<()> {
        loop {
            let rows = store::sketches_after(&reader.connection, self.seq, PORTION)?;
            let Some(last) = rows.last() else { return Ok(()) };
            self.seq = last.seq;
            self.sketches.put(rows.iter().map(|row| (row.example, row.sketch)));
            if rows.len() < PORTION {
                return Ok(());
            }
        }
    }

    /// Compares those exactly that seem to be the nearest. Examples that are gone are forgotten.
    fn compare_nearest(&mut self, comparison: &mut Comparison<'_>, sketch: Sketch) -> Result<()> {
        for _ in 0..TRIES {
            let mut gone = 0;
            for candidate in self.sketches.nearest(sketch, comparison.but, CANDIDATES) {
                if !comparison.take(candidate.id, CLOSE)? {
                    self.sketches.remove(candidate.id);
                    gone += 1;
                }
            }
            if gone == 0 {
                return Ok(());
            }
            if gone > MANY_GONE {
                // An import was undone, say: what is in the file is soon read.
                let made_here = std::mem::take(&mut self.whole);
                (self.sketches, self.seq) = (Sketches::default(), 0);
                self.catch_up(comparison.reader)?;
                if made_here {
                    self.make_missing(comparison.reader, &mut |_| true)?;
                }
            }
        }
        Ok(())
    }
}

fn beginning(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}

/// A comparison of a prompt with others, which ends when it has read too much.
struct Comparison<'a> {
    reader: &'a Reader,
    sought: Shingles,
    but: Option<i64>,
    taken: HashSet<i64>,
    /// Examples with their likeness.
    found: Vec<(i64, f32)>,
    /// Bytes that may still be compared.
    room: usize,
}

impl<'a> Comparison<'a> {
    fn new(reader: &'a Reader, sought: Shingles, but: Option<i64>) -> Self {
        Self { reader, sought, but, taken: HashSet::new(), found: Vec::new(), room: COMPARED_IN_ALL }
    }

    /// Compares an example, and keeps it where it is alike by `least`; answers whether it is there.
    fn take(&mut self, id: i64, least: f32) -> Result<bool> {
        if self.room == 0 || self.taken.contains(&id) {
            return Ok(true);
        }
        let Some(text) = store::conversation_of(&self.reader.connection, id)? else { return Ok(false) };
        let text = beginning(&text, COMPARED_BYTES);
        self.room = self.room.saturating_sub(text.len());
        let similarity = self.sought.similarity(&Shingles::of(text));
        if similarity >= least {
            self.taken.insert(id);
            self.found.push((id, similarity));
        }
        Ok(true)
    }

    /// The likest of those kept, with all that is told of them.
    fn best(mut self, response: &str, most: usize) -> Result<Vec<Near>> {
        self.found.sort_by(|(a, x), (b, y)| y.total_cmp(x).then(a.cmp(b)));
        let mut near = Vec::with_capacity(most.min(self.found.len()));
        for (id, similarity) in self.found {
            if near.len() == most {
                break;
            }
            match self.reader.example(id) {
                Ok(Some(example)) => near.push(told(id, similarity, &example, response)),
                // What can't be read is no neighbour; `goldset verify` tells of it.
                Ok(None) | Err(super::Error::Store(StoreError::Unreadable { .. })) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(near)
    }
}

fn told(id: i64, similarity: f32, example: &Example, response: &str) -> Near {
    let first = || example.responses.iter().find(|response| !response.is_blank());
    let answer = example.best_response().or_else(first).map(Response::text).unwrap_or_default();
    let kind = Nearness::of(similarity);
    // Nothing is learned from what was discarded, so it contradicts nobody.
    let is_compared = kind == Nearness::Duplicate && example.status != Status::Discarded;
    Near {
        id,
        similarity,
        kind,
        question: example.prompt.question().into_owned(),
        relation: if is_compared { relation(response, &answer) } else { None },
        answer,
        status: example.status,
        tags: example.tags.iter().map(|tag| format!("{}:{}", tag.facet, tag.value)).collect(),
    }
}
