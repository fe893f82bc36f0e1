//! What changed since a line of the journal, of tags and statuses or of texts and rankings: for those who keep
//! counts of their own.

use rusqlite::{Connection, OptionalExtension, params};

use super::Result;
use crate::example::{Status, Tag};

/// Lines of the journal that one changed example has at most, as a rule.
const LINES: i64 = 20;

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagChanges {
    /// The last line of the journal.
    pub last: i64,
    /// The examples whose tags or status changed, the new ones, and those that are gone.
    pub examples: Vec<i64>,
    /// Whether facets, values or what is wanted of them changed.
    pub facets: bool,
    /// Whether examples came in by an import: they are newer than all others.
    pub imported: bool,
}

/// The action that a line of the journal belongs to, by its name across copies; `None` where there is no such
/// line.
pub fn action_of_change(connection: &Connection, change: i64) -> Result<Option<[u8; 16]>> {
    let sql = "SELECT a.uuid FROM change c JOIN action a ON a.id = c.action_id WHERE c.id = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([change], |row| row.get(0)).optional()?)
}

/// How many examples are newer than that one; `most` where there are more.
pub fn count_examples_after(connection: &Connection, example: i64, most: i64) -> Result<i64> {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM example WHERE id > ?1 LIMIT ?2)";
    Ok(connection.prepare_cached(sql)?.query_row([example, most], |row| row.get(0))?)
}

/// The last line of the journal; 0 where there is none.
pub fn last_change(connection: &Connection) -> Result<i64> {
    let sql = "SELECT coalesce(max(id), 0) FROM change";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// The last line of the journal that is of examples, facets or judgements, and not of a setting; 0 where there
/// is none.
pub fn last_change_of_examples(connection: &Connection) -> Result<i64> {
    let sql = "SELECT coalesce((SELECT id FROM change WHERE tbl <> 'setting' ORDER BY id DESC LIMIT 1), 0)";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// What changed after that line. `None` where more than `most` examples did.
pub fn tags_changed_since(connection: &Connection, since: i64, most: usize) -> Result<Option<TagChanges>> {
    let last = last_change(connection)?;
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    // Each example has a handful of lines: where there are many more, there are more than `most` examples.
    // Nor is it worth while to look at them one by one.
    if last.saturating_sub(since) > limit.saturating_mul(LINES) {
        return Ok(None);
    }
    let mut changes = TagChanges { last, examples: Vec::new(), facets: false, imported: false };
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT op = 'import' AS import,
           CASE WHEN tbl IN ('example', 'tag') AND op <> 'import' THEN example END AS example
         FROM change WHERE id > ?1
           AND (tbl IN ('example', 'tag', 'facet', 'facet_value', 'cell') OR (tbl = 'setting' AND row = 'goal')
             OR op = 'import')
         ORDER BY example LIMIT ?2",
    )?;
    let mut rows = statement.query(params![since, limit.saturating_add(3)])?;
    while let Some(row) = rows.next()? {
        match (row.get(0)?, row.get(1)?) {
            (true, _) => changes.imported = true,
            (false, Some(example)) => changes.examples.push(example),
            (false, None) => changes.facets = true,
        }
    }
    Ok((changes.examples.len() <= most).then_some(changes))
}

/// The examples whose texts or rankings changed after that line, the new ones, and those that are gone; not those
/// that came in by an import. `None` where more than `most` did.
pub fn texts_changed_since(connection: &Connection, since: i64, most: usize) -> Result<Option<Vec<i64>>> {
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    // as above
    if last_change(connection)?.saturating_sub(since) > limit.saturating_mul(LINES) {
        return Ok(None);
    }
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT example FROM change
         WHERE id > ?1 AND tbl IN ('prompt', 'response', 'ranking', 'placement') AND example IS NOT NULL LIMIT ?2",
    )?;
    let examples = statement.query_map(params![since, limit.saturating_add(1)], |row| row.get(0))?;
    let examples = examples.collect::<std::result::Result<Vec<i64>, _>>()?;
    Ok((examples.len() <= most).then_some(examples))
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
