//! Writing reviews, and to whom work is sent back.

use rusqlite::{Connection, params};

use super::Result;
use super::write::annotator_id;
use crate::example::{Review, SentBack};

/// Keeps a review.
pub fn insert_review(connection: &Connection, example: i64, review: &Review) -> Result<()> {
    let id_of = |name: &str| annotator_id(connection, name);
    insert_review_rows(connection, example, review, id_of)
}

/// The rows of a review; `id_of` finds the row of an annotator.
pub(super) fn insert_review_rows(
    connection: &Connection,
    example: i64,
    review: &Review,
    mut id_of: impl FnMut(&str) -> Result<i64>,
) -> Result<()> {
    let reviewer = id_of(&review.reviewer)?;
    connection
        .prepare_cached(
            "INSERT INTO review (uuid, example_id, annotator_id, verdict, reason, note, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            review.id.as_bytes(),
            example,
            reviewer,
            review.verdict.as_str(),
            review.reason,
            review.note,
            review.at.0,
        ])?;
    let row = connection.last_insert_rowid();
    for SentBack { annotator, done } in &review.to {
        connection
            .prepare_cached(
                "INSERT INTO sent_back (review_id, example_id, annotator_id, done) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO NOTHING",
            )?
            .execute(params![row, example, id_of(annotator)?, done])?;
    }
    Ok(())
}

/// The annotator has looked after all that was sent back to them of this example; answers whether
/// anything was.
pub fn look_after(connection: &Connection, example: i64, annotator: i64) -> Result<bool> {
    let changed = connection
        .prepare_cached(
            "UPDATE sent_back SET done = 1 WHERE example_id = ?1 AND annotator_id = ?2 AND done = 0",
        )?
        .execute([example, annotator])?;
    Ok(changed > 0)
}

/// Nobody has to look after this example any more.
pub fn close_returns(connection: &Connection, example: i64) -> Result<()> {
    connection
        .prepare_cached("UPDATE sent_back SET done = 1 WHERE example_id = ?1 AND done = 0")?
        .execute([example])?;
    Ok(())
}

/// Whether somebody still has to look after what was sent back to them of this example.
pub fn waits_for_somebody(connection: &Connection, example: i64) -> Result<bool> {
    Ok(connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM sent_back WHERE example_id = ?1 AND done = 0)")?
        .query_row([example], |row| row.get(0))?)
}
