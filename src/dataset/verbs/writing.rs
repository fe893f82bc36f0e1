//! Making examples and writing their prompts, responses and notes.

use rusqlite::{Connection, params};

use super::super::{Done, Error, ResponseText, Result};
use super::{about, require, resolve_tag};
use crate::example::{Author, Example, Prompt, Response, Status, Uuid};
use crate::store;

pub(super) fn create(connection: &Connection, example: &Example) -> Result<Done> {
    let id = store::insert_example(connection, example)?;
    for tag in &example.tags {
        let (facet, several, value) = resolve_tag(connection, tag)?;
        store::insert_tag(connection, id, facet, several, value)?;
    }
    for flag in &example.flags {
        store::insert_flag(connection, id, flag)?;
    }
    let responses: Vec<Uuid> = example.responses.iter().map(|response| response.id).collect();
    for ranking in &example.rankings {
        ranking.check(&responses)?;
        store::put_ranking(connection, id, ranking)?;
    }
    let origin = match example.origin {
        Some(origin) => store::example_id_of(connection, origin)?,
        None => None,
    };
    Ok(about(
        id,
        match origin {
            Some(origin) => format!("made #{id}, a variant of #{origin}"),
            None => format!("made #{id}"),
        },
    ))
}

/// What is written of an example; what is `None` stays as it is.
pub(super) struct Written<'a> {
    pub prompt: Option<&'a Prompt>,
    pub responses: &'a [ResponseText],
    pub note: Option<&'a str>,
    pub status: Option<Status>,
}

pub(super) fn write(
    connection: &Connection,
    annotator: &str,
    example: i64,
    parts: &Written<'_>,
) -> Result<Done> {
    require(connection, example)?;
    let mut said: Vec<&str> = Vec::new();
    if let Some(prompt) = parts.prompt {
        store::update_prompt(connection, example, prompt)?;
        said.push("the prompt");
    }
    if !parts.responses.is_empty() {
        write_responses(connection, annotator, example, parts.responses)?;
        said.push(if parts.responses.len() == 1 { "a response" } else { "responses" });
    }
    if let Some(note) = parts.note {
        connection
            .prepare_cached("UPDATE prompt SET note = ?2 WHERE example_id = ?1")?
            .execute(params![example, note])?;
        said.push("the note");
    }
    if parts.prompt.is_some() {
        drop_drafts(connection, annotator, example, "prompt/*")?;
        drop_drafts(connection, annotator, example, "insert/*")?;
    }
    for text in parts.responses {
        let field = text.id.map_or_else(|| "new".to_owned(), |id| format!("response/{id}*"));
        drop_drafts(connection, annotator, example, &field)?;
    }
    let mut sentence = match said.as_slice() {
        [] => String::new(),
        parts => format!("wrote {} of #{example}", parts.join(" and ")),
    };
    let status = match parts.status {
        Some(status) => Some(status),
        // Writing on what nobody has begun makes it a draft.
        None if !parts.responses.is_empty() || parts.prompt.is_some() => begun(connection, example)?,
        None => None,
    };
    if let Some(status) = status {
        connection
            .prepare_cached("UPDATE example SET status = ?2 WHERE id = ?1")?
            .execute(params![example, status.as_str()])?;
        if status == Status::Submitted
            && let Some(person) = store::find_annotator(connection, annotator)?
        {
            store::look_after(connection, example, person)?;
        }
        if sentence.is_empty() {
            sentence = format!("called #{example} {status}");
        } else if parts.status.is_some() {
            sentence = format!("{sentence}, now {status}");
        }
    }
    Ok(about(example, sentence))
}

/// Drops what was kept of the typing that a verb ends, and no other: by the name of the field, where
/// a star stands for any end of it.
pub(super) fn drop_drafts(connection: &Connection, annotator: &str, example: i64, field: &str) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM draft WHERE example_id = ?1 AND annotator = ?2 AND field GLOB ?3")?
        .execute(params![example, annotator, field])?;
    // The place at which one was typing goes with the last text that was typed.
    connection
        .prepare_cached(
            "DELETE FROM draft WHERE example_id = ?1 AND annotator = ?2 AND field = 'place' AND NOT EXISTS
               (SELECT 1 FROM draft WHERE example_id = ?1 AND annotator = ?2 AND field <> 'place')",
        )?
        .execute(params![example, annotator])?;
    Ok(())
}

/// The status of what nobody had begun before somebody wrote on it.
pub(super) fn begun(connection: &Connection, example: i64) -> Result<Option<Status>> {
    let status: String = connection
        .prepare_cached("SELECT status FROM example WHERE id = ?1")?
        .query_row([example], |row| row.get(0))?;
    Ok((status == Status::Pending.as_str()).then_some(Status::Draft))
}

pub(super) fn write_responses(
    connection: &Connection,
    annotator: &str,
    example: i64,
    texts: &[ResponseText],
) -> Result<()> {
    let before =
        store::example(connection, example)?.ok_or_else(|| Error::NoExample(format!("#{example}")))?;
    for text in texts {
        let Some(id) = text.id else {
            let response = Response::of(Some(Author::person(annotator)), text.messages.clone());
            store::insert_response(connection, example, &response)?;
            continue;
        };
        let mut response = before
            .response(id)
            .cloned()
            .ok_or_else(|| store::Error::NotFound { what: "response", name: id.to_string() })?;
        if response.messages == text.messages {
            continue;
        }
        // Who fills an empty response in is its author; who mends another's text is not.
        if response.is_blank() && response.author.is_none() {
            response.author = Some(Author::person(annotator));
        }
        response.messages.clone_from(&text.messages);
        store::update_response(connection, example, &response)?;
    }
    Ok(())
}

pub(super) fn add_response(connection: &Connection, example: i64, response: &Response) -> Result<Done> {
    require(connection, example)?;
    store::insert_response(connection, example, response)?;
    Ok(about(example, format!("added a response to #{example}")))
}

pub(super) fn remove_response(connection: &Connection, example: i64, response: Uuid) -> Result<Done> {
    require(connection, example)?;
    store::delete_response(connection, example, response)?;
    Ok(about(example, format!("removed a response of #{example}")))
}
