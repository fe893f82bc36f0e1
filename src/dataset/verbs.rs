//! How each verb changes rows, inside the transaction that its caller opened.

use rusqlite::{Connection, OptionalExtension, params};

use super::{Done, Error, Result, ResponseText, Selection, Verb, count_examples};
use crate::example::{
    Author, Example, Flag, Message, Prompt, Ranking, Response, Split, Status, Tag, Timestamp, Uuid, new_id,
};
use crate::formats::Definitions;
use crate::store::{self, Location};

/// Does what the verb says; the caller has begun its action.
pub(super) fn perform(connection: &Connection, annotator: &str, verb: &Verb) -> Result<Done> {
    match verb {
        Verb::Create(example) => create(connection, example),
        Verb::Write { example, prompt, responses, note, status } => {
            let parts = Written { prompt: prompt.as_ref(), responses, note: note.as_deref(), status: *status };
            write(connection, annotator, *example, &parts)
        }
        Verb::AddResponse { example, response } => {
            require(connection, *example)?;
            store::insert_response(connection, *example, response)?;
            Ok(about(*example, format!("added a response to #{example}")))
        }
        Verb::RemoveResponse { example, response } => {
            require(connection, *example)?;
            store::delete_response(connection, *example, *response)?;
            Ok(about(*example, format!("removed a response of #{example}")))
        }
        Verb::Rewrite { example, origin, messages } => rewrite(connection, annotator, *example, *origin, messages),
        Verb::Rank { example, tiers, bad, presented, submit } => {
            let ranking = Ranking {
                id: new_id(),
                annotator: annotator.to_owned(),
                tiers: tiers.clone(),
                bad: bad.clone(),
                presented: presented.clone(),
                at: Timestamp::now(),
            };
            rank(connection, *example, &ranking, *submit)
        }
        Verb::WithdrawRanking { example } => {
            require(connection, *example)?;
            let annotator = store::annotator_id(connection, annotator)?;
            store::remove_ranking(connection, *example, annotator)?;
            Ok(about(*example, format!("took the ranking of #{example} back")))
        }
        Verb::SetStatus { on, status } => {
            set_column(connection, on, "status", Some(status.as_str()), &format!("called {{}} {status}"))
        }
        Verb::SetKind { on, kind } => {
            set_column(connection, on, "kind", Some(kind.as_str()), &format!("made {{}} {kind}"))
        }
        Verb::SetSplit { on, split } => {
            let sentence = match split {
                Some(split) => format!("put {{}} into {split}"),
                None => "took {} out of the splits".to_owned(),
            };
            set_column(connection, on, "split", split.map(Split::as_str), &sentence)
        }
        Verb::AddTag { on, tag } => add_tag(connection, on, tag),
        Verb::RemoveTag { on, tag } => remove_tag(connection, on, tag),
        Verb::RaiseFlag { on, kind, note, response } => {
            let flag = Flag {
                id: new_id(),
                kind: kind.clone(),
                note: note.clone(),
                response: *response,
                by: Some(annotator.to_owned()),
                resolved: false,
                at: Timestamp::now(),
            };
            raise_flag(connection, on, &flag)
        }
        Verb::ResolveFlags { on, kind } => resolve_flags(connection, on, kind.as_deref()),
        Verb::Define(definitions) => {
            define(connection, definitions)?;
            Ok(Done { action: None, sentence: "changed the facets".to_owned(), examples: 0, example: None })
        }
        // Undo and redo walk the journal: `Dataset::perform` takes them before it comes here.
        Verb::Undo | Verb::Redo | Verb::UndoTo(_) => {
            Ok(Done { action: None, sentence: String::new(), examples: 0, example: None })
        }
    }
}

fn about(example: i64, sentence: String) -> Done {
    Done { action: None, sentence, examples: 1, example: Some(example) }
}

fn require(connection: &Connection, example: i64) -> Result<()> {
    let there: bool = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM example WHERE id = ?1)")?
        .query_row([example], |row| row.get(0))?;
    if there { Ok(()) } else { Err(Error::NoExample(format!("#{example}"))) }
}

fn create(connection: &Connection, example: &Example) -> Result<Done> {
    let id = store::insert_example(connection, example, Location::default())?;
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
    Ok(about(id, format!("made #{id}")))
}

struct Written<'a> {
    prompt: Option<&'a Prompt>,
    responses: &'a [ResponseText],
    note: Option<&'a str>,
    status: Option<Status>,
}

fn write(connection: &Connection, annotator: &str, example: i64, parts: &Written<'_>) -> Result<Done> {
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
    connection
        .prepare_cached("DELETE FROM draft WHERE example_id = ?1 AND annotator = ?2")?
        .execute(params![example, annotator])?;
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
        if sentence.is_empty() {
            sentence = format!("called #{example} {status}");
        } else if parts.status.is_some() {
            sentence = format!("{sentence}, now {status}");
        }
    }
    Ok(about(example, sentence))
}

fn begun(connection: &Connection, example: i64) -> Result<Option<Status>> {
    let status: String = connection
        .prepare_cached("SELECT status FROM example WHERE id = ?1")?
        .query_row([example], |row| row.get(0))?;
    Ok((status == Status::Pending.as_str()).then_some(Status::Draft))
}

fn write_responses(connection: &Connection, annotator: &str, example: i64, texts: &[ResponseText]) -> Result<()> {
    let before = store::example(connection, example)?.ok_or_else(|| Error::NoExample(format!("#{example}")))?;
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

fn rewrite(
    connection: &Connection,
    annotator: &str,
    example: i64,
    origin: Uuid,
    messages: &[Message],
) -> Result<Done> {
    let before = store::example(connection, example)?.ok_or_else(|| Error::NoExample(format!("#{example}")))?;
    if before.response(origin).is_none() {
        return Err(store::Error::NotFound { what: "response", name: origin.to_string() }.into());
    }
    let mut response = Response::of(Some(Author::person(annotator)), messages.to_vec());
    response.origin = Some(origin);
    store::insert_response(connection, example, &response)?;
    let mine = before.rankings.iter().find(|ranking| ranking.annotator == annotator);
    let mut tiers = vec![vec![response.id]];
    let (mut bad, mut presented) = (Vec::new(), Vec::new());
    match mine {
        Some(ranking) => {
            tiers.extend(ranking.tiers.iter().cloned());
            bad.clone_from(&ranking.bad);
            presented.clone_from(&ranking.presented);
        }
        None => tiers.push(vec![origin]),
    }
    let ranking = Ranking {
        id: new_id(),
        annotator: annotator.to_owned(),
        tiers,
        bad: std::mem::take(&mut bad),
        presented: std::mem::take(&mut presented),
        at: Timestamp::now(),
    };
    let done = rank(connection, example, &ranking, true)?;
    connection.execute("DELETE FROM draft WHERE example_id = ?1 AND annotator = ?2", params![example, annotator])?;
    Ok(Done { sentence: format!("rewrote a response of #{example} and put it on top"), ..done })
}

fn rank(connection: &Connection, example: i64, ranking: &Ranking, submit: bool) -> Result<Done> {
    require(connection, example)?;
    let responses: Vec<Uuid> = connection
        .prepare_cached("SELECT uuid FROM response WHERE example_id = ?1")?
        .query_map([example], |row| row.get::<_, [u8; 16]>(0).map(Uuid::from_bytes))?
        .collect::<std::result::Result<_, _>>()?;
    ranking.check(&responses)?;
    store::put_ranking(connection, example, ranking)?;
    if submit {
        connection
            .prepare_cached(
                "UPDATE example SET status = 'submitted' WHERE id = ?1 AND status IN ('pending', 'draft')",
            )?
            .execute([example])?;
    }
    Ok(about(example, format!("ranked #{example}")))
}

/// `{}` in the sentence is the examples: `#12` or `12 examples`.
fn tell(on: &Selection, n: u64, sentence: &str) -> Done {
    let what = match on.single() {
        Some(id) => format!("#{id}"),
        None => count_examples(n),
    };
    Done { action: None, sentence: sentence.replace("{}", &what), examples: n, example: on.single() }
}

fn fill(connection: &Connection, on: &Selection) -> Result<u64> {
    let n = on.fill(connection)?;
    match on.single() {
        Some(id) if n == 0 => Err(Error::NoExample(format!("#{id}"))),
        _ => Ok(n),
    }
}

/// `column` is one of our own names, never what somebody typed.
fn set_column(
    connection: &Connection,
    on: &Selection,
    column: &str,
    value: Option<&str>,
    sentence: &str,
) -> Result<Done> {
    fill(connection, on)?;
    let sql = format!(
        "UPDATE example SET {column} = ?1 WHERE id IN (SELECT id FROM temp.selected) AND {column} IS NOT ?1"
    );
    let n = connection.prepare_cached(&sql)?.execute([value])?;
    Ok(tell(on, n as u64, sentence))
}

/// Finds facet and value; an open facet gets the value where it is new.
pub(super) fn resolve_tag(connection: &Connection, tag: &Tag) -> Result<(i64, bool, i64)> {
    let (facet, several) =
        store::facet_id(connection, &tag.facet)?.ok_or_else(|| Error::NoFacet(tag.facet.clone()))?;
    if let Some(value) = store::value_id(connection, facet, &tag.value)? {
        return Ok((facet, several, value));
    }
    let open: bool = connection.query_row("SELECT open FROM facet WHERE id = ?1", [facet], |row| row.get(0))?;
    if !open || tag.value.trim().is_empty() {
        let known: Vec<String> = connection
            .prepare("SELECT name FROM facet_value WHERE facet_id = ?1 ORDER BY position, id")?
            .query_map([facet], |row| row.get(0))?
            .collect::<std::result::Result<_, _>>()?;
        return Err(Error::ClosedFacet {
            facet: tag.facet.clone(),
            value: tag.value.clone(),
            known: known.join(", "),
        });
    }
    let value = insert_value(connection, facet, &tag.value, new_id(), None)?;
    Ok((facet, several, value))
}

fn insert_value(connection: &Connection, facet: i64, name: &str, id: Uuid, target: Option<u32>) -> Result<i64> {
    connection.execute(
        "INSERT INTO facet_value (uuid, facet_id, name, target, position)
         VALUES (?1, ?2, ?3, ?4, (SELECT coalesce(max(position), 0) + 1 FROM facet_value WHERE facet_id = ?2))",
        params![id.as_bytes(), facet, name, target],
    )?;
    Ok(connection.last_insert_rowid())
}

/// Makes a single-valued, open facet where there is none of that name.
pub(super) fn ensure_facet(connection: &Connection, name: &str) -> Result<()> {
    if store::facet_id(connection, name)?.is_none() {
        insert_facet(connection, name, new_id(), false, true, false)?;
    }
    Ok(())
}

fn insert_facet(
    connection: &Connection,
    name: &str,
    id: Uuid,
    several: bool,
    open: bool,
    required: bool,
) -> Result<i64> {
    connection.execute(
        "INSERT INTO facet (uuid, name, several, open, required, position)
         VALUES (?1, ?2, ?3, ?4, ?5, (SELECT coalesce(max(position), 0) + 1 FROM facet))",
        params![id.as_bytes(), name, several, open, required],
    )?;
    Ok(connection.last_insert_rowid())
}

fn add_tag(connection: &Connection, on: &Selection, tag: &Tag) -> Result<Done> {
    fill(connection, on)?;
    let (facet, several, value) = resolve_tag(connection, tag)?;
    if !several {
        connection
            .prepare_cached(
                "DELETE FROM tag WHERE facet_id = ?1 AND value_id <> ?2
                   AND example_id IN (SELECT id FROM temp.selected)",
            )?
            .execute([facet, value])?;
    }
    let n = connection
        .prepare_cached(
            "INSERT INTO tag (example_id, facet_id, value_id, several)
             SELECT id, ?1, ?2, ?3 FROM temp.selected WHERE true ON CONFLICT DO NOTHING",
        )?
        .execute(params![facet, value, several])?;
    Ok(tell(on, n as u64, &format!("tagged {{}} {}:{}", tag.facet, tag.value)))
}

fn remove_tag(connection: &Connection, on: &Selection, tag: &Tag) -> Result<Done> {
    fill(connection, on)?;
    let (facet, _) = store::facet_id(connection, &tag.facet)?.ok_or_else(|| Error::NoFacet(tag.facet.clone()))?;
    let Some(value) = store::value_id(connection, facet, &tag.value)? else {
        return Err(store::Error::NotFound { what: "facet value", name: tag.value.clone() }.into());
    };
    let n = connection
        .prepare_cached("DELETE FROM tag WHERE value_id = ?1 AND example_id IN (SELECT id FROM temp.selected)")?
        .execute([value])?;
    Ok(tell(on, n as u64, &format!("took {}:{} off {{}}", tag.facet, tag.value)))
}

fn raise_flag(connection: &Connection, on: &Selection, flag: &Flag) -> Result<Done> {
    let n = fill(connection, on)?;
    if let Some(example) = on.single() {
        store::insert_flag(connection, example, flag)?;
        return Ok(tell(on, n, &format!("flagged {{}} {}", flag.kind)));
    }
    let ids: Vec<i64> = connection
        .prepare("SELECT id FROM temp.selected ORDER BY id")?
        .query_map([], |row| row.get(0))?
        .collect::<std::result::Result<_, _>>()?;
    for id in ids {
        store::insert_flag(connection, id, &Flag { id: new_id(), response: None, ..flag.clone() })?;
    }
    Ok(tell(on, n, &format!("flagged {{}} {}", flag.kind)))
}

fn resolve_flags(connection: &Connection, on: &Selection, kind: Option<&str>) -> Result<Done> {
    fill(connection, on)?;
    let kind_id = kind.map(|name| store::flag_kind_id(connection, name)).transpose()?;
    let n = connection
        .prepare_cached(
            "UPDATE flag SET resolved = 1 WHERE resolved = 0 AND (?1 IS NULL OR kind_id = ?1)
               AND example_id IN (SELECT id FROM temp.selected)",
        )?
        .execute([kind_id])?;
    let flags = if n == 1 { "1 flag".to_owned() } else { format!("{n} flags") };
    Ok(tell(on, n as u64, &format!("resolved {flags} on {{}}")))
}

/// Adds what is missing; sets targets where they are given.
pub(super) fn define(connection: &Connection, definitions: &Definitions) -> Result<()> {
    for facet in &definitions.facets {
        let row = match store::facet_id(connection, &facet.name)? {
            Some((row, _)) => row,
            None => insert_facet(connection, &facet.name, facet.id, facet.several, facet.open, facet.required)?,
        };
        for value in &facet.values {
            match store::value_id(connection, row, &value.name)? {
                None => {
                    insert_value(connection, row, &value.name, value.id, value.target)?;
                }
                Some(there) if value.target.is_some() => {
                    connection.execute(
                        "UPDATE facet_value SET target = ?2 WHERE id = ?1 AND target IS NOT ?2",
                        params![there, value.target],
                    )?;
                }
                Some(_) => {}
            }
        }
    }
    for kind in &definitions.flag_kinds {
        let there: Option<i64> = connection
            .query_row("SELECT id FROM flag_kind WHERE name = ?1", [&kind.name], |row| row.get(0))
            .optional()?;
        if there.is_none() {
            connection.execute(
                "INSERT INTO flag_kind (uuid, name, about, position)
                 VALUES (?1, ?2, ?3, (SELECT coalesce(max(position), 0) + 1 FROM flag_kind))",
                params![new_id().as_bytes(), kind.name, kind.about],
            )?;
        }
    }
    Ok(())
}
