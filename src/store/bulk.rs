//! Inserting many examples as one action, without a trigger's work for each row.
//!
//! Inside the transaction `writing.bulk` keeps the triggers still; what they would have done is
//! added up in memory and written once: the live counts, one journal line for the whole import, the
//! search queue. The journal line stands for all rows (see `change.op` in the schema).

use std::collections::HashMap;

use rusqlite::{Connection, params};

use super::write::{annotator_id, flag_kind_id, messages_json, metadata_json, places, tokens_of, tools_json};
use super::{Error, Result};
use crate::example::{Example, Timestamp, Uuid, new_id};

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
        Ok(Self {
            action,
            import,
            import_uuid,
            examples: HashMap::new(),
            tags: HashMap::new(),
            flags: HashMap::new(),
            authors: HashMap::new(),
            inserted: 0,
            first: None,
            last: 0,
        })
    }

    /// How many examples have been inserted.
    pub const fn inserted(&self) -> u64 {
        self.inserted
    }

    /// Inserts one example with everything on it. The tags come resolved; annotators and kinds of
    /// flags are found (annotators made) here, with the triggers awake, so that making them is
    /// journalled like any other change.
    pub fn insert(&mut self, connection: &Connection, example: &Example, tags: &[TagRow]) -> Result<i64> {
        let rankers = self.annotators(connection, example.rankings.iter().map(|r| r.annotator.as_str()))?;
        let flaggers = self.annotators(connection, example.flags.iter().filter_map(|f| f.by.as_deref()))?;
        connection.prepare_cached("UPDATE writing SET bulk = 1")?.execute([])?;
        let id = self.insert_rows(connection, example, tags, &rankers, &flaggers);
        connection.prepare_cached("UPDATE writing SET bulk = 0")?.execute([])?;
        let id = id?;
        self.first.get_or_insert(id);
        self.last = id;
        self.inserted += 1;
        Ok(id)
    }

    fn annotators<'a>(
        &self,
        connection: &Connection,
        names: impl Iterator<Item = &'a str>,
    ) -> Result<HashMap<&'a str, i64>> {
        names.map(|name| Ok((name, annotator_id(connection, name)?))).collect()
    }

    fn insert_rows(
        &mut self,
        connection: &Connection,
        example: &Example,
        tags: &[TagRow],
        rankers: &HashMap<&str, i64>,
        flaggers: &HashMap<&str, i64>,
    ) -> Result<i64> {
        let prompt_tokens = tokens_of(&example.prompt.messages);
        let response_tokens: Vec<i64> = example.responses.iter().map(|response| tokens_of(&response.messages)).collect();
        let answered = response_tokens.iter().filter(|&&tokens| tokens > 0).count();
        let tokens = prompt_tokens + response_tokens.iter().sum::<i64>();
        connection
            .prepare_cached(
                "INSERT INTO example (uuid, kind, status, split, import_id, created_at, answered, tokens)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                example.id.as_bytes(),
                example.kind.as_str(),
                example.status.as_str(),
                example.split.map(crate::example::Split::as_str),
                self.import,
                example.created_at.0,
                i64::try_from(answered).unwrap_or(i64::MAX),
                tokens,
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
                prompt_tokens,
            ])?;
        let responses = self.insert_responses(connection, id, example, &response_tokens)?;
        self.insert_rankings(connection, id, example, &responses, rankers)?;
        self.insert_flags(connection, id, example, &responses, flaggers)?;
        for tag in tags {
            connection
                .prepare_cached("INSERT INTO tag (example_id, facet_id, value_id, several) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![id, tag.facet, tag.value, tag.several])?;
            *self.tags.entry((tag.value, example.status.as_str())).or_default() += 1;
        }
        let split = example.split.map_or("", crate::example::Split::as_str);
        #[allow(clippy::cast_possible_truncation)] // at most 2
        let key = (example.status.as_str(), example.kind.as_str(), split, answered.min(2) as u8);
        *self.examples.entry(key).or_default() += 1;
        Ok(id)
    }

    fn insert_responses(
        &mut self,
        connection: &Connection,
        example_id: i64,
        example: &Example,
        tokens: &[i64],
    ) -> Result<HashMap<Uuid, i64>> {
        let mut rows = HashMap::with_capacity(example.responses.len());
        for ((position, response), tokens) in (1_i64..).zip(&example.responses).zip(tokens) {
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
                    messages_json(&response.messages),
                    response.origin.as_ref().map(Uuid::as_bytes),
                    metadata_json(&response.metadata),
                    tokens,
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
        rankers: &HashMap<&str, i64>,
    ) -> Result<()> {
        for ranking in &example.rankings {
            let Some(annotator) = rankers.get(ranking.annotator.as_str()) else { continue };
            connection
                .prepare_cached("INSERT INTO ranking (uuid, example_id, annotator_id, at) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![ranking.id.as_bytes(), example_id, annotator, ranking.at.0])?;
            let row = connection.last_insert_rowid();
            for (response, tier, shown) in places(ranking) {
                let response = row_of(responses, response)?;
                connection
                    .prepare_cached(
                        "INSERT INTO placement (ranking_id, response_id, example_id, tier, shown)
                         VALUES (?1, ?2, ?3, ?4, ?5)",
                    )?
                    .execute(params![row, response, example_id, tier, shown])?;
            }
            self.count_author(&ranking.annotator, "ranking");
        }
        Ok(())
    }

    fn insert_flags(
        &mut self,
        connection: &Connection,
        example_id: i64,
        example: &Example,
        responses: &HashMap<Uuid, i64>,
        flaggers: &HashMap<&str, i64>,
    ) -> Result<()> {
        for flag in &example.flags {
            let kind = flag_kind_id(connection, &flag.kind)?;
            let response = flag.response.map(|response| row_of(responses, response)).transpose()?;
            let annotator = flag.by.as_deref().and_then(|name| flaggers.get(name));
            connection
                .prepare_cached(
                    "INSERT INTO flag (uuid, example_id, response_id, kind_id, note, annotator_id, resolved, at)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                )?
                .execute(params![
                    flag.id.as_bytes(),
                    example_id,
                    response,
                    kind,
                    flag.note,
                    annotator,
                    flag.resolved,
                    flag.at.0
                ])?;
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
        connection.execute(
            "INSERT OR IGNORE INTO search_pending SELECT id FROM example WHERE id BETWEEN ?1 AND ?2 AND import_id = ?3",
            params![first, self.last, self.import],
        )?;
        Ok(())
    }
}

fn row_of(responses: &HashMap<Uuid, i64>, response: Uuid) -> Result<i64> {
    responses.get(&response).copied().ok_or_else(|| Error::NotFound { what: "response", name: response.to_string() })
}
