//! How an action is turned back: its changes are inverted, last first, as an action of their own.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use super::journal::UNDONE;
use super::rows::Rows;
use super::tables::Table;
use super::{Error, Result};

/// Changes that are read at a time: an import undone has one for each row.
const PORTION: i64 = 1_000;

/// Turns back every change of `action`, last first, inside the open transaction (whose own action
/// has been begun). Returns how many rows it touched.
///
/// Each row must be as the action left it: where somebody changed it since, nothing is turned back
/// and the error says who.
pub fn invert(connection: &Connection, action: i64) -> Result<usize> {
    let is_reshaped = changes_several(connection, action)?;
    if is_reshaped {
        // A facet and its tags fit each other only when all of them are turned back.
        connection.pragma_update(None, "defer_foreign_keys", true)?;
    }
    let mut inverting = Inverting { connection, action, tables: Vec::new() };
    let mut touched = 0;
    let mut below = i64::MAX;
    loop {
        let portion = portion_below(connection, action, below)?;
        let Some(last) = portion.last() else {
            if is_reshaped {
                check_several(connection)?;
            }
            return Ok(touched);
        };
        below = last.id;
        for change in &portion {
            touched += inverting.change(change).map_err(|error| match error {
                Error::Database(error) if is_constraint(&error) => conflict(connection, change),
                other => other,
            })?;
        }
    }
}

/// Whether an action said of a facet that it takes several values, or only one.
fn changes_several(connection: &Connection, action: i64) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM action a JOIN change c ON c.action_id = a.id
               WHERE a.id = ?1 AND a.verb = 'facets' AND c.tbl = 'facet' AND c.op = 'update'
                 AND json_extract(c.before, '$.several') <> json_extract(c.after, '$.several'))";
    Ok(connection.prepare_cached(sql)?.query_row([action], |row| row.get(0))?)
}

/// That the tags of each facet say the same of it as the facet itself.
fn check_several(connection: &Connection) -> Result<()> {
    let sql =
        "SELECT f.name FROM tag t JOIN facet f ON f.id = t.facet_id WHERE t.several <> f.several LIMIT 1";
    let facet: Option<String> = connection.query_row(sql, [], |row| row.get(0)).optional()?;
    match facet {
        None => Ok(()),
        Some(facet) => Err(Error::Conflict(format!(
            "examples were tagged since with values of {facet}, so it can't be undone before that is; nothing \
             was undone"
        ))),
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
        "SELECT id, tbl, op, row, before, after FROM change WHERE action_id = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3",
    )?;
    let rows = statement.query_map(params![action, below, PORTION], |row| {
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

/// An action on its way back.
struct Inverting<'a> {
    connection: &'a Connection,
    action: i64,
    /// The tables that it changed, as far as they were met.
    tables: Vec<Rows>,
}

impl Inverting<'_> {
    /// Turns one change back; answers how many rows that touched.
    fn change(&mut self, change: &Change) -> Result<usize> {
        if change.op == "import" {
            return remove_import(self.connection, self.action, change);
        }
        let (before, after) = (parsed(change.before.as_deref())?, parsed(change.after.as_deref())?);
        let Some(any) = after.as_ref().or(before.as_ref()) else { return Ok(0) };
        let connection = self.connection;
        let action = self.action;
        let rows = self.rows(&change.table)?;
        let present = rows.present(connection, any)?;
        if present.as_deref() != change.after.as_deref() && !is_same_row(present.as_deref(), after.as_ref()) {
            if is_same_row(present.as_deref(), before.as_ref())
                && follows_rankings(connection, action, change)?
            {
                return Ok(0);
            }
            return Err(conflict(connection, change));
        }
        match (before, after) {
            (None, Some(after)) => match rows.delete(connection, &after) {
                // A name that others have come to use stays: only what is said of the example is undone.
                Err(error) if rows.table.example == "NULL" && is_constraint(&error) => {}
                other => other?,
            },
            (Some(before), None) => rows.insert(connection, &before)?,
            (Some(before), Some(after)) => rows.update(connection, &after, &before)?,
            (None, None) => {}
        }
        Ok(1)
    }

    fn rows(&mut self, table: &str) -> Result<&Rows> {
        let met = self.tables.iter().position(|rows| rows.table.name == table);
        let at = met.unwrap_or(self.tables.len());
        if met.is_none() {
            let table = Table::named(table)
                .ok_or_else(|| Error::Conflict(format!("the journal names an unknown table “{table}”")))?;
            self.tables.push(Rows::of(table));
        }
        Ok(&self.tables[at])
    }
}

fn parsed(image: Option<&str>) -> Result<Option<Value>> {
    let parsed = image.map(serde_json::from_str).transpose();
    parsed.map_err(|error| Error::Conflict(format!("a line of the journal can't be read ({error})")))
}

fn is_constraint(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation)
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

/// The tables with rows of examples, children before parents.
const OF_EXAMPLES: [&str; 12] = [
    "declined",
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
