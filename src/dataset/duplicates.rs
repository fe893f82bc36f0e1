//! Duplicates: the groups of examples whose prompts are nearly the same.

use std::collections::{HashMap, HashSet};

use super::{Error, Neighbours, OnProgress, Progress, Reader, Result};
use crate::curation::groups::groups;
use crate::curation::nearest::Sketches;
use crate::query::Filter;
use crate::store;
use crate::text::shingles::Shingles;

/// Prompts whose shingles are remembered while groups are sought.
const REMEMBERED: usize = 4_096;

impl Neighbours {
    /// The groups of those examples that the filter finds whose prompts are alike by `at_least`
    /// (from 0.5 to 1), the largest first. Each is alike to another one of its group; a chain of
    /// likes is one group.
    pub fn duplicates(
        &mut self,
        reader: &Reader,
        filter: &Filter,
        at_least: f32,
        on_progress: OnProgress<'_>,
    ) -> Result<Vec<Vec<i64>>> {
        let snapshot = reader.connection.unchecked_transaction().map_err(store::Error::from)?;
        self.catch_up(reader)?;
        let mut wanted = HashSet::new();
        reader.ids(filter, |ids| {
            wanted.extend(ids);
            true
        })?;
        let mut sketches = Sketches::default();
        sketches.put(self.sketches().iter().filter(|(id, _)| wanted.contains(id)));
        let mut likeness = Likeness::new(reader);
        let total = sketches.len() as u64;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
        // a share
        let mut go_on = |share: f32| {
            let done = (share * total as f32) as u64;
            on_progress(Progress { step: "comparing prompts", done, total: Some(total) })
        };
        let found = groups(&sketches, at_least, &mut |a, b| likeness.of(a, b), &mut go_on)?;
        let mut found = found.ok_or(Error::Stopped)?;
        // Stable: of equally large ones the one that begins first.
        found.sort_by_key(|group| std::cmp::Reverse(group.len()));
        drop(snapshot);
        Ok(found)
    }
}

/// Compares the prompts of examples exactly.
pub struct Likeness<'a> {
    reader: &'a Reader,
    shingles: HashMap<i64, Shingles>,
}

impl<'a> Likeness<'a> {
    /// Nothing was read yet.
    pub fn new(reader: &'a Reader) -> Self {
        Self { reader, shingles: HashMap::new() }
    }

    /// The share of their shingles that the prompts of two examples have in common; 0 where one of
    /// them is gone or says nothing.
    pub fn of(&mut self, one: i64, other: i64) -> Result<f32> {
        if self.shingles.len() >= REMEMBERED {
            self.shingles.clear();
        }
        for id in [one, other] {
            if !self.shingles.contains_key(&id) {
                let text = store::conversation_of(&self.reader.connection, id)?.unwrap_or_default();
                self.shingles.insert(id, Shingles::of(&text));
            }
        }
        let both = self.shingles.get(&one).zip(self.shingles.get(&other));
        Ok(both.map_or(0.0, |(one, other)| one.similarity(other)))
    }
}
