//! How many examples share a trait, by status: read at a price that doesn't depend on how many there are.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::Result;
use super::counts::snapshot;
use crate::example::Status;

/// How many examples have a value of a trait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraitCount<V> {
    /// The value.
    pub value: V,
    /// Examples by status, only those above 0.
    pub by_status: Vec<(Status, u64)>,
}

/// The counts of all traits that are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TraitCounts {
    /// By the lowest number of a band of turns.
    pub turns: Vec<TraitCount<u32>>,
    /// By the lowest number of a band of tokens of the prompt.
    pub prompt: Vec<TraitCount<u32>>,
    /// The same of the response; examples without one are in no band.
    pub response: Vec<TraitCount<u32>>,
    /// By language.
    pub language: Vec<TraitCount<String>>,
    /// By whether tools are defined.
    pub tools: Vec<TraitCount<bool>>,
    /// By whether the response is a refusal, and whether it is JSON.
    pub refusal: Vec<TraitCount<bool>>,
    /// The second of these.
    pub json: Vec<TraitCount<bool>>,
    /// By the name of the file that they came from; none: written here.
    pub source: Vec<TraitCount<Option<String>>>,
}

/// Counts on their way.
struct Adding<V>(BTreeMap<V, Vec<(Status, u64)>>);

impl<V: Ord> Adding<V> {
    const fn new() -> Self {
        Self(BTreeMap::new())
    }

    fn add(&mut self, value: V, status: Status, n: u64) {
        let by_status = self.0.entry(value).or_default();
        match by_status.iter_mut().find(|(there, _)| *there == status) {
            Some((_, there)) => *there += n,
            None => by_status.push((status, n)),
        }
    }

    fn done(self) -> Vec<TraitCount<V>> {
        let counts = self.0.into_iter();
        counts
            .map(|(value, mut by_status)| {
                by_status.sort_by_key(|(status, _)| Status::ALL.iter().position(|other| other == status));
                TraitCount { value, by_status }
            })
            .collect()
    }
}

/// Reads them, in one snapshot; in that of the caller where there is one.
pub fn read_trait_counts(connection: &Connection) -> Result<TraitCounts> {
    let _snapshot = snapshot(connection)?;
    let (mut turns, mut prompt, mut response) = (Adding::new(), Adding::new(), Adding::new());
    let (mut language, mut tools) = (Adding::new(), Adding::new());
    let (mut refusal, mut json) = (Adding::new(), Adding::new());
    let mut statement = connection.prepare_cached(
        "SELECT status, turns_band, prompt_band, response_band, language, tools, refusal, json, n
         FROM trait_count WHERE n <> 0",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        // A word that this program doesn't know is a newer one's.
        let Ok(status) = row.get::<_, String>(0)?.parse::<Status>() else { continue };
        let n: u64 = row.get(8)?;
        turns.add(row.get(1)?, status, n);
        prompt.add(row.get(2)?, status, n);
        language.add(row.get(4)?, status, n);
        tools.add(row.get(5)?, status, n);
        if let Ok(band) = u32::try_from(row.get::<_, i64>(3)?) {
            response.add(band, status, n);
            refusal.add(row.get(6)?, status, n);
            json.add(row.get(7)?, status, n);
        }
    }
    Ok(TraitCounts {
        turns: turns.done(),
        prompt: prompt.done(),
        response: response.done(),
        language: language.done(),
        tools: tools.done(),
        refusal: refusal.done(),
        json: json.done(),
        source: sources(connection)?,
    })
}

/// The name of the file that an import came from, of its path: what people know it by.
pub fn file_name(source: &str) -> &str {
    source.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or(source)
}

fn sources(connection: &Connection) -> Result<Vec<TraitCount<Option<String>>>> {
    let mut sources = Adding::new();
    let mut statement = connection.prepare_cached(
        "SELECT i.source, c.status, c.n FROM source_count c LEFT JOIN import i ON i.id = c.import_id
         WHERE c.n <> 0",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if let Ok(status) = row.get::<_, String>(1)?.parse::<Status>() {
            let source: Option<String> = row.get(0)?;
            sources.add(source.map(|source| file_name(&source).to_owned()), status, row.get(2)?);
        }
    }
    Ok(sources.done())
}
