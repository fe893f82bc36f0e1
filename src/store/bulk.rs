//! Inserting many examples as one action, without a trigger's work for each row.
//!
//! Inside the transaction `writing.bulk` keeps the triggers still; what they would have done is
//! added up in memory and written once: the live counts, one journal line for the whole import, the
//! search queue. The journal line stands for all rows (see `change.op` in the schema).

use std::collections::HashMap;

use rusqlite::{Connection, params};

use super::rankings::{insert_ranking_rows, insert_repeat_row};
use super::reviews::insert_review_rows;
use super::write::{
    annotator_id, flag_kind_id, insert_flag_row, messages_json, metadata_json, tokens_of, tools_json,
};
use super::{Error, Result};
use crate::example::{Example, Message, Timestamp, Uuid, new_id};

/// An example with its rows made ready: what can be done on another thread than the writing one.
#[derive(Debug)]
pub struct Prepared {
    /// The example.
    pub example: Example,
    prompt: Text,
    tools: Option<String>,
    metadata: Option<String>,
    responses: Vec<(Text, Option<String>)>,
}

#[derive(Debug)]
struct Text {
    json: String,
    tokens: i64,
}

impl Text {
    fn of(messages: &[Message]) -> Self {
        Self { json: messages_json(messages), tokens: tokens_of(messages) }
    }
}

impl Prepared {
    /// Makes the rows of an example ready.
    pub fn of(example: Example) -> Self {
        Self {
            prompt: Text::of(&example.prompt.messages),
            tools: tools_json(&example.prompt),
            metadata: metadata_json(&example.metadata),
            responses: example
                .responses
                .iter()
                .map(|response| (Text::of(&response.messages), metadata_json(&response.metadata)))
                .collect(),
            example,
        }
    }
}

/// A tag by the local ids of its facet and value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TagRow {
    /// The facet.
    pub facet: i64,
    /// Whether the facet takes several values.
    pub several: bool,
    /// The value.
    pub value: i64,
}

/// A bulk insertion under way, inside an open transaction whose action has begun.
#[derive(Debug)]
pub struct BulkInsert {
    action: i64,
    import: i64,
    import_uuid: Uuid,
    examples: HashMap<(&'static str, &'static str, &'static str, u8), i64>,
    tags: HashMap<(i64, &'static str), i64>,
    flags: HashMap<(i64, bool), i64>,
    authors: HashMap<(String, &'static str), i64>,
    inserted: u64,
    annotators: HashMap<String, i64>,
    first: Option<i64>,
    last: i64,
}

impl BulkInsert {
    /// Begins; `action` is the open one.
    pub fn begin(connection: &Connection, action: i64, source: &str, format: &str) -> Result<Self> {
        let import_uuid = new_id();
        connection.execute(
            "INSERT INTO import (uuid, source, format, at) VALUES (?1, ?2, ?3, ?4)",
            params![import_uuid.as_bytes(), source, format, Timestamp::now().0],
        )?;
        let import = connection.last_insert_rowid();
        connection.execute("UPDATE writing SET bulk = 1", [])?;
        Ok(Self {
            action,
            import,
            import_uuid,
            examples: HashMap::new(),
            tags: HashMap::new(),
            flags: HashMap::new(),
            authors: HashMap::new(),
            annotators: HashMap::new(),
            inserted: 0,
            first: None,
            last: 0,
        })
    }

    /// How many examples have been inserted.
    pub const fn inserted(&self) -> u64 {
        self.inserted
    }

    /// Does something with the triggers awake, so that it is journalled and counted like any other
    /// change: making a facet value, an annotator.
    pub fn awake<T, E: From<rusqlite::Error>>(
        connection: &Connection,
        work: impl FnOnce() -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        connection.prepare_cached("UPDATE writing SET bulk = 0")?.execute([])?;
        let outcome = work();
        // Whatever came of it: the caller may go on after an error that is about one record.
        connection.prepare_cached("UPDATE writing SET bulk = 1")?.execute([])?;
        outcome
    }

    /// Inserts one example with everything on it; the tags come resolved.
    pub fn insert(&mut self, connection: &Connection, prepared: &Prepared, tags: &[TagRow]) -> Result<i64> {
        let example = &prepared.example;
        let response_tokens = prepared.responses.iter().map(|(text, _)| text.tokens);
        let answered = response_tokens.clone().filter(|&tokens| tokens > 0).count();
        let tokens = prepared.prompt.tokens + response_tokens.sum::<i64>();
        connection
            .prepare_cached(
                "INSERT INTO example (uuid, kind, status, split, import_id, created_at, origin, answered, tokens)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                example.id.as_bytes(),
                example.kind.as_str(),
                example.status.as_str(),
                example.split.map(crate::example::Split::as_str),
                self.import,
                example.created_at.0,
                example.origin.as_ref().map(crate::example::Uuid::as_bytes),
                i64::try_from(answered).unwrap_or(i64::MAX),
                tokens,
            ])?;
        let id = connection.last_insert_rowid();
        connection
            .prepare_cached(
                "INSERT INTO prompt (example_id, messages, tools, metadata, note, tokens)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                id,
                prepared.prompt.json,
                prepared.tools,
                prepared.metadata,
                example.note,
                prepared.prompt.tokens,
            ])?;
        let responses = self.insert_responses(connection, id, prepared)?;
        self.insert_rankings(connection, id, example, &responses)?;
        self.insert_flags(connection, id, example, &responses)?;
        self.insert_reviews(connection, id, example)?;
        for tag in tags {
            connection
                .prepare_cached(
                    "INSERT INTO tag (example_id, facet_id, value_id, several) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![id, tag.facet, tag.value, tag.several])?;
            *self.tags.entry((tag.value, example.status.as_str())).or_default() += 1;
        }
        let split = example.split.map_or("", crate::example::Split::as_str);
        #[allow(clippy::cast_possible_truncation)] // at most 2
        let key = (example.status.as_str(), example.kind.as_str(), split, answered.min(2) as u8);
        *self.examples.entry(key).or_default() += 1;
        self.first.get_or_insert(id);
        self.last = id;
        self.inserted += 1;
        Ok(id)
    }

    fn annotator(&mut self, connection: &Connection, name: &str) -> Result<i64> {
        if let Some(&id) = self.annotators.get(name) {
            return Ok(id);
        }
        let id = Self::awake(connection, || annotator_id(connection, name))?;
        self.annotators.insert(name.to_owned(), id);
        Ok(id)
    }

    fn insert_responses(
        &mut self,
        connection: &Connection,
        example_id: i64,
        prepared: &Prepared,
    ) -> Result<HashMap<Uuid, i64>> {
        let mut rows = HashMap::with_capacity(prepared.responses.len());
        let responses = prepared.example.responses.iter().zip(&prepared.responses);
        for (position, (response, (text, metadata))) in (1_i64..).zip(responses) {
            connection
                .prepare_cached(
                    "INSERT INTO response
                       (uuid, example_id, position, author, author_kind, messages, origin, metadata, tokens, created_at)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                )?
                .execute(params![
                    response.id.as_bytes(),
                    example_id,
                    position,
                    response.author.as_ref().map(|author| author.name.as_str()),
                    response.author.as_ref().map(|author| author.kind.as_str()),
                    text.json,
                    response.origin.as_ref().map(Uuid::as_bytes),
                    metadata,
                    text.tokens,
                    response.created_at.0,
                ])?;
            rows.insert(response.id, connection.last_insert_rowid());
            if let Some(author) = &response.author {
                self.count_author(&author.name, author.kind.as_str());
            }
        }
        Ok(rows)
    }

    fn insert_rankings(
        &mut self,
        connection: &Connection,
        example_id: i64,
        example: &Example,
        responses: &HashMap<Uuid, i64>,
    ) -> Result<()> {
        for ranking in &example.rankings {
            let annotator = self.annotator(connection, &ranking.annotator)?;
            insert_ranking_rows(connection, example_id, annotator, ranking, |response| {
                row_of(responses, response)
            })?;
            self.count_author(&ranking.annotator, "ranking");
        }
        if !example.rankings.is_empty() {
            connection.prepare_cached("INSERT INTO outcome_pending VALUES (?1)")?.execute([example_id])?;
        }
        for repeat in &example.repeats {
            let annotator = self.annotator(connection, &repeat.annotator)?;
            insert_repeat_row(connection, example_id, annotator, repeat)?;
        }
        Ok(())
    }

    fn insert_reviews(&mut self, connection: &Connection, example_id: i64, example: &Example) -> Result<()> {
        for review in &example.reviews {
            insert_review_rows(connection, example_id, review, |name| self.annotator(connection, name))?;
        }
        Ok(())
    }

    fn insert_flags(
        &mut self,
        connection: &Connection,
        example_id: i64,
        example: &Example,
        responses: &HashMap<Uuid, i64>,
    ) -> Result<()> {
        for flag in &example.flags {
            let kind = flag_kind_id(connection, &flag.kind)?;
            let response = flag.response.map(|response| row_of(responses, response)).transpose()?;
            let annotator = flag.by.as_deref().map(|name| self.annotator(connection, name)).transpose()?;
            insert_flag_row(connection, example_id, flag, kind, response, annotator)?;
            *self.flags.entry((kind, flag.resolved)).or_default() += 1;
            if let Some(name) = &flag.by {
                self.count_author(name, "flag");
            }
        }
        Ok(())
    }

    fn count_author(&mut self, name: &str, what: &'static str) {
        // Looked up before it is made: the same few names come again and again.
        if let Some(n) = self.authors.get_mut(&(name.to_owned(), what)) {
            *n += 1;
        } else {
            self.authors.insert((name.to_owned(), what), 1);
        }
    }

    /// Writes what was added up: the counts, the journal line, the search queue.
    pub fn finish(self, connection: &Connection) -> Result<()> {
        connection.execute("UPDATE writing SET bulk = 0", [])?;
        for ((status, kind, split, answered), n) in &self.examples {
            connection.execute(
                "INSERT INTO example_count VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET n = n + excluded.n",
                params![status, kind, split, answered, n],
            )?;
        }
        for ((value, status), n) in &self.tags {
            connection.execute(
                "INSERT INTO tag_count VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET n = n + excluded.n",
                params![value, status, n],
            )?;
        }
        for ((kind, resolved), n) in &self.flags {
            connection.execute(
                "INSERT INTO flag_count VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET n = n + excluded.n",
                params![kind, resolved, n],
            )?;
        }
        for ((author, what), n) in &self.authors {
            connection.execute(
                "INSERT INTO author_count VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET n = n + excluded.n",
                params![author, what, n],
            )?;
        }
        let Some(first) = self.first else { return Ok(()) };
        connection.execute(
            "INSERT INTO change (action_id, tbl, op, row, after) VALUES (?1, 'example', 'import', ?2, ?3)",
            params![
                self.action,
                self.import_uuid.simple().to_string(),
                serde_json::json!({ "examples": self.inserted }).to_string()
            ],
        )?;
        for queue in ["search_pending", "sketch_pending"] {
            connection.execute(
                &format!(
                    "INSERT OR IGNORE INTO {queue} SELECT id FROM example WHERE id BETWEEN ?1 AND ?2 AND import_id = ?3"
                ),
                params![first, self.last, self.import],
            )?;
        }
        Ok(())
    }
}

fn row_of(responses: &HashMap<Uuid, i64>, response: Uuid) -> Result<i64> {
    responses
        .get(&response)
        .copied()
        .ok_or_else(|| Error::NotFound { what: "response", name: response.to_string() })
}
