//! Setting status, kind and split.

use rusqlite::Connection;

use super::super::{Done, Result, Selection};
use super::{fill, tell};

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
