//! The journal: which rows each action changed, and how an action is turned back.
//!
//! Every transaction that changes domain tables begins an action; the triggers write its changes.
//! To undo is to invert the changes of an action, last first, as an action of its own; to redo is
//! to invert the changes of the undoing. So the journal only grows, and nothing is kept twice.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::Value;

use super::Result;
use crate::example::{Timestamp, Uuid, new_id};

/// What an action is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Something new.
    Do,
    /// The undoing of the action of that id.
    Undo(i64),
    /// The redoing of the action of that id.
    Redo(i64),
}

impl Mode {
    const fn parts(self) -> (&'static str, Option<i64>) {
        match self {
            Self::Do => ("do", None),
            Self::Undo(target) => ("undo", Some(target)),
            Self::Redo(target) => ("redo", Some(target)),
        }
    }
}

/// One line of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionRow {
    /// Its number in this file.
    pub id: i64,
    /// Unique across copies.
    pub uuid: Uuid,
    /// When it was done.
    pub at: Timestamp,
    /// Who did it.
    pub annotator: String,
    /// The verb, one word.
    pub verb: String,
    /// What was done, for people.
    pub sentence: String,
    /// Whether it is new, an undoing or a redoing.
    pub mode: Mode,
    /// Whether it has been undone, and not redone since.
    pub undone: bool,
}

/// One row that an action changed.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeRow {
    /// The table.
    pub table: String,
    /// `insert`, `update`, `delete` or `import`.
    pub op: String,
    /// The row's name across copies.
    pub row: String,
    /// The row before, where there was one.
    pub before: Option<Value>,
    /// The row after, where there is one.
    pub after: Option<Value>,
}

/// Begins an action inside the transaction that is open; the changes that follow are its own.
pub fn begin_action(
    connection: &Connection,
    annotator: &str,
    verb: &str,
    sentence: &str,
    mode: Mode,
) -> Result<i64> {
    let (mode, target) = mode.parts();
    connection
        .prepare_cached(
            "INSERT INTO action (uuid, at, annotator, verb, sentence, mode, target) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![new_id().as_bytes(), Timestamp::now().0, annotator, verb, sentence, mode, target])?;
    let id = connection.last_insert_rowid();
    connection.prepare_cached("UPDATE writing SET action_id = ?1")?.execute([id])?;
    Ok(id)
}

/// Whether the action changed any row.
pub fn has_changes(connection: &Connection, action: i64) -> Result<bool> {
    let mut statement =
        connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM change WHERE action_id = ?1)")?;
    Ok(statement.query_row([action], |row| row.get(0))?)
}

/// Changes that another program made past Goldset become an action of their own.
pub fn adopt_foreign_changes(connection: &Connection) -> Result<()> {
    let orphans: i64 =
        connection.query_row("SELECT count(*) FROM change WHERE action_id IS NULL", [], |row| row.get(0))?;
    if orphans == 0 {
        return Ok(());
    }
    let sentence = "changed by another program";
    let action = begin_action(connection, "(another program)", "outside", sentence, Mode::Do)?;
    connection.execute("UPDATE change SET action_id = ?1 WHERE action_id IS NULL", [action])?;
    connection.execute("UPDATE writing SET action_id = NULL", [])?;
    Ok(())
}

/// Whether the action `a` of a query still holds: it is not undone, or redone since.
pub const STANDS: &str = "coalesce((SELECT b.mode FROM action b WHERE b.target = a.id ORDER BY b.id DESC LIMIT 1), 'redo') = 'redo'";

pub(super) const UNDONE: &str = "coalesce((SELECT b.mode FROM action b WHERE b.target = a.id ORDER BY b.id DESC LIMIT 1), 'redo') = 'undo'";

/// The action that an undo by this person would turn back: their last that is not undone.
pub fn undo_target(connection: &Connection, annotator: &str) -> Result<Option<i64>> {
    let sql = format!(
        "SELECT a.id FROM action a WHERE a.annotator = ?1 AND a.mode = 'do' AND NOT {UNDONE} ORDER BY a.id DESC LIMIT 1"
    );
    Ok(connection.prepare_cached(&sql)?.query_row([annotator], |row| row.get(0)).optional()?)
}

/// The action that a redo by this person would do again: the one undone last, unless something
/// new was done since.
pub fn redo_target(connection: &Connection, annotator: &str) -> Result<Option<i64>> {
    let sql = format!(
        "SELECT u.target FROM action u JOIN action a ON a.id = u.target
         WHERE u.annotator = ?1 AND u.mode = 'undo' AND a.annotator = ?1 AND {UNDONE}
           AND u.id = (SELECT max(id) FROM action WHERE target = a.id)
           AND u.id > (SELECT coalesce(max(id), 0) FROM action WHERE annotator = ?1 AND mode = 'do')
         ORDER BY u.id DESC LIMIT 1"
    );
    Ok(connection.prepare_cached(&sql)?.query_row([annotator], |row| row.get(0)).optional()?)
}

fn action_row(row: &Row<'_>) -> rusqlite::Result<ActionRow> {
    let target: Option<i64> = row.get("target")?;
    let mode: String = row.get("mode")?;
    let uuid: [u8; 16] = row.get("uuid")?;
    Ok(ActionRow {
        id: row.get("id")?,
        uuid: Uuid::from_bytes(uuid),
        at: Timestamp(row.get("at")?),
        annotator: row.get("annotator")?,
        verb: row.get("verb")?,
        sentence: row.get("sentence")?,
        mode: match (mode.as_str(), target) {
            ("undo", Some(target)) => Mode::Undo(target),
            ("redo", Some(target)) => Mode::Redo(target),
            _ => Mode::Do,
        },
        undone: row.get("undone")?,
    })
}

/// The latest actions before `before` (all where `None`), newest first.
pub fn actions(connection: &Connection, before: Option<i64>, limit: usize) -> Result<Vec<ActionRow>> {
    let sql =
        format!("SELECT a.*, {UNDONE} AS undone FROM action a WHERE a.id < ?1 ORDER BY a.id DESC LIMIT ?2");
    let mut statement = connection.prepare_cached(&sql)?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = statement.query_map(params![before.unwrap_or(i64::MAX), limit], action_row)?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// The actions that touched an example, newest first; the import that brought it included.
pub fn actions_of_example(connection: &Connection, example: i64, limit: usize) -> Result<Vec<ActionRow>> {
    let sql = format!(
        "SELECT a.*, {UNDONE} AS undone FROM action a WHERE a.id IN (
           SELECT action_id FROM change WHERE example = ?1
           UNION
           SELECT c.action_id FROM example e JOIN import i ON i.id = e.import_id
             JOIN change c ON c.op = 'import' AND c.row = lower(hex(i.uuid)) WHERE e.id = ?1
         ) ORDER BY a.id DESC LIMIT ?2"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = statement.query_map(params![example, limit], action_row)?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// The changes of an action in the order in which they were made, at most `limit`.
pub fn changes_of(connection: &Connection, action: i64, limit: usize) -> Result<Vec<ChangeRow>> {
    let mut statement = connection.prepare_cached(
        "SELECT tbl, op, row, before, after FROM change WHERE action_id = ?1 ORDER BY id LIMIT ?2",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let json = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok());
    let rows = statement.query_map(params![action, limit], |row| {
        Ok(ChangeRow {
            table: row.get(0)?,
            op: row.get(1)?,
            row: row.get(2)?,
            before: json(row.get(3)?),
            after: json(row.get(4)?),
        })
    })?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}
