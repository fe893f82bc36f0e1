//! The sketches of prompts: how they catch up with the domain tables, and how they are read.
//!
//! Triggers put every example whose prompt changed into `sketch_pending`, as they do for the search
//! index; whoever writes takes them out again, a portion in a transaction.

use rusqlite::{Connection, OptionalExtension, params};

use super::Result;
use super::read::messages_of;
use crate::example::Prompt;
use crate::text::sketch::Sketch;

/// A sketch as it is kept: by the order in which sketches were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SketchRow {
    /// Grows with every sketch that is written.
    pub seq: i64,
    /// The example.
    pub example: i64,
    /// The sketch of its prompt.
    pub sketch: Sketch,
}

/// Which of the waiting examples come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    /// The newest: those that somebody has just written.
    Newest,
    /// The oldest.
    Oldest,
}

/// How many examples wait for their sketch.
pub fn waiting_for_sketch(connection: &Connection) -> Result<u64> {
    Ok(connection.prepare_cached("SELECT count(*) FROM sketch_pending")?.query_row([], |row| row.get(0))?)
}

/// How many examples have a sketch, if only an old one.
pub fn sketched(connection: &Connection) -> Result<u64> {
    Ok(connection.prepare_cached("SELECT count(*) FROM sketch")?.query_row([], |row| row.get(0))?)
}

/// Makes the sketches of at most `limit` waiting examples, inside the open transaction. Returns how
/// many it took.
pub fn sketch_pending(connection: &Connection, first: First, limit: usize) -> Result<usize> {
    let order = match first {
        First::Newest => "DESC",
        First::Oldest => "ASC",
    };
    let ids: Vec<i64> = connection
        .prepare_cached(&format!(
            "SELECT example_id FROM sketch_pending ORDER BY example_id {order} LIMIT ?1"
        ))?
        .query_map([i64::try_from(limit).unwrap_or(i64::MAX)], |row| row.get(0))?
        .collect::<std::result::Result<_, _>>()?;
    let mut remove = connection.prepare_cached("DELETE FROM sketch_pending WHERE example_id = ?1")?;
    // A new row, and so a new number, in the place of an old one.
    let mut put =
        connection.prepare_cached("INSERT OR REPLACE INTO sketch (example_id, prompt) VALUES (?1, ?2)")?;
    for &id in &ids {
        if let Some(sketch) = sketch_of(connection, id)? {
            put.execute(params![id, sketch.to_bytes()])?;
        }
        remove.execute([id])?;
    }
    Ok(ids.len())
}

/// The sketch of an example's prompt as it is now.
fn sketch_of(connection: &Connection, example: i64) -> Result<Option<Sketch>> {
    Ok(conversation_of(connection, example)?.map(|text| Sketch::of_text(&text)))
}

/// What prompts are compared by, of one example; `None` where there is none.
pub fn conversation_of(connection: &Connection, example: i64) -> Result<Option<String>> {
    let mut statement = connection.prepare_cached("SELECT messages FROM prompt WHERE example_id = ?1")?;
    let said = statement
        .query_row([example], |row| Ok(row.get_ref(0)?.as_str().map(conversation).unwrap_or_default()))
        .optional()?;
    Ok(said)
}

/// What can't be read is like nothing; `goldset verify` tells of it.
pub(super) fn conversation(json: &str) -> String {
    let messages = messages_of(json).unwrap_or_default();
    Prompt { messages, tools: Vec::new() }.conversation()
}

/// The sketches that were written after that one, in their order, at most `limit`.
pub fn sketches_after(connection: &Connection, seq: i64, limit: usize) -> Result<Vec<SketchRow>> {
    let mut statement = connection
        .prepare_cached("SELECT seq, example_id, prompt FROM sketch WHERE seq > ?1 ORDER BY seq LIMIT ?2")?;
    let rows = statement.query_map(params![seq, i64::try_from(limit).unwrap_or(i64::MAX)], |row| {
        let sketch = Sketch::from_bytes(row.get(2)?);
        Ok(SketchRow { seq: row.get(0)?, example: row.get(1)?, sketch })
    })?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// Makes the sketches of the examples that wait for one, without keeping them: of those whose number
/// is above `after`, in their order, at most `limit`.
pub fn waiting_sketches(connection: &Connection, after: i64, limit: usize) -> Result<Vec<(i64, Sketch)>> {
    let mut statement = connection.prepare_cached(
        "SELECT p.example_id, p.messages FROM sketch_pending w JOIN prompt p ON p.example_id = w.example_id
         WHERE w.example_id > ?1 ORDER BY w.example_id LIMIT ?2",
    )?;
    let made = statement.query_map(params![after, i64::try_from(limit).unwrap_or(i64::MAX)], |row| {
        let text = row.get_ref(1)?.as_str().map(conversation).unwrap_or_default();
        Ok((row.get(0)?, Sketch::of_text(&text)))
    })?;
    Ok(made.collect::<std::result::Result<_, _>>()?)
}

/// What is wrong with the sketches, in sentences: those that are missing or too many, and, of about
/// `sample` of them, those that are not what would be made now.
pub(super) fn wrong_sketches(connection: &Connection, sample: u64) -> Result<Vec<String>> {
    let count = |sql| connection.query_row(sql, [], |row| row.get::<_, u64>(0));
    let missing = count(
        "SELECT count(*) FROM prompt WHERE example_id NOT IN (SELECT example_id FROM sketch)
           AND example_id NOT IN (SELECT example_id FROM sketch_pending)",
    )?;
    let stale = count("SELECT count(*) FROM sketch WHERE example_id NOT IN (SELECT example_id FROM prompt)")?;
    let mut wrong = Vec::new();
    for (n, what) in [(missing, "prompts have no sketch"), (stale, "sketches are of prompts that are gone")] {
        if n > 0 {
            wrong.push(format!("{n} {what}"));
        }
    }
    // Every so many of them, by their numbers.
    let every = (sketched(connection)? / sample.max(1)).max(1);
    let mut statement = connection.prepare(
        "SELECT s.example_id, s.prompt FROM sketch s
         WHERE s.seq % ?1 = 0 AND s.example_id NOT IN (SELECT example_id FROM sketch_pending)",
    )?;
    let mut rows = statement.query([every])?;
    let (mut seen, mut other) = (0_u64, 0_u64);
    while let Some(row) = rows.next()? {
        let Some(now) = sketch_of(connection, row.get(0)?)? else { continue };
        seen += 1;
        other += u64::from(now.to_bytes() != row.get::<_, [u8; 32]>(1)?);
    }
    if other > 0 {
        wrong.push(format!("of {seen} sketches that were made again, {other} came out otherwise"));
    }
    Ok(wrong)
}
