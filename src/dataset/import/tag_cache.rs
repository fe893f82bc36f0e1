//! Facets and values by name, found once.

use std::collections::HashMap;

use rusqlite::Connection;

use super::super::{Error, Result, verbs};
use crate::example::Tag;
use crate::store::{BulkInsert, TagRow};

/// Facets and values by name, found once.
#[derive(Default)]
pub(super) struct TagCache {
    rows: HashMap<Tag, TagRow>,
}

impl TagCache {
    /// The rows of these tags; the inner error is why an example can't have them.
    pub fn resolve(
        &mut self,
        connection: &Connection,
        tags: &[Tag],
    ) -> Result<std::result::Result<Vec<TagRow>, String>> {
        let mut rows: Vec<TagRow> = Vec::with_capacity(tags.len());
        for tag in tags {
            let row = match self.rows.get(tag) {
                Some(row) => *row,
                None => match BulkInsert::awake(connection, || verbs::resolve_tag(connection, tag)) {
                    Ok((facet, several, value)) => {
                        let row = TagRow { facet, several, value };
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
        Ok(Ok(rows))
    }
}
