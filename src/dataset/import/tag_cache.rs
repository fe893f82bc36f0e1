//! The tags of examples as rows: facets and values by name, found once, and the tags that every
//! example is given.

use std::collections::{HashMap, HashSet};

use rusqlite::Connection;

use super::super::{Error, Result, verbs};
use crate::example::Tag;
use crate::store::TagRow;

/// Tags that were met, and tags for every example.
#[derive(Default)]
pub(super) struct TagCache {
    rows: HashMap<Tag, TagRow>,
    given: Vec<TagRow>,
    /// Facets that take one value, which is given: what a record says of them does not count.
    settled: HashSet<String>,
}

impl TagCache {
    /// A cache that gives every example these tags, of facets that are there.
    pub fn giving(connection: &Connection, tags: &[Tag]) -> Result<Self> {
        let mut cache = Self::default();
        for tag in tags {
            let row = row_of(connection, tag)?;
            if cache.given.contains(&row) {
                continue;
            }
            if !row.several && !cache.settled.insert(tag.facet.clone()) {
                return Err(Error::OneValue(tag.facet.clone()));
            }
            cache.given.push(row);
        }
        Ok(cache)
    }

    /// Finds the tags of records anew from here on.
    pub fn forget(&mut self) {
        self.rows.clear();
    }

    /// The rows of a record's tags and of those that are given; the inner error is why an example
    /// can't have them.
    pub fn resolve(
        &mut self,
        connection: &Connection,
        tags: &[Tag],
    ) -> Result<std::result::Result<Vec<TagRow>, String>> {
        let mut rows: Vec<TagRow> = Vec::with_capacity(tags.len() + self.given.len());
        for tag in tags.iter().filter(|tag| !self.settled.contains(&tag.facet)) {
            let row = match self.rows.get(tag) {
                Some(row) => *row,
                None => match row_of(connection, tag) {
                    Ok(row) => {
                        self.rows.insert(tag.clone(), row);
                        row
                    }
                    Err(error @ (Error::NoFacet(_) | Error::ClosedFacet { .. })) => {
                        return Ok(Err(error.to_string()));
                    }
                    Err(error) => return Err(error),
                },
            };
            if rows.contains(&row) {
                continue;
            }
            if !row.several && rows.iter().any(|other| other.facet == row.facet) {
                return Ok(Err(Error::OneValue(tag.facet.clone()).to_string()));
            }
            rows.push(row);
        }
        for row in &self.given {
            if !rows.contains(row) {
                rows.push(*row);
            }
        }
        Ok(Ok(rows))
    }
}

fn row_of(connection: &Connection, tag: &Tag) -> Result<TagRow> {
    let (facet, several, value) = verbs::resolve_tag(connection, tag)?;
    Ok(TagRow { facet, several, value })
}
