//! The triggers that follow every change: into the journal, the live counts and the search queue.
//!
//! The technique of the journal is that of SQLite's page on undo and redo, with rows kept as JSON.
//! `writing.bulk` keeps them still. A bulk import takes those away that would follow each of its rows,
//! and accounts for the rows itself (see [`super::BulkInsert`]).

use rusqlite::Connection;

use super::Result;
use super::tables::{DOMAIN, Table};

const NOT_BULK: &str = "(SELECT bulk FROM writing) = 0";

/// The derived columns, the live counts and the search queue.
const FOLLOWING: &str = include_str!("triggers.sql");

/// Drops every trigger and writes those of this program.
pub fn replace_all(connection: &Connection) -> Result<()> {
    let names: Vec<String> = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")?
        .query_map([], |row| row.get(0))?
        .collect::<std::result::Result<_, _>>()?;
    for name in names {
        connection.execute_batch(&format!("DROP TRIGGER \"{name}\""))?;
    }
    for table in DOMAIN {
        connection.execute_batch(&journal_triggers(table))?;
    }
    connection.execute_batch(FOLLOWING)?;
    Ok(())
}

/// Takes the triggers away that follow rows which come into these tables; answers the SQL that makes
/// them again. Inside the open transaction, so that whatever happens they are there after it.
pub fn take_away(connection: &Connection, tables: &[&str]) -> Result<String> {
    let mut statement = connection.prepare(
        "SELECT name, sql FROM sqlite_schema
         WHERE type = 'trigger' AND tbl_name = ?1 AND sql LIKE '% AFTER INSERT ON %' ORDER BY rowid",
    )?;
    let mut taken = String::new();
    for table in tables {
        let triggers: Vec<(String, String)> = statement
            .query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<std::result::Result<_, _>>()?;
        for (name, sql) in triggers {
            connection.execute_batch(&format!("DROP TRIGGER \"{name}\""))?;
            taken.push_str(&sql);
            taken.push_str(";\n");
        }
    }
    Ok(taken)
}

fn journal_triggers(table: &Table) -> String {
    let name = table.name;
    let columns: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let differs: Vec<String> =
        columns.iter().map(|column| format!("OLD.{column} IS NOT NEW.{column}")).collect();
    let entry = |op: &str, row: &str, before: &str, after: &str| {
        format!(
            "INSERT INTO change (action_id, tbl, op, row, example, before, after)
             VALUES ((SELECT action_id FROM writing), '{name}', '{op}', {}, {}, {before}, {after});",
            table.row.replace("{R}", row),
            table.example.replace("{R}", row),
        )
    };
    format!(
        "CREATE TRIGGER journal_{name}_insert AFTER INSERT ON {name} WHEN {NOT_BULK} BEGIN {insert} END;
         CREATE TRIGGER journal_{name}_update AFTER UPDATE OF {columns} ON {name} WHEN {NOT_BULK} AND ({differs}) BEGIN {update} END;
         CREATE TRIGGER journal_{name}_delete AFTER DELETE ON {name} WHEN {NOT_BULK} BEGIN {delete} END;",
        columns = columns.join(", "),
        differs = differs.join(" OR "),
        insert = entry("insert", "NEW", "NULL", &table.image("NEW")),
        update = entry("update", "NEW", &table.image("OLD"), &table.image("NEW")),
        delete = entry("delete", "OLD", &table.image("OLD"), "NULL"),
    )
}
