//! The journal: which rows each action changed, and how an action is turned back.
//!
//! Every transaction that changes domain tables begins an action; the triggers write its changes.
//! To undo is to invert the changes of an action, last first, as an action of its own; to redo is
//! to invert the changes of the undoing. So the journal only grows, and nothing is kept twice.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::Value;

use super::tables::{Column, Table};
use super::{Error, Result};
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

const UNDONE: &str = "coalesce((SELECT b.mode FROM action b WHERE b.target = a.id ORDER BY b.id DESC LIMIT 1), 'redo') = 'undo'";

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

/// Turns back every change of `action`, last first, inside the open transaction (whose own action
/// has been begun). Returns how many rows it touched.
///
/// Each row must be as the action left it: where somebody changed it since, nothing is turned back
/// and the error says who.
pub fn invert(connection: &Connection, action: i64) -> Result<usize> {
    let mut touched = 0;
    // Read in portions, last first: an import undone has a change for each row.
    let mut below = i64::MAX;
    loop {
        let portion = portion_below(connection, action, below)?;
        let Some(last) = portion.last() else { return Ok(touched) };
        below = last.id;
        for change in &portion {
            touched += invert_change(connection, action, change).map_err(|error| match error {
                Error::Database(error) if is_constraint(&error) => conflict(connection, change),
                other => other,
            })?;
        }
    }
}

struct Change {
    id: i64,
    table: String,
    op: String,
    row: String,
    before: Option<String>,
    after: Option<String>,
}

fn portion_below(connection: &Connection, action: i64, below: i64) -> Result<Vec<Change>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, tbl, op, row, before, after FROM change WHERE action_id = ?1 AND id < ?2 ORDER BY id DESC LIMIT 1000",
    )?;
    let rows = statement.query_map(params![action, below], |row| {
        Ok(Change {
            id: row.get(0)?,
            table: row.get(1)?,
            op: row.get(2)?,
            row: row.get(3)?,
            before: row.get(4)?,
            after: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

fn invert_change(connection: &Connection, action: i64, change: &Change) -> Result<usize> {
    if change.op == "import" {
        return remove_import(connection, action, change);
    }
    let table = Table::named(&change.table)
        .ok_or_else(|| Error::Conflict(format!("the journal names an unknown table “{}”", change.table)))?;
    let parse = |text: &Option<String>| -> Result<Option<Value>> {
        text.as_deref()
            .map(serde_json::from_str)
            .transpose()
            .map_err(|error| Error::Conflict(format!("a line of the journal can't be read ({error})")))
    };
    let (before, after) = (parse(&change.before)?, parse(&change.after)?);
    let Some(any) = after.as_ref().or(before.as_ref()) else { return Ok(0) };
    let present = current_image(connection, table, any)?;
    if present.as_deref() != change.after.as_deref() && !is_same_row(present.as_deref(), after.as_ref()) {
        if is_same_row(present.as_deref(), before.as_ref()) && follows_rankings(connection, action, change)? {
            return Ok(0);
        }
        return Err(conflict(connection, change));
    }
    match (before, after) {
        (None, Some(after)) => delete_row(connection, table, &after)?,
        (Some(before), None) => insert_row(connection, table, &before)?,
        (Some(before), Some(_)) => update_row(connection, table, &before)?,
        (None, None) => {}
    }
    Ok(1)
}

/// Whether the change is one that followed from a ranking in the same action: the example became a
/// submitted one, or an open one again. What others ranked or took back since may have had the very
/// effect that turning it back would have.
fn follows_rankings(connection: &Connection, action: i64, change: &Change) -> Result<bool> {
    if change.table != "example" || change.op != "update" {
        return Ok(false);
    }
    Ok(connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM change c JOIN change r ON r.example = c.example
               WHERE c.id = ?2 AND +r.action_id = ?1 AND r.tbl = 'ranking'
                 AND 'submitted' IN (json_extract(c.before, '$.status'), json_extract(c.after, '$.status'))
                 AND (json_extract(c.before, '$.status') IN ('pending', 'draft')
                   OR json_extract(c.after, '$.status') IN ('pending', 'draft')))",
        )?
        .query_row([action, change.id], |row| row.get(0))?)
}

/// Whether a row is as the journal has it, where that was written before the table had all its columns.
fn is_same_row(present: Option<&str>, kept: Option<&Value>) -> bool {
    let present: Option<Value> = present.and_then(|text| serde_json::from_str(text).ok());
    let (Some(Value::Object(present)), Some(kept)) = (present, kept) else { return false };
    present.iter().all(|(column, value)| kept.get(column).unwrap_or(&Value::Null) == value)
}

fn where_key(table: &Table) -> String {
    let terms: Vec<String> =
        table.key.iter().enumerate().map(|(at, key)| format!("{key} = ?{}", at + 1)).collect();
    terms.join(" AND ")
}

fn key_values(table: &Table, image: &Value) -> Vec<Sql> {
    table.key.iter().map(|key| sql_value(image.get(key), false)).collect()
}

pub(super) fn sql_value(value: Option<&Value>, bytes: bool) -> Sql {
    match value {
        None | Some(Value::Null) => Sql::Null,
        Some(Value::String(hex)) if bytes => {
            Uuid::try_parse(hex).map_or(Sql::Null, |uuid| Sql::Blob(uuid.as_bytes().to_vec()))
        }
        Some(Value::String(text)) => Sql::Text(text.clone()),
        Some(Value::Number(number)) => number.as_i64().map_or(Sql::Null, Sql::Integer),
        Some(Value::Bool(flag)) => Sql::Integer(i64::from(*flag)),
        Some(other) => Sql::Text(other.to_string()),
    }
}

fn column_values(table: &Table, image: &Value) -> Vec<Sql> {
    table.columns.iter().map(|Column { name, bytes }| sql_value(image.get(name), *bytes)).collect()
}

fn current_image(connection: &Connection, table: &Table, image: &Value) -> Result<Option<String>> {
    let sql = format!("SELECT {} FROM {} AS r WHERE {}", table.image("r"), table.name, where_key(table));
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement
        .query_row(rusqlite::params_from_iter(key_values(table, image)), |row| row.get(0))
        .optional()?)
}

fn delete_row(connection: &Connection, table: &Table, image: &Value) -> Result<()> {
    let sql = format!("DELETE FROM {} WHERE {}", table.name, where_key(table));
    let deleted =
        connection.prepare_cached(&sql)?.execute(rusqlite::params_from_iter(key_values(table, image)));
    match deleted {
        // A name that others have come to use stays: only what is said of the example is undone.
        Err(error) if table.example == "NULL" && is_constraint(&error) => Ok(()),
        other => other.map(|_| ()).map_err(Error::from),
    }
}

fn is_constraint(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation)
}

pub(super) fn insert_row(connection: &Connection, table: &Table, image: &Value) -> Result<()> {
    let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let places: Vec<String> = (1..=names.len()).map(|at| format!("?{at}")).collect();
    let sql = format!("INSERT INTO {} ({}) VALUES ({})", table.name, names.join(", "), places.join(", "));
    connection.prepare_cached(&sql)?.execute(rusqlite::params_from_iter(column_values(table, image)))?;
    Ok(())
}

fn update_row(connection: &Connection, table: &Table, image: &Value) -> Result<()> {
    let keys = table.key.len();
    let settings: Vec<String> = table
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| format!("{} = ?{}", column.name, keys + at + 1))
        .collect();
    let sql = format!("UPDATE {} SET {} WHERE {}", table.name, settings.join(", "), where_key(table));
    let values = key_values(table, image).into_iter().chain(column_values(table, image));
    connection.prepare_cached(&sql)?.execute(rusqlite::params_from_iter(values))?;
    Ok(())
}

/// The tables with rows of examples, children before parents.
const OF_EXAMPLES: [&str; 11] = [
    "sampled",
    "sent_back",
    "review",
    "repeat",
    "rating",
    "placement",
    "ranking",
    "flag",
    "tag",
    "response",
    "prompt",
];

/// Removes all that an import made; the delete triggers keep each row, so that it can be redone.
fn remove_import(connection: &Connection, action: i64, change: &Change) -> Result<usize> {
    let import: i64 = connection
        .query_row("SELECT id FROM import WHERE lower(hex(uuid)) = ?1", [&change.row], |row| row.get(0))
        .optional()?
        .ok_or_else(|| conflict(connection, change))?;
    let sql = format!(
        "SELECT a.annotator, a.sentence FROM change c JOIN action a ON a.id = c.action_id
         WHERE a.id > ?1 AND a.mode = 'do' AND NOT {UNDONE}
           AND c.example IN (SELECT id FROM example WHERE import_id = ?2) LIMIT 1"
    );
    let later: Option<(String, String)> =
        connection.query_row(&sql, [action, import], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    if let Some((annotator, sentence)) = later {
        return Err(changed_since(&annotator, &sentence));
    }
    let mut touched = 0;
    for table in OF_EXAMPLES {
        let sql =
            format!("DELETE FROM {table} WHERE example_id IN (SELECT id FROM example WHERE import_id = ?1)");
        touched += connection.execute(&sql, [import])?;
    }
    touched += connection.execute("DELETE FROM example WHERE import_id = ?1", [import])?;
    Ok(touched)
}

fn changed_since(annotator: &str, sentence: &str) -> Error {
    Error::Conflict(format!(
        "{annotator} changed this since ({sentence}), so it can't be undone before that is; nothing was undone"
    ))
}

/// Says who changed the row after the action that was to be turned back.
fn conflict(connection: &Connection, change: &Change) -> Error {
    let sql = "SELECT a.annotator, a.sentence FROM change c JOIN action a ON a.id = c.action_id
               WHERE c.id > ?1 AND c.tbl = ?2 AND c.row = ?3 ORDER BY c.id DESC LIMIT 1";
    let later: rusqlite::Result<(String, String)> =
        connection.query_row(sql, params![change.id, change.table, change.row], |row| {
            Ok((row.get(0)?, row.get(1)?))
        });
    match later {
        Ok((annotator, sentence)) => changed_since(&annotator, &sentence),
        Err(_) => Error::Conflict(
            "the rows are no longer as this action left them, so it can't be undone".to_owned(),
        ),
    }
}
