//! What the tagged examples of a dataset teach about tags that are suggested.

use std::collections::HashMap;

use rusqlite::OptionalExtension;

use super::{Error, Reader, Result};
use crate::curation::suggest::{Suggester, asked, hashes_of};
use crate::example::{Message, Prompt, Tag};
use crate::store;

/// Examples that are read between two looks at whether they are still wanted.
const PORTION: usize = 256;

impl Reader {
    /// Learns from the examples that carry a tag and are not discarded, as they are at one moment.
    /// Where there are more than `most` of them, from so many, which stand evenly among the others.
    ///
    /// The facets are taken as they are now: after they were changed it has to be done again. It
    /// takes about a tenth of a millisecond an example, and ends with [`Error::Stopped`] soon after
    /// it is no longer wanted.
    pub fn learn_suggestions(&self, most: usize, is_wanted: &dyn Fn() -> bool) -> Result<Suggester> {
        let snapshot = self.connection.unchecked_transaction()?;
        let (facets, _) = store::definitions(&self.connection)?;
        let mut suggester = Suggester::new(&facets);
        let names = self.tags_by_value()?;
        let mut tags = self.connection.prepare_cached("SELECT value_id FROM tag WHERE example_id = ?1")?;
        for portion in evenly(&self.with_tags(is_wanted)?, most).chunks(PORTION) {
            if !is_wanted() {
                return Err(Error::Stopped);
            }
            for &id in portion {
                let mut carried = Vec::new();
                let mut rows = tags.query([id])?;
                while let Some(row) = rows.next()? {
                    carried.extend(names.get(&row.get::<_, i64>(0)?).cloned());
                }
                suggester.learn(id, &hashes_of(&self.asked_in(id)?), &carried);
            }
        }
        drop(tags);
        drop(snapshot);
        Ok(suggester)
    }

    /// What one example teaches as it is now, to [`Suggester::learn`] it again after it changed: the
    /// words and the tags. `None` where it teaches nothing, and should be forgotten: it is gone, is
    /// discarded or carries no tag.
    pub fn lesson(&self, id: i64) -> Result<Option<(Vec<u32>, Vec<Tag>)>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT f.name, v.name FROM example e JOIN tag t ON t.example_id = e.id
               JOIN facet f ON f.id = t.facet_id JOIN facet_value v ON v.id = t.value_id
             WHERE e.id = ?1 AND e.status <> 'discarded' ORDER BY f.position, f.id, v.position, v.id",
        )?;
        let tags: Vec<Tag> = statement
            .query_map([id], |row| Ok(Tag { facet: row.get(0)?, value: row.get(1)? }))?
            .collect::<std::result::Result<_, _>>()?;
        if tags.is_empty() {
            return Ok(None);
        }
        Ok(Some((hashes_of(&self.asked_in(id)?), tags)))
    }

    /// What the prompt of an example asks; what can't be read asks nothing.
    fn asked_in(&self, id: i64) -> Result<String> {
        let mut statement =
            self.connection.prepare_cached("SELECT messages FROM prompt WHERE example_id = ?1")?;
        let asked = statement
            .query_row([id], |row| Ok(row.get_ref(0)?.as_str().map(asked_of).unwrap_or_default()))
            .optional()?;
        Ok(asked.unwrap_or_default())
    }

    /// The examples that carry a tag and are not discarded, in order.
    fn with_tags(&self, is_wanted: &dyn Fn() -> bool) -> Result<Vec<i64>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id FROM example e WHERE status <> 'discarded'
               AND EXISTS (SELECT 1 FROM tag t WHERE t.example_id = e.id) ORDER BY id",
        )?;
        let mut ids = Vec::new();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            ids.push(row.get(0)?);
            if ids.len() % (PORTION * 16) == 0 && !is_wanted() {
                return Err(Error::Stopped);
            }
        }
        Ok(ids)
    }

    /// The tag that each value stands for, by the value's row.
    fn tags_by_value(&self) -> Result<HashMap<i64, Tag>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT v.id, f.name, v.name FROM facet_value v JOIN facet f ON f.id = v.facet_id",
        )?;
        let tags = statement
            .query_map([], |row| Ok((row.get(0)?, Tag { facet: row.get(1)?, value: row.get(2)? })))?;
        Ok(tags.collect::<std::result::Result<_, _>>()?)
    }
}

/// So many of them at most, at even distances.
fn evenly(ids: &[i64], most: usize) -> Vec<i64> {
    if ids.len() <= most {
        return ids.to_vec();
    }
    // In 128 bits no product of two lengths overflows.
    let place = |at: usize| usize::try_from(at as u128 * ids.len() as u128 / most as u128).ok();
    (0..most).filter_map(|at| ids.get(place(at)?).copied()).collect()
}

fn asked_of(json: &str) -> String {
    let values: Vec<serde_json::Value> = serde_json::from_str(json).unwrap_or_default();
    let messages = values.into_iter().filter_map(|value| Message::from_value(value).ok()).collect();
    asked(&Prompt { messages, tools: Vec::new() })
}
