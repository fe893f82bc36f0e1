//! Inserting many examples as one action, without a trigger's work for each row.
//!
//! The triggers that follow new rows are taken away until the end of it; what they would have done is
//! added up in memory and written once: the live counts, one journal line for the whole import, the
//! queues. The journal line stands for all rows (see `change.op` in the schema). What is read off an example
//! ([`Prepared`]) comes in with its rows, so that nothing of an import waits for that.

mod prepared;
mod tally;

use std::collections::HashMap;

use rusqlite::{Connection, params};

use super::batch::{Batch, Cell, next_row};
use super::cells::cell_ids;
use super::rankings::{RankingRows, insert_repeat_row};
use super::reviews::insert_review_rows;
use super::triggers;
use super::write::{annotator_id, flag_kind_id, insert_flag_row};
use super::{Error, Result};
use crate::example::{Author, Example, Split, Timestamp, Traits, Uuid, new_id};

pub use prepared::Prepared;
use prepared::Text;
use tally::Tally;

/// The tables into which an import brings rows.
const TABLES: [&str; 13] = [
    "example",
    "prompt",
    "response",
    "tag",
    "flag",
    "ranking",
    "placement",
    "rating",
    "repeat",
    "review",
    "sent_back",
    "outcome",
    "trait",
];

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

/// A bulk insertion under way, inside an open transaction whose action has begun. The connection does
/// not check foreign keys meanwhile: all that a row refers to comes with it.
#[derive(Debug)]
pub struct BulkInsert {
    action: i64,
    import: i64,
    import_uuid: Uuid,
    /// The SQL that makes the triggers again.
    triggers: String,
    examples: Batch<10>,
    prompts: Batch<6>,
    responses: Batch<11>,
    tags: Batch<4>,
    rankings: RankingRows,
    outcomes: Batch<6>,
    traits: Batch<8>,
    annotators: HashMap<String, i64>,
    tally: Tally,
    inserted: u64,
    first: i64,
    next: i64,
    next_response: i64,
    next_ranking: i64,
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
        let first = next_row(connection, "example")?;
        Ok(Self {
            action,
            import,
            import_uuid,
            triggers: triggers::take_away(connection, &TABLES)?,
            examples: Batch::into("example", EXAMPLE),
            prompts: Batch::into("prompt", PROMPT),
            responses: Batch::into("response", RESPONSE),
            tags: Batch::into("tag", TAG),
            rankings: RankingRows::new(),
            outcomes: Batch::into("outcome", OUTCOME),
            traits: Batch::into("trait", TRAIT),
            annotators: HashMap::new(),
            tally: Tally::new(cell_ids(connection)?),
            inserted: 0,
            first,
            next: first,
            next_response: next_row(connection, "response")?,
            next_ranking: next_row(connection, "ranking")?,
        })
    }

    /// How many examples have been inserted.
    pub const fn inserted(&self) -> u64 {
        self.inserted
    }

    /// Inserts one example with everything on it; the tags come resolved.
    pub fn insert(&mut self, connection: &Connection, prepared: Prepared, tags: &[TagRow]) -> Result<i64> {
        let Prepared { example, prompt, tools, metadata, responses, outcome, traits } = prepared;
        let id = self.next;
        self.next += 1;
        let answered = responses.iter().filter(|(text, _)| text.tokens > 0).count();
        let tokens = prompt.tokens + responses.iter().map(|(text, _)| text.tokens).sum::<i64>();
        let cells = [
            id.into(),
            example.id.into(),
            example.kind.as_str().into(),
            example.status.as_str().into(),
            example.split.map(Split::as_str).into(),
            self.import.into(),
            example.created_at.0.into(),
            example.origin.into(),
            i64::try_from(answered).unwrap_or(i64::MAX).into(),
            tokens.into(),
        ];
        self.examples.push(connection, cells)?;
        let note = example.note.clone();
        let cells =
            [id.into(), prompt.json.into(), tools.into(), metadata.into(), note.into(), prompt.tokens.into()];
        self.prompts.push(connection, cells)?;
        let rows = self.insert_responses(connection, id, &example, responses)?;
        self.insert_rankings(connection, id, &example, &rows)?;
        if let Some(outcome) = outcome {
            self.tally.outcome(outcome.state.as_str());
            self.outcomes.push(connection, outcome.cells(id))?;
        }
        self.tally.traits(&traits, example.status.as_str());
        self.traits.push(connection, trait_cells(id, &traits))?;
        self.insert_flags(connection, id, &example, &rows)?;
        for review in &example.reviews {
            insert_review_rows(connection, id, review, |name| self.annotator(connection, name))?;
        }
        for tag in tags {
            let cells = [id.into(), tag.facet.into(), tag.value.into(), tag.several.into()];
            self.tags.push(connection, cells)?;
        }
        self.tally.tags(tags, example.status.as_str());
        self.tally.example(&example, answered);
        self.inserted += 1;
        Ok(id)
    }

    fn annotator(&mut self, connection: &Connection, name: &str) -> Result<i64> {
        if let Some(&id) = self.annotators.get(name) {
            return Ok(id);
        }
        let id = annotator_id(connection, name)?;
        self.annotators.insert(name.to_owned(), id);
        Ok(id)
    }

    fn insert_responses(
        &mut self,
        connection: &Connection,
        id: i64,
        example: &Example,
        responses: Vec<(Text, Option<String>)>,
    ) -> Result<Rows> {
        let mut rows = Vec::with_capacity(responses.len());
        for (position, (response, (text, metadata))) in (1_i64..).zip(example.responses.iter().zip(responses))
        {
            let row = self.next_response;
            self.next_response += 1;
            let author = response.author.as_ref();
            let cells = [
                row.into(),
                response.id.into(),
                id.into(),
                position.into(),
                author.map(|author| author.name.clone()).into(),
                author.map(|author| author.kind.as_str()).into(),
                text.json.into(),
                response.origin.into(),
                metadata.into(),
                text.tokens.into(),
                response.created_at.0.into(),
            ];
            self.responses.push(connection, cells)?;
            rows.push((response.id, row));
            if let Some(Author { name, kind }) = author {
                self.tally.author(name, kind.as_str());
            }
        }
        Ok(Rows(rows))
    }

    fn insert_rankings(
        &mut self,
        connection: &Connection,
        id: i64,
        example: &Example,
        responses: &Rows,
    ) -> Result<()> {
        for ranking in &example.rankings {
            let annotator = self.annotator(connection, &ranking.annotator)?;
            let row = self.next_ranking;
            self.next_ranking += 1;
            let row_of = |response| responses.of(response);
            self.rankings.put(connection, (row, id, annotator), ranking, row_of)?;
            self.tally.author(&ranking.annotator, "ranking");
        }
        for repeat in &example.repeats {
            let annotator = self.annotator(connection, &repeat.annotator)?;
            insert_repeat_row(connection, id, annotator, repeat)?;
        }
        Ok(())
    }

    fn insert_flags(
        &mut self,
        connection: &Connection,
        id: i64,
        example: &Example,
        responses: &Rows,
    ) -> Result<()> {
        for flag in &example.flags {
            let kind = flag_kind_id(connection, &flag.kind)?;
            let response = flag.response.map(|response| responses.of(response)).transpose()?;
            let annotator = flag.by.as_deref().map(|name| self.annotator(connection, name)).transpose()?;
            insert_flag_row(connection, id, flag, kind, response, annotator)?;
            self.tally.flag(kind, flag.resolved);
            if let Some(name) = &flag.by {
                self.tally.author(name, "flag");
            }
        }
        Ok(())
    }

    /// Writes the rows that wait to go in with others, so that they are found.
    pub fn flush(&mut self, connection: &Connection) -> Result<()> {
        self.examples.flush(connection)?;
        self.prompts.flush(connection)?;
        self.responses.flush(connection)?;
        self.tags.flush(connection)?;
        self.rankings.flush(connection)?;
        self.outcomes.flush(connection)?;
        self.traits.flush(connection)
    }

    /// Writes what was added up: the counts, the journal line, the queues.
    pub fn finish(mut self, connection: &Connection) -> Result<()> {
        self.flush(connection)?;
        connection.execute_batch(&self.triggers)?;
        self.tally.write(connection, self.import)?;
        if self.inserted == 0 {
            return Ok(());
        }
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
                &format!("INSERT OR IGNORE INTO {queue} SELECT id FROM example WHERE id BETWEEN ?1 AND ?2"),
                [self.first, self.next - 1],
            )?;
        }
        connection.execute(
            "INSERT OR IGNORE INTO proposal_pending SELECT id FROM example
             WHERE id BETWEEN ?1 AND ?2 AND EXISTS (SELECT 1 FROM rule)",
            [self.first, self.next - 1],
        )?;
        Ok(())
    }
}

const EXAMPLE: [&str; 10] =
    ["id", "uuid", "kind", "status", "split", "import_id", "created_at", "origin", "answered", "tokens"];
const PROMPT: [&str; 6] = ["example_id", "messages", "tools", "metadata", "note", "tokens"];
const RESPONSE: [&str; 11] = [
    "id",
    "uuid",
    "example_id",
    "position",
    "author",
    "author_kind",
    "messages",
    "origin",
    "metadata",
    "tokens",
    "created_at",
];
const TAG: [&str; 4] = ["example_id", "facet_id", "value_id", "several"];
const OUTCOME: [&str; 6] = ["example_id", "state", "agreement", "strength", "judgements", "circular"];

const TRAIT: [&str; 8] =
    ["example_id", "turns", "prompt_tokens", "language", "tools", "response_tokens", "refusal", "json"];

fn trait_cells(example: i64, traits: &Traits) -> [Cell; 8] {
    let answer = traits.answer;
    [
        example.into(),
        i64::from(traits.turns).into(),
        i64::from(traits.prompt_tokens).into(),
        traits.language.into(),
        traits.has_tools.into(),
        answer.map(|answer| i64::from(answer.tokens)).into(),
        answer.map(|answer| answer.is_refusal).into(),
        answer.map(|answer| answer.is_json).into(),
    ]
}

/// The rows of an example's responses, which are few.
struct Rows(Vec<(Uuid, i64)>);

impl Rows {
    fn of(&self, response: Uuid) -> Result<i64> {
        let found = self.0.iter().find(|(id, _)| *id == response);
        found
            .map(|(_, row)| *row)
            .ok_or_else(|| Error::NotFound { what: "response", name: response.to_string() })
    }
}
