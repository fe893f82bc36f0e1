//! What is read off examples: how it catches up with the domain tables, and how it is read.
//!
//! An import brings them along ([`super::Prepared`]). Triggers put every other example whose prompt, responses
//! or rankings changed into `trait_pending`; whoever writes takes them out again: a few inside the transaction
//! of the verb that changed them, the rest a portion at a time.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::ahead::read_ahead;
use super::outcomes::{name_of_row, rankings_by_row};
use super::queue::Queue;
use super::read::messages_of;
use super::{Error, Result};
use crate::example::{Answer, Consensus, Prompt, Traits};

const QUEUE: Queue =
    Queue { table: "trait_pending", filled_by: "'example', 'prompt', 'response', 'ranking', 'placement'" };

/// Traits as they are kept: by the order in which they were written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TraitRow {
    /// Grows with every row that is written.
    pub seq: i64,
    /// The example.
    pub example: i64,
    /// User turns.
    pub turns: u32,
    /// Estimated tokens of the prompt.
    pub prompt_tokens: u32,
    /// The language, as ISO 639-1 has it.
    pub language: String,
    /// Whether tools are defined.
    pub has_tools: bool,
    /// What is said of the response; `None` where nothing is answered.
    pub answer: Option<Answer>,
}

/// How many examples wait for their traits.
pub fn waiting_for_traits(connection: &Connection) -> Result<u64> {
    QUEUE.waiting(connection)
}

/// Reads the traits of at most `limit` waiting examples, inside the open transaction; those that the action
/// at hand changed come first. Returns how many it took.
pub fn settle_traits(connection: &Connection, limit: usize) -> Result<usize> {
    let ids = QUEUE.first(connection, limit)?;
    for &id in &ids {
        put(connection, id, traits_of(connection, id)?)?;
    }
    Ok(ids.len())
}

/// The same for many, which another thread reads meanwhile, by a connection of its own: it must see what this
/// one sees.
pub fn settle_many_traits(connection: &Connection, reader: &mut Connection, limit: usize) -> Result<usize> {
    let ids = QUEUE.first(connection, limit)?;
    read_ahead(reader, &ids, traits_of, |id, traits| put(connection, id, traits))?;
    Ok(ids.len())
}

/// Puts what is read off an example in the place of what was before, and takes it out of the queue.
fn put(connection: &Connection, id: i64, traits: Option<Traits>) -> Result<()> {
    // A new row, and so a new number, in the place of an old one; the triggers count both.
    connection.prepare_cached("DELETE FROM trait WHERE example_id = ?1")?.execute([id])?;
    if let Some(traits) = traits {
        let mut put = connection.prepare_cached(
            "INSERT INTO trait (example_id, turns, prompt_tokens, language, tools, response_tokens, refusal, json)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        let answer = traits.answer;
        put.execute(params![
            id,
            traits.turns,
            traits.prompt_tokens,
            traits.language,
            traits.has_tools,
            answer.map(|answer| answer.tokens),
            answer.map(|answer| answer.is_refusal),
            answer.map(|answer| answer.is_json),
        ])?;
    }
    QUEUE.remove(connection, id)
}

/// The traits of an example as it is now; `None` where there is none.
fn traits_of(connection: &Connection, example: i64) -> Result<Option<Traits>> {
    let mut statement =
        connection.prepare_cached("SELECT messages, tools, tokens FROM prompt WHERE example_id = ?1")?;
    let found = statement
        .query_row([example], |row| {
            let (json, tools): (String, Option<String>) = (row.get(0)?, row.get(1)?);
            Ok((json, tools, row.get::<_, u32>(2)?))
        })
        .optional()?;
    let Some((json, tools, tokens)) = found else { return Ok(None) };
    // What can't be read is like nothing; `goldset verify` tells of it.
    let prompt = Prompt {
        messages: messages_of(&json).unwrap_or_default(),
        tools: tools.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default(),
    };
    let answer = answer_of(connection, example)?;
    let answer = answer.map(|(json, tokens)| (messages_of(&json).unwrap_or_default(), tokens));
    Ok(Some(Traits::of(&prompt, tokens, answer.as_ref().map(|(messages, tokens)| (&**messages, *tokens)))))
}

/// The response that rankings put first, else the first that says something: its turns and tokens.
fn answer_of(connection: &Connection, example: i64) -> Result<Option<(String, u32)>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, messages, tokens FROM response WHERE example_id = ?1 AND tokens > 0 ORDER BY position, id",
    )?;
    let mut rows = statement.query([example])?;
    let mut best = None;
    let mut found = None;
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        if found.is_none() {
            found = Some((row.get(1)?, row.get(2)?));
            continue;
        }
        // Only where there are several do rankings matter.
        if best.is_none() {
            best = Some(Consensus::of(&rankings_by_row(connection, example)?).best);
        }
        if best == Some(Some(name_of_row(id))) {
            found = Some((row.get(1)?, row.get(2)?));
        }
    }
    Ok(found)
}

/// The columns of a [`TraitRow`], in its order.
const COLUMNS: &str =
    "seq, example_id, turns, prompt_tokens, language, tools, response_tokens, refusal, json";

/// Hears the traits of all examples, in the order in which they were written.
pub fn each_trait<E: From<Error>>(
    connection: &Connection,
    mut hear: impl FnMut(&TraitRow) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let mut statement = connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM trait ORDER BY seq"))
        .map_err(Error::from)?;
    let mut rows = statement.query([]).map_err(Error::from)?;
    // one for all of them: there may be a million
    let mut one = TraitRow::default();
    while let Some(row) = rows.next().map_err(Error::from)? {
        one.read(row)?;
        hear(&one)?;
    }
    Ok(())
}

/// The traits of an example, where they were read.
pub fn trait_of(connection: &Connection, example: i64) -> Result<Option<TraitRow>> {
    let mut statement =
        connection.prepare_cached(&format!("SELECT {COLUMNS} FROM trait WHERE example_id = ?1"))?;
    let mut rows = statement.query([example])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let mut one = TraitRow::default();
    one.read(row)?;
    Ok(Some(one))
}

/// The examples whose traits were written after that one, each with its number, in their order, at most `limit`.
pub fn traits_since(connection: &Connection, seq: i64, limit: usize) -> Result<Vec<(i64, i64)>> {
    let sql = "SELECT seq, example_id FROM trait WHERE seq > ?1 ORDER BY seq LIMIT ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = statement.query_map(params![seq, limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

impl TraitRow {
    /// Takes over a row of [`COLUMNS`].
    fn read(&mut self, row: &Row<'_>) -> Result<()> {
        self.seq = row.get(0)?;
        self.example = row.get(1)?;
        self.turns = row.get(2)?;
        self.prompt_tokens = row.get(3)?;
        self.language.clear();
        self.language.push_str(row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?);
        self.has_tools = row.get(5)?;
        self.answer = match row.get::<_, Option<u32>>(6)? {
            Some(tokens) => Some(Answer { tokens, is_refusal: row.get(7)?, is_json: row.get(8)? }),
            None => None,
        };
        Ok(())
    }
}

/// What is wrong with the traits, in sentences: those that are missing or too many, and, of about `sample`
/// of them, those that would be read otherwise now.
pub(super) fn wrong_traits(connection: &Connection, sample: u64) -> Result<Vec<String>> {
    let count = |sql| connection.query_row(sql, [], |row| row.get::<_, u64>(0));
    let missing = count(
        "SELECT count(*) FROM prompt WHERE example_id NOT IN (SELECT example_id FROM trait)
           AND example_id NOT IN (SELECT example_id FROM trait_pending)",
    )?;
    let stale = count("SELECT count(*) FROM trait WHERE example_id NOT IN (SELECT example_id FROM prompt)")?;
    let mut wrong = Vec::new();
    for (n, what) in [(missing, "examples have no traits"), (stale, "traits are of examples that are gone")] {
        if n > 0 {
            wrong.push(format!("{n} {what}"));
        }
    }
    // Every so many of them, by their numbers.
    let every = (count("SELECT count(*) FROM trait")? / sample.max(1)).max(1);
    let mut statement = connection.prepare(
        "SELECT example_id, turns, prompt_tokens, language, tools, response_tokens, refusal, json FROM trait
         WHERE seq % ?1 = 0 AND example_id NOT IN (SELECT example_id FROM trait_pending)",
    )?;
    let mut rows = statement.query([every])?;
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        let Some(now) = traits_of(connection, id)? else { continue };
        let answer = now.answer;
        let is_same = now.turns == row.get::<_, u32>(1)?
            && now.prompt_tokens == row.get::<_, u32>(2)?
            && now.language == row.get::<_, String>(3)?
            && now.has_tools == row.get::<_, bool>(4)?
            && answer.map(|answer| answer.tokens) == row.get(5)?
            && answer.map(|answer| answer.is_refusal) == row.get(6)?
            && answer.map(|answer| answer.is_json) == row.get(7)?;
        if !is_same {
            wrong.push(format!("the traits of #{id} are kept otherwise than they would be read now"));
        }
    }
    Ok(wrong)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::example::Band;

    #[test]
    fn the_bands_of_the_schema_are_those_of_the_program() {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch("CREATE TABLE example (id INTEGER, import_id INTEGER, status TEXT)")
            .unwrap();
        connection.execute_batch(include_str!("migrations/0005_traits.sql")).unwrap();
        let low = |bands: &[Band], n: u32| i64::from(Band::of(bands, n).unwrap().1.low);
        let numbers = (0..40).chain((4..15).flat_map(|at| [(1 << at) - 1, 1 << at, (1 << at) + 1]));
        for n in numbers {
            connection
                .execute(
                    "INSERT OR REPLACE INTO trait (example_id, turns, prompt_tokens, language, tools, response_tokens, refusal, json)
                     VALUES (1, ?1, ?1, 'en', 0, ?1, 0, 0)",
                    [n],
                )
                .unwrap();
            let bands: (i64, i64, i64) = connection
                .query_row("SELECT turns_band, prompt_band, response_band FROM trait", [], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                })
                .unwrap();
            let tokens = low(Band::TOKENS, n);
            assert_eq!(bands, (low(Band::TURNS, n), tokens, tokens), "{n}");
        }
    }
}
