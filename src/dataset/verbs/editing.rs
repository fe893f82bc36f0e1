//! Changing one example in many places at once.

use rusqlite::{Connection, params};

use super::super::{Done, ResponseText, Result};
use super::writing::{begun, drop_drafts, write_responses};
use super::{about, require, resolve_tag};
use crate::example::{Changes, Status};
use crate::store;

pub(super) fn edit(
    connection: &Connection,
    annotator: &str,
    example: i64,
    changes: &Changes,
) -> Result<Done> {
    require(connection, example)?;
    if let Some(prompt) = &changes.prompt {
        store::update_prompt(connection, example, prompt)?;
        drop_drafts(connection, annotator, example, "prompt/*")?;
        drop_drafts(connection, annotator, example, "insert/*")?;
    }
    let texts: Vec<ResponseText> = changes
        .written
        .iter()
        .map(|(id, messages)| ResponseText { id: Some(*id), messages: messages.clone() })
        .collect();
    if !texts.is_empty() {
        write_responses(connection, annotator, example, &texts)?;
    }
    for response in &changes.removed {
        store::delete_response(connection, example, *response)?;
    }
    for response in &changes.added {
        store::insert_response(connection, example, response)?;
        drop_drafts(connection, annotator, example, "new")?;
    }
    for response in changes.written.iter().map(|(id, _)| id).chain(&changes.removed) {
        drop_drafts(connection, annotator, example, &format!("response/{response}*"))?;
    }
    if let Some(note) = &changes.note {
        connection
            .prepare_cached("UPDATE prompt SET note = ?2 WHERE example_id = ?1")?
            .execute(params![example, note])?;
    }
    write_tags(connection, example, changes)?;
    let set = |column: &str, value: Option<&str>| -> Result<()> {
        // One of our own names, never what somebody typed.
        let sql = format!("UPDATE example SET {column} = ?2 WHERE id = ?1");
        connection.prepare_cached(&sql)?.execute(params![example, value])?;
        Ok(())
    };
    if let Some(kind) = changes.kind {
        set("kind", Some(kind.as_str()))?;
    }
    if let Some(split) = changes.split {
        set("split", split.map(crate::example::Split::as_str))?;
    }
    // Writing on what nobody has begun makes it a draft.
    let begun = if changes.writes() { begun(connection, example)? } else { None };
    if let Some(status) = changes.status.or(begun) {
        set("status", Some(Status::as_str(status)))?;
        // Who submits what was sent back to them has looked after it.
        if status == Status::Submitted
            && let Some(person) = store::find_annotator(connection, annotator)?
        {
            store::look_after(connection, example, person)?;
        }
    }
    let words = changes.words();
    let said = if words.is_empty() { String::new() } else { format!(": {}", words.join(", ")) };
    Ok(about(example, format!("edited #{example}{said}")))
}

fn write_tags(connection: &Connection, example: i64, changes: &Changes) -> Result<()> {
    for tag in &changes.taken_off {
        // A facet or a value that is gone is on no example any more.
        let Some((facet, _)) = store::facet_id(connection, &tag.facet)? else { continue };
        let Some(value) = store::value_id(connection, facet, &tag.value)? else { continue };
        connection
            .prepare_cached("DELETE FROM tag WHERE example_id = ?1 AND value_id = ?2")?
            .execute([example, value])?;
    }
    for tag in &changes.put_on {
        let (facet, several, value) = resolve_tag(connection, tag)?;
        store::insert_tag(connection, example, facet, several, value)?;
    }
    Ok(())
}
