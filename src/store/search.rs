//! The search index: what goes into it, and how it catches up with the domain tables.
//!
//! Triggers put every example whose words changed into `search_pending`; whoever writes takes them
//! out again, a portion in a transaction. So a crash leaves work to do, and nothing wrong.
//!
//! The index is FTS5's `unicode61` over text that [`search_form`] prepares. Measured on 57,233 real
//! records (22.8 MB: English, Chinese, Thai, Arabic) against the alternatives: plain `unicode61`
//! finds 29 % of Chinese words; `trigram` finds 63 % of them (none of two characters), takes 5.5
//! times as long to build and 5 times the space; `porter` breaks search while typing (`universi`).
//! Bigrams for scripts without blanks find all, at the price of plain `unicode61`.

use std::borrow::Cow;

use rusqlite::{Connection, params};

use super::Result;
use super::ahead::read_ahead;
use super::read::messages_of;
use crate::example::plain_text;
use crate::text::search_form::search_form;

/// How many examples wait for the index.
pub fn pending(connection: &Connection) -> Result<u64> {
    Ok(connection.prepare_cached("SELECT count(*) FROM search_pending")?.query_row([], |row| row.get(0))?)
}

/// Brings at most `limit` waiting examples into the index, inside the open transaction. Returns
/// how many it took.
pub fn index_pending(connection: &Connection, limit: usize) -> Result<usize> {
    let ids = waiting(connection, limit)?;
    for &id in &ids {
        put(connection, id, indexed_text(connection, id)?.as_deref())?;
    }
    done(connection, &ids)?;
    Ok(ids.len())
}

/// The same for many, whose texts another thread reads meanwhile, by a connection of its own: it must
/// see what this one sees.
pub fn index_many(connection: &Connection, reader: &mut Connection, limit: usize) -> Result<usize> {
    let ids = waiting(connection, limit)?;
    read_ahead(reader, &ids, indexed_text, |id, text| put(connection, id, text.as_deref()))?;
    done(connection, &ids)?;
    Ok(ids.len())
}

fn waiting(connection: &Connection, limit: usize) -> Result<Vec<i64>> {
    let mut statement =
        connection.prepare_cached("SELECT example_id FROM search_pending ORDER BY example_id LIMIT ?1")?;
    let ids = statement.query_map([i64::try_from(limit).unwrap_or(i64::MAX)], |row| row.get(0))?;
    Ok(ids.collect::<std::result::Result<_, _>>()?)
}

/// Puts a text into the index in the place of the one before; no text only takes that out.
fn put(connection: &Connection, id: i64, text: Option<&str>) -> Result<()> {
    connection.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([id])?;
    if let Some(text) = text {
        connection
            .prepare_cached("INSERT INTO search (rowid, text) VALUES (?1, ?2)")?
            .execute(params![id, text])?;
    }
    Ok(())
}

/// Takes examples that came in order out of the queue: those between the first and the last.
fn done(connection: &Connection, ids: &[i64]) -> Result<()> {
    if let (Some(first), Some(last)) = (ids.first(), ids.last()) {
        connection
            .prepare_cached("DELETE FROM search_pending WHERE example_id BETWEEN ?1 AND ?2")?
            .execute([first, last])?;
    }
    Ok(())
}

/// The text of an example in the form in which the index takes it.
fn indexed_text(connection: &Connection, id: i64) -> Result<Option<String>> {
    let text = text_of(connection, id)?;
    Ok(text.map(|text| match search_form(&text) {
        Cow::Owned(form) => form,
        Cow::Borrowed(_) => text,
    }))
}

/// The examples that have all of these words ([`words`](crate::text::words::words)), in their order,
/// at most `limit`. None where there are no words.
pub fn examples_with_words(connection: &Connection, words: &[&str], limit: usize) -> Result<Vec<i64>> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{}\"", word.replace('"', "\"\""))).collect();
    let mut statement = connection
        .prepare_cached("SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid LIMIT ?2")?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let ids = statement.query_map(params![quoted.join(" AND "), limit], |row| row.get(0))?;
    Ok(ids.collect::<std::result::Result<_, _>>()?)
}

/// The words of all examples: how many different ones, how many in all, and how many of them occur once and
/// twice. Of a large dataset that is a way through the whole index, which takes seconds.
pub fn words_seen(connection: &Connection) -> Result<[u64; 4]> {
    // The table that shows the index is the connection's own: the file is not written to.
    connection.execute_batch(
        "PRAGMA query_only = OFF;
         CREATE VIRTUAL TABLE IF NOT EXISTS temp.word USING fts5vocab(main, search, 'row');
         PRAGMA query_only = ON;",
    )?;
    let sql = "SELECT count(*), coalesce(sum(cnt), 0), coalesce(sum(cnt = 1), 0), coalesce(sum(cnt = 2), 0)
               FROM temp.word";
    let numbers =
        connection.query_row(sql, [], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))?;
    Ok(numbers)
}

/// What is searched of an example: every turn of the prompt and of the responses.
fn text_of(connection: &Connection, example: i64) -> Result<Option<String>> {
    let mut statement = connection.prepare_cached(
        "SELECT messages FROM prompt WHERE example_id = ?1
         UNION ALL SELECT * FROM (SELECT messages FROM response WHERE example_id = ?1 ORDER BY position, id)",
    )?;
    let mut rows = statement.query([example])?;
    let mut text: Option<String> = None;
    while let Some(row) = rows.next()? {
        let json = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        // What can't be read is not found; `goldset verify` tells of it.
        let said = messages_of(json).map_or_else(|_| String::new(), |messages| plain_text(&messages));
        let text = text.get_or_insert_default();
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&said);
    }
    Ok(text)
}
