//! The texts of an example as they once were: read off the journal, and put back.

use std::collections::HashSet;

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params};
use serde_json::Value;

use super::rows::{Rows, sql_value};
use super::tables::Table;
use super::{Error, Result};

/// Puts the prompt, the note and the texts of the responses of an example back to what they were
/// right after an action, inside the open transaction (whose own action has been begun). A response
/// that was made later stays as it is; one that was removed since comes back under its own name.
/// Answers whether the example was there at that time; where it was not, nothing is changed.
///
/// What a row was after an action is what it was before its next change. An example that came with
/// an import has no such rows before its first change: then it is now as it was imported.
pub fn restore_texts(connection: &Connection, example: i64, action: i64) -> Result<bool> {
    if !was_there(connection, example, action)? {
        return Ok(false);
    }
    let mut statement = connection.prepare_cached(
        "SELECT tbl, row, before FROM change
         WHERE example = ?1 AND action_id > ?2 AND tbl IN ('prompt', 'response') ORDER BY id",
    )?;
    let changes: Vec<(String, String, Option<String>)> = statement
        .query_map([example, action], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<std::result::Result<_, _>>()?;
    let mut seen = HashSet::new();
    for (table, row, before) in changes {
        if !seen.insert((table.clone(), row)) {
            continue;
        }
        // What was not there then was made later.
        let Some(before) = before else { continue };
        let image: Value = serde_json::from_str(&before)
            .map_err(|error| Error::Conflict(format!("a line of the journal can't be read ({error})")))?;
        match table.as_str() {
            "prompt" => put_prompt(connection, &image)?,
            _ => put_response(connection, &image)?,
        }
    }
    Ok(true)
}

/// Whether an example was there right after an action.
fn was_there(connection: &Connection, example: i64, action: i64) -> Result<bool> {
    // The prompt comes and goes with its example.
    let mut statement = connection.prepare_cached(
        "SELECT before IS NOT NULL FROM change
         WHERE example = ?1 AND action_id > ?2 AND tbl = 'prompt' ORDER BY id LIMIT 1",
    )?;
    let mut rows = statement.query([example, action])?;
    if let Some(row) = rows.next()? {
        let is_there: bool = row.get(0)?;
        if !is_there {
            return Ok(false);
        }
    }
    // An import is one change for all its rows.
    let mut statement = connection.prepare_cached(
        "SELECT NOT EXISTS (
           SELECT 1 FROM example e JOIN import i ON i.id = e.import_id
             JOIN change c ON c.op = 'import' AND c.row = lower(hex(i.uuid))
           WHERE e.id = ?1 AND c.action_id > ?2)",
    )?;
    Ok(statement.query_row([example, action], |row| row.get(0))?)
}

/// The fields of a row as it was, as values of the database.
fn fields(image: &Value, names: &[&str]) -> Vec<Sql> {
    names.iter().map(|name| sql_value(image.get(*name), false)).collect()
}

fn put_prompt(connection: &Connection, image: &Value) -> Result<()> {
    let values = fields(image, &["example_id", "messages", "tools", "note", "tokens"]);
    connection
        .prepare_cached(
            "UPDATE prompt SET messages = ?2, tools = ?3, note = ?4, tokens = ?5 WHERE example_id = ?1",
        )?
        .execute(rusqlite::params_from_iter(values))?;
    Ok(())
}

/// Its text, and with that whose it is: who fills an empty response in becomes its author.
fn put_response(connection: &Connection, image: &Value) -> Result<()> {
    let values = fields(image, &["id", "messages", "tokens", "author", "author_kind"]);
    let updated = connection
        .prepare_cached(
            "UPDATE response SET messages = ?2, tokens = ?3, author = ?4, author_kind = ?5 WHERE id = ?1",
        )?
        .execute(rusqlite::params_from_iter(values))?;
    if updated == 0
        && let Some(table) = Table::named("response")
    {
        Rows::of(table).insert(connection, image)?;
    }
    Ok(())
}

/// When an action was done, in milliseconds since 1970.
pub fn moment_of(connection: &Connection, action: i64) -> Result<i64> {
    let mut statement = connection.prepare_cached("SELECT at FROM action WHERE id = ?1")?;
    statement.query_row(params![action], |row| row.get(0)).map_err(|error| match error {
        rusqlite::Error::QueryReturnedNoRows => Error::NotFound { what: "action", name: action.to_string() },
        other => other.into(),
    })
}
