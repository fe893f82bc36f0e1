//! Writing rows of the domain tables, one at a time; the triggers do the rest.

use rusqlite::{Connection, OptionalExtension, params};

use super::{Error, Result};
use crate::example::{Example, Flag, Message, Metadata, Prompt, Response, Uuid, new_id};
use crate::text::tokens;

pub(super) fn messages_json(messages: &[Message]) -> String {
    json_text(messages)
}

pub(super) fn json_text(value: &(impl serde::Serialize + ?Sized)) -> String {
    // Only a map with keys that are no strings, or a number that is none, could fail.
    serde_json::to_string(value).unwrap_or_default()
}

pub(super) fn tools_json(prompt: &Prompt) -> Option<String> {
    (!prompt.tools.is_empty()).then(|| json_text(&prompt.tools))
}

pub(super) fn metadata_json(metadata: &Metadata) -> Option<String> {
    (!metadata.is_empty()).then(|| json_text(&metadata.0))
}

/// Estimated tokens; at least 1 for what is not blank, so that 0 says blank.
pub(super) fn tokens_of(messages: &[Message]) -> i64 {
    let text = crate::example::plain_text(messages);
    let blank = messages.iter().all(Message::is_blank);
    if blank { 0 } else { i64::from(tokens::estimate(&text)).max(1) }
}

/// The row of that annotator, where there is one.
pub fn find_annotator(connection: &Connection, name: &str) -> Result<Option<i64>> {
    let mut statement = connection.prepare_cached("SELECT id FROM annotator WHERE name = ?1")?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?)
}

/// The row of that annotator, made where there is none.
pub fn annotator_id(connection: &Connection, name: &str) -> Result<i64> {
    if let Some(id) = find_annotator(connection, name)? {
        return Ok(id);
    }
    connection
        .prepare_cached("INSERT INTO annotator (uuid, name) VALUES (?1, ?2)")?
        .execute(params![new_id().as_bytes(), name])?;
    Ok(connection.last_insert_rowid())
}

/// The row of that facet, and whether it takes several values.
pub fn facet_id(connection: &Connection, name: &str) -> Result<Option<(i64, bool)>> {
    let mut statement = connection.prepare_cached("SELECT id, several FROM facet WHERE name = ?1")?;
    Ok(statement.query_row([name], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// The row of that value of a facet.
pub fn value_id(connection: &Connection, facet: i64, name: &str) -> Result<Option<i64>> {
    let mut statement =
        connection.prepare_cached("SELECT id FROM facet_value WHERE facet_id = ?1 AND name = ?2")?;
    Ok(statement.query_row(params![facet, name], |row| row.get(0)).optional()?)
}

/// The row of that kind of flag.
pub fn flag_kind_id(connection: &Connection, name: &str) -> Result<i64> {
    let mut statement = connection.prepare_cached("SELECT id FROM flag_kind WHERE name = ?1")?;
    let found = statement.query_row([name], |row| row.get(0)).optional()?;
    found.ok_or_else(|| Error::NotFound { what: "kind of flag", name: name.to_owned() })
}

/// Inserts an example with its prompt and responses (tags, flags and rankings are inserted by
/// their own functions). Returns its local id.
pub fn insert_example(connection: &Connection, example: &Example) -> Result<i64> {
    connection
        .prepare_cached(
            "INSERT INTO example (uuid, kind, status, split, created_at, origin) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            example.id.as_bytes(),
            example.kind.as_str(),
            example.status.as_str(),
            example.split.map(crate::example::Split::as_str),
            example.created_at.0,
            example.origin.as_ref().map(Uuid::as_bytes),
        ])?;
    let id = connection.last_insert_rowid();
    connection
        .prepare_cached(
            "INSERT INTO prompt (example_id, messages, tools, metadata, note, tokens) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            id,
            messages_json(&example.prompt.messages),
            tools_json(&example.prompt),
            metadata_json(&example.metadata),
            example.note,
            tokens_of(&example.prompt.messages),
        ])?;
    for response in &example.responses {
        insert_response(connection, id, response)?;
    }
    Ok(id)
}

/// Appends a response to an example. Returns its local id.
pub fn insert_response(connection: &Connection, example: i64, response: &Response) -> Result<i64> {
    connection
        .prepare_cached(
            "INSERT INTO response
               (uuid, example_id, position, author, author_kind, messages, origin, metadata, tokens, created_at)
             VALUES (?1, ?2, (SELECT coalesce(max(position), 0) + 1 FROM response WHERE example_id = ?2),
               ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            response.id.as_bytes(),
            example,
            response.author.as_ref().map(|author| author.name.as_str()),
            response.author.as_ref().map(|author| author.kind.as_str()),
            messages_json(&response.messages),
            response.origin.as_ref().map(Uuid::as_bytes),
            metadata_json(&response.metadata),
            tokens_of(&response.messages),
            response.created_at.0,
        ])?;
    Ok(connection.last_insert_rowid())
}

/// Replaces the prompt's turns and tools.
pub fn update_prompt(connection: &Connection, example: i64, prompt: &Prompt) -> Result<()> {
    connection
        .prepare_cached("UPDATE prompt SET messages = ?2, tools = ?3, tokens = ?4 WHERE example_id = ?1")?
        .execute(params![
            example,
            messages_json(&prompt.messages),
            tools_json(prompt),
            tokens_of(&prompt.messages)
        ])?;
    Ok(())
}

pub(super) fn response_row(connection: &Connection, example: i64, response: Uuid) -> Result<i64> {
    let mut statement =
        connection.prepare_cached("SELECT id FROM response WHERE uuid = ?1 AND example_id = ?2")?;
    let found = statement.query_row(params![response.as_bytes(), example], |row| row.get(0)).optional()?;
    found.ok_or_else(|| Error::NotFound { what: "response", name: response.to_string() })
}

/// Replaces the turns of a response and its author.
pub fn update_response(connection: &Connection, example: i64, response: &Response) -> Result<()> {
    let row = response_row(connection, example, response.id)?;
    connection
        .prepare_cached(
            "UPDATE response SET messages = ?2, tokens = ?3, author = ?4, author_kind = ?5 WHERE id = ?1",
        )?
        .execute(params![
            row,
            messages_json(&response.messages),
            tokens_of(&response.messages),
            response.author.as_ref().map(|author| author.name.as_str()),
            response.author.as_ref().map(|author| author.kind.as_str()),
        ])?;
    Ok(())
}

/// Removes a response, with its places in rankings and the flags on it.
pub fn delete_response(connection: &Connection, example: i64, response: Uuid) -> Result<()> {
    let row = response_row(connection, example, response)?;
    connection.execute("DELETE FROM rating WHERE response_id = ?1", [row])?;
    connection.execute("DELETE FROM placement WHERE response_id = ?1", [row])?;
    connection.execute("DELETE FROM flag WHERE response_id = ?1", [row])?;
    connection.execute("DELETE FROM response WHERE id = ?1", [row])?;
    // A ranking that places nothing any more says nothing.
    let empty = "example_id = ?1 AND cannot IS NULL AND NOT EXISTS (SELECT 1 FROM placement p WHERE p.ranking_id = ranking.id AND p.tier NOT NULL)";
    for table in ["rating", "placement"] {
        connection.execute(
            &format!("DELETE FROM {table} WHERE ranking_id IN (SELECT id FROM ranking WHERE {empty})"),
            [example],
        )?;
    }
    connection.execute(&format!("DELETE FROM ranking WHERE {empty}"), [example])?;
    Ok(())
}

/// Puts a value on an example; of a single-valued facet it takes the place of the one before.
pub fn insert_tag(
    connection: &Connection,
    example: i64,
    facet: i64,
    several: bool,
    value: i64,
) -> Result<()> {
    if !several {
        connection
            .prepare_cached("DELETE FROM tag WHERE example_id = ?1 AND facet_id = ?2 AND value_id <> ?3")?
            .execute([example, facet, value])?;
    }
    connection
        .prepare_cached(
            "INSERT INTO tag (example_id, facet_id, value_id, several) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
        )?
        .execute(params![example, facet, value, several])?;
    Ok(())
}

/// Raises a flag.
pub fn insert_flag(connection: &Connection, example: i64, flag: &Flag) -> Result<()> {
    let kind = flag_kind_id(connection, &flag.kind)?;
    let response = flag.response.map(|response| response_row(connection, example, response)).transpose()?;
    let annotator = flag.by.as_deref().map(|name| annotator_id(connection, name)).transpose()?;
    insert_flag_row(connection, example, flag, kind, response, annotator)
}

/// The row of a flag whose kind, response and annotator are found.
pub(super) fn insert_flag_row(
    connection: &Connection,
    example: i64,
    flag: &Flag,
    kind: i64,
    response: Option<i64>,
    annotator: Option<i64>,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO flag (uuid, example_id, response_id, kind_id, note, annotator_id, resolved, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            flag.id.as_bytes(),
            example,
            response,
            kind,
            flag.note,
            annotator,
            flag.resolved,
            flag.at.0
        ])?;
    Ok(())
}
