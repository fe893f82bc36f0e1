//! The paper trail: what left the dataset.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::Result;
use crate::example::{Timestamp, new_id};

/// An export that the dataset keeps. What the JSON says is the business of the floor above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportRow {
    /// Its number in this file.
    pub id: i64,
    /// When it was made.
    pub at: Timestamp,
    /// By whom.
    pub annotator: String,
    /// Where to, as it was said.
    pub target: String,
    /// The last action of the journal that it saw; 0 where there was none.
    pub action: i64,
    /// The plan, as JSON.
    pub plan: String,
    /// The numbers of the report, as JSON.
    pub counts: String,
    /// The files with their hashes, as JSON.
    pub files: String,
}

/// Keeps an export, and answers under which number.
pub fn insert_export(connection: &Connection, row: &ExportRow) -> Result<i64> {
    connection.execute(
        "INSERT INTO export (uuid, at, annotator, target, action_id, plan, counts, files)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            new_id().as_bytes(),
            row.at.0,
            row.annotator,
            row.target,
            row.action,
            row.plan,
            row.counts,
            row.files
        ],
    )?;
    Ok(connection.last_insert_rowid())
}

const COLUMNS: &str = "id, at, annotator, target, action_id, plan, counts, files";

/// The exports, newest first.
pub fn exports(connection: &Connection) -> Result<Vec<ExportRow>> {
    let mut statement = connection.prepare(&format!("SELECT {COLUMNS} FROM export ORDER BY id DESC"))?;
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// The export of that number.
pub fn export(connection: &Connection, id: i64) -> Result<Option<ExportRow>> {
    let query = format!("SELECT {COLUMNS} FROM export WHERE id = ?1");
    Ok(connection.query_row(&query, [id], read).optional()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<ExportRow> {
    Ok(ExportRow {
        id: row.get(0)?,
        at: Timestamp(row.get(1)?),
        annotator: row.get(2)?,
        target: row.get(3)?,
        action: row.get(4)?,
        plan: row.get(5)?,
        counts: row.get(6)?,
        files: row.get(7)?,
    })
}
