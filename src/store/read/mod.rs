//! Reading whole examples and the definitions of a dataset.

mod judging;

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::{Map, Value};

use super::{Error, Result};
use crate::example::{
    Author, AuthorKind, Example, Facet, FacetValue, Flag, FlagKind, Kind, Message, Metadata, Prompt,
    Response, Share, Split, Status, Tag, Target, Timestamp, Uuid,
};

/// Reads messages from their JSON text.
pub(super) fn messages_of(json: &str) -> std::result::Result<Vec<Message>, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}

fn uuid(row: &Row<'_>, column: &str) -> rusqlite::Result<Uuid> {
    row.get::<_, [u8; 16]>(column).map(Uuid::from_bytes)
}

fn metadata(example: i64, text: Option<&str>) -> Result<Metadata> {
    let Some(text) = text else { return Ok(Metadata::default()) };
    let map: Map<String, Value> = serde_json::from_str(text).map_err(|error| Error::Unreadable {
        example,
        column: "metadata",
        reason: error.to_string(),
    })?;
    Ok(Metadata(map))
}

fn word<T: std::str::FromStr>(example: i64, column: &'static str, text: &str) -> Result<T> {
    text.parse().map_err(|_| Error::Unreadable {
        example,
        column,
        reason: format!("“{text}” is no {column}"),
    })
}

/// The local id of the example with that UUID.
pub fn example_id_of(connection: &Connection, id: Uuid) -> Result<Option<i64>> {
    let mut statement = connection.prepare_cached("SELECT id FROM example WHERE uuid = ?1")?;
    Ok(statement.query_row([id.as_bytes()], |row| row.get(0)).optional()?)
}

/// Reads one example by its local id.
pub fn example(connection: &Connection, id: i64) -> Result<Option<Example>> {
    Ok(between(connection, id, id)?.pop().map(|(_, example)| example))
}

/// Reads the examples of these local ids, which ascend; ids that are not there are passed over.
pub fn examples(connection: &Connection, ids: &[i64]) -> Result<Vec<(i64, Example)>> {
    let (Some(&first), Some(&last)) = (ids.first(), ids.last()) else { return Ok(Vec::new()) };
    // Ids that stand close together are read in one sweep: a fifth of the time of one by one.
    let close = i64::try_from(ids.len()).is_ok_and(|n| last - first < n.saturating_mul(4));
    if close {
        let mut found = between(connection, first, last)?;
        found.retain(|(id, _)| ids.binary_search(id).is_ok());
        return Ok(found);
    }
    let mut found = Vec::with_capacity(ids.len());
    for &id in ids {
        found.append(&mut between(connection, id, id)?);
    }
    Ok(found)
}

/// Reads all examples from one local id to another, in their order.
fn between(connection: &Connection, first: i64, last: i64) -> Result<Vec<(i64, Example)>> {
    let mut batch =
        Batch { examples: read_prompts(connection, first, last)?, responses: HashMap::new(), at: 0 };
    batch.read_responses(connection, first, last)?;
    batch.read_rankings(connection, first, last)?;
    batch.read_repeats(connection, first, last)?;
    batch.read_reviews(connection, first, last)?;
    batch.read_tags(connection, first, last)?;
    batch.read_flags(connection, first, last)?;
    Ok(batch.examples)
}

fn read_prompts(connection: &Connection, first: i64, last: i64) -> Result<Vec<(i64, Example)>> {
    let mut statement = connection.prepare_cached(
        "SELECT e.id, e.uuid, e.kind, e.status, e.split, e.created_at, p.messages, p.tools, p.metadata, p.note, e.origin
         FROM example e JOIN prompt p ON p.example_id = e.id WHERE e.id BETWEEN ?1 AND ?2 ORDER BY e.id",
    )?;
    let mut rows = statement.query([first, last])?;
    let mut examples = Vec::new();
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let unreadable = |column, reason| Error::Unreadable { example: id, column, reason };
        let prompt = Prompt {
            messages: messages_of(text(row, 6)?).map_err(|reason| unreadable("prompt", reason))?,
            tools: match row.get_ref(7)?.as_str_or_null().map_err(rusqlite::Error::from)? {
                Some(json) => {
                    serde_json::from_str(json).map_err(|error| unreadable("tools", error.to_string()))?
                }
                None => Vec::new(),
            },
        };
        let split = row.get_ref(4)?.as_str_or_null().map_err(rusqlite::Error::from)?;
        examples.push((
            id,
            Example {
                id: Uuid::from_bytes(row.get(1)?),
                kind: word::<Kind>(id, "kind", text(row, 2)?)?,
                status: word::<Status>(id, "status", text(row, 3)?)?,
                split: split.map(|name| word::<Split>(id, "split", name)).transpose()?,
                note: row.get(9)?,
                prompt,
                responses: Vec::new(),
                rankings: Vec::new(),
                repeats: Vec::new(),
                reviews: Vec::new(),
                tags: Vec::new(),
                flags: Vec::new(),
                metadata: metadata(id, row.get_ref(8)?.as_str_or_null().map_err(rusqlite::Error::from)?)?,
                created_at: Timestamp(row.get(5)?),
                origin: row.get::<_, Option<[u8; 16]>>(10)?.map(Uuid::from_bytes),
            },
        ));
    }
    Ok(examples)
}

fn text<'a>(row: &'a Row<'_>, column: usize) -> Result<&'a str> {
    Ok(row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?)
}

/// Examples that are being put together. Each table is read once, in the order of the examples.
struct Batch {
    examples: Vec<(i64, Example)>,
    /// UUIDs of responses by local id.
    responses: HashMap<i64, Uuid>,
    /// Where the example was found that was asked for last.
    at: usize,
}

impl Batch {
    /// The example of that id, where it is one of the batch. Asked for in ascending order.
    fn of(&mut self, id: i64) -> Option<&mut Example> {
        let from =
            if self.examples.get(self.at).is_some_and(|(there, _)| *there <= id) { self.at } else { 0 };
        let found = self.examples.get(from..)?.iter().position(|(there, _)| *there == id)?;
        self.at = from + found;
        self.examples.get_mut(self.at).map(|(_, example)| example)
    }

    fn read_responses(&mut self, connection: &Connection, first: i64, last: i64) -> Result<()> {
        let mut statement = connection.prepare_cached(
            "SELECT example_id, id, uuid, author, author_kind, messages, origin, metadata, created_at
             FROM response WHERE example_id BETWEEN ?1 AND ?2 ORDER BY example_id, position, id",
        )?;
        let mut rows = statement.query([first, last])?;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let author = match (row.get::<_, Option<String>>(3)?, row.get::<_, Option<String>>(4)?) {
                (Some(name), Some(kind)) => {
                    Some(Author { name, kind: AuthorKind::parse(&kind).unwrap_or(AuthorKind::Person) })
                }
                _ => None,
            };
            let response = Response {
                id: Uuid::from_bytes(row.get(2)?),
                author,
                messages: messages_of(text(row, 5)?).map_err(|reason| Error::Unreadable {
                    example: id,
                    column: "response",
                    reason,
                })?,
                origin: row.get::<_, Option<[u8; 16]>>(6)?.map(Uuid::from_bytes),
                metadata: metadata(id, row.get_ref(7)?.as_str_or_null().map_err(rusqlite::Error::from)?)?,
                created_at: Timestamp(row.get(8)?),
            };
            self.responses.insert(row.get(1)?, response.id);
            if let Some(example) = self.of(id) {
                example.responses.push(response);
            }
        }
        Ok(())
    }

    fn read_tags(&mut self, connection: &Connection, first: i64, last: i64) -> Result<()> {
        let mut statement = connection.prepare_cached(
            "SELECT t.example_id, f.name, v.name FROM tag t JOIN facet f ON f.id = t.facet_id
               JOIN facet_value v ON v.id = t.value_id
             WHERE t.example_id BETWEEN ?1 AND ?2 ORDER BY t.example_id, f.position, f.id, v.position, v.id",
        )?;
        let mut rows = statement.query([first, last])?;
        while let Some(row) = rows.next()? {
            let tag = Tag { facet: row.get(1)?, value: row.get(2)? };
            if let Some(example) = self.of(row.get(0)?) {
                example.tags.push(tag);
            }
        }
        Ok(())
    }

    fn read_flags(&mut self, connection: &Connection, first: i64, last: i64) -> Result<()> {
        let mut statement = connection.prepare_cached(
            "SELECT g.example_id, g.uuid, k.name, g.note, g.response_id, a.name, g.resolved, g.at
             FROM flag g JOIN flag_kind k ON k.id = g.kind_id LEFT JOIN annotator a ON a.id = g.annotator_id
             WHERE g.example_id BETWEEN ?1 AND ?2 ORDER BY g.example_id, g.id",
        )?;
        let mut rows = statement.query([first, last])?;
        while let Some(row) = rows.next()? {
            let on: Option<i64> = row.get(4)?;
            let flag = Flag {
                id: Uuid::from_bytes(row.get(1)?),
                kind: row.get(2)?,
                note: row.get(3)?,
                response: on.and_then(|local| self.responses.get(&local).copied()),
                by: row.get(5)?,
                resolved: row.get(6)?,
                at: Timestamp(row.get(7)?),
            };
            if let Some(example) = self.of(row.get(0)?) {
                example.flags.push(flag);
            }
        }
        Ok(())
    }
}

/// The facets with their values, and the kinds of flags.
pub fn definitions(connection: &Connection) -> Result<(Vec<Facet>, Vec<FlagKind>)> {
    let mut statement = connection
        .prepare_cached("SELECT id, uuid, name, several, open, required FROM facet ORDER BY position, id")?;
    let mut of_facet = connection.prepare_cached(
        "SELECT uuid, name, target, share FROM facet_value WHERE facet_id = ?1 ORDER BY position, id",
    )?;
    let mut facets = Vec::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let values = of_facet.query_map([row.get::<_, i64>("id")?], |row| {
            Ok(FacetValue { id: uuid(row, "uuid")?, name: row.get("name")?, target: target(row)? })
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
    let mut statement =
        connection.prepare_cached("SELECT name, about FROM flag_kind ORDER BY position, id")?;
    let kinds = statement.query_map([], |row| Ok(FlagKind { name: row.get(0)?, about: row.get(1)? }))?;
    Ok((facets, kinds.collect::<std::result::Result<_, _>>()?))
}

/// What is wanted of a value, by its number.
pub fn target_of(connection: &Connection, value: i64) -> Result<Option<Target>> {
    let sql = "SELECT target, share FROM facet_value WHERE id = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([value], target)?)
}

/// What is wanted of a value, of a row with its `target` and its `share`.
pub fn target(row: &Row<'_>) -> rusqlite::Result<Option<Target>> {
    let share: Option<u32> = row.get("share")?;
    let count: Option<u32> = row.get("target")?;
    // the file itself holds to it that there is one of them at most, and to what a share may be
    Ok(share.and_then(Share::from_millionths).map(Target::Share).or(count.map(Target::Count)))
}

/// Everybody who wrote a response or ranked, people and models, by name.
pub fn people(connection: &Connection) -> Result<Vec<String>> {
    let mut statement =
        connection.prepare_cached("SELECT DISTINCT author FROM author_count WHERE n <> 0 ORDER BY author")?;
    let names = statement.query_map([], |row| row.get(0))?;
    Ok(names.collect::<std::result::Result<_, _>>()?)
}
