//! The live counts of what an import brings, added up in memory and written once.

use std::collections::HashMap;

use rusqlite::{Connection, ToSql, params};

use super::super::Result;
use super::TagRow;
use crate::example::{Band, Example, Split, Traits};

/// How many of what.
#[derive(Debug, Default)]
pub(super) struct Tally {
    examples: HashMap<(&'static str, &'static str, &'static str, u8), i64>,
    tags: HashMap<(i64, &'static str), i64>,
    /// The numbers of the cells that there are, by those of their values.
    cell_ids: HashMap<(i64, i64), i64>,
    cells: HashMap<(i64, &'static str), i64>,
    flags: HashMap<(i64, bool), i64>,
    authors: HashMap<&'static str, HashMap<String, i64>>,
    outcomes: HashMap<&'static str, i64>,
    traits: HashMap<SharedTraits, i64>,
}

/// What examples share that are counted together in `trait_count`: -1 stands for what is not said where nothing
/// is answered.
#[derive(Debug, PartialEq, Eq, Hash)]
struct SharedTraits {
    status: &'static str,
    language: &'static str,
    /// The lowest numbers of the bands.
    turns: i64,
    prompt: i64,
    response: i64,
    has_tools: bool,
    refusal: i64,
    json: i64,
}

impl SharedTraits {
    fn of(traits: &Traits, status: &'static str) -> Self {
        let lowest = |bands: &[Band], n: u32| Band::of(bands, n).map_or(0, |(_, band)| i64::from(band.low));
        let answer = traits.answer;
        Self {
            status,
            language: traits.language,
            turns: lowest(Band::TURNS, traits.turns),
            prompt: lowest(Band::TOKENS, traits.prompt_tokens),
            response: answer.map_or(-1, |answer| lowest(Band::TOKENS, answer.tokens)),
            has_tools: traits.has_tools,
            refusal: answer.map_or(-1, |answer| answer.is_refusal.into()),
            json: answer.map_or(-1, |answer| answer.is_json.into()),
        }
    }
}

impl Tally {
    /// Counts that begin at 0, for a dataset with these cells.
    pub fn new(cell_ids: HashMap<(i64, i64), i64>) -> Self {
        Self { cell_ids, ..Self::default() }
    }

    /// Counts an example of which so many responses say something.
    pub fn example(&mut self, example: &Example, answered: usize) {
        let split = example.split.map_or("", Split::as_str);
        #[allow(clippy::cast_possible_truncation)] // at most 2
        let key = (example.status.as_str(), example.kind.as_str(), split, answered.min(2) as u8);
        *self.examples.entry(key).or_default() += 1;
    }

    /// Counts the tags of an example.
    pub fn tags(&mut self, tags: &[TagRow], status: &'static str) {
        for tag in tags {
            *self.tags.entry((tag.value, status)).or_default() += 1;
        }
        if self.cell_ids.is_empty() {
            return;
        }
        for one in tags {
            for other in tags {
                if let Some(cell) = self.cell_ids.get(&(one.value, other.value)) {
                    *self.cells.entry((*cell, status)).or_default() += 1;
                }
            }
        }
    }

    pub fn flag(&mut self, kind: i64, resolved: bool) {
        *self.flags.entry((kind, resolved)).or_default() += 1;
    }

    /// Counts what somebody made: a response as a `person` or a `model`, a `ranking`, a `flag`.
    pub fn author(&mut self, name: &str, what: &'static str) {
        let authors = self.authors.entry(what).or_default();
        // Looked up before it is made: the same few names come again and again.
        if let Some(n) = authors.get_mut(name) {
            *n += 1;
        } else {
            authors.insert(name.to_owned(), 1);
        }
    }

    pub fn outcome(&mut self, state: &'static str) {
        *self.outcomes.entry(state).or_default() += 1;
    }

    /// Counts what is read off an example of that status.
    pub fn traits(&mut self, traits: &Traits, status: &'static str) {
        *self.traits.entry(SharedTraits::of(traits, status)).or_default() += 1;
    }

    /// Adds it to the counts that are kept, of that import.
    pub fn write(&self, connection: &Connection, import: i64) -> Result<()> {
        let add = |table: &str, row: &[&dyn ToSql]| -> Result<()> {
            let places = vec!["?"; row.len()].join(", ");
            let sql =
                format!("INSERT INTO {table} VALUES ({places}) ON CONFLICT DO UPDATE SET n = n + excluded.n");
            connection.prepare_cached(&sql)?.execute(row)?;
            Ok(())
        };
        for ((status, kind, split, answered), n) in &self.examples {
            add("example_count", params![status, kind, split, answered, n])?;
            add("source_count", params![import, status, n])?;
        }
        for ((value, status), n) in &self.tags {
            add("tag_count", params![value, status, n])?;
        }
        for ((cell, status), n) in &self.cells {
            add("cell_count", params![cell, status, n])?;
        }
        for ((kind, resolved), n) in &self.flags {
            add("flag_count", params![kind, resolved, n])?;
        }
        for (what, authors) in &self.authors {
            for (author, n) in authors {
                add("author_count", params![author, what, n])?;
            }
        }
        for (state, n) in &self.outcomes {
            add("outcome_count", params![state, n])?;
        }
        for (shared, n) in &self.traits {
            let SharedTraits { status, language, turns, prompt, response, has_tools, refusal, json } = shared;
            let row = params![status, turns, prompt, response, language, has_tools, refusal, json, n];
            add("trait_count", row)?;
        }
        Ok(())
    }
}
