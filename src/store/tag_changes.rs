//! What changed of tags and statuses since a line of the journal: for those who keep counts of their own.

use rusqlite::{Connection, OptionalExtension, params};

use super::Result;
use crate::example::{Status, Tag};

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagChanges {
    /// The last line of the journal.
    pub last: i64,
    /// The examples whose tags or status changed, and the new ones.
    pub examples: Vec<i64>,
}

/// The last line of the journal; 0 where there is none.
pub fn last_change(connection: &Connection) -> Result<i64> {
    let sql = "SELECT coalesce(max(id), 0) FROM change";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// What changed after that line. `None` where everything has to be read anew: facets changed, examples came
/// in by an import or went, or more than `most` changed.
pub fn tags_changed_since(connection: &Connection, since: i64, most: usize) -> Result<Option<TagChanges>> {
    let last = last_change(connection)?;
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT example,
                op = 'import' OR tbl IN ('facet', 'facet_value') OR (tbl = 'example' AND op = 'delete')
         FROM change WHERE id > ?1 AND (tbl IN ('example', 'tag', 'facet', 'facet_value') OR op = 'import')
         ORDER BY example LIMIT ?2",
    )?;
    let limit = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
    let mut rows = statement.query(params![since, limit])?;
    let mut examples: Vec<i64> = Vec::new();
    while let Some(row) = rows.next()? {
        let (example, is_more): (Option<i64>, bool) = (row.get(0)?, row.get(1)?);
        match example {
            Some(example) if !is_more => {
                if examples.last() != Some(&example) {
                    examples.push(example);
                }
            }
            _ => return Ok(None),
        }
    }
    Ok((examples.len() <= most).then_some(TagChanges { last, examples }))
}

/// The status of an example and its tags.
pub fn status_and_tags(connection: &Connection, example: i64) -> Result<Option<(Status, Vec<Tag>)>> {
    let sql = "SELECT status FROM example WHERE id = ?1";
    let status: Option<String> =
        connection.prepare_cached(sql)?.query_row([example], |row| row.get(0)).optional()?;
    let Some(status) = status.and_then(|word| word.parse().ok()) else { return Ok(None) };
    let mut statement = connection.prepare_cached(
        "SELECT f.name, v.name FROM tag t JOIN facet_value v ON v.id = t.value_id
         JOIN facet f ON f.id = t.facet_id WHERE t.example_id = ?1",
    )?;
    let tag = |row: &rusqlite::Row<'_>| Ok(Tag::new(row.get::<_, String>(0)?, row.get::<_, String>(1)?));
    let tags = statement.query_map([example], tag)?;
    Ok(Some((status, tags.collect::<std::result::Result<_, _>>()?)))
}
