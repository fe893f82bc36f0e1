//! Samples for review: drawn by a hash that anybody can repeat, and taken away.

use rusqlite::{Connection, params};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::super::{Done, Error, Result, Selection, count_examples};
use super::protocol;
use crate::curation::sampling;
use crate::example::{Plan, Timestamp, new_id};
use crate::store;

pub(super) fn draw(
    connection: &Connection,
    annotator: &str,
    name: &str,
    plan: Plan,
    from: &Selection,
) -> Result<Done> {
    check(plan)?;
    let name = name.trim();
    if name.is_empty() {
        return Err(Error::Plan("it has no name".to_owned()));
    }
    let there = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM sample WHERE name = ?1)")?
        .query_row([name], |row| row.get(0))?;
    if there {
        return Err(Error::SampleThere(name.to_owned()));
    }
    from.fill(connection)?;
    let mut drawn = candidates(connection, annotator, xxh3_64(name.as_bytes()))?;
    let population = drawn.len() as u64;
    let n = sampling::drawn(plan, population);
    if n == 0 {
        return Err(Error::NothingToSample);
    }
    drawn.sort_unstable();
    drawn.truncate(usize::try_from(n).unwrap_or(usize::MAX));

    let person = store::annotator_id(connection, annotator)?;
    let text = serde_json::to_string(&plan).map_err(|error| Error::Plan(error.to_string()))?;
    connection.execute(
        "INSERT INTO sample (uuid, name, plan, population, annotator_id, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![new_id().as_bytes(), name, text, population, person, Timestamp::now().0],
    )?;
    let sample = connection.last_insert_rowid();
    let mut insert = connection
        .prepare_cached("INSERT INTO sampled (sample_id, example_id, place) VALUES (?1, ?2, ?3)")?;
    for (place, (_, _, example)) in (1_i64..).zip(&drawn) {
        insert.execute(params![sample, example, place])?;
    }
    let sentence = format!("drew the sample “{name}”: {n} of {}", count_examples(population));
    Ok(Done { action: None, sentence, examples: n, example: None })
}

pub(super) fn drop(connection: &Connection, name: &str) -> Result<Done> {
    connection
        .execute("DELETE FROM sampled WHERE sample_id = (SELECT id FROM sample WHERE name = ?1)", [name])?;
    if connection.execute("DELETE FROM sample WHERE name = ?1", [name])? == 0 {
        return Err(Error::NoSample(name.to_owned()));
    }
    Ok(Done {
        action: None, sentence: format!("dropped the sample “{name}”"), examples: 0, example: None
    })
}

/// The submitted ones of the selection that the annotator may review, each with its place in a
/// shuffle that the name and the example alone decide: hash, uuid, number.
fn candidates(connection: &Connection, annotator: &str, seed: u64) -> Result<Vec<(u64, [u8; 16], i64)>> {
    let person = store::find_annotator(connection, annotator)?.unwrap_or_default();
    let own_work = protocol::current(connection)?.own_work;
    let mut statement = connection.prepare_cached(
        "SELECT e.uuid, e.id FROM temp.selected s JOIN example e ON e.id = s.id
         WHERE e.status = 'submitted' AND (?3 OR (
           NOT EXISTS (SELECT 1 FROM ranking r
                       WHERE r.example_id = e.id AND r.annotator_id = ?1 AND r.standing IS NOT 'final')
           AND NOT EXISTS (SELECT 1 FROM response r
                           WHERE r.example_id = e.id AND r.author = ?2 AND r.author_kind = 'person')))",
    )?;
    let rows = statement.query_map(params![person, annotator, own_work], |row| {
        let uuid: [u8; 16] = row.get(0)?;
        Ok((xxh3_64_with_seed(&uuid, seed), uuid, row.get(1)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn check(plan: Plan) -> Result<()> {
    let share = |share: f64| share > 0.0 && share < 1.0;
    let wrong = |reason: &str| Err(Error::Plan(reason.to_owned()));
    match plan {
        Plan::Share { share } if share > 0.0 && share <= 1.0 => Ok(()),
        Plan::Share { .. } => wrong("a share is more than 0 % and at most 100 %"),
        Plan::Bound { at_most, confidence } if share(at_most) && share(confidence) => Ok(()),
        Plan::Bound { .. } => wrong("both parts of a bound are more than 0 % and less than 100 %"),
        Plan::Sequential { good, bad, alpha, beta }
            if [good, bad, alpha, beta].into_iter().all(share) && good < bad && alpha + beta < 1.0 =>
        {
            Ok(())
        }
        Plan::Sequential { .. } => wrong("what is good enough has to be less than what is not"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_that_say_nothing_are_refused() {
        let no = |plan| check(plan).is_err();
        assert!(no(Plan::Share { share: 0.0 }) && no(Plan::Share { share: f64::NAN }));
        assert!(no(Plan::Bound { at_most: 0.02, confidence: 1.0 }));
        assert!(no(Plan::Sequential { good: 0.05, bad: 0.01, alpha: 0.05, beta: 0.1 }));
        assert!(check(Plan::Sequential { good: 0.01, bad: 0.05, alpha: 0.05, beta: 0.1 }).is_ok());
    }
}
