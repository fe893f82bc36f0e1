//! Writing rankings, with all that is said beside the order, and hidden repeats.

use rusqlite::{Connection, OptionalExtension, params};

use super::Result;
use super::write::{annotator_id, json_text, response_row};
use crate::example::{Ranking, Standing, Uuid};

/// Takes an annotator's ranking of an example away; says whether there was one.
pub fn remove_ranking(connection: &Connection, example: i64, annotator: i64) -> Result<bool> {
    let found: Option<i64> = connection
        .prepare_cached("SELECT id FROM ranking WHERE example_id = ?1 AND annotator_id = ?2")?
        .query_row([example, annotator], |row| row.get(0))
        .optional()?;
    let Some(ranking) = found else { return Ok(false) };
    connection.prepare_cached("DELETE FROM rating WHERE ranking_id = ?1")?.execute([ranking])?;
    connection.prepare_cached("DELETE FROM placement WHERE ranking_id = ?1")?.execute([ranking])?;
    connection.prepare_cached("DELETE FROM ranking WHERE id = ?1")?.execute([ranking])?;
    Ok(true)
}

/// Keeps a ranking (already checked), in the place of the annotator's one before.
pub fn put_ranking(connection: &Connection, example: i64, ranking: &Ranking) -> Result<()> {
    let annotator = annotator_id(connection, &ranking.annotator)?;
    remove_ranking(connection, example, annotator)?;
    insert_ranking_rows(connection, example, annotator, ranking, |response| {
        response_row(connection, example, response)
    })
}

/// The rows of a ranking; `row_of` finds that of a response.
pub(super) fn insert_ranking_rows(
    connection: &Connection,
    example: i64,
    annotator: i64,
    ranking: &Ranking,
    row_of: impl Fn(Uuid) -> Result<i64>,
) -> Result<()> {
    let details = &ranking.details;
    let standing = Some(details.standing).filter(|standing| *standing != Standing::Own);
    connection
        .prepare_cached(
            "INSERT INTO ranking (uuid, example_id, annotator_id, at, standing, cannot, strength, certainty, reasons, millis)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            ranking.id.as_bytes(),
            example,
            annotator,
            ranking.at.0,
            standing.map(Standing::as_str),
            details.cannot,
            details.strength,
            details.certainty.map(|certainty| certainty.to_string()),
            (!details.reasons.is_empty()).then(|| json_text(&details.reasons)),
            details.millis,
        ])?;
    let row = connection.last_insert_rowid();
    for (response, tier, shown) in places(ranking) {
        let response = row_of(response)?;
        connection
            .prepare_cached(
                "INSERT INTO placement (ranking_id, response_id, example_id, tier, shown) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![row, response, example, tier, shown])?;
    }
    for rating in &details.ratings {
        connection
            .prepare_cached(
                "INSERT INTO rating (ranking_id, response_id, example_id, criterion, value) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT DO UPDATE SET value = excluded.value",
            )?
            .execute(params![row, row_of(rating.response)?, example, rating.criterion, rating.value])?;
    }
    Ok(())
}

/// Keeps a hidden repeat (already checked).
pub fn insert_repeat(connection: &Connection, example: i64, ranking: &Ranking) -> Result<()> {
    let annotator = annotator_id(connection, &ranking.annotator)?;
    insert_repeat_row(connection, example, annotator, ranking)
}

/// The row of a repeat whose annotator is found.
pub(super) fn insert_repeat_row(
    connection: &Connection,
    example: i64,
    annotator: i64,
    ranking: &Ranking,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO repeat (uuid, example_id, annotator_id, tiers, bad, presented, cannot, millis, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            ranking.id.as_bytes(),
            example,
            annotator,
            json_text(&ranking.tiers),
            json_text(&ranking.bad),
            json_text(&ranking.presented),
            ranking.details.cannot,
            ranking.details.millis,
            ranking.at.0,
        ])?;
    Ok(())
}

/// Every response that a ranking mentions, with its tier (0: bad; none: not placed) and its place
/// on the screen.
fn places(ranking: &Ranking) -> Vec<(Uuid, Option<i64>, Option<i64>)> {
    let mut places: Vec<(Uuid, Option<i64>, Option<i64>)> = Vec::new();
    for (tier, responses) in (1..).zip(&ranking.tiers) {
        places.extend(responses.iter().map(|&response| (response, Some(tier), None)));
    }
    places.extend(ranking.bad.iter().map(|&response| (response, Some(0), None)));
    for (shown, &response) in (1..).zip(&ranking.presented) {
        match places.iter_mut().find(|place| place.0 == response) {
            Some(place) => place.2 = Some(shown),
            None => places.push((response, None, Some(shown))),
        }
    }
    places
}
