//! Reading whole examples and the definitions of a dataset.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::{Map, Value};

use super::{Error, Result};
use crate::example::{
    Author, AuthorKind, Example, Facet, FacetValue, Flag, FlagKind, Kind, Message, Metadata, Prompt, Ranking, Response, Split,
    Status, Tag, Timestamp, Uuid,
};

/// Reads messages from their JSON text.
pub(super) fn messages_of(json: &str) -> std::result::Result<Vec<Message>, String> {
    let values: Vec<Value> = serde_json::from_str(json).map_err(|error| error.to_string())?;
    values.iter().map(Message::from_json).collect()
}

fn uuid(row: &Row<'_>, column: &str) -> rusqlite::Result<Uuid> {
    row.get::<_, [u8; 16]>(column).map(Uuid::from_bytes)
}

fn metadata(example: i64, text: Option<String>) -> Result<Metadata> {
    let Some(text) = text else { return Ok(Metadata::default()) };
    let map: Map<String, Value> = serde_json::from_str(&text)
        .map_err(|error| Error::Unreadable { example, column: "metadata", reason: error.to_string() })?;
    Ok(Metadata(map))
}

fn word<T: std::str::FromStr>(example: i64, column: &'static str, text: &str) -> Result<T> {
    text.parse().map_err(|_| Error::Unreadable { example, column, reason: format!("“{text}” is no {column}") })
}

/// The local id of the example with that UUID.
pub fn example_id_of(connection: &Connection, id: Uuid) -> Result<Option<i64>> {
    let mut statement = connection.prepare_cached("SELECT id FROM example WHERE uuid = ?1")?;
    Ok(statement.query_row([id.as_bytes()], |row| row.get(0)).optional()?)
}

/// Reads the examples of these local ids, in this order; ids that are not there are passed over.
pub fn examples(connection: &Connection, ids: &[i64]) -> Result<Vec<(i64, Example)>> {
    let mut found = Vec::with_capacity(ids.len());
    for &id in ids {
        if let Some(example) = example(connection, id)? {
            found.push((id, example));
        }
    }
    Ok(found)
}

/// Reads one example by its local id.
pub fn example(connection: &Connection, id: i64) -> Result<Option<Example>> {
    let mut statement = connection.prepare_cached(
        "SELECT e.uuid, e.kind, e.status, e.split, e.created_at, p.messages, p.tools, p.metadata, p.note
         FROM example e JOIN prompt p ON p.example_id = e.id WHERE e.id = ?1",
    )?;
    let mut rows = statement.query([id])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let unreadable = |column, reason| Error::Unreadable { example: id, column, reason };
    let messages: String = row.get("messages")?;
    let tools: Option<String> = row.get("tools")?;
    let prompt = Prompt {
        messages: messages_of(&messages).map_err(|reason| unreadable("prompt", reason))?,
        tools: tools
            .map(|text| serde_json::from_str(&text).map_err(|error| unreadable("tools", error.to_string())))
            .transpose()?
            .unwrap_or_default(),
    };
    let kind: Kind = word(id, "kind", &row.get::<_, String>("kind")?)?;
    let mut example = Example::new(kind, prompt);
    example.id = uuid(row, "uuid")?;
    example.status = word::<Status>(id, "status", &row.get::<_, String>("status")?)?;
    example.split = row.get::<_, Option<String>>("split")?.map(|text| word::<Split>(id, "split", &text)).transpose()?;
    example.created_at = Timestamp(row.get("created_at")?);
    example.metadata = metadata(id, row.get("metadata")?)?;
    example.note = row.get("note")?;
    let names = read_responses(connection, id, &mut example)?;
    read_rankings(connection, id, &names, &mut example)?;
    read_tags(connection, id, &mut example)?;
    read_flags(connection, id, &names, &mut example)?;
    Ok(Some(example))
}

/// Fills in the responses; returns their UUIDs by local id.
fn read_responses(connection: &Connection, id: i64, example: &mut Example) -> Result<HashMap<i64, Uuid>> {
    let mut names = HashMap::new();
    let mut statement = connection.prepare_cached(
        "SELECT id, uuid, author, author_kind, messages, origin, metadata, created_at
         FROM response WHERE example_id = ?1 ORDER BY position, id",
    )?;
    let mut rows = statement.query([id])?;
    while let Some(row) = rows.next()? {
        let author = match (row.get::<_, Option<String>>("author")?, row.get::<_, Option<String>>("author_kind")?) {
            (Some(name), Some(kind)) => {
                Some(Author { name, kind: AuthorKind::parse(&kind).unwrap_or(AuthorKind::Person) })
            }
            _ => None,
        };
        let messages: String = row.get("messages")?;
        let response = Response {
            id: uuid(row, "uuid")?,
            author,
            messages: messages_of(&messages)
                .map_err(|reason| Error::Unreadable { example: id, column: "response", reason })?,
            origin: row.get::<_, Option<[u8; 16]>>("origin")?.map(Uuid::from_bytes),
            metadata: metadata(id, row.get("metadata")?)?,
            created_at: Timestamp(row.get("created_at")?),
        };
        names.insert(row.get("id")?, response.id);
        example.responses.push(response);
    }
    Ok(names)
}

fn read_rankings(connection: &Connection, id: i64, names: &HashMap<i64, Uuid>, example: &mut Example) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT r.id, r.uuid, r.at, a.name FROM ranking r JOIN annotator a ON a.id = r.annotator_id
         WHERE r.example_id = ?1 ORDER BY r.id",
    )?;
    let mut places = connection.prepare_cached(
        "SELECT p.response_id, p.tier, p.shown FROM placement p JOIN response s ON s.id = p.response_id
         WHERE p.ranking_id = ?1 ORDER BY s.position, s.id",
    )?;
    let mut rows = statement.query([id])?;
    while let Some(row) = rows.next()? {
        let mut ranking = Ranking {
            id: uuid(row, "uuid")?,
            annotator: row.get("name")?,
            tiers: Vec::new(),
            bad: Vec::new(),
            presented: Vec::new(),
            at: Timestamp(row.get("at")?),
        };
        let mut shown: Vec<(i64, Uuid)> = Vec::new();
        let mut tiers: Vec<(i64, Uuid)> = Vec::new();
        let mut placed = places.query([row.get::<_, i64>("id")?])?;
        while let Some(place) = placed.next()? {
            let Some(&response) = names.get(&place.get::<_, i64>(0)?) else { continue };
            match place.get::<_, Option<i64>>(1)? {
                Some(0) => ranking.bad.push(response),
                Some(tier) => tiers.push((tier, response)),
                None => {}
            }
            if let Some(at) = place.get(2)? {
                shown.push((at, response));
            }
        }
        tiers.sort_by_key(|(tier, _)| *tier);
        for tier in tiers.chunk_by(|a, b| a.0 == b.0) {
            ranking.tiers.push(tier.iter().map(|(_, response)| *response).collect());
        }
        shown.sort_unstable_by_key(|(at, _)| *at);
        ranking.presented = shown.into_iter().map(|(_, response)| response).collect();
        example.rankings.push(ranking);
    }
    Ok(())
}

fn read_tags(connection: &Connection, id: i64, example: &mut Example) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT f.name, v.name FROM tag t JOIN facet f ON f.id = t.facet_id JOIN facet_value v ON v.id = t.value_id
         WHERE t.example_id = ?1 ORDER BY f.position, f.id, v.position, v.id",
    )?;
    let tags = statement.query_map([id], |row| Ok(Tag { facet: row.get(0)?, value: row.get(1)? }))?;
    example.tags = tags.collect::<std::result::Result<_, _>>()?;
    Ok(())
}

fn read_flags(connection: &Connection, id: i64, names: &HashMap<i64, Uuid>, example: &mut Example) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT g.uuid, k.name AS kind, g.note, g.response_id, a.name AS annotator, g.resolved, g.at
         FROM flag g JOIN flag_kind k ON k.id = g.kind_id LEFT JOIN annotator a ON a.id = g.annotator_id
         WHERE g.example_id = ?1 ORDER BY g.id",
    )?;
    let mut rows = statement.query([id])?;
    while let Some(row) = rows.next()? {
        example.flags.push(Flag {
            id: uuid(row, "uuid")?,
            kind: row.get("kind")?,
            note: row.get("note")?,
            response: row.get::<_, Option<i64>>("response_id")?.and_then(|local| names.get(&local).copied()),
            by: row.get("annotator")?,
            resolved: row.get("resolved")?,
            at: Timestamp(row.get("at")?),
        });
    }
    Ok(())
}

/// The facets with their values, and the kinds of flags.
pub fn definitions(connection: &Connection) -> Result<(Vec<Facet>, Vec<FlagKind>)> {
    let mut statement = connection.prepare_cached(
        "SELECT id, uuid, name, several, open, required FROM facet ORDER BY position, id",
    )?;
    let mut of_facet = connection
        .prepare_cached("SELECT uuid, name, target FROM facet_value WHERE facet_id = ?1 ORDER BY position, id")?;
    let mut facets = Vec::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let values = of_facet.query_map([row.get::<_, i64>("id")?], |row| {
            Ok(FacetValue { id: uuid(row, "uuid")?, name: row.get("name")?, target: row.get("target")? })
        })?;
        facets.push(Facet {
            id: uuid(row, "uuid")?,
            name: row.get("name")?,
            several: row.get("several")?,
            open: row.get("open")?,
            required: row.get("required")?,
            values: values.collect::<std::result::Result<_, _>>()?,
        });
    }
    let mut statement = connection.prepare_cached("SELECT name, about FROM flag_kind ORDER BY position, id")?;
    let kinds = statement.query_map([], |row| Ok(FlagKind { name: row.get(0)?, about: row.get(1)? }))?;
    Ok((facets, kinds.collect::<std::result::Result<_, _>>()?))
}

/// Everybody who wrote a response or ranked, people and models, by name.
pub fn people(connection: &Connection) -> Result<Vec<String>> {
    let mut statement =
        connection.prepare_cached("SELECT DISTINCT author FROM author_count WHERE n <> 0 ORDER BY author")?;
    let names = statement.query_map([], |row| row.get(0))?;
    Ok(names.collect::<std::result::Result<_, _>>()?)
}
