//! Setting status, kind and split.

use rusqlite::Connection;

use super::super::{Done, Result, Selection};
use super::{fill, tell};
use crate::example::Status;
use crate::store;

/// `column` is one of our own names, never what somebody typed.
pub(super) fn set(
    connection: &Connection,
    on: &Selection,
    column: &str,
    value: Option<&str>,
    sentence: &str,
) -> Result<Done> {
    fill(connection, on)?;
    let sql = format!(
        "UPDATE example SET {column} = ?1 WHERE id IN (SELECT id FROM temp.selected) AND {column} IS NOT ?1"
    );
    let n = connection.prepare_cached(&sql)?.execute([value])?;
    Ok(tell(on, n as u64, sentence))
}

/// Who submits what was sent back to them has looked after it too.
pub(super) fn set_status(
    connection: &Connection,
    annotator: &str,
    on: &Selection,
    status: Status,
) -> Result<Done> {
    let done = set(connection, on, "status", Some(status.as_str()), &format!("called {{}} {status}"))?;
    if status == Status::Submitted {
        look_after(connection, annotator)?;
    }
    Ok(done)
}

/// Who submits what was sent back to them has looked after it; of the examples that were set just now.
fn look_after(connection: &Connection, annotator: &str) -> Result<()> {
    if let Some(person) = store::find_annotator(connection, annotator)? {
        connection
            .prepare_cached(
                "UPDATE sent_back SET done = 1
                 WHERE annotator_id = ?1 AND done = 0 AND example_id IN (SELECT id FROM temp.selected)",
            )?
            .execute([person])?;
    }
    Ok(())
}
