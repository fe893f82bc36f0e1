//! Rounds: the results of evaluations, kept by name.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::Result;
use super::write::json_text;
use crate::example::{Round, TestResult, TestTag, Tested, Timestamp, Uuid};

/// A round that is kept, and how its tests came out in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRound {
    /// What it is called.
    pub name: String,
    /// Whose answers were tested, where that is known.
    pub model: Option<String>,
    /// The file that it came from, as it was named.
    pub source: String,
    /// When it was kept.
    pub at: Timestamp,
    /// How many tests it has.
    pub tests: u64,
    /// How many of them were passed.
    pub passed: u64,
}

/// Keeps a round with all its results.
pub fn insert_round(connection: &Connection, round: &Round) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO round (uuid, name, model, source, at) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![round.id.as_bytes(), round.name, round.model, round.source, round.at.0])?;
    let id = connection.last_insert_rowid();
    let mut insert = connection.prepare_cached(
        "INSERT INTO result (round_id, place, example_id, prompt, passed, score, answer, tags)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for result in &round.results {
        let (example, prompt) = match &result.about {
            Tested::Example(example) => (Some(example), None),
            Tested::Prompt(prompt) => (None, Some(prompt)),
        };
        let score = result.score.map(|score| score.to_string());
        let TestResult { place, passed, answer, tags, .. } = result;
        insert.execute(params![id, place, example, prompt, passed, score, answer, json_text(tags)])?;
    }
    Ok(())
}

/// Whether a round of that name is kept.
pub fn is_round(connection: &Connection, name: &str) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM round WHERE name = ?1)";
    Ok(connection.prepare_cached(sql)?.query_row([name], |row| row.get(0))?)
}

/// Takes the round of that name away with its results; answers whether there was one.
pub fn remove_round(connection: &Connection, name: &str) -> Result<bool> {
    connection
        .execute("DELETE FROM result WHERE round_id = (SELECT id FROM round WHERE name = ?1)", [name])?;
    Ok(connection.execute("DELETE FROM round WHERE name = ?1", [name])? > 0)
}

/// The rounds, in the order in which they were kept.
pub fn rounds(connection: &Connection) -> Result<Vec<KeptRound>> {
    let mut statement = connection.prepare_cached(
        "SELECT r.name, r.model, r.source, r.at, count(t.place), coalesce(sum(t.passed), 0)
         FROM round r LEFT JOIN result t ON t.round_id = r.id GROUP BY r.id ORDER BY r.id",
    )?;
    let rounds = statement.query_map([], |row| {
        Ok(KeptRound {
            name: row.get(0)?,
            model: row.get(1)?,
            source: row.get(2)?,
            at: Timestamp(row.get(3)?),
            tests: row.get(4)?,
            passed: row.get(5)?,
        })
    })?;
    Ok(rounds.collect::<std::result::Result<_, _>>()?)
}

/// The round of that name with all its results.
pub fn round(connection: &Connection, name: &str) -> Result<Option<Round>> {
    let mut statement =
        connection.prepare_cached("SELECT id, uuid, name, model, source, at FROM round WHERE name = ?1")?;
    let found = statement
        .query_row([name], |row| {
            let round = Round {
                id: Uuid::from_bytes(row.get(1)?),
                name: row.get(2)?,
                model: row.get(3)?,
                source: row.get(4)?,
                at: Timestamp(row.get(5)?),
                results: Vec::new(),
            };
            Ok((row.get::<_, i64>(0)?, round))
        })
        .optional()?;
    let Some((id, mut round)) = found else { return Ok(None) };
    let mut statement = connection.prepare_cached(
        "SELECT place, example_id, prompt, passed, score, answer, tags FROM result WHERE round_id = ?1 ORDER BY place",
    )?;
    round.results = statement.query_map([id], result)?.collect::<std::result::Result<_, _>>()?;
    Ok(Some(round))
}

fn result(row: &Row<'_>) -> rusqlite::Result<TestResult> {
    let about = match row.get::<_, Option<i64>>(1)? {
        Some(example) => Tested::Example(example),
        None => Tested::Prompt(row.get::<_, Option<String>>(2)?.unwrap_or_default()),
    };
    // What another program left there and can't be read says nothing; the rest of the result does.
    let tags: Vec<TestTag> = serde_json::from_str(row.get_ref(6)?.as_str()?).unwrap_or_default();
    let score: Option<String> = row.get(4)?;
    Ok(TestResult {
        place: row.get(0)?,
        about,
        passed: row.get(3)?,
        score: score.and_then(|score| score.parse().ok()),
        answer: row.get(5)?,
        tags,
    })
}
